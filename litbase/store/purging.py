"""Erasing for good: rows, full text, rendered entries, raw answers, and the texts that history keeps.

A change keeps its place, time and name as a tombstone and loses what it held. SQLite overwrites what is
deleted (`secure_delete`); where the full text does not, it is made anew from what is left.
"""

import sqlite3
from collections.abc import Collection, Sequence
from json import dumps
from pathlib import Path
from typing import NamedTuple

from litbase.domain.library import Source
from litbase.errors import LibraryError
from litbase.place import Place

from . import backups, files, schema, verdicts
from .chunks import chunked
from .reader import Reader
from .recording import Recorder


class Removed(NamedTuple):
    """A note that has been removed and stands only in history: whose it was (a citekey, or empty), and since when."""

    uuid: str
    citekey: str
    removed: str


class Bin(Reader):
    """A reader of what has been removed and not yet erased.

    Raises: as `Reader`.
    """

    def __enter__(self) -> "Bin":
        super().__enter__()
        return self

    def removed_sources(self) -> list[Source]:
        """The sources in the bin, the last removed first."""
        return self._sources("s.deleted IS NOT NULL ORDER BY s.deleted DESC", {})

    def removed_source(self, key: str) -> Source | None:
        """The source in the bin that has that citekey."""
        found = self._sources("s.deleted IS NOT NULL AND s.citekey = :key", {"key": key})
        return found[0] if found else None

    def removed_notes(self) -> list[Removed]:
        """The notes that stand only in history, the last removed first."""
        rows = self._all(
            "SELECT c.key, coalesce(max(s.citekey), ''), max(c.at) FROM change c LEFT JOIN source s "
            "ON s.uuid = coalesce(json_extract(c.before, '$.source'), json_extract(c.after, '$.source')) "
            "WHERE c.entity = 'note' AND coalesce(c.before, c.after) IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM note n WHERE n.uuid = c.key) GROUP BY c.key ORDER BY 3 DESC, 1"
        )
        return [Removed(*row) for row in rows]

    def earlier_texts(self, notes: Collection[str]) -> int:
        """How many remembered changes of these notes hold anything, their present texts not counted."""
        sql = "SELECT count(*) FROM change WHERE entity = 'note' AND coalesce(before, after) IS NOT NULL AND key IN "
        found = (self._all(f"{sql}({', '.join('?' * len(some))})", some) for some in chunked(sorted(notes)))
        return sum(int(rows[0][0]) for rows in found)


class Purger(Recorder):
    """What a transaction can erase. Nothing of it can be undone."""

    def purge(self, sources: Sequence[str], notes: Sequence[str], earlier: Sequence[str] = ()) -> None:
        """Erase sources and notes by public ids, and what the notes `earlier` said before what they say now."""
        for entity, uuid in self.erase(sources, notes, earlier):
            self._remember("purge", uuid, None, {"entity": entity})
        for uuid in earlier:
            self._remember("purge", uuid, None, {"entity": "earlier texts"})

    def erase(
        self, sources: Sequence[str], notes: Sequence[str], earlier: Sequence[str] = (), below: bool = True
    ) -> list[tuple[str, str]]:
        """As `purge`, and say nothing of it in history; what is gone, as pairs of what it was and its public id.

        With `below`, the notes of the sources are found; without, they are all named.
        """
        self._connection.execute("CREATE TEMP TABLE purged (uuid TEXT PRIMARY KEY, entity TEXT NOT NULL)")
        fill = "INSERT INTO purged VALUES (?, ?) ON CONFLICT DO NOTHING"
        self._connection.executemany(fill, [(uuid, "source") for uuid in sources])
        self._connection.executemany(fill, [(uuid, "note") for uuid in notes])
        if below:
            self._connection.execute(_NOTES_OF_SOURCES)
        self._forget_citations()
        self._erase_rows()
        self._connection.executemany(fill, [(uuid, "note") for uuid in earlier])
        self._blank_history()
        gone = self._connection.execute("SELECT entity, uuid FROM purged WHERE uuid NOT IN (SELECT uuid FROM note)")
        found = [(str(entity), str(uuid)) for entity, uuid in gone.fetchall()]
        self._connection.execute("DROP TABLE purged")
        self.finish()
        self._connection.texts.compact()
        return found

    def _forget_citations(self) -> None:
        """Drafts that cite an erased source can be read again; what the ledger quotes of them goes."""
        self._connection.execute(
            "DELETE FROM cited WHERE citekey COLLATE NOCASE IN (SELECT citekey FROM source WHERE uuid IN "
            f"(SELECT uuid FROM purged) UNION SELECT citekey FROM citekey_alias WHERE source_id IN ({_SOURCES}))"
        )

    def _erase_rows(self) -> None:
        ids = self._connection.execute(_SOURCES).fetchall()
        self._connection.texts.remove([row[0] for row in ids])
        touched = self._connection.execute(
            f"SELECT DISTINCT source_id FROM note WHERE uuid IN (SELECT uuid FROM purged) "
            f"AND source_id NOT IN ({_SOURCES})"
        )
        self._touched.update(row[0] for row in touched)
        self._connection.execute("DELETE FROM note WHERE uuid IN (SELECT uuid FROM purged)")
        pairs = "first IN (SELECT uuid FROM purged) OR second IN (SELECT uuid FROM purged)"
        self._connection.execute(f"DELETE FROM different WHERE {pairs}")
        self._names = {
            name
            for table, column in (("citekey_alias", "citekey"), ("doi_alias", "doi"))
            for (name,) in self._connection.execute(f"SELECT {column} FROM {table} WHERE source_id IN ({_SOURCES})")
        }
        # Contributors, other names, answers, concepts and rendered entries go with their source.
        self._connection.execute("DELETE FROM source WHERE uuid IN (SELECT uuid FROM purged WHERE entity = 'source')")

    def _blank_history(self) -> None:
        self._connection.execute(_BLANK)
        self._connection.execute(_BLANK_NAMES)
        # A name is itself telling: the tombstone goes by its source instead.
        self._connection.executemany(
            "UPDATE change SET before = NULL, after = NULL, key = '' "
            "WHERE entity IN ('citekey_alias', 'doi_alias') AND key = ?",
            [(name,) for name in self._names],
        )


