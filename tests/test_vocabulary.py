"""The vocabulary kept in order, and every change to it taken back by one undo."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

Run = Callable[..., Ran]

TABLES = (
    "concept",
    "concept_alias",
    "concept_broader",
    "source_concept",
    "note",
    "search",
    "contributor",
    "citekey_alias",
)


def contents(library: Path) -> dict[str, list[tuple]]:
    """Every row of the tables that undoing must bring back, private ids and times of change aside."""
    connection = sqlite3.connect(library)
    names = dict(connection.execute("SELECT id, name FROM concept").fetchall())
    found: dict[str, list[tuple]] = {
        "concept": connection.execute("SELECT uuid, name, folded, definition, cues, created FROM concept").fetchall(),
        "alias": [(a, names[c]) for a, c in connection.execute("SELECT alias, concept_id FROM concept_alias")],
        "broader": [(names[a], names[b]) for a, b in connection.execute("SELECT * FROM concept_broader")],
        "tagged": [(names[c], y, s) for c, y, s in connection.execute("SELECT * FROM source_concept")],
        "note": connection.execute("SELECT uuid, source_id, private, kind, locator, text FROM note").fetchall(),
        "source": connection.execute("SELECT uuid, citekey, doi, item, year, deleted FROM source").fetchall(),
        "names": connection.execute("SELECT * FROM contributor").fetchall(),
        "text": connection.execute("SELECT rowid, title, abstract, concepts, notes, keys FROM search").fetchall(),
    }
    connection.close()
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


CHANGES = [
    ("concept", "alias", "repair", "mending"),
    ("concept", "alias", "repair", "reparation", "--remove"),
    ("concept", "broader", "attachment", "repair"),
    ("concept", "broader", "repair", "therapeutic relationship", "--remove"),
    ("concept", "rename", "repair", "relational repair"),
    ("concept", "rename", "repair", "Mending"),
    ("concept", "merge", "repair", "attachment", "--yes"),
    ("concept", "merge", "therapeutic relationship", "repair", "--yes"),
    ("concept", "remove", "repair", "--yes"),
    ("concept", "remove", "therapeutic relationship", "--yes"),
    ("concept", "edit", "repair", "--definition", "Another.", "--cue", "one", "--cue", "two"),
    ("concept", "add", "empathy"),
    ("tag", "bowlby1982", "repair", "empathy"),
    ("untag", "tronick1989", "repair"),
    ("note", "add", "tronick1989", "Another note."),
    ("note", "edit", "tronick1989", "1", "Other words.", "--public"),
    ("note", "remove", "tronick1989", "1", "--yes"),
    ("edit", "tronick1989", "--set", "year=1990", "--set", "title=Other", "--set", "author=Other, Name"),
    ("remove", "tronick1989", "bowlby1982", "--yes"),
    ("merge", "eubanks2018", "tronick1989", "--yes"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: " ".join(change[:4]))
def test_one_undo_takes_back_one_step(shelf: Run, library: Path, change: tuple[str, ...]) -> None:
    before = contents(library)
    shown = shelf(*change)
    assert shown.code == 0, shown.err
    assert contents(library) != before
    assert shelf("undo").code == 0
    assert contents(library) == before


def test_several_steps_are_taken_back_in_one_and_in_order(shelf: Run, library: Path) -> None:
    before = contents(library)
    for change in (CHANGES[0], CHANGES[6], CHANGES[12]):
        assert shelf(*change).code == 0
    assert len(shelf("undo", "3", "--json").json["undone"]) == 3
    assert contents(library) == before


def test_undoing_an_addition_puts_it_in_the_bin(shelf: Run) -> None:
    assert shelf("add", "10.1037/h0085885", "--note", "Mine.", "--offline").code == 0
    assert shelf("undo").code == 0
    assert shelf("show", "bordin1979").code == 3
    assert "restored" in shelf("add", "10.1037/h0085885", "--offline").out


def test_what_cannot_be_undone_changes_nothing(shelf: Run, library: Path, run: Run) -> None:
    before = contents(library)
    assert shelf("undo", "99").code == 3
    assert contents(library) == before
    assert shelf("undo", "none").code == 2
    assert shelf("undo", "0").code == 2


def test_history_tells_what_was_done_and_undone(shelf: Run) -> None:
    shelf("tag", "bowlby1982", "repair")
    shelf("undo")
    steps = shelf("history", "--json").json["steps"]
    assert [(one["command"], one["undone"]) for one in steps[:2]] == [("undo", False), ("tag", True)]
    mine = [one["command"] for one in shelf("history", "tronick1989", "--json").json["steps"]]
    assert mine == ["note add", "add"]


def test_merging_moves_sources_names_and_narrower_concepts(shelf: Run) -> None:
    shelf("concept", "add", "now moment", "--broader", "repair")
    assert "went over" in shelf("concept", "merge", "repair", "attachment", "--yes").err
    shown = shelf("concept", "show", "attachment", "--json").json["concept"]
    assert {"repair", "rupture and repair"} <= set(shown["aliases"])
    assert shown["narrower"] == ["now moment"]
    assert len(shown["citekeys"]) == 6
    assert shelf("search", "concept:repair", "--keys").lines == shelf("search", "concept:attachment", "--keys").lines
    assert shelf("search", "rupture", "--keys").lines != []


def test_removing_puts_narrower_concepts_under_broader_ones(shelf: Run) -> None:
    shelf("concept", "add", "now moment", "--broader", "repair")
    assert shelf("concept", "remove", "repair", "--yes").code == 0
    assert shelf("concept", "show", "now moment", "--json").json["concept"]["broader"] == ["therapeutic relationship"]
    assert shelf("search", "concept:repair").code == 3


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("concept", "broader", "therapeutic relationship", "repair"), 5),
        (("concept", "broader", "repair", "repair"), 5),
        (("concept", "alias", "repair", "attachment"), 5),
        (("concept", "rename", "repair", "attachment"), 5),
        (("concept", "rename", "repair", " "), 5),
        (("concept", "merge", "repair", "rupture and repair", "--yes"), 5),
        (("concept", "merge", "repair", "nowhere", "--yes"), 3),
        (("concept", "remove", "repare", "--yes"), 3),
        (("concept", "remove", "repair"), 2),
        (("concept", "edit", "repair"), 2),
    ],
)
def test_what_makes_no_sense_changes_nothing(shelf: Run, library: Path, line: tuple[str, ...], code: int) -> None:
    before = contents(library)
    assert shelf(*line).code == code
    assert contents(library) == before


def test_export_and_import_bring_a_vocabulary_into_another_library(shelf: Run, tmp_path: Path) -> None:
    text = shelf("concept", "export").out
    path = tmp_path / "concepts.jsonl"
    path.write_text(text, encoding="utf-8")
    other = ("--library", str(tmp_path / "other.db"))
    assert shelf("concept", "import", str(path), *other, "--json").json["added"] == [
        "attachment",
        "repair",
        "therapeutic relationship",
    ]
    assert shelf("concept", "export", *other).out == text
    assert shelf("concept", "import", str(path), *other, "--json").json["added"] == []


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", '{"name": ""}', '{"name": "a", "aliases": 1}', '{"name": "a", "broader": ["nowhere"]}'],
)
def test_a_broken_vocabulary_is_refused_whole(shelf: Run, library: Path, tmp_path: Path, text: str) -> None:
    before = contents(library)
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps({"name": "fine"}) + "\n" + text if text else "", encoding="utf-8")
    assert shelf("concept", "import", str(path)).code == 5
    assert contents(library) == before
