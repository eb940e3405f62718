"""A finished Markdown draft as plain text: a paragraph a line, blank lines between, no marks of Markdown."""

from collections.abc import Iterator, Sequence

from litbase.domain.inline import Inlines, Link, Span, Text

from .build_flow import Flow, flow


def text(markdown: str) -> str:
    """The words of a Markdown text; an address stands behind the words that lead to it."""
    return "".join(_lines(flow(markdown)))


def _lines(flows: Sequence[Flow]) -> Iterator[str]:
    before: Flow | None = None
    for one in flows:
        if before is not None:
            tight = one.kind == before.kind and one.kind in ("item", "row")
            yield "\n" if tight else "\n\n"
        yield _line(one)
        before = one
    yield "\n"


def _line(one: Flow) -> str:
    words = _words(one.inlines)
    indent = "  " * max(0, one.level - 1)
    if one.kind == "item":
        return f"{indent}{f'{one.number}.' if one.number else '-'} {words}"
    if one.kind in ("quote", "code") or (one.kind == "paragraph" and one.level):
        return "\n".join(f"    {line}" for line in words.split("\n"))
    if one.kind == "rule":
        return "* * *"
    return words.replace("\t", "  ") if one.kind == "row" else words


def _words(tree: Inlines) -> str:
    out: list[str] = []
    for node in tree:
        if isinstance(node, Text):
            out.append(node.text)
            continue
        inside = _words(node.children)
        raised = isinstance(node, Span) and node.style == "sup" and inside.isdecimal()
        out.append(f"[{inside}]" if raised else inside)
        if isinstance(node, Link) and inside and node.href.startswith(("http://", "https://")) and node.href != inside:
            out.append(f" ({node.href})")
    return "".join(out)
