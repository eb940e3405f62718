"""Dates as citations print them and as the list orders by them."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

NO_DATE = "n.d."
PRESENT = 9999  # the end of what goes on

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNDATED = frozenset(("n.d.", "n. d.", "nd", "n.d", "no date", "undated"))
_RAW = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?([~?]*)")
# Years in words: "ca. 1950", "2018–present", "Spring 2019", "ca. 350 B.C.E.".
_WORDS = re.compile(
    r"(?P<circa>\b(?:ca?\.|circa)\s*)?(?<!\d)(?P<start>\d{4}|\d{1,4}(?=\s*(?:B\.?C|C\.?E|A\.?D)))"
    r"(?:\s*[-–—]\s*(?P<end>present|\d{4})\b)?(?P<era>\s*(?:B\.?\s?C\.?(?:\s?E\.?)?|C\.?\s?E\.?))?",
    re.IGNORECASE,
)

# Types whose entry prints the year alone. Source: apa.csl, macro "date".
_DATED_TO_THE_DAY = frozenset(
    (
        "article-magazine", "article-newspaper", "broadcast", "collection", "document", "event",
        "motion_picture", "pamphlet", "performance", "personal_communication", "post", "post-weblog",
        "song", "speech", "webpage",
    )
)  # fmt: skip
_DATED_IF_UNPUBLISHED = frozenset(("interview", "paper-conference"))
_PUBLISHED = (
    "collection-editor", "compiler", "editor", "editorial-director",
    "issue", "page", "supplement-number", "volume",
)  # fmt: skip

Day = tuple[int, int, int]


class Span(NamedTuple):
    """A date from one day to another, unknown months and days as 0; `words` where it is only described."""

    start: Day
    end: Day
    circa: bool = False
    words: str = ""


def year_text(item: Mapping[str, Any]) -> str:
    """The year as a citation prints it, without a letter: "2004", "2002–2008", "in press", "n.d.".

    Source: APA 7, 8.13–8.15, 9.13–9.17.
    """
    found = span(item.get("issued"))
    if found is not None:
        return _years(found)
    return _status(item) or NO_DATE


def original_year_text(item: Mapping[str, Any]) -> str:
    """The year a republished or translated work first came out; empty where it is the year of the work itself.

    Source: APA 7, 8.15.
    """
    found = span(item.get("original-date"))
    if found is None:
        return ""
    text = _years(found)
    return "" if text == year_text(item) else text


def full_text(item: Mapping[str, Any]) -> str:
    """The date to the day, "April 3, 2020", as a personal communication has it; empty where there is none.

    Source: APA 7, 8.9.
    """
    found = span(item.get("issued"))
    if found is None:
        return ""
    year, month, day = found.start
    if found.words or not 1 <= month <= 12:
        return found.words or _years(found)
    return f"{_MONTHS[month - 1]} {day}, {year}" if day else f"{_MONTHS[month - 1]} {year}"


def order_key(item: Mapping[str, Any]) -> tuple[int, str, Day, Day]:
    """A key by which the works of one author follow one another: undated, dated, in press.

    Dates count as far as the entry prints them; a year alone precedes its months and days.

    Source: APA 7, 9.46 and 9.47.
    """
    found = span(item.get("issued"))
    if found is None:
        status = _status(item)
        return (2 if status else 0), status, (0, 0, 0), (0, 0, 0)
    if _to_the_day(item):
        return 1, "", found.start, found.end
    return 1, "", (found.start[0], 0, 0), (found.end[0], 0, 0)


def _to_the_day(item: Mapping[str, Any]) -> bool:
    kind = item.get("type")
    if kind in _DATED_IF_UNPUBLISHED:
        return not any(item.get(variable) for variable in _PUBLISHED)
    return kind in _DATED_TO_THE_DAY


def _status(item: Mapping[str, Any]) -> str:
    """What stands for the date of a work to come, such as "in press"; empty for a work without date."""
    issued = item.get("issued")
    words = str(issued.get("literal") or "") if isinstance(issued, Mapping) else ""
    status = str(item.get("status") or "") or (words if _to_come(words) else "")
    return " ".join(status.lower().split())


def _to_come(words: str) -> bool:
    return words.strip().lower() in ("in press", "forthcoming", "in preparation")


def span(date: object) -> Span | None:
    """A CSL date in whichever shape it came; None for one that says nothing.

    Source: CSL 1.0.2, "Date variables"; CSL-JSON schema, "date-variable".
    """
    if not isinstance(date, Mapping):
        return None
    circa = bool(date.get("circa"))
    days = [day for day in map(_day, _list(date.get("date-parts"))) if day is not None]
    if days:
        start = _in_season(days[0], date.get("season"))
        return Span(start, _end(date, days, start), circa)
    words = str(date.get("literal") or date.get("raw") or "").strip()
    return _from_words(words, circa) if words else None


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _end(date: Mapping[str, Any], days: list[Day], start: Day) -> Day:
    if len(days) > 1:
        return days[1]
    # [[2018], [0]] and [[2018], []] are ranges without an end.
    return (PRESENT, 0, 0) if len(_list(date.get("date-parts"))) > 1 else start


def _day(parts: object) -> Day | None:
    try:
        numbers = [int(str(part)) for part in _list(parts)[:3]]
    except ValueError:
        return None
    if not numbers or not numbers[0]:
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    return (year, month * 3 - 60 if 21 <= month <= 24 else month, day)


def _in_season(day: Day, season: object) -> Day:
    """A day with its season, 1 (spring) to 4, as the month the season ends in, so that seasons follow in order."""
    number = str(season or "")
    return (day[0], int(number) * 3, 0) if not day[1] and number in ("1", "2", "3", "4") else day


def _from_words(words: str, circa: bool) -> Span | None:
    if words.lower() in _UNDATED or _to_come(words):
        return None
    days = [_raw(part) for part in words.split("/")] if len(words.split("/")) <= 2 else []
    if days and days[0] is not None:
        last = days[-1] or (PRESENT, 0, 0)
        return Span(days[0], last, circa or "~" in words)
    found = _WORDS.search(words)
    if found is None:
        return Span((0, 0, 0), (0, 0, 0), circa, words)
    sign = -1 if "B" in (found["era"] or "").upper() else 1
    start = (sign * int(found["start"]), 0, 0)
    end = found["end"] or ""
    last = (PRESENT, 0, 0) if end.lower() == "present" else (sign * int(end), 0, 0) if end else start
    return Span(start, last, circa or bool(found["circa"]))


def _raw(words: str) -> Day | None:
    found = _RAW.fullmatch(words.strip())
    return _day([part for part in found.groups()[:3] if part]) if found else None


def _years(found: Span) -> str:
    if found.words:
        return found.words
    start, end = found.start[0], found.end[0]
    if start == end:
        text = _year(start)
    elif end == PRESENT:
        text = f"{_year(start)}–present"
    elif start < 0 and end < 0:
        text = f"{-start}–{_year(end)}"
    else:
        text = f"{_year(start)}–{_year(end)}"
    return f"ca. {text}" if found.circa else text


def _year(year: int) -> str:
    """A year with its era where that is in doubt. Source: APA 7, 9.13 and 9.41; apa.csl, terms "ad", "bc"."""
    if year < 0:
        return f"{-year} B.C.E."
    return str(year) if year >= 1000 else f"{year} C.E."
