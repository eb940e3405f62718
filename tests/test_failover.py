"""The primary dies in the middle of a batch and its standby takes over: nothing reported as kept is lost."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster import Cluster, missing
from test_store import add, book

from litbase import bundled
from litbase.errors import LibraryError
from litbase.place import Server
from litbase.store.reader import Reader

psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster]]:
    """A primary and its standby, which has written down whatever a commit is answered for."""
    with Cluster() as primary, Cluster(primary) as standby:
        _wait(lambda: bool(primary.sql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'")))
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.sql("SELECT pg_reload_conf()")
        _wait(lambda: bool(primary.sql("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")))
        yield primary, standby


def _wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < until, "the standby does not follow"
        time.sleep(0.1)


def test_a_batch_goes_on_where_the_primary_died(pair: tuple[Cluster, Cluster], tmp_path: Path) -> None:
    primary, standby = pair
    server = Server(primary.url(primary.database(), "shelf_owner", standby), tmp_path)
    begun = threading.Event()

    def fail_over() -> None:
        begun.wait(60)
        primary.kill()
        time.sleep(1)
        standby.promote()

    after = threading.Thread(target=fail_over)
    after.start()
    added: list[str] = []
    try:
        for number in range(60):
            added.append(add(server, book(f"Title {number}"), f"k{number}", None, "repair"))
            if number == 20:
                begun.set()
    finally:
        begun.set()
        after.join()
    assert added == [f"k{number}" for number in range(60)]
    with Reader(server) as reader:
        assert sorted(reader.citekeys()) == sorted(added)
        assert len(reader.steps()) == 60
        assert reader.concepts()[0].sources == 60


def test_a_command_goes_on_too(pair: tuple[Cluster, Cluster], tmp_path: Path) -> None:
    primary, standby = pair
    server = Server(primary.url(primary.database(), "shelf_owner", standby), tmp_path)
    dois = [source.item["DOI"] for source in bundled.shelf() if source.item.get("DOI")]
    env = {**os.environ, "LITBASE_LIBRARY": server.address, "XDG_DATA_HOME": str(tmp_path)}
    adding = subprocess.Popen(
        [sys.executable, "-m", "litbase", "add", *dois, "--offline"],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    _wait(lambda: _held(standby, server) > 4)
    primary.kill()
    standby.promote()
    out, err = adding.communicate(timeout=120)
    assert adding.returncode == 0, err
    assert len(out.splitlines()) == len(dois)
    assert _held(standby, server) == len(dois)
    with Reader(server) as reader:
        assert all(reader.source(line.split("\t")[0]) or reader.source_by_doi(line.split("\t")[0].lower())
                   for line in out.splitlines())  # fmt: skip


def _held(cluster: Cluster, server: Server) -> int:
    """How many sources a server has; none where the database has not come to the standby yet."""
    try:
        return int(cluster.sql("SELECT count(*) FROM litbase.source", server.database)[0][0])
    except (psycopg.OperationalError, psycopg.errors.UndefinedTable):
        return 0


def test_without_a_standby_it_is_told_within_the_deadline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litbase.store.postgres.session.DEADLINE", 2.0)
    with Cluster() as alone:
        server = Server(alone.url(alone.database()), tmp_path)
        add(server, book(), "one")
        alone.kill()
        began = time.monotonic()
        with pytest.raises(LibraryError, match="cannot reach"):
            add(server, book(), "two")
        assert time.monotonic() - began < 30
        alone.start()
        add(server, book(), "two")
        with Reader(server) as reader:
            assert reader.citekeys() == ["one", "two"]
