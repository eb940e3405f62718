"""Backups: whole, checked copies of a library in the folder `backups` beside it, for its owner only.

One is made before every migration, before a restoration, when it is asked for, and once a day before a
write where something has changed since the last. Those of the days are thinned out: the newest of each
of seven days, four weeks and twelve months stay. The others stay until their owner removes them.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from litbase import stages
from litbase.errors import Damaged, LibraryError, NotFound

from . import files
from .identity import now, uuid7
from .verdicts import verify, written_by

FOLDER = "backups"
DAYS, WEEKS, MONTHS = 7, 4, 12
Why: TypeAlias = Literal["day", "hand", "schema", "replaced"]
# Pages copied between one look at how far a copy has come and the next: some 16 MB.
_PAGES = 4096
_WHY: dict[str, Why] = {"day": "day", "hand": "hand", "schema": "schema", "replaced": "replaced"}


class Backup(NamedTuple):
    """A backup: when it was made (UTC, as `identity.now`), why, and its size in bytes."""

    path: Path
    made: str
    why: Why
    size: int


def folder(library: Path) -> Path:
    """Where a library's backups lie: beside the file itself, also where it is known by a link."""
    return _itself(library).parent / FOLDER


def _itself(library: Path) -> Path:
    return Path(os.path.realpath(library))


