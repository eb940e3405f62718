"""The full text of a file, in SQLite's FTS5."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from litbase.domain.query import Node, placed

from . import fulltext
from .chunks import chunked

if TYPE_CHECKING:
    from .sqlite import FileConnection


class Fts5:
    """The full text of one open file; `connection.Texts` says what each method answers."""

    def __init__(self, connection: "FileConnection") -> None:
        self._connection = connection

    def put(self, ids: Iterable[int]) -> None:
        from . import indexing

        columns = ", ".join(("rowid", *fulltext.COLUMNS))
        marks = ", ".join("?" * (len(fulltext.COLUMNS) + 1))
        for chunk in chunked(ids):
            self.remove(chunk)
            texts = indexing.texts_of(self._connection, chunk)
            self._connection.executemany(
                f"INSERT INTO search ({columns}) VALUES ({marks})", ((one, *text) for one, text in texts.items())
            )

    def remove(self, ids: Collection[int]) -> None:
        for chunk in chunked(ids):
            self._connection.execute(f"DELETE FROM search WHERE rowid IN ({', '.join('?' * len(chunk))})", chunk)

    def compact(self) -> None:
        # FTS5 of this SQLite overwrites nothing; its index is made anew from what is left.
        self._connection.execute("INSERT INTO search (search) VALUES ('rebuild')")

    def ordered(self, wanted: Node, by: str, limit: int) -> list[int]:
        sql = f"SELECT s.id FROM search CROSS JOIN source s ON s.id = search.rowid WHERE search MATCH ? ORDER BY {by}"
        return self._ids(f"{sql} LIMIT ?", (fulltext.match(wanted), limit))

    def newest(self, wanted: Node, limit: int) -> list[int]:
        return self._since(wanted, 0, limit)

    def tiered(self, wanted: Node, newest: Sequence[int], limit: int) -> list[int]:
        floor = newest[-1] if newest else 0
        found: dict[int, None] = {}
        for tier in (*(placed(columns, wanted) for columns in fulltext.TIERS), wanted):
            if 0 <= limit <= len(found):
                break
            found.update(dict.fromkeys(self._since(tier, floor, limit)))
        return list(found)[: limit if limit >= 0 else None]

    def _since(self, wanted: Node, floor: int, limit: int) -> list[int]:
        sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?"
        return self._ids(sql, (fulltext.match(wanted), floor, limit))

    def dear(self, wanted: Node) -> bool:
        found = fulltext.leaves(wanted)
        return len(found) > 1 and any(self._common(leaf) for leaf in found)

    def _common(self, leaf: Node) -> bool:
        sql = f"SELECT 1 FROM search WHERE search MATCH ? LIMIT 1 OFFSET {fulltext.COMMON}"
        return self._connection.execute(sql, (fulltext.match(leaf),)).fetchone() is not None

    def ranked(self, wanted: Node, limit: int) -> list[int]:
        sql = f"SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, {fulltext.WEIGHTS}), rowid DESC"
        return self._ids(f"{sql} LIMIT ?", (fulltext.match(wanted), limit))

    def titles(self, wanted: Node, limit: int) -> list[tuple[int, str]]:
        sql = "SELECT s.id, s.title FROM search CROSS JOIN source s ON s.id = search.rowid WHERE search MATCH ? LIMIT ?"
        return [(row[0], row[1]) for row in self._connection.execute(sql, (fulltext.match(wanted), limit))]

    def snippet(self, wanted: Node, source_id: int) -> str:
        rows = self._connection.execute(fulltext.SNIPPET, (fulltext.match(wanted), source_id)).fetchall()
        return next((str(text) for row in rows for text in row if "\x02" in text), "")

    def _ids(self, sql: str, values: Sequence[object]) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(sql, values)]
