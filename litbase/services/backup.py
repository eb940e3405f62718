"""Backups made, listed, verified and put back."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from litbase.store import backups, files
from litbase.store.backups import Backup, Verdict

__all__ = ["Backup", "Restored", "Verdict", "folder", "listed", "make", "restore", "verify", "when"]


class Restored(NamedTuple):
    """What was put back: the backup, what it holds, and where the library is that was there before (None: none was)."""

    path: Path
    verdict: Verdict
    aside: Path | None


def make(library: Path) -> tuple[Backup, Verdict]:
    """Make a backup now and look into it.

    Raises: NotFound where there is no library; Damaged; LibraryError.
    """
    made = backups.make(library, "hand")
    return made, backups.verify(made.path)


def listed(library: Path) -> list[Backup]:
    """The backups there are, newest first.

    Raises: LibraryError.
    """
    return backups.backups(library)


def folder(library: Path) -> Path:
    """Where they lie."""
    return backups.folder(library)


def verify(library: Path, names: Sequence[str] = ()) -> list[tuple[Path, Verdict]]:
    """Look into backups, all where none is named.

    Raises: NotFound for a name that no backup has, or where there is none at all.
    """
    paths = [backups.named(library, name) for name in names] or [one.path for one in backups.backups(library)]
    if not paths:
        backups.named(library, "")
    return [(path, backups.verify(path)) for path in paths]


def when(library: Path, name: str) -> tuple[Path, str]:
    """A backup by its name, the newest where nothing is named, and when it was made (empty for another file).

    Raises: NotFound.
    """
    path = backups.named(library, name)
    return path, next((one.made for one in backups.backups(library) if one.path == path), "")


def restore(library: Path, path: Path) -> Restored:
    """Put a backup in the place of the library, which is kept aside; an older one is brought up to date.

    Raises: Damaged where the backup is no good; Newer; Locked; LibraryError.
    """
    from litbase.store import schema

    aside = backups.restore(library, path)
    found = files.schema_of(library)
    if found is not None and found < schema.SCHEMA:
        files.upgrade(library)
    return Restored(path, backups.verify(library, thorough=False), aside)
