"""A connection to a library in a file: SQLite's, with what a server's does in its own way."""

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .fts5 import Fts5

if TYPE_CHECKING:
    from sqlite_utils import Database


@lru_cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'


class FileConnection(sqlite3.Connection):
    """An open file; `connection.Connection` says what each method answers. sqlite-utils nests in its transaction."""

    who = ""
    _opened: "Database | None" = None

    @property
    def texts(self) -> Fts5:
        """The full text."""
        return Fts5(self)

    @property
    def _database(self) -> "Database":
        if self._opened is None:
            from sqlite_utils import Database

            self._opened = Database(self, execute_plugins=False)
        return self._opened

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Put in a row; its private id."""
        # Not by sqlite-utils, which looks the table up and plans anew for each row: 100 µs of the 200 that a
        # source of a large import may cost.
        return int(self.execute(_insertion(table, tuple(row)), tuple(row.values())).lastrowid or 0)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Set columns of a row by its private id."""
        self._database.table(table).update(row_id, dict(values))
