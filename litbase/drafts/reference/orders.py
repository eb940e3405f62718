"""Entries whose date stands elsewhere: Chicago's bare year, Vancouver's and MLA's at the end.

Lists of such entries are not in APA style, but what they cite can be matched all the same.
"""

import re
from typing import TYPE_CHECKING

from . import dates, names, source
from .letters import CAPITAL, UPPER

if TYPE_CHECKING:
    from . import Reference
    from .links import Links

# "Stern, Daniel N. 1985. The …": a bare year between the names and the title.
_AFTER_NAMES = 300
# "Journal. 1985;12(3):45-50" · "1985 Jun;12:45"
_VANCOUVER = re.compile(
    r"(?<=[.?!])\s+(?P<container>[^.?!]+)\.?\s+(?P<year>(?:1[5-9]|20)\d\d)(?:\s+[A-Z][a-z]{2}(?:\s+\d{1,2})?)?;\s*"
    r"(?P<volume>[\w-]+)?(?:\((?P<issue>[^()]+)\))?(?::\s*(?P<page>[\w.,\s–-]+?))?\.?\s*$"
)
# "Journal 12, no. 3 (1985): 45–50"
_CHICAGO = re.compile(
    r"(?P<container>[^.?!”\"]+?),?\s+(?P<volume>\d+)(?:,\s*no\.\s*(?P<issue>[\w–-]+))?\s+\((?:[A-Z][a-z]+\s+)?(?P<year>(?:1[5-9]"
    r"|20)\d\d)\)"
    r"(?::\s*(?P<page>[\w–-]+))?\.?\s*$"
)
# "Journal, vol. 12, no. 3, 1985, pp. 45–50"
_MLA = re.compile(
    r"(?P<container>[^.?!”\"]+?),\s+vol\.\s*(?P<volume>\d+)(?:,\s*no\.\s*(?P<issue>[\w–-]+))?,\s*(?:\w+\.?\s+)?(?P<year>(?:1[5-9]"
    r"|20)\d\d)"
    r"(?:,\s*pp?\.\s*(?P<page>[\w–-]+))?\.?\s*$"
)
_LAST_YEAR = re.compile(
    r"[,;(]?\s*(?<![\w–-])(?P<year>(?:1[5-9]|20)\d\d)\)?(?P<page>,\s*pp?\.\s*[\w–-]+(?:,\s*\d+[–-]\d+)*)?\s*\.?\s*$"
)
_STOP = re.compile(r"\.\s+")
_NAMES_END = re.compile(rf"(?<![\s.]{UPPER})\.\s+(?=[“\"‘]?[^\W_])")


def read(body: str, taken: "Links", original: int | None, given: frozenset[str]) -> "Reference | None":
    """An entry in another style than APA's; None where it has no year at all."""
    return _year_after_names(body, taken, original, given) or _year_last(body, taken, original, given)


def _year_after_names(body: str, taken: "Links", original: int | None, given: frozenset[str]) -> "Reference | None":
    from . import assemble

    date = dates.bare(body[:_AFTER_NAMES])
    if date is None or date.start < 3:
        return None
    head = body[: date.start]
    if not _plausible(head, given):
        return None
    return assemble(head, date, body[date.end :].lstrip(" ."), taken, original, given, apa=False)


def _year_last(body: str, taken: "Links", original: int | None, given: frozenset[str]) -> "Reference | None":
    from . import assemble

    head, rest = _names_off(body, given)
    for pattern in (_VANCOUVER, _CHICAGO, _MLA):
        found = pattern.search(rest)
        if found and rest[: found.start()].strip():
            year = int(found["year"])
            numbers = f"{found['container'].strip()}, {found['volume'] or ''}"
            numbers += f"({found['issue']})" if found["issue"] else ""
            numbers += f", {found['page']}" if found["page"] else ""
            title = rest[: found.start()].strip(" .") + ". "
            date = dates.Date(0, 0, str(year), ((year,),))
            return assemble(head, date, title + numbers, taken, original, given, apa=False)
    last = _LAST_YEAR.search(rest)
    if not last:
        return None
    year = int(last["year"])
    before = rest[: last.start()].rstrip(" ,;(") + (last["page"] or "") + "."
    return assemble(head, dates.Date(0, 0, str(year), ((year,),)), before, taken, original, given, apa=False)


def _names_off(body: str, given: frozenset[str]) -> tuple[str, str]:
    """Names and the rest of an entry that has no date between them."""
    for stop in list(_STOP.finditer(body[:1_500]))[:3]:
        if names.is_vancouver(body[: stop.start()]):
            return body[: stop.start()], body[stop.end() :]
    for stop in _NAMES_END.finditer(body[:1_500]):
        head = body[: stop.start() + 1]
        if _plausible(head, given):
            return head, body[stop.end() :]
        break
    starts = source.boundaries(body[:1_500])
    return (body[: starts[0]], body[starts[0] :]) if starts and len(starts) > 1 else ("", body)


def _plausible(head: str, given: frozenset[str]) -> bool:
    """Whether names were read in a text, or it is short enough to be a group's."""
    found = names.authors(head, given).names
    persons = [name for _, name in found if "family" in name]
    short = (
        len(head.split()) <= 10
        and not source.boundaries(head)
        and re.match(rf"\W*(?:The\s+)?{CAPITAL}", head) is not None
    )
    return bool(found) and (len(persons) == len(found) or short)
