"""Putting blocks together: pieces of text with their offsets in the source go in, a block comes out."""

import re

from .draft import Block, Kind, Link

# Blanks of all widths, and the hyphen that does not break: one for one, so that offsets hold.
_PLAIN = {
    ord(c): " " for c in "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
}
_PLAIN |= {0x2011: "-", 0x2010: "-"}
_ODD = re.compile("[\t\u00a0\u1680\u2000-\u200a\u2010\u2011\u202f\u3000]")


class Pieces:
    """A block in the making. Text is appended with the offset it has in the source."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._breaks: list[int] = []
        self._links: list[Link] = []
        self._italics: list[tuple[int, int]] = []
        self.length = 0

    def add(self, text: str, at: int) -> None:
        """Append text whose characters stand in the source from `at` on, one for one."""
        if not text:
            return
        if not self._runs or self._runs[-1][1] + self.length - self._runs[-1][0] != at:
            self._runs.append((self.length, at))
        self._texts.append(text)
        self.length += len(text)

    def end_line(self, at: int, hard: bool = False) -> None:
        """Append what a line's end stands for: a newline where the reader sees one, else a blank."""
        self._breaks.append(self.length)
        self.add("\n" if hard else " ", at)

    def link(self, start: int, href: str) -> None:
        """Make a link of the text from offset `start` to here."""
        if self.length > start:
            self._links.append(Link(start, self.length, href))

    def italic(self, start: int) -> None:
        """Set the text from offset `start` to here in italics."""
        if self.length > start:
            self._italics.append((start, self.length))

    def ends_blank(self) -> bool:
        """Whether nothing is here yet, or the last character is a blank or newline."""
        return not self._texts or self._texts[-1][-1] in " \n"

    def text(self) -> str:
        """What has been appended so far, blanks of all widths as plain ones."""
        text = "".join(self._texts)
        return text.translate(_PLAIN) if _ODD.search(text) else text

    def block(self, kind: Kind, level: int = 0) -> Block | None:
        """The finished block; None where it holds nothing to read."""
        text = self.text()
        if not text or text.isspace():
            return None
        return Block(
            kind,
            text,
            tuple(self._runs),
            tuple(self._breaks),
            tuple(self._links),
            tuple(sorted(self._italics)),
            level,
        )


_WORD = re.compile(r"\S+")


def first_word(text: str) -> str:
    """The first run of characters without a blank; empty where there is none."""
    found = _WORD.search(text)
    return found[0] if found else ""
