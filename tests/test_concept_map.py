"""The map of concepts: what is drawn of a library, and that the files it makes are whole, safe and readable."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase import bundled
from litbase.domain.concept_map import Line, Map, Node
from litbase.domain.library import Concept, NewConcept, NewSource
from litbase.render import concept_map as render
from litbase.render.labels import width_of
from litbase.services import concept_map as service
from litbase.store.writer import write

Run = Callable[..., Ran]
SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = (
    "<script>alert(1)</script>", '" onload="alert(1)', "</desc></svg><img src=x onerror=alert(1)>", "]]>&amp;<!--",
    "</style><style>*{display:none}", "&#x3c;b>", "a" * 300, "רגש והקשר", "a\x00b\x1b[31m\u202ec\ud800\uffff",
)  # fmt: skip


def concept(name: str, sources: int, *broader: str) -> Concept:
    return Concept(0, "", name, "", (), broader, (), sources)


def three(*names: str) -> Map:
    """A map of concepts under these names: the first above the second, and all joined in a row."""
    nodes = [Node(name, max(1, 9 - number), names[:1] if number == 1 else ()) for number, name in enumerate(names)]
    lines = tuple(Line(number, number + 1, 4 - number % 3, 0.5) for number in range(len(names) - 1))
    return Map(tuple(nodes), lines, len(nodes), len(lines), 20)


class TestWhatIsDrawn:
    def test_concepts_with_sources_and_those_above_them(self) -> None:
        found = service.plan(
            [concept("care", 2, "all"), concept("all", 0, "top"), concept("top", 0), concept("idle", 0)], [], 2
        )
        assert [node.name for node in found.nodes] == ["care", "all", "top"]
        assert found.concepts == 3

    def test_most_sources_first_then_by_name(self) -> None:
        found = service.plan([concept("b", 2), concept("a", 2), concept("c", 3)], [("a", "b", 1), ("a", "c", 2)], 5)
        assert [node.name for node in found.nodes] == ["c", "a", "b"]
        assert [(line.first, line.second, line.common) for line in found.lines] == [(1, 2, 1), (1, 0, 2)]

    def test_a_small_concept_wholly_inside_another_is_closer_than_two_large_ones_that_touch(self) -> None:
        found = service.plan(
            [concept("a", 100), concept("b", 100), concept("c", 4)], [("a", "b", 5), ("a", "c", 4)], 200
        )
        closeness = {(line.first, line.second): line.closeness for line in found.lines}
        assert closeness == {(0, 1): 0.05, (0, 2): 0.2}

    def test_a_crowd_of_lines_is_thinned_and_the_map_stays_in_one_piece(self) -> None:
        names = [f"c{number:02}" for number in range(30)]
        # Two crowds, each joined all to all by many works; one work between them.
        pairs = [
            (one, other, 20 + number)
            for number, one in enumerate(names)
            for other in names[number + 1 :]
            if (one < "c15") == (other < "c15")
        ]
        found = service.plan([concept(name, 50) for name in names], [*pairs, ("c02", "c20", 1)], 900)
        assert found.pairs == len(pairs) + 1
        assert len(found.lines) <= 3 * len(names)
        assert {node.name for node in found.nodes} == set(names)
        assert any(
            {found.nodes[line.first].name, found.nodes[line.second].name} == {"c02", "c20"} for line in found.lines
        )
        assert len({end for line in found.lines for end in (line.first, line.second)}) == 30

    def test_too_many_concepts_are_left_out_and_counted(self) -> None:
        many = [concept(f"c{number}", 1 + number) for number in range(300)]
        found = service.plan(many, [("c0", "c299", 1), ("c298", "c299", 1)], 400)
        assert (len(found.nodes), found.concepts, len(found.lines), found.pairs) == (120, 300, 1, 2)
        assert "the 120 with most sources of 300 concepts" in render.about(found)
        assert "2 pairs of concepts with works in common, 1 drawn" in render.about(found)


def label_box(text: ET.Element) -> tuple[float, float, float, float]:
    """A label as left, top, right, bottom."""
    rows = [row for row in text if row.get("y")]
    half = max(width_of("".join(row.itertext())) for row in rows) * 13 / 2
    middle = float(rows[0].get("x", 0))
    return middle - half, float(rows[0].get("y", 0)) - 12, middle + half, float(rows[-1].get("y", 0)) + 3


def circle_box(circle: ET.Element) -> tuple[float, float, float, float]:
    x, y, radius = (float(circle.get(name, 0)) for name in ("cx", "cy", "r"))
    return x - radius, y - radius, x + radius, y + radius


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class TestPicture:
    def test_every_concept_has_a_circle_a_name_and_a_count(self) -> None:
        root = ET.fromstring(render.svg(three("care", "play", "rest")))
        assert root.get("role") == "img"
        labels = ["".join(text.itertext()) for text in root.iter(f"{SVG}text") if text.get("class") == "name"]
        assert labels == ["care 9", "play 8", "rest 7"]
        titles = [circle.findtext(f"{SVG}title") for circle in root.iter(f"{SVG}circle") if len(circle)]
        assert titles == ["care: 9 sources", "play: 8 sources", "rest: 7 sources"]

    def test_more_sources_make_a_larger_circle_and_more_works_a_thicker_line(self) -> None:
        root = ET.fromstring(render.svg(three("care", "play", "rest", "sleep")))
        radii = [float(circle.get("r", 0)) for circle in root.iter(f"{SVG}circle") if len(circle)]
        assert radii == sorted(set(radii), reverse=True)
        widths = [float(line.get("stroke-width", 0)) for line in root.iter(f"{SVG}line") if len(line)]
        assert widths == sorted(set(widths), reverse=True)

    def test_no_label_lies_over_another_or_over_a_circle(self) -> None:
        shelf = bundled.shelf()
        counts = Counter(name for one in shelf for name in one.concepts)
        pairs = Counter(pair for one in shelf for pair in combinations(sorted(one.concepts), 2))
        concepts = [concept(one.name, counts[one.name], *one.broader) for one in bundled.concepts()]
        shown = service.plan(concepts, [(*pair, common) for pair, common in pairs.most_common()], len(shelf))
        root = ET.fromstring(render.svg(shown))
        boxes = [label_box(text) for text in root.iter(f"{SVG}text") if text.get("class") == "name"]
        boxes += [circle_box(circle) for circle in root.iter(f"{SVG}circle") if len(circle)]
        assert len(boxes) == 2 * len(shown.nodes)
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []

    def test_a_line_ends_where_its_concepts_are(self) -> None:
        root = ET.fromstring(render.svg(three("care", "play")))
        circles = [(circle.get("cx"), circle.get("cy")) for circle in root.iter(f"{SVG}circle") if len(circle)]
        line = next(line for line in root.iter(f"{SVG}line") if len(line))
        assert [(line.get("x1"), line.get("y1")), (line.get("x2"), line.get("y2"))] == circles

    def test_the_description_says_what_is_drawn(self) -> None:
        shown = three("care", "play", "rest")
        root = ET.fromstring(render.svg(shown))
        described = root.findtext(f"{SVG}desc") or ""
        assert root.get("aria-labelledby") == "map-title map-description"
        assert "play: 8 sources, under care; works in common with care (4), rest (3)." in described

    def test_the_same_map_is_the_same_file(self) -> None:
        shown = three(*(f"concept {number}" for number in range(25)))
        assert render.svg(shown) == render.svg(shown)

    @given(st.lists(st.text(max_size=40), min_size=1, max_size=6, unique=True))
    @settings(max_examples=25, deadline=None)
    def test_any_name_makes_a_well_formed_file(self, names: list[str]) -> None:
        root = ET.fromstring(render.svg(three(*names)))
        assert sum(text.get("class") == "name" for text in root.iter(f"{SVG}text")) == len(names)


class Page(HTMLParser):
    """A page as a browser takes it apart: its tags, their attributes, and the text of some of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.styles: list[str] = []
        self.cells: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.styles.append(data)
        elif self._inside in ("td", "th"):
            self.cells[-1] += data


