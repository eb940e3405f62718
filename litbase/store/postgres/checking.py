"""A library on a server held against itself: the rules that guard it, and what in it is made from something else.

PostgreSQL looks after its own files, and the keys see to it that no row belongs to nothing; so what is looked at
is whether keys, indexes and the policies that keep private words private are still there, and whether the server
keeps what it says it keeps. A member sees as much of that as its owner does.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase import stages
from litbase.place import Server
from litbase.store import checking
from litbase.store.chunks import chunked

from . import vectors
from .library import reading, writing
from .session import Session
from .tables import MIGRATIONS

Kind: TypeAlias = Literal["open", "rules", "index", "derived", "unsafe", "alone"]

# Of a larger library so many stretches are looked at, and in each so many sources.
_STRETCHES = 25
_STRETCH = 200

# What only its own member may see, and whose it is.
_PRIVATE = {
    "note": "private = 1 AND owner <> current_user",
    "change": "private_to NOT IN ('', current_user)",
    "private_text": "owner <> current_user",
    "draft": "owner <> current_user",
    "cited": "FALSE",
}
_OF_LITBASE = "JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = 'litbase'"
_LIVE = "SELECT id FROM source WHERE deleted IS NULL"
_UNFOUND = f"FROM ({_LIVE}) AS live WHERE NOT EXISTS (SELECT 1 FROM search WHERE source_id = live.id)"
_STRAY = "FROM search WHERE source_id IN (SELECT id FROM source WHERE deleted IS NOT NULL)"
_MINE = "SELECT source_id FROM note WHERE private = 1 AND owner = current_user"
_UNFOUND_MINE = (
    f"FROM ({_LIVE} AND id IN ({_MINE})) AS mine WHERE NOT EXISTS "
    "(SELECT 1 FROM private_text WHERE source_id = mine.id AND owner = current_user)"
)
_STRAY_MINE = f"FROM private_text WHERE owner = current_user AND source_id NOT IN ({_MINE})"
_COLUMNS = (*vectors.WEIGHTS, "words", "marks")
_STALE = (
    f"SELECT s.source_id FROM search s JOIN {vectors.MADE} ON made.source_id = s.source_id "
    f"WHERE ({', '.join(f's.{name}' for name in _COLUMNS)}) IS DISTINCT FROM "
    f"({', '.join(f'made.{name}' for name in _COLUMNS)})"
)


class Flaw(NamedTuple):
    """What is wrong: its kind, in words, and the citekeys or tables it is about.

    `open`: private words are not kept from others; `rules`: a key or an index is gone; `index` and `derived` as in a
    file; `unsafe`: the server may lose what it has said was kept; `alone`: no other server has it too.
    """

    kind: Kind
    message: str
    about: tuple[str, ...] = ()


def flaws(server: Server) -> list[Flaw]:
    """All that is wrong with a library, as far as one can see. Nothing is changed.

    Raises: NotFound; Newer; LibraryError.
    """
    session = reading(server)
    try:
        return [*_open(session), *_rules(session), *_index(session), *_compared(session), *_kept(session)]
    finally:
        session.close()


def mend(server: Server) -> None:
    """Make again what is made from something else, where it is not what it should be; the full text of all sources.

    Raises: Locked; ReadOnly; LibraryError.
    """
    with writing(server) as session, stages.stage("making it anew", checking.count(session)) as done:
        session.execute(f"DELETE {_STRAY}")
        session.execute(f"DELETE {_STRAY_MINE}")
        checking.put_years_right(session)
        for number, rows in enumerate(chunked(checking.live(session), _STRETCH), 1):
            wrong = set(checking.differing(session, rows))
            for row in rows:
                if row["citekey"] in wrong:
                    checking.list_anew(session, row)
            session.texts.put(row["id"] for row in rows)
            done(number * _STRETCH)


def _open(session: Session) -> Iterator[Flaw]:
    """Whether policies are there, bind everybody, and hide what they should."""
    unbound = _names(
        session,
        f"SELECT c.relname FROM pg_class c {_OF_LITBASE} WHERE c.relname = ANY(CAST(? AS text[])) "
        "AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1",
        [list(_PRIVATE)],
    )
    there = _names(session, f"SELECT polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid {_OF_LITBASE}")
    wanted = _told_of(r"CREATE POLICY (\w+)")
    if unbound or wanted - there or there - wanted:
        about = (*sorted(unbound), *sorted(wanted ^ there))
        yield Flaw("open", f"private notes may not be kept from other members ({', '.join(about)})", about)
    triggers = _names(
        session,
        f"SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid {_OF_LITBASE} "
        "WHERE tgenabled IN ('O', 'A')",
    )
    if missing := sorted(_told_of(r"CREATE TRIGGER (\w+)") - triggers):
        yield Flaw("open", "the history of private notes is not kept from other members", tuple(missing))
    everybodys = _names(
        session, f"SELECT c.relname FROM pg_class c {_OF_LITBASE}, aclexplode(c.relacl) a WHERE a.grantee = 0"
    )
    if everybodys:
        about = tuple(sorted(everybodys))
        yield Flaw("open", f"whoever may connect to the database may use {', '.join(about)}", about)
    if session.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = current_user AND NOT (rolsuper OR rolbypassrls)"
    ).fetchone():
        seen = [table for table, others in _PRIVATE.items() if _any(session, f"FROM {table} WHERE {others}")]
        if seen:
            yield Flaw("open", f"you can read what is private to others ({', '.join(seen)})", tuple(seen))


def _rules(session: Session) -> Iterator[Flaw]:
    """Whether keys and indexes are there and valid."""
    keys = _names(
        session,
        f"SELECT conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid {_OF_LITBASE} WHERE k.convalidated",
    )
    wanted = {
        f"{table}_{column}_fkey"
        for script in MIGRATIONS.values()
        for table, columns in re.findall(r"^CREATE TABLE (\w+) \((.*?)^\);", script, re.MULTILINE | re.DOTALL)
        for column in re.findall(r"^    (\w+) bigint [^,\n]*REFERENCES", columns, re.MULTILINE)
    }
    if missing := sorted(wanted - keys):
        yield Flaw("rules", f"nothing holds rows to those they belong to ({', '.join(missing)})", tuple(missing))
    indexes = _names(
        session,
        f"SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid {_OF_LITBASE} "
        "WHERE i.indisvalid AND i.indisready",
    )
    dropped = _told_of(r"DROP INDEX (\w+)")
    if lost := sorted(_told_of(r"CREATE (?:UNIQUE )?INDEX (\w+)") - dropped - indexes):
        yield Flaw("rules", f"searches and lists are slow without {', '.join(lost)}", tuple(lost))


def _index(session: Session) -> Iterator[Flaw]:
    """Whether every source has its full text, one's own private words too, and nothing else has one."""
    with stages.stage("checking the index", checking.count(session), counted=False):
        unfound, stray = (
            sum(int(session.execute(f"SELECT count(*) {sql}").fetchall()[0][0]) for sql in both)
            for both in ((_UNFOUND, _UNFOUND_MINE), (_STRAY, _STRAY_MINE))
        )
    if unfound:
        yield Flaw("index", f"{unfound} sources cannot be found by what they hold")
    if stray:
        yield Flaw("index", f"{stray} sources stand in the full-text index that should not")


