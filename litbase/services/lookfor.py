"""Looking for a work by words: what Crossref finds, put in order by how well it answers them."""

from typing import NamedTuple

from litbase import match
from litbase.domain import sought
from litbase.domain.doi import fold
from litbase.domain.item import Item
from litbase.domain.likeness import compare
from litbase.domain.text import clean_line
from litbase.domain.traits import traits
from litbase.errors import BadInput, BadRecord, NotFound
from litbase.providers import crossref

from . import clean

SHOWN = 3
_ASKED = 10  # records: Crossref's first is not always the best, and the best is seldom behind the tenth
_LONGEST = 500  # characters of the words that Crossref is asked; a reference is shorter


class Found(NamedTuple):
    """A work that answers the words: cleaned, and as Crossref has it; with its distances and its score, 0 to 100."""

    item: Item
    answer: crossref.Answer
    distances: sought.Distances
    score: float


class LookedFor(NamedTuple):
    """The best works for some words, best first, at most three."""

    words: str
    found: tuple[Found, ...]
    clear: bool
    """Whether the first is so far ahead that it may be taken without asking."""


def look_for(words: str, settings: crossref.Settings) -> LookedFor:
    """The works that answer words best.

    Raises: BadInput where there are no words; NotFound where Crossref finds nothing that can be
    cited; ProviderError.
    """
    line = clean_line(words)[:_LONGEST]
    wanted = sought.read(line)
    if not wanted.words:
        raise BadInput("there are no words to look for", "an author and a few words of the title are enough")
    records = crossref.search(line, _ASKED, settings)
    found = ranked(line, [answer for record in records for answer in _cleaned(record)])
    if not found:
        raise NotFound(f"Crossref finds nothing for “{line[:80]}”", "try fewer words, or a name and a year")
    rivals = [found[0], *(one for one in found[1:] if not _is_same(found[0], one))]
    return LookedFor(line, tuple(found[:SHOWN]), sought.is_clear(wanted, [one.score for one in rivals]))


def ranked(words: str, answers: list[tuple[Item, crossref.Answer]]) -> list[Found]:
    """Answers in order of their scores, best first; of equal ones in the order given, which is Crossref's."""
    wanted = sought.read(words)
    found = []
    for item, answer in answers:
        distances = sought.apart(wanted, traits(item), match.ratio, match.token_sort)
        found.append(Found(item, answer, distances, sought.scored(distances)))
    return sorted(found, key=lambda one: -one.score)


def _cleaned(record: dict[str, object]) -> list[tuple[Item, crossref.Answer]]:
    """A record made ready, or nothing where it is no work to cite."""
    doi = record.get("DOI")
    if not isinstance(doi, str) or not doi:
        return []
    try:
        item = clean.crossref(record).item
    except BadRecord:
        return []
    return [(item, crossref.Answer(fold(doi), fold(doi), record))]


def _is_same(one: Found, other: Found) -> bool:
    """Whether two finds are one work under two DOIs: no rivals."""
    return compare(traits(one.item), traits(other.item), match.ratio).verdict == "same"
