"""The order of the reference list."""

from collections.abc import Mapping, Sequence

from litbase.domain.item import Item

from .work import Work, works_by_id


def order(items: Sequence[Item]) -> list[str]:
    """The ids of the works in the order of the reference list; personal communications are not in it.

    By names first, one author before the same one with others, then by date (undated, years, in press),
    then by title, articles ignored. Works without author stand by their titles among the names.
    The order the items came in does not matter. Each work is in the list once, by the id `ids` gives it.

    Source: APA 7, 9.43–9.49.
    """
    return ordered(works_by_id(items))


def ordered(works: Mapping[str, Work]) -> list[str]:
    """The order of works read already.

    Source: APA 7, 9.43–9.49.
    """
    listed = [(work.key, known_as) for known_as, work in works.items() if not work.personal]
    return [known_as for _, known_as in sorted(listed)]
