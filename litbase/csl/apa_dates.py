"""Corrections of dates for APA: undated works, full dates, ranges, retrieval.

Source: APA 7, sections named at each function.
"""

import re
from typing import Any

from litbase.csl.apa_fields import LEGAL, text
from litbase.csl.reference import Day, When, when
from litbase.domain.item import Item

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_SEASONS = ("Spring", "Summer", "Fall", "Winter")
_STATUSES = re.compile(r"(?i)(in press|forthcoming|accepted)\b.*")


def in_press(item: Item) -> None:
    """A work in press has no year yet.

    Source: APA 7, 9.14 and 10.1, example 8.
    """
    if _STATUSES.fullmatch(text(item, "status")):
        item["status"] = "in press"
        item.pop("issued", None)


def issued_in_words(item: Item, letter: str) -> str:
    """Write out the dates that `apa.csl` would print otherwise than the Manual; the letter left to print.

    An undated work is given "n.d." here, because the style takes every undated work with an address
    for one that was retrieved on a day. A range across years keeps its months with their years.
    Source: APA 7, 9.13–9.17.
    """
    if text(item, "type") in LEGAL:
        return letter
    date = when(item.get("issued"))
    words = ""
    if date is None:
        if item.get("status") is None or not text(item, "status"):
            words = "n.d." + (f"-{letter}" if letter else "")
    elif date.begin is not None:
        words = _printed(item, date, letter)
    if not words:
        return letter
    item["issued"] = {"literal": words}
    return ""


def _printed(item: Item, date: When, letter: str) -> str:
    """The words for a date the style has no form for; empty where its own form is right."""
    begin, end = date.begin, date.end
    if begin is None or begin.year < 1000:
        return ""
    full = _is_full(item, begin)
    start = _year_first(begin, letter) if full else f"{begin.year}{letter}"
    circa = "ca. " if date.circa else ""
    if date.open:
        return f"{circa}{start}–present"
    if end is not None and end.year != begin.year and full:
        return f"{circa}{start}–{_year_first(end, '')}"
    return circa + start if full and end is None and text(item, "type") not in _PRINTED else ""


# The types that always show month and day.
_DATED = frozenset(("article-magazine", "article-newspaper", "broadcast", "collection", "document", "event",
                    "motion_picture", "pamphlet", "performance", "personal_communication", "post", "post-weblog",
                    "song", "speech", "webpage"))  # fmt: skip
# Those whose month and day `apa.csl` prints itself.
_PRINTED = _DATED | {"interview", "paper-conference"}


def _is_full(item: Item, begin: Day) -> bool:
    """Whether this work shows month and day.

    Source: APA 7, 9.14 (magazines, newspapers, blogs, broadcasts …), 10.3 example 49 (archived
    versions of wiki entries), 10.4 example 59 (press releases), 10.7 example 68 (reviews in newspapers).
    """
    kind = text(item, "type")
    if not (begin.month or begin.season):
        return False
    numbered = any(text(item, key) for key in ("volume", "issue", "page", "number"))
    if kind in _DATED:
        return True
    if kind.startswith("entry"):
        return bool(begin.day and text(item, "URL"))
    if kind in ("review", "review-book"):
        return bool(begin.day) and not numbered
    if kind in ("interview", "paper-conference"):
        return not numbered and not any(item.get(role) for role in ("editor", "compiler", "collection-editor"))
    return kind == "report" and "press release" in text(item, "genre").lower()


def _year_first(day: Day, letter: str) -> str:
    later = _SEASONS[day.season - 1] if day.season else _MONTHS[day.month - 1] if day.month else ""
    if later and day.day:
        later += f" {day.day}"
    return f"{day.year}{letter}" + (f", {later}" if later else "")


def retrieval(item: Item) -> None:
    """Print the day a changing work was looked up, and only then.

    Undated works carry it where it is known. A dated one does only where nothing else fixes it: a
    serial work with neither DOI nor volume, issue, number or pages, such as a clinical reference
    kept up to date.
    Source: APA 7, 9.16 and 9.37; 10.1, example 14; 10.16, example 114.
    """
    url, looked_up = text(item, "URL"), when(item.get("accessed"))
    item.pop("accessed", None)
    if not url or text(item, "DOI") or looked_up is None or text(item, "type") in LEGAL:
        return
    fixed = any(text(item, key) for key in ("volume", "issue", "number", "page", "supplement-number"))
    undated = _literal(item.get("issued")).startswith("n.d.")
    changing = text(item, "type") == "article-journal" and not fixed and not text(item, "status")
    day = looked_up.begin
    if (undated or changing) and (day is None or day.month):
        said = looked_up.literal if day is None else _day_first(day)
        item["URL"] = f"Retrieved {said}, from {url}"


def _literal(date: Any) -> str:
    return str(date.get("literal") or "") if isinstance(date, dict) else ""


def _day_first(day: Day) -> str:
    return f"{_MONTHS[day.month - 1]} " + (f"{day.day}, " if day.day else "") + str(day.year)
