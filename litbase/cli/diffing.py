"""Changes of a text, shown: as a unified diff for programs, and word by word for people."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher, unified_diff
from itertools import zip_longest

from . import console
from .console import Piece

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SAME = 0.7  # of the words of two lines are the same where one was made of the other
_AROUND = 32  # characters shown before and behind a change


def unified(before: Sequence[str], after: Sequence[str], names: tuple[str, str]) -> Iterator[str]:
    """The lines of a unified diff; none where nothing differs."""
    return unified_diff(before, after, *names, n=1, lineterm="")


def show(before: Sequence[str], after: Sequence[str], names: tuple[str, str]) -> None:
    """Print what has changed; on a terminal a line's changed words alone, as its lines may be paragraphs."""
    if not console.on_terminal():
        for line in unified(before, after, names):
            console.line(line)
        return
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            for old, new in zip_longest(before[a:b], after[c:d]):
                _pair(old, new, c + 1)
                c += new is not None


def _pair(old: str | None, new: str | None, number: int) -> None:
    """One line that went, came, or was changed."""
    ours, theirs = _WORDS.findall(old or ""), _WORDS.findall(new or "")
    if SequenceMatcher(None, ours, theirs, autojunk=False).ratio() < _SAME:
        for sign, line in (("-", old), ("+", new)):
            if line and line.strip():
                _line(number, Piece(f"{sign} {line.strip()}", _STYLES[sign]))
        return
    for first, last, begin, end in _stretches(ours, theirs):
        lead = "".join(theirs[:begin])[-_AROUND:]
        tail = "".join(theirs[end:])[:_AROUND]
        gone, come = "".join(ours[first:last]), "".join(theirs[begin:end])
        _line(
            number,
            Piece(f"…{lead}" if begin else "", "dim"),
            Piece(f"[-{gone}-]" if gone else "", _STYLES["-"]),
            Piece(f"{{+{come}+}}" if come else "", _STYLES["+"]),
            Piece(f"{tail.rstrip()}…" if tail.strip() else "", "dim"),
        )


_STYLES = {"-": "red", "+": "green"}


def _stretches(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of words that differ, those together that only a blank or two words part."""
    held: list[int] | None = None
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            if held and b - a > 3:
                yield held[0], held[1], held[2], held[3]
                held = None
        elif held:
            held[1], held[3] = b, d
        else:
            held = [a, b, c, d]
    if held:
        yield held[0], held[1], held[2], held[3]


def _line(number: int, *pieces: Piece) -> None:
    console.line(Piece(f"line {number}: ", "dim"), *(piece for piece in pieces if piece.text), indent=4)
