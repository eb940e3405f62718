"""The picture of a map of concepts, as an `<svg>` element: circles, lines, labels and a legend."""

import re
from collections.abc import Iterable, Sequence
from math import hypot, sqrt
from typing import NamedTuple

from litbase.domain.concept_map import Map, Node, steps_up
from litbase.domain.layout import Box, Point, Tie, extent, layout

from .labels import lines_of, width_of


class _Placed(NamedTuple):
    """A node in the picture: its circle, and its label line by line, above or below it."""

    x: float
    y: float
    radius: float
    label: tuple[str, ...] = ()
    above: bool = False


_TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="tip" d="M0 1 8 4 0 7z"/></marker>'
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# Lengths in pixels: the labels' font and the distance of their lines, the blanks around a circle and its label,
# the picture's margin, the legend's height and the width it needs.
_SIZE = 13
_LEADING = 16
_GAP = 9
_MARGIN = 20
_LEGEND = 46
_LEAST_WIDTH = 640

# Plain colours and classes, not variables: some programs that show SVG know no others.
STYLE = """
.ground { fill: #ffffff }
text { font: 13px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; fill: #1b1f24 }
.name { text-anchor: middle; unicode-bidi: plaintext; paint-order: stroke; stroke: #ffffff; stroke-width: 3px;
  stroke-linejoin: round }
.count, .legend { fill: #57606a }
.legend { font-size: 12px }
.concept { fill: #2f6f8f; stroke: #ffffff; stroke-width: 2px }
.empty { fill: #ffffff; stroke: #57606a; stroke-width: 1.5px }
.common { stroke: #4f6b80; stroke-linecap: round; opacity: 0.68 }
.under { stroke: #a0610f; stroke-width: 1.1px; stroke-dasharray: 3 4; fill: none }
.tip { fill: #a0610f }
@media screen and (prefers-color-scheme: dark) {
  .ground { fill: #14181d }
  text { fill: #e8eaed }
  .name { stroke: #14181d }
  .count, .legend { fill: #a3adb8 }
  .concept { fill: #5fb0d3; stroke: #14181d }
  .empty { fill: #14181d; stroke: #a3adb8 }
  .common { stroke: #8aa0b2 }
  .under { stroke: #d9a15c }
  .tip { fill: #d9a15c }
}
"""


def picture(shown: Map, description: str, namespace: str = "") -> str:
    """The map as an `<svg>` element that goes by its title and this description.

    `namespace` is the attribute, with a blank behind it, that an SVG file needs and HTML does not.
    """
    placed, room = _placed(shown)
    width, height = max(room.width + 2 * _MARGIN, _LEAST_WIDTH), room.height + 2 * _MARGIN + _LEGEND
    left, top = -width / 2, -(room.height / 2 + _MARGIN)
    size = _attributes(width=width, height=height)
    view = " ".join(map(_length, (left, top, width, height)))
    return "\n".join(
        [
            f'<svg {namespace}role="img" aria-labelledby="map-title map-description" viewBox="{view}" {size}>',
            '<title id="map-title">Concept map</title>',
            f'<desc id="map-description">{escaped(description)}</desc>',
            f"<style>{STYLE}</style>",
            f"<defs>{_TIP}</defs>",
            f'<rect class="ground" {_attributes(x=left, y=top)} {size}/>',
            *_lines(shown, placed),
            *_arrows(shown, placed),
            *(_circle(node, place) for node, place in zip(shown.nodes, placed, strict=True)),
            *(_label(node, place) for node, place in zip(shown.nodes, placed, strict=True)),
            *_legend(left + _MARGIN, room.height / 2 + _MARGIN + _LEGEND / 2),
            "</svg>",
        ]
    )


def _placed(shown: Map) -> tuple[list[_Placed], Box]:
    """Every node with its place, and the room they take together around (0, 0)."""
    most = max((node.sources for node in shown.nodes), default=1) or 1
    radii = [6 + 24 * sqrt(node.sources / most) if node.sources else 5.0 for node in shown.nodes]
    labels = [lines_of(node.name, _count(node)) for node in shown.nodes]
    boxes = [_box(radius, label) for radius, label in zip(radii, labels, strict=True)]
    ties = [*_ties(shown)]
    places = layout(boxes, ties)
    above = _with_label_above(places, ties)
    placed = [
        _at(place, box, radius, label, number in above)
        for number, (place, box, radius, label) in enumerate(zip(places, boxes, radii, labels, strict=True))
    ]
    return placed, extent(places, boxes)


def _box(radius: float, label: Sequence[str]) -> Box:
    widest = max(width_of(line) for line in label) * _SIZE
    return Box(max(2 * radius, widest) + 2 * _GAP, 2 * radius + len(label) * _LEADING + 2 * _GAP)


def _at(place: Point, box: Box, radius: float, label: tuple[str, ...], above: bool) -> _Placed:
    from_edge = box.height / 2 - _GAP - radius
    return _Placed(place[0], place[1] + (from_edge if above else -from_edge), radius, label, above)


