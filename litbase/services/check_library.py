"""What a library adds to a check: which works cited are in it, what they lack, and quotations to compare.

A draft is checked without a library as well; nothing here is needed for that.
"""

import re
from collections.abc import Iterator, Sequence
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from litbase.domain import brief
from litbase.domain.item import family, year
from litbase.domain.library import Source
from litbase.domain.query import All, Phrase, Within
from litbase.drafts import Entry, Reading, Work
from litbase.drafts.people import key
from litbase.errors import LibraryError, NotFound
from litbase.place import Place

from . import check_written as written
from .check_finding import Finding
from .check_mends import doi_added
from .check_quotes import quotations

if TYPE_CHECKING:
    from litbase.store.reader import Reader

# Sources of one family name that are looked through for a year.
_MOST = 200
# How alike words must be to be meant for a quotation that is kept, from 0 to 100.
_MEANT = 80.0


class Owned(NamedTuple):
    """Citekeys of the works cited and of the entries, None for those the library lacks; and findings."""

    cited: tuple[str | None, ...]
    entries: tuple[str | None, ...]
    findings: tuple[Finding, ...]


def nothing(reading: Reading) -> Owned:
    """What there is to say without a library."""
    return Owned((None,) * len(reading.works), (None,) * len(reading.entries), ())


def look(reading: Reading, library: Place) -> Owned:
    """What the library at a path has of a draft's works.

    Raises: LibraryError where the library cannot be read.
    """
    from litbase.store.reader import Reader  # a draft without a library needs no SQLite

    with Reader(library) as reader:
        shelf = _Shelf(reader)
        entries = [shelf.entry(one) for one in reading.entries]
        cited = [_cited(shelf, reading, work, entries) for work in reading.works]
        findings = [*_without_doi(reading, entries), *_quotations(reading, cited, reader)]
    owned = {
        _key(work): source for work, source in zip(reading.works, cited, strict=True) if source and _is_missing(work)
    }
    findings += _in_library(reading, owned, library)
    keys = tuple(source.citekey if source else None for source in cited)
    return Owned(keys, tuple(one.citekey if one else None for one in entries), tuple(findings))


class _Shelf:
    """The library, asked for a work once."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._known: dict[str, list[Source]] = {}

    def entry(self, one: Entry) -> Source | None:
        """The source of an entry: by its DOI, else by names, year and title."""
        doi = one.reference.item.get("DOI")
        found = self._reader.source_by_doi(str(doi)) if doi else None
        if found is not None or not one.reference.authors:
            return found
        title = key(str(one.reference.item.get("title", "")))
        for source in self.works(one.reference.authors, one.reference.year, False):
            kept = key(source.title)
            if title and (kept.startswith(title) or title.startswith(kept)):
                return source
        return None

    def works(self, authors: Sequence[str], when: str, et_al: bool) -> list[Source]:
        """The sources with these names and this year."""
        if not authors or not any(c.isalnum() for c in authors[0]):
            return []
        if authors[0] not in self._known:
            wanted = All((Within("contributors", Phrase(authors[0])),))
            hits = self._reader.search(wanted, _MOST, order="year").hits
            self._known[authors[0]] = [hit.source for hit in hits]
        names = tuple(key(name) for name in authors)
        return [source for source in self._known[authors[0]] if _is_of(source, names, when, et_al)]


def _is_of(source: Source, names: tuple[str, ...], when: str, et_al: bool) -> bool:
    last = re.sub(r"(?<=\d)[a-z]$", "", when.rpartition("/")[2])
    item = loads(source.item)
    if last != brief.when(item) and last != str(year(item)):
        return False
    have = tuple(key(family(name)) for name in brief.leading(item))
    return have[: len(names)] == names and (len(have) > len(names)) == et_al


def _cited(shelf: _Shelf, reading: Reading, work: Work, entries: Sequence[Source | None]) -> Source | None:
    """The source of a work cited: its entry's, else the one of its names and year."""
    if work.match.agreement == "listed":
        return next((entries[number] for number in work.match.entries if entries[number]), None)
    if reading.citations[work.citation].form == "personal_communication" or not work.cited.year:
        return None
    found = shelf.works(work.authors, work.cited.year, work.cited.et_al)
    return found[0] if len(found) == 1 else None


def _key(work: Work) -> tuple[str, str]:
    return (key(work.authors[0]) if work.authors else "", work.cited.year or "")


def _is_missing(work: Work) -> bool:
    return work.match.agreement == "none"


