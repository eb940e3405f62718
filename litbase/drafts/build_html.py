"""A finished Markdown draft as HTML: markdown-it renders it, footnotes are added, a page is put around it.

Source: CommonMark 0.31; pandoc's manual, "Footnotes"; DPUB-ARIA 1.1, doc-noteref, doc-endnotes, doc-backlink.
"""

from collections.abc import Callable, Mapping
from html import escape

from .build_notes import noted
from .pandoc_mask import LINE, front_matter

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ground: #fdfdfb; --ink: #1d2126; --link: #0b4f8a }}
body {{ margin: 0 auto; max-width: 40rem; padding: 2rem 1.25rem 4rem; line-height: 1.6; overflow-wrap: break-word;
  background: var(--ground); color: var(--ink);
  font-family: Charter, "Iowan Old Style", "Source Serif 4", Cambria, "Noto Serif", serif; font-size: 1.06rem }}
h1, h2, h3, h4 {{ line-height: 1.25; text-wrap: balance }}
blockquote {{ margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #8888 }}
pre {{ overflow-x: auto }}
img {{ max-width: 100% }}
table {{ border-collapse: collapse }}
td, th {{ padding: 0.3rem 0.7rem; border-bottom: 1px solid #8886; text-align: left }}
a {{ color: var(--link) }}
a:focus-visible {{ outline: 3px solid var(--link); outline-offset: 2px }}
[role="doc-biblioref"] {{ color: inherit; text-decoration-color: #8889; text-underline-offset: 0.15em }}
.litbase-refs li {{ margin-bottom: 0.7rem }}
:target {{ background: #fd35 }}
@media screen and (prefers-color-scheme: dark) {{
  :root {{ --ground: #15181c; --ink: #e9e6df; --link: #8fc1f2 }}
}}
@media print {{
  :root {{ --ground: #ffffff; --ink: #000000; --link: #000000 }}
  body {{ max-width: none; padding: 0; font-size: 11pt }}
  h1, h2, h3, h4 {{ break-after: avoid }}
  .litbase-refs li {{ break-inside: avoid }}
  [role="doc-backlink"] {{ display: none }}
}}
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
    render = _renderer()
    body, notes = noted(_unix(text[front_matter(text) :]).lstrip("\n"), _call)
    return render(body) + (_notes(notes, render) if notes else "")


def page(fragment: str, title: str) -> str:
    """A whole page around a fragment; nothing in it comes from elsewhere."""
    return _PAGE.format(title=escape(title or "Draft"), body=fragment)


def _renderer() -> Callable[[str], str]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return lambda text: str(parser.render(text))


def _unix(text: str) -> str:
    return LINE.sub("\n", text.removeprefix("\ufeff"))


def _call(number: int, first: bool) -> str:
    name = f' id="fnref-{number}"' if first else ""
    return f'<sup><a href="#fn-{number}"{name} role="doc-noteref">{number}</a></sup>'


def _notes(notes: Mapping[int, str], render: Callable[[str], str]) -> str:
    """The footnotes, each with the way back to where it is called."""
    lines = ['<section role="doc-endnotes" aria-label="Notes">', "<hr>", "<ol>"]
    for number, note in notes.items():
        back = f'&nbsp;<a href="#fnref-{number}" role="doc-backlink" aria-label="Back to the text">↩</a>'
        inside = render(note).rstrip()
        inside = f"{inside[:-4]}{back}</p>" if inside.endswith("</p>") else f"{inside}<p>{back}</p>"
        lines.append(f'<li id="fn-{number}">{inside}</li>')
    return "\n".join([*lines, "</ol>", "</section>", ""])
