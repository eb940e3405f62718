"""Open Library: books by ISBN, as editions, with the names of those who made them.

Two views of one edition are kept: `details`, the edition as it was entered, and, where that
names nobody, `data`, which takes the names from the work.

Source: Open Library, "Books API" (`/api/books`, `jscmd=details` and `jscmd=data`).
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from litbase.domain import isbn
from litbase.errors import BadInput, BadRecord, NotFound
from litbase.providers import causes
from litbase.providers.limiter import Limit
from litbase.providers.line import Line, Outcome, in_groups
from litbase.providers.outcomes import Answer, Refusal
from litbase.providers.patience import Clock, Patience
from litbase.providers.strict import json_of

WHO = "Open Library"
BATCH = 25  # ISBNs in one request, as its keepers advise
# A request a second for programs that do not say whom to write to, three for those that do.
_UNKNOWN, _KNOWN = Limit(1, 1, 1), Limit(3, 1, 1)


class Settings(NamedTuple):
    """Where Open Library is asked, and the address it may write to, without which it may refuse (403)."""

    base_url: str = "https://openlibrary.org"
    mailto: str | None = None


def fetch(
    wanted: Iterable[str], settings: Settings, *, patience: Patience | None = None, clock: Clock | None = None
) -> Iterator[Outcome]:
    """One outcome for each canonical ISBN, in the order asked: the edition with that very ISBN, or why not."""
    limit = _KNOWN if settings.mailto else _UNKNOWN
    with Line(WHO, settings.base_url, limit, settings.mailto, patience, clock) as line:
        yield from in_groups(wanted, BATCH, lambda group: _asked(line, group))


def _asked(line: Line, group: list[str]) -> dict[str, Outcome]:
    details = _view(line, group, "details")
    nameless = [one for one in group if _is_nameless(details.get(one))]
    data = _view(line, nameless, "data") if nameless else {}
    return {one: _outcome(one, details.get(one), data.get(one)) for one in group}


def _view(line: Line, group: list[str], view: str) -> dict[str, dict[str, Any]]:
    """One view of several editions, by ISBN; those it does not know are absent."""
    keys = {f"ISBN:{one}": one for one in group}
    params = {"bibkeys": ",".join(keys), "jscmd": view, "format": "json"}
    body = json_of(line.get("/api/books", params), WHO)
    if not isinstance(body, dict):
        raise causes.unreadable(WHO, "it is no list of books")
    return {keys[key]: value for key, value in body.items() if key in keys and isinstance(value, dict)}


def _is_nameless(details: dict[str, Any] | None) -> bool:
    edition = details.get("details") if details else None
    return isinstance(edition, dict) and not any(edition.get(name) for name in ("authors", "by_statement"))


def _outcome(wanted: str, details: dict[str, Any] | None, data: dict[str, Any] | None) -> Outcome:
    if details is None:
        return Refusal(wanted, NotFound(f"{WHO} knows no book with the ISBN {wanted}", "look for it by its title"))
    edition = details.get("details")
    if not isinstance(edition, dict):
        return Refusal(wanted, causes.unreadable(WHO, "it is no book"))
    held = _isbns(edition)
    if wanted not in held:
        brought = f"one with the ISBN {held[0]}" if held else "one without an ISBN"
        return Refusal(
            wanted, BadRecord(f"asked for the book {wanted}, {WHO} sent {brought}", "look for it by its title")
        )
    body = {"isbn": wanted, "details": edition, **({"data": data} if data else {})}
    return Answer("", wanted, body, provider="openlibrary")


def _isbns(edition: dict[str, Any]) -> list[str]:
    """The ISBNs an edition has, canonical; wrong ones left out."""
    found = []
    for field in ("isbn_13", "isbn_10"):
        values = edition.get(field)
        for value in values if isinstance(values, list) else [values]:
            try:
                found.append(isbn.parse(value) if isinstance(value, str) else "")
            except BadInput:
                continue
    return [one for one in dict.fromkeys(found) if one]
