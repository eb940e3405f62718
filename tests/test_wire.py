"""The connection to a server: what it loads, how long it waits, and that values come back as they went."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import Cluster
from test_server import count
from test_startup import loaded
from test_store import add, book

from litbase.errors import LibraryError
from litbase.place import Server
from litbase.store.postgres.session import Session
from litbase.store.reader import Reader

# Of psycopg only its layer over libpq is wanted.
NEVER = {"asyncio.base_events", "zoneinfo", "decimal", "psycopg.connection", "psycopg.types", "importlib.metadata"}
# psycopg's own code for libpq, compiled and not.
BOTH = pytest.mark.parametrize("way", ["binary", "python"])


def waits_or_is_there(code: str, way: str) -> str:
    """What a fresh interpreter prints, psycopg's layer loaded as litbase does it."""
    code = f"from litbase.store.postgres import sparing; sparing.load(); {code}"
    env = {**os.environ, "PSYCOPG_IMPL": way}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True, text=True).stdout


@BOTH
def test_a_reading_command_loads_of_psycopg_what_it_needs(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    add(server, book())
    monkeypatch.setenv("PSYCOPG_IMPL", way)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for line in (("show", "stern2004"), ("search", "stern"), ("list",)):
        modules = loaded(*line, library=server.address, whole=True)
        assert "psycopg.pq.misc" in modules
        assert not modules & NEVER, line


@BOTH
def test_what_waits_runs_when_it_is_asked_for(way: str) -> None:
    asked = (
        "import psycopg, asyncio, ctypes.util; print(psycopg.pq.__impl__, callable(psycopg.connect), "
        "psycopg.errors.UniqueViolation.sqlstate, psycopg.types.json.Json.__name__, "
        "asyncio.run(asyncio.sleep(0, 7)), asyncio.CancelledError is asyncio.exceptions.CancelledError, "
        "callable(ctypes.util.find_library), hasattr(psycopg, 'nothing'))"
    )
    assert waits_or_is_there(asked, way) == f"{way} True 23505 Json 7 True True False\n"


@pytest.mark.parametrize("before", ["import psycopg; ", "import asyncio; ", ""])
def test_what_is_there_is_left_alone(before: str) -> None:
    code = f"{before}from litbase.store.postgres import sparing; sparing.load(); import psycopg; print(psycopg.connect)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "Connection.connect" in ran.stdout


@pytest.mark.parametrize(
    "value", [None, "", 'it\'s; \\ "both" {a,b} NULL é – 平', 0, -(2**62), "NULL", True, False], ids=repr
)
def test_a_value_comes_back_as_it_went(server: Server, value: object) -> None:
    add(server, book())
    session = Session(server)
    kind = {bool: "boolean", int: "bigint"}.get(type(value), "text")
    for _ in range(7):  # prepared after some
        row = session.execute(f"SELECT CAST(? AS {kind}) AS it, CAST(? AS text)", (value, "x"))
        assert row.fetchall()[0]["it"] == value
    session.close()


def test_a_list_comes_as_texts(server: Server) -> None:
    add(server, book())
    session = Session(server)
    words = ["", "a,b", 'say "it"', "back\\slash", "{}", "NULL", "é"]
    rows = session.execute("SELECT w FROM unnest(CAST(? AS text[])) WITH ORDINALITY t (w, n) ORDER BY n", (words,))
    assert [row[0] for row in rows] == words
    session.close()


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A host that takes a connection and says nothing, as one does whose machine hangs."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    yield listening
    listening.close()


def test_a_host_that_says_nothing_is_given_up_in_time(silent: socket.socket, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(LibraryError, match="did not answer in time"):
        Reader(Server(f"postgresql://anna@127.0.0.1:{silent.getsockname()[1]}/x?connect_timeout=2", tmp_path))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("wanted", ["", "target_session_attrs=prefer-standby&"])
def test_the_next_host_is_asked_where_one_says_nothing(server: Server, silent: socket.socket, wanted: str) -> None:
    add(server, book())
    hosts = server.address.replace("@127.0.0.1", f"@127.0.0.1:{silent.getsockname()[1]},127.0.0.1")
    assert count(Server(f"{hosts}?{wanted}connect_timeout=2", server.folder)) == 1


@BOTH
def test_waiting_can_be_interrupted(server: Server, cluster: Cluster, tmp_path: Path, way: str) -> None:
    add(server, book())
    holder = Session(server, read_only=False)
    holder.execute("BEGIN")
    holder.execute("SELECT pg_advisory_xact_lock(x'4C495442'::bigint)")
    env = {**os.environ, "LITBASE_LIBRARY": server.address, "XDG_DATA_HOME": str(tmp_path), "PSYCOPG_IMPL": way}
    line = [sys.executable, "-m", "litbase", "note", "add", "stern2004", "A word."]
    waiting = subprocess.Popen(line, env=env, stderr=subprocess.PIPE, text=True)
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    until = time.monotonic() + 20
    while cluster.sql(asked) != [(1,)]:
        assert time.monotonic() < until
        time.sleep(0.05)
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=10)
    assert (waiting.returncode, said) == (130, "interrupted\n")
    while cluster.sql(asked) != [(0,)]:
        assert time.monotonic() < until
        time.sleep(0.05)
    holder.execute("ROLLBACK")
    holder.close()
