"""What tells every source of a library from another: for imports, which ask it of thousands at once."""

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


def identities(reader: Reader, ids: Sequence[int] | None = None) -> list[Identity]:
    """Sources by their private ids, some hundred, or every one: those in the bin too, in the order they were added."""
    marks = "" if ids is None else f"IN ({', '.join('?' * len(ids))})"
    aliases: dict[int, list[str]] = {}
    of = f"WHERE source_id {marks}" if marks else ""
    for row in reader._all(f"SELECT source_id, doi FROM doi_alias {of} ORDER BY doi", ids or ()):
        aliases.setdefault(row[0], []).append(row[1])
    of = f"WHERE id {marks}" if marks else ""
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
        for row in reader._all(f"SELECT {columns} FROM source {of} ORDER BY id", ids or ())
    ]
