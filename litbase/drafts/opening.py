"""Opening a draft: from a file's bytes to blocks, by its format; what cannot be read is refused in clear words."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TypeAlias

from litbase.domain import text as texts
from litbase.errors import BadInput

from . import archive
from .draft import Block, Draft

# Together these keep the worst that a file can hold below 250 MB of memory (tests/test_memory.py): a line or a tag
# becomes a thousand times its own size while it is read.
LARGEST = 32_000_000  # bytes of a draft: pictures may lie in a docx
LARGEST_TEXT = 16_000_000  # bytes of one that is all text: pictures may stand in HTML, as letters
LONGEST = 12_000_000  # characters of a text without such pictures
MOST_LINES = 40_000
MOST_TAGS = 120_000
MOST_CELLS = 100_000  # strokes of Markdown's tables
MOST_DATES = 130_000  # years, and words that stand for them
MOST_SIGNS = 700_000  # that may begin markup, and blanks beside blanks
MOST_KEYS = 50_000  # signs before citekeys
_SIGNS = ("(", "[", "*", "_", "`", "~", "&", "\\", "  ")
_DATES = re.compile(r"(?:1[4-9]|20)\d\d|n\.\s?d\.|in\s?press|cited|quoted|personal")
_PICTURE = re.compile(r"data:[\w/+.-]{1,80};base64,[\w+/=]+")
Reader: TypeAlias = Callable[[str], Iterator[Block]]

_ENDINGS = {
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "mkd": "markdown", "mdx": "markdown",
    "qmd": "markdown", "rmd": "markdown", "html": "html", "htm": "html", "xhtml": "html", "docx": "docx",
    "txt": "text", "text": "text",
}  # fmt: skip
_ELSEWHERE = {"pdf", "doc", "odt", "rtf", "pages", "epub", "tex", "ppt", "pptx", "xls", "xlsx", "wpd"}
FORMATS = "Markdown, HTML, docx or plain text"
_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article|div|h[1-6]|p"
    r"|section|main)\b",
    re.I | re.S,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|~~~|---\n)|\]\(https?://|^\[\^?[^\]\n]{1,80}\]: \S|\*\*\S", re.M)
# What is taken out beyond what `texts.clean` takes: hyphens and joiners nobody sees.
_INVISIBLE = ("\u00ad", "\u200b", "\u200c", "\u200d")


def draft(path: str, content: bytes) -> Draft:
    """The draft in a file's bytes; `path` is how the user calls it, `-` for standard input.

    The format is told by the name's ending, else by the content.

    Raises: BadInput for what is empty, too large, or no text.
    """
    name = "standard input" if path == "-" else path
    if len(content) > LARGEST:
        raise _too_large(name, len(content), LARGEST)
    if not content.strip():
        raise BadInput(f"{name} is empty", f"give a draft: {FORMATS}")
    ending = PurePath(path).suffix.lower().removeprefix(".")
    if content.startswith(b"PK\x03\x04") or ending == "docx" or archive.is_old_or_locked(content):
        return _docx(path, name, content)
    if ending in _ELSEWHERE or content.startswith((b"%PDF", b"{\\rtf")):
        raise BadInput(f"litbase cannot read {name}", f"save it as {FORMATS}")
    if len(content) > LARGEST_TEXT:
        raise _too_large(name, len(content), LARGEST_TEXT)
    source, remarks = _decoded(name, content)
    _refuse_endless(name, source)
    form = _ENDINGS.get(ending) or _guessed(source)
    blocks = tuple(_reader(form)(source))
    if not blocks:
        raise BadInput(f"there is nothing to read in {name}", f"give a draft: {FORMATS}")
    return Draft.of(path, form, source, blocks, remarks)


def _too_large(name: str, size: int, most: int) -> BadInput:
    has = f"{size // 1_000_000} MB, more than the {most // 1_000_000} MB litbase reads"
    return BadInput(f"{name} has {has}", "give the text alone, without pictures in it")


def _refuse_endless(name: str, source: str) -> None:
    """Raises: BadInput for a text that no one has written as one draft."""
    length = len(source)
    if length > LONGEST:
        length -= sum(found.end() - found.start() for found in _PICTURE.finditer(source))
    for count, most, what in (
        (length, LONGEST, "characters"),
        (source.count("\n"), MOST_LINES, "lines"),
        (source.count("<"), MOST_TAGS, "tags"),
        (source.count("|"), MOST_CELLS, "cells"),
        (source.count("@"), MOST_KEYS, "citekeys"),
        (sum(map(source.count, _SIGNS)), MOST_SIGNS, "signs of markup"),
        (sum(1 for _ in _DATES.finditer(source)) if length > MOST_DATES else 0, MOST_DATES, "dates"),
    ):
        if count > most:
            raise BadInput(
                f"{name} has {count:,} {what}, more than litbase reads", f"split it: {most:,} {what} at most"
            )


def _reader(form: str) -> Reader:
    """The reader of a format."""
    if form == "markdown":
        from . import markdown

        return markdown.blocks
    if form == "html":
        from . import html

        return html.blocks
    from . import plain

    return plain.blocks


def _docx(path: str, name: str, content: bytes) -> Draft:
    if archive.is_old_or_locked(content):
        raise BadInput(f"{name} is encrypted, or in Word’s old format", "save it as docx, without a password")
    archive.check(content, name)
    from . import docx

    read = docx.read(content)
    _refuse_endless(name, read.source)
    if not read.blocks:
        raise BadInput(f"there is nothing to read in {name}", f"give a draft: {FORMATS}")
    return Draft.of(path, "docx", read.source, read.blocks, ("lines are paragraphs, counted from 1",))


def _guessed(source: str) -> str:
    """The format of a text without an ending that tells."""
    head = source[:20_000]
    if _PAGE.match(head):
        return "html"
    return "markdown" if _MARKDOWN.search(head) else "text"


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Text with newlines and without what nobody sees, and what the user should know of it.

    Raises: BadInput for what is no text.
    """
    remarks: list[str] = []
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
        remarks.append("read as UTF-16")
    else:
        if b"\0" in content[:100_000]:
            raise BadInput(f"{name} is not a text", f"give a draft: {FORMATS}")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = content.decode("cp1252", errors="replace")
            remarks.append(f"not UTF-8 (byte {error.start + 1}): read as Windows-1252")
    controls = sum(text[:100_000].count(chr(code)) for code in (*range(1, 9), *range(14, 27)))
    if controls * 50 > min(len(text), 100_000):
        raise BadInput(f"{name} is not a text", f"give a draft: {FORMATS}")
    return cleaned(text), tuple(remarks)


def cleaned(text: str) -> str:
    """A file's text as drafts are read: lines end in newlines, what nobody sees is gone."""
    text = texts.clean(text.replace("\x0b", " ").replace("\x0c", " "))
    for invisible in _INVISIBLE:
        text = text.replace(invisible, "")
    return text
