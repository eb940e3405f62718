"""Suggesting concepts for sources, from their texts and the user's own tagging, and taking up what she accepts."""

from collections.abc import Collection, Mapping, Sequence
from json import loads
from typing import NamedTuple

from litbase.domain import suggest as judge
from litbase.domain import suggest_habits as habits
from litbase.domain import suggest_words
from litbase.domain.library import Source
from litbase.domain.suggest import Suggestion
from litbase.domain.suggest_habits import Habits, Seen
from litbase.domain.suggest_words import AnyConcept
from litbase.domain.text import fold
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import concepts, lookup
from .concepts import Tagged


class Adviser(NamedTuple):
    """A library read once to suggest from: its sources by citekey, how each is seen, and what is learnt of them."""

    sources: dict[str, Source]
    seen: dict[str, Seen]
    habits: Habits
    above: dict[str, frozenset[str]]
    phrases: suggest_words.Index


class Advice(NamedTuple):
    """What is suggested for one source, likeliest first; each concept is the library's or one that ships."""

    source: Source
    suggestions: list[Suggestion]


# How many sources one suggestion for a new item is learnt from: each hundred costs three starts of Python.
RECENT = 200


def adviser(library: Place, newest: int = -1) -> Adviser:
    """Read a library for suggestions, or its `newest` sources (-1: all); 10,000 take some seconds.

    Raises: NotFound where there is no library; LibraryError.
    """
    with Reader(library) as reader:
        vocabulary = _vocabulary(reader)
        sources = reader.sources("added" if newest >= 0 else "author", newest)
        carried = reader.concepts_of(source.id for source in sources)
        texts = reader.note_texts((source.id for source in sources), private=True)
    phrases = suggest_words.index(vocabulary)
    seen = {
        source.citekey: habits.see(loads(source.item), texts.get(source.id, ()), carried.get(source.id, ()), phrases)
        for source in sources
    }
    above = judge.tree_above(vocabulary)
    return Adviser({one.citekey: one for one in sources}, seen, habits.learn(seen.values()), above, phrases)


def _vocabulary(reader: Reader) -> list[AnyConcept]:
    """The library's concepts, and those that ship and have not entered it, without the names it has given away."""
    mine = reader.concepts()
    taken = {fold(name) for concept in mine for name in (concept.name, *concept.aliases)}
    shipped = [
        one._replace(aliases=tuple(alias for alias in one.aliases if fold(alias) not in taken))
        for one in concepts.shipped_vocabulary()
        if fold(one.name) not in taken
    ]
    return [*mine, *shipped]


def chosen(reading: Adviser, library: Place, keys: Sequence[str], every: bool = False) -> list[str]:
    """The citekeys of the sources meant: those named, all, or those without any concept where none is named.

    Raises: NotFound for an unknown citekey, with the nearest.
    """
    if keys:
        with Reader(library) as reader:
            return [source.citekey for source in lookup.sources(reader, keys)]
    return [key for key, seen in reading.seen.items() if every or not seen.concepts]


def advise(
    reading: Adviser, key: str, declined: Collection[str] = (), broader: bool = False, limit: int = -1
) -> Advice:
    """The concepts suggested for a source, those `declined` left out, at most `limit` (0: all).

    Broader concepts of what it has or would get only with `broader`.
    """
    found = judge.suggest(reading.seen[key], reading.habits, reading.above, declined, broader)
    return Advice(reading.sources[key], found[:limit] if limit else found)


def accept(library: Place, accepted: Mapping[str, Sequence[str]]) -> list[Tagged]:
    """Tag sources, by citekey, with the concepts accepted for them, all in one step that one undo takes back."""
    wanted = {key: names for key, names in accepted.items() if names}
    if not wanted:
        return []
    planned = concepts.plan(library, [name for names in wanted.values() for name in names])
    with write(library, "concept suggest") as writer:
        concepts.enter(writer, planned.new)
        done = {key: {name: writer.tag(key, name) for name in names} for key, names in wanted.items()}
    return [
        Tagged(
            key,
            tuple(name for name, changed in made.items() if changed),
            tuple(name for name, changed in made.items() if not changed),
        )
        for key, made in done.items()
    ]
