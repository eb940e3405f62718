"""Long work tells how far it has come: a terminal shows it, nobody else sees anything, and memory stays flat."""

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from measuring import build
from test_older import written

from litbase import stages
from litbase.services import backup, doctor
from litbase.store.postgres import checking
from litbase.store.reader import Reader

Told = list[tuple[str, int | None, int]]


@pytest.fixture
def told() -> Told:
    """What is told while the test runs."""
    heard: Told = []
    with stages.heard(lambda *one: heard.append(one)):
        yield heard


def named(told: Told) -> list[str]:
    """Each stage once, in order."""
    return list(dict.fromkeys(what for what, _, _ in told if what))


def test_a_stage_is_told_from_its_beginning_to_its_end(told: Told) -> None:
    with stages.stage("counting", 2) as done:
        done(1)
    with pytest.raises(ValueError), stages.stage("waiting", 9, counted=False):
        raise ValueError
    assert told == [("counting", 0, 2), ("counting", 1, 2), ("", 0, 0), ("waiting", None, 9), ("", 0, 0)]


def test_nobody_is_told_who_does_not_listen(told: Told) -> None:
    with stages.heard(lambda *one: pytest.fail(str(one))):
        pass
    with stages.stage("counting", 2):
        pass
    assert len(told) == 2


def test_the_doctor_tells_its_stages(library: Path, told: Told) -> None:
    build(library, 250)
    told.clear()
    doctor.examine(library)
    assert named(told) == ["checking the file", "checking the index", "comparing the sources", "reading the sources"]
    assert [done for what, done, _ in told if what == "comparing the sources"] == [0, 200, 250]
    assert ("reading the sources", 250, 250) in told


def test_a_backup_tells_its_stages(library: Path, told: Told) -> None:
    build(library, 20)
    told.clear()
    made, _ = backup.make(library)
    assert named(told) == ["copying the library", "checking the copy", f"looking into {made.path.name}"]
    pages = next(total for what, _, total in told if what)
    assert ("copying the library", pages, pages) in told


def test_a_migration_tells_its_stages(library: Path, told: Told) -> None:
    written(library, "ledger")
    with Reader(library):
        pass
    assert named(told)[:2] == ["copying the library", "checking the copy"]
    assert "making the full text anew" in named(told)


@pytest.mark.parametrize("count", [250, 1000])
def test_the_doctor_holds_no_library_in_mind(library: Path, count: int) -> None:
    build(library, count)
    doctor.examine(library)  # what is loaded once
    tracemalloc.start()
    doctor.examine(library)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6_000_000


# -- on a terminal

SHOWING = "from litbase.cli import console, front; console.LONG = 1; import sys; sys.exit(front.run(sys.argv[1:]))"


def at_a_terminal(library: Path, *line: str) -> str:
    """What standard error shows on a terminal, where stages are shown however short."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    env = {**os.environ, "LITBASE_LIBRARY": str(library), "TERM": "xterm", "COLUMNS": "80"}
    ran = subprocess.Popen([sys.executable, "-c", SHOWING, *line], env=env, stderr=theirs, stdout=subprocess.DEVNULL)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert ran.wait(60) == 0
    return seen.decode()


def test_a_terminal_shows_it(library: Path) -> None:
    build(library, 250)
    for line, stage in ((["doctor"], "comparing the sources"), (["backup"], "copying the library")):
        shown = at_a_terminal(library, *line)
        assert stage in shown
        # It is gone before anything is said.
        assert stage not in shown.rpartition("\x1b[2K")[2]


@pytest.mark.parametrize("quiet", [True, False])
def test_nothing_is_shown_to_others(library: Path, spawn: Callable[..., Ran], quiet: bool) -> None:
    build(library, 20)
    if quiet:
        assert at_a_terminal(library, "doctor", "--quiet") == ""
    else:
        assert spawn("doctor").err == "all is well\n"


def test_the_doctor_of_a_server_tells_its_stages(server, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    build(server, 30)
    monkeypatch.setattr(checking, "_STRETCH", 1)
    told.clear()
    doctor.examine(server)
    assert named(told) == ["checking the index", "comparing the sources", "reading the sources"]
    assert [done for what, done, _ in told if what == "comparing the sources"] == list(range(26))
