"""Which concepts a source should carry, each with its reasons in words.

    suggest         the whole story: evidence, what is left out, the order
    suggest_words   where a vocabulary's names, aliases and cues stand in a text
    suggest_habits  what the user's tagging so far teaches

Every mention and every habit is evidence with a chance of being right, from 0 to 1. Pieces of
evidence are taken as independent: two of 0.5 make 0.75.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple, TypeAlias

from .suggest_habits import Field, Habits, Kind, Seen, Trait, phrase_trait, rate, share
from .suggest_words import AnyConcept, Mention, PhraseKind

# A concept is suggested where it is more likely right than wrong, with a little to spare.
ENOUGH = 0.6
# A concept may hide the broader one above it where it is nearly as likely.
_NEARLY = 0.75

# How often a phrase that fills its title speaks of its concept: names more than cues, several words more than one.
_PHRASES: dict[tuple[PhraseKind, bool], float] = {
    ("name", True): 0.95,
    ("name", False): 0.85,
    ("alias", True): 0.9,
    ("alias", False): 0.75,
    ("cue", True): 0.8,
    ("cue", False): 0.65,
}
# What is left of that elsewhere, for phrases of (several words, one): an abstract mentions much
# that the work is not about.
_FIELDS: dict[Field, tuple[float, float]] = {
    "title": (1.0, 1.0),
    "keywords": (0.95, 0.95),
    "note": (0.9, 0.9),
    "abstract": (0.7, 0.55),
    "container": (0.3, 0.3),
}
_LOOSE = 0.85
# A second phrase in the same text is worth this much of itself, a third the square of it.
_AGAIN = 0.6
# From so many sources on, a cue that stands in more than this share of them says less the commoner it is.
_MANY, _COMMON, _FALL = 20, 0.1, 1.5

# What the user's tagging is worth by kind of trait: the share of sources that must agree, how many
# sources the doubt weighs, and how far the trait speaks of the concept at all.
_HABITS: dict[Kind, tuple[float, float, float]] = {
    "author": (0.5, 1, 0.8),
    "container": (0.5, 1, 0.4),
    "word": (0.6, 3, 0.5),
    "concept": (0.6, 2, 0.7),
}
_DOUBT_OF_PHRASES = 4
# What one source has may be chance.
_FEWEST = 2


class Reason(NamedTuple):
    """One piece of evidence: its chance of being right, 0 to 1, and what it is in words."""

    chance: float
    text: str


class Suggestion(NamedTuple):
    """A concept that a source should carry, how likely, 0 to 1, and why, the strongest reason first."""

    concept: str
    chance: float
    reasons: tuple[str, ...]


Evidence: TypeAlias = dict[str, list[Reason]]
Above: TypeAlias = Mapping[str, frozenset[str]]


def suggest(
    seen: Seen, habits: Habits, above: Above, declined: Collection[str] = (), broader: bool = False
) -> list[Suggestion]:
    """The concepts a source should carry and does not, likeliest first.

    None of those `declined`; and, unless `broader`, none that stands above one that the source has
    or would get, as it is found under those anyhow. `above` is `tree_above` of the vocabulary.
    """
    found = evidence(seen, habits)
    chances = {concept: _any(reason.chance for reason in reasons) for concept, reasons in found.items()}
    enough = {concept for concept, chance in chances.items() if chance >= ENOUGH and concept not in declined}
    wanted = enough - seen.concepts if broader else _narrowest(enough, seen.concepts, chances, above)
    return [
        Suggestion(concept, round(chances[concept], 2), _texts(found[concept]))
        for concept in sorted(wanted, key=lambda one: (-chances[one], one))
    ]


def _narrowest(
    enough: Collection[str], carried: Collection[str], chances: Mapping[str, float], above: Above
) -> set[str]:
    """Those that stand above no other of them, nor above one the source carries."""
    firm = {
        concept
        for concept in enough
        if all(chances[concept] >= _NEARLY * chances[upper] for upper in above.get(concept, ()) if upper in enough)
    }
    implied = {upper for concept in {*firm, *carried} for upper in above.get(concept, ())}
    return firm - implied - set(carried)


def tree_above(concepts: Iterable[AnyConcept]) -> dict[str, frozenset[str]]:
    """For each concept the names of all that stand above it, at any height."""
    direct = {concept.name: concept.broader for concept in concepts}
    return {name: frozenset(_climb(name, direct)) for name in direct}


def _climb(name: str, direct: Mapping[str, Sequence[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(direct[name])
    while ahead:
        upper = ahead.pop()
        if upper not in reached:
            reached.add(upper)
            ahead += direct.get(upper, ())
    return reached - {name}


def evidence(seen: Seen, habits: Habits) -> Evidence:
    """Everything that speaks for a concept, by concept: mentions, then traits, then the concepts that those bring."""
    found: Evidence = {}
    for name, mentioned in seen.mentions.items():
        for concept, reason in _mentioned(name, mentioned, seen, habits):
            found.setdefault(concept, []).append(reason)
    for concept, reason in _by_traits(seen, habits):
        found.setdefault(concept, []).append(reason)
    sure = {concept: _any(reason.chance for reason in reasons) for concept, reasons in found.items()}
    company = {**{one: chance for one, chance in sure.items() if chance >= ENOUGH}, **dict.fromkeys(seen.concepts, 1.0)}
    for concept, reason in _by_company(company, seen, habits):
        found.setdefault(concept, []).append(reason)
    return found


def _any(chances: Iterable[float]) -> float:
    """The chance that at least one is right."""
    return 1 - prod(1 - chance for chance in chances)


def _texts(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(reason.text for reason in sorted(reasons, key=lambda one: -one.chance)[:3])


# -- mentions


def _mentioned(name: Field, mentioned: Iterable[Mention], seen: Seen, habits: Habits) -> Iterator[tuple[str, Reason]]:
    """What one text says for each concept it mentions; of mentions in one place the strongest counts."""
    by_concept: dict[str, list[tuple[float, Mention]]] = {}
    for one in mentioned:
        by_concept.setdefault(one.phrase.concept, []).append((_chance(name, one, seen, habits), one))
    for concept, weighed in by_concept.items():
        apart: list[tuple[float, Mention]] = []
        for chance, one in sorted(weighed, key=lambda pair: (-pair[0], pair[1].start)):
            if all(one.end <= other.start or other.end <= one.start for _, other in apart):
                apart.append((chance, one))
        chance = _any(chance * _AGAIN**rank for rank, (chance, _) in enumerate(apart))
        yield concept, Reason(chance, _in_words(name, [one for _, one in apart]))


def _chance(name: Field, mention: Mention, seen: Seen, habits: Habits) -> float:
    """The chance that a mention is of its concept, corrected by how it went with the user's own tagging."""
    phrase, trait = mention.phrase, phrase_trait(mention)
    several = len(phrase.words) > 1
    before = _PHRASES[phrase.kind, several] * _FIELDS[name][0 if several else 1]
    if not mention.exact:
        before *= _LOOSE
    if phrase.kind == "cue" and habits.sources >= _MANY:
        before *= 1 - _FALL * max(0.0, min(0.6, habits.fired[trait] / habits.sources - _COMMON))
    return share(habits, trait, phrase.concept, seen).smoothed(before, _DOUBT_OF_PHRASES)


