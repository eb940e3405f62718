"""Searching a library: which sources, in which order, at what cost."""

from collections.abc import Iterator, Sequence

from litbase.domain.library import Found, Hit
from litbase.domain.query import All, Marked, Node, words

from . import fulltext
from .opened import ORDERS, Opened

# So many index ranges are merged at the most; a broader concept than that is asked of the full-text index.
_MERGED = 40
# Later than any year.
_NO_YEAR = 100_000


class Searcher(Opened):
    """What can be looked for in a library."""

    def search(self, wanted: All, limit: int = -1, order: str = "best", snippets: bool = False) -> Found:
        """The sources that a search finds, its fields settled.

        Best first, or newest first where there is no word to rank by; `order` as in `sources`. With
        `snippets`, each hit holds the words around a match in notes or abstract, between U+0002 and U+0003.
        """
        ids, bounded = self._matching(wanted, limit, order)
        sources = self.sources_by_id(ids)
        around = snippets and words(wanted)
        return Found(
            [Hit(sources[one], self._texts.snippet(wanted, one) if around else "") for one in ids if one in sources],
            bounded,
        )

    def titles_matching(self, wanted: Node, limit: int) -> list[tuple[int, str]]:
        """Private ids and titles of sources that match, in no order: one question to the index, nothing ranked."""
        return self._texts.titles(wanted, limit)

    def _matching(self, wanted: All, limit: int, order: str) -> tuple[list[int], bool]:
        """Ids in order, and whether only the newest matches were ranked."""
        by = ORDERS["year" if order == "best" else order]
        ranked = order == "best" and bool(words(wanted))
        if not wanted.parts:
            sql = f"SELECT s.id FROM source s WHERE s.deleted IS NULL ORDER BY {by} LIMIT ?"
            return [int(row[0]) for row in self._all(sql, (limit,))], False
        if order == "best" and not ranked and limit > 0:
            concepts = _one_concept(wanted)
            if concepts:
                return self._newest(concepts, limit), False
        if order not in ("best", "year") or (limit < 0 and not ranked):
            return self._texts.ordered(wanted, by, limit), False
        newest = self._texts.newest(wanted, fulltext.RANKED)
        many = len(newest) == fulltext.RANKED
        if not ranked:
            return self._by_year(wanted, limit) if many else self._texts.ordered(wanted, by, limit), False
        if many or self._texts.dear(wanted):
            return self._texts.tiered(wanted, newest, limit), many
        return self._texts.ranked(wanted, limit), False

    def _by_year(self, wanted: All, limit: int) -> list[int]:
        """The newest matches of many: one year asked after the other until there are enough."""
        found: list[int] = []
        for year in self._years_down(wanted):
            this = All((*wanted.parts, Marked(fulltext.year_marks(year)[:1])))
            found += self._texts.ordered(this, ORDERS["year"], limit - len(found))
            if len(found) >= limit:
                break
        return found

    def _years_down(self, wanted: All) -> Iterator[int | None]:
        """The years that sources are of, as far as asked for, the last first; None, for the undated, at the end."""
        spans = [fulltext.span_of(part.marks) for part in wanted.parts if isinstance(part, Marked)]
        asked = [span for span in spans if span]
        last = min((span[1] for span in asked), default=_NO_YEAR)
        while (year := self._all("SELECT max(year) FROM source WHERE year <= ?", (last,))[0][0]) is not None:
            if any(year < first for first, _ in asked):
                return
            yield year
            last = year - 1
        yield None

    def _newest(self, concepts: Sequence[int], limit: int) -> list[int]:
        """The newest sources under any of these concepts: the ends of as many index ranges, merged."""
        one = (
            "SELECT year, source_id FROM (SELECT sc.year, sc.source_id FROM source_concept sc "
            "JOIN source s ON s.id = sc.source_id "
            "WHERE sc.concept_id = ? AND s.deleted IS NULL ORDER BY sc.year DESC, sc.source_id DESC LIMIT ?) AS one"
        )
        values = [value for concept in concepts for value in (concept, limit)]
        merged = " UNION ".join([one] * len(concepts))
        sql = f"SELECT source_id FROM ({merged}) AS newest ORDER BY year DESC, source_id DESC LIMIT ?"
        return [int(row[0]) for row in self._all(sql, (*values, limit))]

    def years(self) -> tuple[int, int]:
        """The first and the last year of any dated source; (0, 0) where there is none."""
        row = self._all("SELECT (SELECT min(year) FROM source), (SELECT max(year) FROM source)")[0]
        return (int(row[0] or 0), int(row[1] or 0))


def _one_concept(wanted: All) -> list[int]:
    """The concept ids of a search for one concept and nothing else; empty for any other search."""
    if len(wanted.parts) != 1 or not isinstance(wanted.parts[0], Marked):
        return []
    marks = wanted.parts[0].marks
    ids = [int(mark[2:]) for mark in marks if mark.startswith("xc")]
    return ids if len(ids) == len(marks) <= _MERGED else []