def _compared(session: Session) -> Iterator[Flaw]:
    """What is made from an item against the item: of all sources, or of some throughout a large library."""
    lost: list[str] = []
    stale: list[str] = []
    looked_at = 0
    with stages.stage("comparing the sources", _STRETCHES * _STRETCH) as done:
        for rows in _stretches(session):
            keys = {row["id"]: str(row["citekey"]) for row in rows}
            texts = vectors.public_texts(session, list(keys))
            unlike = {row[0] for row in session.execute(_STALE, vectors.made(texts))}
            lost += [key for one, key in keys.items() if one in unlike]
            stale += checking.differing(session, rows)
            looked_at += len(rows)
            done(looked_at)
    if lost:
        message = f"{len(lost)} of {looked_at:,} sources looked at cannot be found by what they hold"
        yield Flaw("index", message, tuple(lost))
    yield from (Flaw("derived", one.message, one.about) for one in checking.derived(session, stale))


def _stretches(session: Session) -> Iterator[list[Any]]:
    first, last = session.execute("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM source").fetchall()[0]
    if last - first < _STRETCHES * _STRETCH:
        yield from chunked(checking.live(session), _STRETCH)
        return
    sql = "SELECT * FROM source WHERE deleted IS NULL AND id >= ? ORDER BY id LIMIT ?"
    for number in range(_STRETCHES):
        start = first + (last - first + 1 - _STRETCH) * number // (_STRETCHES - 1)
        if rows := session.execute(sql, (start, _STRETCH)).fetchall():
            yield rows


def _kept(session: Session) -> Iterator[Flaw]:
    """Whether what is kept outlives a power cut, and the machine."""
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _setting(session, name) == "off"]
    if off:
        yield Flaw("unsafe", f"the server may lose what it has said was kept: off is {', '.join(off)}", tuple(off))
    if session.execute("SELECT pg_is_in_recovery()").fetchall()[0][0]:
        return
    if not _any(session, "FROM pg_stat_replication"):
        yield Flaw("alone", "no standby follows the server at this moment")
    elif not _setting(session, "synchronous_standby_names"):
        yield Flaw("alone", "a standby follows the server, and may lack the last that was kept")


def _setting(session: Session, name: str) -> str:
    return str(session.execute("SELECT current_setting(?)", (name,)).fetchall()[0][0])


def _any(session: Session, sql: str) -> bool:
    return bool(session.execute(f"SELECT EXISTS (SELECT 1 {sql})").fetchall()[0][0])


def _names(session: Session, sql: str, values: list[Any] | None = None) -> set[str]:
    return {str(row[0]) for row in session.execute(sql, values or [])}


def _told_of(pattern: str) -> set[str]:
    """The names that migrations make, or take away."""
    return {name for script in MIGRATIONS.values() for name in re.findall(pattern, script)}
