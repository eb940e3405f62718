"""What a library holds that a work put to it could be: looked up for a million works at once, kept out of memory.

The works asked about and what was found lie in a private database of this run, which has no name and goes with it.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self

from litbase.errors import LibraryError

from .chunks import chunked
from .connection import Row
from .identities import Identity, identities
from .reader import Reader

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE asked (id INTEGER PRIMARY KEY, uuid TEXT, doi TEXT, key TEXT, work BLOB, year INTEGER) STRICT;
CREATE INDEX asked_work ON asked (work);
CREATE INDEX asked_year ON asked (year);
CREATE TABLE held (
    place INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    citekey TEXT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    work BLOB NOT NULL,
    has_doi INTEGER NOT NULL,
    telling TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    revived INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX held_uuid ON held (uuid) WHERE uuid <> '';
CREATE INDEX held_key ON held (key);
CREATE INDEX held_work ON held (work, has_doi) WHERE deleted = 0;
CREATE TABLE doi (doi TEXT, place INTEGER, PRIMARY KEY (doi, place)) STRICT, WITHOUT ROWID;
BEGIN;
"""
_HELD = "h.citekey, h.has_doi, h.title, h.telling, h.deleted AND NOT h.revived FROM held h"


class Work(NamedTuple):
    """A work by what is told of it in brief, made comparable: title, names, year."""

    title: str
    byline: str
    year: int | None

    @property
    def key(self) -> bytes:
        """By what it is found again."""
        from hashlib import blake2b

        return blake2b("\n".join(map(str, self)).encode("utf-8", "replace"), digest_size=16).digest()


class Traits(NamedTuple):
    """A source or an entry as far as it must be told from another. `telling` are fields by which two may differ."""

    citekey: str
    dois: tuple[str, ...]
    work: Work
    telling: Mapping[str, str]
    uuid: str = ""
    deleted: bool = False


class Held(NamedTuple):
    """A source that is there; `title` and `telling` as in Traits, `deleted`: it is in the bin."""

    citekey: str
    has_doi: bool
    title: str
    telling: Mapping[str, str]
    deleted: bool


