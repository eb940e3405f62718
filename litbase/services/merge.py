"""Two sources of one work made one, or told apart."""

import json
from typing import Any

from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.errors import BadInput
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import lookup
from .refresh import differences


def plan(library: Place, kept: str, gone: str) -> tuple[Source, Source, dict[str, tuple[str, str]]]:
    """The two sources, and what uniting them would change in the one that stays, as field → (before, after).

    Raises: NotFound, with the nearest; BadInput where the two are one.
    """
    into, out = _both(library, kept, gone)
    return into, out, differences(json.loads(into.item), merged(into, out)[0])


def merge(library: Place, kept: str, gone: str) -> Source:
    """Unite two sources in one undoable step; the one that stays.

    Raises: NotFound, with the nearest; BadInput where the two are one.
    """
    into, out = _both(library, kept, gone)
    item, provenance = merged(into, out)
    with write(library, "merge") as writer:
        writer.merge_sources(into.citekey, out.citekey, item, provenance)
    with Reader(library) as reader:
        return lookup.source(reader, into.citekey)


def tell_apart(library: Place, one: str, other: str) -> None:
    """Remember that two sources are not the same work.

    Raises: NotFound, with the nearest; BadInput where the two are one.
    """
    first, second = _both(library, one, other)
    with write(library, "not the same") as writer:
        writer.tell_apart(first.citekey, second.citekey)


def merged(into: Source, out: Source) -> tuple[Item, dict[str, Any]]:
    """The item of two sources united: the first one's fields, the other's where it has none.

    What the user has set by hand wins over what was fetched, in whichever of the two it stands.
    """
    item, other = json.loads(into.item), json.loads(out.item)
    held, theirs = json.loads(into.provenance), json.loads(out.provenance)
    provenance = dict(held)
    for name, value in other.items():
        by_hand = _origin(theirs, name) == "user" and _origin(held, name) != "user"
        if name != "id" and (by_hand or (name not in item and _origin(held, name) != "user")):
            item[name] = value
            provenance[name] = theirs.get(name) or theirs.get("*") or {"origin": "merge"}
    if item.get("type") == "document" and other.get("type"):
        item["type"] = other["type"]
    return item, provenance


def _origin(provenance: dict[str, Any], name: str) -> str:
    return str((provenance.get(name) or {}).get("origin", ""))


def _both(library: Place, one: str, other: str) -> tuple[Source, Source]:
    with Reader(library) as reader:
        first, second = lookup.source(reader, one), lookup.source(reader, other)
    if first.uuid == second.uuid:
        raise BadInput(f"{one} and {other} are one source", f"litbase show {first.citekey}")
    return first, second
