"""Plain text: lines, some of them paragraphs, some of them only parts of wrapped ones."""

import re
from collections.abc import Iterator, Sequence

from .blocks import Pieces, first_word
from .draft import Block

# Lines are wrapped at some width between these; longer ones are paragraphs as editors without wrapping write them.
_NARROWEST, _WIDEST = 40, 132
_OPEN = re.compile(r"(?:[,;&(–-]|\b(?:and|or|the|of|in|by|see|et|al\.,?|e\.g\.,))$|\([^()]*$")
_IN_PARENTHESIS = re.compile(r"\([^()]*$")
_CUT = re.compile(r"[^\W\d_]-$")
_CUT_NAME = re.compile(r"(?<![\w-])[^\W\d_a-z][^\W\d_]+-$")
_ITEM = re.compile(r"\s*(?:[-*•–—]|\(?\w{1,2}[.)])\s")
_CLOSED = (".", "!", "?", ":", ".”", '."', "!”", "?”")


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a plain text: runs of lines without an empty one between."""
    group: list[tuple[int, str]] = []
    at = 0
    for line in source.split("\n"):
        if line.strip():
            group.append((at, line))
        elif group:
            yield from _block(group)
            group = []
        at += len(line) + 1
    if group:
        yield from _block(group)


def _block(group: Sequence[tuple[int, str]]) -> Iterator[Block]:
    """A run of lines as one block; a line's end is for the reader unless it was wrapped there."""
    pieces = Pieces()
    width = max(len(line) for _, line in group)
    hanging = _hangs([line for _, line in group])
    for number, (at, line) in enumerate(group):
        bare = line.rstrip()
        indent = len(bare) - len(bare.lstrip())
        following = group[number + 1][1] if number + 1 < len(group) else ""
        cut = _CUT.search(bare) is not None and len(bare) > _NARROWEST and following.lstrip()[:1].isalpha()
        pieces.add(_uncut(bare, following)[indent:] if cut else bare[indent:], at + indent)
        if following and not cut:
            goes_on = hanging and following[:2].isspace() and not _ITEM.match(following)
            pieces.end_line(at + len(bare), hard=not (goes_on or _wrapped(bare, following, width)))
    block = pieces.block("paragraph")
    if block is not None:
        yield block


def _hangs(lines: Sequence[str]) -> bool:
    """Whether lines hang: each begins at the margin, what is wrapped of it under an indent."""
    indented = sum(line[:2].isspace() for line in lines)
    return not lines[0][:1].isspace() and 2 * indented >= len(lines)


def _uncut(line: str, following: str) -> str:
    """A line that ends inside a word: "Gra-|ham" has its hyphen from there, "Al-|Krenawi", "mother-|infant" had it."""
    return line[:-1] if following.lstrip()[:1].islower() and _CUT_NAME.search(line) else line


def _wrapped(line: str, following: str, width: int) -> bool:
    """Whether a line ends only because the next word had no room, or in the middle of a sentence."""
    word = first_word(following)
    if _NARROWEST <= width <= _WIDEST and (len(line) + 1 + len(word) > width or _OPEN.search(line)):
        return True
    if _IN_PARENTHESIS.search(line) and ")" in following:
        return True
    return not line.endswith(_CLOSED) and (word[:1].islower() or word[:1] in "&(") and following[:1] != "\t"