class Candidates:
    """The sources that works could be, and those works that have been kept since. Use it in a `with` block.

    `told(identity)` makes a source comparable; `work(row)` does so for the title, byline and year of a row alone.
    """

    def __init__(self, told: Callable[[Identity], Traits], work: Callable[[Row], Work]) -> None:
        self._told, self._work = told, work
        self.any_held = False  # whether the library holds any source at all
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(error, sqlite3.Error):
            raise LibraryError(
                f"no room for what is compared ({error}); nothing was changed", "make room for temporary files"
            ) from error

    def look(self, reader: Reader, asked: Iterable[Traits]) -> None:
        """Go through the library for whatever one of these works could be."""
        self.any_held = bool(reader._all("SELECT EXISTS (SELECT 1 FROM source)")[0][0])
        if not self.any_held:
            return
        for one in asked:
            self._connection.execute(
                "INSERT INTO asked (uuid, doi, key, work, year) VALUES (?, ?, ?, ?, ?)",
                (one.uuid, next(iter(one.dois), ""), one.citekey, one.work.key, one.work.year),
            )
        for column, sql in (
            ("uuid", "SELECT id FROM source WHERE uuid IN ({})"),
            ("doi", "SELECT id FROM source WHERE doi IN ({})"),
            ("doi", "SELECT source_id FROM doi_alias WHERE doi IN ({})"),
            ("key", "SELECT id FROM source WHERE citekey IN ({})"),
        ):
            for names in chunked(self._asked(column)):
                self._take(reader, (row[0] for row in reader._all(sql.format(_marks(names)), names)))
        for (year,) in self._connection.execute("SELECT DISTINCT year FROM asked").fetchall():
            self._take(reader, self._of(reader, year))

    def put(self, traits: Traits) -> None:
        """A work has been kept."""
        self._put(None, traits)

    def revive(self, citekey: str) -> None:
        """A source has come out of the bin."""
        self._connection.execute("UPDATE held SET revived = 1 WHERE key = ?", (citekey.lower(),))

    def by_uuid(self, uuid: str) -> str | None:
        """The citekey of the source with that public id, in the bin or not."""
        row = self._connection.execute("SELECT citekey FROM held WHERE uuid = ? AND uuid <> ''", (uuid,)).fetchone()
        return str(row[0]) if row else None

    def by_doi(self, doi: str) -> Held | None:
        """The source with that DOI, its own or one that leads to it; the last in the bin where there is no other."""
        order = "ORDER BY h.deleted, CASE WHEN h.deleted THEN -h.place ELSE h.place END LIMIT 1"
        return next(
            self._found(f"{_HELD} JOIN doi d ON d.place = h.place WHERE d.doi = ? {order}", doi) if doi else iter(()),
            None,
        )

    def by_key(self, citekey: str) -> Held | None:
        """The source with that citekey, whatever its case; None for one in the bin."""
        return next(
            self._found(f"{_HELD} WHERE h.key = ? AND h.deleted = 0 ORDER BY h.place DESC LIMIT 1", citekey.lower()),
            None,
        )

    def by_work(self, work: Work, any_doi: bool) -> Iterator[Held]:
        """The sources that tell the same of themselves, those in the bin left out, in the order they were added.

        Without `any_doi` only those that have no DOI.
        """
        wanted = "" if any_doi else "AND h.has_doi = 0"
        return self._found(f"{_HELD} WHERE h.deleted = 0 {wanted} AND h.work = ? ORDER BY h.place", work.key)

    def _found(self, sql: str, value: str | bytes) -> Iterator[Held]:
        for row in self._connection.execute(f"SELECT {sql}", (value,)):
            yield Held(row[0], bool(row[1]), row[2], json.loads(row[3]), bool(row[4]))

    def _asked(self, column: str) -> Iterator[str]:
        rows = self._connection.execute(f"SELECT {column} FROM asked WHERE {column} <> ''")
        return (row[0] for row in rows)

    def _of(self, reader: Reader, year: int | None) -> Iterator[int]:
        """Sources of a year that tell the same of themselves as a work that is asked about."""
        found = "year = ?" if year is not None else "year IS NULL"
        after = 0
        while rows := reader._all(
            f"SELECT id, title, byline, year FROM source WHERE {found} AND deleted IS NULL AND id > ? "
            "ORDER BY id LIMIT 500",
            (*([] if year is None else [year]), after),
        ):
            after = rows[-1]["id"]
            keys = [self._work(row).key for row in rows]
            asked = self._connection.execute(f"SELECT DISTINCT work FROM asked WHERE work IN ({_marks(keys)})", keys)
            wanted = {work for (work,) in asked}
            yield from (row["id"] for row, key in zip(rows, keys, strict=True) if key in wanted)

    def _take(self, reader: Reader, ids: Iterable[int]) -> None:
        for chunk in chunked(ids, 200):
            places = sorted(set(chunk))
            for place, identity in zip(places, identities(reader, places), strict=True):
                self._put(place, self._told(identity))

    def _put(self, place: int | None, one: Traits) -> None:
        put = self._connection.execute(
            "INSERT INTO held (place, uuid, citekey, key, title, work, has_doi, telling, deleted) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                place,
                one.uuid,
                one.citekey,
                one.citekey.lower(),
                one.work.title,
                one.work.key,
                bool(one.dois),
                json.dumps(one.telling),
                one.deleted,
            ),
        )
        if put.rowcount:
            rows = [(doi, put.lastrowid) for doi in dict.fromkeys(one.dois)]
            self._connection.executemany("INSERT INTO doi VALUES (?, ?)", rows)


def _marks(values: list[Any]) -> str:
    return ", ".join("?" * len(values))
