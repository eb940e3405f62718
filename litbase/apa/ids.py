"""Which id each item of a list goes by, whatever the list holds."""

from collections.abc import Sequence

from litbase.domain.item import Item


def ids(items: Sequence[Item]) -> list[str]:
    """The id each item goes by, in the order given.

    Its own, case and all. An item without one goes by its position from 1, "#3". The same item twice is
    one work, with one id; another item under an id already taken goes by "stern1985#2".
    """
    taken: dict[str, Item] = {}
    return [_taken(item, position, taken) for position, item in enumerate(items, 1)]


def _taken(item: Item, position: int, taken: dict[str, Item]) -> str:
    own = item.get("id")
    base = known_as = f"#{position}" if own is None or own == "" else str(own)
    count = 1
    while taken.setdefault(known_as, item) != item:
        count += 1
        known_as = f"{base}#{count}"
    return known_as
