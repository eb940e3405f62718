"""Rules about how a citation is written: "and" and "&", et al., commas, places, order.

Each finding names all that is amiss with one work in one citation, and how APA writes it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from litbase.drafts import Citation, Reading, Work
from litbase.drafts.people import key

from . import check_mends
from . import check_written as written
from .check_finding import Finding

_RANGE = re.compile(r"^p\.\s*[\w.]+\s?[–—-]\s?\w")
_SINGLE = re.compile(r"^pp\.\s*\d+$")
_UNLABELLED = re.compile(r"^:?\s?\d+(?:\s?[–—-]\s?\d+)?$")
_ONLY_SIGNS = re.compile(r"[\s;,]*(?:\d[\d\s,–-]*)?[\s;,]*")


def citation_forms(reading: Reading) -> Iterator[Finding]:
    """Works in citations that are not written as APA writes them.

    Source: APA 7, 8.11–8.17, 8.23.
    """
    if not is_apa(reading):
        return
    for work in reading.works:
        citation = reading.citations[work.citation]
        if citation.form == "personal_communication":
            continue
        amiss = list(_amiss(reading, work, citation))
        if amiss:
            place = reading.draft.place(reading.draft.blocks[citation.block], work.cited.start)
            yield Finding(
                "apa-form", place.line, place.column, "; ".join(amiss), f"write {_right(work)}",
                None, ((work.authors, work.cited.year),),
                check_mends.citation(reading, work, is_widened(reading, work)),
            )  # fmt: skip


def is_apa(reading: Reading) -> bool:
    """Whether a draft means to be in APA style: most of its entries have their dates where APA has them."""
    return not reading.entries or 2 * sum(one.reference.apa for one in reading.entries) > len(reading.entries)


def _amiss(reading: Reading, work: Work, citation: Citation) -> Iterator[str]:
    cited, slips = work.cited, work.cited.slips
    if cited.narrated and slips.joined_by == "&":
        yield "“&” joins names in parentheses only, “and” in a sentence"
    if not cited.narrated and slips.joined_by == "and":
        yield "“and” joins names in a sentence, “&” in parentheses"
    if len(work.authors) > 2 and not cited.et_al and not is_widened(reading, work):
        yield "three or more authors are the first and “et al.”"
    if work.match.needless_et_al:
        yield "“et al.” stands for no single name: both authors are named"
    if slips.et_al:
        yield f"“et al.” has one period, behind “al”, not “{slips.et_al.strip(' ,')}”"
    if slips.no_comma and not cited.secondary:
        yield "a comma stands between author and year"
    if slips.cited_in == ",":
        yield "a comma stands before “as cited in”"
    elif slips.cited_in in ("cited in", "quoted in", "qtd in", "qtd. in"):
        yield f"“as cited in”, not “{slips.cited_in}”"
    yield from _place(cited.locator or "")


def _place(locator: str) -> Iterator[str]:
    if _RANGE.match(locator):
        yield "several pages are “pp.”"
    elif _SINGLE.match(locator):
        yield "one page is “p.”"
    elif _UNLABELLED.match(locator):
        yield "a page is labelled “p.”"


def is_widened(reading: Reading, work: Work) -> bool:
    """Whether all names are needed, because "et al." would fit another entry of that year too."""
    first = key(work.authors[0]) if work.authors else ""
    alike = [
        one
        for one in reading.entries
        if one.reference.year == work.cited.year and one.reference.authors and key(one.reference.authors[0]) == first
    ]
    return len(alike) > 1


def _right(work: Work) -> str:
    """A work as APA cites it."""
    cited = work.cited
    many = cited.et_al and not work.match.needless_et_al
    names = written.names(work.authors, many, "and" if cited.narrated else "&")
    place = written.labelled(cited.locator) if cited.locator else ""
    when = ", ".join(part for part in (cited.year, place) if part)
    if work.match.needless_et_al:
        return "both names"
    if cited.secondary and cited.primary is not None:
        original = written.cited(cited.primary.authors, cited.primary.year, cited.primary.et_al)
        return f"({original}, as cited in {names}, {when})"
    return f"{names} ({when})" if cited.narrated else f"({names}, {when})"


def parenthesis_order(reading: Reading) -> Iterator[Finding]:
    """Works in one parenthesis that do not stand in the order of the list.

    What follows "see also" and the like is an order of its own.

    Source: APA 7, 8.12.
    """
    if not is_apa(reading):
        return
    by_citation: dict[int, list[Work]] = {}
    for work in reading.works:
        by_citation.setdefault(work.citation, []).append(work)
    for number, works in by_citation.items():
        citation = reading.citations[number]
        text = reading.draft.blocks[citation.block].text
        if citation.form != "parenthetical" or len(works) < 2:
            continue
        plain = all(_ONLY_SIGNS.fullmatch(_between(text, a, b)) for a, b in pairwise(works))
        names = [key(work.authors[0]) for work in works]
        if plain and names != sorted(names):
            right = sorted(works, key=lambda work: (key(work.authors[0]), work.cited.year or ""))
            place = reading.draft.place(reading.draft.blocks[citation.block], citation.start)
            yield Finding(
                "apa-form", place.line, place.column, "works in one parenthesis stand in alphabetical order",
                f"write ({'; '.join(_inside(work) for work in right)})", None,
                tuple((work.authors, work.cited.year) for work in works),
                check_mends.sorted_works(reading, works, right),
            )  # fmt: skip


def _between(text: str, one: Work, other: Work) -> str:
    return text[one.cited.end : other.cited.start]


def _inside(work: Work) -> str:
    place = f", {written.labelled(work.cited.locator)}" if work.cited.locator else ""
    return written.cited(work.authors, work.cited.year, work.cited.et_al) + place
