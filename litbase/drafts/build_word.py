"""Words put into a docx: runs, links within and out of the file, names; and the file, saved the same each time."""

import re
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from litbase.domain.inline import Inlines, Link, Text

from .build_flow import NAME

if TYPE_CHECKING:
    from docx.document import Document

ENTRY_STYLE = "Bibliography"
_HANGING_INCHES = 0.5
# What XML cannot hold. Source: XML 1.0, 2.2 "Characters".
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 40


class Look(NamedTuple):
    """How a run is set, on top of the properties it was given."""

    italic: bool = False
    bold: bool = False
    raised: str = ""
    smallcaps: bool = False
    link: bool = False


PLAIN = Look()


class Words:
    """Trees as elements of one file; names and their numbers are given out here."""

    def __init__(self, document: "Document") -> None:
        self._part = document.part
        taken = [_number(one) for one in document.element.body.iter(_tag("w:bookmarkStart"))]
        self._next = max(taken, default=0) + 1

    def elements(self, tree: Inlines, properties: Any = None, look: Look = PLAIN) -> list[Any]:
        """The elements of a tree; `properties` are a run's, copied to each."""
        out: list[Any] = []
        for node in tree:
            if isinstance(node, Text):
                out += [_run(node.text, properties, look)] if node.text else []
            elif not isinstance(node, Link):
                out += self.elements(node.children, properties, _set(look, node.style))
            elif node.href.startswith(NAME):
                out += self._named(node.href.removeprefix(NAME))
            else:
                out += self._link(node, properties, look)
        return out

    def _named(self, name: str) -> list[Any]:
        """A name that links can lead to. Source: ECMA-376, 17.13.6 "Bookmarks"."""
        start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
        for element in (start, end):
            element.set(_tag("w:id"), str(self._next))
        start.set(_tag("w:name"), fit_name(name))
        self._next += 1
        return [start, end]

    def _link(self, node: Link, properties: Any, look: Look) -> list[Any]:
        within = node.href.startswith("#")
        if not within and not node.href.lower().startswith(("https://", "http://", "mailto:")):
            return self.elements(node.children, properties, look)
        link = _element("w:hyperlink")
        if within:
            link.set(_tag("w:anchor"), fit_name(node.href[1:]))
            link.set(_tag("w:history"), "1")
        else:
            from docx.opc.constants import RELATIONSHIP_TYPE

            link.set(_tag("r:id"), self._part.relate_to(node.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        inside = look if within else look._replace(link=True)
        link.extend(self.elements(node.children, properties, inside))
        return [link]


def fit_name(name: str) -> str:
    """A name as Word takes it: letters, digits and underscores, 40 at most, a letter first."""
    fit = re.sub(r"\W", "_", name)
    if len(fit) > _LONGEST_NAME:
        from hashlib import sha256

        fit = f"{fit[: _LONGEST_NAME - 9]}_{sha256(name.encode()).hexdigest()[:8]}"
    return fit


def entry_style(document: "Document") -> Any:
    """The style of entries, with its hanging indent; made where the file has none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt

    for style in document.styles:
        if style.name == ENTRY_STYLE and style.type == WD_STYLE_TYPE.PARAGRAPH:
            return style
    made: Any = document.styles.add_style(ENTRY_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = next((one for one in document.styles if one.name == "Normal"), None)
    made.paragraph_format.left_indent = Inches(_HANGING_INCHES)
    made.paragraph_format.first_line_indent = Inches(-_HANGING_INCHES)
    made.paragraph_format.space_after = Pt(6)
    return made


def saved(document: "Document") -> bytes:
    """The file's bytes, the same whenever it is written: the archive's clock is stopped."""
    written, out = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as archive, ZipFile(out, "w", ZIP_DEFLATED) as fixed:
        for part in archive.infolist():
            stopped = ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            stopped.compress_type = ZIP_DEFLATED
            fixed.writestr(stopped, archive.read(part))
    return out.getvalue()


def _set(look: Look, style: str) -> Look:
    if style in ("sup", "sub"):
        return look._replace(raised=style)
    if style in ("italic", "normal"):
        return look._replace(italic=style == "italic")
    return look._replace(bold=True) if style == "bold" else look._replace(smallcaps=True)


def _run(words: str, properties: Any, look: Look) -> Any:
    """A run; line ends and tabs in its words become Word's."""
    run = _element("w:r")
    if properties is not None:
        run.append(deepcopy(properties))
    shown = run.get_or_add_rPr()
    for name, on in (("w:b", look.bold), ("w:i", look.italic), ("w:smallCaps", look.smallcaps)):
        if on and shown.find(_tag(name)) is None:
            _put(shown, name)
    if look.link:
        _put(shown, "w:color", "0B4F8A")
        _put(shown, "w:u", "single")
    if look.raised:
        _put(shown, "w:vertAlign", "superscript" if look.raised == "sup" else "subscript")
    run.text = _UNFIT.sub("\ufffd", words)
    return run


# The order in which a run's properties stand. Source: ECMA-376, 17.3.2, CT_RPr.
_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
          "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
          "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
          "em", "lang", "eastAsianLayout", "specVanish", "oMath")  # fmt: skip


def _put(properties: Any, name: str, value: str = "") -> None:
    """Set a property where it belongs, in the place of what was there."""
    old = properties.find(_tag(name))
    if old is not None:
        properties.remove(old)
    made = _element(name)
    if value:
        made.set(_tag("w:val"), value)
    rank = _ORDER.index(name.removeprefix("w:"))
    for at, other in enumerate(properties):
        kind = str(other.tag).rpartition("}")[2]
        if kind in _ORDER and _ORDER.index(kind) > rank:
            properties.insert(at, made)
            return
    properties.append(made)


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _number(element: Any) -> int:
    found = str(element.get(_tag("w:id"), "0"))
    return int(found) if found.isdecimal() and len(found) < 10 else 0
