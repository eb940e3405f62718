"""The vocabulary written: concepts, their names and places, and the sources tied to them."""

from collections.abc import Sequence

from litbase.domain.library import NewConcept
from litbase.domain.text import fold
from litbase.errors import BadInput, NotFound

from .connection import Row
from .identity import uuid7
from .recording import Recorder, as_json

_MERGE = "litbase concept merge unites two"


class ConceptWriter(Recorder):
    """What a transaction can do to concepts."""

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
            "cues": as_json(new.cues),
            "created": self._now,
        }
        concept_id = self._insert("concept", row)
        self._remember("concept", str(row["uuid"]), None, row)
        for alias in new.aliases:
            self._insert_alias(concept_id, str(row["uuid"]), alias)
        for name in new.broader:
            self.add_broader(new.name, name)

    def has_concept(self, name: str) -> bool:
        """Whether a concept goes by that name or alias."""
        return self._concept_id(name) is not None

    def _insert_alias(self, concept_id: int, uuid: str, alias: str) -> None:
        self._insert("concept_alias", {"folded": fold(alias), "alias": alias, "concept_id": concept_id})
        self._remember("concept_alias", fold(alias), None, {"alias": alias, "concept": uuid})

    def _delete_alias(self, uuid: str, alias: str) -> None:
        self._connection.execute("DELETE FROM concept_alias WHERE folded = ?", (fold(alias),))
        self._remember("concept_alias", fold(alias), {"alias": alias, "concept": uuid}, None)

    def add_alias(self, name: str, alias: str) -> None:
        """Give a concept another name.

        Raises: NotFound; BadInput where the name is taken.
        """
        row = self._concept(name)
        if self.has_concept(alias):
            raise BadInput(
                f"“{alias}” is already a concept, or another name of one", "litbase concept merge unites two"
            )
        self._insert_alias(row["id"], row["uuid"], alias)
        self._touch("concept", row)

    def remove_alias(self, name: str, alias: str) -> None:
        """Take another name from a concept.

        Raises: NotFound where the concept does not go by it.
        """
        row = self._concept(name)
        if fold(alias) not in (fold(one) for one in self._aliases(row["id"])):
            raise NotFound(f"“{name}” does not go by “{alias}”", f"litbase concept show {name}")
        self._delete_alias(row["uuid"], alias)
        self._touch("concept", row)

    def change_concept(self, name: str, definition: str | None = None, cues: Sequence[str] | None = None) -> None:
        """Set what a concept means, or the words that suggest it."""
        changes = {"definition": definition, "cues": None if cues is None else as_json(list(cues))}
        self._update("concept", self._concept(name), {k: v for k, v in changes.items() if v is not None})

    def rename_concept(self, name: str, new: str) -> None:
        """Give a concept another name; the old one stays as an alias, so that nothing already typed breaks.

        Raises: NotFound; BadInput where another concept has the name.
        """
        row = self._concept(name)
        holder = self._concept_id(new)
        if holder is not None and holder != row["id"]:
            raise BadInput(f"“{new}” is already a concept, or another name of one", _MERGE)
        if holder is not None and fold(new) != row["folded"]:
            self._delete_alias(row["uuid"], new)
        self._update("concept", row, {"name": new, "folded": fold(new)})
        if fold(new) != row["folded"]:
            self._insert_alias(row["id"], row["uuid"], row["name"])

    def merge_concepts(self, name: str, into: str) -> int:
        """Unite a concept with another: its sources, names and narrower concepts go over; how many sources did.

        Raises: NotFound; BadInput where the two are one.
        """
        gone, kept = self._concept(name), self._concept(into)
        if gone["id"] == kept["id"]:
            raise BadInput(f"“{name}” and “{into}” are one concept already", "litbase concept list")
        tagged = self._connection.execute(
            "SELECT s.id, s.uuid, s.year FROM source_concept sc JOIN source s ON s.id = sc.source_id "
            "WHERE sc.concept_id = ? ORDER BY s.id",
            (gone["id"],),
        ).fetchall()
        moved = sum([self._tie(source, kept) for source in tagged])
        narrower = self._uuids("SELECT concept_id FROM concept_broader WHERE broader_id = ?", gone["id"])
        names = [gone["name"], *self._aliases(gone["id"])]
        self.remove_concept(name)
        for alias in names:
            self._insert_alias(kept["id"], kept["uuid"], alias)
        for concept_id, uuid in narrower:
            if concept_id != kept["id"] and concept_id not in self._above(kept["id"]):
                self._insert_broader(concept_id, uuid, kept["id"], kept["uuid"])
        self._touch("concept", kept)
        return moved

    def remove_concept(self, name: str) -> int:
        """Take a concept out of the vocabulary and off its sources; how many had it.

        Its narrower concepts go under its broader ones.
        """
        row = self._concept(name)
        sources = self._tagged_with(row["id"])
        for source_id in sources:
            self._untie(source_id, row)
        above = self._uuids("SELECT broader_id FROM concept_broader WHERE concept_id = ?", row["id"])
        below = self._uuids("SELECT concept_id FROM concept_broader WHERE broader_id = ?", row["id"])
        for concept_id, uuid in above:
            self._delete_broader(row["id"], row["uuid"], concept_id, uuid)
        for concept_id, uuid in below:
            self._delete_broader(concept_id, uuid, row["id"], row["uuid"])
            for upper_id, upper_uuid in above:
                if upper_id not in self._above(concept_id, levels=1):
                    self._insert_broader(concept_id, uuid, upper_id, upper_uuid)
        for alias in self._aliases(row["id"]):
            self._delete_alias(row["uuid"], alias)
        self._connection.execute("DELETE FROM concept WHERE id = ?", (row["id"],))
        kept = {name: row[name] for name in row.keys() if name != "id"}  # noqa: SIM118
        self._remember("concept", row["uuid"], kept, None)
        return len(sources)

    def _aliases(self, concept_id: int) -> list[str]:
        rows = self._connection.execute("SELECT alias FROM concept_alias WHERE concept_id = ?", (concept_id,))
        return [str(row[0]) for row in rows]

    def _uuids(self, sql: str, concept_id: int) -> list[tuple[int, str]]:
        rows = self._connection.execute(f"SELECT id, uuid FROM concept WHERE id IN ({sql})", (concept_id,))
        return [(int(row[0]), str(row[1])) for row in rows]

    # -- the tree

    def add_broader(self, name: str, broader: str) -> None:
        """Put a concept under a broader one.

        Raises: NotFound; BadInput where that would make a circle.
        """
        lower, upper = self._concept(name), self._concept(broader)
        if lower["id"] == upper["id"] or lower["id"] in self._above(upper["id"]):
            raise BadInput(f"“{broader}” already stands under “{name}”", "a concept cannot be its own broader term")
        if upper["id"] not in self._above(lower["id"], levels=1):
            self._insert_broader(lower["id"], lower["uuid"], upper["id"], upper["uuid"])

    def remove_broader(self, name: str, broader: str) -> None:
        """Take a concept from under a broader one.

        Raises: NotFound where it does not stand right under it.
        """
        lower, upper = self._concept(name), self._concept(broader)
        if upper["id"] not in self._above(lower["id"], levels=1):
            raise NotFound(f"“{name}” does not stand right under “{broader}”", f"litbase concept show {name}")
        self._delete_broader(lower["id"], lower["uuid"], upper["id"], upper["uuid"])

    def _insert_broader(self, lower: int, lower_uuid: str, upper: int, upper_uuid: str) -> None:
        self._insert("concept_broader", {"concept_id": lower, "broader_id": upper})
        self._remember("concept_broader", f"{lower_uuid} {upper_uuid}", None, {})

    def _delete_broader(self, lower: int, lower_uuid: str, upper: int, upper_uuid: str) -> None:
        self._connection.execute("DELETE FROM concept_broader WHERE concept_id = ? AND broader_id = ?", (lower, upper))
        self._remember("concept_broader", f"{lower_uuid} {upper_uuid}", {}, None)

    # -- sources under concepts

    def tag(self, key: str, concept: str) -> bool:
        """Tie a source to a concept; whether it was not tied before."""
        return self._tie(self._source(key), self._concept(concept))

    def untag(self, key: str, concept: str) -> bool:
        """Untie a source from a concept; whether it was tied."""
        return self._untie(self._source(key)["id"], self._concept(concept))

    def _untie(self, source_id: int, concept: Row) -> bool:
        cursor = self._connection.execute(
            "DELETE FROM source_concept WHERE source_id = ? AND concept_id = ?", (source_id, concept["id"])
        )
        if cursor.rowcount:
            self._remember("source_concept", f"{self._uuid_of(source_id)} {concept['uuid']}", {}, None)
            self._touched.add(source_id)
        return bool(cursor.rowcount)
