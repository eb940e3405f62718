"""Rules about the reference list by itself: parts that are missing, entries that are there twice, form and order."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from litbase.domain import doi as dois
from litbase.drafts import Entry, Reading
from litbase.drafts.people import key
from litbase.drafts.reference.kinds import is_periodical

from . import check_written as written
from .check_finding import Finding
from .check_forms import is_apa

# From how many entries on a slip they share is told once for all.
_MANY = 4
_JOURNAL = re.compile(
    r"^(?:The\s+)?(?:[A-Z][\w-]+\s+)*Journals?\s+(?:of|for)\b"
    r"|^(?:Annals|Archives|Frontiers|Proceedings|Transactions|Annual Review)\s+(?:of|in)\b"
    r"|^(?:The\s+)?(?:American|British|Canadian|Australian|European|International|Scandinavian|Nordic)\s+(?:[A-Z]\w+\s+)*Journal\b"
)
_JOURNAL_ADDRESS = re.compile(r"/journals?/|frontiersin\.org|/article/view/", re.I)
_NO_DOI = "most journal articles have a DOI; none is given"
# Names of tests, bodies and programmes keep their capitals.
_NAMED = re.compile(
    r"(?:[A-Z][\w’-]*\s+(?:(?:of|for|the|and|in|on|to|with)\s+){0,3}){1,8}(?:Scales?|Inventory|Measures?|Questionnaire|Index"
    r"|Tests?|Interview|Survey|Checklist|Schedule|System|Act|Study|Trial|Association|Society|Commission|Program(?:me)?"
    r"|Project|Battery|Profile|Model|Protocol|Framework|Guidelines?|Declaration)\b(?:\s+\([^()]*\))?"
)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def incomplete(reading: Reading) -> Iterator[Finding]:
    """Entries without author, date, title or source.

    Source: APA 7, 9.4.
    """
    for one in reading.entries:
        missing = list(_missing(one))
        if missing:
            yield _finding(
                "incomplete-entry", one, f"{written.entry(one)} has no {' and no '.join(missing)}", "complete the entry"
            )


def _missing(one: Entry) -> Iterator[str]:
    reference, item = one.reference, one.reference.item
    if not reference.authors:
        yield "author"
    if not reference.year:
        yield "date (“n.d.” where there is none)"
    if not item.get("title") and not item.get("genre"):
        yield "title"
        return
    linked = item.get("DOI") or item.get("URL")
    if item.get("container-title"):
        article = item["type"] in ("article-journal", "article-magazine") and item.get("volume")
        if article and not (linked or item.get("page") or item.get("number") or item.get("issue")):
            yield "pages or article number"
    elif not (linked or item.get("publisher") or item.get("archive") or item.get("event-title")):
        by_group = any("literal" in name for name in item.get("author", ()))
        if not by_group and item["type"] not in ("manuscript", "personal_communication", "legislation"):
            yield "source (publisher, journal or address)"


def journal_as_author(reading: Reading) -> Iterator[Finding]:
    """Entries that begin with a journal's name.

    Source: APA 7, 9.7.
    """
    journals = {key(str(one.reference.item["container-title"])) for one in reading.entries if _in_journal(one)}
    for one in reading.entries:
        literal = next((str(name["literal"]) for name in one.reference.item.get("author", ()) if "literal" in name), "")
        if not literal or len(one.reference.authors) > 1:
            continue
        address = str(one.reference.item.get("URL", ""))
        evident = key(literal) in journals or bool(_JOURNAL.match(literal))
        if evident or (is_periodical(literal) and _JOURNAL_ADDRESS.search(address)):
            yield _finding(
                "journal-as-author", one, f"“{literal}” is a journal; the authors of the article are missing",
                "look the article up, and give its authors here and its journal behind the title",
            )  # fmt: skip


def _in_journal(one: Entry) -> bool:
    return one.reference.item["type"] == "article-journal" and bool(one.reference.item.get("container-title"))


def duplicates(reading: Reading) -> Iterator[Finding]:
    """Entries of one list that are the same work, and different works with one DOI.

    Source: APA 7, 9.43.
    """
    seen: dict[tuple[int, str, str], Entry] = {}
    by_doi: dict[tuple[int, str], Entry] = {}
    for one in reading.entries:
        item = one.reference.item
        title = key(str(item.get("title", "")))
        first = key(one.reference.authors[0]) if one.reference.authors else ""
        earlier = seen.setdefault((one.section, first, title + one.reference.year), one) if title else one
        doi = str(item.get("DOI", ""))
        same_doi = by_doi.setdefault((one.section, doi), one) if doi else one
        if earlier is not one:
            yield _finding(
                "duplicate-entry", one, f"{written.entry(one)} is listed on line {earlier.place.line} already",
                "keep one of the two",
            )  # fmt: skip
        elif same_doi is not one and key(str(same_doi.reference.item.get("title", ""))) != title:
            yield _finding(
                "doi-elsewhere", one,
                f"the DOI {doi} stands at {written.entry(same_doi)} on line {same_doi.place.line} too;"
                " one of them is wrong",
                f"follow {dois.url(doi)} and see which work it is",
            )  # fmt: skip


def linked_elsewhere(reading: Reading) -> Iterator[Finding]:
    """Citations whose link is another DOI than their entry's."""
    seen: set[tuple[int, str]] = set()
    for work in reading.works:
        citation = reading.citations[work.citation]
        block = reading.draft.blocks[citation.block]
        if work.match.agreement != "listed" or not block.links:
            continue
        one = reading.entries[work.match.entries[0]]
        own = str(one.reference.item.get("DOI", ""))
        for link in block.links:
            if not (link.start < work.cited.end and work.cited.start < link.end and own):
                continue
            linked = dois.find_all(link.href)
            if linked and linked[0] != own and (work.match.entries[0], linked[0]) not in seen:
                seen.add((work.match.entries[0], linked[0]))
                place = reading.draft.place(block, work.cited.start)
                cited = written.cited(work.authors, work.cited.year, work.cited.et_al)
                yield Finding(
                    "doi-elsewhere", place.line, place.column,
                    f"the link on {cited} leads to {linked[0]}, its entry has {own}",
                    "one of the two leads to another work", one.place.line,
                    ((work.authors, work.cited.year),),
                )  # fmt: skip


