"""Breaking runs of text into lines: pure, and ignorant of fonts but for the width it is told.

A line may break at a blank, after a hyphen or dash, and after a slash (so that DOIs need not stick out); a
link that a line has room for stays whole, and a word that is wider than a line is cut where it must be. The
blank at which a line breaks stays at its end, where it is not seen: whoever listens to the text hears two words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from litbase.domain.inline import Inlines, Link, Text

# Blanks; or characters up to where a line may break. No-break spaces are no blanks.
_ATOM = re.compile(r"[ \t\r\n]+|https?://|[^ \t\r\n/—-]*[/—-]+|[^ \t\r\n/—-]+", re.IGNORECASE)


class Run(NamedTuple):
    """Characters set alike."""

    text: str
    italic: bool = False
    bold: bool = False
    raised: str = ""  # sup, sub, or empty
    href: str = ""  # empty where it leads nowhere


Width = Callable[[Run], float]
Line = list[Run]


def runs(inlines: Inlines, around: Run = Run("")) -> Iterator[Run]:  # noqa: B008
    """A tree as runs, each with all that is set around it."""
    for node in inlines:
        if isinstance(node, Text):
            yield around._replace(text=node.text)
        elif isinstance(node, Link):
            yield from runs(node.children, around._replace(href=around.href or node.href))
        elif node.style in ("sup", "sub"):
            yield from runs(node.children, around._replace(raised=node.style))
        elif node.style == "bold":
            yield from runs(node.children, around._replace(bold=True))
        else:
            italic = node.style == "italic" or (around.italic and node.style != "normal")
            yield from runs(node.children, around._replace(italic=italic))


def lines(text: Sequence[Run], first: float, rest: float, width: Width) -> list[Line]:
    """The runs in lines: the first at most `first` wide, the others `rest`, in the unit of `width`."""
    out: list[Line] = [[]]
    used = 0.0
    for word in _words(text, rest, width):
        room = first if len(out) == 1 else rest
        blank = word[0].text == " "
        size = sum(map(width, word))
        if blank and not out[-1]:
            continue
        if used + size > room and not blank:
            if out[-1]:
                out.append([])
                used, room = 0.0, rest
            while size > room:
                head, word = _cut(word, room, width)
                out[-1] += head
                out.append([])
                size, room = sum(map(width, word)), rest
        out[-1] += word
        used += size
    return [joined for line in out if (joined := _joined(line))]


def _words(text: Sequence[Run], room: float, width: Width) -> Iterator[list[Run]]:
    """Blanks, and what no line break may divide: atoms of one or several runs, or a link that there is room for."""
    for blank, stretch in groupby(_atoms(text), lambda atom: atom.text == " "):
        whole = list(stretch)
        if blank:
            yield whole[:1]
        elif any(atom.href for atom in whole) and sum(map(width, whole)) <= room:
            yield whole
        else:
            yield from _parts(whole)


def _atoms(text: Sequence[Run]) -> Iterator[Run]:
    for run in text:
        for atom in _ATOM.findall(run.text):
            yield run._replace(text=" " if atom[0] in " \t\r\n" else atom)


def _parts(atoms: Sequence[Run]) -> Iterator[list[Run]]:
    """Atoms up to where a line may break."""
    part: list[Run] = []
    for atom in atoms:
        part.append(atom)
        if atom.text[-1] in "/—-" and not atom.text.endswith("://"):
            yield part
            part = []
    if part:
        yield part


def _cut(word: list[Run], room: float, width: Width) -> tuple[list[Run], list[Run]]:
    """A word in two, the first part as long as there is room for, at least one character."""
    head: list[Run] = []
    used = 0.0
    for at, run in enumerate(word):
        for end, sign in enumerate(run.text):
            size = width(run._replace(text=sign))
            if used + size > room and (head or end):
                return [*head, run._replace(text=run.text[:end])], [run._replace(text=run.text[end:]), *word[at + 1 :]]
            used += size
        head.append(run)
    return head, []


def _joined(line: Line) -> Line:
    """Neighbours set alike as one, so that a word is not drawn in pieces."""
    out: Line = []
    for run in line:
        if not run.text:
            continue
        if out and out[-1][1:] == run[1:]:
            out[-1] = run._replace(text=out[-1].text + run.text)
        else:
            out.append(run)
    return out
