"""Dates as reference managers write them, made CSL's: 2015, 2015/09/14/, 14 September 2015, 2015-21, ca. 1900.

Source: CSL-JSON 1.0.2, "date-variable"; EDTF level 0 and 1 as biblatex takes it (biblatex manual, 2.3.8).
"""

import re
from typing import Any, NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_PRESS = re.compile(r"\W*(?:in ?press|forthcoming|to appear|accepted|advance online publication)\W*", re.IGNORECASE)
_UNDATED = re.compile(r"\W*(?:n\.?\s?d\.?|no date|undated|s\.?\s?d\.?|o\.?\s?j\.?|none|null|0+)?\W*", re.IGNORECASE)
_CIRCA = re.compile(r"^\W*(?:ca\.?|c\.|circa|about|um)\s*(?=\d)|[~?%]$", re.IGNORECASE)
_NUMBERS = re.compile(r"(-?\d{1,4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?(?:T[\d:.]+Z?)?[-/.]*")
_YEAR_BARE = re.compile(r"[^\w-]*c?(\d{4})[a-z]?\W*")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<![\d/])([0-3]?\d)(?:st|nd|rd|th|\.)?(?![\d/])")
_WORD = re.compile(r"[^\W\d_]{3,}")


class Dated(NamedTuple):
    """A date variable, or None; and "in press" where that is what the text says."""

    date: dict[str, Any] | None
    status: str = ""


def read(value: str) -> Dated:
    """The date in a text; words that hold none are kept as a literal, "n.d." is no date."""
    text = value.strip()
    if _UNDATED.fullmatch(text):
        return Dated(None)
    if _PRESS.fullmatch(text):
        return Dated(None, "in press")
    circa = _CIRCA.search(text)
    bare = _CIRCA.sub("", text).strip() if circa else text
    date = _ranged(bare) or _worded(bare)
    if date is None:
        return Dated({"literal": text[:200]})
    return Dated({**date, "circa": True} if circa else date)


def _ranged(text: str) -> dict[str, Any] | None:
    """A date in numbers, or two with a slash or dash between them."""
    whole = _season(text) or _numbered(text)
    if whole:
        return whole
    for mark in ("/", "–", "--", "-"):
        first, found, last = text.partition(mark)
        if not found:
            continue
        begin, end = _numbered(first), _numbered(last)
        if begin and end:
            return {"date-parts": [*begin["date-parts"], *end["date-parts"]]}
        if begin and last.strip() in ("", ".."):
            return begin
    return None


def _season(text: str) -> dict[str, Any] | None:
    """EDTF's seasons, 2015-21 to 2015-24."""
    found = re.fullmatch(r"(\d{4})-2([1-4])", text)
    return {"date-parts": [[int(found[1])]], "season": int(found[2])} if found else None


def _numbered(text: str) -> dict[str, Any] | None:
    """A year, with month and day where they can be ones; in numbers alone."""
    text = text.strip()
    if found := _YEAR_BARE.fullmatch(text):
        return {"date-parts": [[int(found[1])]]}
    found = _NUMBERS.fullmatch(text)
    if found is None or (len(found[1].lstrip("-")) < 3 and found[2]):
        return None
    parts = [int(found[1])]
    if found[2] and 0 < int(found[2]) < 13:
        parts.append(int(found[2]))
        if found[3] and 0 < int(found[3]) < 32:
            parts.append(int(found[3]))
    return {"date-parts": [parts]}


def _worded(text: str) -> dict[str, Any] | None:
    """A date with its month or season in words: "14 September 2015", "2015 Sep", "Spring 2015", "2015/09/14/Fall"."""
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    # RIS puts what it cannot say in numbers behind a third slash.
    numbered = _NUMBERS.match(text)
    months = [found for word in _WORD.findall(rest) if (found := month(word))]
    seasons = [_SEASONS[word.lower()] for word in _WORD.findall(rest) if word.lower() in _SEASONS]
    if months:
        days = [int(day) for day in _DAY.findall(rest) if 0 < int(day) < 32]
        return {"date-parts": [[int(year[1]), months[0], *days[:1]]]}
    if numbered and "/" in text and (parts := _numbered(numbered[0])):
        return {**parts, **({"season": seasons[0]} if seasons and len(parts["date-parts"][0]) == 1 else {})}
    if seasons:
        return {"date-parts": [[int(year[1])]], "season": seasons[0]}
    return {"date-parts": [[int(year[1])]]} if not _WORD.search(rest) else None


def month(word: str) -> int:
    """The number of a month by its English name or the beginning of it; 0 for what is none."""
    text = word.strip().strip(".").lower()
    if text.isdecimal():
        return int(text) if len(text) < 3 and int(text) < 13 else 0
    if len(text) < 3:
        return 0
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(text)), 0)
