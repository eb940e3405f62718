"""Finding sources again: by words, concepts, names, years and types, with "did you mean" where nothing is found."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from litbase.domain import kinds
from litbase.domain.library import Concept, Filters, Hit, Note, Source
from litbase.errors import BadInput
from litbase.store.reader import Reader

from . import lookup

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_YEARS = re.compile(r"(\d{1,4})?(\.\.|-|–)?(\d{1,4})?")


class Question(NamedTuple):
    """A search as it was typed; empty parts ask nothing."""

    words: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: str = ""
    types: tuple[str, ...] = ()
    order: str = "best"
    limit: int = -1
    snippets: bool = False


class Shown(NamedTuple):
    """A source with what a person wants to see beside it."""

    source: Source
    concepts: tuple[str, ...]
    notes: int
    snippet: str = ""


class Found(NamedTuple):
    """What a search found, or what may have been meant where it found nothing."""

    hits: list[Shown]
    suggestions: list[str]


class Details(NamedTuple):
    """Everything kept on one source."""

    source: Source
    concepts: tuple[str, ...]
    notes: list[Note]
    citekey_aliases: list[str]
    doi_aliases: list[str]
    answer: tuple[str, str] | None


def search(library: Path, question: Question) -> Found:
    """The sources that hold every word and pass every filter, best first.

    Raises: NotFound for an unknown concept; BadInput for unreadable years or types; LibraryError.
    """
    with Reader(library) as reader:
        filters = _filters(reader, question)
        words = [word for text in question.words for word in split(text)]
        hits = reader.search(words, filters, question.limit, question.order, question.snippets)
        suggestions = [] if hits else _suggestions(reader, [*words, *question.authors])
        return Found(_shown(reader, hits), suggestions)


def every(library: Path, order: str = "author", limit: int = -1) -> list[Shown]:
    """All sources in an order: author, year, added, title or key."""
    with Reader(library) as reader:
        return _shown(reader, [Hit(source, "") for source in reader.sources(order, limit)])


def details(library: Path, keys: Sequence[str]) -> list[Details]:
    """Everything kept on each of these sources, in the order asked.

    Raises: NotFound, naming the nearest citekeys.
    """
    with Reader(library) as reader:
        found = lookup.sources(reader, keys)
        concepts = reader.concepts_of(source.id for source in found)
        return [
            Details(
                source,
                tuple(concepts.get(source.id, ())),
                reader.notes(source.id),
                reader.citekey_aliases(source.id),
                reader.doi_aliases(source.id),
                reader.answer(source.id),
            )
            for source in found
        ]


def citekeys(library: Path) -> list[str]:
    """Every citekey of the library."""
    with Reader(library) as reader:
        return reader.citekeys()


def concept(library: Path, name: str) -> tuple[Concept, list[str], list[Shown]]:
    """A concept, the names of those directly under it, and the sources under it at any depth, newest first.

    Raises: NotFound, naming the nearest.
    """
    with Reader(library) as reader:
        group = lookup.concept_groups(reader, [name])[0]
        concepts = {concept.id: concept for concept in reader.concepts()}
        found = concepts[group[0]]
        under = [other.name for other in concepts.values() if found.name in other.broader]
        hits = reader.search([], Filters(concepts=(group,)), -1, "year")
        return found, under, _shown(reader, hits)


def split(text: str) -> list[str]:
    """The words and the "quoted phrases" of a search."""
    return [phrase or word for phrase, word in _PHRASE.findall(text) if phrase or word]


def years(text: str) -> tuple[int | None, int | None]:
    """First and last year of `2010`, `2010..2020`, `2010-2020`, `2010..` or `..2020`; (None, None) of nothing.

    Raises: BadInput for anything else.
    """
    if not text.strip():
        return (None, None)
    found = _YEARS.fullmatch(text.strip().replace(" ", ""))
    if found is None or not (found[1] or found[3]) or (found[3] and not found[2]):
        raise BadInput(f"cannot read “{text}” as years", "write 2015, 2010..2020, 2010.. or ..2020")
    first = int(found[1]) if found[1] else None
    last = int(found[3]) if found[3] else (None if found[2] else first)
    if first is not None and last is not None and last < first:
        raise BadInput(f"the years “{text}” end before they begin", f"did you mean {last}..{first}?")
    return (first, last)


def _filters(reader: Reader, question: Question) -> Filters:
    types: list[str] = []
    for name in question.types:
        found = kinds.csl_types(name)
        if found is None:
            raise BadInput(f"“{name}” is no type of work", f"try {', '.join(kinds.KINDS)}")
        types += found
    return Filters(
        lookup.concept_groups(reader, question.concepts), question.authors, years(question.years), tuple(types)
    )


def _shown(reader: Reader, hits: Sequence[Hit]) -> list[Shown]:
    ids = [hit.source.id for hit in hits]
    concepts, notes = reader.concepts_of(ids), reader.note_counts(ids)
    return [
        Shown(hit.source, tuple(concepts.get(hit.source.id, ())), notes.get(hit.source.id, 0), hit.snippet)
        for hit in hits
    ]


def _suggestions(reader: Reader, words: Sequence[str]) -> list[str]:
    from litbase.match import nearest

    known = [*reader.concept_names(), *reader.families(), *reader.title_words()]
    return list(dict.fromkeys(near for word in words for near in nearest(word, known, limit=2)))[:5]
