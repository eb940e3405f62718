"""The library held against itself: the file, its keys, and everything in it that is made from something else.

What is made (bylines, names, the full text, a concept's years) can be made again; `mend` does so.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase import stages
from litbase.domain import item
from litbase.domain.text import fold

from . import files, indexing, schema
from .chunks import chunked
from .connection import Connection, Row
from .sources import columns
from .sqlite import FileConnection

Kind: TypeAlias = Literal["integrity", "orphans", "index", "derived"]


class Flaw(NamedTuple):
    """What is wrong: its kind, in words, and the citekeys or tables it is about."""

    kind: Kind
    message: str
    about: tuple[str, ...] = ()


def flaws(path: Path) -> list[Flaw]:
    """All that is wrong inside a library. Nothing is changed, though the lock for writing is taken for a moment.

    Raises: LibraryError where it cannot be opened at all.
    """
    connection = files.connect(path)
    try:
        schema.prepare(connection)
        return list(_flaws(connection))
    except sqlite3.Error as error:
        raise files.explain(error, path) from error
    finally:
        connection.close()


def _flaws(connection: FileConnection) -> Iterator[Flaw]:
    with stages.stage("checking the file", files.pages(connection), counted=False):
        broken = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    if broken:
        yield Flaw("integrity", f"the file is damaged: {broken[0]}", tuple(broken))
        return
    with stages.stage("checking the index", files.pages(connection), counted=False):
        loose = [*_orphans(connection), *_index(connection)]
    yield from loose
    yield from _derived(connection)


def _orphans(connection: sqlite3.Connection) -> Iterator[Flaw]:
    tables = {str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")}
    if tables:
        yield Flaw("orphans", f"rows of {', '.join(sorted(tables))} belong to what is not there", tuple(sorted(tables)))
    strays = connection.execute(f"SELECT count(*) {_STRAY_PAIRS}").fetchone()[0]
    if strays:
        yield Flaw("orphans", f"{strays} pairs told apart are of sources that are not there", ("different",))


def _index(connection: FileConnection) -> Iterator[Flaw]:
    """The full-text index against its own text, and against the sources there are."""
    if not _index_is_sound(connection):
        yield Flaw("index", "the full-text index is not what its text says")
    stray = connection.execute(f"SELECT count(*) FROM search WHERE {_STRAY_TEXTS}").fetchone()[0]
    if stray:
        yield Flaw("index", f"{stray} sources stand in the full-text index that are not there")


def _index_is_sound(connection: sqlite3.Connection) -> bool:
    """FTS5's own check of its index; taken for passed where the library may not be written, as FTS5 asks by INSERT."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        if name.startswith("SQLITE_READONLY"):
            return True
        if name.startswith("SQLITE_CORRUPT"):
            return False
        raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return True


def _derived(connection: FileConnection) -> Iterator[Flaw]:
    """The full text against the tables it is made from, and what is kept beside an item so that lists read quickly."""
    lost: list[str] = []
    stale: list[str] = []
    with stages.stage("comparing the sources", count(connection)) as done:
        compared = 0
        for rows in chunked(live(connection), 200):
            lost += _unfound(connection, rows)
            stale += differing(connection, rows)
            compared += len(rows)
            done(compared)
    if lost:
        yield Flaw("index", f"{len(lost)} sources cannot be found by what they hold", tuple(lost))
    yield from derived(connection, stale)


def derived(connection: Connection, stale: list[str]) -> Iterator[Flaw]:
    """What follows from an item and does not: `stale` are the citekeys that `differing` told."""
    if stale:
        yield Flaw("derived", f"{len(stale)} sources are listed otherwise than their fields say", tuple(stale))
    years = connection.execute(f"SELECT count(*) FROM source_concept WHERE {_STRAY_YEARS}").fetchone()[0]
    if years:
        yield Flaw("derived", f"{years} sources stand under a concept with another year than their own")


