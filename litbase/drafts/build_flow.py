"""A finished Markdown draft as a flow of paragraphs, for formats that know no Markdown: text and docx.

Pictures become their words, raw HTML is left out but for the names that links lead to.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from litbase.domain.inline import Inline, Inlines, Link, Span, Style, Text

from .build_notes import noted
from .pandoc_mask import LINE, front_matter

if TYPE_CHECKING:
    from markdown_it.token import Token

Kind: TypeAlias = Literal["heading", "paragraph", "item", "quote", "code", "rule", "row"]

# The address of a link without words: the name of its place.
NAME = "name:"
_NAMED = re.compile(r"<a\s+id=\"([^\"<>]{1,200})\"\s*>")
_NAMED_ENTRY = NAME + "ref-"
_STYLES: dict[str, Style] = {"em_open": "italic", "strong_open": "bold"}
_RAW: dict[str, Style] = {"em": "italic", "i": "italic", "strong": "bold", "b": "bold", "sup": "sup", "sub": "sub"}


class Flow(NamedTuple):
    """A paragraph, heading, list item … in the order of reading.

    `level` is a heading's, or how deep an item lies, from 1; `number` an ordered item's, 0 for others. A row's
    cells are parted by tabs. A paragraph that continues an item has its level.
    """

    kind: Kind
    inlines: Inlines
    level: int = 0
    number: int = 0

    @property
    def is_entry(self) -> bool:
        """Whether this is an entry of the reference list: its name says so."""
        return any(isinstance(node, Link) and node.href.startswith(_NAMED_ENTRY) for node in self.inlines[:1])


def flow(text: str) -> list[Flow]:
    """The paragraphs of a Markdown text, its settings left out, its footnotes at the end."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    whole = LINE.sub("\n", text[front_matter(text) :].removeprefix("\ufeff"))
    body, notes = noted(whole, lambda number, _: f"<sup>{number}</sup>")
    flows = _Flowing().run(parser.parse(body))
    if notes:
        flows.append(Flow("rule", ()))
    for number, note in notes.items():
        first, *more = _Flowing().run(parser.parse(note)) or [Flow("paragraph", ())]
        sign = Span("sup", (Text(str(number)),))
        flows += [first._replace(inlines=(sign, Text(" "), *first.inlines)), *more]
    return flows


class _Flowing:
    """Tokens on their way: the lists and quotations that are open, and a table's row."""

    def __init__(self) -> None:
        self.lists: list[int] = []
        self.quotes = 0
        self.first = False
        self.heading = 0
        self.row: list[Inline] | None = None
        self.out: list[Flow] = []

    def run(self, tokens: "Sequence[Token]") -> list[Flow]:
        for token in tokens:
            self._token(token)
        return self.out

    def _token(self, token: "Token") -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1)) if kind.startswith("ordered") else 0
            self.lists.append(start)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.first = True
        elif kind == "list_item_close":
            self.lists[-1] += self.lists[-1] > 0
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if kind.endswith("open") else -1
        elif kind == "heading_open":
            self.heading = int(token.tag[1])
        elif kind == "heading_close":
            self.heading = 0
        elif kind == "tr_open":
            self.row = []
        elif kind == "tr_close" and self.row is not None:
            self.out.append(Flow("row", tuple(self.row)))
            self.row = None
        elif kind == "hr":
            self.out.append(Flow("rule", ()))
        elif kind in ("fence", "code_block"):
            self.out.append(Flow("code", (Text(token.content.rstrip("\n")),), len(self.lists)))
        elif kind == "inline":
            self._inline(inlines(token.children or ()))

    def _inline(self, tree: Inlines) -> None:
        if self.row is not None:
            self.row += [*([Text("\t")] if self.row else []), *tree]
        elif self.heading:
            self.out.append(Flow("heading", tree, self.heading))
        elif self.lists and self.first:
            self.out.append(Flow("item", tree, len(self.lists), self.lists[-1]))
            self.first = False
        else:
            self.out.append(Flow("quote" if self.quotes else "paragraph", tree, len(self.lists)))


def inlines(tokens: "Sequence[Token]") -> Inlines:
    """The words of a paragraph as a tree."""
    frames: list[tuple[list[Inline], Style | None, str]] = [([], None, "")]
    for token in tokens:
        here = frames[-1][0]
        raw = re.fullmatch(r"<(/?)(\w+)[^<>]*>", token.content) if token.type == "html_inline" else None
        tag = raw[2].lower() if raw else ""
        if token.type in ("text", "code_inline"):
            here.append(Text(token.content))
        elif token.type in ("softbreak", "hardbreak") or tag == "br":
            here.append(Text("\n" if token.type != "softbreak" else " "))
        elif token.type == "image":
            here.append(Text(token.content))
        elif token.type in _STYLES or (tag in _RAW and raw and not raw[1]):
            frames.append(([], _STYLES.get(token.type) or _RAW[tag], ""))
        elif token.type == "link_open":
            frames.append(([], None, str(token.attrs.get("href", ""))))
        elif token.type in ("em_close", "strong_close", "link_close") or (tag in _RAW and raw and raw[1]):
            _close(frames)
        elif named := _NAMED.match(token.content):
            here.append(Link(NAME + named[1], ()))
    while len(frames) > 1:
        _close(frames)
    return tuple(frames[0][0])


def _close(frames: list[tuple[list[Inline], Style | None, str]]) -> None:
    """End the innermost style or link."""
    if len(frames) == 1:
        return
    children, style, address = frames.pop()
    if style:
        frames[-1][0].append(Span(style, tuple(children)))
    elif address:
        frames[-1][0].append(Link(address, tuple(children)))
    else:
        frames[-1][0].extend(children)
