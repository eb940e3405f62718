"""Which work a reference means: the record its DOI leads to, or one of those found for its words.

    a record       matching_record      all its titles, places and dates
    names          matching_names       spellings and abbreviations of one name
    fields         matching_fields      how reference and record stand to each other, where they differ
    evidence       matching_evidence    how much of the record the reference's text bears out

A reference is not taken for wrong lightly: a record is only held to be of the same work where title and people,
or title and place, agree; whatever can be explained is no difference.

Source: Crossref, "Search-based reference matching with validation".
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase.domain import matching_evidence as evidences
from litbase.domain.brief import leading
from litbase.domain.item import Item, family, year
from litbase.domain.likeness import Ratio, is_heading
from litbase.domain.matching_fields import YEARS_APART, Difference, Standing, differences, group, recut, standing
from litbase.domain.matching_names import same_book, spelt, titled
from litbase.domain.matching_record import FIELDS, SELECTABLE, Known, known, trimmed
from litbase.domain.traits import telling, traits

__all__ = [
    "FIELDS", "SELECTABLE", "Difference", "Known", "Match", "by_doi", "by_words", "is_suspect", "known", "query",
    "trimmed",
]  # fmt: skip

# "same": the work itself; "part": the book a chapter stands in; "kin": another version of it, a preprint or
# a reprint; "elsewhere": another work.
Verdict: TypeAlias = Literal["same", "part", "kin", "elsewhere"]

_SAME = 0.12  # distance up to which two titles are one
_LIKE = 0.35  # up to which they may be one reworded
_FAR = 0.7  # from which they have nothing in common
_AUTHOR = 0.3
_BORNE_OUT, _BORNE_OUT_REWORDED = 0.3, 0.5  # similarity a record needs, with its title and with another
_MISREAD, _NEARLY = 0.6, 0.85  # similarity, and share of the title, from which a reference was merely misread
_REPRINTED = 10  # years after which a work in another place is a reprint
_LONGEST_TITLE, _LONGEST_PLACE = 200, 120  # characters of a query
_MOST_NAMES = 3

# Kinds that Crossref has whenever they have a DOI, and that mostly have one.
_REGISTERED = ("article-journal",)


class Match(NamedTuple):
    """What became of one reference: the verdict, its record, and where the two differ.

    `journal` tells that the journal's name stands in the author's place.
    """

    verdict: Verdict
    known: Known
    differences: tuple[Difference, ...] = ()
    journal: bool = False


def query(item: Item) -> str:
    """The words by which a reference is looked for: its own names, year, title, place and numbers; may be empty.

    Source: Crossref REST API, `query.bibliographic`.
    """
    title = str(item.get("title") or "")
    if not titled(title).title:
        return ""
    people = [family(name)[:60] for name in leading(item)[:_MOST_NAMES]]
    when = year(item)
    place = str(item.get("container-title") or "")
    numbers = [str(item.get(name) or "")[:20] for name in ("volume", "page")]
    parts = (*people, str(when or ""), title[:_LONGEST_TITLE], place[:_LONGEST_PLACE], *numbers)
    return " ".join(part for part in parts if part)


def is_suspect(item: Item) -> bool:
    """Whether Crossref should have a work of this kind, so that its absence is worth a second look.

    Books, chapters, reports, theses, web pages and laws often have no DOI, or one of another agency.
    """
    return item.get("type") in _REGISTERED and item.get("status") != "in press" and year(item) is not None


def by_doi(item: Item, text: str, record: Known, ratio: Ratio) -> Match:
    """What the record that a reference's DOI leads to is to the reference; `text` is the reference as it stands."""
    item = recut(item, record)
    how = standing(item, record, ratio)
    if _holds(item, record, ratio):
        return Match("part", record)
    if not _same_by_doi(item, record, how):
        # A reference that could not be read well is not held against its writer.
        return Match("same" if _borne_out(text, record, ratio) else "elsewhere", record)
    found = tuple(differences(item, record, ratio, found_by_doi=True))
    return Match("same", record, found, how.journal)


