"""A copy in a file and another place, a file or a server, made equal again: every conflict, one by one."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from sync_world import contents, progress, synchronise
from test_store import add, book

from litbase.domain.library import NewConcept
from litbase.domain.query import parse
from litbase.errors import BadInput, Newer, NotFound, UsageError
from litbase.place import Place, Server, without_password
from litbase.services import annotate, moving, sync, undo
from litbase.store.checking import flaws
from litbase.store.ledger_reader import Ledger
from litbase.store.reader import Reader
from litbase.store.schema import SCHEMA
from litbase.store.writer import write


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "away" / "library.db"


@pytest.fixture
def there(either: Place, here: Path) -> Place:
    """The other place: a source, a concept and a note, of which there is a copy here."""
    add(either, book(DOI="10.5555/a"), "stern2004", "10.5555/a", "repair")
    annotate.add(either, "stern2004", "As it was.")
    assert synchronise(here, either).copied
    return either


def done(here: Path, there: Place) -> list[str]:
    """The codes of the conflicts of a sync, after which the two are one."""
    told = [one.code for one in synchronise(here, there).told]
    assert contents(here) == contents(there)
    assert synchronise(here, there) == sync.Synced(0, 0, 0, [])
    assert flaws(here) == []
    return told


def texts(place: Place, key: str = "stern2004") -> list[str]:
    return sorted(note.text for note in annotate.notes(place, [key]))


def rewrite(place: Place, text: str, key: str = "stern2004") -> None:
    annotate.change(place, annotate.notes(place, [key])[0], {"text": text})


def change(place: Place, key: str = "stern2004", **fields: Any) -> None:
    with write(place, "edit") as writer:
        item = json.loads(writer._source(key)["item"])
        writer.change_item(key, {**item, **fields}, {}, item.get("DOI"))


def item(place: Place, key: str = "stern2004") -> dict[str, Any]:
    with Reader(place) as reader:
        source = reader.source(key)
    assert source is not None, key
    return dict(json.loads(source.item))


def remove(place: Place, key: str = "stern2004") -> None:
    with write(place, "remove") as writer:
        writer.remove_source(key)


def purge(place: Place, key: str = "stern2004") -> None:
    with write(place, "purge") as writer:
        writer.purge([writer._source(key)["uuid"]], [])


def concepts(place: Place) -> dict[str, tuple[Any, ...]]:
    with Reader(place) as reader:
        return {one.name: (one.aliases, one.broader, one.definition) for one in reader.concepts()}


def test_what_was_done_on_both_sides_is_on_both(here: Path, there: Place) -> None:
    add(here, book("Here", 2001), "here", None, "shame")
    change(here, publisher="Norton")
    annotate.add(there, "stern2004", "From there.", public=True)
    change(there, title="A better title")
    assert done(here, there) == []
    assert texts(here) == ["As it was.", "From there."]
    assert {item(there)["publisher"], item(here)["title"]} == {"Norton", "A better title"}
    assert item(there, "here")["title"] == "Here"
    with Ledger(here) as reader:
        assert [one.citekey for one in reader.sources("key")] == ["here", "stern2004"]


def test_a_library_that_was_moved_is_synchronised_at_once(here: Path, either: Place) -> None:
    add(here, book())
    annotate.add(here, "stern2004", "Mine.")
    moving.move(here, either, moving.contents(here))
    annotate.add(here, "stern2004", "Here.")
    annotate.add(either, "stern2004", "There.")
    assert done(here, either) == []
    assert texts(either) == ["Here.", "Mine.", "There."]


def test_a_note_changed_on_both_sides_is_two(here: Path, there: Place) -> None:
    rewrite(here, "Mine.")
    rewrite(there, "Theirs.")
    assert done(here, there) == ["note"]
    assert texts(here) == ["Mine.", "Theirs."]
    assert [note.private for note in annotate.notes(there, ["stern2004"])] == [True, True]


def test_a_note_removed_and_changed_stays(here: Path, there: Place) -> None:
    second = annotate.add(there, "stern2004", "Second.")
    done(here, there)
    annotate.remove(here, annotate.notes(here, ["stern2004"])[0])
    rewrite(there, "Changed there.")
    annotate.remove(there, second)
    annotate.change(here, annotate.notes(here, ["stern2004"])[0], {"text": "Changed here."})
    assert done(here, there) == ["note", "note"]
    assert texts(here) == ["Changed here.", "Changed there."]


def test_a_field_changed_on_both_sides_keeps_both(here: Path, there: Place) -> None:
    change(here, title="Mine", publisher="Norton")
    change(there, title="Theirs", volume="2")
    assert done(here, there) == ["field"]
    assert (item(here)["title"], item(here)["publisher"], item(here)["volume"]) == ("Theirs", "Norton", "2")
    kept = [note for note in annotate.notes(here, ["stern2004"]) if "Mine" in note.text]
    assert kept[0].private
    assert kept[0].text.startswith("title")


def test_removed_on_one_side_and_changed_on_the_other_comes_back(here: Path, there: Place) -> None:
    add(there, book("Second"), "second")
    done(here, there)
    remove(here)
    change(there, volume="2")
    annotate.add(here, "second", "New.")
    remove(there, "second")
    assert done(here, there) == ["came-back", "came-back"]
    assert item(here)["volume"] == "2"
    assert texts(there, "second") == ["New."]


def test_removed_on_one_side_alone_is_removed(here: Path, there: Place) -> None:
    remove(here)
    assert done(here, there) == []
    with pytest.raises(NotFound):
        annotate.notes(there, ["stern2004"])


def test_one_work_added_on_both_sides_is_one_source(here: Path, there: Place) -> None:
    add(there, book("Theirs", 1999, DOI="10.5555/b"), "theirs1999", "10.5555/b", "repair")
    add(here, book("Mine", 1999, DOI="10.5555/b", volume="3"), "mine1999", "10.5555/b", "shame")
    annotate.add(here, "mine1999", "My note.")
    with write(here, "refresh") as writer:
        writer.keep_answer("mine1999", "crossref", "10.5555/b", {"title": ["x"]})
    assert done(here, there) == ["same-work", "field"]
    assert item(there, "mine1999")["id"] == "theirs1999"
    assert item(there, "theirs1999")["volume"] == "3"
    assert [text.split(":")[0] for text in texts(there, "mine1999")] == [
        "My note.", "title, as it was in the copy that was synchronised",
    ]  # fmt: skip
    with Reader(there) as reader:
        source = reader.source("theirs1999")
        assert source is not None
        assert reader.concepts_of([source.id])[source.id] == ["repair", "shame"]
        assert reader.answer(source.id) is not None


def test_one_citekey_for_two_works_is_two(here: Path, there: Place) -> None:
    add(there, book("Theirs"), "kohut1971")
    add(here, book("Mine"), "kohut1971")
    assert done(here, there) == ["key"]
    assert item(here, "kohut1971")["title"] == "Theirs"
    assert item(here, "kohut1971b")["title"] == "Mine"


def test_one_concept_added_on_both_sides_is_one(here: Path, there: Place) -> None:
    for place, alias, meaning in ((here, "attunedness", "Mine."), (there, "being with", "Theirs.")):
        with write(place, "concept add") as writer:
            writer.add_concept(NewConcept("Attunement", (alias,), ("repair",), meaning))
            writer.tag("stern2004", "attunement")
    assert done(here, there) == ["definition"]
    assert concepts(here)["Attunement"] == (("attunedness", "being with"), ("repair",), "Theirs. / Mine.")


def test_a_concept_renamed_both_ways_goes_by_both(here: Path, there: Place) -> None:
    for place, name in ((here, "mending"), (there, "reparation")):
        with write(place, "concept rename") as writer:
            writer.rename_concept("repair", name)
    assert done(here, there) == ["renamed"]
    assert concepts(here)["reparation"][0] == ("mending", "repair")


def test_no_circle_is_closed(here: Path, there: Place) -> None:
    with write(there, "concept add") as writer:
        writer.add_concept(NewConcept("shame"))
    done(here, there)
    for place, lower, upper in ((here, "repair", "shame"), (there, "shame", "repair")):
        with write(place, "concept broader") as writer:
            writer.add_broader(lower, upper)
    assert done(here, there) == ["circle"]
    assert concepts(here)["shame"][1] == ("repair",)


def test_a_concept_removed_and_used_stays(here: Path, there: Place) -> None:
    add(there, book("Second"), "second")
    done(here, there)
    with write(here, "concept remove") as writer:
        writer.remove_concept("repair")
    with write(there, "tag") as writer:
        writer.tag("second", "repair")
    assert done(here, there) == ["came-back"]
    assert "repair" in concepts(here)


def test_what_was_erased_there_is_erased_here_but_for_what_is_new(here: Path, there: Place) -> None:
    canary = "zz-erased-for-good"
    rewrite(there, canary)
    done(here, there)
    annotate.add(here, "stern2004", "Written since.")
    purge(there)
    assert done(here, there) == ["purged"]
    assert texts(there) == ["Written since."]
    assert canary.encode() not in here.read_bytes()
    with Ledger(here) as reader:
        assert reader.search(parse(canary)).hits == []


def test_what_was_erased_here_is_erased_there_unless_it_was_changed(here: Path, there: Place) -> None:
    add(there, book("Second"), "second")
    annotate.add(there, "second", "To go.")
    done(here, there)
    for key in ("stern2004", "second"):
        purge(here, key)
    annotate.add(there, "stern2004", "Written since.")
    assert done(here, there) == ["not-purged"]
    assert texts(here) == ["As it was.", "Written since."]
    assert "To go." not in "".join(contents(there))


def test_two_that_were_merged_here_take_along_what_was_added_there(here: Path, there: Place) -> None:
    add(there, book("Second"), "second")
    done(here, there)
    with write(here, "merge") as writer:
        writer.merge_sources("stern2004", "second", book(DOI="10.5555/a"), {})
    annotate.add(there, "second", "Added there.")
    assert done(here, there) == ["merged"]
    assert texts(here) == ["Added there.", "As it was."]


def test_what_was_merged_here_and_then_erased_leaves_its_notes(here: Path, there: Place) -> None:
    add(there, book("Second"), "second")
    note = annotate.add(there, "second", "Of the second.")
    done(here, there)
    with write(here, "merge") as writer:
        writer.merge_sources("stern2004", "second", book(DOI="10.5555/a"), {})
    with write(here, "purge") as writer:
        writer.purge([writer._source("second", deleted=True)["uuid"]], [])
    annotate.change(there, note, {"private": False})
    assert done(here, there) == []
    assert texts(there) == ["As it was.", "Of the second."]


def test_an_answer_that_was_fetched_again_goes_along(here: Path, there: Place) -> None:
    for place, title in ((there, "Old"), (here, "New")):
        with write(place, "refresh") as writer:
            writer.keep_answer("stern2004", "crossref", "10.5555/a", {"title": title})
    assert done(here, there) == []
    assert "New" in "".join(contents(there))


def test_drafts_stay_on_their_machine(here: Path, there: Place) -> None:
    for place in (here, there):
        with write(place, "check") as writer:
            writer.remember_draft(f"/{type(place).__name__}.md", "digest", "Draft", [("stern2004", 1, 1, "x")])
    done(here, there)
    for place in (here, there):
        with Ledger(place) as reader:
            assert [draft.path for draft in reader.drafts()] == [f"/{type(place).__name__}.md"]


def test_a_dry_run_tells_and_changes_nothing(here: Path, there: Place) -> None:
    rewrite(here, "Mine.")
    rewrite(there, "Theirs.")
    before = contents(here), contents(there)
    assert [one.code for one in synchronise(here, there, dry_run=True).told] == ["note"]
    assert (contents(here), contents(there)) == before
    other = here.with_name("other.db")
    assert synchronise(other, there, dry_run=True).sources == 1
    assert not other.exists()


def test_undo_takes_back_what_was_done_here_and_no_sync(here: Path, there: Place) -> None:
    rewrite(here, "Mine.")
    rewrite(there, "Theirs.")
    done(here, there)
    add(here, book("New"), "new")
    done(here, there)
    assert undo.undo(here)[0].command == "test"
    assert done(here, there) == []
    with pytest.raises(BadInput):  # it was decided otherwise
        undo.undo(here, 2)


def test_nothing_is_united_that_has_nothing_in_common(here: Path, there: Place, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    add(stranger, book("Strange"))
    with pytest.raises(BadInput, match="nothing in common"):
        synchronise(stranger, there)
    with pytest.raises(NotFound):
        synchronise(here, tmp_path / "nowhere.db")
    with pytest.raises(UsageError):
        synchronise(here, here)
    with pytest.raises(UsageError):
        sync.remembered(stranger)
    shared = Server("postgresql://anna:secret@127.0.0.1:9/shelf", tmp_path)
    with pytest.raises(UsageError) as refused:
        sync.sync(shared, there, progress)
    assert "secret" not in refused.value.message + refused.value.hint


def test_a_newer_library_is_left_alone(here: Path, tmp_path: Path) -> None:
    add(here, book())
    there = tmp_path / "newer.db"
    moving.move(here, there, moving.contents(here))
    add(here, book("More"), "more")
    connection = sqlite3.connect(there)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = contents(here), there.read_bytes()
    with pytest.raises(Newer):
        synchronise(here, there)
    assert (contents(here), there.read_bytes()) == before


def test_the_place_is_remembered_without_its_password(
    here: Path, there: Place, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LITBASE_LIBRARY", str(here))
    known = sync.remembered(here)
    if isinstance(there, Server):
        secret = there.address.partition("://")[2].partition(":")[2].partition("@")[0]
        assert secret.encode() not in here.read_bytes()
        monkeypatch.setenv("PGPASSWORD", secret)
    assert known == (without_password(there.address) if isinstance(there, Server) else str(there))
    rewrite(here, "Mine.")
    rewrite(there, "Theirs.")
    ran = run("sync", "--json")
    assert ran.code == 0, ran.err
    (conflict,) = ran.json["conflicts"]
    assert (conflict["code"], conflict["about"]) == ("note", "stern2004")
    assert "Mine." not in ran.out
    again = run("sync")
    assert (again.out, again.err) == ("", f"nothing is new here or in {there}\n")
    assert run("sync", "--quiet").err == ""


def test_away_from_the_network_one_line_is_said(here: Path, run: Callable[..., Ran], tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    add(here, book())
    before = contents(here)
    ran = run("--library", str(here), "sync", "postgresql://anna:secret@127.0.0.1:9/shelf")
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.startswith("error: cannot reach the library postgresql://anna@127.0.0.1:9/shelf")
    assert contents(here) == before
    away = tmp_path / "none.db"
    assert run("--library", str(away), "sync", "postgresql://anna@127.0.0.1:9/shelf").code == 6
    assert not away.exists()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgresql://anna:pw@db/shelf", "postgresql://anna@db/shelf"),
        ("postgresql://anna@h1,h2/shelf?password=pw&sslmode=require", "postgresql://anna@h1,h2/shelf?sslmode=require"),
        ("postgresql:///?service=practice", "postgresql:///?service=practice"),
    ],
)
def test_a_password_is_left_out(address: str, kept: str) -> None:
    assert without_password(address) == kept
