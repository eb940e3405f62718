"""Rows read and put in by their public ids, as history names them: they mean the same in every copy of a library.

A row is what history holds of it: its columns, other rows by their public ids. A tie between two rows is an
empty one. One's own notes go by no name here, whatever one is called on a server.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from . import indexing
from .chunks import chunked
from .sources import SourceWriter

Key: TypeAlias = tuple[str, str]
Value: TypeAlias = dict[str, Any] | None

_ROWS = {
    "source": "SELECT * FROM source WHERE uuid = ?",
    "concept": "SELECT * FROM concept WHERE uuid = ?",
    "note": "SELECT n.*, s.uuid AS source FROM note n JOIN source s ON s.id = n.source_id WHERE n.uuid = ?",
    "concept_alias": "SELECT a.alias, c.uuid AS concept FROM concept_alias a JOIN concept c ON c.id = a.concept_id "
    "WHERE a.folded = ?",
    "citekey_alias": "SELECT s.uuid AS source FROM citekey_alias a JOIN source s ON s.id = a.source_id "
    "WHERE a.citekey = ?",
    "doi_alias": "SELECT s.uuid AS source FROM doi_alias a JOIN source s ON s.id = a.source_id WHERE a.doi = ?",
    "source_concept": "SELECT 1 FROM source_concept WHERE source_id = (SELECT id FROM source WHERE uuid = ?) "
    "AND concept_id = (SELECT id FROM concept WHERE uuid = ?)",
    "concept_broader": "SELECT 1 FROM concept_broader WHERE concept_id = (SELECT id FROM concept WHERE uuid = ?) "
    "AND broader_id = (SELECT id FROM concept WHERE uuid = ?)",
    "different": "SELECT 1 FROM different WHERE first = ? AND second = ?",
}
TIES = {"source_concept", "concept_broader", "different"}
_WITH_IDS = {"source", "concept", "note"}
_PRIVATE = {"id", "source_id"}
NAMES = {
    "concept_alias": ("folded", "concept_id", "concept"),
    "citekey_alias": ("citekey", "source_id", "source"),
    "doi_alias": ("doi", "source_id", "source"),
}


class Rows:
    """The rows of one library, inside a transaction."""

    def __init__(self, writer: SourceWriter) -> None:
        self.writer = writer
        self.connection = writer._connection
        self.who = writer._connection.who

    def get(self, key: Key) -> Value:
        """A row; None where there is none."""
        entity, name = key
        found = self.connection.execute(_ROWS[entity], name.split() if entity in TIES else (name,)).fetchone()
        if found is None or entity in TIES:
            return None if found is None else {}
        return self.unnamed({column: found[column] for column in found.keys() if column not in _PRIVATE})  # noqa: SIM118

    def unnamed(self, value: dict[str, Any]) -> dict[str, Any]:
        """A row whose owner is left out where it is oneself."""
        return {**value, "owner": ""} if self.who and value.get("owner") == self.who else value

    def named(self, value: Value) -> Value:
        """A row as this library keeps it."""
        return {**value, "owner": self.who} if self.who and value and value.get("owner") == "" else value

    def put(self, key: Key, value: Value) -> None:
        """Put in a row, or take it out; the rows it names must be there."""
        entity, name = key
        if entity in TIES:
            self._put_tie(entity, name, value is not None)
        elif entity in NAMES:
            self._put_name(entity, name, value)
        elif value is None:
            self._take_out(entity, name)
        else:
            self._put_row(entity, name, value)

    def id_of(self, entity: str, uuid: str) -> int | None:
        """The private id of a source, concept or note."""
        row = self.connection.execute(f"SELECT id FROM {entity} WHERE uuid = ?", (uuid,)).fetchone()
        return None if row is None else int(row[0])

    def ids(self, entity: str, uuids: Collection[str]) -> dict[str, int]:
        """The private ids of those that are there, in their order."""
        found: list[tuple[int, str]] = []
        for some in chunked(sorted(uuids)):
            marks = ", ".join("?" * len(some))
            rows = self.connection.execute(f"SELECT id, uuid FROM {entity} WHERE uuid IN ({marks})", some)
            found += [(int(row[0]), str(row[1])) for row in rows]
        return {uuid: row_id for row_id, uuid in sorted(found)}

    def uuids(self, sql: str, *values: object) -> list[str]:
        """The public ids that a question is answered with."""
        return [str(row[0]) for row in self.connection.execute(sql, values).fetchall()]

    # -- rows with ids of their own

    def _put_row(self, entity: str, uuid: str, value: dict[str, Any]) -> None:
        row_id = self.id_of(entity, uuid)
        if row_id is None:
            row_id = self.connection.insert(entity, self._columns(value))
        else:
            self._touch(entity, row_id)
            self._change(entity, row_id, uuid, value)
        if entity == "source":
            indexing.index_names(self.connection, row_id, json.loads(value["item"]))
            self.connection.execute(
                "UPDATE source_concept SET year = ? WHERE source_id = ? AND year <> ?",
                (value["year"] or 0, row_id, value["year"] or 0),
            )
        self._touch(entity, row_id)

    def _change(self, entity: str, row_id: int, uuid: str, value: dict[str, Any]) -> None:
        now = self.get((entity, uuid)) or {}
        changed = {name: new for name, new in value.items() if now.get(name) != new}
        if changed:
            self.connection.update(entity, row_id, self._columns(changed))

    def _take_out(self, entity: str, uuid: str) -> None:
        row_id = self.id_of(entity, uuid)
        if row_id is not None:
            self._touch(entity, row_id)
            if entity == "source":
                self.connection.texts.remove([row_id])
            self.connection.execute(f"DELETE FROM {entity} WHERE id = ?", (row_id,))

    def _columns(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A row's own columns: its source by its private id."""
        plain = self.named({name: part for name, part in value.items() if name != "source"}) or {}
        return {**plain, "source_id": self.id_of("source", value["source"])} if "source" in value else plain

    def _touch(self, entity: str, row_id: int) -> None:
        """Note whose full text a row stands in."""
        if entity == "concept":
            self.writer._touched.update(self.writer._tagged_with(row_id))
        elif entity == "source":
            self.writer._touched.add(row_id)
        else:
            row = self.connection.execute("SELECT source_id FROM note WHERE id = ?", (row_id,)).fetchone()
            self.writer._touched.add(int(row[0]))

    # -- names and ties

    def _put_name(self, entity: str, name: str, value: Value) -> None:
        column, holder, table = NAMES[entity]
        before = self.get((entity, name))
        self.connection.execute(f"DELETE FROM {entity} WHERE {column} = ?", (name,))
        if value is not None:
            row = {column: name, holder: self.id_of(table, value[table])}
            self.connection.insert(entity, {**row, "alias": value["alias"]} if "alias" in value else row)
        for one in (before, value):
            row_id = self.id_of(table, one[table]) if one else None
            if row_id is not None:
                self._touch(table, row_id)

    def _put_tie(self, entity: str, name: str, there: bool) -> None:
        first, second = name.split()
        if entity == "different":
            sql = "INSERT INTO different VALUES (?, ?) ON CONFLICT DO NOTHING"
            self.connection.execute(
                sql if there else "DELETE FROM different WHERE first = ? AND second = ?", (first, second)
            )
        elif entity == "concept_broader":
            sql = "INSERT INTO concept_broader VALUES (?, ?) ON CONFLICT DO NOTHING"
            ids = (self.id_of("concept", first), self.id_of("concept", second))
            self.connection.execute(
                sql if there else "DELETE FROM concept_broader WHERE concept_id = ? AND broader_id = ?", ids
            )
        else:
            self._tie_source(self.id_of("source", first), self.id_of("concept", second), there)

    def _tie_source(self, source: int | None, concept: int | None, there: bool) -> None:
        sql = (
            "INSERT INTO source_concept SELECT ?, coalesce(year, 0), id FROM source WHERE id = ? ON CONFLICT DO NOTHING"
            if there
            else "DELETE FROM source_concept WHERE concept_id = ? AND source_id = ?"
        )
        if source is not None:
            self.connection.execute(sql, (concept, source))
            self._touch("source", source)