def by_words(item: Item, text: str, records: Iterable[Known], ratio: Ratio) -> Match | None:
    """The record among those found for a reference's words that is of its work; None where none is.

    `text` is the reference as it stands. Of several the one that differs least is taken.
    """
    best: tuple[tuple[bool, int, float], Match] | None = None
    for record in records:
        mine = recut(item, record)
        how = standing(mine, record, ratio)
        similarity = evidences.similarity(text, record, ratio)
        if not _same_by_words(mine, record, how, similarity):
            continue
        match = _found(mine, record, how, ratio)
        rank = (match.verdict != "same", len(match.differences), -similarity)
        if best is None or rank < best[0]:
            best = rank, match
    return best[1] if best else None


def _found(item: Item, record: Known, how: Standing, ratio: Ratio) -> Match:
    version = group(item) == group(record.item) or not group(item)
    reprint = how.place is False and (how.years or 0) > _REPRINTED
    if not version or reprint:
        return Match("kin", record)
    return Match("same", record, tuple(differences(item, record, ratio, found_by_doi=False)), how.journal)


def _same_by_doi(item: Item, record: Known, how: Standing) -> bool:
    """Whether a DOI that was written down for a reference leads to its work: a slip in one field is allowed."""
    if record.is_notice and not _speaks_of_notice(item):
        return False
    near = how.years is None or how.years <= YEARS_APART
    written_by = how.author is not None and how.author <= _AUTHOR
    placed = how.numbers is True or (how.place is True and near)
    if how.title <= _SAME:
        heading = is_heading(traits(item)) or not how.kinds
        cut_by_record = how.cut > 0 and not written_by
        return written_by or placed or (how.author is None and not cut_by_record) or not (heading or cut_by_record)
    if how.title <= _LIKE:
        return written_by or placed
    if how.journal:
        return near and how.title <= _FAR
    if how.author is not None and not written_by:
        return False
    book = group(record.item) == "book" and how.kinds and near and how.title <= 0.6
    if how.title <= _FAR:
        return written_by and how.numbers is not False and (placed or book)
    return written_by and how.numbers is True and how.place is not False


def _same_by_words(item: Item, record: Known, how: Standing, similarity: float) -> bool:
    """Whether a record that a search has brought is of the reference's work: two traits at least must say so."""
    if not (how.kinds or how.journal) or (record.is_notice and not _speaks_of_notice(item)):
        return False
    near = how.years is not None and how.years <= YEARS_APART
    written_by = how.author is not None and how.author <= _AUTHOR
    placed = how.numbers is True or (how.place is True and near)
    if how.journal:
        return near and how.title <= 0.5
    if how.title <= _SAME:
        if how.cut or is_heading(traits(item)):
            # What a title lacks or adds may be what makes it another's.
            dated = near and (how.cut < 0 or group(item) in ("book", "report", "thesis", ""))
            same_pages = how.numbers is True and how.place is True and not how.cut
            return same_pages or (written_by and (placed or (dated and not is_heading(traits(item)))))
        if written_by:
            return similarity >= _BORNE_OUT or placed or near
        telltale = len(telling(titled(str(item.get("title"))).title)) > 3
        if how.author is None:
            return placed or (near and telltale)
        return how.numbers is True or (how.place is True and near and telltale)
    if how.title <= _LIKE:
        return written_by and placed and similarity >= _BORNE_OUT_REWORDED
    return written_by and how.numbers is True and how.place is True


def _borne_out(text: str, record: Known, ratio: Ratio) -> bool:
    """Whether a reference's words have a record's title, first author and most of the rest, wherever they stand."""
    weighed = {one.trait: one for one in evidences.evidence(text, record, ratio)}
    title, author = weighed["title"], weighed.get("author")
    named = author is not None and author.reference > 0
    return (
        not record.is_notice and named and title.reference >= _NEARLY * title.record
        and evidences.similarity(text, record, ratio) >= _MISREAD
    )  # fmt: skip


def _holds(item: Item, record: Known, ratio: Ratio) -> bool:
    """Whether a record is of the book that a chapter stands in."""
    book = str(item.get("container-title") or "")
    return (
        group(item) == "chapter" and group(record.item) == "book" and bool(book)
        and same_book(book, record.titles, ratio)
    )  # fmt: skip


def _speaks_of_notice(item: Mapping[str, Any]) -> bool:
    """Whether a reference is to a correction or retraction itself."""
    words = spelt(f"{item.get('title') or ''} {item.get('genre') or ''}")
    return any(word in words for word in ("retract", "correct", "corrigend", "errat", "withdraw", "concern"))
