"""HTML: a fragment for a page or a blog editor, accessible and with its styling inline."""

import re
from collections.abc import Sequence

from litbase.domain.inline import Inline, Inlines, Link, Span, Text
from litbase.render import Listed, is_web, notes

_TAGS = {"italic": "em", "bold": "strong", "sup": "sup", "sub": "sub"}
_STYLES = {"smallcaps": "font-variant:small-caps", "normal": "font-style:normal"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# Margin and indent, not padding: word processors and editors keep these on pasting, if any.
_HANGING = "margin-left:2em;text-indent:-2em"
_INDENTED = "margin:0.5em 0 1em 2em;text-indent:0"


def inline(inlines: Inlines) -> str:
    """A tree in HTML; only http and https addresses become links."""
    return "".join(_node(node) for node in inlines)


def reference_list(entries: Sequence[Listed], heading: str = "References") -> str:
    """A section with a heading and a list with hanging indents; each entry can be linked to by its id.

    Source: DPUB-ARIA 1.1, doc-bibliography.
    """
    items = []
    taken: set[str] = set()
    for entry in entries:
        text = inline(entry.inlines)
        if text:
            items.append(f' <li id="{_anchor(entry.id, taken)}" style="{_HANGING}">{text}{_notes(entry)}</li>')
    label = ' aria-labelledby="refs-h"' if heading else ""
    title = [f'<h2 id="refs-h">{_escaped(heading)}</h2>'] if heading else []
    return "\n".join(
        [
            f'<section class="litbase-refs" role="doc-bibliography"{label}>',
            *title,
            '<ul role="list" style="list-style-type:none;margin:0;padding:0">',
            *items,
            "</ul></section>",
            "",
        ]
    )


def _notes(entry: Listed) -> str:
    """The notes of an annotated entry, indented with its second line. Source: APA 7, 9.51."""
    return "".join(f'<p style="{_INDENTED}">{inline(note)}</p>' for note in notes(entry))


def _node(node: Inline) -> str:
    if isinstance(node, Text):
        return _escaped(node.text)
    inside = inline(node.children)
    if isinstance(node, Link):
        return f'<a href="{_escaped(node.href)}">{inside}</a>' if is_web(node.href) else inside
    return _span(node, inside)


def _span(node: Span, inside: str) -> str:
    tag = _TAGS.get(node.style)
    return f"<{tag}>{inside}</{tag}>" if tag else f'<span style="{_STYLES[node.style]}">{inside}</span>'


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _anchor(id_: str, taken: set[str]) -> str:
    """An id for the list item: `ref-` and the citekey, made unique within the list."""
    slug = "ref-" + (re.sub(r"[^A-Za-z0-9_.-]+", "-", id_).strip("-") or "entry")
    name, number = slug, 2
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    taken.add(name)
    return name
