"""A draft read whole: entries, citations, and for every work cited what the list has for it."""

from typing import NamedTuple

from . import listing, matching, roster, scan
from .citations import Citation, Cited
from .draft import Draft
from .entries import Entry
from .listing import Section, Split
from .matching import Index, Match
from .people import Known, key, spells
from .vetoes import Lexicon


class Work(NamedTuple):
    """A work as it is cited once, and its match. `authors` has abbreviations of groups resolved."""

    citation: int
    cited: Cited
    authors: tuple[str, ...]
    match: Match


class Reading(NamedTuple):
    """A draft with everything read from it. `works` are in order of the text; `citations` too."""

    draft: Draft
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    citations: tuple[Citation, ...]
    works: tuple[Work, ...]
    # Entries that only an original behind "as cited in" names, or a title with its year.
    mentioned: frozenset[int]
    prose: tuple[tuple[int, int, int], ...]

    @property
    def cited_entries(self) -> frozenset[int]:
        """The numbers of the entries that some citation gives, exactly or nearly."""
        return frozenset(number for work in self.works for number in work.match.entries) | self.mentioned


def of(draft: Draft, lexicon: Lexicon) -> Reading:
    """Read a draft: the list first, for it tells what names to expect in the text."""
    split = listing.split(draft, lexicon.given - lexicon.surnames)
    known = known_names(split.entries)
    index = Index(split.entries)
    listed = [roster.Listed(one.names, one.authors, one.all_initials, one.year) for one in index.listed if one.authors]
    scanned = scan.scan(draft, split.prose, known, lexicon, roster.of(listed))
    spelled = _Abbreviations(split, scanned.abbreviations)
    citations = tuple(_settled(one, draft, spelled, index) for one in scanned.citations)
    resolved = [
        (number, _resolved(cited, spelled, index))
        for number, citation in enumerate(citations)
        for cited in citation.works
    ]
    personal = {number for number, one in enumerate(citations) if one.form == "personal_communication"}
    exact = [matching.NONE if number in personal else index.exact(cited) for number, cited in resolved]
    taken = frozenset(number for match in exact for number in match.entries if match.agreement == "listed")
    works = tuple(
        Work(
            number,
            citations[number].works[_position(resolved, at)],
            cited.authors,
            match if match.agreement != "none" or number in personal else index.near(cited, taken),
        )
        for at, ((number, cited), match) in enumerate(zip(resolved, exact, strict=True))
    )
    return Reading(
        draft,
        split.sections,
        split.entries,
        citations,
        works,
        _mentioned(draft, split, index, works),
        split.prose,
    )


def _position(resolved: list[tuple[int, Cited]], at: int) -> int:
    """Which work of its citation the work at this place is."""
    first = at
    while first and resolved[first - 1][0] == resolved[at][0]:
        first -= 1
    return at - first


def known_names(entries: tuple[Entry, ...]) -> Known:
    """What the entries tell about names, for reading the text."""
    families: set[str] = set()
    groups: dict[str, str] = {}
    titles: dict[str, str] = {}
    dated: set[tuple[str, str]] = set()
    for entry in entries:
        reference = entry.reference
        title = str(reference.item.get("title", ""))
        if reference.titled:
            groups[key(title)] = title
            continue
        for name in (title, title.partition(":")[0]):
            if len(name) > 3:
                titles[key(name)] = name
        literals = {
            str(name["literal"]) for role in _NAMED for name in reference.item.get(role, ()) if "literal" in name
        }
        for name in reference.authors:
            if name in literals or (" " in name and any(literal.startswith(name) for literal in literals)):
                groups[key(name)] = name
            else:
                families.add(key(name))
        for name in reference.authors[:1]:
            dated.add((key(name), reference.year))
    return Known(frozenset(families), groups, titles, frozenset(dated))


_NAMED = ("author", "editor", "director", "host", "guest", "producer", "executive-producer")


class _Abbreviations:
    """What abbreviations of groups stand for: as the text says, as the list says, by their initials."""

    def __init__(self, split: Split, learned: tuple[tuple[str, str], ...]) -> None:
        self.learned: dict[str, list[str]] = {}
        for short, name in learned:
            self.learned.setdefault(key(short), []).append(name)
        self.listed = matching.groups(split.entries)
        self.groups = sorted({name for names in self.listed.values() for name in names})
        self.names = {key(name) for entry in split.entries for name in entry.reference.authors}

    def __call__(self, name: str) -> list[str]:
        """The names a group's abbreviation can stand for, likeliest first."""
        short = key(name)
        if short in self.names or not any(c.isupper() for c in name[1:]):
            return []
        found = [*self.learned.get(short, []), *self.listed.get(short, [])]
        # NICE is the National Institute for Health and Care Excellence.
        loose = [] if found else [one for one in self.groups if spells(one, name, loose=True)]
        return [*dict.fromkeys(found or (loose if len(loose) == 1 else []))]


def _resolved(cited: Cited, spelled: _Abbreviations, index: Index) -> Cited:
    """A cited work with its group spelled out."""
    for at, name in enumerate(cited.authors):
        candidates = [
            cited._replace(authors=(*cited.authors[:at], full, *cited.authors[at + 1 :])) for full in spelled(name)
        ]
        if candidates:
            listed = [one for one in candidates if index.exact(one).agreement != "none"]
            cited = (listed or candidates)[0]
    return cited


def _settled(citation: Citation, draft: Draft, spelled: _Abbreviations, index: Index) -> Citation:
    """A citation with the shorter readings of its names where the list has only those."""
    works = tuple(_shortest(cited, spelled, index) for cited in citation.works)
    moved = works[0].start - citation.works[0].start
    if not moved or citation.form == "parenthetical":
        return citation._replace(works=works)
    start = citation.start + moved
    return citation._replace(works=works, start=start, text=draft.blocks[citation.block].text[start : citation.end])


def _shortest(cited: Cited, spelled: _Abbreviations, index: Index) -> Cited:
    if cited.others and index.exact(_resolved(cited, spelled, index)).agreement == "none":
        for authors, start in cited.others:
            shorter = cited._replace(authors=authors, start=start, initials="", others=())
            if index.exact(shorter).agreement != "none":
                return shorter
    return cited


def _mentioned(draft: Draft, split: Split, index: Index, works: tuple[Work, ...]) -> frozenset[int]:
    """Entries the text points to without citing them: originals cited at second hand, titles with their year."""
    found: set[int] = set()
    for work in works:
        primary = work.cited.primary
        if primary is not None and primary.year is not None:
            match = index.exact(Cited(primary.authors, primary.year, 0, 0, primary.et_al))
            found.update(match.entries)
    cited = {number for work in works for number in work.match.entries} | found
    left = [number for number in range(len(split.entries)) if number not in cited]
    if left:
        found.update(_titles_with_years(draft, split, left))
    return frozenset(found)


def _titles_with_years(draft: Draft, split: Split, left: list[int]) -> set[int]:
    """Those of some entries whose title stands in the prose with the entry's year in parentheses behind it."""
    wanted = {}
    for number in left:
        reference = split.entries[number].reference
        title = str(reference.item.get("title", ""))
        for name in (title, title.partition(":")[0]):
            if len(name.split()) > 1 or len(name) > 7:
                wanted[name.lower(), reference.year] = number
    found: set[int] = set()
    for number, start, end in split.prose:
        text = draft.blocks[number].text[start:end].lower()
        for (title, year), entry in wanted.items():
            at = text.find(title) if f"({year}" in text else -1
            if at >= 0 and text[at + len(title) :].lstrip(" ,”\"’'").startswith(f"({year}"):
                found.add(entry)
    return found