def _in_words(name: Field, mentioned: Sequence[Mention]) -> str:
    phrase = mentioned[0].phrase
    texts = list(dict.fromkeys(one.phrase.text for one in mentioned))[:2]
    several = len(texts) > 1
    role = {
        "name": "",
        "alias": f", another name of {phrase.concept}",
        "cue": f", {'cues' if several else 'a cue'} of {phrase.concept}",
    }[phrase.kind]
    found = " and ".join(f"“{text}”" for text in texts)
    return f"{name} {'have' if name == 'keywords' else 'has'} {found}{role}"


# -- habits


def _by_traits(seen: Seen, habits: Habits) -> Iterator[tuple[str, Reason]]:
    """What authors, container and words say, the strongest of each kind for each concept."""
    own = _own_words(seen)
    best: dict[tuple[str, Kind], Reason] = {}
    for trait, label in seen.traits.items():
        if trait[0] in ("phrase", "concept"):
            continue
        for concept in _frequent(trait, habits):
            if trait[0] == "word" and trait[1] in own.get(concept, ()):
                continue  # the phrase it is part of has been heard
            reason = _habit(trait, label, concept, seen, habits)
            if reason is not None:
                best[concept, trait[0]] = max(best.get((concept, trait[0]), reason), reason)
    for (concept, _), reason in best.items():
        yield concept, reason


def _by_company(company: Mapping[str, float], seen: Seen, habits: Habits) -> Iterator[tuple[str, Reason]]:
    """What the concepts of a source, each held with some chance, say for others: the strongest for each."""
    best: dict[str, Reason] = {}
    for held, chance in company.items():
        for concept in _frequent(("concept", held), habits):
            reason = _habit(("concept", held), held, concept, seen, habits) if concept != held else None
            if reason is not None:
                reason = reason._replace(chance=reason.chance * chance)
                best[concept] = max(best.get(concept, reason), reason)
    yield from best.items()


def _frequent(trait: Trait, habits: Habits) -> Iterator[str]:
    """The concepts that enough sources with a trait carry to be worth a closer look: most do not."""
    fewest = max(_FEWEST, _HABITS[trait[0]][0] * (habits.having.get(trait, 0) - 1))
    return (concept for concept, carrying in habits.together.get(trait, {}).items() if carrying >= fewest)


def _habit(trait: Trait, label: str, concept: str, seen: Seen, habits: Habits) -> Reason | None:
    """What the other sources with a trait say for a concept; None where they are too few or too divided."""
    agreed, doubt, worth = _HABITS[trait[0]]
    found = share(habits, trait, concept, seen)
    if found.carrying < _FEWEST or found.carrying < agreed * found.having:
        return None
    alike = {
        "author": f"by {label} carry it",
        "container": f"in {label} carry it",
        "word": f"with “{label}” carry it",
        "concept": f"on {label} carry it too",
    }[trait[0]]
    chance = found.smoothed(rate(habits, concept, seen), doubt) * worth
    return Reason(chance, f"{found.carrying} of your {found.having} other sources {alike}")


def _own_words(seen: Seen) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    for mentioned in seen.mentions.values():
        for one in mentioned:
            own.setdefault(one.phrase.concept, set()).update(one.phrase.words)
    return own
