"""A map of concepts as a file: an SVG picture, or an HTML page with the picture and the same as tables.

Both need nothing from elsewhere: no script, no font, no network.
"""

from collections.abc import Iterable, Sequence

from litbase.domain.concept_map import Map

from .concept_picture import STYLE, counted, escaped, picture

_PAGE_STYLE = """
:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: #ffffff; color: #1b1f24;
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif }
figure { margin: 0 }
svg { display: block; width: 100%; height: auto; max-height: 95vh }
figcaption, caption { color: #57606a; text-align: start; overflow-wrap: anywhere }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid #d5dae0; text-align: start; vertical-align: top;
  overflow-wrap: anywhere }
th[scope=row] { font-weight: 600; min-width: 9rem }
th[scope=col] { overflow-wrap: normal }
.number { text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: normal }
@media screen and (prefers-color-scheme: dark) {
  body { background: #14181d; color: #e8eaed }
  figcaption, caption { color: #a3adb8 }
  th, td { border-color: #343c46 }
}
@media print {
  body { max-width: none; padding: 0 }
  svg { max-height: 24cm }
  tr, figure { break-inside: avoid }
}
"""


def svg(shown: Map) -> str:
    """The map as an SVG file; its description says in words all that is drawn."""
    return picture(shown, " ".join([about(shown), *_told(shown)]), 'xmlns="http://www.w3.org/2000/svg" ')


def html(shown: Map) -> str:
    """The map as an HTML page that may load and run nothing, with all that is drawn as tables below it.

    Source: Content Security Policy Level 3, "Usage of hashes".
    """
    styles = f"style-src {_hash(STYLE)} {_hash(_PAGE_STYLE)}"
    policy = f"default-src 'none'; {styles}; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Concept map</title>",
            f"<style>{_PAGE_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            "<h1>Concept map</h1>",
            "<figure>",
            picture(shown, f"{about(shown)} The tables below the map hold the same."),
            f"<figcaption>{escaped(about(shown))}</figcaption>",
            "</figure>",
            *_concept_table(shown),
            *_line_table(shown),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def about(shown: Map) -> str:
    """What the map shows, in three sentences."""
    most = ", ".join(f"{node.name} ({node.sources})" for node in shown.nodes[:3] if node.sources)
    drawn = f"the {len(shown.nodes)} with most sources of " if len(shown.nodes) < shown.concepts else ""
    chosen = f", {len(shown.lines):,} drawn, the closest of each concept" if len(shown.lines) < shown.pairs else ""
    return (
        f"A map of {drawn}{counted(shown.concepts, 'concept')} in a library of {counted(shown.sources, 'source')}. "
        f"Most sources: {most}. {counted(shown.pairs, 'pair')} of concepts with works in common{chosen}."
    )


def _told(shown: Map) -> Iterable[str]:
    """Each concept in a sentence."""
    joined = _joined(shown)
    for number, node in enumerate(shown.nodes):
        under = f", under {' and '.join(node.broader)}" if node.broader else ""
        common = f"; works in common with {joined[number]}" if number in joined else ""
        yield f"{node.name}: {counted(node.sources, 'source')}{under}{common}."


def _joined(shown: Map) -> dict[int, str]:
    """For each node that has lines, the concepts at their other ends with the works in common."""
    ends: dict[int, list[str]] = {}
    for line in shown.lines:
        for one, other in ((line.first, line.second), (line.second, line.first)):
            ends.setdefault(one, []).append(f"{shown.nodes[other].name} ({line.common})")
    return {number: ", ".join(names) for number, names in ends.items()}


def _concept_table(shown: Map) -> list[str]:
    joined = _joined(shown)
    return _table(
        "Concepts, those with most sources first",
        ("Concept", "Sources", "Stands under", "Works in common with"),
        (
            (node.name, str(node.sources), ", ".join(node.broader), joined.get(number, ""))
            for number, node in enumerate(shown.nodes)
        ),
    )


def _line_table(shown: Map) -> list[str]:
    if not shown.lines:
        return []
    return _table(
        "Pairs of concepts, those with most works in common first",
        ("Concepts", "Works in common"),
        (
            (f"{shown.nodes[line.first].name} and {shown.nodes[line.second].name}", str(line.common))
            for line in shown.lines
        ),
    )


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table whose first column names its rows and whose second holds numbers."""
    return [
        "<table>",
        f"<caption>{caption}</caption>",
        f"<thead><tr>{''.join(_head(head, column) for column, head in enumerate(heads))}</tr></thead>",
        "<tbody>",
        *(f"<tr>{''.join(_cell(text, column) for column, text in enumerate(row))}</tr>" for row in rows),
        "</tbody>",
        "</table>",
    ]


def _head(words: str, column: int) -> str:
    return f'<th scope="col"{_kind(column)}>{words}</th>'


def _cell(text: str, column: int) -> str:
    if column == 0:
        return f'<th scope="row" dir="auto">{escaped(text)}</th>'
    return f'<td dir="auto"{_kind(column)}>{escaped(text)}</td>'


def _kind(column: int) -> str:
    return ' class="number"' if column == 1 else ""


def _hash(style: str) -> str:
    """A style sheet as a content security policy names it."""
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
