"""CSL-JSON: the items as they are, nothing lost. Source: CSL-JSON 1.0.2."""

import json
from collections.abc import Iterable, Iterator, Sequence

from litbase.domain.item import Item


def listing(items: Sequence[Item]) -> str:
    """The items as an array, one field a line."""
    return "".join(pieces(items))


def pieces(items: Iterable[Item]) -> Iterator[str]:
    """The same, an item at a time."""
    before = "["
    for item in items:
        yield before + "\n  " + json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
