"""A finished Markdown draft as a new docx: Word's own styles, links that work, entries with a hanging indent."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from litbase.domain.inline import Inlines, Span, Text
from litbase.domain.sheets import LETTER, MARGIN, Sheet

from . import build_word
from .build_flow import Flow, flow

if TYPE_CHECKING:
    from docx.document import Document

_DEEPEST = 3
_FONT, _SIZE = "Calibri", 11.5


def docx(markdown: str, title: str = "", sheet: Sheet = LETTER) -> bytes:
    """The draft as the bytes of a docx; the same draft gives the same bytes."""
    document = _empty(title, sheet)
    words = build_word.Words(document)
    for kind, group in groupby(flow(markdown), key=lambda one: one.kind):
        flows = list(group)
        if kind == "row":
            _table(document, words, flows)
        else:
            for one in flows:
                _paragraph(document, words, one)
    return build_word.saved(document)


def _empty(title: str, sheet: Sheet) -> "Document":
    from docx import Document
    from docx.shared import Pt, RGBColor

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    page = document.sections[0]
    page.page_width, page.page_height = Pt(sheet.width), Pt(sheet.height)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(MARGIN)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(_SIZE)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.2
    for level in range(1, 7):
        style: Any = document.styles[f"Heading {level}"]
        style.font.color.rgb = RGBColor(0x1D, 0x21, 0x26)
        style.element.get_or_add_rPr().get_or_add_rFonts().clear()
        style.font.name = _FONT
        style.font.size = Pt(max(_SIZE, 20 - 3 * (level - 1)))
        style.paragraph_format.space_after = Pt(6)
    build_word.entry_style(document)
    return document


def _paragraph(document: "Document", words: build_word.Words, one: Flow) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Inches

    paragraph = document.add_paragraph(style=_style(one))
    tree: Inlines = one.inlines
    if one.kind == "item" and one.number:
        tree = (Text(f"{one.number}.\t"), *tree)
        paragraph.paragraph_format.left_indent = Inches(0.25 + 0.25 * one.level)
        paragraph.paragraph_format.first_line_indent = Inches(-0.25)
    elif one.kind == "paragraph" and one.level:
        paragraph.paragraph_format.left_indent = Inches(0.25 + 0.25 * one.level)
    elif one.kind == "rule":
        tree = (Text("*   *   *"),)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if one.kind == "code":
        run = paragraph.add_run("".join(node.text for node in tree if isinstance(node, Text)))
        run.font.name = "Courier New"
        return
    paragraph._p.extend(words.elements(tree))


def _style(one: Flow) -> str:
    if one.kind == "heading":
        return f"Heading {one.level}"
    if one.kind == "item" and not one.number:
        depth = min(one.level, _DEEPEST)
        return "List Bullet" if depth == 1 else f"List Bullet {depth}"
    if one.kind == "quote":
        return "Quote"
    return build_word.ENTRY_STYLE if one.is_entry else "Normal"


def _table(document: "Document", words: build_word.Words, rows: Sequence[Flow]) -> None:
    """Rows as a table, the first of them its head."""
    from docx.shared import Pt

    cells = [_cells(row.inlines) for row in rows]
    width = max(len(row) for row in cells)
    table = document.add_table(len(cells), width, style="Table Grid")
    for at, row in enumerate(cells):
        for column, tree in enumerate(row):
            paragraph = table.cell(at, column).paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph._p.extend(words.elements(tree if at else (Span("bold", tree),)))
    document.add_paragraph()


def _cells(tree: Inlines) -> list[Inlines]:
    """A row cut at its tabs."""
    cells: list[Inlines] = [()]
    for node in tree:
        if node == Text("\t"):
            cells.append(())
        else:
            cells[-1] = (*cells[-1], node)
    return cells
