"""A draft's citations and its list written into Markdown, HTML or text, with links there and back."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litbase import render
from litbase.domain.inline import Inlines, Text
from litbase.drafts import build_source, pandoc_marks
from litbase.drafts.build_source import Source
from litbase.drafts.pandoc import Cited, Scan

from . import refer
from .build_citing import Kept, Written, anchored

BACK = "↩"
_INDENT = re.compile(r"^(?: {4,}|[ ]*\t\s*)")


class Script(NamedTuple):
    """How text is written into a draft: by which writer, with what for links, and what writes the list.

    `tags` is `html`, `md`, `named` (Markdown on its way to docx, without links back), or empty for no links.
    """

    writer: str
    tags: str
    lists: str


def href(key: str) -> str:
    """Where an entry can be found: `#ref-` and its citekey, as writers of lists name it."""
    return "#ref-" + (re.sub(r"[^A-Za-z0-9_.-]+", "-", key).strip("-") or "entry")


def placed(
    source: Source,
    scan: Scan,
    written: Written,
    entries: Sequence[refer.Listed],
    heading: str,
    script: Script,
    kept: Kept,
) -> str:
    """The draft's text with its citations written out and the list at its mark, or at the end."""
    changes = [
        (one.start, one.end, kept.restore(_citation(written.citations[number], number + 1, script, kept)))
        for number, one in enumerate(scan.citations)
    ]
    mark = place_of_list(source, scan)
    if not entries:
        gone = [(mark.start, mark.end, "")] if scan.marks else []
        return build_source.replaced(source.text, sorted([*changes, *gone]))
    shown = [_entry(entry, written.keys, script, kept) for entry in entries]
    text = render.writer(script.lists).reference_list(shown, "" if mark.headed else heading)
    text = kept.restore(text.strip("\n")).replace("\n", source.line_end)
    return build_source.replaced(source.text, sorted([*changes, (mark.start, mark.end, set_off(source, mark, text))]))


def as_markdown(source: Source, scan: Scan) -> tuple[Source, Scan]:
    """A plain text as Markdown that reads the same, and where its citations and marks are now."""
    pieces: list[str] = []
    at = length = 0
    moved: dict[int, tuple[int, int]] = {}
    spans = [*((one.start, one.end) for one in scan.citations), *((one.start, one.end) for one in scan.marks)]
    for start, end in sorted(spans):
        pieces += [_as_words(source.text[at:start]), source.text[start:end]]
        length += len(pieces[-2])
        moved[start] = (length, length + end - start)
        length += end - start
        at = end
    text = "".join([*pieces, _as_words(source.text[at:])])
    citations = tuple(
        one._replace(start=moved[one.start][0], end=moved[one.start][1], works=tuple(map(_worded, one.works)))
        for one in scan.citations
    )
    marks = tuple(one._replace(start=moved[one.start][0], end=moved[one.start][1]) for one in scan.marks)
    return source._replace(form="markdown", text=text), scan._replace(citations=citations, marks=marks)


def _worded(work: Cited) -> Cited:
    place = work.place._replace(suffix=_as_words(work.place.suffix))
    return work._replace(prefix=_as_words(work.prefix), place=place)


def _as_words(words: str) -> str:
    """Plain words in Markdown, line for line: nothing in them is a mark, and no line begins code."""
    writer = render.writer("md")
    lines = re.split(r"(\r\n?|\n)", words)
    return "".join(
        line if number % 2 else _INDENT.sub(" ", writer.inline((Text(line),))) for number, line in enumerate(lines)
    )


def _citation(tree: Inlines, number: int, script: Script, kept: Kept) -> str:
    """A citation, named so that its entries can lead back to it."""
    writer = render.writer(script.writer)
    if not script.tags:
        return writer.inline(anchored(tree, lambda _: "", lambda _: ""))
    if script.tags == "html":
        linked = anchored(
            tree,
            lambda address: kept.token(f'<a href="{address}" role="doc-biblioref">'),
            lambda _: kept.token("</a>"),
        )
        return f'<span id="cite-{number}">{writer.inline(linked)}</span>'
    linked = anchored(tree, lambda _: kept.token("["), lambda address: kept.token(f"]({address})"))
    name = f'<a id="cite-{number}"></a>' if script.tags == "md" else ""
    return name + writer.inline(linked)


def _entry(entry: refer.Listed, keys: Sequence[Sequence[str]], script: Script, kept: Kept) -> refer.Listed:
    """An entry that can be found, with the way back to each citation of it."""
    if not script.tags:
        return entry
    numbers = [number for number, cited in enumerate(keys, 1) if entry.id in cited]
    if script.tags == "html":
        back = "".join(
            f'&nbsp;<a href="#cite-{number}" role="doc-backlink" aria-label="Back to citation {number}">{BACK}</a>'
            for number in numbers
        )
        return entry._replace(inlines=(*entry.inlines, Text(kept.token(back))))
    name = kept.token(f'<a id="{href(entry.id)[1:]}"></a>')
    back = "".join(f" [{BACK}](#cite-{number})" for number in numbers if script.tags == "md")
    return entry._replace(inlines=(Text(name), *entry.inlines, Text(kept.token(back))))


def place_of_list(source: Source, scan: Scan) -> pandoc_marks.Mark:
    """Where the list goes: its mark, a heading at the end that waits for it, or the end."""
    return scan.marks[0] if scan.marks else end_of(source)


def end_of(source: Source) -> pandoc_marks.Mark:
    """Where a list goes that has no mark: under a heading at the end that waits for it, or at the end."""
    found = pandoc_marks.waiting(source.text, source.marked_as)
    if found is not None:
        return found
    end = pandoc_marks.end(source.text, source.marked_as)
    return pandoc_marks.Mark(end, end, headed=False)


def set_off(source: Source, mark: pandoc_marks.Mark, text: str) -> str:
    """The list with what is missing of blank lines around it."""
    before, after = source.text[: mark.start], source.text[mark.end :]
    end = source.line_end
    wanted = 1 if source.form == "html" else 2
    lead = end * max(0, wanted - _ends(before[-8:])) if before.strip("\ufeff") else ""
    tail = end * max(0, wanted - _ends(after[:8], first=True)) if after.strip() else ""
    if not after:
        tail = end
    return lead + text + tail


def _ends(text: str, first: bool = False) -> int:
    """How many line ends a text ends with, or begins with."""
    blank = re.match(r"\s*", text) if first else re.search(r"\s*\Z", text)
    return len(re.findall(r"\r\n?|\n", blank[0])) if blank else 0
