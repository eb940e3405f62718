"""The version of everything that can change an entry: the key of finished entries."""

import re
from functools import lru_cache
from pathlib import Path

from litbase.csl.stylefiles import package_folder


def digest(content: bytes) -> str:
    """16 hexadecimal digits over a style's bytes, litbase's formatting and citeproc-py's version."""
    from hashlib import blake2b

    return blake2b(_formatting() + content, digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def _formatting() -> bytes:
    """The sources of this room and of the tree: no hand has to remember to raise a number."""
    from hashlib import blake2b

    here = Path(__file__).resolve().parent
    total = blake2b(citeproc_version().encode(), digest_size=16)
    for room in (here, here.parent / "domain"):
        for source in sorted(room.glob("*.py")):
            total.update(source.read_bytes())
    return total.digest()


def citeproc_version() -> str:
    """citeproc-py's version, read without importing it; importing costs 50 ms."""
    try:
        text = (package_folder("citeproc") / "_version.py").read_text("utf-8")
    except OSError:
        return ""
    found = re.search(r'"version":\s*"([^"]+)"', text)
    return found[1] if found else ""
