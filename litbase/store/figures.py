"""The library in numbers: what a glance at all of it asks, each answered by one statement."""

from litbase.domain.library import Source

from .reader import Reader


class Figures(Reader):
    """A reader that also counts. Nothing in the bin is counted.

    Raises: as `Reader`.
    """

    def __enter__(self) -> "Figures":
        super().__enter__()
        return self

    def sources_by_type(self) -> dict[str, int]:
        """How many sources there are of each CSL type, most first."""
        rows = self._all("SELECT type, count(*) FROM source WHERE deleted IS NULL GROUP BY type ORDER BY 2 DESC, 1")
        return {row[0]: row[1] for row in rows}

    def sources_by_year(self) -> dict[int | None, int]:
        """How many sources are of each year, oldest first; those without a year under None."""
        rows = self._all(
            "SELECT year, count(*) FROM source WHERE deleted IS NULL GROUP BY year ORDER BY year NULLS FIRST"
        )
        return {row[0]: row[1] for row in rows}

    def notes_by_kind(self) -> dict[str, int]:
        """How many notes there are of each kind that occurs."""
        rows = self._all(
            "SELECT n.kind, count(*) FROM note n JOIN source s ON s.id = n.source_id "
            "WHERE s.deleted IS NULL GROUP BY n.kind"
        )
        return {row[0]: row[1] for row in rows}

    def untagged(self) -> list[str]:
        """The citekeys of sources under no concept, newest addition first."""
        rows = self._all(
            "SELECT citekey FROM source s WHERE deleted IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM source_concept WHERE source_id = s.id) ORDER BY added DESC, id DESC"
        )
        return [row[0] for row in rows]

    def quotations_without_locator(self) -> list[str]:
        """The citekey of each quotation that does not say where it stands, newest first."""
        rows = self._all(
            "SELECT s.citekey FROM note n JOIN source s ON s.id = n.source_id WHERE s.deleted IS NULL "
            "AND n.kind = 'quotation' AND trim(n.locator) = '' ORDER BY n.created DESC, n.id DESC"
        )
        return [row[0] for row in rows]

    def together(self) -> list[tuple[str, str, int]]:
        """Pairs of concepts that stand on the same sources, and on how many; most first, names in order."""
        rows = self._all(
            "SELECT a.concept_id, b.concept_id, count(*) AS common FROM source_concept a "
            "JOIN source_concept b ON b.source_id = a.source_id AND b.concept_id > a.concept_id "
            # The bin is small: asking for it once is quicker than asking for each source.
            "WHERE a.source_id NOT IN (SELECT id FROM source WHERE deleted IS NOT NULL) GROUP BY 1, 2"
        )
        names = {row[0]: (row[1], row[2]) for row in self._all("SELECT id, folded, name FROM concept")}
        pairs = ((*sorted((names[one], names[other])), common) for one, other, common in rows)
        return [(one[1], other[1], common) for one, other, common in sorted(pairs, key=lambda pair: (-pair[2], pair))]

    def with_notices(self) -> list[Source]:
        """The sources that carry any notice of what has become of them since, newest addition first."""
        return self._sources("s.deleted IS NULL AND s.notices <> '[]' ORDER BY s.added DESC, s.id DESC", {})
