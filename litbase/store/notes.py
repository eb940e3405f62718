"""Notes written."""

from collections.abc import Mapping
from typing import Any

from .identity import uuid7
from .recording import Recorder


class NoteWriter(Recorder):
    """What a transaction can do to notes."""

    def add_note(self, key: str, text: str, kind: str, locator: str, private: bool) -> str:
        """Keep a note on a source and return its public id."""
        source = self._source(key)
        uuid = uuid7()
        row = {
            "uuid": uuid,
            "owner": self._connection.who,
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

    def has_note(self, key: str, text: str) -> bool:
        """Whether a source has a note of just that text."""
        found = self._connection.execute(
            "SELECT 1 FROM note WHERE source_id = ? AND text = ?", (self._source(key)["id"], text)
        )
        return found.fetchone() is not None

    def note_text(self, uuid: str) -> str:
        """A note's text as it is now, under the lock."""
        return str(self._note(uuid)["text"])

    def remove_note(self, uuid: str) -> None:
        """Remove a note; its history keeps it until it is purged."""
        row = self._note(uuid)
        source = self._connection.execute("SELECT uuid FROM source WHERE id = ?", (row["source_id"],)).fetchone()
        self._connection.execute("DELETE FROM note WHERE id = ?", (row["id"],))
        kept = {name: row[name] for name in row.keys() if name not in ("id", "source_id")}  # noqa: SIM118
        self._remember("note", uuid, {**kept, "source": source["uuid"]}, None)
        self._touched.add(row["source_id"])
