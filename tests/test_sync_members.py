"""A member's copy of a shared library: it holds what she may read, and nothing of hers is told to others."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import Cluster
from practice import practice
from sync_world import World, contents, said, synchronise
from test_store import add, book

from litbase.domain.query import parse
from litbase.place import Server
from litbase.services import annotate, undo
from litbase.store.ledger_reader import Ledger
from litbase.store.purging import Bin
from litbase.store.writer import write

CANARY = "zzprivatecanary"
Members = dict[str, Server]


@pytest.fixture
def members(cluster: Cluster, tmp_path: Path) -> Iterator[Members]:
    """A practice: Anna, who has a copy, and Ben."""
    with practice(cluster, tmp_path) as found:
        add(found["owner"], book(DOI="10.5555/a"), "stern2004", "10.5555/a", "repair")
        yield found


@pytest.fixture
def here(tmp_path: Path, members: Members) -> Path:
    path = tmp_path / "anna" / "library.db"
    assert synchronise(path, members["anna"]).copied
    return path


def texts(place: Path | Server) -> list[str]:
    return sorted(note.text for note in annotate.notes(place, ["stern2004"]))


def test_no_private_word_of_another_is_in_the_copy(members: Members, here: Path) -> None:
    anna, ben = members["anna"], members["ben"]
    annotate.add(ben, "stern2004", f"{CANARY} kept")
    once = annotate.add(ben, "stern2004", f"{CANARY} before it was said")
    annotate.change(ben, once, {"text": "Said aloud.", "private": False})
    annotate.remove(ben, annotate.add(ben, "stern2004", f"{CANARY} removed"))
    annotate.add(here, "stern2004", "Anna’s.")
    assert synchronise(here, anna).told == []
    assert texts(here) == ["Anna’s.", "Said aloud."]
    assert CANARY.encode() not in here.read_bytes()
    assert contents(here) == contents(anna)
    assert {note.owner for note in annotate.notes(here, ["stern2004"])} == {"", "ben"}


def test_what_is_private_again_is_in_no_byte_of_the_copy(members: Members, here: Path) -> None:
    anna, ben = members["anna"], members["ben"]
    note = annotate.add(ben, "stern2004", f"{CANARY} said too soon", public=True)
    synchronise(here, anna)
    assert CANARY.encode() in here.read_bytes()
    annotate.change(ben, note, {"private": True})
    assert synchronise(here, anna).told == []
    assert CANARY.encode() not in here.read_bytes()
    with Ledger(here) as reader:
        assert reader.search(parse(CANARY)).hits == []
    assert (synchronise(here, anna).came, texts(here)) == (0, [])


def test_nothing_of_what_she_wrote_for_herself_is_told_to_others(
    members: Members, here: Path, cluster: Cluster
) -> None:
    anna, ben = members["anna"], members["ben"]
    kept = annotate.add(here, "stern2004", f"{CANARY} one")
    annotate.change(here, kept, {"text": f"{CANARY} two"})
    said = annotate.add(here, "stern2004", f"{CANARY} before it was said")
    annotate.change(here, said, {"text": f"{CANARY} still"})
    annotate.change(here, said, {"text": "Said aloud.", "private": False})
    annotate.remove(here, annotate.add(here, "stern2004", f"{CANARY} removed"))
    with write(here, "edit") as writer:
        writer.change_item("stern2004", book(f"{CANARY.removeprefix('zz')}", DOI="10.5555/a"), {}, "10.5555/a")
    with write(ben, "edit") as writer:
        writer.change_item("stern2004", book("Theirs", DOI="10.5555/a"), {}, "10.5555/a")
    assert [one.code for one in synchronise(here, anna).told] == ["field"]
    assert contents(here) == contents(anna)
    assert CANARY not in "".join(contents(ben))
    assert texts(ben) == ["Said aloud."]
    rows = cluster.sql("SELECT t::text, private_to FROM litbase.change t", ben.database)
    assert {owner for text, owner in rows if CANARY in text} == {"anna"}
    with Bin(ben) as reader:
        assert CANARY not in str(reader.removed_notes())


def test_another_s_note_that_was_changed_here_stays_and_hers_is_her_own(
    members: Members, here: Path, cluster: Cluster
) -> None:
    anna, ben = members["anna"], members["ben"]
    annotate.add(ben, "stern2004", "Ben’s.", public=True)
    synchronise(here, anna)
    annotate.change(here, annotate.notes(here, ["stern2004"])[0], {"text": f"{CANARY} of Anna’s"})
    assert [one.code for one in synchronise(here, anna).told] == ["note"]
    assert texts(here) == ["Ben’s.", f"{CANARY} of Anna’s"]
    assert texts(ben) == ["Ben’s."]
    rows = cluster.sql("SELECT t::text, private_to FROM litbase.change t", ben.database)
    assert {owner for text, owner in rows if CANARY in text} == {"anna"}
    assert contents(here) == contents(anna)
    assert synchronise(here, anna).went == 0


def test_what_may_not_be_erased_there_comes_back(members: Members, here: Path) -> None:
    anna, ben = members["anna"], members["ben"]
    annotate.add(ben, "stern2004", f"{CANARY} of Ben’s")
    with write(here, "purge") as writer:
        writer.purge([writer._source("stern2004")["uuid"]], [])
    assert [one.code for one in synchronise(here, anna).told] == ["not-purged"]
    assert texts(here) == []
    assert texts(ben) == [f"{CANARY} of Ben’s"]
    assert contents(here) == contents(anna)


def test_a_step_of_another_s_is_not_undone_here(members: Members, here: Path) -> None:
    anna, ben = members["anna"], members["ben"]
    add(here, book("Anna’s"), "annas")
    add(ben, book("Ben’s"), "bens")
    synchronise(here, anna)
    assert [step.who for step in undo.history(here)[:2]] == ["", "ben"]
    undo.undo(here)
    synchronise(here, anna)
    with Ledger(ben) as reader:
        assert reader.citekeys() == ["bens", "stern2004"]


def test_three_copies_are_one_in_the_end(members: Members, here: Path, tmp_path: Path) -> None:
    anna, ben = members["anna"], members["ben"]
    his = tmp_path / "ben" / "library.db"
    synchronise(his, ben)
    for place, name in ((here, "Anna’s"), (his, "Ben’s")):
        annotate.add(place, "stern2004", f"{name} {CANARY}")
        annotate.add(place, "stern2004", f"{name} said", public=True)
        add(place, book(name), "freud1900")
    for place, server in ((here, anna), (his, ben), (here, anna)):
        synchronise(place, server)
    assert contents(here) == contents(anna)
    assert contents(his) == contents(ben)
    assert texts(his) == ["Anna’s said", "Ben’s said", f"Ben’s {CANARY}"]
    assert f"Ben’s {CANARY}".encode() not in here.read_bytes()
    with Ledger(here) as one, Ledger(his) as other:
        assert one.citekeys() == other.citekeys() == ["freud1900", "freud1900b", "stern2004"]


@pytest.mark.parametrize("seed", range(1, 1 + int(os.environ.get("LITBASE_SYNC", "2"))))
def test_a_hundred_edits_among_members(members: Members, here: Path, seed: int) -> None:
    """Anna in her copy and on the server, Ben on the server: her copy is what she may read, nothing is lost."""
    anna, ben = members["anna"], members["ben"]
    world = World([here, here, anna, ben, ben], seed)
    world.readers = {anna: [anna, ben], ben: [anna, ben]}
    for _ in range(10):
        for _ in range(10):
            world.edit(world.chance.choice(world.places))
        synchronise(here, anna)
        assert readable(contents(here)) == readable(contents(anna))
        assert world.lost(ben) == set()
        assert said(here) == said(anna)


def readable(lines: list[str]) -> list[object]:
    """What a library holds; of notes that one cannot read only that history tells of them."""
    found = [json.loads(line) for line in lines]
    there = {note["uuid"] for line in found if "source" in line for note in line["source"]["notes"]}
    changes = [line["change"] for line in found if "change" in line]
    told = [
        (one["step"], one["key"]) if one["entity"] == "note" and one["key"] not in there else one for one in changes
    ]
    return [*(line for line in found if "change" not in line), *told]
