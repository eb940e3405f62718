"""The tables of a library, and the migrations that bring an older file up to date.

Two numbers guard the file: `user_version` says which schema it has, and the row `oldest_reader`
says which oldest schema a program must know to read it. Each migration sets both, inside one
transaction, after a backup and between two integrity checks.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from litbase import stages
from litbase.errors import Damaged

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

    from .sqlite import FileConnection

# "LITB": tells a litbase library from any other SQLite file.
APPLICATION_ID = 0x4C495442
# The schema this litbase writes, and the oldest schema that may still read what it writes.
SCHEMA = 5
OLDEST_READER = 1

# A source keeps what lists show (byline, year, title) beside its item, so that reading a list
# parses no JSON; `digest` tells whether a rendered entry is still the item's. `deleted` is the
# bin: a removed source keeps its key, its notes and its history.
_TABLES = """
CREATE TABLE library (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    citekey TEXT NOT NULL UNIQUE COLLATE NOCASE,
    doi TEXT,
    type TEXT NOT NULL,
    item TEXT NOT NULL CHECK (json_valid(item)),
    digest TEXT NOT NULL,
    byline TEXT NOT NULL,
    year INTEGER,
    title TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    provenance TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provenance)),
    notices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notices)),
    added TEXT NOT NULL,
    modified TEXT NOT NULL,
    deleted TEXT
) STRICT;
CREATE UNIQUE INDEX source_doi ON source (doi) WHERE deleted IS NULL;
CREATE INDEX source_any_doi ON source (doi);
CREATE INDEX source_sort ON source (sort_key);
CREATE INDEX source_year ON source (year);
CREATE INDEX source_added ON source (added);

CREATE TABLE contributor (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (source_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX contributor_folded ON contributor (folded, source_id);

CREATE TABLE citekey_alias (
    citekey TEXT PRIMARY KEY COLLATE NOCASE,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE doi_alias (
    doi TEXT PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    owner TEXT NOT NULL DEFAULT '',
    private INTEGER NOT NULL DEFAULT 1 CHECK (private IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('note', 'quotation', 'plain words')),
    locator TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL
) STRICT;
CREATE INDEX note_source ON note (source_id, id);

CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL DEFAULT '',
    cues TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cues)),
    created TEXT NOT NULL
) STRICT;

