"""The door in for items that come from outside: CSL-JSON made fit to keep or to print."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from litbase.errors import BadInput

from .item import DATE_VARIABLES, NAME_VARIABLES, Item
from .text import clean

DEEPEST = 64


def items(value: object) -> list[Item]:
    """The items of a CSL-JSON value: an array, one item, or an object with `items` in it.

    Raises: BadInput for anything else, naming the first element that is no item, and what in it is not as
    CSL-JSON has it.
    """
    if isinstance(value, dict):
        value = value["items"] if isinstance(value.get("items"), list) else [value]
    if not isinstance(value, list):
        raise BadInput("this is not CSL-JSON: an array of items is needed", 'as in [{"type": "book", "title": "…"}]')
    for position, element in enumerate(value, 1):
        if not isinstance(element, dict):
            raise BadInput(f"element {position} is not a CSL-JSON item", 'an item is an object: {"type": "book", …}')
        _shaped(position, element)
    return [admitted(element) for element in value]


def _shaped(position: int, item: Mapping[str, Any]) -> None:
    """Refuse an item with names that are no names, or dates that are no dates: no list could be made of it.

    Source: CSL-JSON 1.0.2 schema, "name-variable" and "date-variable".
    """
    for name, value in item.items():
        if name == "type" and not isinstance(value, str | None):
            raise BadInput(f"the type of element {position} is no text", 'as in "type": "book"')
        if value in (None, "", [], {}):
            continue
        if name in NAME_VARIABLES and not _are_names(value):
            raise BadInput(
                f"“{name}” of element {position} is no list of names", '[{"family": "Stern", "given": "D."}]'
            )
        if name in DATE_VARIABLES and not _is_date(value):
            raise BadInput(f"“{name}” of element {position} is no date", '{"date-parts": [[2004, 5]]}')


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, dict) and not any(isinstance(part, dict | list) for part in name.values()) for name in value
    )


def _is_date(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    ends = value.get("date-parts") or []
    if not isinstance(ends, list) or not all(isinstance(end, list) for end in ends):
        return False
    told = [value.get(name) for name in ("season", "circa", "literal", "raw")]
    return all(_is_part(part) for end in ends for part in end) and not any(isinstance(one, dict | list) for one in told)


def _is_part(part: object) -> bool:
    """Whether this can be a year, month or day; what Crossref has for an unknown one is None."""
    if isinstance(part, str):
        part = int(part) if part.lstrip("-").isdecimal() and len(part) < 6 else None if not part.strip() else ""
    return part is None or (isinstance(part, int) and abs(part) < 100_000)


def admitted(value: Any, depth: int = 0) -> Any:
    """A JSON value with every string in it made fit to keep.

    Raises: BadInput where it is nested deeper than any item is, or holds a number that is none.
    """
    if depth > DEEPEST:
        raise BadInput("the item is nested too deeply", "an item is an object of text, names and dates")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [admitted(element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {clean(str(name)): admitted(element, depth + 1) for name, element in value.items()}
    if isinstance(value, float) and not isfinite(value):
        raise BadInput("the item holds a number without end", "JSON has no NaN and no Infinity")
    return value
