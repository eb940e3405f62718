"""HTML: a fragment for a page or a blog editor, accessible and with its styling inline.

`section` and `inline` also write for a page with a style sheet of its own (`classed`): a strict
content security policy lets no style attribute through.
"""

import re
from collections.abc import Sequence

from litbase.domain.inline import Inline, Inlines, Link, Span, Text
from litbase.render import BARE, Frame, Listed, is_web, item, notes

_TAGS = {"italic": "em", "bold": "strong", "sup": "sup", "sub": "sub"}
_STYLES = {"smallcaps": "font-variant:small-caps", "normal": "font-style:normal"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# Margin and indent, not padding: word processors and editors keep these on pasting, if any.
_HANGING = "margin-left:2em;text-indent:-2em"
_INDENTED = "margin:0.5em 0 1em;text-indent:0"
_BARE_LIST = "list-style-type:none;margin:0;padding:0"
# Word processors count in inches; one paragraph an entry, for editors that know no list without bullets.
_PASTED = "margin-left:0.5in;text-indent:-0.5in"
_PASTED_NOTE = "margin-left:0.5in;text-indent:0"


def inline(inlines: Inlines, classed: bool = False) -> str:
    """A tree in HTML; only http and https addresses become links."""
    return "".join(_node(node, classed) for node in inlines)


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """A section with a heading and a list with hanging indents; each entry can be linked to by its id.

    A title and the words before the list stand above the section.

    Source: DPUB-ARIA 1.1, doc-bibliography.
    """
    above = [f"<h1>{escaped(frame.title)}</h1>"] if frame.title else []
    return "\n".join([*above, *intro(frame), section(entries, heading, frame), ""])


def section(entries: Sequence[Listed], heading: str, frame: Frame, classed: bool = False, level: int = 2) -> str:
    """The list in its section, and the metadata that the frame asks for."""
    items = []
    taken: set[str] = set()
    for entry in entries:
        text = inline(entry.inlines, classed)
        if text:
            anchor = _anchor(entry.id, taken)
            style = _style(_HANGING, classed)
            items.append(f' <li id="{anchor}"{style}>{text}{_coins(entry, frame)}{_notes(entry, classed)}</li>')
    label = ' aria-labelledby="refs-h"' if heading else ' aria-label="References"'
    title = [f'<h{level} id="refs-h">{escaped(heading)}</h{level}>'] if heading else []
    return "\n".join(
        [
            f'<section class="litbase-refs" role="doc-bibliography"{label}>',
            *title,
            f'<ul role="list"{_style(_BARE_LIST, classed)}>',
            *items,
            "</ul></section>",
            *metadata(entries, frame),
        ]
    )


def intro(frame: Frame) -> list[str]:
    """The words before the list, a paragraph each."""
    return [f"<p>{inline(paragraph)}</p>" for paragraph in frame.intro]


def pasted(entries: Sequence[Listed], heading: str = "References") -> str:
    """The list for the clipboard: a heading and one paragraph an entry."""
    lines = [f"<h2>{escaped(heading)}</h2>"] if heading else []
    for entry in entries:
        text = inline(entry.inlines)
        if text:
            lines.append(f'<p style="{_PASTED}">{text}</p>')
            lines += [f'<p style="{_PASTED_NOTE}">{inline(note)}</p>' for note in notes(entry)]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text that can neither open a tag nor end an attribute."""
    return text.translate(_ESCAPES)


def _style(style: str, classed: bool) -> str:
    return "" if classed else f' style="{style}"'


def _notes(entry: Listed, classed: bool) -> str:
    """The notes of an annotated entry, as far in as its second line. Source: APA 7, 9.51."""
    return "".join(f"<p{_style(_INDENTED, classed)}>{inline(note, classed)}</p>" for note in notes(entry))


def _coins(entry: Listed, frame: Frame) -> str:
    """An empty span that tells reference managers which work this is.

    Source: COinS specification 1.0 (class Z3988, the context in `title`).
    """
    if not (frame.coins and item(entry)):
        return ""
    from litbase.render import coins

    return f'<span class="Z3988" title="{escaped(coins.context(item(entry)))}"></span>'


def metadata(entries: Sequence[Listed], frame: Frame) -> list[str]:
    """The works as JSON-LD in a script element that holds data only; nothing where it is not asked for."""
    if not frame.jsonld:
        return []
    from litbase.render import jsonld

    return [f'<script type="application/ld+json">{jsonld.graph([item(e) for e in entries if item(e)])}</script>']


def _node(node: Inline, classed: bool) -> str:
    if isinstance(node, Text):
        return escaped(node.text)
    inside = inline(node.children, classed)
    if isinstance(node, Link):
        return f'<a href="{escaped(node.href)}">{inside}</a>' if is_web(node.href) else inside
    return _span(node, inside, classed)


def _span(node: Span, inside: str, classed: bool) -> str:
    tag = _TAGS.get(node.style)
    if tag:
        return f"<{tag}>{inside}</{tag}>"
    looks = f'class="{node.style}"' if classed else f'style="{_STYLES[node.style]}"'
    return f"<span {looks}>{inside}</span>"


def _anchor(id_: str, taken: set[str]) -> str:
    """An id for the list item: `ref-` and the citekey, made unique within the list."""
    slug = "ref-" + (re.sub(r"[^A-Za-z0-9_.-]+", "-", id_).strip("-") or "entry")
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    taken.add(name)
    return name
