"""The one way into a library: every write is one transaction, and every change is remembered.

`write()` takes the lock at once, so two litbases never begin work that only one can finish.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from litbase.place import Place, Server

from . import backups, files, schema
from .connection import Connection
from .ledger import LedgerWriter
from .merging import MergeWriter
from .notes import NoteWriter
from .purging import Purger
from .undoing import Undoer
from .vocabulary import ConceptWriter


@contextmanager
def write(place: Place, command: str) -> Iterator["Writer"]:
    """One transaction on a library, made there if there is none yet.

    What the block does is kept whole when it ends, and not at all when it raises. `command` is
    what history will call it.

    Raises: LibraryError (Locked after 30 s, Newer, Damaged, ReadOnly, a full disk).
    """
    with _server(place) if isinstance(place, Server) else _file(place) as connection:
        writer = Writer(connection, command)
        yield writer
        writer.finish()


def _server(place: Server) -> AbstractContextManager[Connection]:
    from .postgres.library import writing

    return writing(place)


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    found = files.schema_of(path)
    if found is None:
        files.create(path)
    elif found < schema.SCHEMA:
        files.upgrade(path)
    try:
        connection = files.connect(path)
        try:
            if found is not None and found > schema.SCHEMA:
                raise files.newer(path, found, _written_by(connection))
            schema.prepare(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                backups.daily(path, connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise files.explain(error, path) from error


def _written_by(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM library WHERE name = 'written_by'").fetchone()
    return str(row[0]) if row else "?"


class Writer(MergeWriter, NoteWriter, ConceptWriter, LedgerWriter, Purger, Undoer):
    """The changes of one transaction."""
