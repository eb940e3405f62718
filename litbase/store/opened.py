"""A library open for reading, and SQLite's errors in litbase's words."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from litbase.domain.library import Source

from . import files

SOURCE = ", ".join(f"s.{name}" for name in Source._fields)
# The orders that lists and searches can be asked for.
ORDERS = {
    "author": "s.sort_key",
    "year": "s.year DESC, s.sort_key",
    "added": "s.added DESC, s.id DESC",
    "title": "s.title COLLATE NOCASE",
    "key": "s.citekey",
}


class Opened:
    """A library open for reading. Use it in a `with` block; SQLite's errors come out as litbase's.

    Raises: NotFound where there is no library; LibraryError, Newer, Damaged.
    """

    def __init__(self, path: Path) -> None:
        found = files.schema_of(path)
        if found is None:
            raise files.missing(path)
        self.path = path
        with explained(path):
            self._connection = files.connect(path)
            self._connection.execute("PRAGMA query_only = ON")
        self._refuse_unreadable(found)

    def _refuse_unreadable(self, found: int) -> None:
        from .schema import SCHEMA

        if found == SCHEMA:
            return
        if found < SCHEMA:
            self._connection.close()
            files.upgrade(self.path)
            self._connection = files.connect(self.path)
            self._connection.execute("PRAGMA query_only = ON")
            return
        settings: dict[str, str] = {row[0]: row[1] for row in self._all("SELECT name, value FROM library")}
        if int(settings.get("oldest_reader", found)) > SCHEMA:
            self._connection.close()
            raise files.newer(self.path, found, str(settings.get("written_by", "?")))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.Error):
            raise files.explain(error, self.path) from error

    def _all(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def sources_by_id(self, ids: Iterable[int]) -> dict[int, Source]:
        """Sources by their private ids."""
        found: dict[int, Source] = {}
        for chunk in chunks(list(ids)):
            marks = ", ".join("?" * len(chunk))
            rows = self._all(f"SELECT {SOURCE} FROM source s WHERE s.id IN ({marks})", chunk)
            found.update((row["id"], Source(*row)) for row in rows)
        return found

    def _sources(self, where: str, values: dict[str, object]) -> list[Source]:
        return [Source(*row) for row in self._all(f"SELECT {SOURCE} FROM source s WHERE {where}", values)]


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into litbase's."""
    try:
        yield
    except sqlite3.Error as error:
        raise files.explain(error, path) from error


def chunks(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Ids in portions: SQLite takes a limited number of parameters in one statement."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