def _in_library(reading: Reading, owned: dict[tuple[str, str], Source], library: Place) -> Iterator[Finding]:
    """Works cited, not listed, but owned: with the entry to paste, once each."""
    if not owned:
        return
    from .refer import refs

    told: set[tuple[str, str]] = set()
    for work in reading.works:
        source = owned.get(_key(work))
        if source is None or not _is_missing(work) or _key(work) in told:
            continue
        told.add(_key(work))
        citation = reading.citations[work.citation]
        place = reading.draft.place(reading.draft.blocks[citation.block], work.cited.start)
        entry = refs(library, [source.citekey], None, heading="").text.strip()
        cited = written.cited(work.authors, work.cited.year, work.cited.et_al)
        yield Finding(
            "in-library", place.line, place.column,
            f"you have {cited} as {source.citekey}",
            f"add it to the list: {entry}", None, ((work.authors, work.cited.year),),
        )  # fmt: skip


def _without_doi(reading: Reading, entries: Sequence[Source | None]) -> Iterator[Finding]:
    """Entries without the DOI that the library knows."""
    for one, source in zip(reading.entries, entries, strict=True):
        if source is not None and source.doi and not one.reference.item.get("DOI"):
            work = (one.reference.authors, one.reference.year or None)
            yield Finding(
                "doi-missing", one.place.line, one.place.column, f"{written.entry(one)} has a DOI: {source.doi}",
                f"add https://doi.org/{source.doi}", one.place.line, (work,), doi_added(one, source.doi),
            )  # fmt: skip


def _quotations(reading: Reading, cited: Sequence[Source | None], reader: "Reader") -> Iterator[Finding]:
    """Quotations that are nearly, but not quite, one that is kept on their source."""
    by_work = {id(work): source for work, source in zip(reading.works, cited, strict=True)}
    kept: dict[int, list[tuple[str, str]]] = {}
    for work, words, _ in quotations(reading):
        source = by_work.get(id(work))
        if source is None:
            continue
        if source.id not in kept:
            notes = [note for note in reader.notes(source.id) if note.kind == "quotation"]
            kept[source.id] = [(note.text, note.locator) for note in notes]
        difference = _difference(words, kept[source.id])
        if difference is not None:
            citation = reading.citations[work.citation]
            place = reading.draft.place(reading.draft.blocks[citation.block], citation.start)
            yield Finding(
                "quotation-differs", place.line, place.column,
                f"the quotation from {written.cited(work.authors, work.cited.year)} differs from the one you kept",
                difference, None, ((work.authors, work.cited.year),),
            )  # fmt: skip


def _difference(words: str, kept: Sequence[tuple[str, str]]) -> str | None:
    """What differs between a quotation and the one kept that it is meant to be; None where nothing does."""
    from litbase.match import ratio

    best: tuple[float, list[str], list[str]] = (0.0, [], [])
    wanted = _words(words)
    for text, _ in kept:
        have = _words(text)
        if _within(wanted, have):
            return None
        stretch = _nearest_stretch(wanted, have)
        alike = ratio(" ".join(wanted), " ".join(stretch))
        best = max(best, (alike, wanted, stretch), key=lambda one: one[0])
    if best[0] < _MEANT:
        return None
    from difflib import SequenceMatcher

    changes = [
        f"“{' '.join(best[1][a:b]) or '…'}” for “{' '.join(best[2][c:d]) or '…'}”"
        for tag, a, b, c, d in SequenceMatcher(None, best[1], best[2], autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return f"you wrote {', '.join(changes[:4])}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", text.lower().replace("’", "'"))


def _within(wanted: Sequence[str], have: Sequence[str]) -> bool:
    """Whether words stand in others in that order; a gap is one the writer marks with dots, and not looked at."""
    return f" {' '.join(wanted)} " in f" {' '.join(have)} "


def _nearest_stretch(wanted: list[str], have: list[str]) -> list[str]:
    """The words of a longer text that are nearest to some words: as many, from where most of them agree."""
    size = len(wanted)
    if len(have) <= size:
        return have
    vocabulary = set(wanted)
    best = max(range(len(have) - size + 1), key=lambda at: sum(word in vocabulary for word in have[at : at + size]))
    return have[best : best + size]


def open_library(reading: Reading, library: Place | None) -> tuple[Owned, str]:
    """What a library says of a draft, and what to tell the user where it cannot be read; both may be nothing."""
    if library is None or (isinstance(library, Path) and not library.is_file()):
        return nothing(reading), ""
    try:
        return look(reading, library), ""
    except NotFound:
        return nothing(reading), ""  # the server holds none yet
    except LibraryError as error:
        return nothing(reading), f"checked without your library: {error.message}"
