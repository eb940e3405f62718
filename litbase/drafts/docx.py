"""Word's docx: its paragraphs in order, counted as lines; deleted text, fields' codes and pictures left out.

python-docx opens the package and knows its styles; the text is taken from the XML itself, because its
own `paragraph.text` leaves out insertions, content controls (where Zotero and Word keep their lists) and notes.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.errors import BadInput

from .blocks import Pieces
from .draft import OPAQUE, Block, Kind

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SIGNS = {"tab": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_UNREAD = {"del", "moveFrom", "txbxContent", "instrText", "delText", "Fallback"}


class Paragraphs(NamedTuple):
    """The paragraphs' text, one a line, and its blocks."""

    source: str
    blocks: tuple[Block, ...]


def read(content: bytes) -> Paragraphs:
    """The paragraphs of a docx package; footnotes follow the paragraph that calls them, on its line.

    The package's size has been checked before.

    Raises: BadInput where it is no docx.
    """
    from io import BytesIO
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import OpcError, PackageNotFoundError

    try:
        opened = Document(BytesIO(content))
        reading = Reading(opened)
    except (OpcError, PackageNotFoundError, BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        # lxml's complaint about bad XML is a SyntaxError; of a part that is no Word's, attributes are missing.
        raise BadInput(f"this is not a docx that can be read: {error}", "open it in Word and save it again") from error
    return reading.run()


class Reading:
    """A package being read. `length` is how much of the source has been written.

    Of each block, by its id: `texts` are its elements of text with the offsets they have in it, `paragraphs` its own.
    """

    def __init__(self, opened: "Document") -> None:
        self.body = opened.element.body
        self.links = {key: part.target_ref for key, part in opened.part.rels.items() if part.is_external}
        self.styles = {style.style_id: style.name or "" for style in opened.styles}
        self.notes = _notes(opened)
        self.source: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.texts: dict[int, list[tuple[Any, int, int]]] = {}
        self.paragraphs: dict[int, Any] = {}
        self._texts: list[tuple[Any, int, int]] = []

    def run(self) -> Paragraphs:
        """Read the body: a paragraph a line, what stands in tables on the line of the paragraph before."""
        seen = False
        for paragraph in self.body.iter(f"{_W}p"):
            around = {one.tag.rpartition("}")[2] for one in paragraph.iterancestors()}
            if around & _UNREAD:
                continue
            own_line = "tc" not in around
            called = self._paragraph(paragraph, "\n" if own_line and seen else " ", self._kind(paragraph))
            seen = seen or own_line
            for note in called:
                for inside in note.iter(f"{_W}p"):
                    self._paragraph(inside, " ", ("note", 0))
        return Paragraphs("".join(self.source), tuple(self.blocks))

    def _paragraph(self, paragraph: Any, before: str, kind: tuple[Kind, int]) -> list[Any]:
        """Write one paragraph; the notes it calls."""
        if self.source:
            self.source.append(before)
            self.length += 1
        pieces = Pieces()
        called: list[Any] = []
        self._texts = []
        self._inside(paragraph, pieces, called)
        self.source.append(pieces.text().replace("\n", " "))
        self.length += pieces.length
        block = pieces.block(*kind)
        if block is not None:
            self.blocks.append(block)
            self.texts[id(block)] = self._texts
            self.paragraphs[id(block)] = paragraph
        return called

    def _inside(self, element: Any, pieces: Pieces, called: list[Any]) -> None:
        """Append what a reader sees of an element."""
        for child in element:
            name = str(child.tag).rpartition("}")[2]
            begin = pieces.length
            if name == "t":
                pieces.add(child.text or "", self.length + begin)
                self._texts.append((child, begin, pieces.length))
            elif name in _SIGNS:
                pieces.add(_SIGNS[name], self.length + begin)
            elif name in ("br", "cr"):
                pieces.end_line(self.length + begin, hard=True)
            elif name in ("drawing", "pict", "object", "oMath"):
                pieces.add(OPAQUE, self.length + begin)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self.notes.get((name[:-9], child.get(f"{_W}id")))
                called += [note] if note is not None else []
            elif name == "hyperlink":
                self._inside(child, pieces, called)
                pieces.link(begin, self.links.get(child.get(f"{_R}id", ""), ""))
            elif name == "r" and not _is_hidden(child):
                self._inside(child, pieces, called)
                if _is_italic(child):
                    pieces.italic(begin)
            elif name not in _UNREAD and name not in ("r", "pPr", "rPr"):
                self._inside(child, pieces, called)

    def _kind(self, paragraph: Any) -> tuple[Kind, int]:
        """What a paragraph is, by its style: a heading with its level, a list item, or plain."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "paragraph", 0
        style = properties.find(f"{_W}pStyle")
        name = self.styles.get(style.get(f"{_W}val"), "").lower() if style is not None else ""
        if name == "title":
            return "heading", 1
        if name.startswith("heading") and name[-1:].isdecimal():
            return "heading", int(name[-1])
        listed = properties.find(f"{_W}numPr") is not None or name.startswith("list")
        return ("item" if listed else "paragraph"), 0


def _is_on(run: Any, name: str) -> bool:
    properties = run.find(f"{_W}rPr")
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off")


def _is_hidden(run: Any) -> bool:
    return _is_on(run, "vanish")


def _is_italic(run: Any) -> bool:
    return _is_on(run, "i")


def _notes(opened: "Document") -> dict[tuple[str, str], Any]:
    """Footnotes and endnotes by kind and number."""
    from docx.oxml.parser import parse_xml

    found: dict[tuple[str, str], Any] = {}
    for part in opened.part.rels.values():
        kind = part.reltype.rpartition("/")[2]
        if not part.is_external and kind in ("footnotes", "endnotes"):
            for note in parse_xml(part.target_part.blob):
                if note.get(f"{_W}type") is None:
                    found[kind[:-1], note.get(f"{_W}id")] = note
    return found
