"""A docx draft as Markdown, its citations still in pandoc's syntax, so that it can become what Markdown becomes."""

from collections.abc import Iterator, Sequence

from litbase import render
from litbase.domain.inline import Inline, Link, Span, Text
from litbase.drafts import pandoc
from litbase.drafts.build_word_read import Paragraph, Run, read

from .build_citing import Kept

_MARKS = {"item": "- ", "quote": "> "}


def markdown(content: bytes, known: pandoc.Known) -> str:
    """The paragraphs of a docx in Markdown; citations and marks for the list stand as they were typed."""
    kept = Kept()
    blocks: list[str] = []
    before = ""
    for one in read(content):
        words = kept.restore(render.writer("md").inline(_tree(one, known, kept)))
        tight = one.kind == before and one.kind in ("item", "row")
        blocks += [("\n" if tight else "\n\n") if blocks else "", _block(one, words)]
        before = one.kind
    return "".join(blocks) + "\n"


def _block(one: Paragraph, words: str) -> str:
    if one.kind == "heading":
        return f"{'#' * one.level} {words}"
    if one.kind == "row":
        cells = words.split("\t")
        rule = f"\n|{'---|' * len(cells)}" if one.first else ""
        return f"| {' | '.join(cell.strip() for cell in cells)} |{rule}"
    return "  " * max(0, one.level - 1) + _MARKS.get(one.kind, "") + words


def _tree(one: Paragraph, known: pandoc.Known, kept: Kept) -> tuple[Inline, ...]:
    """A paragraph's words, what is to be replaced in them under tokens."""
    text = "".join(run.text for run in one.runs)
    scan = pandoc.scan(text, "text", known)
    spans = sorted([*((c.start, c.end) for c in scan.citations), *((m.start, m.end) for m in scan.marks)])
    return tuple(_node(run) for run in _cut(one.runs, spans, text, kept) if run.text)


def _cut(runs: Sequence[Run], spans: Sequence[tuple[int, int]], text: str, kept: Kept) -> Iterator[Run]:
    """The runs with one token in the place of each span, set like the words around."""
    at = 0
    for run in runs:
        first, at = at, at + len(run.text)
        position = first
        for start, end in spans:
            if end <= position or start >= at:
                continue
            if start >= first:
                yield run._replace(text=run.text[position - first : start - first])
                yield Run(kept.token(text[start:end]))
            position = min(end, at)
        yield run._replace(text=run.text[position - first :])


def _node(run: Run) -> Inline:
    node: Inline = Text(run.text)
    if run.bold:
        node = Span("bold", (node,))
    if run.italic:
        node = Span("italic", (node,))
    return Link(run.href, (node,)) if run.href else node
