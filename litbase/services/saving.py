"""Files that litbase writes for the user: whole or not at all, and never over something by accident."""

import os
from pathlib import Path

from litbase.errors import BadInput, LibraryError
from litbase.store import files
from litbase.store.identity import uuid7


def save(path: Path, content: str | bytes, force: bool = False) -> None:
    """Write a text in UTF-8, or bytes, to a file by way of a temporary one in the same folder.

    Raises: BadInput for a folder, or a file that is there without `force`; LibraryError where the
    disk or the system refuses.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise BadInput(f"{path} is a folder", "name a file in it")
    if target.exists() and not force:
        raise BadInput(f"{path} is there already", "--force writes over it")
    temporary = target.with_name(f".{target.name[:80]}.{uuid7()[-8:]}.new")
    try:
        with temporary.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        files.sync_folder(target.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise LibraryError(f"cannot write {path}: {files.reason(error)}", "check the path") from error
