"""What a map of concepts shows: the concepts, and the lines between those with works in common."""

from collections.abc import Iterable
from typing import NamedTuple


class Node(NamedTuple):
    """A concept of the map: how many sources are tagged with it, and the broader concepts it stands under."""

    name: str
    sources: int
    broader: tuple[str, ...] = ()


class Line(NamedTuple):
    """Two concepts, by their positions among the nodes; how many works they have in common, and how near they are.

    `closeness` runs from above 0 to 1, where all works of either are works of both.
    """

    first: int
    second: int
    common: int
    closeness: float


class Map(NamedTuple):
    """What a map shows: concepts with most sources first, and the lines that are drawn, most works in common first.

    `concepts` and `pairs` are how many there are in the library, drawn or not; `sources` how many it has in all.
    """

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    concepts: int
    pairs: int
    sources: int


def steps_up(shown: Map) -> Iterable[tuple[int, int]]:
    """Each narrower concept with a broader one, by their positions, where both are drawn."""
    numbers = {node.name: number for number, node in enumerate(shown.nodes)}
    for number, node in enumerate(shown.nodes):
        for name in node.broader:
            if name in numbers:
                yield number, numbers[name]
