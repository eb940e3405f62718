"""Rows that wait to be put in together: a server takes a hundred in one statement nearly as soon as one.

Only a transaction that puts in many of a kind lets them wait, so that in any other what does not go with the rest
is told where it was put in. Nobody can tell the difference else: whatever could see that a row is not there yet
has them all put in first.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

# The rows of one kind that are put in one by one before others wait; how many wait at the most; and how many go into
# one statement, which takes so many values at the most.
_SOON = 20
_MOST = 2_000
_TOGETHER = 100
_VALUES = 30_000
# Rows that others name by their ids go first; history, which looks at notes to see whose it is, last.
_FIRST = ("concept", "source", "draft", "note")
_LAST = ("change",)
_INSERT = re.compile(r'(INSERT INTO "?(\w+)"?[^()]*(?:\([^()]*\))? VALUES )\(((?:\?, )*\?)\)( ON CONFLICT DO NOTHING)?')


class Insert:
    """A statement that puts in one row and does nothing else."""

    __slots__ = ("_after", "_head", "_width", "table")

    def __init__(self, head: str, table: str, width: int, after: str) -> None:
        self.table = table
        self._head, self._width, self._after = head, width, after

    def sql(self, rows: int) -> str:
        """The same for so many rows."""
        marks = (
            ", ".join(f"${row * self._width + column + 1}" for column in range(self._width)) for row in range(rows)
        )
        return self._head + ", ".join(f"({one})" for one in marks) + self._after

    def portion(self) -> int:
        """How many rows go into one statement."""
        return min(_TOGETHER, _VALUES // self._width)


@lru_cache(maxsize=256)
def insert(sql: str) -> Insert | None:
    """A statement as one that puts in a row; None for any other."""
    found = _INSERT.fullmatch(sql)
    return Insert(found[1], found[2], found[3].count("?"), found[4] or "") if found else None


class Pending:
    """The rows that wait in one transaction."""

    def __init__(self) -> None:
        self._rows: dict[Insert, list[Sequence[object]]] = {}
        self._seen: Counter[str] = Counter()
        self._count = 0
        self.put = 0

    @property
    def tables(self) -> set[str]:
        """The tables that rows have gone into, and the full text that is made of them."""
        return {*self._seen, "search", "private_text"}

    @property
    def full(self) -> bool:
        """Whether it is time to put them in."""
        return self._count >= _MOST

    def add(self, one: Insert, row: Sequence[object]) -> None:
        """Have a row wait."""
        self._rows.setdefault(one, []).append(row)
        self._count += 1

    def may_wait(self, one: Insert) -> bool:
        """Whether so many rows have gone into a table that another may wait."""
        self._seen[one.table] += 1
        return self._seen[one.table] > _SOON

    def matter(self, sql: str) -> bool:
        """Whether a statement could see that the rows are not there yet."""
        return bool(self._rows) and not _reads_others(sql, frozenset(one.table for one in self._rows))

    def taken(self) -> Iterator[tuple[str, list[object]]]:
        """Statements that put them in, with their values; none waits any more."""
        waiting, self._rows, self._count = self._rows, {}, 0
        self.put += sum(map(len, waiting.values()))
        for one in sorted(waiting, key=lambda one: _place(one.table)):
            rows, portion = waiting[one], one.portion()
            for start in range(0, len(rows), portion):
                some = rows[start : start + portion]
                yield one.sql(len(some)), [value for row in some for value in row]


def named(row: Mapping[str, object], table: str) -> str:
    """The statement that puts in a row by its columns' names."""
    names = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"


def _place(table: str) -> int:
    return _FIRST.index(table) if table in _FIRST else len(_FIRST) + (table in _LAST)


@lru_cache(maxsize=1024)
def _reads_others(sql: str, tables: frozenset[str]) -> bool:
    return sql.startswith(("SELECT", "WITH")) and tables.isdisjoint(re.findall(r"\w+", sql))
