"""`share …`: one library for several people."""

from collections.abc import Sequence
from typing import Annotated

from . import console, session
from .command import Argument, Json, Option

_Name = Annotated[str, Argument("The role that person logs in with.", "NAME")]
_Sql = Annotated[bool, Option(("--sql",), "Print the SQL for an administrator to run, and do nothing.")]


def init(*, sql: _Sql = False) -> int:
    """Make a library on a server ready for members: a group of theirs, with the least rights they need.

    Do it as the role that owns the library, or is to own it, and let nobody work as that role: it
    can lift what keeps private notes private. It needs the right to make roles.

    Examples:
      litbase share init --sql
    """
    from litbase.services import share as service

    _told(service.init(session.current.library, sql), sql, "the library is ready; litbase share invite NAME")
    return 0


def invite(name: _Name, *, sql: _Sql = False) -> int:
    """Make someone a member, with a role of their own, which is made where there is none.

    The role is made without a password: set one in psql (\\password NAME), or let the server's own
    rules say how its members prove who they are.

    Examples:
      litbase share invite anna --sql
    """
    from litbase.services import share as service

    _told(service.invite(session.current.library, name, sql), sql, f"{name} is a member; psql's \\password sets a word")
    return 0


def revoke(name: _Name, *, sql: _Sql = False) -> int:
    """Let someone be a member no more. Their notes stay, and the private ones stay unread.

    Examples:
      litbase share revoke anna --sql
    """
    from litbase.services import share as service

    _told(service.revoke(session.current.library, name, sql), sql, f"{name} is a member no more; the notes stay")
    return 0


def whoami(*, json: Json = False) -> int:
    """Say who you are in the library, and what is kept from you.

    Examples:
      litbase share whoami
    """
    from litbase.services import share as service

    found = service.whoami(session.current.library)
    if json:
        console.emit({"schema": "litbase.whoami/1", **found._asdict()})
    elif not found.role:
        console.line(f"{found.library} is a file of your own")
    else:
        rights = ("member", found.member), ("owner", found.owner)
        console.line(f"{found.role}, {' and '.join(word for word, is_so in rights if is_so) or 'no member'}")
        if found.sees_all:
            console.say("the server keeps nothing from this role: work as another one")
    return 0


def _told(statements: Sequence[str], sql: bool, done: str) -> None:
    if sql:
        for statement in statements:
            console.raw(statement)
    else:
        console.say(done)
