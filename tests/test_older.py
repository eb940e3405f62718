"""Libraries of every state that has landed: each opens, is brought up to date after a backup, and keeps every row.

`older/first.sql` is what the first litbase wrote; `LANDED` has what each later state's new libraries had beyond it.
Those states that changed the first tables without a new number made libraries of one number and several kinds:
`test_the_tables_that_have_landed_stay` is there so that this does not happen again.
"""

import hashlib
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from litbase.store import backups, checking, files, schema, verdicts

FIRST = Path(__file__).parent / "older" / "first.sql"
_UUIDS = "(SELECT uuid FROM source WHERE id = {})"
# Every landed state whose new libraries differ from the one before, oldest first: what it added.
LANDED = {
    "first": "",
    "fields in searches": """
        ALTER TABLE search RENAME TO narrow;
        CREATE VIRTUAL TABLE search USING fts5 (
            title, container, contributors, abstract, concepts, notes, keys, marks,
            tokenize = 'porter unicode61 remove_diacritics 2'
        );
        INSERT INTO search (rowid, title, contributors, abstract, concepts, notes, marks)
            SELECT rowid, title, contributors, abstract, concepts, notes, marks FROM narrow;
        DROP TABLE narrow;
    """,
    "merging": f"""
        CREATE TABLE different (
            first TEXT NOT NULL, second TEXT NOT NULL, PRIMARY KEY (first, second), CHECK (first < second)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO different SELECT min(one, two), max(one, two)
            FROM (SELECT {_UUIDS.format(1)} AS one, {_UUIDS.format(2)} AS two);
    """,
    "ledger": """
        CREATE TABLE draft (
            id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, path TEXT NOT NULL UNIQUE, digest TEXT NOT NULL,
            title TEXT NOT NULL DEFAULT '', seen TEXT NOT NULL
        ) STRICT;
        CREATE INDEX draft_digest ON draft (digest);
        CREATE TABLE cited (
            draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            citekey TEXT NOT NULL COLLATE NOCASE, line INTEGER NOT NULL, column INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (draft_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX cited_citekey ON cited (citekey, draft_id);
        INSERT INTO _sqlite_migrations VALUES (2, 'litbase', '0002', '2026-11-23 03:58:22+00:00');
        INSERT INTO draft VALUES (1, 'u', '/her/post.md', 'd', 'A post', '2026-11-23T03:58:22.000Z');
        INSERT INTO cited VALUES (1, 1, 'tronick1989', 3, 7, '(Tronick, 1989)');
        PRAGMA user_version = 2;
    """,
    "other providers": """
        CREATE INDEX source_any_doi ON source (doi);
        CREATE INDEX answer_identifier ON answer (provider, identifier);
    """,
    "completed": """
        UPDATE search SET (title, container, keys, marks) = (
            SELECT title, coalesce(json_extract(item, '$."container-title"'), ''), citekey || ' ' || coalesce(doi, ''),
                'xall xt' || replace(type, '-', '') || ' xy' || year || ' xd' || (year / 10) || ' xc2'
            FROM source WHERE id = search.rowid
        );
        INSERT INTO _sqlite_migrations VALUES (3, 'litbase', '0003', '2026-11-23 06:40:11+00:00');
        PRAGMA user_version = 3;
    """,
    "the bin": """
        CREATE INDEX source_deleted ON source (deleted) WHERE deleted IS NOT NULL;
        INSERT INTO _sqlite_migrations VALUES (4, 'litbase', '0004', '2026-11-23 09:12:05+00:00');
        PRAGMA user_version = 4;
    """,
}
STATES = list(LANDED)
# What a migration may write: its own numbers, and what is made from the rest.
_OWN = ("library", "_sqlite_migrations", "entry")


class Held(NamedTuple):
    """A library's rows by table, and its tables and indexes as SQLite has them, layout aside."""

    rows: dict[str, list[tuple[object, ...]]]
    made: set[tuple[str, str]]


def held(library: Path) -> Held:
    connection = sqlite3.connect(library)
    listed = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL").fetchall()
    tables = [name for kind, name, _ in listed if kind == "table" and not name.startswith(("search", "sqlite_"))]
    rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in _OWN}
    connection.close()
    plain = {(name, "".join(sql.split())) for _, name, sql in listed if not name.startswith(("search_", "_sqlite"))}
    return Held(rows, plain)


def written(library: Path, state: str) -> None:
    """A library as a state of litbase that has landed wrote it."""
    library.parent.mkdir(mode=0o700, exist_ok=True)
    connection = sqlite3.connect(library, isolation_level=None)
    connection.executescript(FIRST.read_text(encoding="utf-8"))
    for landed in STATES[: STATES.index(state) + 1]:
        connection.executescript(LANDED[landed])
    connection.close()
    library.chmod(0o600)


@pytest.mark.parametrize("state", STATES)
def test_a_library_of_every_landed_state_keeps_every_row(run, library: Path, tmp_path: Path, state: str) -> None:
    written(library, state)
    number, before = files.schema_of(library), held(library)
    shown = run("list", "--keys")
    assert (shown.code, shown.lines) == (0, ["eubanks2018", "tronick1989"])
    (backup,) = backups.backups(library)
    assert f"was brought up to date from schema {number}; as it was, it is {backup.path}" in shown.err
    assert verdicts.verify(backup.path).schema == number
    after = held(library)
    assert {name: after.rows[name] for name in before.rows} == before.rows
    assert files.schema_of(library) == schema.SCHEMA
    assert run("doctor").err == "all is well\n"
    # As a library made today: the same tables and indexes.
    files.create(tmp_path / "new.db")
    assert after.made == held(tmp_path / "new.db").made
    # And as it was, whatever is done to it later.
    assert held(backup.path) == before


@pytest.mark.parametrize("state", STATES)
def test_every_command_works_on_it(run, library: Path, tmp_path: Path, state: str) -> None:
    written(library, state)
    export = str(tmp_path / "all.jsonl")
    for line in (
        ("note", "add", "tronick1989", "More."), ("search", "mismatch"), ("search", "author:eubanks", "year:2018"),
        ("show", "tronick1989"), ("refs",), ("cite", "eubanks2018"), ("undo",), ("tag", "tronick1989", "shame"),
        ("add", "10.4324/9781315723709", "--offline"), ("export", "--with-private", "-o", export), ("history",),
        ("purge", "tronick1989", "--yes"), ("doctor",), ("backup", "restore", "--yes"), ("list",), ("doctor",),
    ):  # fmt: skip
        shown = run(*line)
        assert shown.code == (1 if line[:2] == ("search", "mismatch") else 0), (line, shown)
    assert checking.flaws(library) == []


def test_no_state_is_missing() -> None:
    """A new schema number comes with a state here: what its new libraries have beyond those of the last."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(FIRST.read_text(encoding="utf-8") + "".join(LANDED.values()))
    assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA - 1
    connection.close()


def test_the_tables_that_have_landed_stay() -> None:
    """What a landed migration does is never changed: there are libraries that it has made. A new one is added."""
    landed = {"_TABLES": "8d973cfb362abb01", "_LEDGER": "e7f135182fecedda"}
    for name in landed:
        plain = "".join(getattr(schema, name).split())
        assert hashlib.sha256(plain.encode()).hexdigest()[:16] == landed[name], name
