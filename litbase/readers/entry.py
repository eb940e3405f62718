"""What every reader of a foreign file gives: the entries it found, and what it could not read, each with its line."""

from typing import NamedTuple

from litbase.domain.item import Item
from litbase.domain.records.changes import Change


class Entry(NamedTuple):
    """One entry of a file, in CSL's words and not tidied yet.

    `number` and `line` count from 1. `citekey` is the file's own, empty where it has none. `protected`
    are stretches of the title whose capitals the file vouches for; `unused` holds the fields that CSL
    has no variable for, as they came.
    """

    number: int
    line: int
    item: Item
    citekey: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()


class Fault(NamedTuple):
    """An entry that cannot be read, where it begins, and why."""

    number: int
    line: int
    reason: str


class Listing(NamedTuple):
    """What a file holds, in its order. `remarks` are sentences on the file as a whole."""

    form: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
