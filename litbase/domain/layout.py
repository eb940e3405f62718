"""Where the boxes of a picture go: tied ones near each other, none over another.

Boxes push each other away and ties pull them together while everything cools down; then what still
overlaps is moved apart. Nothing is left to chance: the same boxes and ties give the same picture.

Source: Fruchterman & Reingold (1991), "Graph drawing by force-directed placement".
"""

from collections.abc import Sequence
from math import cos, hypot, sin, sqrt
from typing import NamedTuple, TypeAlias


class Box(NamedTuple):
    """The room a thing needs, its blanks to all sides included."""

    width: float
    height: float


class Tie(NamedTuple):
    """Two boxes, by their positions, that belong near each other; `pull` is above 0, 1 for the strongest."""

    first: int
    second: int
    pull: float


Point: TypeAlias = tuple[float, float]

_GOLDEN_ANGLE = 2.399963229728653
_ROUNDS = 240
# How hard everything is drawn to the middle, so that what has no ties stays in the picture.
_GRAVITY = 0.06
# Beyond so many boxes' breadth nothing is pushed away any more: groups without ties stand near each other.
_REACH = 3.0
# How much of the picture is boxes, before those that overlap are moved apart.
_DENSITY = 0.42
_SWEEPS = 60
_SPREAD = 1.04


def layout(boxes: Sequence[Box], ties: Sequence[Tie]) -> list[Point]:
    """The centres of the boxes, around the middle of the picture at (0, 0); no two boxes overlap.

    The first boxes begin in the middle: put the weightiest first.
    """
    if not boxes:
        return []
    # The forces work where the average box is one by one, so that wide labels make a wide picture.
    across = sum(box.width for box in boxes) / len(boxes)
    down = sum(box.height for box in boxes) / len(boxes)
    settled = [(x * across, y * down) for x, y in _settled(_spiral(len(boxes)), ties)]
    return _centred(_apart(_untangled(_gathered(settled, boxes), boxes, ties), boxes), boxes)


def extent(places: Sequence[Point], boxes: Sequence[Box]) -> Box:
    """The least box, around the middle of the picture, that holds all boxes at their places."""
    across = max((abs(x) + box.width / 2 for (x, _), box in zip(places, boxes, strict=True)), default=0)
    down = max((abs(y) + box.height / 2 for (_, y), box in zip(places, boxes, strict=True)), default=0)
    return Box(2 * across, 2 * down)


def _spiral(count: int) -> list[Point]:
    """Points as seeds stand in a sunflower: evenly, from the middle outwards."""
    return [
        (sqrt(number + 0.5) * cos(number * _GOLDEN_ANGLE), sqrt(number + 0.5) * sin(number * _GOLDEN_ANGLE))
        for number in range(count)
    ]


def _settled(places: list[Point], ties: Sequence[Tie]) -> list[Point]:
    """Places after all forces have done their work, in ever smaller steps."""
    for number in range(_ROUNDS):
        furthest = sqrt(len(places)) * 0.25 * (1 - number / _ROUNDS) ** 1.5 + 0.01
        pushes = _forces(places, ties)
        places = [
            _moved(place, push, min(1, furthest / (hypot(*push) or 1)))
            for place, push in zip(places, pushes, strict=True)
        ]
    return places


def _moved(place: Point, push: Point, share: float) -> Point:
    return place[0] + push[0] * share, place[1] + push[1] * share


def _forces(places: Sequence[Point], ties: Sequence[Tie]) -> list[Point]:
    """The sum of what pushes and pulls at each place."""
    across = [-_GRAVITY * x for x, _ in places]
    down = [-_GRAVITY * y for _, y in places]
    for one, (x, y) in enumerate(places):
        for other in range(one):
            away_x, away_y = x - places[other][0], y - places[other][1]
            strength = 1 / (away_x * away_x + away_y * away_y + 1e-6) - _REACH**-2
            if strength <= 0:
                continue
            across[one] += away_x * strength
            down[one] += away_y * strength
            across[other] -= away_x * strength
            down[other] -= away_y * strength
    for first, second, pull in ties:
        away_x, away_y = places[first][0] - places[second][0], places[first][1] - places[second][1]
        strength = pull * hypot(away_x, away_y)
        across[first] -= away_x * strength
        down[first] -= away_y * strength
        across[second] += away_x * strength
        down[second] += away_y * strength
    return list(zip(across, down, strict=True))


