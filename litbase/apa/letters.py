"""The letters that tell works of one name and year apart: 2015a and 2015b, n.d.-a, in press-b."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from litbase.domain.item import Item

from .likeness import Look, look, whole
from .order import ordered
from .work import Work, works_by_id


def letters(items: Sequence[Item]) -> dict[str, str]:
    """The letter each work needs after its year, for the works of one reference list, by id.

    Works that would print the same names, all of them, and the same year get a, b, c … in list order,
    titles compared without a leading A, An or The; where the date does not end in a digit, "-a". A work
    that clashes with none is absent. Works whose citations are alike only because "et al." hides names
    get no letters, they show more names. Statutes and cases without a date have none to put a letter to.

    Source: APA 7, 8.19 and 9.47.
    """
    works = works_by_id(items)
    listed = ordered(works)
    return letters_of(works, listed, look({known_as: works[known_as] for known_as in listed}))


def letters_of(works: Mapping[str, Work], listed: Sequence[str], seen: Look) -> dict[str, str]:
    """The letters of works whose order and look are known already.

    Source: APA 7, 8.19 and 9.47.
    """
    clashing: dict[Hashable, list[str]] = defaultdict(list)
    for known_as in listed:
        if works[known_as].dated:
            clashing[whole(known_as, works[known_as], seen), works[known_as].year].append(known_as)
    return {
        known_as: letter if works[known_as].year[-1].isdigit() else f"-{letter}"
        for alike in clashing.values()
        if len(alike) > 1
        for known_as, letter in zip(alike, _alphabet(), strict=False)
    }


def _alphabet() -> Iterator[str]:
    """a to z, then aa to az, ba …"""
    heads = [""]
    while True:
        heads = [head + chr(ord("a") + n) for head in heads for n in range(26)]
        yield from heads
