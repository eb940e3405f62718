"""A library taken to another place, from a file to a server or back, whole: ids, keys, notes and history.

The place it is taken to holds none yet, or what an earlier move that was broken off has left: all of it or
nothing, for a move is one transaction. Both ends are read again afterwards and held against each other. What
was there before stays where it is.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from json import dumps
from typing import NamedTuple

from litbase.errors import BadInput, LibraryError
from litbase.place import Place
from litbase.store import whole
from litbase.store.opened import exists
from litbase.store.reader import Reader
from litbase.store.restoring import Restorer, is_empty
from litbase.store.writer import write


class Contents(NamedTuple):
    """What a library holds: its lines (`store/whole.py`), by their kinds, its notes, and a digest of it all."""

    lines: int
    concepts: int
    sources: int
    notes: int
    drafts: int
    changes: int
    digest: str


class Moved(NamedTuple):
    """What both ends hold; `already` where it had been moved before."""

    contents: Contents
    already: bool


def move(library: Place, to: Place, here: Contents, step: Callable[[], None] = lambda: None) -> Moved:
    """Take a library to another place; `here` is what it holds, `step` is called for each line.

    Raises: NotFound where there is no library; BadInput where another one is there; LibraryError where the
    two are not equal afterwards.
    """
    if library == to:
        raise BadInput(f"{library} is where the library is already", "name another place with --to")
    if exists(to) and (there := contents(to)).changes + there.sources + there.concepts:
        return _already(here, there, to)
    told = _Telling()
    with Reader(library) as reader, reader.snapshot(), write(to, "move") as writer:
        if not is_empty(writer):
            raise BadInput(f"somebody has just begun a library at {to}", "nothing was changed")
        restorer = Restorer(writer, as_it_was=True)
        for line in _lines(reader):
            told.take(line)
            restorer.put(line)
            step()
        restorer.finish()
    there = contents(to)
    if there != told.contents():
        raise LibraryError(
            f"{to} does not hold what {library} holds, which is untouched", "was it written to meanwhile? move it again"
        )
    return Moved(there, False)


def contents(library: Place) -> Contents:
    """What a library holds at one moment, one's own rows by no name, so that it can be told whether two hold the same.

    Raises: NotFound where there is none; LibraryError.
    """
    told = _Telling()
    with Reader(library) as reader, reader.snapshot():
        for line in _lines(reader):
            told.take(line)
    return told.contents()


class _Telling:
    """What a library holds, told line by line."""

    def __init__(self) -> None:
        self._digest = sha256()
        self._counts = Counter[str]()

    def take(self, line: whole.Line) -> None:
        """One more line of it."""
        kind = next(iter(line))
        self._counts[kind] += 1
        self._counts["note"] += len(line["source"]["notes"]) if kind == "source" else 0
        self._digest.update(dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")

    def contents(self) -> Contents:
        """All of it."""
        counts = self._counts
        lines = counts.total() - counts["note"]
        concepts, sources, drafts = counts["concept"], counts["source"], counts["draft"]
        return Contents(lines, concepts, sources, counts["note"], drafts, counts["change"], self._digest.hexdigest())


def _lines(reader: Reader) -> Iterator[whole.Line]:
    return (whole.renamed(line, reader.who, "") for line in whole.lines(reader, whole.Scope(notes="all")))


def _already(here: Contents, there: Contents, to: Place) -> Moved:
    if here != there:
        raise BadInput(
            f"there is another library at {to}: {there.sources:,} sources where this one has {here.sources:,}",
            "name another place; litbase export and litbase import unite two libraries",
        )
    return Moved(there, True)
