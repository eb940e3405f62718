"""`add` against a stand-in for Crossref: what is fetched, what is refused and why, and many at once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran
from records import RECORDS, SICI

Run = Callable[..., Ran]

GOOD = [
    record["DOI"] for record in RECORDS if record["type"] in ("journal-article", "book", "book-chapter", "monograph")
]


@pytest.fixture
def online(crossref, monkeypatch: pytest.MonkeyPatch):
    """The stand-in, clean, as the server that litbase asks."""
    crossref.reset()
    monkeypatch.setenv("LITBASE_CROSSREF_URL", crossref.url)
    return crossref


def count(library: Path) -> int:
    connection = sqlite3.connect(library)
    found = connection.execute("SELECT count(*) FROM source WHERE deleted IS NULL").fetchone()[0]
    connection.close()
    return int(found)


def test_a_record_is_fetched_cleaned_and_kept_with_the_raw_answer(online, run: Run, library: Path) -> None:
    shown = run("add", f"https://doi.org/{GOOD[0].upper()}", "--concept", "repair", "--note", "Read this.", "--json")
    assert shown.code == 0
    source = shown.json["sources"][0]
    assert (source["status"], source["origin"], source["item"]["DOI"]) == ("added", "crossref", GOOD[0].lower())
    kept = run("show", source["citekey"], "--json").json["sources"][0]
    assert kept["answer"]["provider"] == "crossref"
    assert (kept["concepts"], len(kept["notes"])) == (["repair"], 1)
    connection = sqlite3.connect(library)
    raw = json.loads(connection.execute("SELECT body FROM answer").fetchone()[0])
    connection.close()
    assert raw == next(record for record in RECORDS if record["DOI"] == GOOD[0])


def test_a_sici_doi_is_asked_for_encoded(online, run: Run) -> None:
    assert run("add", SICI).code == 0
    assert any("%3C" in entry["target"] for entry in online.log())


def test_an_unknown_doi_exits_with_3_and_names_its_agency(online, run: Run, library: Path) -> None:
    shown = run("add", "10.5281/zenodo.1234567")
    assert shown.code == 3
    assert "DataCite" in shown.err
    assert run("add", "10.5555/never-registered").code == 3
    assert not library.exists() or count(library) == 0


@pytest.mark.parametrize(
    ("mode", "options", "code"),
    [
        ("truncated", {}, 4),
        ("badjson", {}, 4),
        ("html", {}, 4),
        ("empty", {}, 4),
        ("nullmsg", {}, 4),
        ("listmsg", {}, 4),
        ("wrongdoi", {}, 5),
        ("latin1", {}, 4),
        ("403", {}, 4),
        ("404", {}, 3),
        ("gzbomb", {"mb": 60}, 4),
        ("redirect", {}, 4),
        ("reset", {}, 4),
    ],
)
def test_a_fault_is_one_clear_line_and_nothing_is_stored(
    online, run: Run, library: Path, mode: str, options: dict, code: int
) -> None:
    doi = next(record["DOI"] for record in RECORDS if record["DOI"].isascii() is (mode != "latin1"))
    online.fault(mode, n=-1, match="/works/", **options)
    shown = run("add", doi)
    assert shown.code in ((4, 5) if code == 4 else (code,)), shown.err
    assert len([line for line in shown.err.splitlines() if not line.startswith("#")]) == 1
    assert "Traceback" not in shown.err
    assert not library.exists() or count(library) == 0


def test_a_passing_fault_is_waited_out(online, run: Run) -> None:
    online.fault("503", n=1)
    assert run("add", GOOD[0]).code == 0


def test_a_batch_keeps_what_can_be_kept_and_a_second_run_adds_nothing(online, spawn: Run, library: Path) -> None:
    online.enforce = True
    try:
        wanted = [record["DOI"] for record in RECORDS] + ["10.5555/never-registered", "junk"]
        first = spawn("add", "-", given="\n".join(wanted))
        added = len(first.lines)
        assert added == count(library)
        assert added >= len(GOOD)
        refused = [line for line in first.err.splitlines() if " # " in line and not line.startswith("#")]
        assert added + len(refused) == len(wanted)
        second = spawn("add", "-", given="\n".join(wanted))
        assert len(second.lines) == added
        assert all(line.endswith("already there") for line in second.lines)
        assert count(library) == added
    finally:
        online.enforce = False


def test_the_address_goes_to_crossref_and_nowhere_else(online, run: Run, library: Path) -> None:
    run("config", "set", "mailto", "secret@example.org")
    shown = run("add", GOOD[0], "10.5555/never-registered")
    assert {entry["mailto"] for entry in online.log() if "/works" in entry["path"]} == {"secret@example.org"}
    assert "secret@example.org" not in shown.out + shown.err
    assert b"secret@example.org" not in library.read_bytes()


def test_the_demo_asks_nobody(online, spawn: Run) -> None:
    assert spawn("demo").code == 0
    assert online.log() == []


class TestTenAtOnce:
    """Ten litbases on one library: nothing lost, nothing twice, nobody turned away."""

    @staticmethod
    def _together(lines: list[list[str]]) -> list[subprocess.CompletedProcess[bytes]]:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "litbase", *line],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            for line in lines
        ]
        ended = []
        for process in started:
            out, err = process.communicate(timeout=120)
            ended.append(subprocess.CompletedProcess(process.args, process.returncode, out, err))
        return ended

    def test_different_sources(self, run: Run, library: Path) -> None:
        from litbase import bundled

        dois = [source.item["DOI"] for source in bundled.shelf() if source.item.get("DOI")][:30]
        ended = self._together([["add", *dois[start : start + 3], "--offline"] for start in range(0, 30, 3)])
        assert [one.returncode for one in ended] == [0] * 10, [one.stderr for one in ended if one.returncode]
        assert count(library) == 30

    def test_the_same_source(self, run: Run, library: Path) -> None:
        ended = self._together([["add", "10.1037/pst0000185", "--concept", "repair", "--offline"]] * 10)
        assert [one.returncode for one in ended] == [0] * 10, [one.stderr for one in ended if one.returncode]
        words = sorted(one.stdout.decode().rsplit("\t", 1)[1].strip() for one in ended)
        assert words == ["added", *["already there"] * 9]
        assert count(library) == 1


def test_a_chapter_gets_the_editors_of_its_book(online, run: Run) -> None:
    from records import message, person

    isbn = "9780000000002"
    chapter = message(
        "10.5555/chapter.x", "On Holding", "book-chapter", **{"container-title": ["Essays on Care"], "ISBN": [isbn]}
    )
    book = message(
        "10.5555/book.x", "Essays on Care", "edited-book", ISBN=[isbn], editor=[person("Mira", "Solberg", "first")]
    )
    for record in (chapter, book):
        online.store.add({**record, "author": [person("Ada", "Quist", "first")]} if record is chapter else record)
    assert run("add", "10.5555/chapter.x").code == 0
    assert "In M. Solberg (Ed.)" in run("refs").out
