"""Labels in a picture: how wide a text is likely to be, and how it is broken into short lines.

No font is known when a picture is written. The widths are those of a wide one, so that a label
takes at most the room it was given.
"""

import re
from unicodedata import combining, east_asian_width

_WIDEST = 17
_MOST_LINES = 3
_ELLIPSIS = "…"
_WORD = re.compile(r"[^ -]*[ -]|[^ -]+")


def width_of(text: str) -> float:
    """How wide a text is at most in a common sans-serif font, in multiples of the font's size."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.05
    if character in "ijl|'’.,:;! ":
        return 0.34
    if character in "frt()-/[]“”":
        return 0.46
    if character in "mwMW@%&—…" or ord(character) > 0x2E80:
        return 1.05
    return 0.78 if character.isupper() else 0.66


def lines_of(text: str, ending: str = "") -> tuple[str, ...]:
    """A text in a few short lines, broken at blanks and hyphens where that is possible; cut where it is too long.

    `ending` stands at the end of the last line, whatever was cut.
    """
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > _WIDEST:
            lines.append("")
        lines[-1] += piece
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1].rstrip()[: _WIDEST - 1] + _ELLIPSIS]
    lines[-1] = lines[-1].rstrip() + ending
    return tuple(line.strip() for line in lines)


def _pieces(text: str) -> list[str]:
    """The pieces of a text that may stand on lines of their own: words with the blank or hyphen behind them."""
    words = _WORD.findall(" ".join(text.split()))
    return [word[at : at + _WIDEST] for word in words for at in range(0, len(word), _WIDEST)]
