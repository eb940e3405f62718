"""Erasing for good what is in the bin, or what is named: nothing of it can be undone."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from litbase.domain.library import Note, Source
from litbase.errors import NotFound
from litbase.place import Place
from litbase.store import lookups
from litbase.store.purging import Bin, Removed, holding, squeeze
from litbase.store.writer import write

from . import annotate, lookup


class Condemned(NamedTuple):
    """What is to be erased: sources with all that is on them, notes, notes removed before, and earlier texts.

    `earlier` holds notes whose present text stays; `texts` counts what history keeps of them.
    """

    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    removed: tuple[Removed, ...] = ()
    earlier: tuple[Note, ...] = ()
    texts: int = 0

    @property
    def uuids(self) -> list[str]:
        """The public ids of all that is to be erased."""
        notes = [*[note.uuid for note in (*self.notes, *self.earlier)], *[note.uuid for note in self.removed]]
        return [*[source.uuid for source in self.sources], *notes]


class Erased(NamedTuple):
    """What is left to know: the backups that still hold it, and whether the file was written anew without the room."""

    backups: tuple[Path, ...]
    squeezed: bool


def binned(library: Place) -> Condemned:
    """What is in the bin: removed sources and removed notes.

    Raises: NotFound where there is no library.
    """
    with Bin(library) as held:
        return Condemned(tuple(held.removed_sources()), removed=tuple(held.removed_notes()))


def named(library: Place, keys: Sequence[str]) -> Condemned:
    """Sources by citekey, in the bin or not.

    Raises: NotFound for an unknown citekey.
    """
    with Bin(library) as held:
        return Condemned(tuple(held.removed_source(key) or lookup.source(held, key) for key in keys))


def note(library: Place, key: str, which: str) -> Condemned:
    """One note of a source, by its number or the beginning of its public id.

    Raises: NotFound.
    """
    return Condemned(notes=(annotate.find(library, key, which),))


def earlier(library: Place, keys: Sequence[str]) -> Condemned:
    """What the notes of these sources, or of all, said before what they say now; and the notes removed.

    Raises: NotFound for an unknown citekey.
    """
    notes = tuple(annotate.notes(library, keys))
    with Bin(library) as held:
        own = {lookup.source(held, key).citekey for key in keys}
        removed = tuple(one for one in held.removed_notes() if not keys or one.citekey in own)
        return Condemned(removed=removed, earlier=notes, texts=held.earlier_texts([one.uuid for one in notes]))


def erase(library: Place, condemned: Condemned, backups: bool = False) -> Erased:
    """Erase it, all or nothing; with `backups`, also the backups that hold it.

    Raises: NotFound where there is nothing to erase; LibraryError.
    """
    if not condemned.uuids:
        raise NotFound("there is nothing to erase: the bin is empty", "litbase purge KEY erases a source for good")
    with write(library, "purge") as writer:
        writer.purge(
            [one.uuid for one in condemned.sources],
            [*[one.uuid for one in condemned.notes], *[one.uuid for one in condemned.removed]],
            [one.uuid for one in condemned.earlier],
        )
    # What was looked up for drafts may name the same works; it is only a cache.
    lookups.path(library).unlink(missing_ok=True)
    squeezed = squeeze(library)
    found = holding(library, condemned.uuids)
    for path in found if backups else ():
        path.unlink(missing_ok=True)
    return Erased(() if backups else tuple(found), squeezed)
