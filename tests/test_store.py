"""The library on disk: what goes in comes out, all or nothing, and nothing foreign is touched."""

import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from litbase.domain.library import CachedEntry, NewConcept, NewSource
from litbase.domain.query import All, Marked, Phrase, Within, Word, parse
from litbase.errors import BadInput, Damaged, LibraryError, Locked, Newer, NotFound, ReadOnly
from litbase.store import files, fulltext, schema
from litbase.store.reader import Reader
from litbase.store.writer import write


def book(title: str = "Moments of meeting", year: int | None = 2004, **more: object) -> dict[str, object]:
    item = {"type": "book", "title": title, "author": [{"family": "Stern", "given": "Daniel N."}], **more}
    return item | ({"issued": {"date-parts": [[year]]}} if year else {})


def add(library: Path, item: dict[str, object], key: str = "stern2004", doi: str | None = None, *concepts: str) -> str:
    with write(library, "test") as writer:
        citekey = writer.add_source(NewSource(item, key, doi=doi))
        for concept in concepts:
            if not writer.has_concept(concept):
                writer.add_concept(NewConcept(concept))
            writer.tag(citekey, concept)
    return citekey


def test_a_source_comes_back_as_it_went_in(library: Path) -> None:
    item = book(abstract="On <i>now</i> moments.", DOI="10.5555/a")
    add(library, item, doi="10.5555/a")
    with Reader(library) as reader:
        source = reader.source("stern2004")
        assert source is not None
        assert json.loads(source.item) == {**item, "id": "stern2004"}
        assert (source.byline, source.year, source.title) == ("Stern", 2004, "Moments of meeting")
        assert reader.source_by_doi("10.5555/a") == source
        assert reader.source("STERN2004") == source


def test_the_second_of_a_year_gets_b_and_the_first_keeps_its_key(library: Path) -> None:
    assert [add(library, book(str(n)), "stern1985") for n in range(3)] == ["stern1985", "stern1985b", "stern1985c"]
    with Reader(library) as reader:
        first, also = reader.source("stern1985"), reader.source("stern1985a")
        assert first is not None
        assert first == also
        assert reader.citekey_aliases(first.id) == ["stern1985a"]


def test_a_transaction_that_raises_leaves_nothing(library: Path) -> None:
    add(library, book())
    before = library.read_bytes()
    with pytest.raises(NotFound), write(library, "test") as writer:
        writer.tag(writer.add_source(NewSource(book("Lost"), "lost2004")), "no such concept")
    assert library.read_bytes() == before


def test_every_change_is_remembered_with_before_and_after(library: Path) -> None:
    add(library, book(), "stern2004", None, "repair")
    with write(library, "edit") as writer:
        writer.change_item("stern2004", book("The present moment"), {}, None)
    rows = sqlite3.connect(library)
    found = rows.execute("SELECT command, entity, before, after FROM change ORDER BY id").fetchall()
    rows.close()
    assert [(row[0], row[1]) for row in found] == [
        ("test", "source"),
        ("test", "concept"),
        ("test", "source_concept"),
        ("edit", "source"),
    ]
    assert json.loads(found[3][2])["title"] == "Moments of meeting"
    assert json.loads(found[3][3])["title"] == "The present moment"


def test_a_change_that_changes_nothing_is_not_remembered(library: Path) -> None:
    add(library, book())
    with write(library, "edit") as writer:
        writer.change_item("stern2004", book(), {}, None)
    rows = sqlite3.connect(library)
    assert rows.execute("SELECT count(*) FROM change").fetchone() == (1,)
    rows.close()


def test_the_bin_hides_a_source_and_gives_it_back_with_its_notes(library: Path) -> None:
    add(library, book(), "stern2004", "10.5555/a", "repair")
    with write(library, "test") as writer:
        writer.add_note("stern2004", "A holding word.", "note", "p. 3", private=True)
        writer.remove_source("stern2004")
    with Reader(library) as reader:
        assert reader.source("stern2004") is None
        assert reader.count() == 0
        assert reader.search(parse("holding")).hits == []
        assert reader.concepts()[0].sources == 0
        assert reader.source_by_doi("10.5555/a", deleted=True) is not None
    with write(library, "test") as writer:
        writer.restore_source("stern2004")
    with Reader(library) as reader:
        assert [hit.source.citekey for hit in reader.search(parse("holding")).hits] == ["stern2004"]
        assert reader.concepts()[0].sources == 1