CREATE TABLE concept_alias (
    folded TEXT PRIMARY KEY,
    alias TEXT NOT NULL,
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_alias_concept ON concept_alias (concept_id);

CREATE TABLE concept_broader (
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    broader_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    PRIMARY KEY (concept_id, broader_id),
    CHECK (concept_id <> broader_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX concept_broader_up ON concept_broader (broader_id, concept_id);

-- The year stands in the key: the newest sources of a concept are the end of one index range,
-- whatever the size of the library. An undated source has year 0.
CREATE TABLE source_concept (
    concept_id INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,
    year INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    PRIMARY KEY (concept_id, year, source_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX source_concept_source ON source_concept (source_id, concept_id);

-- Pairs of sources that look alike and are not the same, by public ids, the smaller first.
CREATE TABLE different (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    PRIMARY KEY (first, second),
    CHECK (first < second)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    identifier TEXT NOT NULL,
    fetched TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (source_id, provider)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_identifier ON answer (provider, identifier);

-- Append-only: what undo, history, conflict detection and sync are all made of. One step is one
-- command's transaction; entity and key name the row by public ids, before and after are its values.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    command TEXT NOT NULL,
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX change_step ON change (step);
CREATE INDEX change_key ON change (entity, key);

-- Rendered entries: `version` covers the style, the engine and litbase's own formatting,
-- `digest` the item, so a stale row can never be taken for a fresh one.
CREATE TABLE entry (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    style TEXT NOT NULL,
    letter TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    inlines TEXT NOT NULL CHECK (json_valid(inlines)),
    PRIMARY KEY (source_id, style, letter)
) STRICT, WITHOUT ROWID;

-- `marks` holds tokens for concepts, years and types (store/fulltext.py), so that a concept and a
-- word are answered by one index; joining the link table to MATCH costs minutes at a million sources.
CREATE VIRTUAL TABLE search USING fts5 (
    title, container, contributors, abstract, concepts, notes, keys, marks,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

# The ledger: drafts as they were last seen, and what they cite. Citations go by citekey, not by row:
# a source that is merged, removed or added anew is still the one the draft names.
_LEDGER = """
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    seen TEXT NOT NULL
) STRICT;
CREATE INDEX draft_digest ON draft (digest);

CREATE TABLE cited (
    draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    citekey TEXT NOT NULL COLLATE NOCASE,
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (draft_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX cited_citekey ON cited (citekey, draft_id);
"""

# The bin is small and asked for whenever something is counted; without this that reads every source.
_BIN = "CREATE INDEX source_deleted ON source (deleted) WHERE deleted IS NOT NULL"

# Pages of the file that a writer keeps in memory, in KiB: a large import would else write many of them ten times.
_CACHE = 16_000


def prepare(connection: sqlite3.Connection) -> None:
    """Settings of every connection that writes: nothing lost on power failure, nothing left behind."""
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations("litbase")

    @migrations(name="0001")
    def first(database: "Database") -> None:
        for statement in statements(_TABLES):
            database.execute(statement)

    @migrations(name="0002")
    def ledger(database: "Database") -> None:
        for statement in statements(_LEDGER):
            database.execute(statement)

    @migrations(name="0003")
    def completed(database: "Database") -> None:
        _complete(database.conn)

    @migrations(name="0004")
    def bin_found(database: "Database") -> None:
        database.execute(_BIN)

    @migrations(name="0005")
    def stretches(database: "Database") -> None:
        """Nothing: an index of a library on a server, for which a file needs none."""

    return migrations


_NAMED = re.compile(r"^CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX) (\w+)", re.MULTILINE)


def _complete(connection: sqlite3.Connection) -> None:
    """Make what came into the first tables after the first libraries had been made, and their index anew.

    Those libraries lack a table and two indexes, and their full text has no column for containers and keys.
    """
    from .fts5 import Fts5

    texts = Fts5(cast("FileConnection", connection))
    connection.execute("DROP TABLE search")
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    for statement in statements(_TABLES):
        named = _NAMED.search(statement)
        if named and named[1] not in there:
            connection.execute(statement)
    total = int(connection.execute("SELECT count(*) FROM source").fetchone()[0])
    with stages.stage("making the full text anew", total) as done:
        texts.put(_ids(connection, done))


def _ids(connection: sqlite3.Connection, done: Callable[[int], None]) -> Iterator[int]:
    """The private id of each source, and how many have been given."""
    for number, row in enumerate(connection.execute("SELECT id FROM source ORDER BY id")):
        done(number)
        yield int(row[0])


def statements(script: str) -> list[str]:
    """The statements of an SQL script, one by one.

    `executescript` would commit the transaction that a migration runs in.
    """
    out: list[str] = []
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            out.append(gathered.strip())
            gathered = ""
    return out


def migrate(connection: sqlite3.Connection, written_by: str) -> None:
    """Bring the open file to this litbase's schema in one transaction, or leave it as it was.

    The caller holds no transaction; another process migrating at the same moment is waited for,
    and what it has done is not done again.

    Raises: Damaged when the file fails its integrity check before or after.
    """
    from sqlite_utils import Database

    connection.execute("BEGIN IMMEDIATE")
    try:
        check(connection)
        _migrations().apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        for name, value in (("oldest_reader", str(OLDEST_READER)), ("written_by", written_by)):
            connection.execute(
                "INSERT INTO library VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )
        check(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check(connection: sqlite3.Connection) -> None:
    """Ask SQLite whether the file is whole.

    Raises: Damaged with SQLite's first complaint.
    """
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    with stages.stage("checking the file", pages, counted=False):
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise Damaged(
            f"the library is damaged: {found[0] if found else 'no answer from SQLite'}",
            "restore a backup, or keep the file as it is and ask for help; litbase will not write to it",
        )
