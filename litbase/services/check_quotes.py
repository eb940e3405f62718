"""Rules about quotations: words in quotation marks next to a citation need the place they stand at."""

import re
from collections.abc import Iterator, Sequence

from litbase.drafts import Citation, Reading, Work

from . import check_written as written
from .check_finding import Finding

_QUOTED = re.compile(r"“([^“”]{1,2000})”|\"([^\"\n]{1,2000})\"|(?<!\w)‘([^‘’\n]{20,2000})’(?!\w)")
_STOP = re.compile(r"[.?!][”\"’)]*\s+[A-Z“\"]")
_PLACE = re.compile(
    r"\((?:[^()]*,\s*)?(?:pp?\.|paras?\.|chap|ch\.|sec|\d{1,2}:\d\d)|\b(?:on|at) p(?:age|p?\.)|\(\d{1,4}(?:[–-]\d+)?\)",
    re.I,
)
_FAR = 200  # characters from a citation in a sentence to the words it introduces
SHORTEST = 5  # words of a quotation: fewer are terms


def quotations(reading: Reading) -> Iterator[tuple[Work, str]]:
    """The words that citations give as quoted, each with the one work it is quoted from."""
    works: dict[int, list[Work]] = {}
    for work in reading.works:
        works.setdefault(work.citation, []).append(work)
    by_block: dict[int, list[int]] = {}
    for number, citation in enumerate(reading.citations):
        by_block.setdefault(citation.block, []).append(number)
    for block, numbers in by_block.items():
        text = reading.draft.blocks[block].text
        marked = [found for found in _QUOTED.finditer(text) if _is_quotation(found)]
        for number in numbers:
            citation = reading.citations[number]
            if citation.form == "personal_communication" or len(works[number]) != 1:
                continue
            quoted = _before(text, citation, marked) or _after(text, citation, marked, reading)
            if quoted:
                yield works[number][0], quoted


def without_locator(reading: Reading) -> Iterator[Finding]:
    """Quotations whose citation gives no place.

    Source: APA 7, 8.25, 8.28.
    """
    for work, words in quotations(reading):
        if work.cited.locator is None:
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


def _before(text: str, citation: Citation, marked: Sequence[re.Match[str]]) -> str:
    """The quotation that ends where a parenthesis begins: “…” (Stern, 1985)."""
    if not text.startswith("(", citation.start):
        return ""
    for found in reversed(marked):
        if found.end() <= citation.start:
            between = text[found.end() : citation.start].strip(" ,.;…")
            return "" if between else _words(found)
    return ""


def _after(text: str, citation: Citation, marked: Sequence[re.Match[str]], reading: Reading) -> str:
    """The quotation a sentence introduces: Stern (1985) calls it “…”; nothing where a place or a citation follows."""
    if citation.form != "narrative":
        return ""
    found = next((one for one in marked if one.start() >= citation.end), None)
    if found is None or found.start() - citation.end > _FAR:
        return ""
    between = text[citation.end : found.start()]
    rest = text[found.end() : found.end() + 300]
    stop = _STOP.search(f"{text[found.end() - 2 : found.end()]}{rest}")
    sentence = rest[: stop.start() + 1] if stop else rest
    others = any(
        one is not citation and one.block == citation.block and citation.end <= one.start < found.end() + len(sentence)
        for one in reading.citations
    )
    if _STOP.search(between + "“") or "(" in between or others or _PLACE.search(sentence):
        return ""
    return _words(found)


def _words(found: re.Match[str]) -> str:
    return str(found[1] or found[2] or found[3])
