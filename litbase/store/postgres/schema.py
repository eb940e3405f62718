"""The version of a library on a server, and bringing an older one up to date.

The tables are those of a file (`store/schema.py`), version pair included, and what a shared library needs
beside: whose a row is, and policies by which PostgreSQL itself shows private rows to nobody else.
"""

from litbase import __version__
from litbase.errors import Damaged, Newer
from litbase.place import Server
from litbase.store import files, schema

from .session import Session
from .tables import MIGRATIONS

# Held by every transaction that writes or migrates, so that two never begin work that only one can finish:
# "LITB". An advisory lock is of one database.
LOCK = "SELECT pg_advisory_xact_lock(x'4C495442'::bigint)"


def found(session: Session) -> dict[str, str] | None:
    """What a library says of itself: schema, oldest_reader, written_by; None where there is none.

    Raises: Damaged where another program has a schema of that name.
    """
    if session.execute("SELECT to_regclass('litbase.library')").fetchall()[0][0] is None:
        return None
    rows = session.execute("SELECT name, value FROM litbase.library").fetchall()
    told = {str(row[0]): str(row[1]) for row in rows}
    if not told.get("schema", "").isdigit():
        raise Damaged("the schema “litbase” of that database is not a litbase library", "name another database")
    return told


def refuse_newer(server: Server, told: dict[str, str], writing: bool) -> None:
    """Refuse a library that a newer litbase wrote, for reading where it says so, for writing always.

    Raises: Newer.
    """
    number = int(told.get("schema", 0))
    if number > schema.SCHEMA and (writing or int(told.get("oldest_reader", number)) > schema.SCHEMA):
        raise files.newer(server, number, told.get("written_by", "?"))


def migrate(session: Session) -> None:
    """Bring a library to this litbase's schema, from nothing too, inside the caller's transaction and under its lock.

    Raises: Newer, as another litbase may have been quicker.
    """
    session.execute("CREATE SCHEMA IF NOT EXISTS litbase")
    told = found(session)
    present = int(told["schema"]) if told else 0
    if present > schema.SCHEMA:
        raise Newer("a newer litbase has just migrated the library", "use that litbase; the library is untouched")
    for number, script in sorted(MIGRATIONS.items()):
        if present < number <= schema.SCHEMA:
            session.script(script)
    settings = {"schema": schema.SCHEMA, "oldest_reader": schema.OLDEST_READER, "written_by": __version__}
    for name, value in settings.items():
        session.execute(
            "INSERT INTO library VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, str(value)),
        )
