"""Finding a vocabulary in a text: names, aliases and cues of concepts, however they are inflected."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from .inline import strip
from .library import Concept, NewConcept
from .text import fold

PhraseKind: TypeAlias = Literal["name", "alias", "cue"]
AnyConcept: TypeAlias = Concept | NewConcept

# Between two clauses stands an empty word, which no phrase holds: "Trauma: Complex cases" has no complex trauma.
BREAK = ""
# How many other words may stand between those of a phrase: "ruptures in the therapeutic alliance".
_GAP = 3

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.:;!?()\[\]—]")
_ABBREVIATION = re.compile(r"[A-Z]{2,3}")
# Endings by which a word differs from its kin, the longest first, with what stands in their place.
_ENDINGS = (
    *(("atization", "a"), ("atizing", "a"), ("atized", "a"), ("atize", "a"), ("atic", "a")),
    *(("ation", ""), ("ative", ""), ("ating", ""), ("ated", ""), ("ate", "")),
    *(("ment", ""), ("ion", ""), ("ive", ""), ("ie", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("e", "")),
)
_BRITISH = re.compile(r"is(?=(?:ations?|ing|ed|es?)$)")
_PLURAL = re.compile(r"(?<=ss)es$|(?<=[xz])es$|(?<=[cs]h)es$|s$")
# Words that carry no meaning of their own: a phrase with gaps is made of the others.
_SMALL = frozenset(
    (
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on", "or", "our", "that",
        "the", "their", "this", "to", "we", "with", "within",
    )
)  # fmt: skip
# Words of four letters and more that say nothing of what a work is about, only that it is one.
_HOLLOW = _SMALL | frozenset(
    (
        "about", "above", "after", "again", "against", "also", "among", "another", "article", "back", "because",
        "been", "before", "being", "below", "between", "beyond", "book", "both", "chapter", "could", "does", "done",
        "down", "during", "each", "edition", "even", "every", "first", "from", "have", "here", "into", "itself",
        "just", "last", "less", "like", "made", "make", "makes", "many", "more", "most", "much", "must", "never",
        "only", "other", "others", "over", "paper", "part", "rather", "same", "second", "should", "since", "some",
        "still", "study", "such", "take", "takes", "text", "than", "them", "then", "there", "these", "they", "thing",
        "things", "those", "three", "through", "today", "toward", "towards", "under", "until", "upon", "very",
        "volume", "well", "were", "what", "when", "where", "whether", "which", "while", "whose", "will", "without",
        "work", "works", "would", "your",
    )
)  # fmt: skip


class Phrase(NamedTuple):
    """A name, alias or cue of a concept as it is written, and as the stems it is looked for by."""

    concept: str
    kind: PhraseKind
    text: str
    words: tuple[str, ...]


class Mention(NamedTuple):
    """Where a phrase stands in a text: words `start` to `end`; `exact` where nothing stands between its words."""

    phrase: Phrase
    start: int
    end: int
    exact: bool


class Index(NamedTuple):
    """A vocabulary made ready to be looked for.

    `exact`: phrases by their first word. `loose`: phrases of several telling words by each of
    these, with the others.
    """

    exact: dict[str, list[Phrase]]
    loose: dict[str, list[tuple[Phrase, frozenset[str]]]]


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without what inflection and spelling add: plural, -ing, -ed, -ation, British -ise, case, diacritics.

    An abbreviation of two or three capitals keeps them: "TA" is not "ta".
    """
    if _ABBREVIATION.fullmatch(word):
        return word
    folded = fold(word.replace("’", "'"))
    root = folded.removesuffix("'s").replace("'", "")
    if len(root) > 6:
        root = _BRITISH.sub("iz", root)
    if len(root) > 3 and root.endswith("s") and not root.endswith(("ss", "us", "is")):
        root = _PLURAL.sub("", root)
    for ending, instead in _ENDINGS:
        if root.endswith(ending) and len(root) - len(ending) >= 4:
            root = root.removesuffix(ending) + instead
            break
    doubled = len(root) > 4 and root[-1] == root[-2] and root[-1] not in "sl"
    return root[:-1] if doubled else root.removesuffix("y") + "i" if root.endswith("y") else root


def words(text: str) -> list[str]:
    """The stems of a text in order, `BREAK` between clauses; a text all in capitals is read as lower case."""
    return [stem(token) if token[0].isalnum() else BREAK for token in _tokens(text)]


