"""A draft as litbase reads it: blocks of displayed text that know where in the source file each character stands.

Whatever the format, a block's text is what a reader sees, markup removed. Its `runs` map it back:
within a run, one character of text is one character of the source.
"""

from bisect import bisect_right
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["paragraph", "heading", "item", "quote", "note", "code"]

# Stands in a block's text for what is no prose: a piece of code, an image, a formula.
OPAQUE = "\x01"


class Place(NamedTuple):
    """A position in the source file, both counted from 1, columns in characters."""

    line: int
    column: int


class Link(NamedTuple):
    """A stretch of a block's text that leads somewhere."""

    start: int
    end: int
    href: str


class Block(NamedTuple):
    """A paragraph, heading, list item … of a draft.

    `runs` are (offset in text, offset in source), ascending. `breaks` are the offsets at which a line of
    the source ends inside the block: the character there is a newline where the line ends for the reader
    too, a blank where it was only wrapped. `italics` are (start, end). `level` is a heading's, from 1.
    """

    kind: Kind
    text: str
    runs: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()
    level: int = 0


class Draft(NamedTuple):
    """A draft that has been read. `remarks` tell what the user should know of the reading."""

    path: str
    format: str
    source: str
    blocks: tuple[Block, ...]
    line_starts: tuple[int, ...]
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: str, form: str, source: str, blocks: tuple[Block, ...], remarks: tuple[str, ...] = ()) -> "Draft":
        """A draft over a source whose lines end in newlines."""
        return cls(path, form, source, blocks, line_starts(source), remarks)

    def place(self, block: Block, offset: int) -> Place:
        """The line and column at which a character of a block stands."""
        at = self.offset(block, offset)
        line = bisect_right(self.line_starts, at)
        return Place(line, at - self.line_starts[line - 1] + 1)

    def offset(self, block: Block, offset: int) -> int:
        """Where in the source a character of a block stands."""
        run = max(0, bisect_right(block.runs, (offset, len(self.source))) - 1)
        return block.runs[run][1] + offset - block.runs[run][0] if block.runs else 0

    def line(self, number: int) -> str:
        """A line of the source, counted from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.source.find("\n", start)
        return self.source[start : end if end >= 0 else len(self.source)]


def line_starts(source: str) -> tuple[int, ...]:
    """The offset at which each line begins."""
    return (0, *accumulate(len(line) + 1 for line in source.split("\n")[:-1]))
