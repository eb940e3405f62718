"""The letters that tell works of one name and year apart: 2015a and 2015b, n.d.-a, in press-b."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from litbase.domain.item import Item

from . import authors, dates
from .ids import by_id
from .likeness import Look, look, whole
from .order import order


def letters(items: Sequence[Item]) -> dict[str, str]:
    """The letter each work needs after its year, for the works of one reference list, by id.

    Works that would print the same names, all of them, and the same year get a, b, c … in list order,
    titles compared without a leading A, An or The; where the date does not end in a digit, "-a". A work
    that clashes with none is absent. Works whose citations are alike only because "et al." hides names
    get no letters, they show more names. Statutes and cases without a date have none to put a letter to.

    Source: APA 7, 8.19 and 9.47.
    """
    works, ordered = by_id(items), order(items)
    return letters_of(works, ordered, look({known_as: works[known_as] for known_as in ordered}))


def letters_of(items: Mapping[str, Item], ordered: Sequence[str], seen: Look) -> dict[str, str]:
    """The letters of works whose order and look are known already.

    Source: APA 7, 8.19 and 9.47.
    """
    clashing: dict[Hashable, list[str]] = defaultdict(list)
    for known_as in ordered:
        item = items[known_as]
        if is_dated(item):
            clashing[whole(known_as, item, seen), dates.year_text(item)].append(known_as)
    return {
        known_as: letter if dates.year_text(items[known_as])[-1].isdigit() else f"-{letter}"
        for works in clashing.values()
        if len(works) > 1
        for known_as, letter in zip(works, _alphabet(), strict=False)
    }


def is_dated(item: Item) -> bool:
    """Whether a citation of the work has a date, be it "n.d."; a constitution has none.

    Source: APA 7, 11.4 and 11.9.
    """
    return item.get("type") not in authors.LEGAL or dates.year_text(item) != dates.NO_DATE


def _alphabet() -> Iterator[str]:
    """a to z, then aa to az, ba …"""
    heads = [""]
    while True:
        heads = [head + chr(ord("a") + n) for head in heads for n in range(26)]
        yield from heads