_SOURCES = "SELECT id FROM source WHERE uuid IN (SELECT uuid FROM purged WHERE entity = 'source')"
# The notes that stand on the sources, and those that were removed from them. A note that a merge has moved
# to another source is that one's.
_NOTES_OF_SOURCES = (
    "INSERT INTO purged SELECT uuid, 'note' FROM note "
    f"WHERE source_id IN ({_SOURCES}) UNION SELECT key, 'note' FROM change WHERE entity = 'note' "
    "AND coalesce(json_extract(before, '$.source'), json_extract(after, '$.source')) IN (SELECT uuid FROM purged) "
    "AND key NOT IN (SELECT uuid FROM note) ON CONFLICT DO NOTHING"
)
_HOLDER = "coalesce(json_extract(before, '$.source'), json_extract(after, '$.source'))"
_BLANK_NAMES = (
    "UPDATE change SET before = NULL, after = NULL, key = '' WHERE entity IN ('citekey_alias', 'doi_alias') "
    f"AND {_HOLDER} IN (SELECT uuid FROM purged)"
)
_BLANK = (
    "UPDATE change SET before = NULL, after = NULL WHERE (key IN (SELECT uuid FROM purged) AND entity <> 'purge') "
    "OR (entity IN ('source_concept', 'different') AND (substr(key, 1, 36) IN (SELECT uuid FROM purged) "
    "OR substr(key, 38) IN (SELECT uuid FROM purged)))"
)


def squeeze(library: Place) -> bool:
    """Write the file anew without the room that erasing has left; whether that could be done.

    What was erased is overwritten already; this takes away how much there was. A server sees to it by itself.
    """
    if not isinstance(library, Path):
        return True
    try:
        connection = files.connect(library)
    except LibraryError:
        return False
    try:
        schema.prepare(connection)
        # The copy it sorts through holds notes: it has no place in the system's folder for temporary files.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("VACUUM")
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return True


def holding(library: Place, uuids: Collection[str]) -> list[Path]:
    """The backups that hold any of these rows or what history kept of them, and those that cannot be looked into.

    A server's backups are its administrator's.
    """
    if not isinstance(library, Path):
        return []
    return [one.path for one in backups.backups(library) if _holds(one.path, dumps(list(uuids)))]


def _holds(path: Path, uuids: str) -> bool:
    wanted = "IN (SELECT value FROM json_each(?))"
    try:
        connection = verdicts.look_into(path)
        try:
            return any(
                connection.execute(f"SELECT 1 FROM {table} {wanted} LIMIT 1", (uuids,)).fetchone()
                for table in (
                    "source WHERE uuid",
                    "note WHERE uuid",
                    "change WHERE coalesce(before, after) IS NOT NULL AND entity <> 'purge' AND key",
                )
            )
        finally:
            connection.close()
    except (sqlite3.Error, LibraryError):
        return True
