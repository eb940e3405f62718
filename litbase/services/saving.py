"""Files that litbase writes for the user: whole or not at all, and never over something by accident."""

import os
from collections.abc import Iterable
from pathlib import Path

from litbase.errors import BadInput, LibraryError
from litbase.store import files
from litbase.store.identity import uuid7


def save(path: Path, content: str | bytes, force: bool = False) -> None:
    """Write a text in UTF-8, or bytes, to a file by way of a temporary one in the same folder.

    Raises: BadInput for a folder, or a file that is there without `force`; LibraryError where the
    disk or the system refuses.
    """
    save_pieces(path, (content,), force)


def save_pieces(path: Path, pieces: Iterable[str | bytes], force: bool = False, private: bool = False) -> None:
    """As `save`, for what comes piece by piece; `private`: only its owner may read the file.

    Raises: as `save`, and what making the pieces raises; there is no file then.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise BadInput(f"{path} is a folder", "name a file in it")
    if target.exists() and not force:
        raise BadInput(f"{path} is there already", "--force writes over it")
    temporary = target.with_name(f".{target.name[:80]}.{uuid7()[-8:]}.new")
    try:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600 if private else 0o666), "wb") as file:
            for piece in pieces:
                file.write(piece.encode() if isinstance(piece, str) else piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        files.sync_folder(target.parent)
    except OSError as error:
        raise LibraryError(f"cannot write {path}: {files.reason(error)}", "check the path") from error
    finally:
        files.discard(temporary)
