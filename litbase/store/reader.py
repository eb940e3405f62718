"""Questions to a library, answered with the standard library's sqlite3 alone, so that reading starts at once."""

from array import array
from collections.abc import Iterable, Iterator, Sequence

from litbase.domain.library import CachedEntry, Concept, NewConcept, Note, Source
from litbase.domain.text import fold

from .chunks import chunked
from .opened import ORDERS
from .past import Past
from .searching import Searcher
from .spelling import Spelling

SOURCE = ", ".join(f"s.{name}" for name in Source._fields)


class Reader(Searcher, Spelling, Past):
    """A library open for reading. Use it in a `with` block; SQLite's errors come out as litbase's.

    Raises: NotFound where there is no library; LibraryError, Newer, Damaged.
    """

    # -- sources

    def source(self, key: str) -> Source | None:
        """The source with that citekey, or once known by it; None where there is none, or it is in the bin."""
        found = self._sources(
            "s.deleted IS NULL AND (s.citekey = :key OR s.id = "
            "(SELECT source_id FROM citekey_alias WHERE citekey = :key)) ORDER BY s.citekey = :key DESC",
            {"key": key},
        )
        return found[0] if found else None

    def source_by_doi(self, doi: str, *, deleted: bool = False) -> Source | None:
        """The source with that DOI, as its own or as an alias; with `deleted`, the newest such in the bin."""
        state = "NOT NULL" if deleted else "NULL"
        found = self._sources(
            # Two ways to a source joined by OR would make SQLite look at every one.
            f"s.deleted IS {state} AND s.id IN (SELECT id FROM source WHERE doi = :doi AND deleted IS {state} "
            "UNION ALL SELECT source_id FROM doi_alias WHERE doi = :doi) ORDER BY s.deleted DESC",
            {"doi": doi},
        )
        return found[0] if found else None

    def source_by_answer(self, provider: str, identifier: str) -> Source | None:
        """The source that was made of a provider's answer to an identifier; None where there is none."""
        found = self._sources(
            "s.deleted IS NULL AND s.id = "
            "(SELECT source_id FROM answer WHERE provider = :provider AND identifier = :identifier)",
            {"provider": provider, "identifier": identifier},
        )
        return found[0] if found else None

    def sources(self, order: str = "author", limit: int = -1) -> list[Source]:
        """All sources but those in the bin, ordered by `author`, `year`, `added`, `title` or `key`."""
        return self._sources(f"s.deleted IS NULL ORDER BY {ORDERS[order]} LIMIT :limit", {"limit": limit})

    def newest(self, limit: int) -> list[Source]:
        """The sources added last, the last first; those in the bin left out."""
        return self._sources("s.deleted IS NULL ORDER BY s.id DESC LIMIT :limit", {"limit": limit})

    def by_citekey(self) -> Iterator[list[Source]]:
        """All sources but those in the bin by their citekeys, some hundred at a time."""
        after = ""
        where = "s.deleted IS NULL AND s.citekey > :after ORDER BY s.citekey LIMIT :limit"
        while found := self._sources(where, {"after": after, "limit": 200}):
            after = found[-1].citekey
            yield found

    def ids(self, order: str, limit: int = -1) -> Sequence[int]:
        """The private ids of all sources but those in the bin, in an order as for `sources`; eight bytes each."""
        rows = self._connection.execute(
            "SELECT s.id FROM source s WHERE s.id NOT IN (SELECT id FROM source WHERE deleted IS NOT NULL) "
            f"ORDER BY {ORDERS[order]} LIMIT ?",
            (limit,),
        )
        return array("q", (row[0] for row in rows))

    def count(self) -> int:
        """How many sources there are, the bin not counted."""
        counted = "SELECT (SELECT count(*) FROM source) - (SELECT count(*) FROM source WHERE deleted IS NOT NULL)"
        return int(self._all(counted)[0][0])

    def are_different(self, one: str, other: str) -> bool:
        """Whether two sources, by public ids, have been told apart for good."""
        pair = sorted((one, other))
        return bool(self._all("SELECT 1 FROM different WHERE first = ? AND second = ?", pair))

    def doi_aliases(self, source_id: int) -> list[str]:
        """Other DOIs that lead to a source."""
        return [row[0] for row in self._all("SELECT doi FROM doi_alias WHERE source_id = ?", (source_id,))]

    def citekey_aliases(self, source_id: int) -> list[str]:
        """Other citekeys a source is known by."""
        return [row[0] for row in self._all("SELECT citekey FROM citekey_alias WHERE source_id = ?", (source_id,))]

    def answer(self, source_id: int) -> tuple[str, str] | None:
        """The provider's raw answer as (provider, when it was fetched); None where none is kept."""
        rows = self._all("SELECT provider, fetched FROM answer WHERE source_id = ?", (source_id,))
        return (rows[0][0], rows[0][1]) if rows else None

    def raw_answer(self, source_id: int) -> tuple[str, str, str] | None:
        """The newest raw answer as (provider, what it was asked for, JSON text); None where none is kept."""
        rows = self._all(
            "SELECT provider, identifier, body FROM answer WHERE source_id = ? ORDER BY fetched DESC LIMIT 1",
            (source_id,),
        )
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    # -- notes

    def notes(self, source_id: int) -> list[Note]:
        """The notes on a source, oldest first, numbered from 1."""
        rows = self._all(
            "SELECT n.uuid, s.citekey, n.kind, n.private, n.locator, n.text, n.created, n.modified, n.owner "
            "FROM note n JOIN source s ON s.id = n.source_id WHERE n.source_id = ? ORDER BY n.id",
            (source_id,),
        )
        return [
            Note(row[0], number, row[1], row[2], bool(row[3]), row[4], row[5], row[6], row[7], row[8])
            for number, row in enumerate(rows, 1)
        ]

    def note_texts(self, ids: Iterable[int], private: bool) -> dict[int, list[str]]:
        """The texts of the notes on these sources, oldest first, the private ones where wanted; others are absent."""
        wanted = "" if private else "AND private = 0"
        found: dict[int, list[str]] = {}
        for chunk in chunked(ids):
            marks = ", ".join("?" * len(chunk))
            sql = f"SELECT source_id, text FROM note WHERE source_id IN ({marks}) {wanted} ORDER BY id"
            for row in self._all(sql, chunk):
                found.setdefault(row[0], []).append(row[1])
        return found

    def note_counts(self, ids: Iterable[int]) -> dict[int, int]:
        """How many notes each of these sources has; those without are absent."""
        counts: dict[int, int] = {}
        for chunk in chunked(ids):
            marks = ", ".join("?" * len(chunk))
            counts.update(
                (row[0], row[1])
                for row in self._all(
                    f"SELECT source_id, count(*) FROM note WHERE source_id IN ({marks}) GROUP BY source_id",
                    chunk,
                )
            )
        return counts

    # -- concepts

    def vocabulary(self) -> list[NewConcept]:
        """The whole vocabulary, by name: whose sources are not counted, which takes the longer the more there are."""
        aliases, broader = self._grouped("alias"), self._grouped("broader")
        return [
            NewConcept(
                row["name"],
                tuple(aliases.get(row["id"], ())),
                tuple(broader.get(row["id"], ())),
                row["definition"],
                tuple(_strings(row["cues"])),
            )
            for row in self._all("SELECT id, name, definition, cues FROM concept ORDER BY folded")
        ]

    def concepts(self) -> list[Concept]:
        """The whole vocabulary, by name, with how many sources each concept has."""
        aliases, broader = self._grouped("alias"), self._grouped("broader")
        return [
            Concept(
                row["id"],
                row["uuid"],
                row["name"],
                row["definition"],
                tuple(aliases.get(row["id"], ())),
                tuple(broader.get(row["id"], ())),
                tuple(_strings(row["cues"])),
                row["sources"],
            )
            for row in self._all(
                "SELECT c.*, (SELECT count(*) FROM source_concept WHERE concept_id = c.id "
                "AND source_id NOT IN (SELECT id FROM source WHERE deleted IS NOT NULL)) AS sources "
                "FROM concept c ORDER BY c.folded"
            )
        ]

    def _grouped(self, what: str) -> dict[int, list[str]]:
        sql = {
            "alias": "SELECT concept_id, alias FROM concept_alias ORDER BY alias",
            "broader": "SELECT cb.concept_id, c.name FROM concept_broader cb JOIN concept c "
            "ON c.id = cb.broader_id ORDER BY c.name",
        }[what]
        grouped: dict[int, list[str]] = {}
        for row in self._all(sql):
            grouped.setdefault(row[0], []).append(row[1])
        return grouped

    def concept_id(self, name: str) -> int | None:
        """The private id of the concept of that name or alias, case and diacritics aside."""
        rows = self._all(
            "SELECT id FROM concept WHERE folded = :name "
            "UNION SELECT concept_id FROM concept_alias WHERE folded = :name",
            {"name": fold(name)},
        )
        return int(rows[0][0]) if rows else None

    def narrower(self, concept_id: int) -> list[int]:
        """A concept and everything under it, at any depth."""
        rows = self._all(
            "WITH RECURSIVE down (id) AS (SELECT CAST(? AS BIGINT) UNION SELECT b.concept_id FROM concept_broader b "
            "JOIN down ON b.broader_id = down.id) SELECT id FROM down",
            (concept_id,),
        )
        return [int(row[0]) for row in rows]

    def concept_names(self) -> list[str]:
        """Every name and alias of the vocabulary, for completion and for "did you mean"."""
        rows = self._all("SELECT name FROM concept UNION SELECT alias FROM concept_alias ORDER BY 1")
        return [row[0] for row in rows]

    def concepts_of(self, ids: Iterable[int]) -> dict[int, list[str]]:
        """The names of the concepts that each of these sources carries; those without are absent."""
        found: dict[int, list[str]] = {}
        for chunk in chunked(ids):
            marks = ", ".join("?" * len(chunk))
            for row in self._all(
                "SELECT sc.source_id, c.name FROM source_concept sc JOIN concept c ON c.id = sc.concept_id "
                f"WHERE sc.source_id IN ({marks}) ORDER BY c.folded",
                chunk,
            ):
                found.setdefault(row[0], []).append(row[1])
        return found

    # -- rendered entries

    def entries(self, style: str, ids: Iterable[int]) -> dict[tuple[int, str], CachedEntry]:
        """Cached entries of these sources in a style, by (private id, letter)."""
        found: dict[tuple[int, str], CachedEntry] = {}
        for chunk in chunked(ids):
            marks = ", ".join("?" * len(chunk))
            for row in self._all(
                "SELECT source_id, style, letter, version, digest, inlines FROM entry "
                f"WHERE style = ? AND source_id IN ({marks})",
                (style, *chunk),
            ):
                found[row[0], row[2]] = CachedEntry(*row[1:])
        return found


def _strings(text: str) -> list[str]:
    from json import loads

    return [str(value) for value in loads(text)]
