"""What tells every source of a library from another, read in one go: for imports, which ask it of thousands."""

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
    deleted: bool


def identities(reader: Reader) -> list[Identity]:
    """Every source, those in the bin too, in the order they were added."""
    aliases: dict[int, list[str]] = {}
    for row in reader._all("SELECT source_id, doi FROM doi_alias"):
        aliases.setdefault(row[0], []).append(row[1])
    rows = reader._all("SELECT id, uuid, citekey, doi, title, byline, year, deleted FROM source ORDER BY id")
    return [
        Identity(
            row["uuid"],
            row["citekey"],
            tuple(doi for doi in (row["doi"], *aliases.get(row["id"], ())) if doi),
            row["title"],
            row["byline"],
            row["year"],
            row["deleted"] is not None,
        )
        for row in rows
    ]
