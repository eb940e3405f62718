"""Finding sources again: by words, concepts, names, years and types, with "did you mean" where nothing is found."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litbase.domain import kinds, query
from litbase.domain.library import Concept, Hit, Note, Source
from litbase.errors import BadInput
from litbase.place import Place
from litbase.store import fulltext
from litbase.store.chunks import chunked
from litbase.store.reader import Reader

from . import lookup

_COMPLETED = 1000
_YEARS = re.compile(r"(\d{1,4})?(\.\.|-|–)?(\d{1,4})?")


class Question(NamedTuple):
    """A search as it was typed, the options of the command line apart; empty parts ask nothing."""

    text: str = ""
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
    bounded: bool = False


class Details(NamedTuple):
    """Everything kept on one source."""

    source: Source
    concepts: tuple[str, ...]
    notes: list[Note]
    citekey_aliases: list[str]
    doi_aliases: list[str]
    answer: tuple[str, str] | None


def search(library: Place, question: Question) -> Found:
    """The sources that a search finds, best first.

    Raises: NotFound for an unknown concept; BadInput for unreadable years or types; LibraryError.
    """
    with Reader(library) as reader:
        wanted = settled(reader, question)
        found = reader.search(wanted, question.limit, question.order, question.snippets)
        suggestions = [] if found.hits else _suggestions(reader, query.words(wanted))
        return Found(_shown(reader, found.hits), suggestions, found.bounded)


def every(library: Place, order: str = "author", limit: int = -1) -> Iterator[Shown]:
    """All sources in an order: author, year, added, title or key.

    Each some hundred are read by themselves: whoever looks at them one after the other keeps nobody from writing.
    """
    with Reader(library) as reader:
        for ids in chunked(reader.ids(order, limit)):
            found = reader.sources_by_id(ids)
            yield from _shown(reader, [Hit(found[one], "") for one in ids if one in found])


def details(library: Place, keys: Sequence[str]) -> list[Details]:
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


def citekeys(library: Place, beginning: str) -> list[str]:
    """The citekeys that begin so, as many as somebody looks through."""
    with Reader(library) as reader:
        return reader.citekeys(beginning, _COMPLETED)


def concept(library: Place, name: str) -> tuple[Concept, list[str], list[Shown]]:
    """A concept, the names of those directly under it, and the sources under it at any depth, newest first.

    Raises: NotFound, naming the nearest.
    """
    with Reader(library) as reader:
        group = lookup.concept_groups(reader, [name])[0]
        concepts = {concept.id: concept for concept in reader.concepts()}
        found = concepts[group[0]]
        under = [other.name for other in concepts.values() if found.name in other.broader]
        marks = query.Marked(tuple(fulltext.concept_mark(number) for number in group))
        return found, under, _shown(reader, reader.search(query.All((marks,)), order="year").hits)


def settled(reader: Reader, question: Question) -> query.All:
    """What a question asks of this library: its fields as marks and columns of the index.

    Raises: NotFound for an unknown concept; BadInput for unreadable years or types.
    """
    options: list[query.Node] = [
        *(query.Field("concept", name) for name in question.concepts),
        *(query.Field("author", name) for name in question.authors),
        *([query.Field("year", question.years)] if question.years.strip() else []),
        *([query.AnyOf(tuple(query.Field("type", name) for name in question.types))] if question.types else []),
    ]
    return query.All((*_settled_all(reader, query.parse(question.text)).parts, *(_settled(reader, o) for o in options)))


def _settled_all(reader: Reader, node: query.All) -> query.All:
    """The parts of a search settled; `in:notes` among them holds for the words beside it."""
    places = [part for part in node.parts if isinstance(part, query.Field) and part.name == "in"]
    others = [_settled(reader, part) for part in node.parts if part not in places]
    for place in places:
        column = query.PLACES.get(place.value.lower())
        if column is None:
            raise BadInput(f"there is no place “{place.value}” to look in", f"one of {', '.join(query.PLACES)}")
        others = [query.placed(column, part) for part in others]
    return query.All(tuple(others))


def _settled(reader: Reader, node: query.Node) -> query.Node:
    if isinstance(node, query.Not):
        return query.Not(_settled(reader, node.node))
    if isinstance(node, query.AnyOf):
        return query.AnyOf(tuple(_settled(reader, part) for part in node.parts))
    if isinstance(node, query.All):
        return _settled_all(reader, node)
    if not isinstance(node, query.Field):
        return node
    if node.name == "concept":
        (group,) = lookup.concept_groups(reader, [node.value])
        return query.Marked(tuple(fulltext.concept_mark(number) for number in group))
    if node.name == "year":
        return query.Marked(_year_marks(reader, node.value))
    if node.name == "type":
        return query.Marked(tuple(fulltext.type_mark(name) for name in _types(node.value)))
    columns = {"author": "contributors", "journal": "container", "title": "title", "key": "keys", "doi": "keys"}
    # `in:` inside a choice has no words beside it: it asks for the word itself.
    return query.Within(columns.get(node.name, "notes"), query.Phrase(node.value))


def _year_marks(reader: Reader, text: str) -> tuple[str, ...]:
    if text.strip().lower() in ("n.d.", "nd", "none"):
        return fulltext.year_marks(None)
    first, last = years(text)
    earliest, latest = reader.years()
    low = earliest if first is None else max(first, earliest)
    return fulltext.span_marks(low, latest if last is None else min(last, latest))


def _types(name: str) -> tuple[str, ...]:
    found = kinds.csl_types(name)
    if found is None:
        raise BadInput(f"“{name}” is no type of work", f"try {', '.join(kinds.KINDS)}")
    return found


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


def _shown(reader: Reader, hits: Sequence[Hit]) -> list[Shown]:
    ids = [hit.source.id for hit in hits]
    concepts, notes = reader.concepts_of(ids), reader.note_counts(ids)
    return [
        Shown(hit.source, tuple(concepts.get(hit.source.id, ())), notes.get(hit.source.id, 0), hit.snippet)
        for hit in hits
    ]


def _suggestions(reader: Reader, words: Sequence[str]) -> list[str]:
    from litbase.domain.text import fold
    from litbase.match import nearest

    known = [*reader.concept_names(), *reader.title_words()]
    found = (nearest(word, [*known, *reader.families_like(fold(word))], limit=2) for word in words)
    return list(dict.fromkeys(near for some in found for near in some))[:5]
