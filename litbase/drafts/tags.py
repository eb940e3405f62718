"""HTML cut into tags and text, every piece with its offset: the tokenizer's part of the HTML standard.

A parser that builds a tree forgets where in the file its text stood, and a finding without its
line is of little use. What is not needed of the standard (insertion modes, foster parenting) is left out.

Source: HTML Living Standard, 13.2.5 "Tokenization".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Their content is never markup.
_RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
_OPENING = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|!--|[!?])")
_ATTRIBUTE_OR_END = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')|>")
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


class Tag(NamedTuple):
    """A tag: its name in small letters, whether it closes, and the address of a link."""

    name: str
    closes: bool
    href: str
    at: int


class Run(NamedTuple):
    """Text between tags, entities and all."""

    text: str
    at: int


def cut(source: str) -> Iterator[Tag | Run]:
    """The tags and texts of an HTML source in order; comments, declarations, scripts and styles left out."""
    at = 0
    while True:
        found = _OPENING.search(source, at)
        if not found:
            break
        if found.start() > at:
            yield Run(source[at : found.start()], at)
        if not found[2]:
            end = source.find("-->" if found[0] == "<!--" else ">", found.end())
            at = len(source) if end < 0 else end + (3 if found[0] == "<!--" else 1)
            continue
        end = _tag_end(source, found.end())
        name = found[2].lower()
        href = _href(source[found.start() : end]) if name == "a" and not found[1] else ""
        yield Tag(name, bool(found[1]), href, found.start())
        at = end
        if name in _RAW and not found[1]:
            at = _closing(source, name, end)
    if at < len(source):
        yield Run(source[at:], at)


def _tag_end(source: str, at: int) -> int:
    """Behind the > that ends a tag, none inside a quoted value counted; the source's end where there is none."""
    while True:
        found = _ATTRIBUTE_OR_END.search(source, at)
        if not found:
            return len(source)
        at = found.end()
        if found[0] == ">":
            return at


def _href(tag: str) -> str:
    found = _HREF.search(tag)
    return (found[1] or found[2] or found[3] or "") if found else ""


def _closing(source: str, name: str, at: int) -> int:
    """Where the closing tag of raw text begins; the source's end where there is none."""
    found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(source, at)
    return found.start() if found else len(source)