class TestPage:
    def test_the_policy_names_the_two_style_sheets_and_nothing_else(self) -> None:
        page = Page(render.html(three("care", "play")))
        policy = next(found["content"] or "" for tag, found in page.tags if found.get("http-equiv"))
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in page.styles}
        assert len(hashes) == 2
        assert set(re.findall(r"'sha256-[^']*'", policy)) == hashes
        assert "unsafe" not in policy

    def test_the_tables_hold_what_the_picture_shows(self) -> None:
        cells = Page(render.html(three("care", "play", "rest"))).cells
        assert cells[:8] == ["Concept", "Sources", "Stands under", "Works in common with", "care", "9", "", "play (4)"]
        assert cells[8:12] == ["play", "8", "care", "care (4), rest (3)"]
        assert cells[-4:] == ["care and play", "4", "play and rest", "3"]

    def test_hostile_names_are_inert(self) -> None:
        page = Page(render.html(three(*HOSTILE)))
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"script", "img", "b", "a", "iframe"}
        assert len(page.styles) == 2
        assert not any(
            name.startswith("on") or name in ("style", "href", "src") for _, found in page.tags for name in found
        )
        assert page.cells[4] == HOSTILE[0]
        assert "a\ufffdb\ufffd[31m\ufffdc\ufffd\ufffd" in page.cells

    def test_hostile_names_are_inert_in_the_picture_too(self) -> None:
        root = ET.fromstring(render.svg(three(*HOSTILE)))
        kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert kinds == {
            "svg",
            "title",
            "desc",
            "style",
            "defs",
            "marker",
            "path",
            "rect",
            "line",
            "circle",
            "text",
            "tspan",
        }
        assert len(list(root.iter(f"{SVG}style"))) == 1


