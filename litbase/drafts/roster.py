"""The works of the list by their authors and years, to read sentences that name authors as people speak.

"Matthew Porter’s meta-analysis with Nick Haslam (2005)", "Doi Takeo (1973)", "Lichtner and her co-authors’ review
(2014)": no grammar of names reads all of these; but the list says who wrote something in that year.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .people import Names, key
from .reference.letters import LETTER, wordlist
from .vetoes import STARTERS

_REACH = 200  # characters before a year that authors are looked for in
_APART = 9  # words between one author and the next
_BEHIND = 4  # words between the last author and the year
_WORD = re.compile(rf"{LETTER}+(?:['’ʼ‘`–-]{LETTER}+)*\.?")
_OWNS = re.compile(r"['’ʼ]s?$")
_STOP = re.compile(r"(?<![\s.][^\W\d_a-z])[.?!][”\"’)]*\s+(?=[A-Z“\"‘])")
_OTHERS = wordlist(
    """
    colleagues colleague others associates coworkers co-workers coauthors co-authors collaborators friends group lab
    team students
    """
)


class Listed(NamedTuple):
    """A work of the list: its authors as printed, as keys, and their initials; its year, and that of the original."""

    authors: tuple[str, ...]
    keys: tuple[str, ...]
    initials: tuple[str, ...]
    year: str


class Roster(NamedTuple):
    """The works of the list by year, and all that have several authors by their first."""

    by_year: dict[str, list[Listed]] = {}  # noqa: RUF012 (never written to)
    joint: dict[str, list[Listed]] = {}  # noqa: RUF012 (never written to)


class _Word(NamedTuple):
    text: str
    key: str
    start: int
    end: int


def of(works: Sequence[Listed]) -> Roster:
    """A roster of these works."""
    by_year: dict[str, list[Listed]] = {}
    joint: dict[str, list[Listed]] = {}
    for one in works:
        if one.keys and all(one.keys):
            by_year.setdefault(one.year, []).append(one)
            if len(one.keys) > 1:
                joint.setdefault(one.keys[0], []).append(one)
    return Roster(by_year, joint)


def is_exact(roster: Roster, names: Names, year: str) -> bool:
    """Whether a work of the list has just these names and that year."""
    cited = tuple(key(name) for name in names.authors)
    return any(
        one.keys == cited or (names.et_al and one.keys[: len(cited)] == cited)
        for one in roster.by_year.get(_last(year), ())
    )


def find(roster: Roster, text: str, end: int, year: str) -> Names | None:
    """The authors, named in the sentence that ends at `end`, of a work of that year; else of one by the same people."""
    if not roster.by_year:
        return None
    floor = max(0, end - _REACH, text.rfind("\n", 0, end) + 1)
    stops = [stop.end() for stop in _STOP.finditer(text, floor, end)]
    begin = max([floor, *stops[-1:]])
    words = [_word(found) for found in _WORD.finditer(text, begin, end)]
    if not words:
        return None
    spoken = {word.key for word in words}
    for one in roster.by_year.get(_last(year), ()):
        found = _all_of(one, words) or _first_of(one, words)
        if found is not None:
            return found
    for first in spoken & roster.joint.keys():
        for one in roster.joint[first]:
            found = _all_of(one, words)
            if found is not None:
                return found
    return None


def _last(year: str) -> str:
    return year.rpartition("/")[2]


def _word(found: re.Match[str]) -> _Word:
    return _Word(found[0], key(_OWNS.sub("", found[0])), found.start(), found.end())


def _all_of(one: Listed, words: Sequence[_Word]) -> Names | None:
    """A work whose authors stand among the words one behind the other, the last of them at the end."""
    for first, at in reversed(list(_mentions(words, one.keys[0], 0, len(words)))):
        for name in one.keys[1:]:
            behind = next(_mentions(words, name, at, min(len(words), at + _APART)), None)
            if behind is None:
                break
            at = behind[1]
        else:
            if _ends(words[at - 1 :], one.initials[-1]):
                return Names(one.authors, _whole(words, first), et_al=False)
            break
    return None


def _first_of(one: Listed, words: Sequence[_Word]) -> Names | None:
    """A work of three or more whose first author is named for all: with "and colleagues", or as its owner."""
    if len(one.keys) < 3:
        return None
    for first, at in reversed(list(_mentions(words, one.keys[0], 0, len(words)))):
        rest = words[at:]
        named = {word.text.lower().removesuffix("’").removesuffix("'") for word in rest}
        owned = _OWNS.search(words[at - 1].text) is not None and 0 < len(rest) <= _BEHIND
        together = bool({_OWNS.sub("", word) for word in named} & _OTHERS) and len(rest) <= 2 * _BEHIND
        if owned or together:
            return Names(one.authors[:1], _whole(words, first), et_al=True)
    return None


def _mentions(words: Sequence[_Word], name: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where a name of one or several words stands: the first of its words, and the one behind it."""
    for first in range(start, stop):
        spelled = ""
        for last in range(first, min(len(words), first + 5)):
            spelled += words[last].key
            if spelled == name:
                yield first, last + 1
                break
            if not name.startswith(spelled):
                break


def _ends(words: Sequence[_Word], initials: str) -> bool:
    """Whether the last author ends the words: with nothing behind, a given name, or what the author owns."""
    name, *rest = words
    if not rest:
        return True
    if _OWNS.search(name.text):
        return len(rest) <= _BEHIND
    given = all(word.text[0].isupper() for word in rest) and len(rest) < 3
    return given and rest[0].key[:1] in initials


def _whole(words: Sequence[_Word], first: int) -> int:
    """Where a name begins, with the given names and initials before it."""
    least = first - 2
    while (
        first > max(0, least) and words[first - 1].text[0].isupper() and words[first].start - words[first - 1].end == 1
    ):
        if _OWNS.search(words[first - 1].text) or words[first - 1].text.lower() in STARTERS:
            break
        first -= 1
    return words[first].start
