"""Two hundred edits by chance on both sides: nothing lost, conflicts told, both sides equal in the end; kills too.

`LITBASE_SYNC=200` tries so many worlds; the suite tries a few.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sync_world import World, contents, foreseen, notes, said, synchronise

from litbase.place import Place, Server
from litbase.store.checking import flaws
from litbase.store.writer import write

MANY = int(os.environ.get("LITBASE_SYNC", "2"))
# Where there is room in memory, the disk is not waited for.
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
TRIED = settings(
    max_examples=MANY, deadline=None, print_blob=True, database=None, suppress_health_check=list(HealthCheck)
)


def begun(place: Place, world: World) -> None:
    with write(place, "begin"):
        pass
    for _ in range(15):
        world.edit(place)


def equal(here: Path, there: Place, world: World) -> None:
    """One sync: what the model foresees is told, nothing is lost, the two are one, and another finds nothing to do."""
    base, mine, theirs = world.common, notes(here), notes(there)
    done = synchronise(here, there)
    assert sum(one.code == "note" for one in done.told) >= foreseen(base, mine, theirs)
    assert contents(here) == contents(there)
    assert world.lost(here) == set()
    assert synchronise(here, there)[:3] == (0, 0, 0)
    world.common = notes(here)


def by_chance(here: Path, there: Place, seed: int, edits: int) -> None:
    world = World([here, there], seed)
    begun(there, world)
    synchronise(here, there)
    world.common = notes(here)
    while edits:
        some = min(edits, world.chance.choice((1, 3, 10, 30, 60)))
        edits -= some
        for _ in range(some):
            world.edit(world.chance.choice(world.places))
        equal(here, there, world)
    assert flaws(here) == []


@TRIED
@given(seed=st.integers(0, 2**32))
def test_two_hundred_edits_on_both_sides(seed: int) -> None:
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        by_chance(Path(folder) / "here" / "library.db", Path(folder) / "there" / "library.db", seed, 200)


def test_two_hundred_edits_on_a_file_and_a_server(server: Server, tmp_path: Path) -> None:
    by_chance(tmp_path / "away" / "library.db", server, 7, 200)


@TRIED
@given(seed=st.integers(0, 2**32))
def test_what_was_kept_there_and_not_here_is_found_there(seed: int) -> None:
    """Killed between the two: the copy is what it was before, the other place has all of it."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        here, there = Path(folder) / "here" / "library.db", Path(folder) / "there" / "library.db"
        world = World([here, there], seed)
        begun(there, world)
        synchronise(here, there)
        for _ in range(5):
            for _ in range(15):
                world.edit(world.chance.choice(world.places))
            shutil.copy(here, f"{folder}/before.db")
            synchronise(here, there)
            shutil.copy(f"{folder}/before.db", here)
            for _ in range(world.chance.choice((0, 3, 10))):
                world.edit(world.chance.choice(world.places))
            synchronise(here, there)
            assert contents(here) == contents(there)
            assert world.lost(here) == set()
            assert synchronise(here, there)[:3] == (0, 0, 0)


def turns(world: World, count: int, pairs: tuple[tuple[Path, Path], ...]) -> None:
    """Some edits anywhere, then one pair synchronised; so many times."""
    for _ in range(count):
        for _ in range(world.chance.choice((1, 5, 15))):
            world.edit(world.chance.choice(world.places))
        synchronise(*world.chance.choice(pairs))


@TRIED
@given(seed=st.integers(0, 2**32))
def test_three_copies(seed: int) -> None:
    """Two copies of a third place, each synchronised when it likes; in the end all three are one."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        middle, one, other = (Path(folder) / name / "library.db" for name in ("middle", "one", "other"))
        world = World([middle, one, other], seed)
        begun(middle, world)
        synchronise(one, middle)
        synchronise(other, middle)
        turns(world, 8, ((one, middle), (other, middle)))
        for place in (one, other, one):
            synchronise(place, middle)
        assert contents(one) == contents(middle) == contents(other)
        assert world.lost(middle) == set()


@TRIED
@given(seed=st.integers(0, 2**32))
def test_a_row_of_copies(seed: int) -> None:
    """A copy of a copy: the one in the middle goes both ways. Only the numbers of notes may not be the same."""
    with tempfile.TemporaryDirectory(dir=FAST) as folder:
        end, middle, place = (Path(folder) / name / "library.db" for name in ("end", "middle", "place"))
        world = World([end, middle, place], seed)
        begun(place, world)
        synchronise(middle, place)
        synchronise(end, middle)
        turns(world, 6, ((end, middle), (middle, place)))
        for pair in ((end, middle), (middle, place), (end, middle)):
            synchronise(*pair)
        assert contents(end, numbered=False) == contents(middle, numbered=False) == contents(place, numbered=False)
        assert world.lost(end) == set()


@pytest.mark.parametrize("kind", ["file", "server"])
def test_a_sync_that_was_killed_ends_right_when_run_again(
    kind: str, spawn: Callable[..., Ran], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    there: Place = tmp_path / "there" / "library.db" if kind == "file" else request.getfixturevalue("server")
    here = tmp_path / "away" / "library.db"
    world = World([here, there], 3)
    begun(there, world)
    synchronise(here, there)
    world.common = notes(here)
    chance = random.Random(1)
    where = there.address if isinstance(there, Server) else str(there)
    line = [sys.executable, "-m", "litbase", "--library", str(here), "sync", where]
    env = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    started = time.monotonic()
    assert spawn(*line[3:], env=env).code == 0
    usual, killed = time.monotonic() - started, 0
    for _ in range(10):
        for _ in range(25):
            world.edit(chance.choice(world.places))
        run = subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(usual * chance.uniform(0.3, 1.2))
        run.send_signal(signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        world.edit(here)
    assert killed
    ran = spawn(*line[3:], env=env)
    assert ran.code == 0, ran.err
    assert contents(here) == contents(there)
    assert world.lost(here) == set()
    assert said(here) == said(there)
    assert synchronise(here, there)[:3] == (0, 0, 0)
