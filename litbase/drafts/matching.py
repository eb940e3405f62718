"""Which entry of the list a citation means: exactly one, several, none, or one that is nearly it.

Source: APA 7, 8.10 and 8.17–8.20.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from .citations import Cited
from .entries import Entry
from .people import key

# How a cited work stands to the list. "year" and "name": an entry that differs in just that.
Agreement: TypeAlias = Literal["listed", "ambiguous", "year", "name", "none"]


class Match(NamedTuple):
    """An entry's number for a cited work, or those that could be meant."""

    agreement: Agreement
    entries: tuple[int, ...] = ()
    # et al. written where the entry has two names
    needless_et_al: bool = False


NONE = Match("none")


class _Listed(NamedTuple):
    """What matching looks at of an entry."""

    number: int
    names: tuple[str, ...]
    authors: tuple[str, ...]
    others: bool
    year: str
    letter: str
    original: str
    initials: str
    all_initials: tuple[str, ...]
    title: str
    titled: bool
    words: tuple[str, ...]


class Index:
    """The entries of a draft by the ways citations can name them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.listed = [_listed(number, entry) for number, entry in enumerate(entries)]
        self.known: dict[tuple[object, ...], Match] = {}
        self.by_first: dict[str, list[_Listed]] = {}
        self.by_year: dict[str, list[_Listed]] = {}
        for one in self.listed:
            for first in {*one.authors[:1], *((one.title,) if not one.authors or one.titled else ())}:
                self.by_first.setdefault(first, []).append(one)
            self.by_year.setdefault(one.year, []).append(one)

    def exact(self, cited: Cited) -> Match:
        """The entry whose names and year the citation gives; `NONE` where no entry agrees in both."""
        asked = (cited.authors, cited.year, cited.et_al, cited.initials, cited.title)
        if asked not in self.known:
            self.known[asked] = self._exact(cited)
        return self.known[asked]

    def _exact(self, cited: Cited) -> Match:
        named = [one for one in self._named(cited) if _names(cited, one) in ("same", "two")]
        wanted = [one for one in named if _same_year(cited.year, one)]
        if not wanted:
            return NONE
        if len(wanted) > 1 and cited.initials:
            wanted = [one for one in wanted if _same_initials(cited.initials, one.initials)] or wanted
        numbers = tuple(one.number for one in wanted)
        if len(wanted) > 1 and len({one.title for one in wanted}) > 1:
            return Match("ambiguous", numbers)
        return Match("listed", numbers, _names(cited, wanted[0]) == "two")

    def near(self, cited: Cited, taken: frozenset[int]) -> Match:
        """The entry a citation nearly gives; `taken` are those that others give exactly."""
        named = [one for one in self._named(cited) if _names(cited, one) in ("same", "two")]
        year, letter = _letter(cited.year or "")
        lettered = [one for one in named if one.year == year and one.letter != letter]
        if lettered:
            kind: Agreement = "ambiguous" if len(lettered) > 1 and not letter else "year"
            return Match(kind, tuple(one.number for one in lettered))
        turned = [one for one in self._dated(cited.year) if _same_people(cited, one)]
        if turned:
            return Match("name", (turned[0].number,))
        fewer = [one for one in self._named(cited) if _names(cited, one) == "part" and _same_year(cited.year, one)]
        if fewer:
            return Match("name", tuple(one.number for one in fewer))
        spelled = [one for one in self._dated(cited.year) if _spelled_alike(cited, one)]
        if spelled:
            return Match("name", tuple(one.number for one in spelled[:1]))
        others = [one for one in self._dated(cited.year) if one.number not in taken and _other_people(cited, one)]
        if len(others) == 1:
            return Match("name", (others[0].number,))
        # Two names that agree are no chance: whatever year, that entry is meant, if nothing else gives it.
        paired = [one for one in named if len(cited.authors) > 1 and one.number not in taken]
        dated = [one for one in named if _near_year(year, one, one.number in taken)] or paired
        if dated:
            best = min(dated, key=lambda one: (one.number in taken, _apart(year, one.year)))
            return Match("year", (best.number,))
        return NONE

    def _named(self, cited: Cited) -> list[_Listed]:
        first = key(cited.authors[0]) if cited.authors else ""
        found = self.by_first.get(first, [])
        if not found and cited.title and len(first) > 7:
            found = [one for one in self.listed if (one.titled or not one.authors) and one.title.startswith(first)]
        return found

    def _dated(self, year: str | None) -> list[_Listed]:
        base, letter = _letter((year or "").rpartition("/")[2])
        return [one for one in self.by_year.get(base, []) if one.letter == letter]


def _listed(number: int, entry: Entry) -> _Listed:
    reference = entry.reference
    year, letter = _letter(reference.year)
    names = [name for role in _ROLES for name in reference.item.get(role, ())]
    given = str(names[0].get("given", "")) if names else ""
    title = str(reference.item.get("title", "")).replace("“", "").replace("”", "")
    authors = () if reference.titled else tuple(key(name) for name in reference.authors)
    words = tuple(key(word) for name in reference.authors[:1] for word in re.split(r"[\s-]+", name))
    return _Listed(
        number,
        reference.authors,
        authors,
        reference.others,
        year,
        letter,
        reference.original,
        _initials(given),
        tuple(_initials(str(name.get("given", ""))) for name in names)[: len(authors)] or ("",),
        key(title),
        reference.titled,
        words,
    )


_ROLES = ("author", "editor", "director", "host", "guest", "producer", "executive-producer", "translator")


@lru_cache(maxsize=4_096)
def _letter(year: str) -> tuple[str, str]:
    """A year and its letter apart: 2003a, n.d.-b."""
    found = re.fullmatch(r"(.*?\d|n\.d\.|in press|forthcoming)-?([a-z]?)", year)
    return (found[1], found[2]) if found else (year, "")


def _initials(given: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", given)).lower()


def _same_initials(cited: str, listed: str) -> bool:
    wanted = _initials(cited)
    return listed.startswith(wanted) or wanted.startswith(listed)


def _names(cited: Cited, one: _Listed) -> str:
    """How the cited names stand to an entry's: "same", "two" (et al. for one name), "part", or nothing."""
    have = tuple(key(name) for name in cited.authors)
    want = one.authors or (one.title,)
    count = len(have)
    if one.titled or not one.authors:
        return (
            "same" if count == 1 and (have[0] == one.title or (cited.title and one.title.startswith(have[0]))) else ""
        )
    if cited.et_al:
        if have != want[:count]:
            return ""
        hidden = len(want) - count
        return "same" if hidden > 1 or one.others else "two" if hidden == 1 else "part"
    if have == want or (one.others and have[: len(want)] == want):
        return "same"
    if have == want[:count] or want == have[: len(want)]:
        return "part"
    return "part" if sorted(have) == sorted(want) else ""


