"""A library moved to a server and back: the same at both ends, also after a move that was killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import random_library
from cluster import OWNER, Cluster
from conftest import Ran
from test_store import add, book

from litbase.errors import BadInput
from litbase.place import Place, Server
from litbase.services import exporting, moving, undo
from litbase.store.opened import exists
from litbase.store.writer import write


def export(place: Place) -> str:
    return "".join(exporting.pieces(place, exporting.Wanted(notes="all")))


def move(place: Place, to: Place) -> moving.Moved:
    return moving.move(place, to, moving.contents(place))


@pytest.mark.parametrize("seed", [1, 2])
def test_there_and_back_is_the_same_export(library_file: Path, server: Server, tmp_path: Path, seed: int) -> None:
    random_library.build(library_file, seed, 60)
    again = tmp_path / "again" / "library.db"
    moved = move(library_file, server)
    assert not moved.already
    assert moved.contents.changes > 60
    assert move(library_file, server) == moved._replace(already=True)
    move(server, again)
    assert export(again) == export(library_file)
    assert random_library.tables(again) == random_library.tables(library_file)


def test_what_was_moved_can_be_taken_back_there(library_file: Path, server: Server) -> None:
    random_library.build(library_file, 5, 20)
    move(library_file, server)
    before = len(undo.history(server))
    assert undo.undo(server, 3)[0].id == undo.undo(library_file, 3)[0].id
    assert len(undo.history(server)) == before + 1


def test_no_history_that_was_private_is_told_to_others(library_file: Path, server: Server, cluster: Cluster) -> None:
    add(library_file, book())
    with write(library_file, "note add") as writer:
        gone = writer.add_note("stern2004", f"{random_library.CANARY} one", "note", "", True)
        told = writer.add_note("stern2004", f"{random_library.CANARY} two", "note", "", True)
    for note in (gone, told):
        with write(library_file, "note edit") as writer:
            writer.change_note(note, {"text": f"{random_library.CANARY} three"})
    with write(library_file, "note remove") as writer:
        writer.change_note(told, {"text": "aloud", "private": 0})
        writer.remove_note(gone)
    move(library_file, server)
    database = server.database
    rows = cluster.sql("SELECT t::text, private_to FROM litbase.change t", database)
    assert {owner for text, owner in rows if random_library.CANARY in text} == {OWNER}
    assert sum(random_library.CANARY in text for text, _ in rows) == 6


def test_another_library_is_never_written_into(library_file: Path, server: Server) -> None:
    add(library_file, book())
    add(server, book("Other"), "other")
    for place, to in ((library_file, server), (server, library_file), (server, server)):
        with pytest.raises(BadInput):
            move(place, to)


def test_a_move_that_was_killed_ends_right_when_run_again(
    spawn: Callable[..., Ran], library_file: Path, server: Server, tmp_path: Path
) -> None:
    random_library.build(library_file, 5, 150)
    line = [sys.executable, "-m", "litbase", "--library", str(library_file), "move", "--to", server.address]
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    chance = random.Random(1)
    broken = 0
    # The soonest first: what one of them has finished the others find done.
    for moment in sorted(chance.uniform(0.1, 1.2) for _ in range(10)):
        begun = subprocess.Popen(line, env=env, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        begun.send_signal(signal.SIGKILL)
        begun.wait()
        broken += not exists(server) or not moving.contents(server).lines
    assert broken
    ran = spawn(*line[3:], "--json", env=env)
    assert ran.code == 0, ran.err
    assert ran.json["digest"] == moving.contents(library_file).digest == moving.contents(server).digest
    assert server.address not in ran.out + ran.err
