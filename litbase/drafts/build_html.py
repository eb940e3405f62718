"""A finished Markdown draft as HTML: markdown-it renders it, footnotes are added, a page is put around it.

Source: CommonMark 0.31; pandoc's manual, "Footnotes"; DPUB-ARIA 1.1, doc-noteref, doc-endnotes, doc-backlink.
"""

import re
from collections.abc import Callable
from html import escape

from .pandoc_mask import LINE, code, front_matter

_NOTE = re.compile(r"^\[\^([^\[\]\s]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{4,}\S)))*)", re.MULTILINE)
_CALL = re.compile(r"\[\^([^\[\]\s]{1,60})\](?!:)")
_INDENT = re.compile(r"^[ \t]{1,4}", re.MULTILINE)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ margin: 0 auto; max-width: 40rem; padding: 2rem 1.25rem 4rem; line-height: 1.6; overflow-wrap: break-word;
  font-family: Charter, "Iowan Old Style", "Source Serif 4", Cambria, "Noto Serif", serif; font-size: 1.06rem }}
h1, h2, h3, h4 {{ line-height: 1.25; text-wrap: balance }}
blockquote {{ margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #8888 }}
pre {{ overflow-x: auto }}
img {{ max-width: 100% }}
table {{ border-collapse: collapse }}
td, th {{ padding: 0.3rem 0.7rem; border-bottom: 1px solid #8886; text-align: left }}
[role="doc-biblioref"] {{ color: inherit; text-decoration-color: #8889; text-underline-offset: 0.15em }}
[role="doc-backlink"] {{ text-decoration: none }}
.litbase-refs li {{ margin-bottom: 0.7rem }}
:target {{ background: #fd35 }}
</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def fragment(text: str) -> str:
    """A Markdown text as HTML, its settings left out, its footnotes at the end.

    Raw HTML in it stays, as in any Markdown.
    """
    body = _unix(text[front_matter(text) :]).lstrip("\n")
    render = _renderer()
    notes: dict[str, str] = {}
    hidden = code(body, "markdown")

    def take(found: "re.Match[str]") -> str:
        if any(start <= found.start() < end for start, end in hidden):
            return found[0]
        notes.setdefault(found[1], _INDENT.sub("", found[2]).strip())
        return ""

    body = _NOTE.sub(take, body)
    called: dict[str, int] = {}
    body = _outside(body, lambda piece: _calls(piece, notes, called)) if notes else body
    html = render(body)
    return html + _notes(notes, called, render) if called else html


def page(fragment: str, title: str) -> str:
    """A whole page around a fragment; nothing in it comes from elsewhere."""
    return _PAGE.format(title=escape(title or "Draft"), body=fragment)


def _renderer() -> Callable[[str], str]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return lambda text: str(parser.render(text))


def _unix(text: str) -> str:
    return LINE.sub("\n", text.removeprefix("\ufeff"))


def _outside(text: str, change: Callable[[str], str]) -> str:
    """A text changed outside of its code."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted([*code(text, "markdown"), *_spans(text)]):
        if start >= at:
            pieces += [change(text[at:start]), text[start:end]]
            at = end
    return "".join([*pieces, change(text[at:])])


def _spans(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", text)]


def _calls(text: str, notes: dict[str, str], called: dict[str, int]) -> str:
    """A text with the signs of its footnotes as links; they are numbered as they come."""

    def call(found: "re.Match[str]") -> str:
        if found[1] not in notes:
            return found[0]
        first = found[1] not in called
        number = called.setdefault(found[1], len(called) + 1)
        name = f' id="fnref-{number}"' if first else ""
        return f'<sup><a href="#fn-{number}"{name} role="doc-noteref">{number}</a></sup>'

    return _CALL.sub(call, text)


def _notes(notes: dict[str, str], called: dict[str, int], render: Callable[[str], str]) -> str:
    """The footnotes that are called, in the order of their signs."""
    lines = ['<section role="doc-endnotes" aria-label="Notes">', "<hr>", "<ol>"]
    for label, number in called.items():
        back = f' <a href="#fnref-{number}" role="doc-backlink" aria-label="Back to the text">↩</a>'
        inside = render(notes[label]).rstrip()
        inside = f"{inside[:-4]}{back}</p>" if inside.endswith("</p>") else f"{inside}<p>{back}</p>"
        lines.append(f'<li id="fn-{number}">{inside}</li>')
    return "\n".join([*lines, "</ol>", "</section>", ""])
