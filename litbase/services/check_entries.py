"""Rules about the reference list by itself: parts that are missing, works that are there twice, links astray."""

import re
from collections.abc import Iterator

from litbase.domain import doi as dois
from litbase.drafts import Entry, Reading
from litbase.drafts.people import key
from litbase.drafts.reference.kinds import is_periodical

from . import check_written as written
from .check_finding import Finding

_JOURNAL = re.compile(
    r"^(?:The\s+)?(?:[A-Z][\w-]+\s+)*Journals?\s+(?:of|for)\b"
    r"|^(?:Annals|Archives|Frontiers|Proceedings|Transactions|Annual Review)\s+(?:of|in)\b"
    r"|^(?:The\s+)?(?:American|British|Canadian|Australian|European|International|Scandinavian|Nordic)\s+(?:[A-Z]\w+\s+)*Journal\b"
)
_JOURNAL_ADDRESS = re.compile(r"/journals?/|frontiersin\.org|/article/view/", re.I)


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


def _finding(code: str, one: Entry, message: str, hint: str) -> Finding:
    """A finding at an entry."""
    work = (one.reference.authors, one.reference.year or None)
    return Finding(code, one.place.line, one.place.column, message, hint, one.place.line, (work,))