def _same_year(cited: str | None, one: _Listed) -> bool:
    if not cited:
        return False
    first, slash, last = cited.rpartition("/")
    if (one.year, one.letter) == _letter(last):
        return not slash or not one.original or one.original == _letter(first)[0] or _letter(first)[0] == one.year
    return False


def _near_year(year: str, one: _Listed, taken: bool) -> bool:
    """Whether a year is a slip for an entry's: a digit, two digits changed about, the year of the first edition."""
    if one.original and year in (one.original, one.year):
        return True
    base = year.rpartition("/")[2]
    if not (base.isdigit() and one.year.isdigit() and len(base) == len(one.year)):
        undated = {"n.d.", "in press", "forthcoming"}
        return not taken and (base in undated) != (one.year in undated)
    apart = abs(int(base) - int(one.year))
    if apart <= 1 or _turned(base, one.year):
        return True
    changed = sum(a != b for a, b in zip(base, one.year, strict=True))
    return not taken and (apart <= 2 or changed == 1)


def _turned(a: str, b: str) -> bool:
    return a != b and any(a == b[:at] + b[at + 1] + b[at] + b[at + 2 :] for at in range(len(b) - 1))


def _apart(year: str, other: str) -> int:
    base = year.rpartition("/")[2]
    return abs(int(base) - int(other)) if base.isdigit() and other.isdigit() else 99


def _spelled_alike(cited: Cited, one: _Listed) -> bool:
    """Whether the first name is a slip of the pen for an entry's, the others agreeing."""
    if not cited.authors or not one.authors:
        return False
    have, want = [key(name) for name in cited.authors], list(one.authors)
    counts_agree = (len(want) > len(have) or one.others) if cited.et_al else len(have) == len(want)
    if not counts_agree:
        return False
    pairs = list(zip(have, want, strict=False))
    alike = [a == b or _is_slip(a, b) or (index == 0 and _is_part(a, one)) for index, (a, b) in enumerate(pairs)]
    return all(alike) and any(a != b for a, b in pairs)


def _same_people(cited: Cited, one: _Listed) -> bool:
    """Whether the names are an entry's in another order."""
    return len(cited.authors) > 1 and sorted(key(name) for name in cited.authors) == sorted(one.authors)


def _other_people(cited: Cited, one: _Listed) -> bool:
    """Whether the first name agrees and another does not."""
    have, want = [key(name) for name in cited.authors], list(one.authors)
    if len(have) < 2 or have[:1] != want[:1]:
        return False
    return len(have) == len(want) if not cited.et_al else len(have) < len(want)


def _is_part(name: str, one: _Listed) -> bool:
    """Whether a name is one word of a double one: Bulman, Kolk."""
    return len(name) > 3 and len(one.words) > 1 and len(one.words) < 5 and name == one.words[-1]


def _is_slip(a: str, b: str) -> bool:
    """Whether two names differ by a letter or two, as slips do; short names must be the same."""
    shorter = min(len(a), len(b))
    allowed = 0 if shorter < 4 else 1 if shorter < 8 else 2
    return abs(len(a) - len(b)) <= allowed and a[:1] == b[:1] and 0 < distance(a, b) <= allowed


def distance(a: str, b: str) -> int:
    """How many letters must be changed, added, left out or swapped with their neighbour to make one of the other."""
    rows = [list(range(len(b) + 1))]
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = letter != other
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + cost)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def groups(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """The groups of the list by the abbreviations their initials make, and those they bring in brackets."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        for role in _ROLES:
            for name in entry.reference.item.get(role, ()):
                literal = str(name.get("literal", ""))
                bracketed = re.search(r"\s*[\[(]([A-Z][\w&-]{1,11})[\])]$", literal)
                if bracketed:
                    found.setdefault(key(bracketed[1]), []).append(literal[: bracketed.start()])
                elif literal:
                    capitals = "".join(word[0] for word in literal.split() if word[0].isupper())
                    if len(capitals) > 1:
                        found.setdefault(key(capitals), []).append(literal)
    return found