def telling(text: str) -> Iterator[tuple[str, str]]:
    """The words that may say what a text is about, as (stem, word): neither numbers nor words too short or common."""
    for token in _tokens(text):
        if len(token) > 3 and not token.isdigit() and fold(token) not in _HOLLOW:
            yield stem(token), token


def _tokens(text: str) -> list[str]:
    plain = strip(text)
    return _TOKEN.findall(plain.lower() if plain.isupper() and " " in plain else plain)


def index(concepts: Iterable[AnyConcept]) -> Index:
    """The phrases of a vocabulary; one that a concept has as name and as cue counts as name."""
    found = Index({}, {})
    for concept in concepts:
        seen: set[tuple[str, ...]] = set()
        for phrase in _phrases(concept):
            if phrase.words and phrase.words not in seen:
                seen.add(phrase.words)
                found.exact.setdefault(phrase.words[0], []).append(phrase)
                parts = frozenset(phrase.words) - _SMALL
                for word in parts if len(parts) > 1 else ():
                    found.loose.setdefault(word, []).append((phrase, parts - {word}))
    return found


def narrowed(vocabulary: Index, mentioned: Iterable[Mention]) -> Index:
    """What of a vocabulary it takes to find these phrases in other texts, as the whole of it would find them.

    The phrases themselves, and those that hold all words of one: a longer phrase silences the cue within it.
    """
    wanted = {frozenset(one.phrase.words) for one in mentioned}
    kept: dict[tuple[str, ...], bool] = {}

    def speaks(phrase: Phrase) -> bool:
        if phrase.words not in kept:
            own = frozenset(phrase.words)
            kept[phrase.words] = any(words <= own for words in wanted)
        return kept[phrase.words]

    exact = {word: [one for one in those if speaks(one)] for word, those in vocabulary.exact.items()}
    loose = {word: [one for one in those if speaks(one[0])] for word, those in vocabulary.loose.items()}
    return Index(
        {word: those for word, those in exact.items() if those},
        {word: those for word, those in loose.items() if those},
    )


def _phrases(concept: AnyConcept) -> Iterator[Phrase]:
    kinds: tuple[tuple[PhraseKind, Sequence[str]], ...] = (
        ("name", (concept.name,)),
        ("alias", concept.aliases),
        ("cue", concept.cues),
    )
    for kind, texts in kinds:
        for text in texts:
            yield Phrase(concept.name, kind, text, tuple(word for word in words(text) if word != BREAK))


def mentions(stems: Sequence[str], vocabulary: Index) -> list[Mention]:
    """Every place where a phrase of the vocabulary stands in a text.

    A cue that is only part of a longer phrase there is left out: "mutual" in "mutual recognition"
    speaks of recognition. Names and aliases count also within longer ones.
    """
    found = [*_exact(stems, vocabulary), *_loose(stems, vocabulary)]
    whole = [(one.start, one.end) for one in found if one.exact and one.end - one.start > 1]
    return [one for one in found if one.phrase.kind != "cue" or not _inside(one, whole)]


def _inside(one: Mention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end and end - start > one.end - one.start for start, end in spans)


def _exact(stems: Sequence[str], vocabulary: Index) -> Iterator[Mention]:
    for start, word in enumerate(stems):
        for phrase in vocabulary.exact.get(word, ()):
            end = start + len(phrase.words)
            if tuple(stems[start:end]) == phrase.words:
                yield Mention(phrase, start, end, exact=True)


def _loose(stems: Sequence[str], vocabulary: Index) -> Iterator[Mention]:
    """Phrases whose words stand near each other in one clause, in any order: "regulation of affect"."""
    present = set(stems)
    for start, word in enumerate(stems):
        for phrase, others in vocabulary.loose.get(word, ()):
            end = _end(stems, start, others) if others <= present else None
            if end is not None and tuple(stems[start:end]) != phrase.words:
                yield Mention(phrase, start, end, exact=False)


def _end(stems: Sequence[str], start: int, others: frozenset[str]) -> int | None:
    """Where the last of some words stands that all follow a first one in its clause; None where they do not."""
    missing = set(others)
    for position in range(start + 1, min(start + len(others) + _GAP + 1, len(stems))):
        if stems[position] == BREAK:
            return None
        missing.discard(stems[position])
        if not missing:
            return position + 1
    return None
