"""The date of an entry: where it stands, and what it says.

Source: APA 7, 9.13–9.17.
"""

import re
from typing import Any, NamedTuple

_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?"
_SEASON = r"(?:Spring|Summer|Fall|Autumn|Winter)"
_YEAR = r"(?:(?:ca?\.|circa)\s*)?(?P<year>[12]\d{3})(?P<letter>[a-z])?"
_UNDATED = (
    r"(?P<undated>n\.\s?d\.?|no date|in\s+press|forthcoming|in preparation|submitted|under review"
    r"|advance online publication)(?:-?(?P<mark>[a-z]))?"
)
_DAY = (
    rf"(?:{_MONTH}|{_SEASON}|\d{{1,2}}(?:st|nd|rd|th)?)(?:[\s,.]*(?:[–—/-]\s*)?(?:{_MONTH}|{_SEASON}|\d{{1,2}}(?:st"
    rf"|nd|rd|th)?)){{0,4}}"
)
_INSIDE = re.compile(
    rf"\s*(?:(?P<before>{_DAY}),?\s+)?(?:{_YEAR}(?:\s*/\s*(?P<second>[12]\d{{3}})(?P<second_letter>[a-z])?)?"
    rf"(?:\s*[–—-]\s*(?P<last>[12]\d{{3}}|\d\d|present))?|{_UNDATED})"
    rf"(?:[,;.]?\s+(?P<after>{_DAY})|[,;]\s+(?:updated|revised|rev\.|last|reviewed)[^()]{{0,60}})?\s*",
    re.IGNORECASE,
)
_PARENS = re.compile(r"[(\[]([^()\[\]]{4,60})[)\]]")
_BARE = re.compile(rf"(?<=[.,;:\s])\s*{_YEAR}(?P<end>[.,;:]|\s*$)")
_ORIGINAL = re.compile(
    r"[(\[][^()\[\]]{0,80}?\b(?:[Oo]rig(?:inal(?:ly)?|\.)|[Ff]irst|[Rr]eprinted|[Pp]ublished)\b"
    r"(?:[^()\[\]]|\([^()]{0,80}\)){0,400}?\b(1[0-9]\d\d|20\d\d)\b(?:[^()\[\]]|\([^()]{0,80}\)){0,400}[)\]]\.?"
)


# "(1967) 2013.", as Chicago has it
_REPUBLISHED = re.compile(r"\s*(?P<year>[12]\d{3})(?P<letter>[a-z]?)(?=[.,])")


class Date(NamedTuple):
    """A date as an entry prints it. `year` is `2003a`, `n.d.`, `in press` … as citations repeat it."""

    start: int
    end: int
    year: str
    parts: tuple[tuple[int, ...], ...] = ()
    season: int = 0
    original: int | None = None
    circa: bool = False

    def csl(self) -> dict[str, Any]:
        """The date as CSL has it; empty where there is none.

        Source: CSL-JSON schema, "date-variable".
        """
        if not self.parts:
            return {}
        found: dict[str, Any] = {"date-parts": [list(part) for part in self.parts]}
        if self.season:
            found["season"] = self.season
        if self.circa:
            found["circa"] = True
        return found


def find(text: str, start: int = 0, end: int | None = None) -> Date | None:
    """The first date in parentheses."""
    for found in _PARENS.finditer(text, start, len(text) if end is None else end):
        date = inside(found[1], found.start(), found.end())
        if date is None:
            continue
        again = _REPUBLISHED.match(text, found.end())
        if again and date.parts:
            year = int(again["year"])
            return Date(found.start(), again.end(), again["year"] + again["letter"], ((year,),), 0, date.parts[0][0])
        return date
    return None


def inside(text: str, start: int, end: int) -> Date | None:
    """The date that a text between parentheses is; None where it is more or something else."""
    found = _INSIDE.fullmatch(text)
    if not found:
        return None
    if found["undated"]:
        word = " ".join(found["undated"].lower().split())
        word = "n.d." if word in ("n. d.", "n.d", "n. d", "no date") else word
        return Date(start, end, word + (f"-{found['mark']}" if found["mark"] else ""))
    first = int(found["second"] or found["year"])
    letter = (found["second_letter"] if found["second"] else found["letter"]) or ""
    original = int(found["year"]) if found["second"] else None
    day, season = _day(found["after"] or found["before"] or "")
    parts: list[tuple[int, ...]] = [(first, *days) for days in day] if day else [(first,)]
    last = found["last"] or ""
    if last.isdigit():
        parts.append((int(last) if len(last) == 4 else first // 100 * 100 + int(last),))
    circa = bool(re.match(r"\s*c", found[0]))
    return Date(start, end, f"{first}{letter}", tuple(parts), season, original, circa)


def bare(text: str, start: int = 0) -> Date | None:
    """The first year that stands without parentheses, between stops."""
    found = _BARE.search(text, start)
    if not found:
        return None
    year = found["year"] + (found["letter"] or "")
    return Date(found.start(), found.end(), year, ((int(found["year"]),),))


def original(text: str) -> tuple[str, int | None, str]:
    """The text without its note on first publication, the year that note gives, and the note.

    Source: APA 7, 9.41.
    """
    found = _ORIGINAL.search(text)
    if not found:
        return text, None, ""
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip(), int(found[1]), found[0]


def _day(text: str) -> tuple[list[tuple[int, ...]], int]:
    """Month and day, of the beginning and the end of a span: "March 30–April 2" is [(3, 30), (4, 2)]."""
    season = next((number for word, number in _SEASONS.items() if word in text.lower()), 0)
    if season:
        return [], season
    found: list[tuple[int, ...]] = []
    month = 0
    for half in re.split(r"\s*[–—-]\s*", text):
        words = re.findall(r"[^\W\d_]+", half)
        number = re.search(r"\d+", half)
        month = next((value for word in words if (value := _month(word))), month)
        if month:
            found.append((month, int(number[0])) if number else (month,))
    return found, 0


def _month(word: str) -> int:
    short = word.lower()[:3]
    return next((number for name, number in _MONTHS.items() if name.startswith(short) and len(word) >= 3), 0)


def words(text: str) -> tuple[int, ...]:
    """A date in words, "August 31, 2019" or "31 August 2019", as year, month and day; empty where it is none."""
    date = inside(text, 0, 0)
    return date.parts[0] if date and date.parts else ()
