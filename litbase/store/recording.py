"""The ground that all writing stands on: rows put in, changed and taken out, each change remembered.

Rows are named by public ids in what is
remembered, so that a change means the same in every copy of a library.
"""

import json
from collections.abc import Mapping
from typing import Any

from litbase.domain.text import fold
from litbase.errors import NotFound

from .connection import Connection, Row
from .identity import now, uuid7

_TOUCHED = 1000
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Recorder:
    """One transaction's rows and their history. Times are this moment's; private ids stay in here."""

    def __init__(self, connection: Connection, command: str) -> None:
        self._connection = connection
        self._command = command
        self._step = uuid7()
        self._now = now()
        self._touched: set[int] = set()

    def finish(self) -> None:
        """Bring the full-text index up to date with every source the transaction touched."""
        self._connection.texts.put(sorted(self._touched))
        self._touched.clear()

    def _flush(self) -> None:
        """Bring the index up to date before a transaction of a million sources holds them all in mind.

        What is touched again afterwards is indexed again; so this stands where a source begins, never within.
        """
        if len(self._touched) >= _TOUCHED:
            self.finish()

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        return self._connection.insert(table, row)

    def _update(self, table: str, row: Row, after: Mapping[str, Any]) -> None:
        changed = {name: value for name, value in after.items() if row[name] != value}
        if set(changed) <= {"modified"}:
            return
        self._connection.update(table, row["id"], changed)
        self._remember(table, row["uuid"], {name: row[name] for name in changed}, changed)
        self._touch(table, row)

    def _touch(self, table: str, row: Row) -> None:
        """Note which sources' full text a changed row stands in."""
        if table == "concept":
            self._touched.update(self._tagged_with(row["id"]))
        else:
            self._touched.add(row["id"] if table == "source" else row["source_id"])

    def _tagged_with(self, concept_id: int) -> list[int]:
        rows = self._connection.execute("SELECT source_id FROM source_concept WHERE concept_id = ?", (concept_id,))
        return [int(row[0]) for row in rows]

    def _remember(
        self,
        entity: str,
        key: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        self._connection.insert(
            "change",
            {
                "step": self._step,
                "at": self._now,
                "who": self._connection.who,
                "command": self._command,
                "entity": entity,
                "key": key,
                "before": None if before is None else as_json(before),
                "after": None if after is None else as_json(after),
            },
        )

    def _exists(self, table: str, column: str, value: str) -> bool:
        found = self._connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', (value,))
        return found.fetchone() is not None

    def _source(self, key: str, *, deleted: bool = False) -> Row:
        row: Row | None = self._connection.execute("SELECT * FROM source WHERE citekey = ?", (key,)).fetchone()
        if row is None:
            once = "SELECT * FROM source WHERE id = (SELECT source_id FROM citekey_alias WHERE citekey = ?)"
            row = self._connection.execute(once, (key,)).fetchone()
        if row is None or (row["deleted"] is not None) != deleted:
            raise NotFound(f"no source with the citekey “{key}”", "litbase list shows them all")
        return row

    def _note(self, uuid: str) -> Row:
        row: Row | None = self._connection.execute("SELECT * FROM note WHERE uuid = ?", (uuid,)).fetchone()
        if row is None:
            raise NotFound("that note is not there any more", "litbase note list KEY shows what is")
        return row

    def _tie(self, source: Row, concept: Row) -> bool:
        """Tie a source, of which id, public id and year are asked, to a concept; whether it was not tied before."""
        cursor = self._connection.execute(
            "INSERT INTO source_concept VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (concept["id"], source["year"] or 0, source["id"]),
        )
        if cursor.rowcount:
            self._remember("source_concept", f"{source['uuid']} {concept['uuid']}", None, {})
            self._touched.add(source["id"])
        return bool(cursor.rowcount)

    def _uuid_of(self, source_id: int) -> str:
        return str(self._connection.execute("SELECT uuid FROM source WHERE id = ?", (source_id,)).fetchone()[0])

    def _concept_id(self, name: str) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM concept WHERE folded = :name "
            "UNION SELECT concept_id FROM concept_alias WHERE folded = :name",
            {"name": fold(name)},
        ).fetchone()
        return None if row is None else int(row[0])

    def _concept(self, name: str) -> Row:
        found = self._connection.execute(
            "SELECT * FROM concept WHERE id = (SELECT id FROM concept WHERE folded = :name "
            "UNION ALL SELECT concept_id FROM concept_alias WHERE folded = :name LIMIT 1)",
            {"name": fold(name)},
        )
        row: Row | None = found.fetchone()
        if row is None:
            raise NotFound(f"no concept “{name}”", "litbase concept list shows them; litbase concept add makes one")
        return row

    def _above(self, concept_id: int, levels: int = 64) -> set[int]:
        rows = self._connection.execute(
            "WITH RECURSIVE up (id, level) AS (SELECT broader_id, 1 FROM concept_broader WHERE concept_id = ? "
            "UNION SELECT b.broader_id, level + 1 FROM concept_broader b JOIN up ON b.concept_id = up.id "
            "WHERE level < ?) SELECT id FROM up",
            (concept_id, levels),
        )
        return {int(row[0]) for row in rows}


def as_json(value: object) -> str:
    """A value as the library keeps it: compact JSON with its names in order."""
    return _encode(value)
