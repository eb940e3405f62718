"""A draft's source with everything blotted out in which an `@` is no citation, character for character.

Code, addresses, tags, comments, escapes, front matter: what is left can be searched without asking again
where one is. Offsets stay those of the source, so that what is found can be replaced there and nowhere else.

Source: CommonMark 0.31, "Code spans", "Links", "Autolinks", "Raw HTML"; pandoc's manual, "Citation syntax".
"""

import re
from collections.abc import Iterator

from .tags import Run, Tag, cut

BLOT = "\x00"  # nothing to see, inside a sentence
WALL = "\x01"  # nothing to see, and no bracket reaches across
TARGET = "\x02"  # where a link leads: the brackets before it are a link's

LINE = re.compile(r"\r\n?|\n")
_FRONT = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?:.*(?:\r\n?|\n))*?(?:\1|\.\.\.)[ \t]*(?=\r|\n|\Z)")
_LONGEST_FRONT = 100_000
_DEFINITION = re.compile(
    r"[ >]{0,20}\[(?!\^)([^\[\]\r\n]{1,200})\]:[ \t]*(?:<[^<>\r\n]*>|\S+)(?:[ \t]+[\"'(].*)?[ \t]*(?=[\r\n]|\Z)"
)
_INLINE = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<comment><!--(?:.|\n|\r){0,20000}?-->)"
    r"|(?P<auto><(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,200}@[^\s<>]{1,200})>)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,2000}>)"
    r"|(?P<target>\]\()"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"\]]+?(?=[).,;:!?'’”]*(?:[\s<>\"\]]|\Z)))",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\(\s*(?:<[^<>\r\n]{0,2000}>|(?:[^\s()\\]|\\.|\([^\s()]{0,500}\)){0,2000})"
    r"(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_BLOCK_TAGS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
}  # fmt: skip
_CODE_TAGS = {"code", "kbd", "pre", "samp", "script", "style", "textarea", "tt"}
_UNREAD_TAGS = {
    *_CODE_TAGS, "a", "button", "head", "math", "nav", "option", "select", "svg", "template", "var",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def mask(source: str, form: str) -> str:
    """The source, as long as it was, with only prose left; `form` is `markdown`, `html` or `text`."""
    if form == "html":
        return html(source)
    if form == "markdown":
        return markdown(source)
    return _inline(source, escapes=False)


def line_starts(source: str) -> list[int]:
    """The offset at which each line begins, whatever ends the lines."""
    return [0, *(found.end() for found in LINE.finditer(source))]


def front_matter(source: str) -> int:
    """How far a block of settings at the very top reaches; 0 where there is none."""
    found = _FRONT.match(source, 0, _LONGEST_FRONT)
    return found.end() if found else 0


def html(source: str) -> str:
    """The text of a page; walls where a paragraph, a cell or an item ends."""
    pieces: list[str] = []
    at = 0
    skipping, depth = "", 0
    for piece in cut(source):
        # What lies between two pieces is a tag, a comment or a script.
        pieces.append(BLOT * (piece.at - at))
        at = piece.at
        if isinstance(piece, Tag):
            if piece.name in _BLOCK_TAGS:
                pieces.append(WALL)
                at += 1
            if skipping:
                depth += (-1 if piece.closes else 1) if piece.name == skipping else 0
                skipping = skipping if depth else ""
            elif piece.name in _UNREAD_TAGS and not piece.closes:
                skipping, depth = piece.name, 1
        elif isinstance(piece, Run):
            text = BLOT * len(piece.text) if skipping else _addresses(_ENTITY.sub(_blotted, piece.text))
            pieces.append(text)
            at += len(piece.text)
    return "".join(pieces) + BLOT * (len(source) - at)


def markdown(source: str) -> str:
    """The prose of a Markdown text: block structure by markdown-it, the rest by the marks in a line."""
    out = unblocked(source)
    definitions: set[str] = set()
    pieces: list[str] = []
    for line in out.splitlines(keepends=True):
        found = _DEFINITION.match(line)
        if found:
            definitions.add(_label(found[1]))
            line = WALL * len(found[0]) + line[found.end() :]
        pieces.append(line)
    out = _inline("".join(pieces), escapes=True)
    return _without_references(out, definitions) if definitions else out


def unblocked(source: str) -> str:
    """A Markdown text without front matter, blocks of code, and what raw HTML marks as unread."""
    pieces: list[str] = []
    at = 0
    for kind, start, end in _blocks(source):
        if start >= at:
            block = source[start:end]
            pieces += [source[at:start], html(block) if kind == "html_block" else _walled(block)]
            at = end
    return "".join([*pieces, source[at:]])


def code(source: str, form: str) -> list[tuple[int, int]]:
    """The stretches of a source that are code, settings or scripts, in whole blocks."""
    if form == "markdown":
        return [(start, end) for kind, start, end in _blocks(source) if kind != "html_block"]
    return list(_code_tags(source)) if form == "html" else []


def _code_tags(source: str) -> Iterator[tuple[int, int]]:
    """Where elements of code begin and end in a page."""
    opened = ""
    start = 0
    for piece in cut(source):
        if not isinstance(piece, Tag):
            continue
        if not opened and piece.name in _CODE_TAGS and not piece.closes:
            opened, start = piece.name, piece.at
        elif piece.closes and piece.name == opened:
            yield start, piece.at
            opened = ""
    if opened:
        yield start, len(source)


def _blocks(source: str) -> Iterator[tuple[str, int, int]]:
    """The blocks of a Markdown text that are no prose, each with its kind and stretch, in order."""
    from markdown_it import MarkdownIt

    front = front_matter(source)
    if front:
        yield "front", 0, front
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    starts = [*line_starts(source), len(source)]
    # markdown-it is shown empty lines in the place of the settings.
    shown = "".join(LINE.findall(source[:front])) + source[front:]
    for token in parser.parse(shown):
        if token.type in ("fence", "code_block", "html_block") and token.map:
            first, last = token.map
            yield token.type, starts[first], starts[min(last, len(starts) - 1)]


def _walled(block: str) -> str:
    return "".join(c if c in "\r\n" else WALL for c in block)


def _inline(text: str, escapes: bool) -> str:
    """Text with code, tags, addresses, comments and, in Markdown, escapes and targets of links blotted out."""
    pieces: list[str] = []
    at = 0
    unclosed: set[int] = set()
    for mark in _INLINE.finditer(text):
        start, end, kind = mark.start(), mark.end(), mark.lastgroup
        if start < at:
            continue
        sign = BLOT
        if kind == "escape" and not escapes:
            continue
        if kind == "code":
            closed = None if len(mark[0]) in unclosed else _closing(text, mark)
            if closed is None:
                unclosed.add(len(mark[0]))
                continue
            end = closed
        elif kind == "target":
            target = _TARGET.match(text, end - 1) if escapes else None
            if target is None:
                continue
            start, end, sign = end - 1, target.end(), TARGET
        pieces += [text[at:start], sign * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _closing(text: str, mark: "re.Match[str]") -> int | None:
    """Behind the run of backticks that closes a piece of code, in the same paragraph."""
    found = re.compile(rf"(?<!`){mark[0]}(?!`)").search(text, mark.end())
    if found is None:
        return None
    between = text[mark.end() : found.start()]
    return None if re.search(r"(?:\r\n?|\n)[ \t]*(?:\r|\n)", between) else found.end()


def _addresses(text: str) -> str:
    return _INLINE.sub(lambda found: _blotted(found) if found.lastgroup == "url" else found[0], text)


def _blotted(found: "re.Match[str]") -> str:
    return BLOT * len(found[0])


def _without_references(text: str, definitions: set[str]) -> str:
    """Links by label blotted out: `[words][label]`, `[label][]`, `[label]`."""

    def put(found: re.Match[str]) -> str:
        label = _label(found[2] or found[1])
        return BLOT * len(found[0]) if label in definitions else found[0]

    return re.sub(r"\[([^\[\]]{1,400})\](?:\[([^\[\]]{0,200})\])?", put, text)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
