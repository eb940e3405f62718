"""The one way into a library: every write is one transaction, and every change is remembered.

`write()` takes the lock at once, so two litbases never begin work that only one can finish.
sqlite-utils nests in the transaction as savepoints.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from litbase.domain import brief, citekey, item
from litbase.domain.library import CachedEntry, NewConcept, NewSource
from litbase.domain.text import fold
from litbase.errors import BadInput, NotFound

from . import files, indexing, schema
from .identity import now, uuid7


@contextmanager
def write(path: Path, command: str) -> Iterator["Writer"]:
    """One transaction on the library at `path`, made there if there is none yet.

    What the block does is kept whole when it ends, and not at all when it raises. `command` is
    what history will call it.

    Raises: LibraryError (Locked after 30 s, Newer, Damaged, ReadOnly, a full disk).
    """
    found = files.schema_of(path)
    if found is None:
        files.create(path)
    elif found < schema.SCHEMA:
        files.upgrade(path)
    try:
        connection = files.connect(path)
        try:
            if found is not None and found > schema.SCHEMA:
                raise files.newer(path, found, _written_by(connection))
            schema.prepare(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                writer = Writer(connection, command)
                yield writer
                writer.finish()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise files.explain(error, path) from error


def _written_by(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM library WHERE name = 'written_by'").fetchone()
    return str(row[0]) if row else "?"


class Writer:
    """The changes of one transaction. Rows are named by public ids; times are this moment's."""

    def __init__(self, connection: sqlite3.Connection, command: str) -> None:
        from sqlite_utils import Database

        self._connection = connection
        self._database = Database(connection, execute_plugins=False)
        self._command = command
        self._step = uuid7()
        self._now = now()
        self._touched: set[int] = set()

    # -- sources

    def add_source(self, new: NewSource) -> str:
        """Keep a source and return the citekey it got: the wished one, or the next letter of it."""
        key = self._free_citekey(new.citekey)
        uuid = uuid7()
        row = {
            "uuid": uuid,
            "citekey": key,
            "doi": new.doi,
            **_columns(new.item, key),
            "provenance": _json(new.provenance),
            "notices": _json(new.notices),
            "added": self._now,
            "modified": self._now,
            "deleted": None,
        }
        source_id = self._insert("source", row)
        self._remember("source", uuid, None, row)
        indexing.index_names(self._connection, source_id, new.item)
        self._touched.add(source_id)
        for doi in new.doi_aliases:
            self.add_doi_alias(key, doi)
        if key != new.citekey and key == f"{citekey.first_alias(new.citekey)[:-1]}b":
            self._alias_first(new.citekey)
        return key

    def change_item(self, key: str, new: item.Item, provenance: Mapping[str, Any], doi: str | None) -> None:
        """Put another item in the place of a source's; the citekey stays."""
        row = self._source(key)
        after = {
            **_columns(new, row["citekey"]),
            "doi": doi or None,
            "provenance": _json(provenance),
            "modified": self._now,
        }
        self._update("source", row, after)
        indexing.index_names(self._connection, row["id"], new)
        self._touched.add(row["id"])
        if after["year"] != row["year"]:
            self._connection.execute(
                "UPDATE source_concept SET year = ? WHERE source_id = ?", (after["year"] or 0, row["id"])
            )

    def set_notices(self, key: str, notices: Iterable[Mapping[str, Any]]) -> None:
        """Keep what the provider says happened to a work since: retractions, corrections."""
        self._update("source", self._source(key), {"notices": _json(list(notices))})

    def remove_source(self, key: str) -> None:
        """Put a source in the bin, with its notes and concepts."""
        self._update("source", self._source(key), {"deleted": self._now})

    def restore_source(self, key: str) -> None:
        """Take a source out of the bin."""
        self._update("source", self._source(key, deleted=True), {"deleted": None})

    def citekey_of(self, doi: str) -> str | None:
        """The citekey of the source that has that DOI, as its own or as an alias, the bin left out."""
        row = self._connection.execute(
            "SELECT citekey FROM source WHERE deleted IS NULL AND (doi = :doi OR id = "
            "(SELECT source_id FROM doi_alias WHERE doi = :doi))",
            {"doi": doi},
        ).fetchone()
        return None if row is None else str(row[0])

    def add_doi_alias(self, key: str, doi: str) -> None:
        """Remember that a DOI leads to a source whose own DOI is another."""
        row = self._source(key)
        if not self._exists("doi_alias", "doi", doi):
            self._insert("doi_alias", {"doi": doi, "source_id": row["id"]})
            self._remember("doi_alias", doi, None, {"source": row["uuid"]})

    def keep_answer(self, key: str, provider: str, identifier: str, body: Mapping[str, Any]) -> None:
        """Keep a provider's raw answer beside the item, in the place of an older one."""
        self._connection.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_id, provider) DO UPDATE "
            "SET identifier = excluded.identifier, fetched = excluded.fetched, body = excluded.body",
            (self._source(key)["id"], provider, identifier, self._now, _json(body)),
        )

    def keep_entry(self, key: str, entry: CachedEntry) -> None:
        """Keep a rendered entry in the place of an older one; not a change, it can be made again."""
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, style, letter) DO UPDATE "
            "SET version = excluded.version, digest = excluded.digest, inlines = excluded.inlines",
            (self._source(key)["id"], *entry),
        )

    # -- notes

    def add_note(self, key: str, text: str, kind: str, locator: str, private: bool) -> str:
        """Keep a note on a source and return its public id."""
        source = self._source(key)
        uuid = uuid7()
        row = {
            "uuid": uuid,
            "owner": "",
            "private": int(private),
            "kind": kind,
            "locator": locator,
            "text": text,
            "created": self._now,
            "modified": self._now,
        }
        self._insert("note", {**row, "source_id": source["id"]})
        self._remember("note", uuid, None, {**row, "source": source["uuid"]})
        self._touched.add(source["id"])
        return uuid

    def change_note(self, uuid: str, changes: Mapping[str, Any]) -> None:
        """Set some of a note's columns: text, kind, locator, private."""
        self._update("note", self._note(uuid), {**changes, "modified": self._now})

    def note_text(self, uuid: str) -> str:
        """A note's text as it is now, under the lock."""
        return str(self._note(uuid)["text"])

    def remove_note(self, uuid: str) -> None:
        """Remove a note; its history keeps it until it is purged."""
        row = self._note(uuid)
        self._connection.execute("DELETE FROM note WHERE id = ?", (row["id"],))
        self._remember("note", uuid, row, None)
        self._touched.add(row["source_id"])

    # -- concepts

    def add_concept(self, new: NewConcept) -> None:
        """Add a concept to the vocabulary. Its broader concepts must be there, and its names free."""
        for name in (new.name, *new.aliases):
            if self._concept_id(name) is not None:
                raise BadInput(f"“{name}” is already a concept, or another name of one", "litbase concept list")
        row = {
            "uuid": uuid7(),
            "name": new.name,
            "folded": fold(new.name),
            "definition": new.definition,
            "cues": _json(new.cues),
            "created": self._now,
        }
        concept_id = self._insert("concept", row)
        self._remember("concept", str(row["uuid"]), None, row)
        for alias in new.aliases:
            self._insert("concept_alias", {"folded": fold(alias), "alias": alias, "concept_id": concept_id})
            self._remember("concept_alias", fold(alias), None, {"alias": alias, "concept": row["uuid"]})
        for name in new.broader:
            self.add_broader(new.name, name)

    def has_concept(self, name: str) -> bool:
        """Whether a concept goes by that name or alias."""
        return self._concept_id(name) is not None

    def add_broader(self, name: str, broader: str) -> None:
        """Put a concept under a broader one."""
        lower, upper = self._concept(name), self._concept(broader)
        if lower["id"] == upper["id"] or lower["id"] in self._above(upper["id"]):
            raise BadInput(f"“{broader}” already stands under “{name}”", "a concept cannot be its own broader term")
        if upper["id"] not in self._above(lower["id"], levels=1):
            self._insert("concept_broader", {"concept_id": lower["id"], "broader_id": upper["id"]})
            self._remember("concept_broader", f"{lower['uuid']} {upper['uuid']}", None, {})

    def tag(self, key: str, concept: str) -> bool:
        """Tie a source to a concept; whether it was not tied before."""
        source, row = self._source(key), self._concept(concept)
        found = self._connection.execute(
            "SELECT 1 FROM source_concept WHERE source_id = ? AND concept_id = ?", (source["id"], row["id"])
        ).fetchone()
        if found:
            return False
        self._insert(
            "source_concept",
            {"concept_id": row["id"], "year": source["year"] or 0, "source_id": source["id"]},
        )
        self._remember("source_concept", f"{source['uuid']} {row['uuid']}", None, {})
        self._touched.add(source["id"])
        return True

    def untag(self, key: str, concept: str) -> bool:
        """Untie a source from a concept; whether it was tied."""
        source, row = self._source(key), self._concept(concept)
        cursor = self._connection.execute(
            "DELETE FROM source_concept WHERE source_id = ? AND concept_id = ?", (source["id"], row["id"])
        )
        if cursor.rowcount:
            self._remember("source_concept", f"{source['uuid']} {row['uuid']}", {}, None)
            self._touched.add(source["id"])
        return bool(cursor.rowcount)

    def finish(self) -> None:
        """Bring the full-text index up to date with every source the transaction touched."""
        for source_id in sorted(self._touched):
            indexing.index_text(self._connection, source_id)
        self._touched.clear()

    # -- rows

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        return int(self._database.table(table).insert(dict(row)).last_rowid or 0)

    def _update(self, table: str, row: sqlite3.Row, after: Mapping[str, Any]) -> None:
        changed = {name: value for name, value in after.items() if row[name] != value}
        if set(changed) <= {"modified"}:
            return
        self._database.table(table).update(row["id"], changed)
        self._remember(table, row["uuid"], {name: row[name] for name in changed}, changed)
        self._touched.add(row["id"] if table == "source" else row["source_id"])

    def _remember(
        self,
        entity: str,
        key: str,
        before: Mapping[str, Any] | sqlite3.Row | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        if isinstance(before, sqlite3.Row):
            before = {name: before[name] for name in before.keys()}  # noqa: SIM118 (a Row iterates its values)
        self._connection.execute(
            "INSERT INTO change (step, at, command, entity, key, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._step,
                self._now,
                self._command,
                entity,
                key,
                None if before is None else _json(before),
                None if after is None else _json(after),
            ),
        )

    def _exists(self, table: str, column: str, value: str) -> bool:
        found = self._connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', (value,))
        return found.fetchone() is not None

    def _source(self, key: str, *, deleted: bool = False) -> sqlite3.Row:
        row = self._connection.execute(
            "SELECT * FROM source WHERE citekey = ? OR id = (SELECT source_id FROM citekey_alias WHERE citekey = ?) "
            "ORDER BY citekey = ? DESC",
            (key, key, key),
        ).fetchone()
        if row is None or (row["deleted"] is not None) != deleted:
            raise NotFound(f"no source with the citekey “{key}”", "litbase list shows them all")
        assert isinstance(row, sqlite3.Row)
        return row

    def _note(self, uuid: str) -> sqlite3.Row:
        row = self._connection.execute("SELECT * FROM note WHERE uuid = ?", (uuid,)).fetchone()
        if row is None:
            raise NotFound("that note is not there any more", "litbase note list KEY shows what is")
        assert isinstance(row, sqlite3.Row)
        return row

    def _concept_id(self, name: str) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM concept WHERE folded = :name "
            "UNION SELECT concept_id FROM concept_alias WHERE folded = :name",
            {"name": fold(name)},
        ).fetchone()
        return None if row is None else int(row[0])

    def _concept(self, name: str) -> sqlite3.Row:
        row = self._connection.execute("SELECT * FROM concept WHERE id = ?", (self._concept_id(name),)).fetchone()
        if row is None:
            raise NotFound(f"no concept “{name}”", "litbase concept list shows them; litbase concept add makes one")
        assert isinstance(row, sqlite3.Row)
        return row

    def _above(self, concept_id: int, levels: int = 64) -> set[int]:
        rows = self._connection.execute(
            "WITH RECURSIVE up (id, level) AS (SELECT broader_id, 1 FROM concept_broader WHERE concept_id = ? "
            "UNION SELECT b.broader_id, level + 1 FROM concept_broader b JOIN up ON b.concept_id = up.id "
            "WHERE level < ?) SELECT id FROM up",
            (concept_id, levels),
        )
        return {int(row[0]) for row in rows}

    def _free_citekey(self, wished: str) -> str:
        return next(
            key
            for key in citekey.candidates(wished)
            if not self._exists("source", "citekey", key) and not self._exists("citekey_alias", "citekey", key)
        )

    def _alias_first(self, stem: str) -> None:
        alias = citekey.first_alias(stem)
        first = self._connection.execute("SELECT * FROM source WHERE citekey = ?", (stem,)).fetchone()
        if first is not None and not self._exists("source", "citekey", alias):
            self._insert("citekey_alias", {"citekey": alias, "source_id": first["id"]})
            self._remember("citekey_alias", alias, None, {"source": first["uuid"]})


def _columns(work: item.Item, key: str) -> dict[str, Any]:
    """The columns of `source` that follow from the item."""
    text = _json({**work, "id": key})
    return {
        "type": str(work.get("type") or "document"),
        "item": text,
        "digest": sha256(text.encode()).hexdigest()[:32],
        "byline": brief.byline(work),
        "year": item.year(work),
        "title": brief.title(work),
        "sort_key": brief.sort_key(work),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
