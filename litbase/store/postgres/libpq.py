"""libpq as litbase uses it, by psycopg's layer over it: a connection, statements with values, rows.

Whatever waits can be interrupted, connecting too. Values go and come as text: PostgreSQL says of which type they are.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from select import select
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from . import sparing

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult

# The types of values that say theirs: bool and bigint. All else PostgreSQL infers from where it stands.
_BOOL, _BIGINT = 16, 20
# What is made of a column's text, by its type: bool, bigint, smallint, integer, oid, numeric, real, double.
# Source: PostgreSQL 15, pg_type.dat.
_MADE: dict[int, Callable[[bytes], Any]] = {
    _BOOL: lambda text: text == b"t",
    **dict.fromkeys((_BIGINT, 21, 23, 26), int),
    **dict.fromkeys((1700, 700, 701), float),
}
# A statement asked so often is prepared, and the server plans it no more.
_OFTEN = 5
_PREPARED = 200
_TRIED_SECONDS = 130
_Key: TypeAlias = tuple[str, tuple[int, ...]]


class Refused(Exception):
    """What a server, or libpq, has refused. `state` is an SQLSTATE, empty for libpq's own; `name` is psycopg's for it.

    `said` may quote a row or an address.
    """

    def __init__(self, said: str, state: str = "", name: str = "") -> None:
        super().__init__(name)
        self.said, self.state, self.name = said, state, name


class Told(NamedTuple):
    """An answer: the names of its columns, its rows, and how many rows were found or changed."""

    names: list[str]
    rows: list[tuple[Any, ...]]
    touched: int


class Line:
    """A connection by libpq's settings.

    Raises: Refused; ImportError where psycopg is not installed.
    """

    def __init__(self, settings: dict[str, str]) -> None:
        sparing.load()
        from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

        self._good = ConnStatus.OK
        self._idle = TransactionStatus.IDLE
        self._well = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.EMPTY_QUERY)
        self._asked: dict[_Key, int] = {}
        self._names: dict[_Key, bytes] = {}
        self._pg = _connected(settings)

    @property
    def idle(self) -> bool:
        """Whether it is whole, and nothing goes on in it."""
        return not self.broken and self._pg.transaction_status == self._idle

    @property
    def broken(self) -> bool:
        """Whether it is one no more."""
        return bool(self._pg.status != self._good)

    def ask(self, sql: str, values: Sequence[object] = ()) -> Told:
        """Ask one thing; `$1` and so on stand for the values.

        Raises: Refused.
        """
        # Where values are a row for a table, its columns say of which type they are, and of any number of rows alike.
        types = () if " VALUES ($1, " in sql else tuple(map(_type, values))
        sent = [_sent(value) for value in values]
        name = self._prepared(sql, types)
        if name:
            return self._told(lambda: self._pg.send_query_prepared(name, sent))
        return self._told(lambda: self._pg.send_query_params(sql.encode(), sent, types or None))

    def script(self, sql: str) -> None:
        """Statements without values, several at once.

        Raises: Refused.
        """
        self._told(lambda: self._pg.send_query(sql.encode()))

    def close(self) -> None:
        """Let go of it."""
        self._pg.finish()

    def _prepared(self, sql: str, types: tuple[int, ...]) -> bytes:
        """The name of a statement that has been prepared; empty for one that is not asked often."""
        key = (sql, types)
        if key not in self._names and len(self._names) < _PREPARED:
            self._asked[key] = self._asked.get(key, 0) + 1
            if self._asked[key] >= _OFTEN:
                name = f"litbase{len(self._names)}".encode()
                self._told(lambda: self._pg.send_prepare(name, sql.encode(), types or None))
                self._names[key] = name
        return self._names.get(key, b"")

    def _told(self, send: Callable[[], None]) -> Told:
        """Send something, and wait for the answer: the last one of several.

        Raises: Refused.
        """
        from psycopg.errors import Error

        try:
            send()
            results = list(self._results())
        except Error as error:
            raise Refused(str(error), "", type(error).__name__) from None
        except BaseException:
            # An answer that nobody waits for any more need not be worked out.
            with suppress(Error):
                self._pg.get_cancel().cancel()
            raise
        for result in results:
            if result.status not in self._well:
                raise _refused(result)
        return _told(results[-1])

    def _results(self) -> Iterator["PGresult"]:
        while True:
            while self._pg.is_busy():
                select([self._pg.socket], [], [])
                self._pg.consume_input()
            result = self._pg.get_result()
            if result is None:
                return
            yield result


def settings_of(address: str) -> dict[str, str]:
    """An address as libpq reads it.

    Raises: Refused, saying nothing; ImportError where psycopg is not installed.
    """
    sparing.load()
    from psycopg.errors import Error
    from psycopg.pq import Conninfo

    try:
        found = Conninfo.parse(address.encode())
    except Error:
        # What libpq says of it may quote the password.
        raise Refused("") from None
    return {option.keyword.decode(): option.val.decode() for option in found if option.val is not None}


def _connected(settings: dict[str, str]) -> "PGconn":
    """The first of the hosts that will have one, each within its time: libpq keeps that only where it blocks.

    Raises: Refused.
    """
    refused = Refused("no host was named")
    for attempt in _attempts(settings):
        try:
            return _tried(attempt)
        except Refused as error:
            refused = error
    raise refused


def _attempts(settings: dict[str, str]) -> list[dict[str, str]]:
    """The settings of each attempt: one a host, and where a standby is preferred, all over again for one that is none.

    Source: PostgreSQL 15, 34.1.1.3, "Specifying Multiple Hosts".
    """
    lists = {
        name: (settings.get(name) or os.environ.get(variable, "")).split(",")
        for name, variable in (("host", "PGHOST"), ("hostaddr", "PGHOSTADDR"), ("port", "PGPORT"))
    }
    count = max(len(lists["host"]), len(lists["hostaddr"]))
    if count == 1:
        return [settings]
    found = []
    for number in range(count):
        one = {name: values[number if len(values) == count else 0] for name, values in lists.items()}
        found.append({**settings, **{name: value for name, value in one.items() if value}})
    if settings.get("target_session_attrs") == "prefer-standby":
        return [{**one, "target_session_attrs": wanted} for wanted in ("standby", "any") for one in found]
    return found


def _tried(settings: dict[str, str]) -> "PGconn":
    from psycopg.errors import Error
    from psycopg.pq import ConnStatus, PGconn, PollingStatus

    conninfo = " ".join(f"{name}='{_escaped(value)}'" for name, value in settings.items())
    until = time.monotonic() + _seconds(settings)
    try:
        connection = PGconn.connect_start(conninfo.encode())
        while True:
            if connection.status == ConnStatus.BAD:
                raise Refused(_words(connection.error_message))
            step = connection.connect_poll()
            if step == PollingStatus.OK:
                return connection
            if step == PollingStatus.FAILED:
                raise Refused(_words(connection.error_message))
            socket, left = [connection.socket], until - time.monotonic()
            reading = step == PollingStatus.READING
            if left <= 0 or not any(select(socket if reading else [], [] if reading else socket, [], left)):
                raise Refused(f"{settings.get('host', 'the server')} did not answer in time")
    except Error as error:
        raise Refused(str(error)) from None


def _seconds(settings: dict[str, str]) -> float:
    """How long one host is tried for: two seconds at least, as libpq has it."""
    wanted = settings.get("connect_timeout") or os.environ.get("PGCONNECT_TIMEOUT", "")
    return max(2.0, float(wanted)) if wanted.isdigit() and int(wanted) else _TRIED_SECONDS


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _words(message: bytes) -> str:
    return message.decode("utf-8", "replace").strip()


def _refused(result: "PGresult") -> Refused:
    from psycopg.errors import lookup
    from psycopg.pq import DiagnosticField

    state = (result.error_field(DiagnosticField.SQLSTATE) or b"").decode()
    try:
        name = lookup(state).__name__
    except KeyError:
        name = "Error"
    return Refused(_words(result.error_message), state, name)


def _told(result: "PGresult") -> Told:
    width, count = range(result.nfields), result.ntuples
    names = [(result.fname(column) or b"").decode() for column in width]
    made = [_MADE.get(result.ftype(column), bytes.decode) for column in width]
    rows = [
        tuple([None if (text := result.get_value(row, column)) is None else made[column](text) for column in width])
        for row in range(count)
    ]
    return Told(names, rows, count if names else result.command_tuples or 0)


def _type(value: object) -> int:
    return _BOOL if isinstance(value, bool) else _BIGINT if isinstance(value, int) else 0


def _sent(value: object) -> bytes | None:
    """A value as PostgreSQL reads it; a list as an array of texts."""
    if value is None:
        return None
    if isinstance(value, list):
        return ("{" + ",".join(map(_element, value)) + "}").encode()
    assert isinstance(value, str | int), type(value)
    return str(value).encode()


def _element(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
