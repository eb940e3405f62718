"""A file's bytes made text: its encoding found, its line ends made one, and what is no list of sources refused.

All limits of what is read stand here.
"""

import codecs
import re
from typing import NamedTuple

from litbase.errors import BadInput

# Together these keep the worst that a file can hold below 250 MB of memory (tests/test_memory.py).
LARGEST = 12 * 1024 * 1024  # bytes of a file of entries; litbase's own exports are read line by line
MOST = 100_000  # entries of one file
DENSEST = 400_000  # signs that make structure in one file: some ten thousand entries as programs export them
LONGEST = 1_000_000  # characters of one field

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an office file",
    b"SQLite format 3": "an SQLite file",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF file",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.S
)


class Opened(NamedTuple):
    """A file's text, its lines ending in newlines, and sentences on how it was read."""

    text: str
    remarks: tuple[str, ...] = ()


def text(name: str, content: bytes) -> Opened:
    """The text of a file. What is not UTF-8 is read as Windows-1252, line by line, and said.

    Raises: BadInput for an empty file, one that is too large, binary, or an HTML page.
    """
    if len(content) > LARGEST:
        raise too_large(name, len(content))
    opened = _decoded(name, content)
    if not opened.text.strip():
        raise BadInput(f"{name} is empty", "was the export finished?")
    if _HTML.match(opened.text[:4096]):
        raise BadInput(
            f"{name} is an HTML page, no list of sources",
            "a download may have ended at a page that asks to log in; export it again",
        )
    return opened


def too_large(name: str, size: int) -> BadInput:
    """The error for a file of so many bytes."""
    return BadInput(
        f"{name} has {size / 1_048_576:,.0f} MiB; litbase reads lists of up to {LARGEST // 1_048_576} MiB",
        "split it, or export a part of it",
    )


def refuse_dense(text: str | bytes, signs: str) -> None:
    """Refuse a text that is little but structure: each such sign becomes a hundred times its size when it is read.

    Raises: BadInput.
    """
    count = sum(text.count(sign) if isinstance(text, str) else text.count(sign.encode()) for sign in signs)
    if count > DENSEST:
        raise BadInput("this is more than litbase reads at once", "split it, or export a part of it")


def _decoded(name: str, content: bytes) -> Opened:
    for mark, what in _KINDS.items():
        if content.startswith(mark):
            raise BadInput(f"{name} is {what}, no list of sources", "BibTeX, RIS, CSL-JSON, or a text with DOIs")
    for mark, encoding in _UTF16.items():
        if content.startswith(mark):
            return Opened(_lines(_strict(name, content, encoding)), (f"{name} was read as UTF-16",))
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\x00" in content[:65_536]:
        raise BadInput(f"{name} is binary, no list of sources", "BibTeX, RIS, CSL-JSON, or a text with DOIs")
    try:
        return Opened(_lines(content.decode("utf-8")))
    except UnicodeDecodeError:
        return _mixed(name, content)


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is damaged: not {encoding.upper()} at byte {error.start + 1}", "export it again"
        ) from error


def _mixed(name: str, content: bytes) -> Opened:
    """A text whose lines are in UTF-8 or in Windows-1252, each read as what it is."""
    lines: list[str] = []
    other: list[int] = []
    for number, line in enumerate(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            # Five bytes mean nothing in Windows-1252; they become the sign for what is lost.
            lines.append(line.decode("cp1252", errors="replace"))
            other.append(number)
    shown = f"{len(other)} lines, the first line {other[0]}," if len(other) > 1 else f"line {other[0]}"
    were = "were" if len(other) > 1 else "was"
    return Opened("\n".join(lines), (f"{name}: {shown} {were} not UTF-8 and read as Windows-1252",))


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")
