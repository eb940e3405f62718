"""A round trip: items written by a writer of render/, read back by a reader, tidied; and what came back otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from litbase import readers
from litbase.domain.item import Item
from litbase.errors import BadRecord
from litbase.readers import tidying
from litbase.services import titling

MODULES = {"csl-json": "csljson", "bibtex": "bibtex", "ris": "ris"}


class Difference(NamedTuple):
    """A field of an item that came back otherwise."""

    id: str
    type: str
    field: str
    before: Any
    after: Any


def cased(title: str, evidence: str) -> str:
    return titling.sentence_case(title, evidence).text


def kept(items: Iterable[Item]) -> list[Item]:
    """Items as an import keeps them, each with an id of its own."""
    return [
        {**tidying.tidied({k: v for k, v in item.items() if k != "id"}, (), cased).item, "id": f"key{number}"}
        for number, item in enumerate(items)
    ]


def differences(form: str, items: Sequence[Item]) -> Iterator[Difference]:
    """Every field that a round trip changes."""
    text = import_module(f"litbase.render.{MODULES[form]}").listing(items)
    listing = readers.read("round trip", text.encode())
    assert listing.form == form
    assert not listing.faults
    assert len(listing.entries) == len(items)
    for item, entry in zip(items, listing.entries, strict=True):
        assert entry.citekey == item["id"]
        try:
            back = tidying.tidied(entry.item, entry.protected, cased).item
        except BadRecord:
            yield Difference(item["id"], item["type"], "*", item, None)
            continue
        for field in sorted({*item, *back} - {"id"}):
            if item.get(field) != back.get(field):
                yield Difference(item["id"], item["type"], field, item.get(field), back.get(field))
