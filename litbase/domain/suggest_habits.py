"""What a library's tagging so far teaches: which concepts go with an author, a journal, a word, another concept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from .brief import leading
from .inline import strip
from .item import family
from .suggest_words import Index, Mention, mentions, telling, words
from .text import fold

Field: TypeAlias = Literal["title", "keywords", "note", "abstract", "container"]
Kind: TypeAlias = Literal["author", "container", "word", "concept", "phrase"]
# Something that sources can have in common, in a form that is equal where it is the same.
Trait: TypeAlias = tuple[Kind, str]


class Seen(NamedTuple):
    """A source as suggestions see it: what each text mentions, its traits with what to call them, its concepts."""

    mentions: dict[Field, list[Mention]]
    traits: dict[Trait, str]
    concepts: frozenset[str]


class Habits(NamedTuple):
    """Counts over the `tagged` sources, those that carry any concept; `sources` and `fired` count over all."""

    tagged: int
    carried: Counter[str]
    having: Counter[Trait]
    together: dict[Trait, Counter[str]]
    sources: int
    fired: Counter[Trait]


class Share(NamedTuple):
    """Of `having` sources with a trait, `carrying` carry a concept."""

    carrying: int
    having: int

    def smoothed(self, before: float, weight: float) -> float:
        """The share as a chance, where `before` is what one would say knowing none, as if seen `weight` times."""
        return (self.carrying + weight * before) / (self.having + weight)


def see(item: Mapping[str, Any], notes: Sequence[str], concepts: Iterable[str], vocabulary: Index) -> Seen:
    """What a source shows to suggest concepts by.

    Source: CSL 1.0.2, appendix IV, for the variables; `keyword` holds a provider's subjects too.
    """
    texts: dict[Field, str] = {
        "title": ". ".join(str(item[name]) for name in ("title", "volume-title") if item.get(name)),
        "keywords": str(item.get("keyword") or ""),
        "note": ".\n".join(notes),
        "abstract": str(item.get("abstract") or ""),
        "container": str(item.get("container-title") or ""),
    }
    found = {name: mentions(words(text), vocabulary) for name, text in texts.items() if text}
    carried = frozenset(concepts)
    traits: dict[Trait, str] = {("concept", name): name for name in carried}
    traits.update(_origins(item))
    traits.update(_words(texts))
    traits.update((phrase_trait(one), one.phrase.text) for those in found.values() for one in those)
    return Seen(found, traits, carried)


def beside(asking: Sequence[Seen], other: Seen) -> Seen:
    """Another source with the traits alone that suggestions for these are judged by."""
    shared = {
        trait: label
        for trait, label in other.traits.items()
        if trait[0] == "concept" or any(trait in one.traits for one in asking)
    }
    return other._replace(traits=shared)


def _origins(item: Mapping[str, Any]) -> Iterator[tuple[Trait, str]]:
    for name in leading(item):
        # One initial: the same person stands as "J. D." here and as "Jeremy" there.
        yield ("author", fold(f"{family(name)} {str(name.get('given') or '')[:1]}")), family(name)
    container = strip(str(item.get("container-title") or ""))
    if container:
        yield ("container", fold(container)), container


def _words(texts: Mapping[Field, str]) -> Iterator[tuple[Trait, str]]:
    # Not the abstract: its many words meet those of every other by chance.
    for name in ("title", "keywords", "note"):
        for root, word in telling(texts[name]):
            yield ("word", root), word


def phrase_trait(mention: Mention) -> Trait:
    """The trait of mentioning that phrase."""
    return ("phrase", " ".join(mention.phrase.words))


def learn(library: Iterable[Seen]) -> Habits:
    """The habits of a library."""
    habits = Habits(0, Counter(), Counter(), {}, 0, Counter())
    tagged = sources = 0
    for seen in library:
        sources += 1
        habits.fired.update(trait for trait in seen.traits if trait[0] == "phrase")
        if seen.concepts:
            tagged += 1
            habits.carried.update(seen.concepts)
            habits.having.update(list(seen.traits))
            for trait in seen.traits:
                habits.together.setdefault(trait, Counter()).update(seen.concepts)
    return habits._replace(tagged=tagged, sources=sources)


def share(habits: Habits, trait: Trait, concept: str, asking: Seen) -> Share:
    """How many of the other sources with a trait carry a concept: nothing is learnt of a source from its own tags."""
    having = habits.having.get(trait, 0)
    if not having:
        return Share(0, 0)
    counted = bool(asking.concepts) and trait in asking.traits
    return Share(habits.together[trait][concept] - (counted and concept in asking.concepts), having - counted)


def rate(habits: Habits, concept: str, asking: Seen) -> float:
    """How often the other tagged sources carry a concept, from 0 to 1."""
    others = habits.tagged - bool(asking.concepts)
    return (habits.carried[concept] - (concept in asking.concepts)) / others if others else 0.0
