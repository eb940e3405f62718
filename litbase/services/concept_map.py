"""The map of concepts: which of them and which lines are drawn, and into what file."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path

from litbase.domain.concept_map import Line, Map, Node
from litbase.domain.library import Concept
from litbase.domain.text import fold
from litbase.errors import UsageError
from litbase.place import Place
from litbase.render import concept_map as render
from litbase.store.figures import Figures

from . import saving

_WRITERS = {".svg": render.svg, ".html": render.html, ".htm": render.html}
# More circles than these no page can show with their names.
_MOST_CONCEPTS = 120
# A concept keeps its closest lines; all lines together would be a black ball.
_LINES_EACH = 3


def write(library: Place, path: Path, force: bool = False) -> Map:
    """Draw the library's concepts into a file, SVG or HTML by its ending; what was drawn.

    Nothing is written where no concept has a source.

    Raises: UsageError for another ending; BadInput for a file that is there, without `force`;
    NotFound where there is no library; LibraryError.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"{path} ends in neither .svg nor .html", "litbase concept map -o map.svg")
    drawn = read(library)
    if drawn.nodes:
        saving.save(path, writer(drawn), force)
    return drawn


def read(library: Place) -> Map:
    """What a map of the library shows.

    Raises: NotFound where there is no library; LibraryError.
    """
    with Figures(library) as figures:
        return plan(figures.concepts(), figures.together(), figures.count())


def plan(concepts: Sequence[Concept], pairs: Sequence[tuple[str, str, int]], sources: int) -> Map:
    """What is drawn of a vocabulary and its pairs (two names and how many works they have in common).

    Concepts with sources and those above them; of the pairs, for each concept the closest. Closeness is
    the works in common over the geometric mean of the works of each.

    Source: Salton's cosine, as co-word analysis uses it.
    """
    seen = _in_sight(concepts)
    chosen = sorted(seen, key=lambda one: (-one.sources, fold(one.name)))[:_MOST_CONCEPTS]
    numbers = {one.name: number for number, one in enumerate(chosen)}
    lines = [
        Line(
            numbers[first], numbers[second], common, _closeness(common, chosen[numbers[first]], chosen[numbers[second]])
        )
        for first, second, common in pairs
        if first in numbers and second in numbers
    ]
    nodes = tuple(Node(one.name, one.sources, one.broader) for one in chosen)
    return Map(nodes, tuple(_closest(lines)), len(seen), len(pairs), sources)


def _in_sight(concepts: Sequence[Concept]) -> list[Concept]:
    """Concepts with sources, and whatever stands above one that has some."""
    by_name = {one.name: one for one in concepts}
    waiting = [one.name for one in concepts if one.sources]
    seen: dict[str, Concept] = {}
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = by_name[name]
            waiting += by_name[name].broader
    return list(seen.values())


def _closeness(common: int, one: Concept, other: Concept) -> float:
    return common / sqrt(one.sources * other.sources)


def _closest(lines: Sequence[Line]) -> Iterable[Line]:
    """The lines that are among the closest of either of their ends, and those that join what they leave apart."""
    kept: set[Line] = set()
    left: dict[int, int] = {}
    joined: dict[int, int] = {}
    for line in sorted(lines, key=lambda one: (-one.closeness, -one.common, one)):
        ends = (line.first, line.second)
        roots = {_root(joined, end) for end in ends}
        if len(roots) == 2 or any(left.get(end, 0) < _LINES_EACH for end in ends):
            kept.add(line)
            joined[max(roots)] = min(roots)
            for end in ends:
                left[end] = left.get(end, 0) + 1
    return (line for line in lines if line in kept)


def _root(joined: Mapping[int, int], number: int) -> int:
    """The least number among those that lines have joined with this one."""
    while joined.get(number, number) != number:
        number = joined[number]
    return number
