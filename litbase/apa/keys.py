"""A work's place in the reference list: letter by letter, nothing before something.

Every work gets one key, made of its own data alone, and the list is sorted by it. Works whose keys
are equal are the same to a reader; their ids decide.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from litbase.domain.inline import strip
from litbase.domain.text import fold

from . import dates, titles
from .names import Author
from .numerals import counted, spelled

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})
_ARTICLE = re.compile(r"\W*(?:a|an|the)\s+(?=\W*\w)", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"(\W*)(\d{1,3}(?:,\d{3})|\d{1,6})(?!\d)(?:(st|nd|rd|th)\b)?", re.IGNORECASE)
_SERIES = re.compile(
    r"\b(part|pt|episode|volume|vol|number|no|chapter|section|session|module|lesson|study|book|phase|step|unit|week)"
    r"\.?\s+(\w+)",
    re.IGNORECASE,
)
_UNORDERED = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"\d+")
# Generations follow one another whatever their letters. Source: APA 7, 9.45.
_GENERATIONS = {"sr": 1, "jr": 2, "ii": 3, "2nd": 3, "iii": 4, "3rd": 4, "iv": 5, "4th": 5, "v": 6, "vi": 7}

NameKey = tuple[str, tuple[str, ...], int, str]


class Tail:
    """What decides between works of the same names and date, worked out only where there are such."""

    __slots__ = ("_item", "_title", "_value")

    def __init__(self, item: Mapping[str, Any], title: str | None) -> None:
        self._item = item
        self._title = title
        self._value: tuple[str, tuple[str, ...]] | None = None

    @property
    def value(self) -> tuple[str, tuple[str, ...]]:
        """The title's place, then what tells works of one title apart."""
        if self._value is None:
            title = title_key(titles.sorting_title(self._item)) if self._title is None else self._title
            self._value = title, _rest(self._item)
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tail) and (self._item is other._item or self.value == other.value)

    def __lt__(self, other: "Tail") -> bool:
        return self.value < other.value

    def __hash__(self) -> int:
        return hash(self.value)


class Key(NamedTuple):
    """What decides a work's place in the list, the weightiest first."""

    names: tuple[NameKey, ...]
    date: tuple[int, str, dates.Day, dates.Day]
    tail: Tail


def key(item: Mapping[str, Any], names: Sequence[Author]) -> Key:
    """The place of a work with these authors in any list it stands in.

    Source: APA 7, 9.44–9.49.
    """
    if names:
        return Key(tuple(name_key(name) for name in names), dates.order_key(item), Tail(item, None))
    title = title_key(titles.sorting_title(item))
    return Key(((title, (), 0, ""),), dates.order_key(item), Tail(item, title))


def name_key(name: Author) -> NameKey:
    """A name's place: its letters without blanks, hyphens and apostrophes, then initials, then generation.

    A particle kept with the surname counts as its beginning. A group goes by its first telling word.

    Source: APA 7, 9.44, 9.45, 9.48.
    """
    if name.group:
        return title_key(name.surname), (), 0, name.surname.casefold()
    suffix = name.suffix.strip(" .,").lower()
    given = tuple(letters for part in re.split(r"[\s-]+", name.initials) if (letters := _letters(part)))
    return _letters(name.surname), given, _GENERATIONS.get(suffix, 9 if suffix else 0), name.surname.casefold()


def title_key(title: str) -> str:
    """A title's or group's place: letters and digits after the article, a leading number as it is said.

    Parts of a series follow one another in number, be they "Part 2", "Part two" or "Part II".

    Source: APA 7, 9.44, 9.47, 9.49.
    """
    bare = _ARTICLE.sub("", title, count=1) if _ARTICLE.match(title) else title
    bare = _LEADING_NUMBER.sub(_said, bare, count=1) if _LEADING_NUMBER.match(bare) else bare
    bare = _SERIES.sub(_in_figures, bare)
    return _letters(_DIGITS.sub(lambda digits: digits[0].zfill(8), bare))


def _said(found: re.Match[str]) -> str:
    return found[1] + spelled(int(found[2].replace(",", "")), ordinal=bool(found[3]))


def _in_figures(found: re.Match[str]) -> str:
    number = counted(found[2])
    return found[0] if number is None else f"{found[1]} {number}"


def _letters(value: str) -> str:
    """Only what the alphabet orders: small letters without their marks, and digits."""
    if value.isascii():  # most are, and need no folding
        return _UNORDERED.sub("", value.lower())
    return "".join(c for c in fold(value).translate(_LETTERS) if c.isalnum())


def _rest(item: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells works of one title apart: volume and part, first publication, where they appeared."""
    numbers = (str(item.get(variable) or "") for variable in ("volume", "part-number", "issue", "page"))
    return (
        *(_DIGITS.sub(lambda digits: digits[0].zfill(8), number) for number in numbers),
        dates.original_year_text(item),
        _letters(strip(str(item.get("container-title") or ""))),
    )
