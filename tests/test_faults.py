"""The short form of `make faults`: every kind of fault a few times, and its judges tried on real losses."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crowds import crowds
from faults import (
    CHANGING,
    FAILING,
    Tally,
    _env,
    file_sizes,
    fresh,
    full_disks,
    may_mount,
    may_trace,
    random_kills,
    traced,
)
from scenes import DOIS, Ended, Scene, run, scenes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Scene]:
    return scenes(tmp_path_factory.mktemp("scenes"))


@pytest.fixture
def place(made: list[Scene]) -> Path:
    return made[0].made.parent


@pytest.fixture
def tally() -> Iterator[Tally]:
    """A tally in which nothing may have failed at the end."""
    counted = Tally()
    yield counted
    assert counted.failed == []
    assert sum(counted.tried.values()) > 0


def named(made: list[Scene], *names: str) -> list[Scene]:
    return [scene for scene in made if scene.name in names]


def test_every_scene_ends_well_where_nothing_fails(
    made: list[Scene], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scene in made:
        folder = fresh(scene, place)
        monkeypatch.chdir(folder)
        ended = run(folder, *scene.line)
        assert ended.code == 0, (scene.name, ended)
        assert scene.judge(folder, ended) == [], scene.name


def test_killed_at_random_moments(made: list[Scene], place: Path, tally: Tally) -> None:
    random_kills(tally, made, place, 60, seed=7)


@pytest.mark.skipif(not may_trace(), reason="strace is not there, or may not trace")
class TestAtSystemCalls:
    def test_killed(self, made: list[Scene], place: Path, tally: Tally) -> None:
        some = named(made, "add", "migrate", "backup restore", "reference list")
        traced(tally, some, place, "signal=SIGKILL", "SIGKILL at a system call", CHANGING, 37)

    @pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
    def test_refused(self, made: list[Scene], place: Path, tally: Tally, error: str) -> None:
        traced(tally, named(made, "add", "backup"), place, f"error={error}", f"{error} at a system call", FAILING, 37)


def test_files_may_not_grow(made: list[Scene], place: Path, tally: Tally) -> None:
    file_sizes(tally, named(made, "add", "from CSL-JSON", "settings"), place, 2)


def test_a_full_disk(made: list[Scene], place: Path, tally: Tally, tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("only the system administrator may mount a small disk")
    full_disks(tally, named(made, "add", "backup", "purge"), place, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("line", [["list"], ["list", "--json"], ["refs"], ["--help"], ["add", DOIS[7], "--offline"]])
def test_output_that_cannot_be_written_is_told(made: list[Scene], place: Path, line: list[str]) -> None:
    (scene,) = named(made, "add")
    folder = fresh(scene, place)
    command = [sys.executable, "-m", "litbase", *line]
    for errors in (subprocess.PIPE, None):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command, env=_env(folder), stdout=full, stderr=errors or full, text=True, check=False, timeout=60
            )
        assert done.returncode == 6
        if errors:
            assert done.stderr.startswith("error: the system refused to write: no space left on device")


def test_crowds(place: Path, tally: Tally) -> None:
    crowds(tally, place, dois=3, writers=4, abreast=4)


class TestTheJudge:
    """A judge that finds nothing would survive everything."""

    def test_a_lost_source_is_seen(self, made: list[Scene], place: Path) -> None:
        (scene,) = named(made, "add")
        folder = fresh(scene, place)
        printed = Ended(None, "minikin2018\tMinikin\t2018\tTitle\tadded\n", "")
        assert "minikin2018 is lost" in scene.judge(folder, printed)

    def test_half_a_source_is_seen(self, made: list[Scene], place: Path) -> None:
        (scene,) = named(made, "add")
        folder = fresh(scene, place)
        assert run(folder, "add", DOIS[6], "--offline").code == 0
        assert "the source is there without its note or concept" in scene.judge(folder, Ended(None, "", ""))

    def test_a_success_that_was_none_is_seen(self, made: list[Scene], place: Path) -> None:
        for scene in named(made, "add", "note", "reference list", "settings", "backup", "purge", "backup restore"):
            assert any("exit code 0" in one for one in scene.judge(fresh(scene, place), Ended(0, "", ""))), scene.name

    def test_a_damaged_library_is_seen(self, made: list[Scene], place: Path) -> None:
        (scene,) = named(made, "settings")
        folder = fresh(scene, place)
        connection = sqlite3.connect(folder / "library.db")
        connection.execute("DELETE FROM search WHERE rowid = 2")
        connection.commit()
        connection.close()
        assert scene.judge(folder, Ended(None, "", ""))

    def test_part_of_a_file_is_seen(self, made: list[Scene], place: Path) -> None:
        (scene,) = named(made, "reference list")
        folder = fresh(scene, place)
        (folder / "page.html").write_text("<section><p>Minikin", encoding="utf-8")
        assert "part of a file" in scene.judge(folder, Ended(None, "", ""))
