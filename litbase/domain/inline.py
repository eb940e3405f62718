"""Formatted text as a small tree: the only form in which entries and citations travel.

CSL's inline tags are parsed into it once; `render/` writes it out once. Nothing in
between joins strings of markup, so nothing in between can forget to escape.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["italic", "bold", "sup", "sub", "smallcaps", "normal"]


class Text(NamedTuple):
    """A run of characters, all of them literal."""

    text: str


class Span(NamedTuple):
    """Children under one style; "normal" takes the italics of its surroundings back."""

    style: Style
    children: "Inlines"


class Link(NamedTuple):
    """Children that lead to `href`, which may be any string: writers link http(s) only."""

    href: str
    children: "Inlines"


Inline: TypeAlias = Text | Span | Link
Inlines: TypeAlias = tuple[Inline, ...]

_TAG = re.compile(r"<(/?)(i|b|sup|sub|span)((?:\s[^<>]*)?)>")
_STYLES: dict[str, Style] = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub"}


def text(value: str) -> Inlines:
    """A plain string as a tree; empty for the empty string."""
    return (Text(value),) if value else ()


def parse(value: str) -> Inlines:
    """The tree of a CSL rich-text field.

    Only balanced `<i> <b> <sup> <sub>` and `<span>` with small capitals, `nodecor` or
    `nocase` count as markup; every other character, stray tags too, stands for itself.

    Source: CSL-JSON, "HTML-like formatting"; citeproc-js manual, "Rich text".
    """
    tags = list(_TAG.finditer(value))
    partner = _partners(tags)
    # One frame a level: the children gathered so far, and what will wrap them.
    frames: list[tuple[list[Inline], Style | None]] = [([], None)]
    position = 0
    for index, tag in enumerate(tags):
        if index not in partner:
            continue
        _append(frames[-1][0], value[position : tag.start()])
        position = tag.end()
        if tag[1]:
            children, style = frames.pop()
            if style is None:
                frames[-1][0].extend(children)
            elif children:
                frames[-1][0].append(Span(style, tuple(children)))
        else:
            frames.append(([], _style_of(tag)))
    _append(frames[0][0], value[position:])
    return tuple(frames[0][0])


def _partners(tags: list[re.Match[str]]) -> set[int]:
    """The indexes of the tags that open or close something, stray ones left out."""
    matched: set[int] = set()
    open_tags: list[int] = []
    for index, tag in enumerate(tags):
        if not tag[1]:
            open_tags.append(index)
            continue
        for depth in range(len(open_tags) - 1, -1, -1):
            if tags[open_tags[depth]][2] == tag[2]:
                matched.update((open_tags[depth], index))
                del open_tags[depth:]
                break
    return matched


def _style_of(tag: re.Match[str]) -> Style | None:
    if tag[2] != "span":
        return _STYLES[tag[2]]
    attributes = tag[3].replace(" ", "")
    if "small-caps" in attributes:
        return "smallcaps"
    return "normal" if "nodecor" in attributes else None


def _append(children: list[Inline], run: str) -> None:
    if run:
        children.append(Text(run))


def plain(inlines: Iterable[Inline]) -> str:
    """The characters of a tree without its formatting."""
    return "".join(node.text if isinstance(node, Text) else plain(node.children) for node in inlines)


def strip(value: str) -> str:
    """A CSL rich-text field without its tags."""
    return plain(parse(value)) if "<" in value else value


def to_json(inlines: Inlines) -> list[object]:
    """A tree as JSON values: a string for text, `[style, [children]]`, `["link", href, [children]]`."""
    out: list[object] = []
    for node in inlines:
        if isinstance(node, Text):
            out.append(node.text)
        elif isinstance(node, Span):
            out.append([node.style, to_json(node.children)])
        else:
            out.append(["link", node.href, to_json(node.children)])
    return out


def from_json(values: list[object]) -> Inlines:
    """The tree that `to_json` wrote."""
    out: list[Inline] = []
    for value in values:
        if isinstance(value, str):
            out.append(Text(value))
        elif isinstance(value, list) and value[0] == "link":
            out.append(Link(value[1], from_json(value[2])))
        elif isinstance(value, list):
            out.append(Span(value[0], from_json(value[1])))
    return tuple(out)
