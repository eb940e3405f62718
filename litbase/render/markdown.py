"""Markdown (CommonMark): emphasis with `*`, addresses as links, everything else inert."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from litbase.domain.inline import Inline, Inlines, Link, Text
from litbase.render import BARE, Frame, Listed, is_web, notes

# Characters that can start or end markup anywhere in a line. Source: CommonMark 0.31, 2.4 and 6.
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$^]|&(?=#?\w{1,32};)|!(?=\[)")
# What would begin a block at the start of a line. Source: CommonMark 0.31, chapters 4 and 5.
_BLOCK = re.compile(r"^(\s*)(?:(\d{1,9})([.)])|([-+=:]))")
_WRAPS = {"bold": ("**", "**"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>")}


class Run(NamedTuple):
    """Characters set alike."""

    text: str
    italic: bool
    wrap: str  # a key of _WRAPS, or empty
    href: str  # empty where it leads nowhere


def inline(inlines: Inlines) -> str:
    """A tree in Markdown.

    Where CommonMark would not take `*` for emphasis (punctuation inside it, a letter outside), `<em>`
    stands instead.
    """
    runs = _joined(_runs(inlines, Run("", False, "", "")))
    pieces = [_piece(run, _edge(runs, at - 1, -1), _edge(runs, at + 1, 0)) for at, run in enumerate(runs)]
    linked = groupby(zip(runs, pieces, strict=True), key=lambda pair: pair[0].href)
    return _block_escaped("".join(_link(href, "".join(piece for _, piece in pairs)) for href, pairs in linked))


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """A heading of the second level and one paragraph an entry; entries that print nothing are left out."""
    above = [f"# {_escaped(frame.title)}"] if frame.title else []
    above += map(inline, frame.intro)
    above += [f"## {_escaped(heading)}"] if heading else []
    return "\n\n".join([*above, *(_entry(entry) for entry in entries if inline(entry.inlines))]) + "\n"


def _entry(entry: Listed) -> str:
    """An entry, and its notes under it as a quotation: Markdown has no other indent. Source: APA 7, 9.51."""
    return "\n\n".join([inline(entry.inlines), *(f"> {inline(note)}" for note in notes(entry))])


def _runs(inlines: Sequence[Inline], around: Run) -> Iterator[Run]:
    """The tree as runs of characters, each with all that is set around it."""
    for node in inlines:
        if isinstance(node, Text):
            yield around._replace(text=node.text.replace("\n", " "))
        elif isinstance(node, Link):
            yield from _runs(node.children, around._replace(href=node.href if is_web(node.href) else ""))
        elif node.style in ("italic", "normal"):
            yield from _runs(node.children, around._replace(italic=node.style == "italic"))
        else:
            yield from _runs(node.children, around._replace(wrap=node.style if node.style in _WRAPS else around.wrap))


def _joined(runs: Iterator[Run]) -> list[Run]:
    """Neighbours set alike as one; blanks at the ends of emphasis moved out of it."""
    out: list[Run] = []
    for run in runs:
        bare = run.text.strip()
        lead, tail = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        parts = [run]
        if run.italic or run.wrap:
            upright = run._replace(italic=False, wrap="")
            parts = [upright._replace(text=lead if bare else run.text), run._replace(text=bare)]
            parts.append(upright._replace(text=tail if bare else ""))
        for part in parts:
            if out and out[-1][1:] == part[1:]:
                out[-1] = part._replace(text=out[-1].text + part.text)
            elif part.text:
                out.append(part)
    return out


def _edge(runs: list[Run], at: int, end: int) -> str:
    """The character a run's neighbour turns to it; a blank where there is none."""
    return runs[at].text[end] if 0 <= at < len(runs) else " "


def _piece(run: Run, before: str, after: str) -> str:
    text = _escaped(run.text)
    if run.wrap:
        opening, closing = _WRAPS[run.wrap]
        text = opening + text + closing
    if not run.italic:
        return text
    flanks = (
        _flanks(before, run.text[0]) and _flanks(after, run.text[-1]) and "*" not in before + after and not run.wrap
    )
    return f"*{text}*" if flanks else f"<em>{text}</em>"


def _flanks(outside: str, inside: str) -> bool:
    """Whether `*` between these two is a delimiter. Source: CommonMark 0.31, 6.2, flanking runs."""
    return inside.isalnum() or not outside.isalnum()


def _link(href: str, text: str) -> str:
    if not href:
        return text
    address = href.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return f"[{text}](<{address}>)" if re.search(r"[()]", address) else f"[{text}]({address})"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda found: "\\" + found[0], text)


def _block_escaped(text: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[1]}{found[2]}\\{found[3]}"
        return f"{found[1]}\\{found[4]}"

    return _BLOCK.sub(put, text)
