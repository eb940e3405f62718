"""What the store asks of a connection, whether it leads to a file or to a server.

Statements are written once, in the SQL that SQLite and PostgreSQL share, with `?` and `:name` for values.
What the two do each in their own way stands here: rows put in and changed by name, and the full text.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from litbase.domain.query import Node
from litbase.errors import LibraryError


class Clash(LibraryError):
    """A row does not go with the others: a name that is taken, a row that is not there."""


class Row(Protocol):
    """A row of an answer, by number and by name."""

    def __getitem__(self, key: int | str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Iterable[str]:
        """The names of its columns."""
        ...


class Cursor(Protocol):
    """An answer."""

    @property
    def rowcount(self) -> int:
        """How many rows a change touched."""
        ...

    def fetchone(self) -> Any:
        """The next row, None at the end."""
        ...

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Texts(Protocol):
    """The full text of a library: one row a source, made from its tables."""

    def put(self, ids: Iterable[int]) -> None:
        """Make the rows of sources anew; a source in the bin has none."""
        ...

    def remove(self, ids: Collection[int]) -> None:
        """Take out the rows of sources that are about to be erased."""
        ...

    def compact(self) -> None:
        """Have nothing left of what was taken out."""
        ...

    def ordered(self, wanted: Node, by: str, limit: int) -> list[int]:
        """Sources that match, by columns of `source s`."""
        ...

    def newest(self, wanted: Node, limit: int) -> list[int]:
        """Sources that match, the last added first."""
        ...

    def tiered(self, wanted: Node, newest: Sequence[int], limit: int) -> list[int]:
        """Of the newest that match, those with the words in a title first; the last added first within each tier."""
        ...

    def dear(self, wanted: Node) -> bool:
        """Whether ranking the matches would cost far more than finding them."""
        ...

    def ranked(self, wanted: Node, limit: int) -> list[int]:
        """Sources that match, the best first."""
        ...

    def titles(self, wanted: Node, limit: int) -> list[tuple[int, str]]:
        """Ids and titles of sources that match, in no order."""
        ...

    def snippet(self, wanted: Node, source_id: int) -> str:
        """The words around a match in notes or abstract, between U+0002 and U+0003; empty where there is none."""
        ...


class Connection(Protocol):
    """A connection to a library. `who` is the member it was opened by; empty in a file, which has one reader."""

    @property
    def who(self) -> str:
        """The member."""
        ...

    @property
    def texts(self) -> Texts:
        """The full text."""
        ...

    def execute(self, sql: str, values: Any = ..., /) -> Cursor:
        """Ask, or change."""
        ...

    def executemany(self, sql: str, values: Any, /) -> Any:
        """Change, once for each of the values."""
        ...

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Put in a row; its private id, 0 in a table that has none."""
        ...

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Set columns of a row by its private id."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


Values: TypeAlias = Sequence[object] | Mapping[str, object]
