"""Who may use a library on a server: its members, each a role of the server's, and the least rights they need.

Members are in one group, which is named for the database. They may read and change what is shared; what is
private is kept from them by the policies of `tables.py`. None may make, change or drop a table, and none may
rewrite history or put a note under another's name.
"""

from typing import NamedTuple

from litbase import __version__
from litbase.errors import BadInput
from litbase.place import Server
from litbase.store import schema as files_schema

from . import schema
from .library import administering, reading
from .tables import MIGRATIONS

# Whose rows everybody may read and change, as far as policies allow.
_SHARED = (
    "source", "contributor", "citekey_alias", "doi_alias", "concept", "concept_alias", "concept_broader",
    "source_concept", "different", "answer", "entry", "search", "private_text", "draft", "cited",
)  # fmt: skip


class Member(NamedTuple):
    """Who one is on a server. `sees_all`: a superuser, or a role that no policy binds."""

    role: str
    member: bool
    owner: bool
    sees_all: bool


def creation() -> list[str]:
    """The statements that make an empty library in a database."""
    settings = {"schema": files_schema.SCHEMA, "oldest_reader": files_schema.OLDEST_READER, "written_by": __version__}
    rows = ", ".join(f"('{name}', '{value}')" for name, value in settings.items())
    return [
        "CREATE SCHEMA litbase;",
        "SET search_path = litbase, public;",
        *(MIGRATIONS[number].strip() for number in sorted(MIGRATIONS)),
        f"INSERT INTO library VALUES {rows};",
    ]


def preparation(database: str) -> list[str]:
    """The statements that make the members' group and give it its rights."""
    group = _group(database)
    return [
        _role(group, "NOLOGIN"),
        f"GRANT CONNECT, TEMPORARY ON DATABASE {_quoted(database)} TO {group};",
        f"GRANT USAGE ON SCHEMA litbase TO {group};",
        f"GRANT SELECT ON litbase.library TO {group};",
        f"GRANT SELECT, INSERT, DELETE ON litbase.landed TO {group};",
        *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON litbase.{table} TO {group};" for table in _SHARED),
        f"GRANT SELECT, INSERT, DELETE ON litbase.note TO {group};",
        f"GRANT UPDATE (source_id, private, kind, locator, text, modified) ON litbase.note TO {group};",
        f"GRANT SELECT, INSERT ON litbase.change TO {group};",
        f"GRANT UPDATE (key, before, after) ON litbase.change TO {group};",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA litbase TO {group};",
    ]


def invitation(database: str, name: str) -> list[str]:
    """The statements that make someone a member; a role of that name, where there is one, is taken."""
    return [_role(_quoted(name), "LOGIN"), f"GRANT {_group(database)} TO {_quoted(name)};"]


def revocation(database: str, name: str) -> list[str]:
    """The statements by which someone is a member no more. Her notes stay, and stay hers."""
    return [f"REVOKE {_group(database)} FROM {_quoted(name)};"]


def database_of(server: Server) -> str:
    """The name of the database that a library is in.

    Raises: NotFound where there is no library; LibraryError.
    """
    session = reading(server)
    try:
        return str(session.execute("SELECT current_database()").fetchall()[0][0])
    finally:
        session.close()


def run(server: Server, statements: list[str]) -> None:
    """Run such statements, all or none.

    Raises: ReadOnly where one may not; LibraryError.
    """
    with administering(server) as session:
        schema.refuse_newer(server, schema.found(session) or {}, writing=True)
        session.script("\n".join(statements))


def whoami(server: Server) -> Member:
    """Who one is.

    Raises: NotFound; LibraryError.
    """
    session = reading(server)
    try:
        row = session.execute(
            "SELECT current_user, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = current_database() || '_members' "
            "AND pg_has_role(current_user, oid, 'MEMBER')), "
            "pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = CAST('litbase.note' AS regclass)), "
            "'MEMBER'), rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchall()[0]
    finally:
        session.close()
    return Member(*row)


def _group(database: str) -> str:
    return _quoted(f"{database}_members")


def _role(quoted: str, kind: str) -> str:
    """A role made, unless there is one of that name."""
    return f"DO $$ BEGIN CREATE ROLE {quoted} {kind}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"


def _quoted(name: str) -> str:
    """A name as an SQL identifier, whatever it holds.

    Raises: BadInput for one that no role can have.
    """
    if not name or len(name.encode()) > 63 or not name.isprintable() or "$$" in name:
        raise BadInput(f"“{name[:70]}” cannot be a role's name", "one to 63 letters")
    return '"' + name.replace('"', '""') + '"'
