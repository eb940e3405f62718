"""A library open for reading, wherever it is, and SQLite's errors in litbase's words."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from litbase.domain.library import Source
from litbase.errors import NotFound
from litbase.place import Place, Server

from . import files
from .chunks import chunked

if TYPE_CHECKING:
    # What reads at once makes no classes that only types need.
    from .connection import Connection, Texts, Values

SOURCE = ", ".join(f"s.{name}" for name in Source._fields)
# The orders that lists and searches can be asked for.
ORDERS = {
    "author": "s.sort_key, s.id",
    "year": "s.year DESC NULLS LAST, s.sort_key, s.id",
    "added": "s.added DESC, s.id DESC",
    "title": "lower(s.title), s.id",
    "key": "s.citekey",
}


class Opened:
    """A library open for reading. Use it in a `with` block; SQLite's errors come out as litbase's.

    Raises: NotFound where there is no library; LibraryError, Newer, Damaged.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self._connection: Connection = _server(place) if isinstance(place, Server) else _file(place)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.Error) and isinstance(self.place, Path):
            raise files.explain(error, self.place) from error

    @property
    def who(self) -> str:
        """The member that reads; empty in a file."""
        return self._connection.who

    @property
    def _texts(self) -> "Texts":
        return self._connection.texts

    def snapshot(self) -> AbstractContextManager[None]:
        """A block in which everything is read as it was at one moment, whatever others write meanwhile.

        To a file they cannot write until it ends, so what is shown to a person is shown afterwards.
        """
        return _at_once(self._connection) if isinstance(self.place, Path) else _server_at_once(self._connection)

    def _paged(self, sql: str, size: int = 200) -> Iterator[list[Any]]:
        """The rows of a statement, some hundred at a time: `… WHERE id > ? … ORDER BY id LIMIT ?`."""
        after = 0
        while rows := self._all(sql, (after, size)):
            after = rows[-1]["id"]
            yield rows

    def _all(self, sql: str, values: "Values" = ()) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def sources_by_id(self, ids: Iterable[int]) -> dict[int, Source]:
        """Sources by their private ids."""
        found: dict[int, Source] = {}
        for chunk in chunked(ids):
            marks = ", ".join("?" * len(chunk))
            rows = self._all(f"SELECT {SOURCE} FROM source s WHERE s.id IN ({marks})", chunk)
            found.update((row["id"], Source(*row)) for row in rows)
        return found

    def _sources(self, where: str, values: dict[str, object]) -> list[Source]:
        return [Source(*row) for row in self._all(f"SELECT {SOURCE} FROM source s WHERE {where}", values)]


def exists(place: Place) -> bool:
    """Whether there is a library.

    Raises: LibraryError where a server cannot be asked.
    """
    if isinstance(place, Path):
        return place.exists()
    try:
        with Opened(place):
            return True
    except NotFound:
        return False


def _server(place: Server) -> "Connection":
    from .postgres.library import reading

    return reading(place)


@contextmanager
def _at_once(connection: "Connection") -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _server_at_once(connection: "Connection") -> AbstractContextManager[None]:
    from .postgres.session import Session

    assert isinstance(connection, Session)
    return connection.snapshot()


def _file(path: Path) -> "Connection":
    from .schema import SCHEMA

    found = files.schema_of(path)
    if found is None:
        raise files.missing(path)
    if found < SCHEMA:
        files.upgrade(path)
    with explained(path):
        connection = files.connect(path)
        connection.execute("PRAGMA query_only = ON")
        if found > SCHEMA:
            rows = connection.execute("SELECT name, value FROM library").fetchall()
            settings: dict[str, str] = {row[0]: row[1] for row in rows}
            if int(settings.get("oldest_reader", found)) > SCHEMA:
                connection.close()
                raise files.newer(path, found, str(settings.get("written_by", "?")))
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into litbase's."""
    try:
        yield
    except sqlite3.Error as error:
        raise files.explain(error, path) from error
