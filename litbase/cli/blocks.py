"""Small tables under headings, with bars: side by side on a wide terminal, plain rows elsewhere."""

import sys
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from . import console
from .console import Piece

# The least width of a block, the blanks between two side by side, and the longest bar in one.
_BLOCK = 58
_GUTTER = 4
_LONGEST_BAR = 30
_EIGHTHS = ("", *"▏▎▍▌▋▊▉")

Thing = TypeVar("Thing")


class Bar(NamedTuple):
    """A part of the longest bar, 0 to 1; drawn on a terminal, nothing elsewhere."""

    share: float
    style: str = "green"


Cell: TypeAlias = Piece | str | int | Bar


class Block(NamedTuple):
    """A small table under a heading. Numbers stand to the right; column `flexible` takes what room is left.

    `more` is a remark that closes the table.
    """

    heading: str
    table: Sequence[Sequence[Cell]]
    flexible: int
    more: str = ""


def show(found: Sequence[Block]) -> None:
    """Print blocks: tab-separated rows in a pipe, bars and columns on a terminal."""
    if console.on_terminal():
        _show_side_by_side(found, console.width())
        return
    for number, block in enumerate(found):
        if number:
            console.line()
        console.line(block.heading)
        console.rows(([_word(cell) for cell in row if not isinstance(cell, Bar)] for row in block.table), 0)
        if block.more:
            console.line(block.more)


def _word(cell: Cell) -> Piece | str:
    return cell if isinstance(cell, Piece | str) else str(cell) if isinstance(cell, int) else ""


def in_columns(things: Sequence[Thing], heights: Sequence[int], count: int) -> list[list[Thing]]:
    """Things in so many columns at most, in their order, so that the highest column is as low as can be."""
    for most in range(max(heights, default=0), sum(heights)):
        columns = _packed(things, heights, most)
        if len(columns) <= count:
            return columns
    return [list(things)]


def _packed(things: Sequence[Thing], heights: Sequence[int], most: int) -> list[list[Thing]]:
    columns: list[list[Thing]] = [[]]
    used = 0
    for thing, height in zip(things, heights, strict=True):
        if used + height > most:
            columns.append([])
            used = 0
        columns[-1].append(thing)
        used += height
    return columns


def bar(share: float, columns: int, ascii_only: bool = False) -> str:
    """A bar so many columns long where the share is 1, in eighths of a column; what is not nothing shows."""
    eighths = max(round(share * columns * 8), 1 if share > 0 else 0)
    return "#" * -(-eighths // 8) if ascii_only else "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def _show_side_by_side(found: Sequence[Block], width: int) -> None:
    count = max(1, min(3, width // _BLOCK))
    each = (width - _GUTTER * (count - 1)) // count
    drawn = [_drawn(block, each) for block in found]
    columns = [
        [row for block in column for row in block] for column in in_columns(drawn, [len(rows) for rows in drawn], count)
    ]
    for number in range(max(map(len, columns))):
        pieces: list[Piece] = []
        for column in columns:
            row = column[number] if number < len(column) else []
            missing = each - sum(console.columns(piece.text) for piece in row)
            pieces += [*row, Piece(" " * (max(missing, 0) + _GUTTER))]
        console.line(*_trimmed(pieces), cut=True)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """A row without the blanks at its end."""
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    return [*pieces[:-1], *(Piece(last.text.rstrip(), last.style) for last in pieces[-1:])]


def _drawn(block: Block, width: int) -> list[list[Piece]]:
    """A block as rows no wider than so many columns, an empty row at its end."""
    sizes = _sizes(block, width)
    rows = [[Piece(block.heading, "bold")]]
    for cells in block.table:
        shown = [_fitted(cell, size) for cell, size in zip(cells, sizes, strict=True)]
        rows.append([part for piece in shown for part in (Piece("  "), piece)])
    if block.more:
        size = min(console.columns(block.more), width - 2)
        rows.append([Piece("  "), console.fitted(Piece(block.more, "dim"), size)])
    return [*rows, []]


def _sizes(block: Block, width: int) -> list[int]:
    """How wide each column of a block is: as its widest cell, the flexible one what the others leave."""
    columns = [[console.columns(_words(row[number])) for row in block.table] for number in range(len(block.table[0]))]
    sizes = [min(max(column), width * 3 // 5) for column in columns]
    rest = width - sum(sizes) + sizes[block.flexible] - 2 * len(sizes)
    bars = isinstance(block.table[0][block.flexible], Bar)
    sizes[block.flexible] = max(4, min(rest, _LONGEST_BAR if bars else max(columns[block.flexible])))
    return sizes


def _fitted(cell: Cell, size: int) -> Piece:
    if isinstance(cell, Bar):
        plain = not (sys.stdout.encoding or "").lower().startswith("utf")
        return Piece(bar(cell.share, size, plain), cell.style)
    if isinstance(cell, int):
        return Piece(_words(cell).rjust(size))
    return console.fitted(cell if isinstance(cell, Piece) else Piece(cell), size)


def _words(cell: Cell) -> str:
    """What a cell says to a person; a bar says nothing in words."""
    if isinstance(cell, Bar):
        return ""
    return f"{cell:,}" if isinstance(cell, int) else cell.text if isinstance(cell, Piece) else cell
