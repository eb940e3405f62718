"""Two sources made one, or told apart for good."""

from collections.abc import Mapping
from typing import Any

from litbase.domain.item import Item

from .sources import SourceWriter


class MergeWriter(SourceWriter):
    """What a transaction can do to two sources that may be one work."""

    def merge_sources(self, kept: str, gone: str, item: Item, provenance: Mapping[str, Any]) -> None:
        """Unite two sources under the first one's citekey, with this item; the other goes to the bin.

        Its notes, concepts, citekeys and DOIs go over, so that whatever named it names the one that stays.
        """
        into, out = self._source(kept), self._source(gone)
        self._update("source", out, {"deleted": self._now})
        self.change_item(kept, item, provenance, item.get("DOI"))
        into = self._source(kept)  # with the year it has now
        for note in self._connection.execute("SELECT id, uuid FROM note WHERE source_id = ?", (out["id"],)).fetchall():
            self._connection.update("note", note["id"], {"source_id": into["id"]})
            self._remember("note", note["uuid"], {"source": out["uuid"]}, {"source": into["uuid"]})
        for link in self._connection.execute(
            "SELECT c.id, c.uuid FROM source_concept sc JOIN concept c ON c.id = sc.concept_id WHERE sc.source_id = ?",
            (out["id"],),
        ).fetchall():
            self._tie(into, link)
        self._move_names("citekey_alias", "citekey", out, into, out["citekey"])
        self._move_names("doi_alias", "doi", out, into, out["doi"] if out["doi"] != item.get("DOI") else None)
        self._touched.update((into["id"], out["id"]))

    def _move_names(self, table: str, column: str, out: Any, into: Any, own: str | None) -> None:
        rows = self._connection.execute(f"SELECT {column} FROM {table} WHERE source_id = ?", (out["id"],)).fetchall()
        for name in (row[0] for row in rows):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))
            self._remember(table, name, {"source": out["uuid"]}, None)
        for name in (*(row[0] for row in rows), *([own] if own else [])):
            if not self._exists(table, column, name):
                self._insert(table, {column: name, "source_id": into["id"]})
                self._remember(table, name, None, {"source": into["uuid"]})

    def tell_apart(self, one: str, other: str) -> None:
        """Remember that two sources are not the same work, however alike."""
        first, second = sorted((self._source(one)["uuid"], self._source(other)["uuid"]))
        cursor = self._connection.execute("INSERT INTO different VALUES (?, ?) ON CONFLICT DO NOTHING", (first, second))
        if cursor.rowcount:
            self._remember("different", f"{first} {second}", None, {})
