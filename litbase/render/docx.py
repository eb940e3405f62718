"""Word: paragraph styles for the list, real italics, links that lead somewhere, a language for those who listen.

The hanging indent belongs to the style "Bibliography", so that it can be changed once for all entries.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.domain.inline import Inlines, Text, text
from litbase.domain.inline import Link as LinkNode
from litbase.domain.sheets import MARGIN
from litbase.render import BARE, Frame, Listed, is_web, notes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# What XML cannot hold. Source: XML 1.0, 2.2 "Characters".
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[\t\r\n]+")
_HANGING_INCHES = 0.5
_LANGUAGES = {"en": "en-US"}
_FONT = "Calibri"


class Look(NamedTuple):
    """How a run is set: what its surroundings have switched on."""

    italic: bool = False
    bold: bool = False
    raised: str = ""  # sup, sub, or empty
    smallcaps: bool = False


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> bytes:
    """The list as a .docx file, with a title and the user's words above it where there are any."""
    from io import BytesIO

    file = _styled(frame, heading)
    styles = {style.name: style.style_id for style in file.styles}

    def add(style: str, words: Inlines, tied: bool = False) -> None:
        paragraph = file.add_paragraph()
        # By its id: looking a style up by name takes python-docx longer than all the rest.
        paragraph._p.style = styles[style]
        if tied:
            paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, words)

    if frame.title:
        add("Title", text(frame.title))
    for words in frame.intro:
        add("Normal", words)
    if heading:
        add("Heading 1", text(heading))
    for entry in entries:
        if entry.inlines:
            beneath = notes(entry)
            add("Bibliography", entry.inlines, bool(beneath))
            for at, note in enumerate(beneath, 1):
                add("Bibliography Note", note, at < len(beneath))
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _styled(frame: Frame, heading: str) -> "Document":
    """An empty file with its styles, language and title."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt

    file = Document()
    sheet = file.sections[0]
    sheet.page_width, sheet.page_height = Pt(frame.sheet.width), Pt(frame.sheet.height)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Pt(MARGIN)
    size = 18 if frame.large_print else 12
    _set_font(file, "Normal", size)
    file.styles["Normal"].paragraph_format.space_after = Pt(size * 0.6)
    file.styles["Normal"].paragraph_format.line_spacing = 1.25
    _set_font(file, "Title", size * 1.8)
    _set_font(file, "Heading 1", size * 1.3)
    for name in ("Title", "Heading 1"):
        style: Any = file.styles[name]
        style.font.bold, style.paragraph_format.space_after = True, Pt(size * 0.6)
    for name, left, first in (
        ("Bibliography", _HANGING_INCHES, -_HANGING_INCHES),
        ("Bibliography Note", _HANGING_INCHES, 0.0),
    ):
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Normal"]
        style.quick_style = style.paragraph_format.keep_together = True
        style.paragraph_format.left_indent = Inches(left)
        style.paragraph_format.first_line_indent = Inches(first)
    link: Any = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = _colour("0B4F8A")
    _tell(file, frame, heading)
    return file


def _set_font(file: "Document", name: str, size: float) -> None:
    """One plain face for all, in black: the template's headings are blue, and in another."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style: Any = file.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _colour("000000")
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for face in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{face}"), _FONT)
        fonts.attrib.pop(qn(f"w:{face}Theme"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _colour(code: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(code)


def _tell(file: "Document", frame: Frame, heading: str) -> None:
    """The file's language, title and times; nothing of the template's author."""
    from datetime import UTC, datetime

    from docx.oxml.ns import qn

    language = _LANGUAGES.get(frame.language, frame.language)
    for element in file.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    told = file.core_properties
    told.title, told.language = _fit(frame.title or heading or "References"), language
    told.author = told.comments = told.keywords = told.last_modified_by = ""
    told.created = told.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def _write(paragraph: "Paragraph", inlines: Inlines, look: Look = Look(), into: Any = None) -> None:  # noqa: B008
    """Add a tree to a paragraph as runs; `into` is the link that they stand in."""
    for node in inlines:
        if isinstance(node, Text):
            _run(paragraph, node.text, look, into)
        elif isinstance(node, LinkNode):
            inside = _link(paragraph, node.href) if into is None and is_web(node.href) else into
            _write(paragraph, node.children, look, inside)
        else:
            _write(paragraph, node.children, _changed(look, node.style), into)


def _changed(look: Look, style: str) -> Look:
    if style in ("sup", "sub"):
        return look._replace(raised=style)
    if style == "normal":
        return look._replace(italic=False)
    if style == "smallcaps":
        return look._replace(smallcaps=True)
    return look._replace(bold=True) if style == "bold" else look._replace(italic=True)


def _run(paragraph: "Paragraph", words: str, look: Look, into: Any) -> None:
    run = paragraph.add_run(_fit(words))
    if into is not None:
        run._r.style = "Hyperlink"
    # A run says only what is special about it; the rest is its style's.
    if look.italic:
        run.italic = True
    if look.bold:
        run.bold = True
    if look.smallcaps:
        run.font.small_caps = True
    if look.raised:
        # One property of Word's holds both: setting one to nothing would take the other back.
        setattr(run.font, "superscript" if look.raised == "sup" else "subscript", True)
    if into is not None:
        into.append(run._r)


def _link(paragraph: "Paragraph", address: str) -> Any:
    """A link at the end of a paragraph, still empty. Source: ECMA-376, part 1, 17.16.22."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(_fit(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(element)
    return element


def _fit(words: str) -> str:
    return _UNFIT.sub("", _BLANKS.sub(" ", words))
