"""The starter shelf: works of the field that come with litbase, to look through and to take over."""

from collections.abc import Sequence
from typing import NamedTuple

from litbase import bundled
from litbase.domain import brief
from litbase.domain.library import NewSource
from litbase.errors import NotFound
from litbase.place import Place
from litbase.store.writer import write

from . import concepts, refer


class Work(NamedTuple):
    """A work of the shelf as a list shows it."""

    citekey: str
    byline: str
    when: str
    title: str
    concepts: tuple[str, ...]


def works() -> list[Work]:
    """Every work of the shelf, in its order."""
    return [
        Work(one.citekey, brief.byline(one.item), brief.when(one.item), brief.title(one.item), one.concepts)
        for one in bundled.shelf()
    ]


def take(library: Place, keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take works over from the shelf, all of it where none is named: with their concepts, and a line in plain words.

    In one step, all or none. Answers the citekeys taken, and the shelf's keys of those that were there.

    Raises: NotFound, with the nearest, for a key that is not on the shelf; LibraryError.
    """
    chosen = _chosen(keys)
    planned = concepts.plan(library, [name for one in chosen for name in one.concepts])
    taken: list[str] = []
    there: list[str] = []
    with write(library, "shelf add") as writer:
        concepts.enter(writer, planned.new)
        for one in chosen:
            doi = one.item.get("DOI")
            if writer.holds(one.citekey) or (doi and writer.citekey_of(doi)):
                there.append(one.citekey)
                continue
            provenance = {"*": {"origin": "shelf", "confidence": one.confidence, "verified": list(one.verified)}}
            if one.caveat:
                provenance["*"]["caveat"] = one.caveat
            key = writer.add_source(NewSource(dict(one.item), one.citekey, doi=doi, provenance=provenance))
            for name in one.concepts:
                writer.tag(key, name)
            if one.note:
                writer.add_note(key, one.note, "plain words", "", private=False)
            taken.append(key)
    if taken:
        refer.keep_entries(library, taken)
    return taken, there


def _chosen(keys: Sequence[str]) -> list[bundled.ShelfSource]:
    shelf = {one.citekey: one for one in bundled.shelf()}
    for key in keys:
        if key not in shelf:
            from litbase.match import nearest

            near = nearest(key, shelf, cutoff=60)
            hint = f"did you mean {' or '.join(near)}?" if near else "litbase shelf list shows what is there"
            raise NotFound(f"there is no “{key}” on the shelf", hint)
    return [shelf[key] for key in keys] or list(shelf.values())
