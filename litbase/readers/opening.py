"""A file's bytes made text, portion by portion: its encoding found, its line ends made one, and what is no list of
sources refused.

All limits of what is read stand here. A file may be as long as it likes; what is limited is one entry of it.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from litbase.errors import BadInput

# Together these keep the worst that a file can hold below 250 MB of memory (tests/test_memory.py).
LARGEST = 12 * 1024 * 1024  # bytes of a list that is held whole, and of what is looked at to know a file's format
MOST = 100_000  # entries of a list that is held whole; faults, DOIs and parents of one file
ENTRY = 4 * 1024 * 1024  # characters of one entry
DENSEST = 400_000  # signs that make structure in one entry
LONGEST = 1_000_000  # characters of one field
HEAD = 65_536  # bytes by which it is told what kind of file this is
PORTION = 1 << 18  # bytes that are read at a time
_LINE = 1 << 20  # bytes from which on a line is read in pieces

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


class Text:
    """The text of a file in portions of whole lines that end in newlines; a line of a megabyte comes in pieces.

    What is not UTF-8 is read as Windows-1252, line by line. A class, for `remarks` tell what reading has met.

    Raises: BadInput for a file that is binary.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name = name
        self._file = file
        self._lines = self._other = self._first = 0
        file.seek(0)
        head = file.read(HEAD)
        refuse_kinds(name, head)
        self._begin = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        self._wide = next((encoding for mark, encoding in _UTF16.items() if head.startswith(mark)), "")

    def portions(self) -> Iterator[str]:
        """The text from its beginning.

        Raises: BadInput for an empty file, a damaged one, or an HTML page.
        """
        self._file.seek(self._begin)
        self._lines = self._other = self._first = 0
        told = False
        for number, text in enumerate(self._widely() if self._wide else self._narrowly()):
            if number == 0 and _HTML.match(text[:4096]):
                raise BadInput(
                    f"{self._name} is an HTML page, no list of sources",
                    "a download may have ended at a page that asks to log in; export it again",
                )
            told = told or bool(text.strip())
            yield text
        if not told:
            raise BadInput(f"{self._name} is empty", "was the export finished?")

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences on how the file was read, once it has been."""
        if self._wide:
            return (f"{self._name} was read as UTF-16",)
        if not self._other:
            return ()
        some = self._other > 1
        shown = f"{self._other} lines, the first line {self._first}," if some else f"line {self._first}"
        return (f"{self._name}: {shown} {'were' if some else 'was'} not UTF-8 and read as Windows-1252",)

    def _narrowly(self) -> Iterator[str]:
        rest, read = b"", self._file.read(PORTION)
        while read:
            rest += read
            read = self._file.read(PORTION)
            if end := _end(rest) if read else len(rest):
                yield self._decoded(rest[:end])
                rest = rest[end:]

    def _decoded(self, content: bytes) -> str:
        try:
            text = _lines(content.decode("utf-8"))
        except UnicodeDecodeError:
            text = "\n".join(self._mixed(content))
        self._lines += text.count("\n")
        return text

    def _mixed(self, content: bytes) -> Iterator[str]:
        """Lines in UTF-8 or in Windows-1252, each read as what it is."""
        for number, line in enumerate(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                # Five bytes mean nothing in Windows-1252; they become the sign for what is lost.
                yield line.decode("cp1252", errors="replace")
                self._other += 1
                self._first = self._first or self._lines + number

    def _widely(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._wide)()
        rest, at, read = "", 0, self._file.read(PORTION)
        while read:
            more = self._file.read(PORTION)
            waiting = len(decoder.getstate()[0])
            try:
                rest += decoder.decode(read, final=not more)
            except UnicodeDecodeError as error:
                raise BadInput(
                    f"{self._name} is damaged: not {self._wide.upper()} at byte {at - waiting + error.start + 1}",
                    "export it again",
                ) from error
            at, read = at + len(read), more
            end = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1 if read else len(rest)
            if not end and len(rest) > _LINE:
                end = len(rest) - rest.endswith("\r")
            if end:
                yield _lines(rest[:end])
                rest = rest[end:]


def refuse_kinds(name: str, head: bytes) -> None:
    """Refuse a file whose beginning tells that it is no text.

    Raises: BadInput.
    """
    for mark, what in _KINDS.items():
        if head.startswith(mark):
            raise BadInput(f"{name} is {what}, no list of sources", "BibTeX, RIS, CSL-JSON, or a text with DOIs")
    if b"\x00" in head and not head.startswith(tuple(_UTF16)):
        raise BadInput(f"{name} is binary, no list of sources", "BibTeX, RIS, CSL-JSON, or a text with DOIs")


class Room:
    """How much of an entry that begins in a line has been read: no more may be than litbase reads as one."""

    def __init__(self, begun: int) -> None:
        self._begun = begun
        self._size = self._lines = 0

    def take(self, line: str) -> None:
        """One more line of it.

        Raises: BadInput where it is too much.
        """
        self._size += len(line) + 1
        self._lines += 1
        if self._size > ENTRY:
            raise too_long(self._begun)
        if self._lines > DENSEST:
            raise too_dense(self._begun)


def lines(portions: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a text without their ends, numbered from 1.

    Raises: BadInput for one that is longer than an entry may be.
    """
    number, rest = 0, ""
    for portion in portions:
        *whole, rest = (rest + portion).split("\n")
        yield from enumerate(whole, number + 1)
        number += len(whole)
        refuse_long(rest, number + 1)
    yield number + 1, rest


def refuse_long(text: str, line: int) -> None:
    """Refuse what is longer than an entry may be; `line` is where it begins.

    Raises: BadInput.
    """
    if len(text) > ENTRY:
        raise too_long(line)


def too_long(line: int) -> BadInput:
    """The error for an entry, begun in that line, that is longer than one may be."""
    return BadInput(
        f"what begins in line {line:,} is longer than the {ENTRY // 1_048_576} MiB that litbase reads as one entry",
        "is its end missing? mend it, or leave it out",
    )


def too_dense(line: int) -> BadInput:
    """The error for an entry, begun in that line, that is little but structure."""
    return BadInput(f"what begins in line {line:,} is more than litbase reads as one entry", "mend it, or leave it out")


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
    if len(text) <= DENSEST:
        return
    count = sum(text.count(sign) if isinstance(text, str) else text.count(sign.encode()) for sign in signs)
    if count > DENSEST:
        raise BadInput("this is more than litbase reads at once", "split it, or export a part of it")


def _end(content: bytes) -> int:
    """Where the last whole line ends; 0 where none does, but in a very long line behind its last whole character."""
    # A carriage return at the very end may be half of a line end.
    end = max(content.rfind(b"\n"), content.rfind(b"\r", 0, -1)) + 1
    if end or len(content) <= _LINE:
        return end
    for back in range(1, 4):
        if content[-back] >= 0xC0:
            return len(content) - back
    return len(content) - content.endswith(b"\r")


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")
