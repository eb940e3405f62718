"""What a search looks through: the names of a source and its full text, made from the tables."""

import json

from litbase.domain import inline, item
from litbase.domain.text import fold

from . import fulltext
from .connection import Connection


def index_names(connection: Connection, source_id: int, work: item.Item) -> None:
    """Put an item's names into the table of contributors, in the place of what was there."""
    connection.execute("DELETE FROM contributor WHERE source_id = ?", (source_id,))
    connection.executemany(
        "INSERT INTO contributor VALUES (?, ?, ?, ?, ?, ?)",
        (
            (source_id, role, position, family, str(name.get("given") or ""), fold(family))
            for role, position, name in item.contributors(work)
            for family in (item.family(name),)
        ),
    )


def text_of(connection: Connection, source_id: int, notes: str = "") -> tuple[str, ...] | None:
    """A source's full text, one string a column; None for a source in the bin, or none.

    `notes` is a condition that its notes must meet.
    """
    row = connection.execute(
        "SELECT title, item, deleted, citekey, doi, type, year FROM source WHERE id = ?", (source_id,)
    ).fetchone()
    if row is None or row["deleted"] is not None:
        return None
    work = json.loads(row["item"])
    concepts = _concepts(connection, source_id)
    container = inline.strip(str(work.get("container-title") or ""))
    people = [f"{name.get('given', '')} {item.family(name)}" for _, _, name in item.contributors(work)]
    marks = [
        fulltext.EVERY,
        fulltext.type_mark(row["type"]),
        *fulltext.year_marks(row["year"]),
        *(fulltext.concept_mark(concept_id) for concept_id in concepts),
    ]
    return (
        row["title"],
        container,
        "; ".join(people),
        inline.strip(str(work.get("abstract") or "")),
        "; ".join(", ".join(names) for names in concepts.values()),
        notes_of(connection, source_id, notes),
        f"{row['citekey']} {row['doi'] or ''}",
        " ".join(marks),
    )


def notes_of(connection: Connection, source_id: int, condition: str = "") -> str:
    """The text of a source's notes, of those that meet a condition."""
    where = f"source_id = ? AND {condition}" if condition else "source_id = ?"
    rows = connection.execute(f"SELECT text FROM note WHERE {where} ORDER BY id", (source_id,)).fetchall()
    return "\n\n".join(row[0] for row in rows)


def _concepts(connection: Connection, source_id: int) -> dict[int, list[str]]:
    """A source's concepts: the names of each."""
    rows = connection.execute(
        "SELECT c.id, c.name, a.alias FROM source_concept sc JOIN concept c ON c.id = sc.concept_id "
        "LEFT JOIN concept_alias a ON a.concept_id = c.id WHERE sc.source_id = ? ORDER BY c.id, a.folded",
        (source_id,),
    )
    found: dict[int, list[str]] = {}
    for concept_id, name, alias in rows.fetchall():
        found.setdefault(concept_id, [name]).extend([alias] if alias else [])
    return found