def without_doi(reading: Reading) -> Iterator[Finding]:
    """Journal articles with volume and pages, and no DOI: most have one.

    Source: APA 7, 9.34.
    """
    if not is_apa(reading):
        return
    found = [one for one in reading.entries if _lacks_doi(one)]
    yield from _together(
        "doi-missing", found, lambda one: f"{written.entry(one)}: {_NO_DOI}", _NO_DOI,
        "look it up at https://search.crossref.org",
    )  # fmt: skip


def _lacks_doi(one: Entry) -> bool:
    item = one.reference.item
    return item["type"] == "article-journal" and bool(item.get("volume")) and not item.get("DOI")


def entry_forms(reading: Reading) -> Iterator[Finding]:
    """Entries that are not written as APA writes them; a slip that many share is told once.

    Source: APA 7, 9.8, 9.19, 9.29, 9.35.
    """
    if not is_apa(reading):
        if reading.entries:
            yield _finding(
                "apa-form", reading.entries[0],
                "most entries of the list are not in APA style, so their forms are not looked at",
                "litbase refs writes APA lists from your library",
            )  # fmt: skip
        return
    for slip in _SLIPS:
        found = [one for one in reading.entries if slip[0](one)]
        yield from _together("apa-form", found, lambda one, told=slip[1]: told, slip[1], slip[2])  # type: ignore[misc]


Slip: TypeAlias = tuple[Callable[[Entry], bool], str, str]


def _hyphened(one: Entry) -> bool:
    page = str(one.reference.item.get("page", ""))
    first, hyphen, last = page.partition("-")
    return bool(hyphen) and f"{first}-{last}" in one.text


def _old_link(one: Entry) -> bool:
    return bool(one.reference.printed_link) and not one.reference.printed_link.startswith("http")


def _old_resolver(one: Entry) -> bool:
    return re.match(r"https?://dx\.doi\.org|http://doi\.org", one.reference.printed_link) is not None


def _hidden_doi(one: Entry) -> bool:
    printed = one.reference.printed_link
    return printed.startswith("http") and not re.match(r"https?://(?:dx\.)?doi\.org/", printed)


