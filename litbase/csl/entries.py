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
    return [_entry(sheet, item, letters, apa, position + 1) for position, item in enumerate(items)]


def _entry(sheet: Sheet, item: Any, letters: Mapping[str, str], apa: bool, number: int) -> Entry:
    if not isinstance(item, Mapping):
        return Entry("", (), ("the item is not a set of fields",))
    name = str(item.get("id") or "")
    letter = letters.get(name, "").lstrip("-")
    if apa:
        item, letter = corrected(item, letter)
    read = reference(item)
    return Entry(name, tree(sheet.entry(read, letter, number)), read.problems)


def positions(sheet: Sheet, items: Sequence[Any], apa: bool) -> list[int]:
    """The positions of items in the style's own order."""
    sort = sheet.sorts.get("bibliography")
    if sort is None:
        return list(range(len(items)))
    read = [reference(item if isinstance(item, Mapping) else {}) for item in items]
    return list(sort.ordered(read, "bibliography"))
