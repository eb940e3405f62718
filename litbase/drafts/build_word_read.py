"""A draft in docx read for another format: its paragraphs, with what they are and how their words are set.

Pictures, comments, headers and footnotes have no place in the formats it is read for, and are left out.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .build_flow import Kind
from .build_word_draft import opened, paragraphs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_UNREAD = {"del", "moveFrom", "instrText", "delText", "txbxContent", "Fallback", "pPr", "rPr"}


class Run(NamedTuple):
    """Characters set alike; `href` is empty where they lead nowhere."""

    text: str
    italic: bool = False
    bold: bool = False
    href: str = ""


class Paragraph(NamedTuple):
    """A paragraph: what it is, a heading's level or an item's depth from 1, and its runs.

    A row's cells are parted by runs that are a tab. `first` tells the first row of a table.
    """

    kind: Kind
    level: int
    runs: tuple[Run, ...]
    first: bool = False


def read(content: bytes) -> list[Paragraph]:
    """The paragraphs of a docx in order; the package has been looked at before."""
    document = opened(content)
    links = {key: part.target_ref for key, part in document.part.rels.items() if part.is_external}
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    found: list[Paragraph] = []
    rows: dict[Any, int] = {}
    for paragraph in paragraphs(document):
        runs = tuple(run for run in _runs(paragraph, links) if run.text)
        row = next((one for one in paragraph.iterancestors() if one.tag == f"{_W}tr"), None)
        if row is None:
            found.append(Paragraph(*_kind(paragraph, styles), runs))
        elif row in rows:
            number = rows[row]
            found[number] = found[number]._replace(runs=(*found[number].runs, Run("\t"), *runs))
        else:
            rows[row] = len(found)
            found.append(Paragraph("row", 0, runs, row.getprevious() is None or row.getprevious().tag != f"{_W}tr"))
    return [one for one in found if one.runs]


def _runs(element: Any, links: dict[str, str], look: Run = Run("")) -> Iterator[Run]:  # noqa: B008 (a tuple)
    """The runs of an element, in order."""
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name == "t":
            yield look._replace(text=child.text or "")
        elif name in ("tab", "br", "cr", "noBreakHyphen"):
            yield look._replace(text="-" if name == "noBreakHyphen" else " ")
        elif name == "hyperlink":
            yield from _runs(child, links, look._replace(href=links.get(child.get(f"{_R}id", ""), "")))
        elif name == "r":
            yield from _runs(child, links, look._replace(italic=_is_on(child, "i"), bold=_is_on(child, "b")))
        elif name not in _UNREAD:
            yield from _runs(child, links, look)


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off")


def _kind(paragraph: Any, styles: dict[str, str]) -> tuple[Kind, int]:
    """What a paragraph is, by its style."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    heading = re.fullmatch(r"heading ([1-6])", name)
    if heading or name == "title":
        return "heading", int(heading[1]) if heading else 1
    depth = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    if name.startswith("list") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        level = depth.get(f"{_W}val", "") if depth is not None else ""
        return "item", 1 + int(level) if level.isdecimal() and len(level) < 3 else 1
    return ("quote" if "quote" in name else "paragraph"), 0
