"""What the tests share: a library of one's own, a way to run litbase, and the reference data where it lies."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cluster as clusters
import pytest
from asking import settled
from cluster import Cluster
from crossref_sim import Sim

from litbase.cli import front
from litbase.place import Place, Server

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# Where the tests themselves are run in the background, a shell has interrupts ignored, and every child inherits that.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Ran(NamedTuple):
    """What one run of litbase printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what is the user's, or reaches a network."""
    monkeypatch.setenv("LITBASE_LIBRARY", str(tmp_path / "home" / "library.db"))
    monkeypatch.setenv("LITBASE_CONFIG", str(tmp_path / "config" / "config.toml"))
    # A port that nothing listens on: a test that forgets its server fails at once.
    monkeypatch.setenv("LITBASE_CROSSREF_URL", "http://127.0.0.1:9")
    for name in ("VISUAL", "EDITOR", "LITBASE_DEBUG", "LITBASE_DOI_URL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sim(running: Sim, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sim]:
    """The module's own stand-in for Crossref (its fixture `running`), for one test: no faults, nothing seen yet."""
    for name in ("http_proxy", "all_proxy", "ssl_cert_file"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("LITBASE_CROSSREF_URL", running.url)
    running.reset()
    yield running
    settled(running)


@pytest.fixture
def library(library_file: Path) -> Path:
    return library_file


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL cluster of the tests' own; they are skipped where none can be had."""
    if reason := clusters.missing():
        pytest.skip(reason)
    with Cluster() as made:
        yield made


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A place for a library on a server, where there is none yet."""
    with clusters.library(request.getfixturevalue("cluster")) as address:
        yield Server(address, tmp_path / "home")


@pytest.fixture(params=["file", "server"])
def either(request: pytest.FixtureRequest) -> Place:
    """A place for a library, of each kind in turn: whoever asks for this is run on both."""
    place: Place = request.getfixturevalue("library_file" if request.param == "file" else "server")
    return place


@pytest.fixture
def library_file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "library.db"


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """litbase in this process: quick, and warnings are errors."""

    def call(*line: str) -> Ran:
        capfd.readouterr()
        code = front.run(list(line))
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def spawn() -> Callable[..., Ran]:
    """litbase as a process of its own, as a shell would start it."""

    def call(*line: str, given: str | bytes = "", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "litbase", *line],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def shelf(run: Callable[..., Ran]) -> Callable[..., Ran]:
    """A library with six works of the shelf, two concepts and a note."""
    four = ("10.4324/9781315723709", "10.1037/pst0000185", "10.1037/a0022140", "10.1037/0003-066x.44.2.112")
    assert run("add", *four, "--concept", "repair", "--offline").code == 0
    two = ("10.1111/j.1939-0025.1982.tb01456.x", "10.1037/h0045357")
    assert run("add", *two, "--concept", "attachment", "--offline").code == 0
    assert run("note", "add", "tronick1989", "--page", "112", "The still face, and what mends it.").code == 0
    return run


@pytest.fixture(scope="session")
def crossref() -> Iterator["object"]:
    """A stand-in for Crossref on loopback, over records of the tests' own."""
    from crossref_sim import Sim
    from records import RECORDS

    sim = Sim()
    for record in RECORDS:
        sim.store.add(record)
    with sim:
        yield sim


def shared_lines(name: str) -> Sequence[dict]:
    """The rows of a file of reference data; the test is skipped where there is none."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the reference data {name} are not beside the project")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
