"""The library on disk: what is made, what is refused, and nothing foreign is touched."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from test_store import add, book

from litbase.errors import Damaged, LibraryError, Locked, Newer, NotFound, ReadOnly
from litbase.store import files, schema
from litbase.store.reader import Reader


class TestTheFile:
    def test_it_and_its_folder_are_the_owners_alone(self, library: Path) -> None:
        before = os.umask(0)
        try:
            add(library, book())
        finally:
            os.umask(before)
        assert stat.S_IMODE(library.stat().st_mode) == 0o600
        assert stat.S_IMODE(library.parent.stat().st_mode) == 0o700
        assert [path.name for path in library.parent.iterdir()] == ["library.db"]

    def test_reading_makes_no_library(self, library: Path) -> None:
        with pytest.raises(NotFound):
            Reader(library)
        assert not library.exists()

    @pytest.mark.parametrize(
        "content", [b"", b"not a library", b"SQLite format 3\x00", b"SQLite format 3\x00" + b"\x00" * 84]
    )
    def test_what_is_not_a_library_is_refused_and_left_alone(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "file.db"
        path.write_bytes(content)
        for use in (lambda: Reader(path), lambda: add(path, book())):
            with pytest.raises(Damaged):
                use()
        assert path.read_bytes() == content

    def test_another_programs_sqlite_file_is_refused_and_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE t (x)")
        other.commit()
        other.close()
        content = path.read_bytes()
        with pytest.raises(Damaged, match="another program"):
            add(path, book())
        assert path.read_bytes() == content

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(LibraryError, match="not a file"):
            Reader(tmp_path)

    def test_a_damaged_page_is_told_not_written(self, library: Path) -> None:
        for number in range(60):
            add(library, book(f"Title {number}"), f"k{number}")
        content = bytearray(library.read_bytes())
        content[4096 * 3 : 4096 * 12] = b"\xa5" * (4096 * 9)
        library.write_bytes(content)
        with pytest.raises(LibraryError), Reader(library) as reader:
            reader.sources()
        with pytest.raises(LibraryError):
            add(library, book("New"), "new")
        assert library.read_bytes() == bytes(content)

    def test_a_newer_library_is_read_where_it_allows_and_never_written(self, library: Path) -> None:
        add(library, book())
        self._set(library, schema.SCHEMA + 1, str(schema.OLDEST_READER), "9.1")
        with Reader(library) as reader:
            assert reader.count() == 1
        with pytest.raises(Newer, match=r"9\.1"):
            add(library, book("New"), "new")

    def test_a_newer_library_that_does_not_allow_it_is_refused_by_version(self, library: Path) -> None:
        add(library, book())
        self._set(library, schema.SCHEMA + 5, str(schema.SCHEMA + 5), "9.1")
        content = library.read_bytes()
        for use in (lambda: Reader(library), lambda: add(library, book("New"), "new")):
            with pytest.raises(Newer, match=r"litbase 9\.1"):
                use()
        assert library.read_bytes() == content

    def test_an_older_library_is_backed_up_and_upgraded(self, library: Path) -> None:
        add(library, book())
        self._set(library, 0, "0", "0.0.1")
        with Reader(library) as reader:
            assert reader.count() == 1
        assert files.schema_of(library) == schema.SCHEMA
        (backup,) = (library.parent / "backups").iterdir()
        assert files.schema_of(backup) == 0
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600

    @staticmethod
    def _set(library: Path, version: int, oldest: str, written_by: str) -> None:
        connection = sqlite3.connect(library)
        connection.execute("UPDATE library SET value = ? WHERE name = 'oldest_reader'", (oldest,))
        connection.execute("UPDATE library SET value = ? WHERE name = 'written_by'", (written_by,))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
        connection.close()

    def test_a_held_lock_is_waited_for_and_then_told(self, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        add(library, book())
        monkeypatch.setattr(files, "BUSY_SECONDS", 0.1)
        other = sqlite3.connect(library, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="another litbase"):
            add(library, book("New"), "new")
        with Reader(library) as reader:
            assert reader.count() == 1
        other.execute("ROLLBACK")
        other.close()
        add(library, book("New"), "new")

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system administrator may write anywhere")
    def test_a_library_that_may_not_be_written_is_read(self, library: Path) -> None:
        add(library, book())
        library.chmod(0o400)
        with Reader(library) as reader:
            assert reader.count() == 1
        with pytest.raises(ReadOnly):
            add(library, book("New"), "new")


def test_migrating_leaves_the_schema_that_is_written_down(library: Path) -> None:
    add(library, book())
    connection = sqlite3.connect(library)
    tables = {row[0]: row[1] for row in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")}
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    identity = connection.execute("PRAGMA application_id").fetchone()[0]
    connection.close()
    assert (version, identity) == (schema.SCHEMA, schema.APPLICATION_ID)
    ours = {"source", "note", "concept", "change", "entry", "answer", "doi_alias", "citekey_alias", "source_concept"}
    assert ours <= set(tables)
    assert all("STRICT" in tables[name] for name in ours)
