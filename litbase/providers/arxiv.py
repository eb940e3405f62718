"""arXiv: preprints by their number, with or without a version.

Source: arXiv API User's Manual, 3.1 (`id_list`), 3.3 (the feed), 3.4 (errors); arXiv, "DOIs for arXiv articles".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from litbase.domain.text import clean_line
from litbase.errors import BadRecord, NotFound
from litbase.providers.atom import entries_of
from litbase.providers.limiter import Limit
from litbase.providers.line import Line, Outcome, in_groups
from litbase.providers.outcomes import Answer, Refusal
from litbase.providers.patience import Clock, Patience

WHO = "arXiv"
BATCH = 50
# "Make no more than one request every three seconds, and limit requests to a single connection."
_LIMIT = Limit(1, 3, 1)
_NUMBER = re.compile(r"arxiv\.org/abs/(.+?)(v\d+)?$")


class Settings(NamedTuple):
    """Where arXiv is asked, and the address it may write to."""

    base_url: str = "https://export.arxiv.org"
    mailto: str | None = None


def fetch(
    wanted: Iterable[str], settings: Settings, *, patience: Patience | None = None, clock: Clock | None = None
) -> Iterator[Outcome]:
    """One outcome for each arXiv number, in the order asked: the entry of the feed, or why there is none.

    The answer's DOI is the one arXiv registers for every preprint, under 10.48550.
    """
    with Line(WHO, settings.base_url, _LIMIT, settings.mailto, patience, clock) as line:
        yield from in_groups(wanted, BATCH, lambda group: _asked(line, group))


def _asked(line: Line, group: list[str]) -> dict[str, Outcome]:
    params = {"id_list": ",".join(group), "max_results": str(len(group))}
    found: dict[str, Mapping[str, Any]] = {}
    for entry in entries_of(line.get("/api/query", params, "application/atom+xml"), WHO):
        number, version = number_of(entry)
        # A version was asked for, or the newest: the answer always tells which it is.
        for one in (number + version, number):
            if number and one in group:
                found[one] = entry
    return {one: _outcome(one, found.get(one)) for one in group}


def number_of(entry: Mapping[str, Any]) -> tuple[str, str]:
    """The number and version in an entry's id; empty where it is none, as in arXiv's errors."""
    ids = entry.get("id")
    match = _NUMBER.search(clean_line(str(ids[0]))) if isinstance(ids, list) and ids else None
    return (match[1], match[2] or "") if match else ("", "")


def doi_of(number: str) -> str:
    """The DOI of a preprint, whatever its version, canonical.

    Source: arXiv, "DOIs for arXiv articles" (10.48550/arXiv. and the number).
    """
    return f"10.48550/arxiv.{re.sub(r'v[0-9]+$', '', number)}"


def _outcome(wanted: str, entry: Mapping[str, Any] | None) -> Outcome:
    if entry is None:
        if re.search(r"v\d+$", wanted):
            hint = "there may be no such version: leave it out"
            return Refusal(wanted, NotFound(f"{WHO} knows no {wanted}", hint))
        return Refusal(wanted, NotFound(f"{WHO} knows no {wanted}", "look for a slip in it"))
    if "title" not in entry:
        return Refusal(wanted, BadRecord(f"{WHO} has no title for {wanted}", "add the work by hand"))
    return Answer(doi_of(wanted), wanted, dict(entry), provider="arxiv")
