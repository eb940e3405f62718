"""Backups of a library in a file made, listed, verified and put back; a server's are its administrator's."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from litbase.place import Place
from litbase.store import backups, files, verdicts
from litbase.store.backups import Backup
from litbase.store.verdicts import Verdict

__all__ = ["Backup", "Restored", "Verdict", "folder", "listed", "make", "restore", "verify", "when"]


class Restored(NamedTuple):
    """What was put back: the backup, what it holds, and where the library is that was there before (None: none was)."""

    path: Path
    verdict: Verdict
    aside: Path | None


def make(library: Place) -> tuple[Backup, Verdict]:
    """Make a backup now and look into it.

    Raises: NotFound where there is no library; Damaged; LibraryError.
    """
    made = backups.make(files.local(library), "hand")
    return made, verdicts.verify(made.path)


def listed(library: Place) -> list[Backup]:
    """The backups there are, newest first.

    Raises: LibraryError.
    """
    return backups.backups(files.local(library))


def folder(library: Place) -> Path:
    """Where they lie."""
    return backups.folder(files.local(library))


def verify(library: Place, names: Sequence[str] = ()) -> list[tuple[Path, Verdict]]:
    """Look into backups, all where none is named.

    Raises: NotFound for a name that no backup has, or where there is none at all.
    """
    paths = [backups.named(files.local(library), name) for name in names] or [
        one.path for one in backups.backups(files.local(library))
    ]
    if not paths:
        backups.named(files.local(library), "")
    return [(path, verdicts.verify(path)) for path in paths]


def when(library: Place, name: str) -> tuple[Path, str]:
    """A backup by its name, the newest where nothing is named, and when it was made (empty for another file).

    Raises: NotFound.
    """
    path = backups.named(files.local(library), name)
    return path, next((one.made for one in backups.backups(files.local(library)) if one.path == path), "")


def restore(library: Place, path: Path) -> Restored:
    """Put a backup in the place of the library, which is kept aside; an older one is brought up to date.

    Raises: Damaged where the backup is no good; Newer; Locked; LibraryError.
    """
    from litbase.store import schema

    file = files.local(library)
    aside = backups.restore(file, path)
    found = files.schema_of(file)
    if found is not None and found < schema.SCHEMA:
        files.upgrade(file)
    return Restored(path, verdicts.verify(file, thorough=False), aside)
