"""Names that no list holds, but that can be told by the kind of noun they end or begin with.

A pattern looks at the words around such a noun and answers with the stretch of words that is
a name, or with none. Each is one function (instruments.py, institutions.py, landscape.py) and
one line in `_PATTERNS`.
"""

from collections.abc import Callable
from typing import TypeAlias

from litbase.domain.casing import institutions, instruments, landscape
from litbase.domain.casing.form import MINOR
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.phrases import Claims
from litbase.domain.casing.tokens import Stretch, Tokens

Pattern: TypeAlias = Callable[[Tokens, int, Words], Stretch | None]


def claim_patterns(tokens: Tokens, words: Words, claimed: Claims) -> None:
    """Claim every word that some pattern takes for part of a name."""
    for index, lower in enumerate(tokens.lowers):
        pattern = _PATTERNS.get(lower)
        if pattern is None or claimed[index] is not None or tokens.words[index][0].islower():
            continue
        stretch = pattern(tokens, index, words)
        if stretch is not None:
            _claim(tokens, *stretch, words, claimed)
    for index, claim in enumerate(claimed):
        if claim is not None and claim[0].isupper() and tokens.lowers[index] in instruments.EDITIONED:
            _claim(tokens, index + 1, instruments.edition_end(tokens, index), words, claimed)


def _claim(tokens: Tokens, begin: int, end: int, words: Words, claimed: Claims) -> None:
    for index in range(begin, end):
        word, lower = tokens.words[index], tokens.lowers[index]
        if claimed[index] is None:
            if lower in MINOR and index > begin and len(lower) < 4:
                claimed[index] = lower
            else:
                claimed[index] = words.names.get(lower) or _raised(word, lower, tokens)


def _raised(word: str, lower: str, tokens: Tokens) -> str:
    """A word with a capital; capitals of its own it keeps, unless all the title is in capitals."""
    shouted = word.isupper() and all(near == near.upper() for near in tokens.words)
    return lower[0].upper() + (lower if shouted else word)[1:]


_PATTERNS: dict[str, Pattern] = {
    **dict.fromkeys(instruments.INSTRUMENTS | instruments.MEASURES, instruments.instrument),
    **dict.fromkeys(instruments.RESEARCH, instruments.research),
    **dict.fromkeys(("survey",), institutions.survey),
    **dict.fromkeys(("act",), institutions.act),
    **dict.fromkeys(landscape.FEATURES, landscape.feature),
    **dict.fromkeys(institutions.BODIES - {"college"}, institutions.body),
    **dict.fromkeys(("council", "committee", "commission"), institutions.panel),
    **dict.fromkeys(("trial", "program", "initiative", "consortium", "network"), instruments.bracketed),
    **dict.fromkeys(landscape.DIRECTIONS, landscape.direction),
    **dict.fromkeys(landscape.BEFORE_NAMES, landscape.before_name),
    **dict.fromkeys(("project", "operation"), institutions.undertaking),
    **dict.fromkeys(institutions.PERIODICALS, institutions.periodical),
}
