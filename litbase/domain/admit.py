"""The door in for items that come from outside: CSL-JSON made fit to keep or to print."""

from typing import Any

from litbase.errors import BadInput

from .item import Item
from .text import clean

DEEPEST = 64


def items(value: object) -> list[Item]:
    """The items of a CSL-JSON value: an array, one item, or an object with `items` in it.

    Raises: BadInput for anything else, naming the first element that is no item.
    """
    if isinstance(value, dict):
        value = value["items"] if isinstance(value.get("items"), list) else [value]
    if not isinstance(value, list):
        raise BadInput("this is not CSL-JSON: an array of items is needed", 'as in [{"type": "book", "title": "…"}]')
    for position, element in enumerate(value, 1):
        if not isinstance(element, dict):
            raise BadInput(f"element {position} is not a CSL-JSON item", 'an item is an object: {"type": "book", …}')
    return [admitted(element) for element in value]


def admitted(value: Any, depth: int = 0) -> Any:
    """A JSON value with every string in it made fit to keep.

    Raises: BadInput where it is nested deeper than any item is.
    """
    if depth > DEEPEST:
        raise BadInput("the item is nested too deeply", "an item is an object of text, names and dates")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [admitted(element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {clean(str(name)): admitted(element, depth + 1) for name, element in value.items()}
    return value