def _with_label_above(places: Sequence[Point], ties: Iterable[Tie]) -> set[int]:
    """The nodes with more steep lines downwards than upwards: below, these would cross the label."""
    down = [0] * len(places)
    for first, second, _ in ties:
        across, under = places[second][0] - places[first][0], places[second][1] - places[first][1]
        if abs(under) > abs(across) / 2:
            down[first] += 1 if under > 0 else -1
            down[second] -= 1 if under > 0 else -1
    return {number for number, more in enumerate(down) if more > 0}


def _ties(shown: Map) -> Iterable[Tie]:
    """What draws nodes together: works in common, the closer the harder, and a broader concept."""
    closest = max((line.closeness for line in shown.lines), default=1)
    for line in shown.lines:
        yield Tie(line.first, line.second, 0.15 + 0.85 * line.closeness / closest)
    for lower, upper in steps_up(shown):
        yield Tie(lower, upper, 0.5)


def _lines(shown: Map, placed: Sequence[_Placed]) -> Iterable[str]:
    most = max((line.common for line in shown.lines), default=1)
    # They come thickest first: a thin one is not hidden under a thick one.
    for line in shown.lines:
        names = f"{shown.nodes[line.first].name} and {shown.nodes[line.second].name}"
        title = f"<title>{escaped(names)}: {counted(line.common, 'work')} in common</title>"
        yield _stroke(placed[line.first], placed[line.second], 0.8 + 7.2 * line.common / most, title)


def _stroke(start: _Placed, end: _Placed, width: float, inside: str = "") -> str:
    ends = _attributes(x1=start.x, y1=start.y, x2=end.x, y2=end.y, stroke_width=width)
    return f'<line class="common" {ends}>{inside}</line>'


def _arrows(shown: Map, placed: Sequence[_Placed]) -> Iterable[str]:
    for lower, upper in steps_up(shown):
        yield _arrow(placed[lower], placed[upper])


def _arrow(start: _Placed, end: _Placed) -> str:
    """A broken line from the middle of one circle to the edge of another."""
    across, down = end.x - start.x, end.y - start.y
    length = hypot(across, down) or 1
    share = max(0.0, length - end.radius - 2) / length
    tip = f"{_length(start.x + across * share)} {_length(start.y + down * share)}"
    return f'<path class="under" d="M{_length(start.x)} {_length(start.y)} {tip}" marker-end="url(#tip)"/>'


def _circle(node: Node, place: _Placed) -> str:
    look = "concept" if node.sources else "empty"
    title = f"<title>{escaped(node.name)}: {counted(node.sources, 'source')}</title>"
    return f'<circle class="{look}" {_attributes(cx=place.x, cy=place.y, r=place.radius)}>{title}</circle>'


def _label(node: Node, place: _Placed) -> str:
    count = _count(node)
    below = place.y + place.radius + _SIZE + 1
    top = place.y - place.radius - 6 - (len(place.label) - 1) * _LEADING if place.above else below
    *above, last = place.label
    rows = [*map(escaped, above), f'{escaped(last.removesuffix(count))}<tspan class="count">{count}</tspan>']
    return "".join(
        [
            '<text class="name">',
            *(f"<tspan {_attributes(x=place.x, y=top + at * _LEADING)}>{row}</tspan>" for at, row in enumerate(rows)),
            "</text>",
        ]
    )


def _count(node: Node) -> str:
    """What stands behind a concept's name."""
    return f" {node.sources}"


def _legend(x: float, y: float) -> Iterable[str]:
    yield f'<circle class="concept" {_attributes(cx=x + 7, cy=y, r=7)}/>'
    yield _words(x + 22, y, "a concept and its sources")
    yield _stroke(_Placed(x + 200, y, 0), _Placed(x + 228, y, 0), 5)
    yield _words(x + 238, y, "works in common")
    yield _arrow(_Placed(x + 360, y, 0), _Placed(x + 392, y, 0))
    yield _words(x + 400, y, "to the broader concept")


def _words(x: float, y: float, words: str) -> str:
    return f'<text class="legend" {_attributes(x=x, y=y + 4)}>{words}</text>'


def _attributes(**lengths: float) -> str:
    """Lengths as attributes: `x="12" stroke-width="0.8"`."""
    return " ".join(f'{name.replace("_", "-")}="{_length(value)}"' for name, value in lengths.items())


def _length(value: float) -> str:
    """A length with one decimal at most: `12.5`, `12`."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def escaped(text: str) -> str:
    """A text as the content of an element: what XML forbids is replaced, what is markup is not markup.

    Source: XML 1.0, 2.2 "Characters".
    """
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def counted(count: int, one: str) -> str:
    """A count with its noun: `1 source`, `2,000 sources`."""
    return f"{count:,} {one if count == 1 else one + 's'}"
