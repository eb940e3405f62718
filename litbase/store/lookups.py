"""What providers have answered lately, so that checking a draft again asks nobody again.

A small SQLite file `lookups.db` beside the library: what a person cites in an unpublished text is as
private as her library, so it lies in the same folder, for its owner only, and goes where the folder goes; for a
library on a server it stays on this machine. It may be deleted at any time. A cache that cannot be used is
done without, and says so in `trouble`.
"""

import os
import sqlite3
import time
from pathlib import Path

from litbase.errors import LibraryError
from litbase.place import Place, folder

from . import files

NAME = "lookups.db"
DAYS = 30
_APPLICATION_ID = 0x4C424C55  # "LBLU"
_SCHEMA = 1
_BUSY_SECONDS = 2.0
_TABLE = """
    CREATE TABLE IF NOT EXISTS lookup (
        server TEXT NOT NULL,
        asked TEXT NOT NULL,
        answer TEXT NOT NULL,
        expires INTEGER NOT NULL,
        PRIMARY KEY (server, asked)
    ) STRICT, WITHOUT ROWID
"""


def path(library: Place) -> Path:
    """Where the answers are kept for a library."""
    return folder(library) / NAME


class Lookups:
    """The answers of one server, until the block ends; `fresh` reads none of them and keeps new ones."""

    def __init__(self, library: Place, server: str, fresh: bool = False, now: float | None = None) -> None:
        self.trouble = ""
        self._path = path(library)
        self._server = server
        self._fresh = fresh
        self._now = int(time.time() if now is None else now)
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> "Lookups":
        try:
            self._connection = _opened(self._path)
            self._connection.execute("DELETE FROM lookup WHERE expires <= ?", (self._now,))
        except (sqlite3.Error, OSError, LibraryError) as error:
            self._give_up(error)
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def find(self, asked: str) -> str | None:
        """What was answered to this not too long ago."""
        if self._connection is None or self._fresh:
            return None
        try:
            row = self._connection.execute(
                "SELECT answer FROM lookup WHERE server = ? AND asked = ? AND expires > ?",
                (self._server, asked, self._now),
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        return str(row[0]) if row else None

    def keep(self, asked: str, answer: str, days: int = DAYS) -> None:
        """Keep an answer for so many days."""
        if self._connection is None:
            return
        try:
            self._connection.execute(
                "INSERT INTO lookup (server, asked, answer, expires) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET answer = excluded.answer, expires = excluded.expires",
                (self._server, asked, answer, self._now + days * 86_400),
            )
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.trouble = f"what is looked up cannot be kept in {self._path} ({error}); moved away, it is made anew"
        if self._connection:
            self._connection.close()
            self._connection = None


def _opened(path: Path) -> sqlite3.Connection:
    """The file, made where there is none; another program's is refused.

    Raises: sqlite3.Error, OSError, LibraryError.
    """
    files.make_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        _prepare(connection, path.stat().st_size == 0, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, empty: bool, path: Path) -> None:
    made_by = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    if not empty and (made_by, schema) != (_APPLICATION_ID, _SCHEMA):
        raise LibraryError(f"{path} is not this litbase’s")
    connection.execute("PRAGMA secure_delete = ON")
    if empty:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {_SCHEMA}")
        connection.execute(_TABLE)
        connection.execute("COMMIT")
