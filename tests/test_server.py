"""A library on a server: found and refused like a file, shared by many writers, its password shown to nobody."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cluster import OWNER, Cluster
from conftest import Ran
from test_store import add, book

from litbase.domain.query import parse
from litbase.errors import LibraryError, Locked, Newer, NotFound
from litbase.place import Server, shown
from litbase.store import schema
from litbase.store.postgres import session, tables
from litbase.store.postgres.statements import translated
from litbase.store.postgres.wire import Broken, Wire
from litbase.store.reader import Reader
from litbase.store.writer import write

ROOT = Path(__file__).parent.parent
Spawn = Callable[..., Ran]


def count(server: Server) -> int:
    with Reader(server) as reader:
        return reader.count()


def test_reading_makes_no_library(server: Server) -> None:
    with pytest.raises(NotFound, match="no library at postgresql://"):
        Reader(server)
    add(server, book())
    assert count(server) == 1


def test_a_newer_library_is_read_where_it_allows_and_never_written(server: Server, cluster: Cluster) -> None:
    add(server, book())
    _set(server, cluster, schema=schema.SCHEMA + 1, written_by="9.1")
    assert count(server) == 1
    with pytest.raises(Newer, match=r"litbase 9\.1"):
        add(server, book("New"), "new")
    _set(server, cluster, oldest_reader=schema.SCHEMA + 1)
    with pytest.raises(Newer, match=r"litbase 9\.1"):
        Reader(server)


def test_an_older_library_is_brought_up_to_date(
    server: Server, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(server, book())
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    monkeypatch.setattr("litbase.store.postgres.library.SCHEMA", schema.SCHEMA)
    monkeypatch.setitem(tables.MIGRATIONS, schema.SCHEMA, "CREATE TABLE later (name words); SELECT '%'")
    assert count(server) == 1
    found = dict(cluster.sql("SELECT name, value FROM litbase.library", _database(server)))
    assert found["schema"] == str(schema.SCHEMA)
    assert cluster.sql("SELECT count(*) FROM litbase.later", _database(server)) == [(0,)]


@pytest.mark.parametrize("landed", [3, 4])
def test_a_library_of_a_landed_schema_is_brought_up_to_date(
    server: Server, cluster: Cluster, landed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        for module in ("schema", "postgres.library"):
            then.setattr(f"litbase.store.{module}.SCHEMA", landed)
        add(server, book(), "stern2004", None, "repair")
    indexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'litbase' AND tablename = 'search' ORDER BY 1"
    assert ("search_words",) in cluster.sql(indexes, _database(server))
    with Reader(server) as reader:
        assert len(reader.search(parse("moments")).hits) == 1
    assert cluster.sql(indexes, _database(server)) == [("search_pkey",), ("search_stretches",)]


def test_the_tables_that_have_landed_stay() -> None:
    """What a landed migration does is never changed: there are libraries that it has made. A new one is added."""
    landed = {3: "f458b961a4c4f141", 5: "8dbf7cba0b753784"}
    found = {number: _digest(script) for number, script in tables.MIGRATIONS.items()}
    assert {number: found[number] for number in landed} == landed


def _digest(script: str) -> str:
    return hashlib.sha256("".join(script.split()).encode()).hexdigest()[:16]


def test_another_programs_schema_is_refused_and_left_alone(server: Server, cluster: Cluster) -> None:
    cluster.sql("CREATE SCHEMA litbase; CREATE TABLE litbase.library (name text, value text)", _database(server))
    cluster.sql(f"ALTER SCHEMA litbase OWNER TO {OWNER}; GRANT ALL ON litbase.library TO {OWNER}", _database(server))
    for use in (lambda: Reader(server), lambda: add(server, book())):
        with pytest.raises(LibraryError, match="not a litbase library"):
            use()


def _database(server: Server) -> str:
    return server.address.rpartition("/")[2]


def _set(server: Server, cluster: Cluster, **values: object) -> None:
    for name, value in values.items():
        cluster.sql(f"UPDATE litbase.library SET value = '{value}' WHERE name = '{name}'", _database(server))


def test_both_stores_have_the_same_tables_and_columns(server: Server, library_file: Path) -> None:
    more = {"landed", "private_text", "private_to", "owner"}
    for place in (server, library_file):
        add(place, book())
    with Reader(server) as there, Reader(library_file) as here:
        sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'litbase'"
        on_server = {(row[0], row[1]) for row in there._all(sql) if row[0] not in more}
        names = [row[0] for row in here._all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        in_file = {(name, row["name"]) for name in names for row in here._all(f"PRAGMA table_info({name})")}
    ours = {pair for pair in in_file if not pair[0].startswith(("search", "_sqlite", "sqlite_"))}
    assert {pair for pair in on_server if pair[0] != "search"} - ours == {("change", "private_to"), ("draft", "owner")}
    assert ours <= on_server


# -- passwords

SECRET = "pa55/w0rd"


@pytest.mark.parametrize("line", [["list"], ["doctor"], ["config", "list"], ["add", "10.1037/pst0000185", "--offline"]])
@pytest.mark.parametrize("address", ["postgresql://anna:{}@127.0.0.1:{}/shelf", "postgresql://anna:{}@127.0.0.1:x{}/"])
def test_no_password_is_shown(spawn: Spawn, cluster: Cluster, tmp_path: Path, line: list[str], address: str) -> None:
    for secret in (SECRET, "pa55w0rd", "pa55@w0rd", "pa55%2Fw0rd", "pa55?w0rd"):
        env = {"LITBASE_LIBRARY": address.format(secret, cluster.port), "XDG_DATA_HOME": str(tmp_path)}
        for more in ([], ["--debug"]):
            ran = spawn(*line, *more, env=env)
            assert ran.code == (0 if line[0] == "config" else 6), ran
            assert "pa55" not in ran.out + ran.err
            assert "w0rd" not in ran.out + ran.err
    assert not any("w0rd" in str(path) for path in tmp_path.rglob("*"))


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    for address, plain in (
        ("postgresql://anna:x@a,b:5433/shelf?sslmode=require", "postgresql://anna@a,b:5433/shelf"),
        ("postgresql://anna:x@y@a/shelf", "postgresql://anna@a/shelf"),
        ("postgresql:///?service=practice", "postgresql:///"),
        ("postgresql://a/shelf?password=x", "postgresql://a/shelf"),
        ("postgresql://?user=a&password=x@y", "postgresql://…@y"),
    ):
        assert shown(address) == plain
        assert repr(Server(address, Path())) == plain


def test_libpqs_own_files_and_variables_are_honoured(
    spawn: Spawn, server: Server, cluster: Cluster, tmp_path: Path
) -> None:
    add(server, book())
    service = tmp_path / "services.conf"
    service.write_text(f"[practice]\nhost=127.0.0.1\nport={cluster.port}\ndbname={_database(server)}\nuser={OWNER}\n")
    kept = tmp_path / "pgpass"
    kept.write_text(f"127.0.0.1:{cluster.port}:*:{OWNER}:{cluster.secret}\n")
    kept.chmod(0o600)
    env = {"LITBASE_LIBRARY": "postgresql:///?service=practice", "PGSERVICEFILE": str(service)}
    for way in ({"PGPASSFILE": str(kept)}, {"PGPASSWORD": cluster.secret}):
        ran = spawn("list", "--keys", env={**env, **way, "XDG_DATA_HOME": str(tmp_path)})
        assert (ran.code, ran.out) == (0, "stern2004\n"), ran.err
    ran = spawn("list", env={**env, "PGPASSFILE": str(tmp_path / "none"), "XDG_DATA_HOME": str(tmp_path)})
    assert (ran.code, ran.out) == (6, "")
    assert "hint: keep the password in ~/.pgpass, or in the variable PGPASSWORD" in ran.err


def test_several_hosts_lead_to_the_one_that_answers(server: Server) -> None:
    add(server, book())
    there = server.address.replace("@127.0.0.1", "@127.0.0.1:9,127.0.0.1")
    assert count(Server(there, server.folder)) == 1


def test_a_servers_backups_are_its_administrators(spawn: Spawn, server: Server, tmp_path: Path) -> None:
    add(server, book())
    env = {"LITBASE_LIBRARY": server.address, "XDG_DATA_HOME": str(tmp_path)}
    ran = spawn("backup", env=env)
    assert ran.code == 6
    assert "administrator" in ran.err
    assert "incomplete" in {one["code"] for one in spawn("doctor", "--json", env=env).json["findings"]}


def test_statements_are_translated_and_literals_left_alone() -> None:
    assert translated("SELECT '?', ':a', a::text, b LIKE ? || ' %' FROM t WHERE c = ? LIMIT ?") == (
        "SELECT '?', ':a', a::text, b LIKE $1 || ' %' FROM t WHERE c = $2 LIMIT nullif($3, -1)", ("", "", "")
    )  # fmt: skip
    assert translated("SELECT :a, :b COLLATE NOCASE FROM t WHERE c = :a LIMIT :b") == (
        "SELECT $1, $2::citext COLLATE \"C\" FROM t WHERE c = $1 LIMIT nullif($2, -1)", ("a", "b")
    )  # fmt: skip


# -- many writers


def test_ten_writers_of_fifty_sources_each(server: Server, tmp_path: Path) -> None:
    lines = "import sys; from test_server import fifty; fifty(*sys.argv[1:])"
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", lines, server.address, str(number)],
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            stderr=subprocess.PIPE,
        )
        for number in range(10)
    ]
    ended = [(process.communicate(timeout=300)[1], process.returncode) for process in begun]
    assert [code for _, code in ended] == [0] * 10, [said for said, code in ended if code]
    assert count(server) == 500


def fifty(address: str, writer: str) -> None:
    """One of ten writers: fifty transactions."""
    for number in range(50):
        add(Server(address, Path()), book(f"Title {number} of {writer}"), "stern2004")


def test_a_held_lock_is_waited_for_and_then_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    add(server, book())
    monkeypatch.setattr(session, "BUSY_SECONDS", 0.1)
    with write(server, "test"), pytest.raises(Locked, match="another litbase"):
        add(server, book("New"), "new")
    add(server, book("New"), "new")


# -- connections that break


def test_a_transaction_goes_on_where_its_connection_broke(server: Server, cluster: Cluster) -> None:
    with write(server, "test") as writer:
        writer.add_source(_new("One", "one"))
        _break(cluster)
        writer.add_source(_new("Two", "two"))
        _break(cluster)
        writer.add_note("one", "A word.", "note", "", private=True)
        _break(cluster)
    with Reader(server) as reader:
        assert reader.citekeys() == ["one", "two"]
        _break(cluster)
        assert [step.changes for step in reader.steps()] == [3]


def test_one_that_read_what_another_changed_meanwhile_is_given_up(server: Server, cluster: Cluster) -> None:
    add(server, book(), "one")

    def overtaken() -> None:
        with write(server, "test") as writer:
            assert writer.holds("one")
            _break(cluster)
            cluster.sql("DELETE FROM litbase.source", _database(server))
            writer.add_source(_new("Two", "two"))

    with pytest.raises(Locked, match="written since"):
        overtaken()
    assert count(server) == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_commit_nobody_answered_is_kept_once(server: Server, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    add(server, book(), "one")
    ask, broken = Wire.ask, []

    def breaking(self: Wire, sql: str, *rest: Any) -> object:
        if sql != "COMMIT" or broken:
            return ask(self, sql, *rest)
        broken.append(ask(self, sql) if kept else None)
        raise Broken

    monkeypatch.setattr(Wire, "ask", breaking)
    add(server, book("Two"), "two")
    assert broken
    with Reader(server) as reader:
        assert reader.citekeys() == ["one", "two"]
        assert len(reader.steps()) == 2


def test_a_server_that_never_answered_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"cannot reach the library postgresql://anna@127\.0\.0\.1:9/shelf"):
        Reader(Server("postgresql://anna:x@127.0.0.1:9/shelf", tmp_path))


def _new(title: str, key: str) -> Any:
    from litbase.domain.library import NewSource

    return NewSource(book(title), key)


def _break(cluster: Cluster) -> None:
    cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'litbase'")