def _gathered(places: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Places as near together, or as far apart, as fills the picture well."""
    room = extent(_centred(places, boxes), boxes)
    filled = sum(box.width * box.height for box in boxes) / (room.width * room.height)
    scale = sqrt(filled / _DENSITY)
    return [(x * scale, y * scale) for x, y in places]


def _untangled(places: list[Point], boxes: Sequence[Box], ties: Sequence[Tie]) -> list[Point]:
    """Places from which boxes have stepped aside where a tie between two others ran over them, as far as may be."""
    for _ in range(_SWEEPS):
        places = _stepped_aside(places, boxes, ties)
        places = _swept(places, boxes) or places
    return places


def _stepped_aside(places: Sequence[Point], boxes: Sequence[Box], ties: Sequence[Tie]) -> list[Point]:
    across, down = [x for x, _ in places], [y for _, y in places]
    for first, second, _ in ties:
        for other, box in enumerate(boxes):
            away_x, away_y = _from_line(places[other], places[first], places[second])
            distance = hypot(away_x, away_y)
            missing = box.height / 2 - distance
            if missing <= 0 or distance == 0 or other in (first, second):
                continue
            step_x, step_y = away_x / distance * missing / 4, away_y / distance * missing / 4
            across[other] += step_x
            down[other] += step_y
            for end in (first, second):
                across[end] -= step_x / 2
                down[end] -= step_y / 2
    return list(zip(across, down, strict=True))


def _from_line(point: Point, start: Point, end: Point) -> Point:
    """The way to a point from the nearest point between two others."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    square = along_x * along_x + along_y * along_y
    share = ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / square if square else 0.0
    share = min(1.0, max(0.0, share))
    return point[0] - start[0] - along_x * share, point[1] - start[1] - along_y * share


def _apart(places: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Places at which no box overlaps another, as near to those given as a few sweeps can bring them."""
    while True:
        for _ in range(_SWEEPS):
            moved = _swept(places, boxes)
            if moved is None:
                return places
            places = moved
        # Too crowded to be solved by pushing alone: give everything a little more room.
        places = [(x * _SPREAD, y * _SPREAD) for x, y in places]


def _swept(places: Sequence[Point], boxes: Sequence[Box]) -> list[Point] | None:
    """Places after each overlapping pair has been pushed apart; None where there was none."""
    across, down = [x for x, _ in places], [y for _, y in places]
    order = sorted(range(len(places)), key=lambda number: across[number] - boxes[number].width / 2)
    found = False
    for position, one in enumerate(order):
        for other in order[position + 1 :]:
            if places[other][0] - boxes[other].width / 2 >= places[one][0] + boxes[one].width / 2:
                break
            away_x, away_y = across[other] - across[one], down[other] - down[one]
            over_x = (boxes[one].width + boxes[other].width) / 2 - abs(away_x)
            over_y = (boxes[one].height + boxes[other].height) / 2 - abs(away_y)
            if over_x <= 0 or over_y <= 0:
                continue
            found = True
            # A hair more than half each, lest rounding leave them touching for ever.
            if over_x < over_y:
                step = (over_x / 2 + 0.01) * (1 if away_x >= 0 else -1)
                across[one] -= step
                across[other] += step
            else:
                step = (over_y / 2 + 0.01) * (1 if away_y >= 0 else -1)
                down[one] -= step
                down[other] += step
    return list(zip(across, down, strict=True)) if found else None


def _centred(places: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """Places moved so that the picture's middle is at (0, 0)."""
    left = min(x - box.width / 2 for (x, _), box in zip(places, boxes, strict=True))
    right = max(x + box.width / 2 for (x, _), box in zip(places, boxes, strict=True))
    top = min(y - box.height / 2 for (_, y), box in zip(places, boxes, strict=True))
    bottom = max(y + box.height / 2 for (_, y), box in zip(places, boxes, strict=True))
    return [(x - (left + right) / 2, y - (top + bottom) / 2) for x, y in places]
