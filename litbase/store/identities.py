"""What tells a source from another: for imports, which ask it of thousands."""

from collections.abc import Sequence
from typing import NamedTuple

from .reader import Reader


class Identity(NamedTuple):
    """A source by its names: `dois` are its own and those that lead to it; `deleted`: it is in the bin."""

    uuid: str
    citekey: str
    dois: tuple[str, ...]
    title: str
    byline: str
    year: int | None
    item: str
    deleted: bool


def identities(reader: Reader, ids: Sequence[int]) -> list[Identity]:
    """Some hundred sources by their private ids, those in the bin too, in the order they were added."""
    marks = ", ".join("?" * len(ids))
    aliases: dict[int, list[str]] = {}
    of = f"SELECT source_id, doi FROM doi_alias WHERE source_id IN ({marks}) ORDER BY doi"
    for row in reader._all(of, ids):
        aliases.setdefault(row[0], []).append(row[1])
    columns = "id, uuid, citekey, doi, title, byline, year, item, deleted"
    return [
        Identity(
            row["uuid"],
            row["citekey"],
            tuple(doi for doi in (row["doi"], *aliases.get(row["id"], ())) if doi),
            row["title"],
            row["byline"],
            row["year"],
            row["item"],
            row["deleted"] is not None,
        )
        for row in reader._all(f"SELECT {columns} FROM source WHERE id IN ({marks}) ORDER BY id", ids)
    ]
