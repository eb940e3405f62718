"""Undoing: the changes of a step taken back, last first, as a step of their own."""

import json
import sqlite3
from typing import Any

from litbase.domain.library import Step
from litbase.errors import BadInput, NotFound

from . import indexing
from .recording import Recorder

_LINKS = {
    "source_concept": ("source_id", "source", "concept_id", "concept"),
    "concept_broader": ("concept_id", "concept", "broader_id", "concept"),
}
_NAMES = {
    "concept_alias": ("folded", "concept_id", "concept"),
    "citekey_alias": ("citekey", "source_id", "source"),
    "doi_alias": ("doi", "source_id", "source"),
}
# What a row of history may be about: only these become names of tables.
ENTITIES = {"source", "note", "concept", "different", "undo", "purge", *_LINKS, *_NAMES}
# How Python and SQLite complain of a list for a text, of half a character, of a number with thirty digits.
UNFIT = (
    LookupError, TypeError, AttributeError, ValueError, OverflowError, sqlite3.InterfaceError, sqlite3.ProgrammingError,
)  # fmt: skip
# What can be taken back; of what has been purged only a tombstone is left.
_LEFT = "entity <> 'undo' AND coalesce(before, after) IS NOT NULL"


class Undoer(Recorder):
    """What a transaction can take back."""

    def undo(self) -> Step:
        """Take back the newest step that has not been taken back; what it was.

        Raises: NotFound where there is none; BadInput where a row has been changed since by other means.
        """
        # In a shared library, and in a copy of one, one takes back what one has done oneself.
        found = self._connection.execute(
            f"SELECT step, command, at FROM change c WHERE {_LEFT} AND command NOT IN ('undo', 'purge', 'sync') "
            "AND who = ? AND NOT EXISTS (SELECT 1 FROM change u WHERE u.entity = 'undo' AND u.key = c.step) "
            "ORDER BY id DESC LIMIT 1",
            (self._connection.who,),
        ).fetchone()
        if found is None:
            raise NotFound("there is nothing to undo", "litbase history shows what has been done")
        rows = self._connection.execute(
            f"SELECT entity, key, before, after FROM change WHERE step = ? AND {_LEFT} ORDER BY id DESC",
            (found["step"],),
        ).fetchall()
        for row in rows:
            try:
                self._take_back(row["entity"], row["key"], _values(row["before"]), _values(row["after"]))
            except UNFIT as error:
                # From an export that someone has changed by hand.
                raise BadInput("this step is not as litbase writes history", "litbase history") from error
        self._remember("undo", found["step"], None, {"command": found["command"]})
        return Step(found["step"], found["at"], found["command"], len(rows))

    def _take_back(self, entity: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        if entity == "different":
            self._distinguish(key, put=before is not None)
        elif entity in _LINKS:
            self._link(entity, key, put=before is not None)
        elif entity in _NAMES:
            self._name(entity, key, before, after)
        elif before is None:
            self._remove(entity, key)
        elif after is None:
            self._put(entity, key, before)
        else:
            self._change_back(entity, key, before, after)
        self._remember(entity, key, after, before)

    def _remove(self, entity: str, key: str) -> None:
        """Take out a row that had been put in. A source goes to the bin: nothing of hers is destroyed by undoing."""
        row = self._row(entity, key)
        self._touch(entity, row)
        if entity == "source":
            self._connection.update("source", row["id"], {"deleted": self._now})
        else:
            self._connection.execute(f"DELETE FROM {entity} WHERE id = ?", (row["id"],))

    def _put(self, entity: str, key: str, before: dict[str, Any]) -> None:
        """Put in a row that had been taken out."""
        self._insert(entity, self._private(before))
        self._touch(entity, self._row(entity, key))

    def _change_back(self, entity: str, key: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        row = self._row(entity, key)
        now, then = self._private(after), self._private(before)
        if any(row[name] != value for name, value in now.items() if name != "modified"):
            raise BadInput(f"a {entity} has been changed since; it cannot be undone by itself", "litbase history")
        self._touch(entity, row)
        self._connection.update(entity, row["id"], then)
        self._touch(entity, self._row(entity, key))
        if entity == "source" and "item" in before:
            indexing.index_names(self._connection, row["id"], json.loads(before["item"]))
            self._connection.execute(
                "UPDATE source_concept SET year = (SELECT coalesce(year, 0) FROM source WHERE id = source_id) "
                "WHERE source_id = ?",
                (row["id"],),
            )

    def _distinguish(self, key: str, put: bool) -> None:
        sql = (
            "INSERT INTO different VALUES (?, ?) ON CONFLICT DO NOTHING"
            if put
            else "DELETE FROM different WHERE first = ? AND second = ?"
        )
        self._connection.execute(sql, key.split())

    def _link(self, entity: str, key: str, put: bool) -> None:
        first, first_table, second, second_table = _LINKS[entity]
        first_id, second_id = (
            self._id(table, uuid) for table, uuid in zip((first_table, second_table), key.split(), strict=True)
        )
        if not put:
            self._connection.execute(f"DELETE FROM {entity} WHERE {first} = ? AND {second} = ?", (first_id, second_id))
        elif entity == "source_concept":
            self._connection.execute(
                "INSERT INTO source_concept SELECT ?, coalesce(year, 0), id FROM source WHERE id = ? "
                "ON CONFLICT DO NOTHING",
                (second_id, first_id),
            )
        else:
            self._connection.execute(
                f"INSERT INTO {entity} VALUES (?, ?) ON CONFLICT DO NOTHING", (first_id, second_id)
            )
        if entity == "source_concept":
            self._touched.add(first_id)

    def _name(self, entity: str, key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        column, holder, table = _NAMES[entity]
        if before is None:
            self._connection.execute(f"DELETE FROM {entity} WHERE {column} = ?", (key,))
        else:
            owner = self._id(table, before[table])
            row = {column: key, holder: owner}
            self._insert(entity, {**row, "alias": before["alias"]} if "alias" in before else row)
        if entity == "concept_alias":
            known = before or after or {}
            self._touched.update(self._tagged_with(self._id("concept", known["concept"])))

    def _private(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values of a row as its columns: a source by its private id."""
        if "source" not in values:
            return values
        return {**{k: v for k, v in values.items() if k != "source"}, "source_id": self._id("source", values["source"])}

    def _row(self, entity: str, uuid: str) -> Any:
        row = self._connection.execute(f"SELECT * FROM {entity} WHERE uuid = ?", (uuid,)).fetchone()
        if row is None:
            raise BadInput(f"a {entity} that this step changed is not there any more", "litbase history")
        return row

    def _id(self, table: str, uuid: str) -> int:
        return int(self._row(table, uuid)["id"])


def _values(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
