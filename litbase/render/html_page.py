"""A whole HTML page: nothing from elsewhere, no script runs in it, readable by ear, by eye, on paper, in the dark."""

from collections.abc import Sequence

from litbase.domain.inline import plain
from litbase.render import BARE, Frame, Listed
from litbase.render.html import escaped, intro, section

_STYLE = """
:root { color-scheme: light dark; --ground: #fdfdfb; --ink: #1d2126; --link: #0b4f8a }
html { font-size: 106.25%; -webkit-text-size-adjust: 100% }
html.large-print { font-size: 150% }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.55;
  font-family: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, "Noto Serif", serif }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere }
h1, h2 { line-height: 1.2; margin: 0 0 1.25rem; text-wrap: balance }
h1 { font-size: 1.75rem }
h2 { font-size: 1.35rem; margin-top: 2.5rem }
p { margin: 0 0 1rem; text-indent: 0 }
ul { list-style: none; margin: 0; padding: 0 }
li { margin: 0 0 1rem 2em; text-indent: -2em }
li:target { outline: 2px solid var(--link); outline-offset: 0.4em }
li > p { margin: 0.4rem 0 0 }
a { color: var(--link); text-underline-offset: 0.15em }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.smallcaps { font-variant: small-caps }
.normal { font-style: normal }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --ink: #e9e6df; --link: #8fc1f2 }
}
@media print {
  :root { --ground: #ffffff; --ink: #000000; --link: #000000 }
  html { font-size: 11pt }
  html.large-print { font-size: 18pt }
  main { max-width: none; padding: 0 }
  h1, h2 { break-after: avoid }
  li { break-inside: avoid }
}
"""


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """The list as a page of its own; without a title its heading is the page's.

    Source: Content Security Policy Level 3, "Usage of hashes"; DPUB-ARIA 1.1, doc-bibliography.
    """
    title = frame.title or heading or "References"
    top = [f"<h1>{escaped(frame.title)}</h1>"] if frame.title else []
    level = 2 if frame.title else 1
    policy = f"default-src 'none'; style-src {_hash(_STYLE)}; base-uri 'none'; form-action 'none'"
    large = ' class="large-print"' if frame.large_print else ""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escaped(frame.language)}"{large}>',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            *_description(frame),
            f"<title>{escaped(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            *top,
            *intro(frame),
            section(entries, heading, frame, classed=True, level=level),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _description(frame: Frame) -> list[str]:
    """The first of the user's own paragraphs, as search engines show it."""
    if not frame.intro:
        return []
    return [f'<meta name="description" content="{escaped(plain(frame.intro[0]))}">']


def _hash(style: str) -> str:
    """A style sheet as a content security policy names it."""
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
