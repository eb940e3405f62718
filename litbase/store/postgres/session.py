"""Sessions with a server, which outlive a broken connection.

A statement that reads is asked again. A transaction remembers what it asked and what it was told: on a new
connection it asks the same again, and goes on only where it is told the same. Whether a commit during which
the connection broke was kept is asked by the step's id, under the lock that the broken one must have let go of.
"""

import time
from atexit import register
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from litbase.errors import LibraryError, Locked
from litbase.place import Server
from litbase.store.connection import Texts, Values
from litbase.store.identity import now, uuid7

from . import pending
from .statements import Statement, translated
from .wire import Answer, Broken, Unreachable, Wire, gone

# A server that has answered in this run is waited for so long, seconds; so is a lock that another litbase holds.
DEADLINE = 60.0
BUSY_SECONDS = 30.0
_PAUSE = 0.1
# A transaction that has asked more than this, in characters, is not asked again from its beginning.
_REMEMBERED = 8_000_000
# A transaction that has put in so many rows has made another library.
_MANY = 10_000
# So many private ids are asked for at once at the most.
_IDS = 500
# Those that have a private id.
_NUMBERED = {"source", "note", "concept", "draft", "change"}
_answered: set[str] = set()
_idle: dict[tuple[str, bool], Wire] = {}
Result = TypeVar("Result")


@register
def _close() -> None:
    while _idle:
        _idle.popitem()[1].close()


class Asked(NamedTuple):
    """What a transaction asked, and what the answer was known by."""

    sql: str
    values: list[object]
    digest: int


