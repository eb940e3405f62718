"""Sources written: added, changed, put in the bin; their answers, their other names, their rendered entries."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from litbase.domain import brief, citekey, item
from litbase.domain.library import CachedEntry, NewSource

from . import indexing
from .identity import uuid7
from .recording import Recorder, as_json


class SourceWriter(Recorder):
    """What a transaction can do to sources."""

    def add_source(self, new: NewSource) -> str:
        """Keep a source and return the citekey it got: the wished one, or the next letter of it."""
        self._flush()
        key = self._free_citekey(new.citekey)
        uuid = uuid7()
        row = {
            "uuid": uuid,
            "citekey": key,
            "doi": new.doi,
            **columns(new.item, key),
            "provenance": as_json(new.provenance),
            "notices": as_json(new.notices),
            "added": self._now,
            "modified": self._now,
            "deleted": None,
        }
        source_id = self._insert("source", row)
        self._remember("source", uuid, None, row)
        indexing.index_first_names(self._connection, source_id, new.item)
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
            **columns(new, row["citekey"]),
            "doi": doi or None,
            "provenance": as_json(provenance),
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
        self._update("source", self._source(key), {"notices": as_json(list(notices))})

    def remove_source(self, key: str) -> None:
        """Put a source in the bin, with its notes and concepts."""
        self._update("source", self._source(key), {"deleted": self._now})

    def restore_source(self, key: str) -> None:
        """Take a source out of the bin."""
        self._update("source", self._source(key, deleted=True), {"deleted": None})

    def holds(self, key: str) -> bool:
        """Whether a citekey is a source's, in the bin or not, or an alias of one."""
        found = self._connection.execute(
            "SELECT 1 FROM source WHERE citekey = ? UNION ALL SELECT 1 FROM citekey_alias WHERE citekey = ?", (key, key)
        )
        return found.fetchone() is not None

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
            (self._source(key)["id"], provider, identifier, self._now, as_json(body)),
        )

    def keep_entry(self, key: str, entry: CachedEntry) -> None:
        """Keep a rendered entry in the place of an older one; not a change, it can be made again."""
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, style, letter) DO UPDATE "
            "SET version = excluded.version, digest = excluded.digest, inlines = excluded.inlines",
            (self._source(key)["id"], *entry),
        )

    def _free_citekey(self, wished: str) -> str:
        return citekey.free(wished, self.holds)

    def _alias_first(self, stem: str) -> None:
        alias = citekey.first_alias(stem)
        first = self._connection.execute("SELECT * FROM source WHERE citekey = ?", (stem,)).fetchone()
        if first is not None and not self._exists("source", "citekey", alias):
            self._insert("citekey_alias", {"citekey": alias, "source_id": first["id"]})
            self._remember("citekey_alias", alias, None, {"source": first["uuid"]})


def columns(work: item.Item, key: str) -> dict[str, Any]:
    """The columns of `source` that follow from the item."""
    text = as_json({**work, "id": key})
    return {
        "type": str(work.get("type") or "document"),
        "item": text,
        "digest": sha256(text.encode()).hexdigest()[:32],
        "byline": brief.byline(work),
        "year": item.year(work),
        "title": brief.title(work),
        "sort_key": brief.sort_key(work),
    }
