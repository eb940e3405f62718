"""Inside a Markdown paragraph: emphasis, links, code, escapes and tags are taken off, positions kept.

One pass over the marks, one stack of open brackets; nothing looks back further than that.

Source: CommonMark 0.31, "Inlines".
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from .blocks import Pieces
from .draft import OPAQUE

_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|<(?P<auto>(?:https?:|mailto:)[^\s<>]{1,2000})>"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,2000}>)"
    r"|(?P<footnote>\[\^[^\[\]\s]{1,60}\])"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<stars>\*+|_+|~~)"
    r"|(?P<line>\n)"
)
_SPECIAL = re.compile(r"[\\`<\[\]&*_~!\n]")
_TARGET = re.compile(
    r"\(\s*(?:<([^<>\n]{0,2000})>|((?:[^\s()\\]|\\.|\([^\s()]{0,500}\)){0,2000}))"
    r"(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")


def label(text: str) -> str:
    """A link's label for comparing."""
    return " ".join(text.split()).casefold()


def read(lines: Sequence[tuple[int, str]], definitions: Mapping[str, str], pieces: Pieces) -> None:
    """Append what a reader sees of some lines, each given with its offset in the source."""
    content = "\n".join(line for _, line in lines)
    ends: list[tuple[int, int]] = []  # offset in the content, offset in the source
    length = 0
    for at, line in lines:
        ends.append((length, at))
        length += len(line) + 1
    _Reading(content, ends, pieces, _links(content, definitions)).run()


class _Reading:
    """One paragraph being read; `ahead` is the next line's place in the content."""

    def __init__(
        self, content: str, ends: list[tuple[int, int]], pieces: Pieces, links: dict[int, tuple[int, int, str]]
    ) -> None:
        self.content, self.ends, self.pieces, self.links = content, ends, pieces, links
        self.line = 0
        self.closing: dict[int, tuple[int, int, str]] = {}
        self.emphasis: dict[str, int] = {}
        self.fences: dict[int, int] = {}

    def run(self) -> None:
        at = 0
        for special in _SPECIAL.finditer(self.content):
            mark = _MARK.match(self.content, special.start()) if special.start() >= at else None
            if mark is None:
                continue
            self._text(at, mark.start())
            at = self._mark(mark)
        self._text(at, len(self.content))

    def _source(self, at: int) -> int:
        while self.line + 1 < len(self.ends) and self.ends[self.line + 1][0] <= at:
            self.line += 1
        return self.ends[self.line][1] + at - self.ends[self.line][0]

    def _text(self, start: int, end: int) -> None:
        if end > start:
            self.pieces.add(self.content[start:end], self._source(start))

    def _mark(self, mark: re.Match[str]) -> int:
        """Deal with one mark; where to read on."""
        kind, start, end = mark.lastgroup, mark.start(), mark.end()
        if kind == "line":
            before = self.content[:start][-2:]
            self.pieces.end_line(self._source(start), hard=before in ("  ",) or before.endswith("\\"))
        elif kind == "escaped":
            self._text(start + 1, end)
        elif kind == "code":
            return self._code(mark)
        elif kind == "auto":
            begin = self.pieces.length
            self._text(start + 1, end - 1)
            self.pieces.link(begin, mark["auto"])
        elif kind == "comment":
            closed = self.content.find("-->", end)
            return closed + 3 if closed >= 0 else end
        elif kind == "tag":
            if mark[0].lower().startswith("<br"):
                self.pieces.end_line(self._source(start), hard=True)
        elif kind == "open":
            return self._open(start, end)
        elif kind == "close":
            return self._close(start, end)
        elif kind == "entity":
            self.pieces.add(unescape(mark[0])[:1], self._source(start))
        elif kind == "stars":
            self._emphasis(mark)
        return end

    def _code(self, mark: re.Match[str]) -> int:
        """Code is no prose: one sign stands for it. A run of backticks that none closes is text."""
        ticks = len(mark["code"])
        if self.fences.get(ticks, 0) >= 0:
            closed = re.compile(rf"(?<!`){mark['code']}(?!`)").search(self.content, mark.end())
            if closed:
                self.pieces.add(OPAQUE, self._source(mark.start()))
                return closed.end()
            self.fences[ticks] = -1  # no such run is left: never look again
        self._text(mark.start(), mark.end())
        return mark.end()

    def _open(self, start: int, end: int) -> int:
        link = self.links.get(start)
        if link is None:
            self._text(start, end)
            return end
        if self.content[start] == "!":
            self.pieces.add(OPAQUE, self._source(start))
            return link[1]
        self.closing[link[0]] = (self.pieces.length, link[1], link[2])
        return end

    def _close(self, start: int, end: int) -> int:
        link = self.closing.pop(start, None)
        if link is None:
            self._text(start, end)
            return end
        self.pieces.link(link[0], link[2])
        return link[1]

    def _emphasis(self, mark: re.Match[str]) -> None:
        """Signs of emphasis are taken off; those that open or close nothing stay."""
        sign = mark[0][0]
        before = self.content[mark.start() - 1 : mark.start()] or " "
        after = self.content[mark.end() : mark.end() + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
        if sign == "_" and before.isalnum() and after.isalnum():
            opens = closes = False
        if not (opens or closes):
            self._text(mark.start(), mark.end())
        elif len(mark[0]) % 2 and sign != "~":
            if closes and sign in self.emphasis:
                self.pieces.italic(self.emphasis.pop(sign))
            elif opens:
                self.emphasis[sign] = self.pieces.length


def _links(content: str, definitions: Mapping[str, str]) -> dict[int, tuple[int, int, str]]:
    """The links of a paragraph by where they open: where the text closes, where the link ends, its address."""
    found: dict[int, tuple[int, int, str]] = {}
    if "[" not in content:
        return found
    stack: list[int] = []
    for mark in re.finditer(r"\\.|!?\[|\]", content):
        if mark[0].endswith("["):
            stack.append(mark.start())
        elif mark[0] == "]" and stack:
            opened = stack.pop()
            target = _TARGET.match(content, mark.end())
            if target:
                found[opened] = (mark.start(), target.end(), target[1] or target[2] or "")
                continue
            if not definitions:
                continue
            named = _LABEL.match(content, mark.end())
            inside = content[opened : mark.start()].partition("[")[2][:200]
            key = label(named[1] if named and named[1] else inside)
            if key in definitions:
                found[opened] = (mark.start(), named.end() if named else mark.end(), definitions[key])
    return found