class Session:
    """A connection to a library on a server, outside of any transaction; `connection.Connection` says the rest."""

    def __init__(self, server: Server, read_only: bool = True) -> None:
        self.server = server
        self._read_only = read_only
        self._in_snapshot = False
        idle = (server.address, read_only)
        self._wire = _idle.pop(idle) if idle in _idle else self._connected()
        self.who = self._wire.who

    # -- what every connection to a library can be asked

    @cached_property
    def texts(self) -> Texts:
        """The full text."""
        from .texts import ServerTexts

        return ServerTexts(self)

    def execute(self, sql: str, values: Values = (), /) -> Answer:
        """Ask, or change."""
        statement = translated(sql)
        return self._ask(statement.sql, _ordered(statement, values))

    def executemany(self, sql: str, values: Iterable[Values], /) -> None:
        """Change, once for each of the values."""
        for one in values:
            self._put(sql, one)

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Put in a row; its private id, 0 in a table that has none."""
        row_id = self._next_id(table) if table in _NUMBERED else 0
        whole = {"id": row_id, **row} if row_id else row
        self._put(pending.named(whole, table), list(whole.values()))
        return row_id

    def _put(self, sql: str, values: Values) -> None:
        self.execute(sql, values)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Set columns of a row by its private id."""
        sets = ", ".join(f'"{name}" = ?' for name in values)
        self.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values.values(), row_id])

    def close(self) -> None:
        """Let go of it. The last connection of each kind is kept for the next session of this run."""
        if not self._wire.idle:
            self._wire.close()
            return
        for other in _idle:
            if other[1] == self._read_only:
                _idle.pop(other).close()
                break
        _idle[self.server.address, self._read_only] = self._wire

    def script(self, sql: str) -> None:
        """Statements without values, several at once."""
        self._wire.script(sql)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A block in which everything is read as it was at one moment.

        Raises: LibraryError where the connection breaks: no other can see that moment.
        """
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._in_snapshot = True
        try:
            self.execute("SELECT 1")  # the moment is that of the first statement
            yield
        finally:
            self._in_snapshot = False
            self._wire.rollback()

    # -- connections that break

    def _ask(self, sql: str, values: list[object]) -> Answer:
        return self._persist(lambda: self._wire.ask(sql, values))

    def _persist(self, ask: Callable[[], Result]) -> Result:
        """Ask until there is an answer, each time on a new connection, within the deadline."""
        deadline = time.monotonic() + DEADLINE
        while True:
            try:
                return ask()
            except Broken:
                if self._in_snapshot:
                    raise gone(self.server) from None
                self._restart(deadline)

    def _restart(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise gone(self.server) from None
        self._wire.close()
        self._wire = self._connected(deadline)

    def _connected(self, deadline: float | None = None) -> Wire:
        """A new connection, tried for until the deadline, or as long where the server has answered in this run before.

        Raises: Unreachable; LibraryError.
        """
        known = self.server.address in _answered
        until = deadline or time.monotonic() + (DEADLINE if known else 0.0)
        while True:
            try:
                wire = Wire(self.server, self._read_only)
            except Unreachable:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
                continue
            _answered.add(self.server.address)
            return wire

    def _next_id(self, table: str) -> int:
        return int(self._wire.ask(f"SELECT nextval('litbase.{table}_id_seq')").fetchall()[0][0])


class Transaction(Session):
    """A session in a transaction that is kept whole, once, or not at all."""

    def __init__(self, server: Server, lock: str) -> None:
        super().__init__(server, read_only=False)
        self._lock = lock
        self._step = uuid7()
        self._asked: list[Asked] = []
        self._size = 0
        self._pending = pending.Pending()
        self._ids: dict[str, list[int]] = {}
        self._given: Counter[str] = Counter()
        self._marked = self._landed = False

    def begin(self) -> None:
        """Take the lock.

        Raises: Locked where another litbase holds it for longer than litbase waits; LibraryError.
        """
        try:
            self._begin()
        except Broken:
            self._restart(time.monotonic() + DEADLINE)

    def _begin(self) -> None:
        # Each statement is to see what was kept before the lock was had; a role's own default may be another.
        wait = f"SET LOCAL lock_timeout = {int(BUSY_SECONDS * 1000)}"
        self._wire.script(f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {wait}; {self._lock}")

    def mark(self) -> None:
        """Have the step's id kept with all the rest, so that one can ask whether it was."""
        self.execute("DELETE FROM landed WHERE at < ?", (now(ago=86_400),))
        self.execute("INSERT INTO landed VALUES (?, ?)", (self._step, now()))
        self._marked = True

    def commit(self) -> None:
        """Keep it all.

        Raises: LibraryError where it could not be kept, or where nobody can tell.
        """
        self._put_pending()
        if self._pending.put >= _MANY:
            # Else the server plans as for the library it was, until it next counts for itself.
            self.script(f"ANALYZE {', '.join(sorted(self._pending.tables))}")
        try:
            self._wire.ask("COMMIT")
        except Broken:
            self._settle(time.monotonic() + DEADLINE)

    def _settle(self, deadline: float) -> None:
        """Find that a commit during which the connection broke was kept, or keep it now."""
        while not self._landed:
            try:
                self._restart(deadline)
                if not self._landed:
                    self._wire.ask("COMMIT")
                    return
            except Broken:
                continue
            except LibraryError as error:
                raise LibraryError(
                    f"the connection to {self.server} broke while this was being kept",
                    "litbase history tells whether it was, once the server answers again",
                ) from error

    def script(self, sql: str) -> None:
        """Statements without values, several at once; a transaction that holds some is not asked again."""
        self._size = _REMEMBERED + 1
        try:
            super().script(sql)
        except Broken:
            raise gone(self.server) from None

    def rollback(self) -> None:
        """Keep nothing of it. A server that is gone has nothing to keep."""
        self._wire.rollback()

    # -- rows that wait

    def execute(self, sql: str, values: Values = (), /) -> Answer:
        """Ask, or change; what waits is put in first where that matters."""
        if self._pending.matter(sql):
            self._put_pending()
        return super().execute(sql, values)

    def _put(self, sql: str, values: Values) -> None:
        row = pending.insert(sql)
        if row is None or isinstance(values, Mapping) or not self._pending.may_wait(row):
            self.execute(sql, values)
            return
        self._pending.add(row, list(map(_sendable, values)))
        if self._pending.full:
            self._put_pending()

    def _put_pending(self) -> None:
        for sql, values in self._pending.taken():
            self._ask(sql, values)

    # -- connections that break

    def _ask(self, sql: str, values: list[object]) -> Answer:
        answer = super()._ask(sql, values)
        if self._size <= _REMEMBERED:
            self._size += len(sql) + sum(map(_size, values))
            self._asked.append(Asked(sql, values, answer.digest))
        else:
            self._asked.clear()
        return answer

    def _next_id(self, table: str) -> int:
        """The next private id: as many as have been given are asked for at once."""
        if not self._ids.get(table):
            most = min(max(1, self._given[table]), _IDS)
            sql = f"SELECT nextval('litbase.{table}_id_seq') FROM generate_series(1, $1)"
            # Not remembered: a sequence never gives the same number twice, and the row keeps the one it was given.
            found = self._persist(lambda: self._wire.ask(sql, [most])).rows
            self._ids[table] = [int(row[0]) for row in reversed(found)]
        self._given[table] += 1
        return self._ids[table].pop()

    def _restart(self, deadline: float) -> None:
        """On a new connection, come to where the transaction was, or find that it was kept.

        Raises: LibraryError where neither can be, as another has changed meanwhile what was read.
        """
        if self._size > _REMEMBERED:
            raise LibraryError(f"the connection to {self.server} broke", "nothing was changed; run the command again")
        while True:
            super()._restart(deadline)
            try:
                self._begin()
                self._landed = self._has_landed()
                if not self._landed:
                    self._repeat()
            except Broken:
                continue
            return

    def _has_landed(self) -> bool:
        if not self._marked:
            return False
        return bool(self._wire.ask("SELECT 1 FROM landed WHERE step = $1", [self._step]).fetchall())

    def _repeat(self) -> None:
        for one in self._asked:
            if self._wire.ask(one.sql, one.values).digest != one.digest:
                raise Locked(
                    f"the connection to {self.server} broke, and another litbase has written since",
                    "nothing was changed; run the command again",
                )


def _ordered(statement: Statement, values: Values) -> list[object]:
    """Values in a statement's order."""
    return list(map(_sendable, [values[name] for name in statement.names] if isinstance(values, Mapping) else values))


def _sendable(value: object) -> object:
    """A value without the character NUL, which no door lets in and PostgreSQL's texts lack."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) and "\x00" in value else value


def _size(value: object) -> int:
    """About how many bytes a value takes."""
    return sum(map(_size, value)) if isinstance(value, list) else len(value) if isinstance(value, str) else 8
