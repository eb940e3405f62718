"""The order of a reference list: the rule about it, and the order it should have."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from litbase.domain.item import Item
from litbase.drafts import Entry, Reading

from . import check_written as written
from .check_finding import Finding
from .check_forms import is_apa


class Ranked(NamedTuple):
    """Entries of one list with what they are ordered by, and the places of those that stand right."""

    entries: list[Entry]
    keys: list[tuple[object, ...]]
    stay: set[int]

    @property
    def is_alphabetical(self) -> bool:
        """Whether the list means to be: half of it or more stands right."""
        return 2 * len(self.stay) >= len(self.entries)


def order(reading: Reading) -> Iterator[Finding]:
    """Entries that stand elsewhere in the list than the alphabet puts them; as few as explain the order.

    Source: APA 7, 9.44–9.48.
    """
    if not is_apa(reading):
        return
    for section in range(len(reading.sections)):
        ranked = rank(reading, section)
        listed = ranked.entries
        if len(listed) < 3 or all(one.numbered for one in listed):
            continue
        if not ranked.is_alphabetical:
            yield _finding(listed[0], "the list is not in alphabetical order", "litbase refs writes lists in order")
            continue
        for place, one in enumerate(listed):
            if place not in ranked.stay:
                after = _before(ranked, ranked.keys[place])
                where = f"after {written.entry(listed[after])}" if after is not None else "first"
                yield _finding(one, f"{written.entry(one)} belongs {where}", "move the entry")


def rank(reading: Reading, section: int) -> Ranked:
    """The entries of a list and how they stand."""
    listed = [one for one in reading.entries if one.section == section]
    keys = [_key(one.reference.item) for one in listed]
    # Initials that are given differently from entry to entry are not held against the order.
    loose = [(tuple(name[0] for name in names), date) for names, date in keys]
    return Ranked(listed, list(keys), _longest_rise(keys) | _longest_rise(loose))


def mended(ranked: Ranked, new: Sequence[Item], sort: bool) -> list[int]:
    """The list in its right order: places in it, and behind them those of `new` ones.

    What stands right stays as it is. Without `sort` the old entries keep their order, and new ones go where they
    belong among them.
    """
    keys = [*ranked.keys, *map(_key, new)]
    count = len(ranked.entries)
    if sort and not ranked.is_alphabetical:
        return sorted(range(len(keys)), key=lambda place: keys[place])
    fixed = sorted(ranked.stay) if sort else list(range(count))
    for place in sorted(set(range(len(keys))) - set(fixed), key=lambda place: keys[place]):
        sure = [at for at, other in enumerate(fixed) if sort or other in ranked.stay or other >= count]
        after = [at for at in sure if keys[fixed[at]] <= keys[place]]
        fixed.insert(max(after, default=-1) + 1, place)
    return fixed


def _key(item: Item) -> tuple[Any, Any]:
    from litbase.apa.work import work

    names, date = work({"id": "", **item}).key[:2]
    return names, date


def _before(ranked: Ranked, key: tuple[object, ...]) -> int | None:
    """The place of the last entry that stands right and goes before one with this key."""
    return max((at for at in ranked.stay if ranked.keys[at] <= key), default=None)


def _longest_rise(keys: Sequence[tuple[object, ...]]) -> set[int]:
    """The places of a longest run that is in order already."""
    from bisect import bisect_right

    tails: list[Any] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(keys):
        at = bisect_right(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    found: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _finding(one: Entry, message: str, hint: str) -> Finding:
    """A finding at an entry."""
    work = (one.reference.authors, one.reference.year or None)
    return Finding("order", one.place.line, one.place.column, message, hint, one.place.line, (work,))
