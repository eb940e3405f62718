"""A draft in docx, changed where it cites: its paragraphs as text, and its citations and list put in.

Everything else in the file, from styles to pictures and comments, stays as it is.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.domain.inline import Inlines

from . import build_word
from .build_word import Words

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNREAD = {"del", "moveFrom", "txbxContent", "Fallback", "hyperlink"}
_SIGNS = {"tab": "\t", "br": "\x0b", "cr": "\x0b", "noBreakHyphen": "-"}
# What stands between two paragraphs in the text of a file.
BETWEEN = "\n\n"


class Change(NamedTuple):
    """A stretch of the text and what is to stand in its place."""

    start: int
    end: int
    tree: Inlines


class Listing(NamedTuple):
    """The reference list: where it goes (`end` behind the mark it replaces), its heading, its entries."""

    start: int
    end: int
    heading: str
    entries: Sequence[Inlines]


class _Piece(NamedTuple):
    """A text element and where it begins in its paragraph."""

    element: Any
    start: int
    end: int


def text(content: bytes) -> str:
    """The paragraphs of a docx, a blank line between; the package has been looked at before."""
    return BETWEEN.join(_shown(paragraph) for paragraph in paragraphs(opened(content)))


def changed(content: bytes, changes: Sequence[Change], listing: Listing | None) -> bytes:
    """The file with its citations written out and its list put in; offsets are those of `text`."""
    document = opened(content)
    words = Words(document)
    lines = list(paragraphs(document))
    starts: list[int] = []
    at = 0
    for paragraph in lines:
        starts.append(at)
        at += len(_shown(paragraph)) + len(BETWEEN)
    place = None if listing is None else _place(lines, starts, listing)
    for change in reversed(changes):
        number = max(index for index, start in enumerate(starts) if start <= change.start)
        _replace(lines[number], change.start - starts[number], change.end - starts[number], change.tree, words)
    if listing is not None:
        _list(document, words, place, listing)
    return build_word.saved(document)


def opened(content: bytes) -> "Document":
    """A docx, opened."""
    from io import BytesIO

    from docx import Document

    return Document(BytesIO(content))


def paragraphs(document: "Document") -> Iterator[Any]:
    """The paragraphs of the body in order, those in tables and content controls too."""
    for paragraph in document.element.body.iter(f"{_W}p"):
        around = {str(one.tag).rpartition("}")[2] for one in paragraph.iterancestors()}
        if not around & _UNREAD:
            yield paragraph


def _pieces(paragraph: Any) -> list[_Piece]:
    """The elements that make a paragraph's text; links and what has been deleted are left out."""
    found: list[_Piece] = []
    at = 0
    for element in paragraph.iter(f"{_W}t", *(f"{_W}{name}" for name in _SIGNS)):
        around = []
        for one in element.iterancestors():
            if one is paragraph:
                break
            around.append(str(one.tag).rpartition("}")[2])
        if set(around) & (_UNREAD | {"p", "rPr", "pPr"}):
            continue
        name = str(element.tag).rpartition("}")[2]
        length = len(element.text or "") if name == "t" else len(_SIGNS[name])
        found.append(_Piece(element, at, at + length))
        at += length
    return found


def _shown(paragraph: Any) -> str:
    out = []
    for piece in _pieces(paragraph):
        name = str(piece.element.tag).rpartition("}")[2]
        out.append(piece.element.text or "" if name == "t" else _SIGNS[name])
    return "".join(out)


def _replace(paragraph: Any, start: int, end: int, tree: Inlines, words: Words) -> None:
    """Put a tree in the place of a stretch of a paragraph, set like its first word."""
    _split(paragraph, end)
    _split(paragraph, start)
    inside = [piece for piece in _pieces(paragraph) if start <= piece.start and piece.end <= end]
    first = next(piece for piece in inside if piece.end > piece.start).element.getparent()
    properties = first.find(f"{_W}rPr")
    for element in words.elements(tree, properties):
        first.addprevious(element)
    for piece in inside:
        if str(piece.element.tag) == f"{_W}t":
            piece.element.text = ""
        else:
            piece.element.getparent().remove(piece.element)


def _split(paragraph: Any, at: int) -> None:
    """Make two runs of the one that spans an offset."""
    piece = next((one for one in _pieces(paragraph) if one.start <= at < one.end), None)
    if piece is None or (piece.start == at and _is_first(piece.element)):
        return
    run, cut = piece.element.getparent(), at - piece.start
    index = list(run).index(piece.element)
    behind = deepcopy(run)
    for child in list(run)[index + 1 :]:
        run.remove(child)
    for child in list(behind)[:index]:
        if str(child.tag) != f"{_W}rPr":
            behind.remove(child)
    if str(piece.element.tag) == f"{_W}t":
        other = next(child for child in behind if str(child.tag) == f"{_W}t")
        piece.element.text, other.text = (piece.element.text or "")[:cut], (other.text or "")[cut:]
        for element in (piece.element, other):
            element.set(_SPACE, "preserve")
    else:
        run.remove(piece.element)
    run.addnext(behind)


def _is_first(element: Any) -> bool:
    """Whether an element is what its run begins with."""
    content = [child for child in element.getparent() if str(child.tag) != f"{_W}rPr"]
    return content[0] is element


def _place(paragraphs: Sequence[Any], starts: Sequence[int], listing: Listing) -> list[Any]:
    """The paragraphs of the mark; where there is none, the last one before the list."""
    if listing.end > listing.start:
        return [
            paragraph
            for paragraph, start in zip(paragraphs, starts, strict=True)
            if listing.start <= start < listing.end
        ]
    return []


def _list(document: "Document", words: Words, mark: list[Any] | None, listing: Listing) -> None:
    """Write the list: before its mark, which goes, or at the end of the file."""
    made = []
    if listing.heading:
        known = {style.name for style in document.styles}
        heading = document.add_paragraph(style="Heading 1" if "Heading 1" in known else None)
        heading.add_run(listing.heading).bold = None if "Heading 1" in known else True
        made.append(heading)
    style = build_word.entry_style(document) if listing.entries else None
    for entry in listing.entries:
        paragraph = document.add_paragraph(style=style)
        paragraph._p.extend(words.elements(entry))
        made.append(paragraph)
    if mark:
        for paragraph in made:
            mark[0].addprevious(paragraph._p)
        for element in mark:
            element.getparent().remove(element)
