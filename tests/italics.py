"""Entries as strings with `<i>`, the way cases and published examples write them."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from litbase.domain.inline import Inline, Span, Text

Characters: TypeAlias = Iterator[tuple[str, bool]]


def characters(inlines: Iterable[Inline], italic: bool = False) -> Characters:
    """Every character of a tree with whether it is italic."""
    for node in inlines:
        if isinstance(node, Text):
            yield from ((char, italic) for char in node.text)
        elif isinstance(node, Span) and node.style in ("italic", "normal"):
            yield from characters(node.children, node.style == "italic")
        else:
            yield from characters(node.children, italic)


def parsed(marked: str) -> Characters:
    """The same of a string with `<i>`; every other sign stands for itself."""
    italic = False
    for position, part in enumerate(marked.replace("</i>", "<i>").split("<i>")):
        italic = position % 2 == 1
        yield from ((char, italic) for char in part)


def shown(chars: Characters) -> str:
    """One string to compare: italics are marked where letters and digits show them."""
    out: list[str] = []
    italic = False
    for char, slanted in chars:
        if char.isalnum() and slanted != italic:
            italic = slanted
            out.append("<i>" if italic else "</i>")
        out.append(char)
    return "".join(out) + ("</i>" if italic else "")


def text(chars: Characters) -> str:
    """The characters alone."""
    return "".join(char for char, _ in chars)
