"""The library at a glance: what is counted, how it is told, and how it looks on a terminal and in a pipe."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.cli import blocks, console
from litbase.cli.blocks import Bar, Block
from litbase.domain.library import NewConcept, NewSource
from litbase.services import overview as service
from litbase.store.writer import Writer, write

Run = Callable[..., Ran]


def work(number: int, year: int | None = None, kind: str = "book") -> NewSource:
    dated = {} if year is None else {"issued": {"date-parts": [[year]]}}
    return NewSource(
        {"type": kind, "title": f"Work {number}", "author": [{"family": "Ames"}], **dated}, f"work{number}"
    )


def fill(writer: Writer) -> None:
    """Five sources and one in the bin; three concepts with sources and one without; three quotations."""
    for name in ("care", "play", "rest", "Ärger"):
        writer.add_concept(NewConcept(name))
    tagged = {1: ("care", "play"), 2: ("care", "play"), 3: ("care", "Ärger"), 4: (), 5: (), 6: ("rest", "care")}
    years = {1: 1990, 2: 1990, 3: 2020, 4: None, 5: -380, 6: 2000}
    for number, names in tagged.items():
        writer.add_source(work(number, years[number], "chapter" if number == 3 else "book"))
        for name in names:
            writer.tag(f"work{number}", name)
        writer.add_note(f"work{number}", "Words.", "quotation", "p. 3" if number in (1, 2) else " ", True)
    writer.add_note("work1", "Mine.", "note", "", True)
    writer.add_note("work1", "Plainly.", "plain words", "", False)
    writer.set_notices("work4", ({"kind": "retraction", "affects": "this"}, {"kind": "correction"}))
    writer.set_notices("work2", ({"kind": "correction"},))
    writer.remove_source("work6")


@pytest.fixture
def filled(library: Path) -> Path:
    with write(library, "test") as writer:
        fill(writer)
    return library


class TestCounts:
    def test_what_is_in_the_bin_counts_nowhere(self, filled: Path) -> None:
        found = service.overview(filled)
        assert found.sources == 5
        assert found.concepts == {"care": 3, "play": 2, "Ärger": 1}
        assert list(found.concepts) == ["care", "play", "Ärger"]
        assert found.unused == ("rest",)
        assert found.types == {"book": 4, "chapter": 1}
        assert found.years == {None: 1, -380: 1, 1990: 2, 2020: 1}
        assert found.notes == {"note": 1, "quotation": 5, "plain words": 1}

    def test_what_is_left_to_do_begins_with_the_newest(self, filled: Path) -> None:
        found = service.overview(filled)
        assert found.untagged == ("work5", "work4")
        assert found.unplaced == ("work5", "work4", "work3")
        assert [one.citekey for one in found.newest] == ["work5", "work4", "work3", "work2", "work1"]

    def test_pairs_are_named_in_order_and_counted_once(self, filled: Path) -> None:
        found = service.overview(filled).together
        assert found == ((("care", "play"), 2), (("Ärger", "care"), 1))

    def test_a_correction_is_no_warning(self, filled: Path) -> None:
        found = service.overview(filled).warned
        assert [(one.source.citekey, one.marks) for one in found] == [("work4", ("RETRACTED",))]


class TestSpans:
    def test_a_short_span_is_told_year_by_year(self) -> None:
        assert service.spans({None: 2, 2001: 1, 2003: 4}) == [("2001", 1), ("2002", 0), ("2003", 4), ("no year", 2)]

    def test_a_long_span_is_told_by_decade_and_the_old_in_one_line(self) -> None:
        told = service.spans({-380: 1, 1899: 1, 1930: 1, 1969: 2, 1970: 1, 2019: 3})
        assert told == [
            ("before 1930", 2), ("1930s", 1), ("1940s", 0), ("1950s", 0), ("1960s", 2), ("1970s", 1),
            ("1980s", 0), ("1990s", 0), ("2000s", 0), ("2010s", 3),
        ]  # fmt: skip

    def test_nothing_is_told_of_nothing(self) -> None:
        assert service.spans({}) == []
        assert service.spans({-380: 2}) == [("380 BCE", 2)]

    @given(st.dictionaries(st.none() | st.integers(-600, 2100), st.integers(1, 9), max_size=40))
    @settings(max_examples=60, deadline=None)
    def test_no_source_is_lost_or_told_twice(self, years: dict[int | None, int]) -> None:
        told = service.spans(years)
        assert sum(count for _, count in told) == sum(years.values())
        assert len(told) <= 13
        assert len({name for name, _ in told}) == len(told)


class TestCommand:
    def test_in_a_pipe_it_is_plain_rows(self, filled: Path, run: Run) -> None:
        shown = run("overview")
        assert shown.code == 0
        assert shown.lines[0] == "5 sources · 1 note · 5 quotations · 1 in plain words · 4 concepts"
        assert "RETRACTED\twork4\tWork 4" in shown.lines
        assert shown.lines[shown.lines.index("Sources by concept") + 1] == "care\t3"
        assert "care + play\t2" in shown.lines
        assert "sources without a concept\t2\twork5, work4" in shown.lines
        assert "work5\tAmes (380 BCE). Work 5" in shown.lines
        assert not set("█▏─│╭") & set(shown.out)

    def test_json_has_every_row(self, filled: Path, run: Run) -> None:
        found = run("overview", "--json").json
        assert found["schema"] == "litbase.overview/1"
        assert found["years"] == [
            {"year": -380, "sources": 1},
            {"year": 1990, "sources": 2},
            {"year": 2020, "sources": 1},
        ]
        assert found["undated"] == 1
        assert found["together"][0] == {"concepts": ["care", "play"], "sources": 2}
        assert found["retracted"] == [{"citekey": "work4", "marks": ["RETRACTED"]}]
        assert found["quotations_without_locator"] == ["work5", "work4", "work3"]
        assert found["concepts_without_sources"] == ["rest"]

    def test_more_than_a_glance_takes_in_is_counted(self, library: Path, run: Run) -> None:
        with write(library, "test") as writer:
            writer.add_source(work(1))
            for number in range(20):
                writer.add_concept(NewConcept(f"concept {number}"))
                writer.tag("work1", f"concept {number}")
        shown = run("overview")
        assert (
            sum(line.startswith("concept ") and line.endswith("\t1") for line in shown.lines if "+" not in line) == 12
        )
        assert "litbase concept list shows all 20" in shown.lines
        assert any(line.startswith("190 pairs in all") for line in shown.lines)
        assert len(run("overview", "--json").json["together"]) == 190

    def test_an_empty_library_says_so(self, library: Path, run: Run) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("care"))
        shown = run("overview")
        assert (shown.code, shown.out) == (0, "")
        assert "no sources yet" in shown.err
        assert run("overview", "--json").json["concepts_without_sources"] == ["care"]

    def test_no_library_is_not_found(self, run: Run) -> None:
        assert run("overview").code == 3

    def test_it_loads_nothing_heavy_in_a_pipe(self, filled: Path, spawn: Run) -> None:
        shown = spawn("overview", env={"PYTHONPROFILEIMPORTTIME": "1"})
        modules = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in shown.err.splitlines() if "|" in line}
        assert "sqlite3" in modules
        assert not modules & {"rich", "typer", "sqlite_utils", "citeproc", "httpx2", "habanero", "lxml"}


class TestOnATerminal:
    @pytest.fixture
    def wide(self, monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[[int], list[str]]:
        def show(columns: int) -> list[str]:
            monkeypatch.setattr(console, "on_terminal", lambda: True)
            monkeypatch.setenv("COLUMNS", str(columns))
            monkeypatch.setenv("LINES", "50")
            shown = run("overview")
            assert shown.code == 0
            return shown.lines

        return show

    @pytest.mark.parametrize("columns", [24, 40, 80, 130, 200])
    def test_no_row_is_wider_than_the_terminal(
        self, filled: Path, wide: Callable[[int], list[str]], columns: int
    ) -> None:
        with write(filled, "test") as writer:
            for name in ("依恋" * 40, "x" * 90, "\x1b[31mred"):
                writer.add_concept(NewConcept(name))
                writer.tag("work1", name)
        lines = wide(columns)
        assert max(map(console.columns, lines)) <= columns
        assert not any("\x1b[31m" in line for line in lines)
        # A wide character that is cut leaves one blank.
        assert all(len(line) - len(line.rstrip()) <= 1 for line in lines)

    def test_a_wide_terminal_has_blocks_side_by_side(self, filled: Path, wide: Callable[[int], list[str]]) -> None:
        narrow, broad = wide(80), wide(200)
        assert len(broad) < len(narrow) * 0.6
        assert any(line.startswith("Sources by concept ") and line.count("  ") > 3 for line in broad)
        care = next(line for line in narrow if line.startswith("  care "))
        assert care.split() == ["care", "3", "█" * 30]

    def test_an_ascii_terminal_gets_ascii_bars(self, filled: Path) -> None:
        import pty
        import subprocess
        import sys

        ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
        command = [sys.executable, "-m", "litbase", "overview"]
        root = str(Path(__file__).parents[1])
        done = subprocess.Popen(command, stdout=theirs, env={**environment, "PYTHONPATH": root}, close_fds=True)
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(ours)
        assert done.wait(30) == 0
        assert b"care" in shown
        assert b"#" * 30 in shown
        assert shown.isascii()
        assert b"\x1b[3" not in shown


class TestBlocks:
    @given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.integers(1, 4))
    @settings(max_examples=80, deadline=None)
    def test_columns_keep_the_order_and_are_as_low_as_can_be(self, heights: list[int], count: int) -> None:
        numbers = list(range(len(heights)))
        columns = blocks.in_columns(numbers, heights, count)
        assert [number for column in columns for number in column] == numbers
        assert len(columns) <= count
        highest = max(sum(heights[number] for number in column) for column in columns)
        assert highest == lowest(heights, count)

    @given(st.floats(0, 1), st.integers(1, 60))
    @settings(max_examples=80, deadline=None)
    def test_a_bar_is_as_long_as_its_share(self, share: float, columns: int) -> None:
        drawn = blocks.bar(share, columns)
        assert len(drawn) <= columns
        assert bool(drawn) == (share > 0)
        assert abs(drawn.count("█") - share * columns) <= 1
        assert set(blocks.bar(share, columns, ascii_only=True)) <= {"#"}

    def test_a_number_stands_to_the_right(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(console, "on_terminal", lambda: True)
        monkeypatch.setenv("COLUMNS", "60")
        blocks.show([Block("Heads", [("a", 5, Bar(0.5)), ("bb", 1234, Bar(1))], 2)])
        rows = capfd.readouterr().out.splitlines()
        assert rows[1].startswith("  a       5  █")
        assert rows[2].startswith("  bb  1,234  █")


def lowest(heights: list[int], count: int) -> int:
    """The least height of the highest column, by trying every way to cut the list."""
    if count == 1 or len(heights) == 1:
        return sum(heights)
    cuts = range(1, len(heights))
    return min([sum(heights), *(max(sum(heights[:cut]), lowest(heights[cut:], count - 1)) for cut in cuts)])
