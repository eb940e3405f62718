"""The ledger: which drafts cite which sources, and where; kept by `build` and `check`, asked by `uses` and `drafts`.

A draft goes by its absolute path. One that has moved is known again by its bytes; one that is gone
stays, marked, until it is forgotten.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from litbase.errors import LibraryError, NotFound
from litbase.place import Place
from litbase.store.ledger_reader import Known, Ledger, Use
from litbase.store.opened import exists

from . import lookup

__all__ = ["Drafted", "Use", "Used", "drafts", "drafts_citing", "forget", "remember", "uses"]


class Drafted(NamedTuple):
    """A draft the ledger knows, and how much it cites; `missing` where no file is at its path now."""

    path: str
    title: str
    seen: str
    citations: int
    sources: int
    missing: bool


class Used(NamedTuple):
    """A place where a source is cited; `missing` where the draft is gone."""

    path: str
    line: int
    column: int
    text: str
    missing: bool


def remember(library: Place, path: str, found: Iterable[Use], content: bytes | None = None, title: str = "") -> bool:
    """Keep what a draft cites; whether that could be done.

    `found` are the citations of sources in the library, in the draft's order; `content` the draft's bytes,
    read from `path` where not given. Nothing is kept of standard input (`-`), and none of it is worth failing
    for: without a library, or with one that cannot be written, the answer is no.
    """
    if path == "-":
        return False
    uses = list(found)
    try:
        if not exists(library):
            return False
        digest = sha256(Path(path).read_bytes() if content is None else content).hexdigest()
        where = str(Path(path).resolve())
        with Ledger(library) as reader:
            known = reader.draft_at(where)
            if known and known.digest == digest and known.title == title and reader.uses_in(known.uuid) == uses:
                return True
            formerly = "" if known else _moved_from(reader.drafts_of_digest(digest))
        if not (known or uses):
            return False
        from litbase.store.writer import write

        with write(library, "drafts") as writer:
            writer.remember_draft(where, digest, title, uses, formerly)
    except (LibraryError, OSError):
        return False
    return True


def _moved_from(same: Sequence[Known]) -> str:
    """The path of a draft with the same bytes that is not there any more."""
    return next((one.path for one in same if not Path(one.path).exists()), "")


def drafts(library: Place) -> list[Drafted]:
    """Every draft the ledger knows, by path.

    Raises: NotFound where there is no library; LibraryError.
    """
    with Ledger(library) as reader:
        counts = reader.counts()
        return [
            Drafted(one.path, one.title, one.seen, *counts.get(one.uuid, (0, 0)), not Path(one.path).exists())
            for one in reader.drafts()
        ]


def uses(library: Place, key: str) -> list[Used]:
    """Where a source is cited, under any citekey it has had; by path and place.

    Raises: NotFound, with the nearest, for a citekey that neither the library nor a draft knows; LibraryError.
    """
    with Ledger(library) as reader:
        found = reader.uses_of(key)
        if not found:
            lookup.source(reader, key)
    gone = {known.path: not Path(known.path).exists() for known, _ in found}
    return [Used(known.path, use.line, use.column, use.text, gone[known.path]) for known, use in found]


def drafts_citing(library: Place, key: str) -> list[str]:
    """The paths of the drafts that cite a source: those to mend when it is retracted. Missing ones are left out.

    Raises: NotFound where there is no library; LibraryError.
    """
    with Ledger(library) as reader:
        paths = dict.fromkeys(known.path for known, _ in reader.uses_of(key))
    return [path for path in paths if Path(path).exists()]


def forget(library: Place, path: str) -> str:
    """Take a draft out of the ledger, there or gone; its whole path.

    Raises: NotFound where the ledger has none of that path; LibraryError.
    """
    from litbase.store.writer import write

    where = str(Path(path).resolve())
    with write(library, "drafts") as writer:
        if not writer.forget_draft(where):
            raise NotFound(f"the ledger knows no draft {where}", "litbase drafts lists them")
    return where
