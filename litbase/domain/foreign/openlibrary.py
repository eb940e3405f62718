"""An edition of Open Library made into an item: a book, its people told apart by its title page.

Names stand in four places, each incomplete: `authors` (editors among them), `contributors` with
roles, `contributions` mostly without, and `by_statement`, the words of the title page.

Source: Open Library, "Edition" type; APA 7, 10.2.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from litbase.domain.foreign import statement
from litbase.domain.foreign.fields import whole, with_fields
from litbase.domain.foreign.languages import two_letters
from litbase.domain.records import shape, shaped
from litbase.domain.records.changes import Change, Cleaned
from litbase.domain.text import fold

_ROLES = {
    "author": "author", "contributing author": "author", "compiler": "editor", "editor": "editor",
    "translator": "translator",
}  # fmt: skip
_YEARS_BEHIND = re.compile(r",?\s*\(?\b\d{4}\??\s*-\s*(?:\d{4}\??)?\)?\.?$")
_ROLE_BEHIND = re.compile(r"\s*\(([A-Za-z ]+)\)$")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_NO_EDITION = re.compile(
    r"print|impress|reissue|^\W*(?:(?:paperback|hardback|hardcover|pbk|kindle|e-?book)\W*(?:ed(?:ition|\.)?\W*)?)$",
    re.I,
)
_PAPER = re.compile(r",?\s*\b(?:paperback|pbk|hardcover|softcover)\b\.?", re.I)
_SERIES_NUMBER = re.compile(r"\s*[;,#(]\s*(?:vol(?:ume|\.)?|no\.?|bk\.?|v\.)?\s*(\d{1,4})\)?\s*$", re.I)
_TITLE_PAGE = "told by the words of the title page"


def clean(body: Mapping[str, Any], sentence_case: Callable[[str, str], str]) -> Cleaned:
    """The item of one edition, with the ISBN it was asked for by.

    Raises: BadRecord where there is no title.
    """
    edition = shape.mapping(body.get("details"))
    people, changes = _people(edition, shape.mapping(body.get("data")))
    series, number = _series(edition)
    codes = (shape.line(one.get("key")).rpartition("/")[2] for one in shape.mappings(edition.get("languages")))
    message = {
        "title": shape.raw(edition.get("title")).rstrip(" :/"),
        "subtitle": [shape.raw(edition.get("subtitle"))],
        **{role: [one for name in names for one in whole(name)] for role, names in people.items()},
        "container-title": [series] if series else [],
        "issued": _year(edition),
        "edition-number": _edition(shape.line(edition.get("edition_name"))),
        "publisher": next(iter(shape.lines(edition.get("publishers"))), ""),
        "publisher-location": next(iter(shape.lines(edition.get("publish_places"))), ""),
        "language": next((two_letters(code) for code in codes), ""),
        "ISBN": [body.get("isbn")],
    }
    cleaned = shaped(message, "book", sentence_case)
    cleaned = cleaned._replace(changes=(*cleaned.changes, *changes))
    return with_fields(cleaned, {"collection-number": number if series else ""})


def _year(edition: Mapping[str, Any]) -> dict[str, Any]:
    """The year in "March 2009", "c1999" or "[2005?]", which is all that APA prints of a book's date."""
    found = _YEAR.search(shape.line(edition.get("publish_date")))
    return {"date-parts": [[int(found[1])]]} if found else {}


def _edition(given: str) -> str:
    """An edition's name without paper and printing: "3rd pbk. ed." is "3rd ed.", "2nd printing" none."""
    return "" if _NO_EDITION.search(given) else _PAPER.sub("", given).strip(" ,")


def _series(edition: Mapping[str, Any]) -> tuple[str, str]:
    """The series a book stands in and its number there; both may be empty."""
    name = next(iter(shape.lines(edition.get("series"))), "").strip("[] ")
    found = _SERIES_NUMBER.search(name)
    return (name[: found.start()].strip(" ,;"), found[1]) if found else (name, "")


def _people(edition: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[Change]]:
    """Names by role, each once; and a change for each whose role the title page told."""
    said = statement.parts(shape.line(edition.get("by_statement")))
    people: dict[str, list[str]] = {}
    changes = []
    seen: set[str] = set()
    for name, given in _listed(edition, data):
        told = statement.role_of(name, said) if given in ("author", "") else ""
        role = told or given
        if not role or not name or fold(name) in seen:
            continue
        seen.add(fold(name))
        people.setdefault(role, []).append(name)
        if told and told != given:
            changes.append(Change(role, f"{name}: {given}" if given else "", f"{name}: {role}", _TITLE_PAGE, True))
    if not people:
        for part in said:
            if part.role and (names := statement.names(part)):
                people.setdefault(part.role, []).extend(names)
                changes.append(Change(part.role, "", "; ".join(names), _TITLE_PAGE, True))
    return people, changes


def _listed(edition: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every name with its role; "" where none is told and only the title page can."""
    for one in (*shape.mappings(edition.get("authors")), *shape.mappings(data.get("authors"))):
        name, role = _parted(shape.line(one.get("name")))
        if role is None or role:
            yield name, role or "author"
    for one in shape.mappings(edition.get("contributors")):
        name, _ = _parted(shape.line(one.get("name")))
        yield from ((name, role) for role in [_ROLES.get(shape.line(one.get("role")).lower())] if role)
    for text in shape.lines(edition.get("contributions")):
        name, role = _parted(text)
        if role is None or role:
            yield name, role or ""


def _parted(given: str) -> tuple[str, str | None]:
    """A name without years of life, and the role in brackets behind it: "" for one APA does not print, else None."""
    found = _ROLE_BEHIND.search(given)
    role = _ROLES.get(found[1].strip().lower(), "") if found else None
    name = given[: found.start()] if found else given
    return _YEARS_BEHIND.sub("", name).strip(" ,"), role
