"""The date APA wants, chosen among the many a record has.

Source: Crossref work, the date fields (`issued` is merely the earliest of print and online);
APA 7, 9.13–9.14; CSL 1.0.2, "Date Variables".
"""

import re

from litbase.domain.records import shape
from litbase.domain.records.changes import Change, Part, altered
from litbase.domain.records.shape import Message

# Printing is older than any DOI; beyond the second bound lie typing errors.
EARLIEST, LATEST = 1400, 2100
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# Where to look, in this order, for each CSL type; the names before the colon are objects around them.
_PRINT = ("published-print", "journal-issue:published-print")
_ONLINE = ("published-online", "journal-issue:published-online")
_LATER = ("issued", "published", "published-other", "posted", "content-created", "approved")
_ORDER = {
    "article": ("posted", "published-online", *_PRINT),
    "post-weblog": ("posted", "published-online", *_PRINT),
    "thesis": ("approved", *_PRINT, *_ONLINE),
    "standard": (*_PRINT, "approved", *_ONLINE),
    "dataset": (*_PRINT, *_ONLINE, "content-created"),
}


def parts(value: object) -> list[int]:
    """A date's year, month and day as far as they are known and possible; [] for none.

    Reads Crossref's `date-parts`, else an ISO date. `[[null]]`, the year 0 and a 31st of February
    are no dates; an impossible month or day leaves the year.
    """
    date = shape.mapping(value)
    given = date.get("date-parts")
    first = given[0] if isinstance(given, list) and given else None
    if isinstance(first, list):
        numbers = [_number(one) for one in first[:3]]
    elif found := _ISO.match(shape.line(date.get("date-time") or date.get("raw"))):
        numbers = [_number(one) for one in found.groups()]
    else:
        numbers = [_number(one) for one in given[:3]] if isinstance(given, list) else []
    if not numbers or not EARLIEST <= numbers[0] <= LATEST:
        return []
    if len(numbers) < 2 or not 1 <= numbers[1] <= 12:
        return numbers[:1]
    if len(numbers) < 3 or not 1 <= numbers[2] <= _DAYS[numbers[1] - 1]:
        return numbers[:2]
    return numbers[:3]


def _number(value: object) -> int:
    """A whole number, or 0."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return int(value.strip()[:6])
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def iso(value: object) -> str | None:
    """A date as 2022-10-15, 2022-10 or 2022; None for none."""
    return _written(parts(value)) or None


def _written(date: list[int]) -> str:
    return "-".join(f"{number:02}" for number in date)


def issued(message: Message, kind: str) -> Part:
    """The variable `issued`; nothing where no date is known, which APA prints as "n.d."

    An article in an issue and a book have the year printed on them; what is only online ahead of
    its issue has its date online; a preprint the day it was posted, a thesis that of approval.
    Another date in `issued` is told in the changes, as notable where the year differs.
    """
    order = _ORDER.get(kind, (*_PRINT, *_ONLINE) if _in_print(message, kind) else (*_ONLINE, *_PRINT))
    chosen, date = next(((name, found) for name in (*order, *_LATER) if (found := _dated(message, name))), ("", []))
    given = shape.mapping(message.get("issued")).get("date-parts")
    if not date:
        return Part({}, [Change("issued", "null", "", "no date is known")] if given else [])
    raw = parts(message.get("issued"))
    differs = bool(raw) and raw[0] != date[0]
    return Part(
        {"issued": {"date-parts": [date]}},
        altered("issued", _written(raw), _written(date), f"taken from {_plainly(chosen)}", differs),
    )


def _plainly(name: str) -> str:
    return {"published-print": "the date in print", "published-online": "the date online"}.get(
        name.rsplit(":", 1)[-1], name
    )


def _dated(message: Message, name: str) -> list[int]:
    """The date under a name of `_ORDER`."""
    outer, _, inner = name.rpartition(":")
    holder = shape.mapping(message.get(outer)) if outer else message
    return parts(holder.get(inner)) if inner in holder else []


def _in_print(message: Message, kind: str) -> bool:
    """Whether an article has its place in a volume yet; all else is taken as it was printed."""
    if kind != "article-journal":
        return True
    return any(shape.line(message.get(name)) for name in ("volume", "issue", "page", "article-number"))