class TestCommand:
    @pytest.fixture
    def tagged(self, library: Path) -> Path:
        with write(library, "test") as writer:
            for new in (
                NewConcept("all"),
                NewConcept("care", broader=("all",)),
                NewConcept("play"),
                NewConcept("idle"),
            ):
                writer.add_concept(new)
            for number, names in enumerate((("care", "play"), ("care", "play"), ("care",))):
                key = writer.add_source(NewSource({"type": "book", "title": f"T {number}"}, f"work{number}"))
                for name in names:
                    writer.tag(key, name)
        return library

    @pytest.mark.parametrize("name", ["map.svg", "map.html", "map.HTM", "a b.SVG"])
    def test_the_ending_says_what_is_written(self, tagged: Path, run: Run, tmp_path: Path, name: str) -> None:
        shown = run("concept", "map", "-o", str(tmp_path / name))
        assert (shown.code, shown.out) == (0, "")
        assert "3 concepts" in shown.err
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.startswith("<svg " if name.lower().endswith("svg") else "<!DOCTYPE html>")
        assert "care: 3 sources" in text
        assert "idle" not in text

    def test_a_file_that_is_there_stays_without_force(self, tagged: Path, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "map.svg"
        path.write_text("mine", encoding="utf-8")
        assert run("concept", "map", "-o", str(path)).code == 5
        assert path.read_text(encoding="utf-8") == "mine"
        assert run("concept", "map", "-o", str(path), "--force").code == 0
        assert path.read_text(encoding="utf-8") != "mine"

    def test_no_file_and_another_ending_are_usage_errors(self, tagged: Path, run: Run, tmp_path: Path) -> None:
        assert run("concept", "map").code == 2
        shown = run("concept", "map", "-o", str(tmp_path / "map.png"))
        assert shown.code == 2
        assert "map.png" in shown.err
        assert not (tmp_path / "map.png").exists()

    def test_where_nothing_is_tagged_nothing_is_written(self, library: Path, run: Run, tmp_path: Path) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("idle"))
        shown = run("concept", "map", "-o", str(tmp_path / "map.svg"))
        assert shown.code == 1
        assert "no concept has a source" in shown.err
        assert not (tmp_path / "map.svg").exists()

    def test_the_same_library_gives_the_same_map(self, tagged: Path, run: Run, tmp_path: Path) -> None:
        for name in ("one.html", "two.html"):
            assert run("concept", "map", "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
