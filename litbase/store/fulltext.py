"""From a search in the user's words to one SQL statement over the full-text index.

The user's words are never FTS5 syntax here: each is quoted, whatever stands in it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from litbase.domain.library import Filters

# How much a match in each column counts for bm25: title, contributors, abstract, concepts, notes, marks.
# A title or a name is what a work is known by; a concept is the user's own judgement of it; her notes
# say more about why she keeps it than an abstract does.
_WEIGHTS = "8.0, 8.0, 1.0, 6.0, 3.0, 0.0"

_ORDERS = {
    "year": "s.year DESC, s.sort_key",
    "author": "s.sort_key",
    "added": "s.added DESC, s.id DESC",
    "title": "s.title COLLATE NOCASE",
    "key": "s.citekey",
}


class Plan(NamedTuple):
    """A statement that answers source ids, best first, and its values."""

    sql: str
    values: dict[str, object]


# Asked for each source that is shown, after ranking: a snippet costs far more than a rank. Notes (column 4)
# before the abstract (2); what matched in a title, a name or a concept is in view anyhow.
SNIPPET = (
    "SELECT snippet(search, 4, char(2), char(3), '…', 16), snippet(search, 2, char(2), char(3), '…', 16) "
    "FROM search WHERE search MATCH ? AND rowid = ?"
)


def quoted(word: str) -> str:
    """A word as an FTS5 string: literal, whatever it holds.

    Source: https://www.sqlite.org/fts5.html, "FTS5 Strings".
    """
    return '"' + word.replace('"', '""').replace("\x00", "") + '"'


def match(words: Sequence[str], filters: Filters) -> str:
    """The FTS5 expression for words, authors and concepts; empty where there are none of them."""
    parts = [quoted(word) for word in words if searchable(word)]
    parts += [f"contributors : {quoted(author)}" for author in filters.authors if searchable(author)]
    for group in filters.concepts:
        parts.append("marks : (" + " OR ".join(f'"c{number}"' for number in group) + ")")
    return " AND ".join(parts)


def searchable(word: str) -> bool:
    """Whether a word holds anything the index has: a letter or a digit."""
    return any(character.isalnum() for character in word)


def plan(words: Sequence[str], filters: Filters, order: str, limit: int) -> Plan:
    """The statement for a search; ranked by bm25 where there are words, else newest first."""
    values: dict[str, object] = {"limit": limit}
    where = ["s.deleted IS NULL"]
    if words and not any(map(searchable, words)):
        where.append("0")  # what has neither a letter nor a digit stands in no index
    expression = match(words, filters)
    first, last = filters.years
    if first is not None:
        where.append("s.year >= :first")
        values["first"] = first
    if last is not None:
        where.append("s.year <= :last")
        values["last"] = last
    if filters.types:
        names = {f"type{number}": name for number, name in enumerate(filters.types)}
        where.append(f"s.type IN ({', '.join(':' + name for name in names)})")
        values.update(names)
    if expression:
        values["match"] = expression
        where.insert(0, "search MATCH :match")
        source = "search CROSS JOIN source s ON s.id = search.rowid"
    else:
        source = "source s"
    if order in _ORDERS:
        by = _ORDERS[order]
    else:
        by = f"bm25(search, {_WEIGHTS}), s.year DESC" if any(map(searchable, words)) else _ORDERS["year"]
    sql = f"SELECT s.id FROM {source} WHERE {' AND '.join(where)} ORDER BY {by} LIMIT :limit"
    return Plan(sql, values)
