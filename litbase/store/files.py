"""The library as a file: where it is made, what is refused, who may read it.

A library is created whole in a temporary file and linked into place, so a file by its name is
never half a library. Its header tells a foreign, empty, damaged or newer file before SQLite opens it.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from litbase import __version__
from litbase.errors import Damaged, LibraryError, Locked, Newer, NotFound, ReadOnly
from litbase.place import Place

from .identity import uuid7
from .sqlite import FileConnection

_MAGIC = b"SQLite format 3\x00"
# Where another litbase is writing, how long to wait for it.
BUSY_SECONDS = 30.0
# (library, the backup made before, its schema) of each that this process has brought up to date; cli/front.py tells.
upgraded: list[tuple[Path, Path, int]] = []


def header(path: Path) -> tuple[int, int] | None:
    """(application id, schema) from the first 100 bytes of a file; None where there is no file.

    Raises: Damaged for an empty file or one that SQLite did not write; LibraryError where it
    cannot be read.

    Source: https://www.sqlite.org/fileformat2.html, "The Database Header".
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise LibraryError(f"{path} is not a file", "name a file with --library or LITBASE_LIBRARY")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"cannot read the library {path}: {reason(error)}", "check the path") from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        what = "is empty" if not head else "is not a litbase library"
        raise Damaged(f"{path} {what}", _instead(path, "name another file with --library, or move this one away"))
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


def local(place: Place) -> Path:
    """The file of a library that is one.

    Raises: LibraryError for one on a server.
    """
    if isinstance(place, Path):
        return place
    raise LibraryError(
        f"the library {place} is on a server, whose administrator makes its backups",
        "litbase export --with-private -o library.jsonl writes all that you may read",
    )


def schema_of(path: Path) -> int | None:
    """The schema of the library at `path`; None where there is no file yet.

    Raises: Damaged for files that are not litbase's; what `header` raises.
    """
    from .schema import APPLICATION_ID

    found = header(path)
    if found is None:
        return None
    if found[0] != APPLICATION_ID:
        raise Damaged(
            f"{path} is another program's SQLite file, not a litbase library",
            _instead(path, "name another file with --library"),
        )
    return found[1]


def _instead(path: Path, otherwise: str) -> str:
    """What to do about a file that is no library: its newest good backup where it has one."""
    from . import backups

    return backups.restorable(path) if backups.backups(path) else f"litbase leaves it untouched; {otherwise}"


def newer(path: Place, schema: int, written_by: str) -> Newer:
    """The error for a library that a newer litbase wrote and this one cannot use."""
    return Newer(
        f"the library {path} was written by litbase {written_by} (schema {schema}); this is litbase {__version__}",
        f"use litbase {written_by} or newer; the library is untouched",
    )


def make_folder(folder: Path) -> None:
    """Make the library's folder, for its owner only.

    Raises: LibraryError where it cannot be made.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise LibraryError(f"cannot make the folder {folder}: {reason(error)}", "check the path") from error


def create(path: Path) -> None:
    """Make a new, empty library, unless another process has just made one there.

    Raises: LibraryError where the folder cannot be written.
    """
    from . import schema

    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{uuid7()}.new")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            schema.prepare(connection)
            schema.migrate(connection, __version__)
        finally:
            connection.close()
        _link(temporary, path)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        raise LibraryError(f"cannot make a library at {path}: {reason(error)}", "check the path") from error
    finally:
        discard(temporary)


def upgrade(path: Path) -> None:
    """Bring an older library to this litbase's schema, after a backup.

    Raises: LibraryError, Damaged; the library is as it was then.
    """
    from . import backups, schema

    before = schema_of(path) or 0
    backup = backups.make(path, "schema")
    connection = connect(path)
    try:
        schema.prepare(connection)
        schema.migrate(connection, __version__)
    except sqlite3.Error as error:
        failed = explain(error, path)
        failed.hint = f"nothing was changed; the backup made before is {backup.path}"
        raise failed from error
    finally:
        connection.close()
    upgraded.append((path, backup.path, before))


def discard(temporary: Path) -> None:
    """Remove a temporary file, if it is there, with the journal that SQLite may have left beside it.

    A disk that takes nothing gives nothing up either: what matters has been told, or done, by then.
    """
    for path in (temporary, temporary.with_name(temporary.name + "-journal")):
        with suppress(OSError):
            path.unlink()


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links: the check and the rename are two steps there.
        if path.exists():
            return
        temporary.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have a new name in a folder survive a power failure, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def connect(path: Path) -> FileConnection:
    """A connection to a library that exists; statements commit by themselves outside of BEGIN.

    Opened for writing even to read: a reader must be able to finish the rollback that a killed
    writer has left. `query_only` then keeps it from anything else.

    Raises: LibraryError where it cannot be opened.
    """
    uri = path.absolute().as_uri() + "?mode=rw"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, factory=FileConnection)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    connection.row_factory = sqlite3.Row
    return connection


def pages(connection: sqlite3.Connection) -> int:
    """How many pages a file has, of some 4,096 bytes each."""
    return int(connection.execute("PRAGMA page_count").fetchone()[0])


def missing(path: Place) -> NotFound:
    """The error for reading a library that is not there."""
    return NotFound(f"there is no library at {path} yet", "litbase add 10.1037/pst0000185 starts one")


def explain(error: sqlite3.Error, path: Path) -> LibraryError:
    """One of litbase's errors for one of SQLite's, by its result code.

    Source: https://www.sqlite.org/rescode.html
    """
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Locked(f"another litbase is writing to {path}", "nothing was changed; try again when it has finished")
    if name.startswith("SQLITE_FULL") or (name.startswith("SQLITE_IOERR") and _disk_full(path)):
        return LibraryError("the disk is full; nothing was changed", "make room and run the command again")
    if name.startswith("SQLITE_IOERR"):
        return LibraryError(
            f"the disk failed while reading or writing {path} ({name}); nothing was changed",
            "check the disk, and keep a copy of the library elsewhere",
        )
    if name == "SQLITE_READONLY_DBMOVED":
        return LibraryError(f"the library {path} was replaced meanwhile; nothing was changed", "run the command again")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnly(f"the library {path} cannot be written", "check the rights of the file and its folder")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        from . import backups

        return Damaged(f"the library {path} is damaged ({name})", backups.restorable(path))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return ReadOnly(f"the library {path} cannot be opened", "check the path and the rights of its folder")
    return LibraryError(f"the library {path} cannot be used: {error}", "run the command again with --debug")


def _disk_full(path: Path) -> bool:
    try:
        room = os.statvfs(path.parent)
    except (OSError, AttributeError):
        return False
    return room.f_bavail * room.f_frsize < 1 << 16


def reason(error: OSError) -> str:
    """Why the system refused, in its own words and lower case."""
    return (error.strerror or str(error)).lower()
