"""What a search looks through: the names of a source and its full text, made from the tables."""

import json
from collections.abc import Iterator, Mapping, Sequence

from litbase.domain import inline, item
from litbase.domain.text import fold

from . import fulltext
from .connection import Connection, Row


def index_names(connection: Connection, source_id: int, work: item.Item) -> None:
    """Put an item's names into the table of contributors, in the place of what was there."""
    connection.execute("DELETE FROM contributor WHERE source_id = ?", (source_id,))
    index_first_names(connection, source_id, work)


def index_first_names(connection: Connection, source_id: int, work: item.Item) -> None:
    """Put the names of a source that has just been kept into the table of contributors."""
    connection.executemany("INSERT INTO contributor VALUES (?, ?, ?, ?, ?, ?)", names_of(source_id, work))


def names_of(source_id: int, work: item.Item) -> Iterator[tuple[int, str, int, str, str, str]]:
    """An item's names as rows of the table of contributors."""
    for role, position, name in item.contributors(work):
        family = item.family(name)
        yield source_id, role, position, family, str(name.get("given") or ""), fold(family)


def texts_of(connection: Connection, ids: Sequence[int], notes: str = "") -> dict[int, tuple[str, ...]]:
    """The full text of some hundred sources, one string a column; those in the bin, or gone, are absent.

    `notes` is a condition that their notes must meet.
    """
    concepts, written = _concepts(connection, ids), notes_of(connection, ids, notes)
    rows = connection.execute(
        f"SELECT id, title, item, citekey, doi, type, year FROM source WHERE id IN ({_marks(ids)}) "
        "AND deleted IS NULL ORDER BY id",
        ids,
    ).fetchall()
    return {row["id"]: _text(row, concepts.get(row["id"], {}), written.get(row["id"], "")) for row in rows}


def _text(row: Row, concepts: Mapping[int, Sequence[str]], notes: str) -> tuple[str, ...]:
    work = json.loads(row["item"])
    people = [f"{name.get('given', '')} {item.family(name)}" for _, _, name in item.contributors(work)]
    marks = [
        fulltext.EVERY,
        fulltext.type_mark(row["type"]),
        *fulltext.year_marks(row["year"]),
        *(fulltext.concept_mark(concept_id) for concept_id in concepts),
    ]
    return (
        row["title"],
        inline.strip(str(work.get("container-title") or "")),
        "; ".join(people),
        inline.strip(str(work.get("abstract") or "")),
        "; ".join(", ".join(names) for names in concepts.values()),
        notes,
        f"{row['citekey']} {row['doi'] or ''}",
        " ".join(marks),
    )


def notes_of(connection: Connection, ids: Sequence[int], condition: str = "") -> dict[int, str]:
    """The text of the notes on some hundred sources, of those that meet a condition; those without are absent."""
    where = f"source_id IN ({_marks(ids)})" + (f" AND {condition}" if condition else "")
    found: dict[int, list[str]] = {}
    for row in connection.execute(f"SELECT source_id, text FROM note WHERE {where} ORDER BY id", ids):
        found.setdefault(row[0], []).append(row[1])
    return {source_id: "\n\n".join(texts) for source_id, texts in found.items()}


def _concepts(connection: Connection, ids: Sequence[int]) -> dict[int, dict[int, list[str]]]:
    """The concepts of sources: the names of each."""
    rows = connection.execute(
        "SELECT sc.source_id, c.id, c.name, a.alias FROM source_concept sc JOIN concept c ON c.id = sc.concept_id "
        f"LEFT JOIN concept_alias a ON a.concept_id = c.id WHERE sc.source_id IN ({_marks(ids)}) "
        "ORDER BY sc.source_id, c.id, a.folded",
        ids,
    )
    found: dict[int, dict[int, list[str]]] = {}
    for source_id, concept_id, name, alias in rows:
        found.setdefault(source_id, {}).setdefault(concept_id, [name]).extend([alias] if alias else [])
    return found


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
