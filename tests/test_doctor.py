"""The doctor: what is wrong is seen, what can be mended is, on a copy first, and health is told as health."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase.apa.needs import missing
from litbase.store import backups, checking, surroundings

Run = Callable[..., Ran]


def codes(run: Run) -> list[str]:
    return [one["code"] for one in run("doctor", "--json").json["findings"]]


def change(library: Path, sql: str, *, keys: bool = False) -> None:
    connection = sqlite3.connect(library)
    connection.execute(f"PRAGMA foreign_keys = {'ON' if keys else 'OFF'}")
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_good_library_is_told_to_be_good(shelf: Run, library: Path) -> None:
    shown = shelf("doctor")
    assert (shown.code, shown.out, shown.err) == (0, "", "all is well\n")
    before = library.read_bytes()
    assert shelf("doctor", "--fix").code == 0
    assert library.read_bytes() == before
    assert backups.backups(library) == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE search SET title = 'else' WHERE rowid = 2", "index"),
        ("DELETE FROM search WHERE rowid = 1", "index"),
        ("INSERT INTO search (rowid, title) VALUES (999, 'stray')", "index"),
        ("UPDATE search_content SET c0 = 'else' WHERE id = 2", "index"),
        ("DELETE FROM search_data WHERE id > 10", "index"),
        ("DELETE FROM search_docsize", "index"),
        ("UPDATE source SET byline = 'Else' WHERE id = 1", "stale"),
        ("UPDATE source SET digest = 'x', sort_key = 'zz' WHERE id = 1", "stale"),
        ("DELETE FROM contributor WHERE source_id = 1", "stale"),
        ("UPDATE source_concept SET year = 3 WHERE source_id = 1", "stale"),
        ("INSERT INTO note VALUES (999, 'u', 998, '', 1, 'note', '', 'lost', 'now', 'now')", "orphans"),
        ("INSERT INTO source_concept VALUES (1, 2000, 999)", "orphans"),
        ("INSERT INTO different VALUES ('a', 'b')", "orphans"),
    ],
)
def test_what_is_made_from_something_else_is_made_again(shelf: Run, library: Path, sql: str, code: str) -> None:
    listed, found = shelf("list").out, shelf("search", "repair").out
    change(library, sql)
    assert set(codes(shelf)) == {code}
    assert shelf("doctor").code == 1
    fixed = shelf("doctor", "--fix", "--json")
    assert (fixed.code, fixed.json["findings"]) == (0, [])
    assert {one["code"] for one in fixed.json["mended"]} == {code}
    assert Path(fixed.json["kept"]).is_file()
    assert shelf("list").out == listed
    assert shelf("search", "repair").out == found
    assert shelf("note", "list", "--json").json["notes"][0]["text"] == "The still face, and what mends it."
    assert shelf("undo").code == 0


def test_an_index_of_a_table_that_lies_is_mended_on_a_copy(shelf: Run, library: Path) -> None:
    change(library, "CREATE TABLE other (a, b)")
    connection = sqlite3.connect(library)
    connection.execute("PRAGMA writable_schema = ON")
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'source_year'").fetchone()[0]
    other = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'source_added'").fetchone()[0]
    connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'source_year'", (other,))
    connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'source_added'", (page,))
    connection.commit()
    connection.close()
    assert codes(shelf) == ["damaged"]
    assert shelf("doctor", "--fix").code == 0
    assert len(shelf("list", "--keys").lines) == 6


def test_what_cannot_be_mended_is_left_as_it_is(shelf: Run, library: Path) -> None:
    made = shelf("backup", "--json").json["backup"]["path"]
    content = bytearray(library.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\xa5" * (4096 * 9)
    library.write_bytes(content)
    shown = shelf("doctor")
    assert shown.code == 1
    assert Path(made).name in shown.out
    assert shelf("doctor", "--fix").code == 1
    assert library.read_bytes() == bytes(content)


@pytest.mark.parametrize("content", [b"", b"some text, and no library at all" * 9, b"SQLite format 3\x00" * 40])
def test_what_is_no_library_is_told_and_left_alone(shelf: Run, library: Path, content: bytes) -> None:
    made = shelf("backup", "--json").json["backup"]["path"]
    library.write_bytes(content)
    shown = shelf("doctor", "--json")
    assert shown.code == 1
    assert Path(made).name in shown.json["findings"][0]["hint"]
    assert library.read_bytes() == content


def test_no_library_is_not_found(run: Run, library: Path) -> None:
    assert run("doctor").code == 3
    assert not library.parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_rights_are_seen_and_set(shelf: Run, library: Path) -> None:
    shelf("backup")
    made = backups.backups(library)[0].path
    for path, mode in ((library, 0o644), (made, 0o640), (made.parent, 0o755)):
        path.chmod(mode)
    library.parent.chmod(0o777)
    assert codes(shelf) == ["rights"] * 4
    assert shelf("doctor", "--fix").code == 1
    assert [stat.S_IMODE(path.stat().st_mode) for path in (library, made, made.parent)] == [0o600, 0o600, 0o700]
    assert codes(shelf) == ["rights"]


def test_what_interrupted_runs_have_left_is_seen(shelf: Run, library: Path) -> None:
    part = library.with_name(f".{library.name}.01a2069a-cab0-7c32-8792-93a03ad376c6.new")
    text = library.parent / "editing" / "note-x.md"
    text.parent.mkdir(mode=0o700)
    for path in (part, text, library.with_name(".someone-elses.new")):
        path.write_text("words")
        path.chmod(0o600)
    assert codes(shelf) == []
    for path in library.parent.rglob("*"):
        if path != library:
            os.utime(path, (1, 1))
    assert codes(shelf) == ["leftover", "unsaved"]
    assert shelf("doctor", "--fix").code == 1
    assert not part.exists()
    assert text.read_text() == "words"
    assert library.with_name(".someone-elses.new").exists()


def test_a_library_long_without_a_backup_is_told(shelf: Run, library: Path) -> None:
    change(library, "UPDATE change SET at = '2020-01-01T00:00:00.000Z'")
    assert codes(shelf) == ["backup"]
    shelf("backup")
    assert codes(shelf) == []
    backups.backups(library)[0].path.write_bytes(b"spoilt")
    assert codes(shelf) == ["backup"]


class TestWhereItLies:
    @pytest.mark.parametrize(
        ("folder", "program"),
        [
            ("Dropbox/practice", "Dropbox"),
            ("Dropbox (Personal)", "Dropbox"),
            ("OneDrive - Practice", "OneDrive"),
            ("Library/Mobile Documents/x", "iCloud Drive"),
            ("Nextcloud2", "Nextcloud"),
            ("Documents/boxes", ""),
            ("dropboxes", ""),
        ],
    )
    def test_in_a_folder_that_is_synchronised(self, tmp_path: Path, folder: str, program: str) -> None:
        place = tmp_path / folder
        place.mkdir(parents=True)
        assert surroundings.synchronised(place / "library.db") == program

    def test_under_a_folder_that_a_program_has_marked(self, shelf: Run, library: Path) -> None:
        (library.parent / ".stfolder").mkdir()
        assert codes(shelf) == ["synchronised"]

    @pytest.mark.parametrize(
        ("kind", "network"),
        [("nfs4", "nfs4"), ("cifs", "cifs"), ("fuse.sshfs", "fuse.sshfs"), ("ext4", ""), ("fuse.ntfs", "")],
    )
    def test_on_a_network_drive(self, tmp_path: Path, kind: str, network: str) -> None:
        mounts = tmp_path / "mounts"
        place = tmp_path / "my share"
        escaped = str(place).replace(" ", "\\040")
        mounts.write_text(f"/dev/a / ext4 rw 0 0\nhost:/x {escaped} {kind} rw 0 0\n")
        assert surroundings.network(place / "library.db", mounts) == network
        assert surroundings.network(tmp_path / "my shareholders" / "library.db", mounts) == ""


class TestWhatEntriesNeed:
    NAME = [{"family": "Stern"}]  # noqa: RUF012
    DATE = {"date-parts": [[2004]]}  # noqa: RUF012

    def test_a_whole_article_lacks_nothing(self) -> None:
        item = {"type": "article-journal", "title": "x", "container-title": "J", "volume": "3", "page": "1"}
        assert missing({**item, "author": self.NAME, "issued": self.DATE}) == ()
        assert missing({**item, "volume": ""}) == ("author", "date", "volume")

    @pytest.mark.parametrize(
        ("kind", "lacks"),
        [
            ("book", ("publisher",)),
            ("chapter", ("book", "pages", "publisher")),
            ("thesis", ("university",)),
            ("webpage", ("address",)),
            ("paper-conference", ("conference, journal or book",)),
            ("personal_communication", ()),
            ("manuscript", ()),
        ],
    )
    def test_each_type_has_its_own_needs(self, kind: str, lacks: tuple[str, ...]) -> None:
        assert missing({"type": kind, "title": "x", "author": self.NAME, "issued": self.DATE}) == lacks

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            ("book", {"author": "hint", "issued": "hint"}),
            ("webpage", {"issued": "hint"}),
            ("report", {"author": "hint", "issued": "hint"}),
            ("article-journal", {"author": "hint", "issued": "error"}),
            ("chapter", {"author": "error", "issued": "hint"}),
            ("thesis", {"author": "error", "issued": "error"}),
        ],
    )
    def test_what_a_work_may_lack_is_a_hint(self, run: Run, tmp_path: Path, kind: str, told: dict[str, str]) -> None:
        """A work without an author, or undated, is lawful where APA has a way to print it; the library is well."""
        whole = {
            "type": kind, "title": "A work", "author": self.NAME, "issued": self.DATE, "container-title": "C",
            "volume": "1", "page": "1-9", "publisher": "P", "URL": "https://example.org/",
        }  # fmt: skip
        for lacking, severity in told.items():
            path, library = tmp_path / f"{lacking}.json", tmp_path / f"{lacking}.db"
            path.write_text(json.dumps([{name: value for name, value in whole.items() if name != lacking}]))
            there = ("--library", str(library))
            assert run(*there, "add", "--from-csl", str(path)).code == 0
            shown = run(*there, "doctor", "--json")
            (found,) = shown.json["findings"]
            assert (found["code"], found["severity"]) == ("incomplete", severity)
            assert shown.code == (severity == "error")
            assert run(*there, "doctor").err == ("1 error\n" if severity == "error" else "all is well: 1 hint\n")

    def test_what_no_entry_can_do_without_is_no_hint(self, run: Run) -> None:
        run("add", "--manual", "book", "--set", "title=One", "--set", "author=Ogden, T.", "--set", "publisher=P")
        assert run("doctor").code == 0
        run("edit", "ogden_nd", "--set", "publisher=")
        assert run("doctor").code == 1

    def test_they_are_findings(self, run: Run) -> None:
        run("add", "--manual", "book", "--set", "title=Subjects of analysis", "--set", "author=Ogden, Thomas H.")
        shown = run("doctor")
        assert shown.code == 1
        assert "ogden_nd (book) has no date, no publisher" in shown.out


def test_a_doi_that_the_shelf_knows_is_offered(run: Run) -> None:
    work = ("year=2018", "title=Alliance rupture repair: A meta-analysis", "container-title=Psychotherapy")
    fields = (
        "author=Eubanks, Catherine F.; Muran, J. Christopher; Safran, Jeremy D.",
        *work,
        "volume=55",
        "page=508-519",
    )
    line = [word for field in fields for word in ("--set", field)]
    assert run("add", "--manual", "article", *line).code == 0
    found = run("doctor", "--json").json["findings"]
    assert [one["code"] for one in found] == ["doi"]
    assert "10.1037/pst0000185" in found[0]["message"]


def test_a_library_that_is_not_whole_is_not_replaced_by_a_copy_that_is_not(shelf: Run, library: Path) -> None:
    change(library, "DELETE FROM search WHERE rowid = 1")
    assert checking.flaws(library)
    checking.mend(library)
    assert checking.flaws(library) == []
