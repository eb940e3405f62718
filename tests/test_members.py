"""A library of several members: what is private is read by nobody else, whatever they ask the server with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster import OWNER, Cluster
from cluster import library as database
from conftest import Ran
from practice import practice
from test_store import add, book

from litbase.domain.query import parse
from litbase.errors import BadInput, LibraryError, NotFound
from litbase.place import Server
from litbase.services import annotate, share, undo
from litbase.store import whole
from litbase.store.ledger_reader import Ledger
from litbase.store.purging import Bin
from litbase.store.writer import write

psycopg = pytest.importorskip("psycopg")
CANARY = "zzcanary"
ALOUD = "saidaloud"
Members = dict[str, Server]


@pytest.fixture(scope="module")
def members(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Members]:
    """A practice: its owner, and Anna and Ben, who share three sources; Anna keeps private notes in every way."""
    with practice(cluster, tmp_path_factory.mktemp("members")) as found:
        for number in range(3):
            add(found["owner"], book(f"Title {number}", 2000 + number), f"stern{number}", None, "repair")
        _keep(found["anna"])
        yield found


def _keep(anna: Server) -> None:
    note = annotate.add(anna, "stern0", f"{CANARY} one")
    annotate.change(anna, note, {"text": f"{CANARY} two"})
    said = annotate.add(anna, "stern0", f"{ALOUD} one", public=True)
    annotate.change(anna, said, {"text": f"{ALOUD} two"})
    once = annotate.add(anna, "stern1", f"{CANARY} before it was said")
    annotate.change(anna, once, {"text": f"{ALOUD} now", "private": False})
    annotate.remove(anna, annotate.add(anna, "stern1", f"{CANARY} removed"))
    annotate.add(anna, "stern2", f"{CANARY} kept")
    annotate.add(anna, "stern2", f"{CANARY} taken back")
    undo.undo(anna)
    with write(anna, "drafts") as writer:
        writer.remember_draft(f"/home/anna/{CANARY}.md", "digest", CANARY, [("stern0", 1, 1, f"({CANARY})")])


@pytest.fixture
def ben(members: Members) -> Iterator["psycopg.Connection[Any]"]:
    """Another member, with plain SQL."""
    with psycopg.connect(members["ben"].address, autocommit=True) as connection:
        yield connection


def test_she_finds_and_reads_what_is_hers(members: Members) -> None:
    with Ledger(members["anna"]) as reader:
        hits = reader.search(parse(f"{CANARY}"), snippets=True).hits
        assert [hit.source.citekey for hit in hits] == ["stern2", "stern0"]
        assert f"\x02{CANARY}\x03" in hits[0].snippet
        assert reader.search(parse(f'"{CANARY} two"')).hits
        assert reader.search(parse(f"in:notes {CANARY} title")).hits == reader.search(parse(f"{CANARY} title")).hits
        assert len(reader.search(parse(f"-{CANARY}")).hits) == 1
        assert len(reader.drafts()) == 1


@pytest.mark.parametrize("who", ["ben", "owner"])
def test_nobody_else_finds_it_with_litbase(members: Members, who: str) -> None:
    with Ledger(members[who]) as reader:
        assert CANARY not in json.dumps(list(whole.lines(reader, whole.Scope(notes="all"))))
        assert [len(reader.search(parse(words)).hits) for words in (CANARY, f"{CANARY}*", f"-{CANARY}")] == [0, 0, 3]
        assert len(reader.search(parse(ALOUD)).hits) == 2
        assert (reader.drafts(), reader.uses_of("stern0")) == ([], [])
        assert sum(step.command.startswith("note") for step in reader.steps()) == 2
        assert reader.steps()[-1].who == OWNER
        assert {step.who for step in reader.steps()} == {OWNER, "anna"}
    with Bin(members[who]) as reader:
        assert reader.removed_notes() == []


def test_nobody_else_reads_it_with_plain_sql(ben: "psycopg.Connection[Any]") -> None:
    relations = ben.execute(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname IN ('litbase', 'pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v', 'm', 'p', 'S')"
    ).fetchall()
    assert ("litbase.note",) in relations
    read = 0
    for (name,) in relations:
        for way in (f"SELECT t::text FROM {name} t", f"COPY (SELECT * FROM {name}) TO STDOUT"):
            try:
                if way.startswith("COPY"):
                    with ben.cursor().copy(way) as copy:
                        text = b"".join(bytes(part) for part in copy).decode()
                else:
                    text = str(ben.execute(way).fetchall())
            except psycopg.Error as refused:
                text = str(refused)
            # His own question stands in the view of what is being asked.
            assert CANARY not in text, name
            read += ALOUD in text
    assert read >= 4


@pytest.mark.parametrize(
    "way",
    [
        "SELECT word FROM ts_stat('SELECT words FROM litbase.private_text')",
        "SELECT word FROM ts_stat('SELECT words FROM litbase.search')",
        "SELECT litbase.json_extract(after, '$.text') FROM litbase.change WHERE entity = 'note'",
        "SELECT * FROM litbase.note WHERE pg_temp.peek(text)",
        "SELECT query_to_xml('SELECT * FROM litbase.note', true, true, '')",
        "UPDATE litbase.note SET text = text RETURNING text",
        "DELETE FROM litbase.cited RETURNING text",
        "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM litbase.note",
        "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE schemaname = 'litbase'",
    ],
)
def test_no_way_round_leads_to_it(ben: "psycopg.Connection[Any]", cluster: Cluster, way: str) -> None:
    cluster.sql("ANALYZE", ben.info.dbname)
    seen: list[str] = []
    ben.add_notice_handler(lambda notice: seen.append(str(notice.message_primary)))
    ben.execute(
        "CREATE FUNCTION pg_temp.peek(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
        "$$ BEGIN RAISE NOTICE '%', t; RETURN true; END $$"
    )
    found = str(ben.execute(way).fetchall())
    assert CANARY not in found + str(seen)


@pytest.mark.parametrize(
    "way",
    [
        "UPDATE litbase.note SET owner = 'ben'",
        "UPDATE litbase.change SET who = 'anna'",
        "UPDATE litbase.change SET after = '{}' WHERE entity = 'source'",
        "DELETE FROM litbase.change",
        "INSERT INTO litbase.change (step, at, who, command, entity, key) VALUES ('x', 'x', 'anna', 'x', 'x', 'x')",
        "INSERT INTO litbase.note VALUES (99, 'x', 1, 'anna', 1, 'note', '', 'x', 'x', 'x')",
        "INSERT INTO litbase.private_text VALUES (1, 'anna', '')",
        "DELETE FROM litbase.source WHERE citekey = 'stern2'",
        "TRUNCATE litbase.note",
        "ALTER TABLE litbase.note DISABLE ROW LEVEL SECURITY",
        "DROP POLICY note_own ON litbase.note",
        "CREATE TABLE litbase.mine (x text)",
        "CREATE FUNCTION litbase.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER mine BEFORE INSERT ON litbase.note EXECUTE FUNCTION litbase.keep_private()",
        "UPDATE litbase.library SET value = '1'",
        "SET ROLE anna",
        "SET SESSION AUTHORIZATION anna",
    ],
)
def test_what_a_member_may_not_do(ben: "psycopg.Connection[Any]", way: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)):
        ben.execute(way)


def test_what_is_not_seen_is_not_changed(ben: "psycopg.Connection[Any]", members: Members) -> None:
    for way in ("UPDATE litbase.note SET private = 0 WHERE private = 1", "DELETE FROM litbase.note WHERE private = 1"):
        assert ben.execute(way).rowcount == 0
    with Ledger(members["anna"]) as reader:
        assert len(reader.search(parse(CANARY)).hits) == 2


def test_another_may_not_erase_what_she_noted(members: Members) -> None:
    def purge() -> None:
        with Bin(members["ben"]) as held:
            uuid = held.sources("key")[2].uuid
        with write(members["ben"], "purge") as writer:
            writer.purge([uuid], [])

    with pytest.raises(LibraryError, match="another member"):
        purge()


def test_her_notes_come_along_when_another_merges_their_source(members: Members) -> None:
    anna, ben = members["anna"], members["ben"]
    for key in ("one", "two"):
        add(members["owner"], book(key.title()), key)
    annotate.add(anna, "two", f"{CANARY} on two")
    with write(ben, "merge") as writer:
        writer.merge_sources("one", "two", book("One"), {})
    with write(anna, "x"):
        pass
    assert [note.text for note in annotate.notes(anna, ["one"])] == [f"{CANARY} on two"]
    with Ledger(anna) as reader:
        assert reader.search(parse(f"{CANARY} one"), limit=1).hits[0].source.citekey == "one"
    assert annotate.notes(ben, ["one"]) == []
    undo.undo(ben)
    for key in ("one", "two"):
        with write(members["owner"], "remove") as writer:
            writer.remove_source(key)


def test_one_takes_back_what_one_has_done_oneself(members: Members) -> None:
    anna, ben = members["anna"], members["ben"]
    add(ben, book("Ben’s"), "bens", None, "repair")
    annotate.add(anna, "bens", ALOUD, public=True)
    assert [step.who for step in undo.history(ben)[:2]] == ["anna", "ben"]
    (undone,) = undo.undo(ben)
    assert undone.command == "test"
    with pytest.raises(NotFound):
        annotate.notes(anna, ["bens"])


def test_two_who_edit_one_note_lose_nothing(members: Members) -> None:
    anna, ben = members["anna"], members["ben"]
    note = annotate.add(anna, "stern1", "first", public=True)
    annotate.change(ben, note, {"text": "Ben’s"})
    annotate.change(anna, note, {"text": "Anna’s"})
    assert {one.text for one in annotate.notes(ben, ["stern1"])} >= {"Ben’s", "Anna’s"}


def test_share_at_the_command_line(
    spawn: Callable[..., Ran], members: Members, cluster: Cluster, tmp_path: Path
) -> None:
    def as_whom(name: str, *line: str) -> Ran:
        return spawn(*line, env={"LITBASE_LIBRARY": members[name].address, "XDG_DATA_HOME": str(tmp_path)})

    assert as_whom("anna", "share", "whoami").out == "anna, member\n"
    assert as_whom("owner", "share", "whoami", "--json").json["owner"] is True
    assert "anna" in as_whom("ben", "history").out
    assert as_whom("anna", "share", "invite", "eve").code == 6
    printed = as_whom("anna", "share", "invite", 'e"v;e', "--sql")
    assert '"e""v;e" LOGIN' in printed.out
    assert as_whom("owner", "share", "invite", "carla").code == 0
    cluster.sql(f"ALTER ROLE carla PASSWORD '{cluster.secret}'")
    carla = {"LITBASE_LIBRARY": members["anna"].address.replace("anna:", "carla:"), "XDG_DATA_HOME": str(tmp_path)}
    assert spawn("list", "--keys", env=carla).code == 0
    assert as_whom("owner", "share", "revoke", "carla").code == 0
    assert spawn("list", "--keys", env=carla).code == 6


def test_the_printed_sql_makes_a_library_that_works(cluster: Cluster, tmp_path: Path) -> None:
    with database(cluster) as address:
        server = Server(address, tmp_path)
        cluster.sql(f"GRANT {OWNER} TO keeper")
        printed = [
            *share.init(server, only_sql=True),
            *share.invite(tmp_path / "library.db", "dora", only_sql=True)[:1],
        ]
        cluster.sql("\n".join(printed), server.database)
        cluster.sql(f"ALTER ROLE dora PASSWORD '{cluster.secret}'; GRANT \"{server.database}_members\" TO dora")
        dora = Server(address.replace(OWNER, "dora"), tmp_path)
        add(dora, book())
        assert annotate.add(dora, "stern2004", "Hers.").owner == "dora"
    with pytest.raises(BadInput):
        share.invite(tmp_path / "library.db", "$$; DROP", only_sql=True)