def test_two_sources_cannot_have_one_doi_but_one_may_be_in_the_bin(library: Path) -> None:
    add(library, book(), "stern2004", "10.5555/a")
    with pytest.raises(LibraryError):
        add(library, book("Other"), "other2004", "10.5555/a")
    with write(library, "test") as writer:
        writer.remove_source("stern2004")
    add(library, book("Other"), "other2004", "10.5555/a")


class TestSearch:
    def test_words_are_found_in_every_field_and_rank_by_it(self, library: Path) -> None:
        add(library, book("Repair"), "a2004")
        add(library, book("Other", abstract="Of repair."), "b2004")
        add(library, book("Other"), "c2004", None, "repair")
        add(library, {**book("Other"), "author": [{"family": "Repair", "given": "A."}]}, "d2004")
        with Reader(library) as reader:
            found = [hit.source.citekey for hit in reader.search(parse("repair")).hits]
        assert set(found) == {"a2004", "b2004", "c2004", "d2004"}
        assert found[-1] == "b2004"

    def test_plurals_capitals_and_diacritics_do_not_matter(self, library: Path) -> None:
        add(library, book("Die Öffnung der Ruptures"), "a2004")
        with Reader(library) as reader:
            for word in ("offnung", "RUPTURE", "öffnung"):
                assert reader.search(parse(word)).hits, word

    @pytest.mark.parametrize(
        "word", ['"', "AND", "(", "self-compassion", "CBT-I", "a*", "title:x", "NEAR(a b)", "\x00", "'", "^a"]
    )
    def test_whatever_is_typed_is_taken_literally(self, library: Path, word: str) -> None:
        add(library, book("Nothing of the kind"), "a2004")
        add(library, book(f"With {word} in it"), "b2004")
        with Reader(library) as reader:
            found = [hit.source.citekey for hit in reader.search(All((Phrase(word),))).hits]
        # What has neither a letter nor a digit stands in no index, so nothing is found by it.
        assert found == (["b2004"] if any(character.isalnum() for character in word) else [])

    def test_filters_narrow_together(self, library: Path) -> None:
        add(library, book("One", 1985), "a1985", None, "repair")
        add(library, book("Two", 2010), "b2010", None, "repair")
        add(library, {**book("Three", 2010), "type": "chapter"}, "c2010", None, "repair")
        with Reader(library) as reader:
            repair = reader.concept_id("Repair")
            assert repair is not None
            wanted = All(
                (
                    Marked((fulltext.concept_mark(repair),)),
                    Within("contributors", Word("stern")),
                    Marked(fulltext.span_marks(2000, 2026)),
                    Marked((fulltext.type_mark("book"),)),
                )
            )
            assert [hit.source.citekey for hit in reader.search(wanted).hits] == ["b2010"]

    def test_a_snippet_shows_the_words_around_a_match(self, library: Path) -> None:
        add(library, book("One", abstract="She wrote of holding and of the space between."), "a2004")
        with Reader(library) as reader:
            assert "\x02holding\x03" in reader.search(parse("holding"), snippets=True).hits[0].snippet
            assert reader.search(parse("holding")).hits[0].snippet == ""


class TestConcepts:
    def test_an_alias_means_its_concept_and_narrower_ones_count(self, library: Path) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("relationship"))
            writer.add_concept(NewConcept("repair", ("rupture and repair",), ("relationship",)))
            writer.add_source(NewSource(book(), "stern2004"))
            assert writer.tag("stern2004", "Rupture and Repair")
            assert not writer.tag("stern2004", "repair")
        with Reader(library) as reader:
            above, below = reader.concept_id("relationship"), reader.concept_id("rupture and repair")
            assert above is not None
            assert set(reader.narrower(above)) == {above, below}
            assert reader.concepts_of([1]) == {1: ["repair"]}

    def test_a_circle_is_refused(self, library: Path) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("a"))
            writer.add_concept(NewConcept("b", broader=("a",)))
        with pytest.raises(BadInput), write(library, "test") as writer:
            writer.add_broader("a", "b")

    def test_a_name_or_alias_is_taken_once(self, library: Path) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("repair", ("mending",)))
        for new in (NewConcept("Repair"), NewConcept("Mending"), NewConcept("x", ("repair",))):
            with pytest.raises(BadInput), write(library, "test") as writer:
                writer.add_concept(new)


def test_a_cached_entry_is_kept_in_place_of_an_older_one(library: Path) -> None:
    add(library, book())
    with write(library, "test") as writer:
        for version in ("1", "2"):
            writer.keep_entry("stern2004", CachedEntry("apa", "", version, "d", '["x"]'))
    with Reader(library) as reader:
        assert reader.entries("apa", [1]) == {(1, ""): CachedEntry("apa", "", "2", "d", '["x"]')}


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
