"""Values that were changed in two places since they were the same, made one again."""

from collections.abc import Mapping, Sequence
from typing import Any


def settled(base: object, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """What becomes of a value; and whether both changed it, each otherwise: then theirs stays."""
    if mine in (theirs, base):
        return theirs, False
    return (mine, False) if theirs == base else (theirs, True)


def fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """What becomes of named values, and the names of those that both changed, each otherwise."""
    merged, clashes = {}, []
    for name in [*theirs, *(name for name in mine if name not in theirs)]:
        value, clash = settled(base.get(name), mine.get(name), theirs.get(name))
        if value is not None:
            merged[name] = value
        if clash:
            clashes.append(name)
    return merged, clashes


def several(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """What becomes of a list: what either put in is there, what either took out is not."""
    kept = [one for one in theirs if one in mine or one not in base]
    return kept + [one for one in mine if one not in theirs and one not in base]