def backups(library: Path) -> list[Backup]:
    """A library's backups, newest first; what else lies in their folder is left out.

    Raises: LibraryError where the folder cannot be read.
    """
    found = []
    for path, at, why in _named(library):
        # One that is thinned out at this moment is none any more.
        with suppress(FileNotFoundError):
            found.append(Backup(Path(path), at, why, Path(path).stat().st_size))
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def _named(library: Path) -> list[tuple[str, str, Why]]:
    """Backups by their names alone, in no order: (path, when, why)."""
    name_of = re.escape(_itself(library).name)
    pattern = re.compile(name_of + r"\.(\d{8})T(\d{9})Z\.(day|hand|schema|replaced)(?:\.\d+)?\.backup")
    try:
        with os.scandir(folder(library)) as entries:
            names = [
                (entry.path, name)
                for entry in entries
                if (name := pattern.fullmatch(entry.name)) and entry.is_file(follow_symlinks=False)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise LibraryError(f"cannot read {folder(library)}: {files.reason(error)}", "check its rights") from error
    return [(path, _told(name[1], name[2]), _WHY[name[3]]) for path, name in names]


def made(library: Path) -> list[Backup]:
    """The backups that were made as such, newest first: without libraries that others have taken the place of."""
    return [one for one in backups(library) if one.why != "replaced"]


def make(library: Path, why: Why) -> Backup:
    """Make a backup of a library as it is now; other litbases may go on writing meanwhile.

    Raises: NotFound where there is no library; Damaged where what was copied is not whole; LibraryError.
    """
    if files.schema_of(library) is None:
        raise files.missing(library)
    return copied(library, why)


def copied(library: Path, why: Why) -> Backup:
    """As `make`, for a caller that holds a lock on the library.

    To look at the file's header would let go of the lock: POSIX drops all locks that a process has on a
    file when it closes any handle of it.
    """
    files.make_folder(folder(library))
    temporary = folder(library) / f".{library.name}.{uuid7()}.new"
    try:
        copy(library, temporary)
        target = _free(library, why)
        temporary.replace(target)
        files.sync_folder(target.parent)
    except OSError as error:
        raise LibraryError(f"cannot write a backup of {library}: {files.reason(error)}", "make room") from error
    finally:
        files.discard(temporary)
    return next(one for one in backups(library) if one.path == target)


def copy(source: Path, target: Path) -> None:
    """A whole copy of a library in a new file, for its owner only, checked and on the disk.

    Raises: Damaged where the copy is not whole; LibraryError; OSError.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    failed = source
    try:
        reading = files.connect(source)
        try:
            # A lock held from here on: without one, a long writer would be waited for without end.
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            failed = target
            writing = sqlite3.connect(target, isolation_level=None)
            try:
                found = _filled(reading, writing)
            finally:
                writing.close()
        finally:
            reading.close()
    except sqlite3.Error as error:
        raise files.explain(error, failed) from error
    if found is None or found[0] != "ok":
        raise Damaged(f"the library {source} is damaged: {found[0] if found else ''}", restorable(source))
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _filled(reading: sqlite3.Connection, writing: sqlite3.Connection) -> sqlite3.Row | None:
    """Copy one library into another, page by page, and what SQLite says of the copy."""
    pages = files.pages(reading)
    with stages.stage("copying the library", pages) as done:
        reading.backup(writing, pages=_PAGES, progress=lambda _, left, total: done(total - left))
    with stages.stage("checking the copy", pages, counted=False):
        found: sqlite3.Row | None = writing.execute("PRAGMA quick_check(1)").fetchone()
    return found


def daily(library: Path, connection: sqlite3.Connection) -> None:
    """Make the backup of the day, where one is due; `connection` holds the lock for writing.

    A disk without room for it is no reason to refuse a write: `doctor` tells that no backup could be made.

    Raises: Damaged where the library is not whole.
    """
    if not due(library, connection):
        return
    try:
        copied(library, "day")
        thin(library)
    except Damaged:
        raise
    except LibraryError:
        return


def due(library: Path, connection: sqlite3.Connection, days: int = 1) -> bool:
    """Whether the newest backup is a day old, or the library itself where there is none, and it has changed since."""
    present = now()
    # A clock that was wrong once must not put off all backups to come.
    newest = max((at for _, at, why in _named(library) if why != "replaced" and at <= present), default="")
    ends = [
        connection.execute(f"SELECT at FROM change ORDER BY id {order} LIMIT 1").fetchone() for order in ("", "DESC")
    ]
    if ends[0] is None or ends[1] is None:
        return False
    long_ago = now(ago=days * 86_400)
    return bool((newest or ends[0][0]) <= long_ago and ends[1][0] > newest)


def overdue(library: Path, days: int) -> bool:
    """Whether a library has changed since its newest backup, and that, or its first change, is so many days old."""
    try:
        connection = files.connect(library)
        try:
            return due(library, connection, days)
        finally:
            connection.close()
    except (sqlite3.Error, LibraryError):
        return False


def thin(library: Path) -> list[Backup]:
    """Remove the backups of days that the rule does not keep; which they were."""
    daily = [one for one in backups(library) if one.why == "day"]
    keep = kept(one.made for one in daily)
    gone = [one for one in daily if one.made not in keep]
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone


def kept(times: Iterable[str]) -> set[str]:
    """The times that stay: the newest of each of the seven last days, four weeks and twelve months that have any."""
    from datetime import date

    ordered = sorted(set(times), reverse=True)
    stay: set[str] = set()
    for most, period in (
        (DAYS, lambda time: time[:10]),
        (WEEKS, lambda time: str(date.fromisoformat(time[:10]).isocalendar()[:2])),
        (MONTHS, lambda time: time[:7]),
    ):
        newest: dict[str, str] = {}
        for time in ordered:
            newest.setdefault(period(time), time)
        stay.update(list(newest.values())[:most])
    return stay


def newest_good(library: Path) -> Backup | None:
    """The newest backup that is whole."""
    return next((one for one in made(library) if not verify(one.path, thorough=False).trouble), None)


def restorable(library: Path) -> str:
    """What to do about a damaged library: the newest good backup by name, where there is one."""
    try:
        found = newest_good(library)
    except LibraryError:
        found = None
    if found is None:
        return "litbase leaves it untouched, and there is no good backup of it; litbase doctor tells more"
    return f"litbase leaves it untouched; litbase backup restore {found.path.name} puts back the newest good backup"


def named(library: Path, name: str) -> Path:
    """A backup by its name, the beginning of its name or a path; the newest made as one where nothing is named.

    Raises: NotFound; LibraryError.
    """
    held = backups(library)
    if not name:
        if not made(library):
            raise NotFound(f"there is no backup of {library}", "litbase backup makes one")
        return made(library)[0].path
    if os.sep in name:
        if not Path(name).is_file():
            raise NotFound(f"there is no file {name}", "litbase backup list")
        return Path(name)
    found = [one.path for one in held if name in (one.path.name, one.made)]
    found = found or [one.path for one in held if one.made.startswith(name) or one.path.name.startswith(name)]
    if len(found) != 1:
        raise NotFound(f"{len(found) or 'no'} backups go by {name}", "litbase backup list names them")
    return found[0]


def restore(library: Path, path: Path) -> Path | None:
    """Put a backup in the place of the library; where the library that was there is kept, None if there was none.

    What is there now, damaged or not, stays under its own name among the backups. The file by the library's
    name is the old one or the new one at every moment.

    Raises: Damaged where the backup is not whole; Newer for a newer litbase's; Locked; LibraryError.
    """
    from .schema import SCHEMA

    verdict = verify(path)
    if verdict.trouble:
        raise Damaged(f"the backup {path} is no good: {verdict.trouble}", "litbase backup verify looks at them all")
    if verdict.schema > SCHEMA:
        raise files.newer(path, verdict.schema, written_by(path))
    return put(library, lambda temporary: copy(path, temporary))


def put(library: Path, make: Callable[[Path], None]) -> Path | None:
    """Put a new file in the library's place and keep the old one aside; where it is kept.

    `make` writes the new file under the name it is given. A library that is whole enough is locked all the
    while: no writer is half way, and what one has written is not lost. One that waits for the lock is told by
    SQLite that the file has moved.

    Raises: Locked; LibraryError; what `make` raises.
    """
    library = _itself(library)
    files.make_folder(library.parent)
    files.make_folder(folder(library))
    temporary = library.with_name(f".{library.name}.{uuid7()}.new")
    lock = _locked(library)
    try:
        make(temporary)
        aside = _keep(library) if library.exists() else None
        temporary.replace(library)
        files.sync_folder(library.parent)
    except OSError as error:
        raise LibraryError(f"cannot write {library}: {files.reason(error)}", "nothing was changed") from error
    finally:
        if lock is not None:
            lock.close()
        files.discard(temporary)
    return aside


def _keep(library: Path) -> Path:
    """Give a library a second name among the backups."""
    aside = _free(library, "replaced")
    journal = library.with_name(library.name + "-journal")
    # Left where it is, the old library's journal would be played back into the new one.
    if journal.exists():
        journal.replace(aside.with_name(aside.name + "-journal"))
    try:
        os.link(library, aside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        library.rename(aside)
    return aside


def _locked(library: Path) -> sqlite3.Connection | None:
    """A connection that keeps other writers out; None where the file is not there or too broken to be locked."""
    if not library.exists():
        return None
    connection = files.connect(library)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        connection.close()
        explained = files.explain(error, library)
        if isinstance(explained, Damaged):
            return None
        raise explained from error
    return connection


def _free(library: Path, why: Why) -> Path:
    """A name that no backup has yet."""
    stamp = re.sub(r"[-:.]", "", now())
    stem = folder(library) / f"{_itself(library).name}.{stamp}.{why}"
    names = [f"{stem}.backup", *(f"{stem}.{number}.backup" for number in range(2, 100))]
    return next(path for path in map(Path, names) if not path.exists())


def _told(day: str, time: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:6]}.{time[6:]}Z"
