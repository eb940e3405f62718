"""Where boxes go: apart from each other, near those they are tied to, always to the same places; and their labels."""

from math import dist
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.layout import Box, Point, Tie, extent, layout
from litbase.render.labels import lines_of, width_of

_boxes = st.lists(st.builds(Box, st.floats(10, 400), st.floats(10, 200)), max_size=14)


def overlapping(places: list[Point], boxes: list[Box]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one in range(len(boxes))
        for other in range(one)
        if abs(places[one][0] - places[other][0]) < (boxes[one].width + boxes[other].width) / 2 - 1e-6
        and abs(places[one][1] - places[other][1]) < (boxes[one].height + boxes[other].height) / 2 - 1e-6
    ]


class TestLayout:
    @given(_boxes, st.data())
    @settings(max_examples=25, deadline=None)
    def test_no_two_boxes_overlap_whatever_their_sizes_and_ties(self, boxes: list[Box], data: st.DataObject) -> None:
        numbers = st.integers(0, max(0, len(boxes) - 1))
        pairs = data.draw(st.lists(st.tuples(numbers, numbers, st.floats(0.01, 1)), max_size=20 if boxes else 0))
        ties = [Tie(*pair) for pair in pairs if pair[0] != pair[1]]
        places = layout(boxes, ties)
        assert len(places) == len(boxes)
        assert overlapping(places, boxes) == []

    def test_a_star_of_forty_has_room_for_all(self) -> None:
        boxes = [Box(120, 60)] * 41
        places = layout(boxes, [Tie(0, number, 1) for number in range(1, 41)])
        assert overlapping(places, boxes) == []
        room = extent(places, boxes)
        # Readable, not scattered: at least an eighth of the picture is boxes.
        assert room.width * room.height < 8 * 41 * 120 * 60

    def test_tied_boxes_are_nearer_than_others(self) -> None:
        ties = [
            Tie(one, other, 1) for group in (range(6), range(6, 12)) for one in group for other in group if one < other
        ]
        places = layout([Box(80, 50)] * 12, ties)
        near = [dist(places[tie.first], places[tie.second]) for tie in ties]
        far = [dist(places[one], places[other]) for one in range(6) for other in range(6, 12)]
        assert sum(near) / len(near) < 0.6 * sum(far) / len(far)

    def test_a_tie_does_not_run_over_a_third_box_where_there_is_room(self) -> None:
        # Two that are tied, and one whose place by itself would be between them.
        boxes = [Box(60, 60)] * 3
        places = layout(boxes, [Tie(1, 2, 0.3), Tie(0, 1, 0.1), Tie(0, 2, 0.1)])
        (x0, y0), (x1, y1), (x2, y2) = places
        away = abs((x2 - x1) * (y1 - y0) - (x1 - x0) * (y2 - y1)) / dist(places[1], places[2])
        assert away > 20

    def test_the_same_boxes_get_the_same_places_around_the_middle(self) -> None:
        boxes = [Box(50 + number, 30) for number in range(20)]
        ties = [Tie(number, number // 2, 0.7) for number in range(1, 20)]
        places = layout(boxes, ties)
        assert places == layout(boxes, ties)
        room = extent(places, boxes)
        left = min(x - box.width / 2 for (x, _), box in zip(places, boxes, strict=True))
        assert abs(left + room.width / 2) < 1e-6

    def test_nothing_has_no_places(self) -> None:
        assert layout([], []) == []
        assert extent([], []) == (0, 0)


class TestLabels:
    def test_broken_at_blanks_and_hyphens(self) -> None:
        assert lines_of("queer and trans-affirming therapy", " 7") == ("queer and trans-", "affirming therapy 7")
        assert lines_of("repair", " 12") == ("repair 12",)
        assert lines_of("") == ("",)

    def test_a_long_name_is_cut_and_says_so(self) -> None:
        lines = lines_of("one two three four five six seven eight nine ten eleven twelve thirteen fourteen", " 3")
        assert len(lines) == 3
        assert lines[-1].endswith("… 3")

    @given(st.text(max_size=120))
    @settings(max_examples=100, deadline=None)
    def test_no_line_is_long_and_nothing_is_lost_but_by_cutting(self, text: str) -> None:
        lines = lines_of(text)
        assert 1 <= len(lines) <= 3
        assert all(len(line) <= 17 for line in lines)
        if not lines[-1].endswith("…"):
            assert "".join("".join(lines).split()) == "".join(text.split())

    def test_wide_scripts_and_marks_are_measured_as_such(self) -> None:
        assert width_of("依恋") > width_of("ab")
        assert width_of(normalize("NFD", "é")) == width_of("e")
        assert width_of("WWW") > width_of("ill") * 2
