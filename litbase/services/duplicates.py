"""The same work twice: what a library holds that is like an item, and all its like pairs.

A few of the title's words, the first author and the years about narrow the library down by the
full-text index; only what is left is compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from json import loads
from typing import Any, NamedTuple, TypeAlias

from litbase import match
from litbase.domain.library import Source
from litbase.domain.likeness import Likeness, compare
from litbase.domain.query import All, AnyOf, Marked, Node, Within, Word
from litbase.domain.traits import Traits, telling, traits, words
from litbase.place import Place
from litbase.store import fulltext
from litbase.store.reader import Reader

ToldApart: TypeAlias = Callable[[str, str], bool]
"""Whether a person has said that two sources, by public ids, are not the same work."""

_LOOKED_AT = 200  # sources that one question to the index may bring
_WORDS = 3  # of the title that are asked for
_YEARS = 2  # before and after, from which a record of the same work may come
_CROWD = 60  # sources under one heading; of more only those by one family name are compared


class Pair(NamedTuple):
    """Two sources that may be the same work, the earlier added first."""

    first: Source
    second: Source
    likeness: Likeness


def find(reader: Reader, item: Mapping[str, Any], besides: str = "") -> list[tuple[Source, Likeness]]:
    """The sources that are, or may be, the work of this item, the likest first.

    `besides`: the public id of a source to leave out, the item's own; and with it all that were told
    apart from it for good.
    """
    wanted = traits(item)
    held: dict[int, Source] = {}
    if wanted.doi and (known := reader.source_by_doi(wanted.doi)):
        held[known.id] = known
    question = asked(wanted)
    if question is not None:
        near = [one for one, title in reader.titles_matching(question, _LOOKED_AT) if _is_near(wanted, title)]
        held |= reader.sources_by_id(near)
    found = [
        (source, likeness)
        for source in held.values()
        if source.uuid != besides
        and (likeness := compare(wanted, traits(loads(source.item)), match.ratio)).verdict != "other"
        and not (besides and reader.are_different(besides, source.uuid))
    ]
    return sorted(found, key=lambda pair: (pair[1].verdict != "same", -pair[1].score))


def asked(wanted: Traits) -> Node | None:
    """What the index is asked: the years about; the title's longest words, or most of them and the first author.

    None for a title without words.
    """
    longest = sorted(set(telling(wanted.title[: min(wanted.breaks, default=None)])), key=len, reverse=True)[:_WORDS]
    if not longest:
        return None
    titled: list[Node] = [Within("title", Word(word)) for word in longest]
    # Two of three, so that a slip in one leaves enough.
    most: list[Node] = [All(two) for two in combinations(titled, 2)] if len(titled) > 2 else titled
    # A single word stands in too many titles to be asked for alone.
    choices: list[Node] = [All(tuple(titled))] if len(titled) > 1 or not wanted.people else []
    if wanted.people:
        family = max(wanted.people[0].family.split(), key=len, default="")
        choices.append(All((Within("contributors", Word(family)), AnyOf(tuple(most)))))
    about: list[Node] = []
    if wanted.year is not None:
        span = fulltext.span_marks(wanted.year - _YEARS, wanted.year + _YEARS)
        about = [Marked((*span, *fulltext.year_marks(None)))]
    return All((*about, AnyOf(tuple(choices))))


def _is_near(wanted: Traits, title: str) -> bool:
    """Whether a title has half of the shorter one's words, by their beginnings: cheap, and all that are alike pass."""
    one = {word[:4] for word in telling(wanted.title)}
    other = {word[:4] for word in telling(words(title))}
    return 2 * len(one & other) >= min(len(one), len(other))


def pairs(library: Place, told_apart: ToldApart | None = None) -> Iterator[Pair]:
    """Every pair of sources that are or may be the same work, but those told apart; the likest first.

    Raises: NotFound where there is no library.
    """
    with Reader(library) as reader:
        sources = sorted(reader.sources("added"), key=lambda source: source.id)
        apart = told_apart or reader.are_different
        all_traits = [traits(loads(source.item)) for source in sources]
        found = [
            Pair(sources[one], sources[other], likeness)
            for one, other in candidates(all_traits)
            if (likeness := compare(all_traits[one], all_traits[other], match.ratio)).verdict != "other"
            and not apart(sources[one].uuid, sources[other].uuid)
        ]
    yield from sorted(found, key=lambda pair: (pair.likeness.verdict != "same", -pair.likeness.score, pair.first.id))


def candidates(works: Iterable[Traits]) -> set[tuple[int, int]]:
    """The positions of works worth comparing: those under a common heading."""
    held = list(works)
    crowds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, work in enumerate(held):
        for heading in headings(work):
            crowds[heading].append(place)
    found: set[tuple[int, int]] = set()
    for crowd in crowds.values():
        for group in [crowd] if len(crowd) <= _CROWD else _by_family(crowd, held):
            found.update(combinations(group, 2))
    return found


def headings(work: Traits) -> set[tuple[str, ...]]:
    """What two records of one work have in common: the DOI, the title's beginning, or a name and a long word."""
    known = telling(work.title)
    found = {("title", *known[:2])} if known else set()
    found |= {("doi", work.doi)} if work.doi else set()
    for person in work.people[:1]:
        # Two of the longest words, so that a slip in one leaves the other.
        longest = sorted(
            set(telling(work.title[: min(work.breaks, default=None)])), key=lambda word: (-len(word), word)
        )
        found |= {("by", person.family, word) for word in longest[:3]}
    return found


def _by_family(crowd: list[int], works: list[Traits]) -> list[list[int]]:
    """A crowd parted by first author and year, so that thousands called "Editorial" cost no millions of comparisons."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place in crowd:
        work = works[place]
        family = work.people[0].family if work.people else ""
        for year in {(work.year or 0) // 3, ((work.year or 0) + 1) // 3}:
            groups[family, year].append(place)
    return [group for group in groups.values() if len(group) <= 4 * _CROWD]
