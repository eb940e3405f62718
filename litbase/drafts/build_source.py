"""A draft's text as it lies in its file, to be changed in some places and left alone, byte for byte, in all others."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from litbase.errors import BadInput

from . import opening
from .draft import Place
from .pandoc_mask import LINE, front_matter, line_starts


class Source(NamedTuple):
    """A draft's characters, with the line ends it has, and how they are written in its file.

    `form` is `markdown`, `html`, `text` or `docx`; a docx's text is its paragraphs, each a line to its reader.
    """

    path: str
    form: str
    text: str
    encoding: str = "utf-8"
    remarks: tuple[str, ...] = ()

    def encoded(self, text: str) -> bytes:
        """A changed text as it is to be written: in the draft's own encoding, where that has every character."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.encode("utf-8")

    @property
    def line_end(self) -> str:
        """What ends most of its lines."""
        found = LINE.findall(self.text)
        return max(("\n", "\r\n", "\r"), key=found.count)

    @property
    def marked_as(self) -> str:
        """The format whose marks its text has: a docx has those of plain text."""
        return "text" if self.form == "docx" else self.form

    def places(self, offsets: Iterable[int]) -> list[Place]:
        """The lines and columns, from 1, of some characters."""
        if self.form == "docx":
            starts = [0, *(found.end() for found in re.finditer("\n\n", self.text))]
        else:
            starts = line_starts(self.text)
        lines = [(offset, bisect_right(starts, offset)) for offset in offsets]
        return [Place(line, offset - starts[line - 1] + 1) for offset, line in lines]


def source(path: str, content: bytes) -> Source:
    """The draft in a file's bytes; `path` is how the user calls it, `-` for standard input.

    Raises: BadInput for what cannot be read.
    """
    form = opening.draft(path, content).format
    if path == "-" and form == "text":
        form = "markdown"  # what pandoc's syntax stands in, where no name says otherwise
    if form == "docx":
        from . import build_word_draft

        return Source(path, form, build_word_draft.text(content))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
        return Source(path, form, _decoded(path, content, encoding), encoding)
    try:
        return Source(path, form, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        remark = f"not UTF-8 (byte {error.start + 1}): read as Windows-1252"
        return Source(path, form, _decoded(path, content, "cp1252"), "cp1252", (remark,))


def _decoded(path: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} cannot be read as text (byte {error.start + 1})", "save it as UTF-8") from error


def replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """A text with some stretches replaced; the changes (start, end, instead) are in order and apart."""
    pieces: list[str] = []
    at = 0
    for start, end, instead in changes:
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])


def headed(text: str) -> str:
    """A Markdown draft with its settings' title as its heading, where it has no other of the first level."""
    front = front_matter(text)
    set_apart = _settings_title(text)
    if not set_apart or re.search(r"^(#[ \t]|=+[ \t]*$)", text[front:], re.MULTILINE):
        return text
    return f"{text[:front]}\n# {set_apart}\n\n{text[front:]}"


def _settings_title(text: str) -> str:
    found = re.search(r"^title\s*[:=]\s*(['\"]?)(.+?)\1[ \t]*$", text[: front_matter(text)], re.MULTILINE)
    return _line(found[2]) if found else ""


def title(text: str, form: str) -> str:
    """What a draft calls itself: its settings' title, or its first heading; empty where it has neither."""
    if form == "markdown":
        if set_apart := _settings_title(text):
            return set_apart
        heading = re.search(r"^(#{1,2})[ \t]+(.+?)(?:[ \t]+#*)?[ \t]*$", text[front_matter(text) :], re.MULTILINE)
        return _line(heading[2]) if heading else ""
    if form == "html":
        found = re.search(r"<(h1|title)[^<>]*>(.{1,500}?)</\1", text[:200_000], re.IGNORECASE | re.DOTALL)
        return _line(unescape(re.sub(r"<[^<>]*>", "", found[2]))) if found else ""
    return ""


def _line(words: str) -> str:
    return " ".join(words.split())[:200]