def _and_for_ampersand(one: Entry) -> bool:
    head = one.text[: one.text.find("(")] if "(" in one.text else ""
    return re.search(r",?\s+and\s+[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,2},\s+[^\W\d_]\.", head) is not None


def _placed(one: Entry) -> bool:
    return bool(one.reference.item.get("publisher-place"))


def _needlessly_retrieved(one: Entry) -> bool:
    return re.search(r"\bRetrieved from:?\s+https?://", one.text) is not None


def _cut_short(one: Entry) -> bool:
    return one.reference.others


def _title_case(one: Entry) -> bool:
    """Whether a person's work stands in title case: nearly all longer words but the first have capitals."""
    item = one.reference.item
    if not any("family" in name for role in ("author", "editor") for name in item.get(role, ())):
        return False
    title = _NAMED.sub(" ", str(item.get("title", "")))
    words = _LONG_WORD.findall(re.sub(r"(?:^|[:?!.]\s+)\W*\w+", " ", title))
    words = [
        word for word in words if word.lower() not in ("with", "from", "into", "that", "this", "when", "upon", "over")
    ]
    raised = sum(word[0].isupper() for word in words)
    return len(words) > 5 and raised >= 0.85 * len(words)


_SLIPS: tuple[Slip, ...] = (
    (_hyphened, "a hyphen stands in the page range", "set an en dash: 163–174"),
    (_old_link, "the DOI is not given as a link", "write https://doi.org/ and the DOI"),
    (_old_resolver, "the DOI’s address is an old one", "write https://doi.org/ and the DOI"),
    (_hidden_doi, "a DOI stands inside another address", "write https://doi.org/ and the DOI"),
    (_and_for_ampersand, "“and” stands before the last author", "write “&” in the list"),
    (_placed, "the publisher’s place is given", "APA 7 gives the publisher alone"),
    (_needlessly_retrieved, "“Retrieved from” stands before the address", "give the address alone"),
    (_cut_short, "“et al.” stands for authors", "an entry names up to 20 authors"),
    (_title_case, "the title is in title case", "APA sets titles of works in sentence case"),
)


def _together(
    code: str, found: Sequence[Entry], told: Callable[[Entry], str], shared: str, hint: str
) -> Iterator[Finding]:
    """A finding for each entry; one for all where they are many."""
    if len(found) < _MANY:
        yield from (_finding(code, one, told(one), hint) for one in found)
        return
    lines = ", ".join(str(one.place.line) for one in found)
    yield _finding(code, found[0], f"{shared}, in {len(found)} entries (lines {lines})", hint)._replace(
        works=tuple((one.reference.authors, one.reference.year) for one in found)
    )


def order(reading: Reading) -> Iterator[Finding]:
    """Entries that stand elsewhere in the list than the alphabet puts them; as few as explain the order.

    Source: APA 7, 9.44–9.48.
    """
    if not is_apa(reading):
        return
    from litbase.apa.work import work

    for section in range(len(reading.sections)):
        listed = [one for one in reading.entries if one.section == section]
        if len(listed) < 3 or all(one.numbered for one in listed):
            continue
        keys = [work({"id": "", **one.reference.item}).key[:2] for one in listed]
        # Initials that are given differently from entry to entry are not held against the order.
        loose = [(tuple(name[0] for name in names), date) for names, date in keys]
        stay = _longest_rise(keys) | _longest_rise(loose)
        if 2 * len(stay) < len(listed):
            yield _finding(
                "order", listed[0], "the list is not in alphabetical order", "litbase refs writes lists in order"
            )
            continue
        for place, one in enumerate(listed):
            if place not in stay:
                after = max((at for at in stay if keys[at] <= keys[place]), default=None)
                where = f"after {written.entry(listed[after])}" if after is not None else "first"
                yield _finding("order", one, f"{written.entry(one)} belongs {where}", "move the entry")


def _longest_rise(keys: Sequence[tuple[object, ...]]) -> set[int]:
    """The places of a longest run that is in order already."""
    from bisect import bisect_right

    tails: list[Any] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(keys):
        at = bisect_right(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    found: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _finding(code: str, one: Entry, message: str, hint: str) -> Finding:
    """A finding at an entry."""
    work = (one.reference.authors, one.reference.year or None)
    return Finding(code, one.place.line, one.place.column, message, hint, one.place.line, (work,))
