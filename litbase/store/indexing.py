"""What a search looks through: the names of a source and its row of full text, made from the tables."""

import json
import sqlite3

from litbase.domain import inline, item
from litbase.domain.text import fold

from . import fulltext


def index_names(connection: sqlite3.Connection, source_id: int, work: item.Item) -> None:
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


def index_text(connection: sqlite3.Connection, source_id: int) -> None:
    """Make a source's row of full text anew; a source in the bin has none."""
    connection.execute("DELETE FROM search WHERE rowid = ?", (source_id,))
    text = text_of(connection, source_id)
    if text is not None:
        connection.execute(
            f"INSERT INTO search (rowid, {', '.join(fulltext.COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (source_id, *text),
        )


def text_of(connection: sqlite3.Connection, source_id: int) -> tuple[str, ...] | None:
    """A source's full text, one string a column; None for a source in the bin, or none."""
    row = connection.execute(
        "SELECT title, item, deleted, citekey, doi, type, year FROM source WHERE id = ?", (source_id,)
    ).fetchone()
    if row is None or row["deleted"] is not None:
        return None
    work = json.loads(row["item"])
    concepts = connection.execute(
        "SELECT c.id, c.name, (SELECT group_concat(alias, ', ') FROM concept_alias a WHERE a.concept_id = c.id)"
        " FROM source_concept sc JOIN concept c ON c.id = sc.concept_id WHERE sc.source_id = ? ORDER BY c.id",
        (source_id,),
    ).fetchall()
    notes = connection.execute("SELECT text FROM note WHERE source_id = ? ORDER BY id", (source_id,)).fetchall()
    container = inline.strip(str(work.get("container-title") or ""))
    people = [f"{name.get('given', '')} {item.family(name)}" for _, _, name in item.contributors(work)]
    marks = [
        fulltext.EVERY,
        fulltext.type_mark(row["type"]),
        *fulltext.year_marks(row["year"]),
        *(fulltext.concept_mark(concept[0]) for concept in concepts),
    ]
    return (
        row["title"],
        container,
        "; ".join(people),
        inline.strip(str(work.get("abstract") or "")),
        "; ".join(f"{concept[1]}, {concept[2]}" if concept[2] else concept[1] for concept in concepts),
        "\n\n".join(note[0] for note in notes),
        f"{row['citekey']} {row['doi'] or ''}",
        " ".join(marks),
    )
