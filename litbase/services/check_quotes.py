"""Rules about quotations: words in quotation marks next to a citation need the place they stand at."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litbase.drafts import Citation, Reading, Work

from . import check_written as written
from .check_finding import Finding

_QUOTED = re.compile(r"“([^“”]{1,2000})”|\"([^\"\n]{1,2000})\"|(?<!\w)‘([^‘’\n]{20,2000})’(?!\w)")
_STOP = re.compile(r"[.?!][”\"’)]*\s+[A-Z“\"(]")
_PLACE = re.compile(
    r"\((?:[^()]*,\s*)?(?:pp?\.|paras?\.|chap|ch\.|sec|\d{1,2}:\d\d)|\b(?:on|at) p(?:age|p?\.)|\(\d{1,4}(?:[–-]\d+)?\)",
    re.I,
)
_FAR = 200  # characters from a citation in a sentence to the words it introduces
SHORTEST = 5  # words of a quotation: fewer are terms


class Quotation(NamedTuple):
    """Words quoted, the one work they are quoted from, and whether their place in it is given."""

    work: Work
    words: str
    placed: bool


def quotations(reading: Reading) -> Iterator[Quotation]:
    """The quotations of a draft that belong to one citation of one work."""
    works: dict[int, list[Work]] = {}
    for work in reading.works:
        works.setdefault(work.citation, []).append(work)
    by_block: dict[int, list[int]] = {}
    for number, citation in enumerate(reading.citations):
        by_block.setdefault(citation.block, []).append(number)
    for block, numbers in by_block.items():
        text = reading.draft.blocks[block].text
        marked = [found for found in _QUOTED.finditer(text) if _is_quotation(found)]
        starts = [reading.citations[number].start for number in numbers]
        for number in numbers if marked else ():
            citation, cited = reading.citations[number], works[number]
            if citation.form == "personal_communication" or len(cited) != 1:
                continue
            found = _before(text, citation, marked) or _after(text, citation, marked, starts)
            if found:
                placed = cited[0].cited.locator is not None or _is_placed(text, found, citation)
                yield Quotation(cited[0], str(found[1] or found[2] or found[3]), placed)


def without_locator(reading: Reading) -> Iterator[Finding]:
    """Quotations whose citation gives no place.

    Source: APA 7, 8.25, 8.28.
    """
    for work, words, placed in quotations(reading):
        if not placed:
            citation = reading.citations[work.citation]
            place = reading.draft.place(reading.draft.blocks[citation.block], citation.start)
            source = written.cited(work.authors, work.cited.year, work.cited.et_al)
            yield Finding(
                "quotation-without-locator", place.line, place.column,
                f"“{written.short(words.strip(' ,.'), 48)}” is quoted from {source} without a page",
                "give the page (p. 45), or a paragraph, heading or time where there are no pages", None,
                ((work.authors, work.cited.year),),
            )  # fmt: skip


def _is_quotation(found: re.Match[str]) -> bool:
    """Whether words in quotation marks are somebody's sentence, not a term or a title."""
    words = re.findall(r"[^\W\d_]+", found[1] or found[2] or found[3] or "")
    small = sum(word[0].islower() for word in words)
    return len(words) >= SHORTEST and 2 * small > len(words)


def _before(text: str, citation: Citation, marked: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The quotation that ends where a parenthesis begins: “…” (Stern, 1985)."""
    if not text.startswith("(", citation.start):
        return None
    last = next((found for found in reversed(marked) if found.end() <= citation.start), None)
    if last is None or text[last.end() : citation.start].strip(" ,.;…"):
        return None
    return last


def _after(
    text: str, citation: Citation, marked: Sequence[re.Match[str]], starts: Sequence[int]
) -> re.Match[str] | None:
    """The quotation a sentence introduces: Stern (1985) calls it “…”; none that has a citation of its own."""
    found = next((one for one in marked if one.start() >= citation.end), None)
    if citation.form != "narrative" or found is None or found.start() - citation.end > _FAR:
        return None
    between = text[citation.end : found.start()]
    if "(" in between or _STOP.search(between + "“"):
        return None
    for start in starts:
        own = text[found.end() : start].strip(" ,.;…") == "" if start >= found.end() else start >= citation.end
        if own:
            return None
    return found


def _is_placed(text: str, found: re.Match[str], citation: Citation) -> bool:
    """Whether the sentence of a quotation gives its place apart from the citation."""
    if citation.start >= found.end():
        return False
    rest = text[found.end() : found.end() + 300]
    stop = _STOP.search(text[found.end() - 2 : found.end()] + rest)
    return _PLACE.search(rest[: stop.start() + 1] if stop else rest) is not None
