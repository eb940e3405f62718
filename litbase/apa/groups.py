"""Abbreviations of group authors: spelled out once, short ever after."""

from collections import Counter
from collections.abc import Iterable, Mapping

from litbase.domain.item import Item

from .work import Work


def abbreviations(works: Iterable[Work], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The abbreviation of each group author that has one, by the group's whole name.

    Taken from the name as it was kept ("World Health Organization [WHO]"), from the item's
    `custom.abbreviations`, and from `known`, the weightiest last. An abbreviation that two groups of the
    set share is of no use to a reader, and neither gets it.

    Source: APA 7, 8.21.
    """
    short: dict[str, str] = {}
    groups: set[str] = set()
    for work in works:
        own = _custom(work.item)
        for name in work.names:
            if name.group:
                groups.add(name.surname)
                short.update({name.surname: found} if (found := own.get(name.surname) or name.abbreviation) else {})
    short.update({name: abbreviation for name, abbreviation in (known or {}).items() if name in groups})
    sharing = Counter(short.values())
    return {group: abbreviation for group, abbreviation in short.items() if sharing[abbreviation] == 1}


def _custom(item: Item) -> Mapping[str, str]:
    custom = item.get("custom")
    found = custom.get("abbreviations") if isinstance(custom, dict) else None
    return {str(name): str(short) for name, short in found.items()} if isinstance(found, dict) else {}
