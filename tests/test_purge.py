"""Purging: what was erased is in no byte of the file, no word of the index and no undo; the rest is untouched."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase.domain.library import CachedEntry, NewSource
from litbase.services import purge
from litbase.store.ledger_reader import Use
from litbase.store.reader import Reader
from litbase.store.writer import write

Run = Callable[..., Ran]
CANARY = "zanzicanary"


def keep(library: Path, key: str, word: str, doi: str | None = None) -> None:
    """A source that holds a word everywhere a source can hold one."""
    item = {
        "type": "book",
        "title": f"On {word} title",
        "author": [{"family": f"{word}son", "given": f"A. {word}"}],
        "abstract": f"Of {word}abstract.",
        "container-title": f"{word}container",
    }
    with write(library, "test") as writer:
        writer.add_source(NewSource(item, key, doi=doi, doi_aliases=(f"10.5555/{word}alias",)))
        writer.keep_answer(key, "crossref", f"10.5555/{word}", {"title": [f"{word}raw"]})
        writer.keep_entry(key, CachedEntry("apa", "", "1", "d", f'["{word}entry"]'))
        writer.add_note(key, f"{word}note, a long one. " * 300, "note", "", True)
        writer.remember_draft(
            f"/drafts/{len(word)}{word[4:]}.md".replace(CANARY[4:], "x"),
            "d",
            "",
            [Use(key, 1, 1, f"({word}cited, 2004)")],
        )


def bytes_of(library: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(library.parent.glob("library.db*")))


def terms(library: Path) -> set[str]:
    """Every word of the full-text index, gathered as FTS5 keeps it."""
    connection = sqlite3.connect(library)
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'search', 'row')")
    found = {row[0] for row in connection.execute("SELECT term FROM vocabulary")}
    connection.close()
    return found


def left(library: Path, word: str) -> bool:
    return word.encode() in bytes_of(library) or any(word[:7] in term for term in terms(library))


@pytest.fixture
def full(library: Path) -> Path:
    for number in range(30):
        keep(library, f"other{number}", f"word{number}")
    keep(library, f"{CANARY}2004", CANARY, "10.5555/zanzicanary")
    return library


def test_a_purged_source_is_in_no_byte_and_no_word(full: Path, run: Run) -> None:
    assert left(full, CANARY)
    assert run("edit", f"{CANARY}2004", "--set", f"title={CANARY} again").code == 0
    assert run("remove", f"{CANARY}2004", "--yes").code == 0
    assert left(full, CANARY)
    assert run("purge").code == 2
    assert run("purge", "--yes").code == 0
    assert not left(full, CANARY)
    assert len(run("list", "--keys").lines) == 30
    assert run("search", "word7title").code == 1
    assert run("search", "word7").lines


def test_even_before_the_file_is_written_anew(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "squeeze", lambda library: False)
    assert purge.erase(full, purge.named(full, [f"{CANARY}2004"])) == purge.Erased((), False)
    assert not left(full, CANARY)


def test_a_removed_note_is_erased_with_the_bin(full: Path, run: Run) -> None:
    run("note", "add", "other3", f"{CANARY}second")
    run("note", "remove", "other3", "2", "--yes")
    run("purge", f"{CANARY}2004", "--yes")
    assert left(full, f"{CANARY}second")
    shown = run("purge", "--dry-run", "--json").json
    assert (shown["sources"], len(shown["notes"])) == ([], 1)
    assert run("purge", "--yes").code == 0
    assert not left(full, CANARY)
    assert run("purge", "--yes").code == 3


def test_one_note_is_erased_and_the_others_stay(full: Path, run: Run) -> None:
    run("purge", f"{CANARY}2004", "--yes")
    run("note", "add", "other3", f"{CANARY}second")
    assert run("purge", "other3", "--note", "2", "--yes").code == 0
    assert not left(full, CANARY)
    assert len(run("note", "list", "other3", "--json").json["notes"]) == 1
    assert run("search", "word3note").lines


def test_what_a_note_said_before_is_erased_and_what_it_says_stays(full: Path, run: Run) -> None:
    run("purge", f"{CANARY}2004", "--yes")
    run("note", "add", "other3", f"{CANARY}second")
    run("note", "edit", "other3", "2", "Nothing to see.")
    assert left(full, CANARY)
    assert run("purge", "--earlier", "--yes").code == 0
    assert not left(full, CANARY)
    assert run("note", "list", "other3", "--json").json["notes"][1]["text"] == "Nothing to see."


def test_nothing_erased_comes_back_and_the_rest_can_be_undone(full: Path, run: Run) -> None:
    run("edit", "other3", "--set", "title=Another title")
    run("note", "add", "other3", f"{CANARY}second")
    run("note", "remove", "other3", "2", "--yes")
    run("remove", f"{CANARY}2004", "--yes")
    run("purge", "--yes")
    assert run("history").lines[0].split("\t")[1] == "purge"
    undone = run("undo", "--json").json["undone"]
    assert undone[0]["command"] == "edit"
    assert "word3" in run("show", "other3").out
    assert run("undo", "30").code == 0
    assert run("undo").code == 3
    assert not left(full, CANARY)
    assert run("purge", "--yes").code == 0


def test_notes_that_a_merge_has_moved_stay(full: Path, run: Run) -> None:
    run("merge", "other3", f"{CANARY}2004", "--yes")
    assert run("purge", "--yes").code == 0
    notes = run("note", "list", "other3", "--json").json["notes"]
    assert sum(CANARY in note["text"] for note in notes) == 1
    with Reader(full) as reader:
        assert reader.source(f"{CANARY}2004") is not None


def test_backups_that_hold_it_are_named_and_go_if_asked(full: Path, run: Run) -> None:
    run("purge", "other1", "--yes")
    holding = run("backup", "--json").json["backup"]["path"]
    shown = run("purge", f"{CANARY}2004", "--yes")
    assert holding in shown.err
    clean = run("backup", "--json").json["backup"]["path"]
    assert run("purge", "other2", "--yes", "--json").json["backups"] == [clean, holding]
    run("purge", "other4", "--yes", "--backups")
    assert not Path(holding).exists()
    assert not Path(clean).exists()


def test_foreign_keys_and_index_are_whole_afterwards(full: Path, run: Run) -> None:
    run("purge", f"{CANARY}2004", "other5", "--yes")
    connection = sqlite3.connect(full)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    assert connection.execute("SELECT count(*) FROM search").fetchone() == (29,)
    connection.close()
    assert run("purge", "nobody", "--yes").code == 3
    assert run("purge", "--note", "1").code == 2
