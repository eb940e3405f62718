"""Files for texts on their way through an editor: beside the library, for their owner only."""

import os
import re
from pathlib import Path

from litbase import place
from litbase.errors import LibraryError
from litbase.store import files
from litbase.store.identity import uuid7


def file(library: place.Place, name: str, text: str) -> Path:
    """A new file with that text, in the folder `editing` beside the library, or in the one kept for its server.

    Raises: LibraryError where it cannot be written.
    """
    folder = place.folder(library) / "editing"
    files.make_folder(folder)
    stem, dot, ending = re.sub(r"[^\w.-]", "_", name).rpartition(".")
    path = folder / f"{stem}-{uuid7()[-6:]}{dot}{ending}"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as handle:
            handle.write(text)
    except OSError as error:
        raise LibraryError(f"cannot write {path}: {files.reason(error)}", "check the path") from error
    return path
