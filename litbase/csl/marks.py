"""Formatting as marks in the text, read back as a tree: what litbase has for a formatter.

A CSL engine builds entries by joining strings. citeproc-py's formatters put HTML into them and
cannot tell markup from text afterwards; here single characters from the last private-use plane are
put in, which no field may hold (`cleared` takes them out), so that the tree is read back exactly.
"""

import re
from collections.abc import Iterable

from litbase.domain.inline import Inline, Inlines, Link, Span, Style, Text


def _mark(number: int) -> str:
    return chr(0x10FF00 + number)


# Each pair opens and closes: a style, quotation marks, a field or term whose inside is not to be
# touched, text whose case is fixed, a link shown in full, a bare DOI, emphasis within a field (which
# is turned round where the style sets the field in italics).
ITALIC, ITALIC_END = _mark(0), _mark(1)
BOLD, BOLD_END = _mark(2), _mark(3)
SUP, SUP_END = _mark(4), _mark(5)
SUB, SUB_END = _mark(6), _mark(7)
CAPS, CAPS_END = _mark(8), _mark(9)
NORMAL, NORMAL_END = _mark(10), _mark(11)
QUOTE, QUOTE_END = _mark(12), _mark(13)
PIECE, PIECE_END = _mark(14), _mark(15)
NOCASE, NOCASE_END = _mark(16), _mark(17)
URL, URL_END = _mark(18), _mark(19)
DOI, DOI_END = _mark(20), _mark(21)
EMPHASIS, EMPHASIS_END = _mark(22), _mark(23)
# These stand before a quotation mark that came as it is to be printed, unless it stands within others.
TYPED, TYPED_END = _mark(24), _mark(25)

MARKS = frozenset(_mark(number) for number in range(26))
_ALL = re.compile("[\U0010ff00-\U0010ff1f]")
_RUNS = re.compile("([\U0010ff00-\U0010ff1f])")

# What a style sets a text in.
ITALICS, UPRIGHT, BOLDFACE = (ITALIC, ITALIC_END), (NORMAL, NORMAL_END), (BOLD, BOLD_END)
SUPERSCRIPT, SUBSCRIPT, SMALL_CAPITALS = (SUP, SUP_END), (SUB, SUB_END), (CAPS, CAPS_END)
# What a field's own spans become.
_SPANS: dict[str, tuple[str, str]] = {
    "italic": (EMPHASIS, EMPHASIS_END),
    "bold": BOLDFACE,
    "sup": SUPERSCRIPT,
    "sub": SUBSCRIPT,
    "smallcaps": SMALL_CAPITALS,
    "normal": UPRIGHT,
}
_OPENING: dict[str, Style] = {
    ITALIC: "italic",
    EMPHASIS: "italic",
    BOLD: "bold",
    SUP: "sup",
    SUB: "sub",
    CAPS: "smallcaps",
    NORMAL: "normal",
}
_CLOSING = frozenset((ITALIC_END, EMPHASIS_END, BOLD_END, SUP_END, SUB_END, CAPS_END, NORMAL_END, URL_END, DOI_END))


def cleared(value: str) -> str:
    """Text from outside, with no character in it that would be taken for a mark."""
    return value if value.isascii() else _ALL.sub("", value)


def visible(marked: str) -> str:
    """The characters a reader sees of a marked string."""
    return marked if marked.isascii() else _ALL.sub("", marked)


def marked(inlines: Inlines) -> str:
    """A tree as a marked string, as fields go into the engine."""
    out: list[str] = []
    for node in inlines:
        if isinstance(node, Text):
            out.append(node.text)
        elif isinstance(node, Span):
            opening, closing = _SPANS[node.style]
            out.append(opening + marked(node.children) + closing)
        else:
            out.append(marked(node.children))
    return "".join(out)


def tree(text: str) -> Inlines:
    """The tree of a finished marked string.

    Emphasis of a field's own within italics is set upright, as a title named in a title is; every
    address beginning with http(s) becomes a link, whichever field it came from.

    Source: APA 7, 6.23 ("reverse italics"); CSL 1.0.2, "Formatting".
    """
    # One frame a level: its mark, the children so far, the italics around them.
    frames: list[tuple[str, list[Inline], bool]] = [("", [], False)]
    for run in _RUNS.split(text):
        if not run:
            continue
        mark, children, italic = frames[-1]
        if run in _OPENING:
            inner = run == ITALIC or (not italic if run == EMPHASIS else italic and run != NORMAL)
            frames.append((run, [], inner))
        elif run in (URL, DOI):
            frames.append((run, [], italic))
        elif run in _CLOSING:
            if mark:
                frames.pop()
                _close(mark, children, frames[-1])
        elif run not in MARKS:
            children.extend((Text(run),) if mark in (URL, DOI) else _linked(run))
    while len(frames) > 1:
        mark, children, _ = frames.pop()
        _close(mark, children, frames[-1])
    return _merged(frames[0][1])


def _close(mark: str, children: list[Inline], outer: tuple[str, list[Inline], bool]) -> None:
    """Hang a finished level under the one around it."""
    inside = _merged(children)
    _, siblings, italic = outer
    if not inside:
        return
    if mark in (URL, DOI):
        shown = "".join(node.text for node in inside if isinstance(node, Text))
        siblings.append(Link(href(shown if mark == URL else "https://doi.org/" + shown), inside))
    elif mark == EMPHASIS:
        siblings.append(Span("normal" if italic else "italic", inside))
    elif mark in (ITALIC, NORMAL):
        # Italic inside italic, and upright inside upright, is nothing to say.
        siblings.extend((Span(_OPENING[mark], inside),) if italic == (mark == NORMAL) else inside)
    else:
        siblings.append(Span(_OPENING[mark], inside))


def _merged(children: Iterable[Inline]) -> Inlines:
    """Neighbouring runs of text as one, empty ones left out."""
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Text):
            if out and isinstance(out[-1], Text):
                out[-1] = Text(out[-1].text + node.text)
            elif node.text:
                out.append(node)
        else:
            out.append(node)
    return tuple(out)


_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_ENDS = ".,;:!?’'"
# What may not stand bare in an address (RFC 3986), but occurs in DOIs and pasted links.
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~\[\]]|%(?![0-9A-Fa-f]{2})")


def _linked(run: str) -> Iterable[Inline]:
    if "http" not in run:
        return (Text(run),)
    out: list[Inline] = []
    start = 0
    for match in _ADDRESS.finditer(run):
        address = match[0].rstrip(_ENDS)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_ENDS)
        out.append(Text(run[start : match.start()]))
        out.append(Link(href(address), (Text(address),)))
        start = match.start() + len(address)
    out.append(Text(run[start:]))
    return out


def href(address: str) -> str:
    """An address fit for a link: what a URL may not hold is percent-encoded, the rest untouched.

    A DOI's own `#`, `?` and brackets are encoded too, for they belong to its name.
    Source: DOI Handbook, 3.5.1 (encoding DOIs in URLs).
    """
    base = "https://doi.org/"
    if address.startswith(base):
        return base + re.sub(r"[#?\[\]]", _percent, _UNSAFE.sub(_percent, address[len(base) :]))
    return _UNSAFE.sub(_percent, address)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