def mend(path: Path) -> None:
    """Make again all that is made from something else, and take out what belongs to nothing.

    Raises: LibraryError.
    """
    connection = files.connect(path)
    try:
        schema.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("REINDEX")
        connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
        _take_out_orphans(connection)
        connection.execute(f"DELETE {_STRAY_PAIRS}")
        for row in live(connection):
            list_anew(connection, row)
        put_years_right(connection)
        connection.execute(f"DELETE FROM search WHERE {_STRAY_TEXTS}")
        connection.texts.put(row["id"] for row in live(connection))
        connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise files.explain(error, path) from error
    finally:
        connection.close()


def list_anew(connection: Connection, row: Row) -> None:
    """Make again what is kept beside a source's item."""
    work = json.loads(row["item"])
    connection.update("source", row["id"], columns(work, row["citekey"]))
    indexing.index_names(connection, row["id"], work)


def put_years_right(connection: Connection) -> None:
    """Have sources stand under their concepts with their own years."""
    connection.execute(f"UPDATE source_concept SET year = {_OWN_YEAR} WHERE {_STRAY_YEARS}")


_OWN_YEAR = "(SELECT coalesce(s.year, 0) FROM source s WHERE s.id = source_id)"
_STRAY_YEARS = f"year <> {_OWN_YEAR}"
_STRAY_TEXTS = "rowid NOT IN (SELECT id FROM source WHERE deleted IS NULL)"
_NO_SOURCE = "NOT IN (SELECT uuid FROM source)"
_STRAY_PAIRS = f"FROM different WHERE first {_NO_SOURCE} OR second {_NO_SOURCE}"


def _take_out_orphans(connection: sqlite3.Connection) -> None:
    for table, key, parent in _references(connection):
        connection.execute(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM {parent})")


def _references(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every column that names a row of another table: (table, column, the other table)."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [
        (table, row["from"], row["table"])
        for table in tables
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')
    ]


def live(connection: Connection) -> Iterator[Row]:
    """The sources that are not in the bin, a portion at a time."""
    last = 0
    sql = "SELECT * FROM source WHERE deleted IS NULL AND id > ? ORDER BY id LIMIT 200"
    while portion := connection.execute(sql, (last,)).fetchall():
        yield from portion
        last = int(portion[-1]["id"])


def count(connection: Connection) -> int:
    """How many sources there are, the bin left out."""
    return int(connection.execute("SELECT count(*) FROM source WHERE deleted IS NULL").fetchone()[0])


def _unfound(connection: FileConnection, rows: Sequence[Row]) -> Iterator[str]:
    """Those of some hundred sources whose full text is not what they hold, by their citekeys."""
    ids = [row["id"] for row in rows]
    texts = indexing.texts_of(connection, ids)
    kept = connection.execute(f"SELECT rowid, * FROM search WHERE rowid IN ({_marks(ids)})", ids)
    found = {row[0]: tuple(row)[1:] for row in kept}
    yield from (row["citekey"] for row in rows if found.get(row["id"]) != texts.get(row["id"]))


def differing(connection: Connection, rows: Sequence[Row]) -> Iterator[str]:
    """Those of some hundred sources that are listed, or whose names are known, otherwise than their items say."""
    ids = [row["id"] for row in rows]
    sql = "SELECT source_id, role, position, family, given, folded FROM contributor WHERE source_id IN"
    names: dict[int, set[tuple[Any, ...]]] = {}
    for source_id, *name in connection.execute(f"{sql} ({_marks(ids)})", ids).fetchall():
        names.setdefault(source_id, set()).add(tuple(name))
    for row in rows:
        work = json.loads(row["item"])
        listed = all(row[name] == value for name, value in columns(work, row["citekey"]).items())
        if not listed or names.get(row["id"], set()) != set(_names(work)):
            yield row["citekey"]


def _names(work: item.Item) -> Iterator[tuple[Any, ...]]:
    for role, position, name in item.contributors(work):
        family = item.family(name)
        yield role, position, family, str(name.get("given") or ""), fold(family)


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
