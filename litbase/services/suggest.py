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


class Advice(NamedTuple):
    """What is suggested for one source, likeliest first; each concept is the library's or one that ships."""

    source: Source
    suggestions: list[Suggestion]


# How many sources suggestions for new ones are learnt from.
RECENT = 100


class _Look(NamedTuple):
    """What a library is read into to see its sources: their notes and concepts by private id."""

    vocabulary: list[AnyConcept]
    sources: list[Source]
    texts: Mapping[int, Sequence[str]]
    carried: Mapping[int, Sequence[str]]

    def seen(self, source: Source, phrases: suggest_words.Index) -> Seen:
        return habits.see(loads(source.item), self.texts.get(source.id, ()), self.carried.get(source.id, ()), phrases)


def adviser(library: Place) -> Adviser:
    """Read a library for suggestions; 10,000 sources take some seconds.

    Raises: NotFound where there is no library; LibraryError.
    """
    look = _look(library)
    phrases = suggest_words.index(look.vocabulary)
    seen = {source.citekey: look.seen(source, phrases) for source in look.sources}
    return _adviser(look, seen, habits.learn(seen.values()))


def adviser_on(library: Place, keys: Sequence[str]) -> Adviser:
    """An adviser on those of these sources that are among the newest, learnt from these.

    The others are looked at only for what may tell of the sources asked about, which finds the same in less time.

    Raises: NotFound where there is no library; LibraryError.
    """
    look = _look(library, RECENT)
    phrases = suggest_words.index(look.vocabulary)
    asked = {source.citekey: look.seen(source, phrases) for source in look.sources if source.citekey in keys}
    mentioned = (one for seen in asked.values() for those in seen.mentions.values() for one in those)
    few = suggest_words.narrowed(phrases, mentioned)
    others = (look.seen(source, few) for source in look.sources if source.citekey not in asked)
    about = list(asked.values())
    learnt = habits.learn([*about, *(habits.beside(about, other) for other in others)])
    return _adviser(look, asked, learnt)


def _look(library: Place, newest: int = 0) -> _Look:
    with Reader(library) as reader:
        sources = reader.newest(newest) if newest else reader.sources()
        ids = [source.id for source in sources]
        return _Look(_vocabulary(reader), sources, reader.note_texts(ids, private=True), reader.concepts_of(ids))


def _adviser(look: _Look, seen: dict[str, Seen], learnt: Habits) -> Adviser:
    return Adviser({one.citekey: one for one in look.sources}, seen, learnt, judge.tree_above(look.vocabulary))


def _vocabulary(reader: Reader) -> list[AnyConcept]:
    """The library's concepts, and those that ship and have not entered it, without the names it has given away."""
    mine = reader.vocabulary()
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
