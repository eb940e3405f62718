"""The ledger: drafts and what they cite, whatever becomes of the files and of the sources."""

import sqlite3
from pathlib import Path

import pytest

from litbase import __version__
from litbase.domain.library import NewSource
from litbase.errors import NotFound
from litbase.services import ledger
from litbase.services.ledger import Use
from litbase.store import files, schema
from litbase.store.reader import Reader
from litbase.store.writer import write

ITEM = {"type": "book", "title": "Moments of meeting", "author": [{"family": "Stern", "given": "D."}]}


@pytest.fixture
def stocked(library: Path) -> Path:
    with write(library, "test") as writer:
        writer.add_source(NewSource(ITEM, "stern2004"))
        writer.add_source(NewSource({**ITEM, "title": "Other"}, "stern2004"))
    return library


def draft(folder: Path, name: str = "post.md", text: str = "[@stern2004]") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_draft_cites_is_known_by_every_key_of_the_source(stocked: Path, tmp_path: Path) -> None:
    post = draft(tmp_path)
    assert ledger.remember(stocked, str(post), [Use("stern2004", 3, 7, "[@stern2004]"), Use("stern2004b", 9, 1, "x")])
    expected = [ledger.Used(str(post), 3, 7, "[@stern2004]", missing=False)]
    assert ledger.uses(stocked, "stern2004") == expected
    assert ledger.uses(stocked, "STERN2004a") == expected
    assert ledger.drafts_citing(stocked, "stern2004b") == [str(post)]
    assert [(one.path, one.citations, one.sources) for one in ledger.drafts(stocked)] == [(str(post), 2, 2)]


def test_a_draft_seen_again_is_known_as_it_is_now(stocked: Path, tmp_path: Path) -> None:
    post = str(draft(tmp_path))
    ledger.remember(stocked, post, [Use("stern2004", 1, 1, "x")])
    before = stocked.read_bytes()
    ledger.remember(stocked, post, [Use("stern2004", 1, 1, "x")])
    assert stocked.read_bytes() == before
    ledger.remember(stocked, post, [Use("stern2004b", 2, 2, "y")])
    assert ledger.uses(stocked, "stern2004") == []
    assert [(use.line, use.text) for use in ledger.uses(stocked, "stern2004b")] == [(2, "y")]


def test_a_moved_draft_is_the_same_draft_and_a_copy_is_another(stocked: Path, tmp_path: Path) -> None:
    post = draft(tmp_path)
    ledger.remember(stocked, str(post), [Use("stern2004", 1, 1, "x")])
    moved = post.rename(tmp_path / "moved.md")
    ledger.remember(stocked, str(moved), [Use("stern2004", 1, 1, "x")])
    assert [one.path for one in ledger.drafts(stocked)] == [str(moved)]
    copy = draft(tmp_path, "copy.md")
    ledger.remember(stocked, str(copy), [Use("stern2004", 1, 1, "x")])
    assert [one.path for one in ledger.drafts(stocked)] == [str(copy), str(moved)]


def test_a_deleted_draft_stays_marked_until_it_is_forgotten(stocked: Path, tmp_path: Path) -> None:
    post = draft(tmp_path)
    ledger.remember(stocked, str(post), [Use("stern2004", 1, 1, "x")])
    post.unlink()
    assert [one.missing for one in ledger.drafts(stocked)] == [True]
    assert [one.missing for one in ledger.uses(stocked, "stern2004")] == [True]
    assert ledger.drafts_citing(stocked, "stern2004") == []
    ledger.forget(stocked, str(post))
    assert ledger.drafts(stocked) == []
    with pytest.raises(NotFound):
        ledger.forget(stocked, str(post))


def test_remembering_is_no_step_to_undo(stocked: Path, tmp_path: Path) -> None:
    ledger.remember(stocked, str(draft(tmp_path)), [Use("stern2004", 1, 1, "x")])
    with Reader(stocked) as reader:
        assert [step.command for step in reader.steps()] == ["test"]


def test_a_source_in_the_bin_is_still_cited(stocked: Path, tmp_path: Path) -> None:
    ledger.remember(stocked, str(draft(tmp_path)), [Use("stern2004", 1, 1, "x")])
    with write(stocked, "test") as writer:
        writer.remove_source("stern2004")
    assert len(ledger.uses(stocked, "stern2004")) == 1
    with pytest.raises(NotFound, match="stern2005"):
        ledger.uses(stocked, "stern2005")


def test_nothing_is_made_or_broken_for_the_ledgers_sake(stocked: Path, tmp_path: Path) -> None:
    found = [Use("stern2004", 1, 1, "x")]
    assert not ledger.remember(tmp_path / "none.db", str(draft(tmp_path)), found)
    assert not (tmp_path / "none.db").exists()
    assert not ledger.remember(stocked, "-", found)
    assert not ledger.remember(stocked, str(tmp_path / "not there.md"), found)
    assert not ledger.remember(stocked, str(draft(tmp_path)), [])
    assert ledger.drafts(stocked) == []


def test_a_library_from_before_the_ledger_is_upgraded_with_all_it_holds(library: Path, tmp_path: Path) -> None:
    from sqlite_utils import Database

    files.make_folder(library.parent)
    connection = sqlite3.connect(library, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    schema._migrations().apply(Database(connection, execute_plugins=False), stop_before="0002")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO library VALUES ('oldest_reader', '1'), ('written_by', ?)", (__version__,))
    connection.execute(
        "INSERT INTO source (uuid, citekey, type, item, digest, byline, title, sort_key, added, modified) "
        "VALUES ('u', 'stern2004', 'book', '{}', '', 'Stern', 'T', 's', '', '')"
    )
    connection.execute("COMMIT")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "draft" not in tables
    assert ledger.remember(library, str(draft(tmp_path)), [Use("stern2004", 1, 1, "x")])
    assert files.schema_of(library) == schema.SCHEMA
    (backup,) = (library.parent / "backups").iterdir()
    assert files.schema_of(backup) == 1
    assert len(ledger.uses(library, "stern2004")) == 1
