"""HTML: what a reader of the page reads, in blocks; navigation, scripts, code and forms are not prose."""

import re
from collections.abc import Iterator
from html import unescape

from .blocks import Pieces
from .draft import OPAQUE, Block, Kind
from .tags import Run, Tag, cut

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# Not read at all.
_SKIPPED = {
    "audio", "button", "canvas", "code", "datalist", "head", "iframe", "kbd", "map", "math", "nav", "noscript",
    "object", "pre", "samp", "script", "select", "style", "svg", "template", "textarea", "title", "tt", "var", "video",
}  # fmt: skip
# Of these one sign is left, so that the words around do not run together.
_INLINE_SKIPPED = {"code", "kbd", "samp", "tt", "var", "math"}
_ITALIC = {"cite", "em", "i"}
# Possessive, or a long text would be remembered word by word.
_CHARACTERS = re.compile(
    r"(?P<blank>[ \t\n\r\f]+)|(?P<entity>&(?:#?[0-9A-Za-z]{1,32};?))|(?P<text>[^\s&]++(?: [^\s&]++)*+|.)"
)
# What a block inside is; a list by itself changes nothing, but ends the items in it.
_NESTING: dict[str, Kind | None] = {"li": "item", "blockquote": "quote", "ul": None, "ol": None}
_HEADING = re.compile(r"h[1-6]")
_CALL = re.compile(r"\s*\[?(?:\d{1,3}|[*†‡§]{1,3})\]?\s*")


def blocks(source: str, offset: int = 0) -> Iterator[Block]:
    """The blocks of an HTML source; `offset` is where it begins in the file."""
    page = _Page(offset)
    for piece in cut(source):
        if isinstance(piece, Run):
            if not page.skipping:
                page.text(piece)
        elif page.skipping:
            page.skipped(piece)
        else:
            block = page.tag(piece)
            if block is not None:
                yield block
    block = page.finish()
    if block is not None:
        yield block


class _Page:
    """A page being read: the block in the making, and what is open around it."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.pieces = Pieces()
        self.skipping = ""
        self.depth = 0
        self.raised = False
        self.kinds: list[tuple[str, Kind]] = []
        self.links: list[tuple[int, str]] = []
        self.italics: list[int] = []

    def text(self, run: Run) -> None:
        """Append text: blanks collapsed, entities resolved; a raised number calls a note, and is no text."""
        if self.raised and _CALL.fullmatch(run.text):
            self.pieces.add(OPAQUE, self.offset + run.at)
            return
        for found in _CHARACTERS.finditer(run.text):
            at = self.offset + run.at + found.start()
            if found.lastgroup == "blank":
                if not self.pieces.ends_blank():
                    self.pieces.add(" ", at)
            elif found.lastgroup == "entity":
                self.pieces.add(unescape(found[0]), at)
            else:
                self.pieces.add(found[0], at)

    def skipped(self, tag: Tag) -> None:
        """A tag inside what is not read."""
        if tag.name == self.skipping:
            self.depth += -1 if tag.closes else 1
            if self.depth == 0:
                self.skipping = ""

    def tag(self, tag: Tag) -> Block | None:
        """A tag in what is read; the block that it ends, if it does."""
        finished = self.finish() if tag.name in _BLOCKS else None
        if tag.name in _SKIPPED and not tag.closes:
            if tag.name in _INLINE_SKIPPED:
                self.pieces.add(OPAQUE, self.offset + tag.at)
            self.skipping, self.depth = tag.name, 1
        elif tag.name == "sup":
            self.raised = not tag.closes
        elif tag.name == "br":
            self.pieces.end_line(self.offset + tag.at, hard=True)
        elif tag.name == "a":
            self._link(tag)
        elif tag.name in _ITALIC:
            self._italic(tag)
        elif tag.name in _NESTING or _HEADING.fullmatch(tag.name):
            self._nest(tag)
        return finished

    def _link(self, tag: Tag) -> None:
        if self.links:
            start, href = self.links.pop()
            self.pieces.link(start, href)
        if not tag.closes and tag.href:
            self.links.append((self.pieces.length, unescape(tag.href)))

    def _italic(self, tag: Tag) -> None:
        if not tag.closes:
            self.italics.append(self.pieces.length)
        elif self.italics:
            self.pieces.italic(self.italics.pop())

    def _nest(self, tag: Tag) -> None:
        around: Kind = self.kinds[-1][1] if self.kinds else "paragraph"
        # What stands in a heading that was left open is no heading itself.
        kind: Kind = _NESTING.get(tag.name) or ("paragraph" if around == "heading" else around)
        if not tag.closes:
            if tag.name == "li" and self.kinds and self.kinds[-1][0] == "li":
                self.kinds.pop()
            self.kinds.append((tag.name, "heading" if _HEADING.fullmatch(tag.name) else kind))
        elif any(name == tag.name for name, _ in self.kinds):
            while self.kinds.pop()[0] != tag.name:
                pass

    def finish(self) -> Block | None:
        """The block that ends here; the next one is begun."""
        while self.links:
            start, href = self.links.pop()
            self.pieces.link(start, href)
        while self.italics:
            self.pieces.italic(self.italics.pop())
        name, kind = self.kinds[-1] if self.kinds else ("", "paragraph")
        block = self.pieces.block(kind, int(name[1]) if kind == "heading" else 0)
        self.pieces = Pieces()
        if kind == "heading" and block is not None:
            self.kinds.pop()
        return block
