"""One connection to a server, and PostgreSQL's errors in litbase's words.

No message holds a value or a password: PostgreSQL's own words may quote a row, libpq's an address.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from litbase.errors import LibraryError, Locked, ReadOnly
from litbase.place import Server
from litbase.store.connection import Clash

from .libpq import Line, Refused, Told, settings_of

# libpq's settings, their variables, and what they are where a person has set neither.
_DEFAULTS = {
    "client_encoding": ("", "utf8"),
    "connect_timeout": ("PGCONNECT_TIMEOUT", "10"),
    "application_name": ("PGAPPNAME", "litbase"),
    "tcp_user_timeout": ("", "20000"),
    "keepalives_idle": ("", "10"),
}
# The server, too, is to notice soon when its client is gone, and let go of the lock.
_SETTINGS = (
    "SELECT current_user, set_config('search_path', 'litbase, public', false), "
    "set_config('default_transaction_read_only', $1, false), set_config('tcp_keepalives_idle', '10', false), "
    "set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false), "
    # To compile a question, or to call others to help with it, takes longer than to answer it.
    "set_config('jit', 'off', false), set_config('parallel_setup_cost', '100000', false), "
    # Nor is one plan good for the rare word and the common.
    "set_config('plan_cache_mode', CASE $1 WHEN 'on' THEN 'force_custom_plan' ELSE 'auto' END, false)"
)
Result = TypeVar("Result")


class Broken(Exception):
    """A connection has broken, or a transaction was chosen to give way: to be asked again on a new one."""


class Unreachable(LibraryError):
    """No connection to the server could be made."""


class ServerRow:
    """A row of an answer, by number and by name."""

    __slots__ = ("_names", "_values")

    def __init__(self, names: Mapping[str, int], values: tuple[Any, ...]) -> None:
        self._names = names
        self._values = values

    def __getitem__(self, key: int | str) -> Any:
        return self._values[self._names[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> Iterable[str]:
        """The names of its columns."""
        return self._names


class Answer:
    """What a server answered, whole."""

    def __init__(self, told: Told) -> None:
        self.rowcount = told.touched
        self.rows = told.rows
        names = {name: number for number, name in enumerate(told.names)}
        self._rows = [ServerRow(names, row) for row in told.rows]
        self._next = 0

    @property
    def digest(self) -> int:
        """By what it can be told from another answer."""
        return hash((self.rowcount, repr(self.rows)))

    def fetchone(self) -> ServerRow | None:
        """The next row, None at the end."""
        row = self._rows[self._next] if self._next < len(self._rows) else None
        self._next += 1
        return row

    def fetchall(self) -> list[ServerRow]:
        """The rows that are left."""
        rows, self._next = self._rows[self._next :], len(self._rows)
        return rows

    def __iter__(self) -> Iterator[ServerRow]:
        return iter(self.fetchall())


class Wire:
    """One connection, outside of any transaction until one is begun. `who` is the role it was made as.

    Raises: Unreachable; LibraryError where psycopg is not installed or the address cannot be read.
    """

    def __init__(self, server: Server, read_only: bool) -> None:
        self._server = server
        try:
            self._line = Line(_settings(server))
            told = self._line.ask(_SETTINGS, ["on" if read_only else "off"])
        except ImportError:
            raise LibraryError(
                "a library on a server needs psycopg, which is not installed", "pip install 'litbase[postgres]'"
            ) from None
        except Refused as error:
            raise _unreachable(error, server) from None
        self.who = str(told.rows[0][0])

    @property
    def idle(self) -> bool:
        """Whether it is whole, and nothing goes on in it."""
        return self._line.idle

    def ask(self, sql: str, values: Sequence[object] = ()) -> Answer:
        """Ask one thing.

        Raises: Broken; LibraryError.
        """
        return Answer(self._explained(lambda: self._line.ask(sql, values)))

    def script(self, sql: str) -> None:
        """Statements without values, several at once.

        Raises: Broken; LibraryError.
        """
        self._explained(lambda: self._line.script(sql))

    def rollback(self) -> None:
        """Give up a transaction. A server that is gone has nothing to give up."""
        with suppress(Refused):
            self._line.script("ROLLBACK")

    def close(self) -> None:
        """Let go of it."""
        self._line.close()

    def _explained(self, ask: Callable[[], Result]) -> Result:
        try:
            return ask()
        except Refused as error:
            if self._line.broken or _passing(error):
                raise Broken from None
            raise _explained(error, self._server) from None


def _settings(server: Server) -> dict[str, str]:
    """What a connection is made with, by libpq's own rules: several hosts, service files, .pgpass and PG… variables.

    Of several hosts the one that can be written is wanted, unless the address says otherwise.

    Raises: LibraryError where the address cannot be read; ImportError.
    """
    unreadable = LibraryError(
        "the library's address cannot be read", "postgresql://user@host/database; / and @ in a password are %2F and %40"
    )
    # libpq would take a part of such a password for a host, and say so.
    if any(sign in server.address.partition("://")[2].rpartition("@")[0] for sign in "/?#@"):
        raise unreadable
    try:
        given = settings_of(server.address)
    except Refused:
        raise unreadable from None
    ours = {
        name: value
        for name, (variable, value) in _DEFAULTS.items()
        if name not in given and not os.environ.get(variable)
    }
    hosts = given.get("host") or given.get("hostaddr") or os.environ.get("PGHOST", "")
    if "," in hosts and "target_session_attrs" not in given and not os.environ.get("PGTARGETSESSIONATTRS"):
        ours["target_session_attrs"] = "read-write"
    return {**given, **ours}


def _explained(error: Refused, server: Server) -> LibraryError:
    """One of litbase's errors for one of PostgreSQL's, by its SQLSTATE.

    Source: PostgreSQL 15, appendix A, "PostgreSQL Error Codes".
    """
    code = error.state
    if code == "55P03":
        return Locked(f"another litbase is writing to {server}", "nothing was changed; try again when it has finished")
    if code in ("42501", "25006"):
        return ReadOnly(f"the library {server} may not be written or read so by you", "ask its administrator")
    if code == "53100":
        return LibraryError("the server's disk is full; nothing was changed", "tell its administrator")
    if code == "23503":
        return Clash(
            f"something in {server} still hangs on what was to go, perhaps private notes of another member",
            "nothing was changed; litbase remove puts a source in the bin",
        )
    if code.startswith("23"):
        return Clash(f"a row does not go with the others in {server} ({_kind(error)})", "nothing was changed")
    if code.startswith(("08", "57P")):
        return gone(server)
    return LibraryError(f"the library {server} cannot be used ({_kind(error)})", "tell its administrator")


def _kind(error: Refused) -> str:
    return f"{error.name} {error.state}".strip()


def gone(server: Server) -> LibraryError:
    """The error for a server that was there and is not any more."""
    return LibraryError(f"the connection to {server} broke, and no other could be made", "nothing was changed")


def _unreachable(error: Refused, server: Server) -> Unreachable:
    """The error for a server that cannot be talked to; libpq's words say why, and hold no password."""
    secret = settings_of(server.address).get("password")
    reason = next(iter(error.said.splitlines()), error.name)
    hint = "check the address, your rights and the network; psql with the same address tells more"
    if "no password supplied" in reason:
        hint = "keep the password in ~/.pgpass, or in the variable PGPASSWORD"
    return Unreachable(f"cannot reach the library {server}: {reason.replace(secret, '…') if secret else reason}", hint)


def _passing(error: Refused) -> bool:
    """Whether the same may succeed on a new connection: it broke, the server goes down, or another's work was first.

    Source: PostgreSQL 15, appendix A: classes 08 and 57P, 40001, 40P01; 25006 on a server that has become a standby.
    """
    code = error.state
    return code.startswith(("08", "57P")) or code in ("40001", "40P01")
