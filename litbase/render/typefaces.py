"""The face of a PDF: Helvetica, which every reader has, or a face of this machine where the words need more.

Helvetica's 217 characters hold the languages of Western Europe. For `ł`, `ć`, Greek or Cyrillic a sans serif
is looked for where the system keeps its fonts, and put into the file.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_HELVETICA = "cp1252"
# Regular, italic, bold, bold italic; the names that Linux, Windows and macOS give the files.
_FAMILIES = (
    ("DejaVuSans.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-BoldOblique.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Italic.ttf", "NotoSans-Bold.ttf", "NotoSans-BoldItalic.ttf"),
    ("Arial.ttf", "Arial Italic.ttf", "Arial Bold.ttf", "Arial Bold Italic.ttf"),
    ("arial.ttf", "ariali.ttf", "arialbd.ttf", "arialbi.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Italic.ttf", "LiberationSans-Bold.ttf",
     "LiberationSans-BoldItalic.ttf"),
    ("FreeSans.ttf", "FreeSansOblique.ttf", "FreeSansBold.ttf", "FreeSansBoldOblique.ttf"),
)  # fmt: skip
# What a face may lack, and what looks the same.
_ALIKE = {
    "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "–", "ʼ": "’", "ʹ": "′", "′": "’", "″": "”", "⁠": "", "\u200b": "",
    "\u00ad": "", "ﬁ": "fi", "ﬂ": "fl",
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
}  # fmt: skip


class Face(NamedTuple):
    """Four files, one a style; empty for Helvetica."""

    files: tuple[Path, ...] = ()


def plain(text: str) -> str:
    """The text composed, with a common sign for each that only looks different."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_ALIKE.get(sign, sign) for sign in composed if sign == "\n" or not _is_control(sign))


def is_western(text: str) -> bool:
    """Whether Helvetica prints every character."""
    try:
        text.encode(_HELVETICA)
    except UnicodeEncodeError:
        return False
    return True


def needs_shaping(text: str) -> str:
    """The first characters that have to be set from right to left; empty where none has."""
    return "".join(sign for sign in text if unicodedata.bidirectional(sign) in ("R", "AL"))[:5]


def faces() -> Iterator[Face]:
    """The sans serif faces that this machine has whole."""
    found = _files(name for family in _FAMILIES for name in family)
    for family in _FAMILIES:
        if all(name in found for name in family):
            yield Face(tuple(found[name] for name in family))


def _files(names: Iterable[str]) -> dict[str, Path]:
    wanted = set(names)
    found: dict[str, Path] = {}
    for folder in _folders():
        for place, _, files in os.walk(folder):
            found |= {name: Path(place, name) for name in wanted.intersection(files) if name not in found}
    return found


def _folders() -> list[Path]:
    """Where the system and the user keep fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return [Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts", own]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts"]


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn", "Co")
