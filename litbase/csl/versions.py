"""The version of everything that can change an entry but its item: the key of finished entries."""

import os
from functools import lru_cache
from pathlib import Path

from litbase import __version__
from litbase.csl.stylefiles import package_folder


def stamp(style: Path) -> str:
    """A text that changes with a style's file, with litbase's formatting and with citeproc-py.

    Made of sizes and times alone: a list served from the cache must not read what it does not render.
    """
    seen = style.stat()
    return f"{_formatting()} {seen.st_size}.{seen.st_mtime_ns:x}"


@lru_cache(maxsize=1)
def _formatting() -> str:
    """Over the sources of this room, of the domain and of citeproc-py: no hand has to remember to raise a number."""
    here = Path(__file__).resolve().parent
    count = size = newest = 0
    for room in (here, here.parent / "domain", package_folder("citeproc")):
        with os.scandir(room) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    seen = entry.stat()
                    count, size, newest = count + 1, size + seen.st_size, max(newest, seen.st_mtime_ns)
    return f"{__version__} {count}.{size}.{newest:x}"
