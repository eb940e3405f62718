"""A look into a backup or another copy of a library, which changes nothing of it: is it whole, what does it hold?"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from litbase import stages
from litbase.errors import LibraryError

from . import files


class Verdict(NamedTuple):
    """What a look into a backup found: `trouble` is empty for a good one; sources and notes it holds."""

    trouble: str
    schema: int = 0
    sources: int = 0
    notes: int = 0


def verify(path: Path, thorough: bool = True) -> Verdict:
    """Look into a backup, without changing anything: is it a library, and whole?

    `thorough` also holds every index to its table, and every row to the rows it names.
    """
    from .schema import APPLICATION_ID

    try:
        found = files.header(path)
        if found is None:
            return Verdict("it is not there")
        if found[0] != APPLICATION_ID:
            return Verdict("it is not a litbase library")
        connection = look_into(path)
        try:
            with stages.stage(f"looking into {path.name}", files.pages(connection), counted=False):
                trouble = _trouble(connection, thorough)
            if trouble:
                return Verdict(trouble)
            counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("source", "note")]
        finally:
            connection.close()
    except (LibraryError, sqlite3.Error) as error:
        return Verdict(f"it cannot be read: {error}")
    return Verdict("", found[1], *counts)


def _trouble(connection: sqlite3.Connection, thorough: bool) -> str:
    check = "integrity_check" if thorough else "quick_check"
    said = connection.execute(f"PRAGMA {check}(1)").fetchone()
    if said is None or said[0] != "ok":
        return f"it is damaged: {said[0] if said else ''}"
    if thorough and connection.execute("PRAGMA foreign_key_check").fetchone():
        return "it is damaged: rows name others that are not there"
    return ""


def look_into(path: Path) -> sqlite3.Connection:
    """A connection to a backup that can change nothing, not even finish what another program left undone."""
    connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def written_by(path: Path) -> str:
    """The litbase that last migrated a library or a backup; `?` where it does not say."""
    connection = look_into(path)
    try:
        row = connection.execute("SELECT value FROM library WHERE name = 'written_by'").fetchone()
    except sqlite3.Error:
        row = None
    finally:
        connection.close()
    return str(row[0]) if row else "?"
