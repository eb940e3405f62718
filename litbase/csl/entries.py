"""Entries of a list of items, and their order, in one loaded style."""

from collections.abc import Mapping, Sequence
from typing import Any

from litbase.csl import Entry
from litbase.csl.corrections import corrected
from litbase.csl.marks import tree
from litbase.csl.reference import reference
from litbase.csl.sheet import Sheet
from litbase.domain.item import Item


def entries(sheet: Sheet, items: Sequence[Item], letters: Mapping[str, str], apa: bool) -> list[Entry]:
    """The entries of items in input order."""
    counted = numbers(sheet, items)
    return [_entry(sheet, item, letters, apa, number) for item, number in zip(items, counted, strict=True)]


def _entry(sheet: Sheet, item: Any, letters: Mapping[str, str], apa: bool, number: int) -> Entry:
    if not isinstance(item, Mapping):
        return Entry("", (), ("the item is not a set of fields",))
    name = str(item.get("id") or "")
    letter = letters.get(name, "").lstrip("-")
    if apa:
        item, letter = corrected(item, letter)
    read = reference(item, sheet.wanted)
    return Entry(name, tree(sheet.entry(read, letter, number)), read.problems)


def numbers(sheet: Sheet, items: Sequence[Any]) -> list[int]:
    """The number of each item in the style's own order, from 1; input order where numbers are not printed."""
    counted = list(range(1, len(items) + 1))
    if sheet.numbered and "bibliography" in sheet.sorts:
        for number, position in enumerate(positions(sheet, items), 1):
            counted[position] = number
    return counted


def positions(sheet: Sheet, items: Sequence[Any]) -> list[int]:
    """The positions of items in the style's own order."""
    sort = sheet.sorts.get("bibliography")
    if sort is None:
        return list(range(len(items)))
    read = [reference(item if isinstance(item, Mapping) else {}, sheet.wanted) for item in items]
    return list(sort.ordered(read, "bibliography"))
