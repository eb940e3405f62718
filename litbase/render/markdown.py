"""Markdown (CommonMark): emphasis with `*`, addresses as links, everything else inert."""

import re
from collections.abc import Sequence

from litbase.domain.inline import Inline, Inlines, Link, Span, Text
from litbase.render import Listed, is_web

# Characters that can start or end markup anywhere in a line. Source: CommonMark 0.31, 2.4 and 6.
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$^]|&(?=#?\w{1,32};)|!(?=\[)")
# What would begin a block at the start of a line. Source: CommonMark 0.31, chapter 4 and 5.
_BLOCK = re.compile(r"^(\s*)(?:(\d{1,9})([.)])|([-+=:]))")
_WRAPS = {"bold": ("**", "**"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>")}


def inline(inlines: Inlines) -> str:
    """A tree in Markdown.

    Characters at the ends of emphasis that would keep `*` from being read as emphasis (blanks, and
    punctuation next to letters) are met by moving blanks out of it.
    """
    return _block_escaped(_written(inlines, False))


def reference_list(entries: Sequence[Listed], heading: str = "References") -> str:
    """A heading of the second level and one paragraph an entry; entries that print nothing are left out."""
    paragraphs = [text for entry in entries if (text := inline(entry.inlines))]
    return "\n\n".join([f"## {_escaped(heading)}", *paragraphs] if heading else paragraphs) + "\n"


def _written(inlines: Sequence[Inline], italic: bool) -> str:
    out: list[str] = []
    for node in inlines:
        if isinstance(node, Text):
            out.append(_escaped(node.text))
        elif isinstance(node, Link):
            out.append(_link(node, italic))
        else:
            out.append(_span(node, italic))
    return "".join(out)


def _span(node: Span, italic: bool) -> str:
    if node.style == "italic":
        return _written(node.children, True) if italic else _emphasis(node.children)
    if node.style in _WRAPS:
        opening, closing = _WRAPS[node.style]
        return opening + _written(node.children, italic) + closing
    return _written(node.children, italic)


def _emphasis(children: Inlines) -> str:
    """Emphasis, interrupted where something inside it is upright: Markdown knows no other way."""
    out: list[str] = []
    run: list[Inline] = []
    for node in children:
        if isinstance(node, Span) and node.style == "normal":
            out += [_starred(run), _written(node.children, False)]
            run = []
        else:
            run.append(node)
    out.append(_starred(run))
    return "".join(out)


def _starred(run: Sequence[Inline]) -> str:
    text = _written(run, True)
    bare = text.strip()
    if not bare:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}*{bare}*{tail}"


def _link(node: Link, italic: bool) -> str:
    text = _written(node.children, italic)
    if not is_web(node.href):
        return text
    address = node.href.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return f"[{text}](<{address}>)" if re.search(r"[()]", address) else f"[{text}]({address})"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda found: "\\" + found[0], text.replace("\n", " "))


def _block_escaped(text: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found[2]:
            return f"{found[1]}{found[2]}\\{found[3]}"
        return f"{found[1]}\\{found[4]}"

    return _BLOCK.sub(put, text)
