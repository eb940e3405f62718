"""Markdown: markdown-it-py tells paragraphs from code, lists and headings; marks.py reads inside them.

Only its block rules run. Its inline rules keep no positions, and a citation's column is half its use.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from . import html, marks
from .blocks import Pieces
from .draft import Block, Kind, line_starts

if TYPE_CHECKING:
    from markdown_it.token import Token

# A block of settings at the very top: YAML between ---, TOML between +++.
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
_LONGEST_FRONT = 100_000
_DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*<?([^\s<>]+)>?")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]:[ \t]*")


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a Markdown text: front matter, code and comments left out, footnotes kept as notes."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    text = _without_front(source)
    starts = line_starts(source)
    definitions = _definitions(text) if "]:" in text else {}
    kinds: list[Kind] = ["paragraph"]
    for token in parser.parse(text):
        opened = _OPENERS.get(token.type)
        if opened:
            kinds.append(opened)
        elif token.type in _CLOSERS:
            kinds.pop()
        elif token.type == "heading_open":
            kinds.append("heading")
        elif token.type == "html_block" and token.map:
            yield from _html(source, starts, token.map)
        elif token.type == "code_block" and token.map:
            yield from _code(source, starts, token.map)
        elif token.type == "inline":
            yield from _inline(source, starts, token, kinds[-1], definitions)


_OPENERS: dict[str, Kind] = {"list_item_open": "item", "blockquote_open": "quote"}
_CLOSERS = {"list_item_close", "blockquote_close", "heading_close"}


def _without_front(source: str) -> str:
    """The text with its front matter blanked, line for line."""
    found = _FRONT.match(source, 0, _LONGEST_FRONT) if source.startswith(("---", "+++")) else None
    return "\n" * found[0].count("\n") + source[found.end() :] if found else source


def _definitions(text: str) -> dict[str, str]:
    """Where reference links lead, by their folded labels; the first definition of a label counts."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        definition = _DEFINITION.match(line)
        if definition and not definition[1].startswith("^"):
            found.setdefault(marks.label(definition[1]), definition[2])
    return found


def _inline(
    source: str, starts: Sequence[int], token: "Token", kind: Kind, definitions: dict[str, str]
) -> Iterator[Block]:
    """One paragraph, heading or cell."""
    if token.map is None:
        return
    first, last = token.map
    lines: list[tuple[int, str]] = []
    content = token.content.split("\n")
    for number in range(first, min(last, first + len(content))):
        piece = content[number - first]
        at = source.find(piece, starts[number]) if piece else starts[number]
        lines.append((at if at >= 0 else starts[number], piece))
    lines = [line for line in lines if not (definitions and _DEFINITION.fullmatch(line[1].split(' "')[0].rstrip()))]
    level = _level(source, starts[first]) if kind == "heading" else 0
    for group in _notes(lines):
        note = _NOTE.match(group[0][1])
        if note:
            group[0] = (group[0][0] + note.end(), group[0][1][note.end() :])
        pieces = Pieces()
        marks.read(group, definitions, pieces)
        block = pieces.block("note" if note else kind, level)
        if block is not None:
            yield block


def _notes(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The lines of a paragraph, parted where one begins a footnote."""
    group: list[tuple[int, str]] = []
    for line in lines:
        if group and _NOTE.match(line[1]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _level(source: str, at: int) -> int:
    """A heading's level: as many as there are signs before it; 2 for one that is underlined."""
    found = re.compile(r"[ >*+-]*(#{1,6})").match(source, at)
    return len(found[1]) if found else 2


def _html(source: str, starts: Sequence[int], lines: Sequence[int]) -> Iterator[Block]:
    """A block of raw HTML, read as HTML."""
    begin = starts[lines[0]]
    end = starts[lines[1]] if lines[1] < len(starts) else len(source)
    yield from html.blocks(source[begin:end], begin)


def _code(source: str, starts: Sequence[int], lines: Sequence[int]) -> Iterator[Block]:
    """Indented lines: code to Markdown, but what people get who indent their reference list."""
    pieces = Pieces()
    for number in range(lines[0], min(lines[1], len(starts))):
        end = source.find("\n", starts[number])
        line = source[starts[number] : end if end >= 0 else len(source)]
        bare = line.strip()
        if bare:
            at = starts[number] + line.index(bare)
            if pieces.length:
                pieces.end_line(at - 1)
            pieces.add(bare, at)
    block = pieces.block("code")
    if block is not None:
        yield block
