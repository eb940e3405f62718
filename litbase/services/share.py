"""One library for several people: its members, made and unmade, or the SQL for an administrator to do so."""

from collections.abc import Callable
from typing import NamedTuple

from litbase.errors import LibraryError
from litbase.place import Place, Server

# Of a library that is still a file, an administrator may want to see what a server would be told.
DATABASE = "litbase"


class Self(NamedTuple):
    """Who one is in a library. In a file `role` is empty: it has one reader, who owns it."""

    library: str
    role: str
    member: bool
    owner: bool
    sees_all: bool


def init(library: Place, only_sql: bool = False) -> list[str]:
    """Make a library on a server ready for members; the statements that did, or with `only_sql` would.

    Raises: LibraryError for a file; ReadOnly where one may not make roles.
    """
    from litbase.store.opened import exists
    from litbase.store.postgres import members

    made = isinstance(library, Server) and exists(library)
    if only_sql and not made:
        name = library.database if isinstance(library, Server) else ""
        return [*members.creation(), *members.preparation(name or DATABASE)]
    if not made:
        from litbase.store.writer import write

        with write(_server(library), "share init"):
            pass  # a library is made by being written to
    return _done(library, members.preparation, only_sql)


def invite(library: Place, name: str, only_sql: bool = False) -> list[str]:
    """Make someone a member, with a role of that name; the statements that did, or would.

    Raises: NotFound where there is no library; BadInput; LibraryError.
    """
    from litbase.store.postgres import members

    return _done(library, lambda database: members.invitation(database, name), only_sql)


def revoke(library: Place, name: str, only_sql: bool = False) -> list[str]:
    """Let someone be a member no more; the statements that did, or would. Her role and her notes stay.

    Raises: NotFound where there is no library; BadInput; LibraryError.
    """
    from litbase.store.postgres import members

    return _done(library, lambda database: members.revocation(database, name), only_sql)


def whoami(library: Place) -> Self:
    """Who one is, and what one may see.

    Raises: NotFound where there is no library on the server; LibraryError.
    """
    from litbase.store.postgres import members

    if not isinstance(library, Server):
        return Self(str(library), "", False, True, True)
    return Self(str(library), *members.whoami(library))


def _done(library: Place, statements: Callable[[str], list[str]], only_sql: bool) -> list[str]:
    from litbase.store.postgres import members

    if only_sql and not isinstance(library, Server):
        return statements(DATABASE)
    server = _server(library)
    wanted = statements(members.database_of(server))
    if not only_sql:
        members.run(server, wanted)
    return wanted


def _server(library: Place) -> Server:
    if isinstance(library, Server):
        return library
    raise LibraryError(
        f"{library} is a file of your own, which nobody else reads",
        "to share a library, keep it on a server: LITBASE_LIBRARY=postgresql://you@host/database",
    )
