"""How well a work answers the words somebody looks for: named distances, a score, and whether one is far ahead.

The words may be a few that are remembered ("safran muran alliance 2000") or a whole reference:
nobody says which of them are names. Each is looked for in every part of the work.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from litbase.domain.traits import SMALL, Traits, telling, words

ENOUGH = 82.0  # the least score of a work that is taken without asking
AHEAD = 12.0  # how far, in points, it must be before the next
_ALIKE = 86.0  # ratio from which two words are one with a slip in it
_YEAR = re.compile(r"(?<![\w–-])(1[5-9]\d\d|20\d\d)[a-z]?(?![\w–-])")


class Sought(NamedTuple):
    """What somebody looks for: the words, folded, and the year among them."""

    words: tuple[str, ...]
    year: int | None


class Distances(NamedTuple):
    """How far a work is from what is sought; None where the words do not say.

    words: the share of them that stands nowhere in the work. title: the share of the title that is not
    among the words, or how unlike both are in alphabetical order, if that is less. author: 0 where the
    first is named, more for a later one. container: the share of its words not given, where any is.
    """

    words: float
    title: float
    author: float | None
    year: float | None
    container: float | None


WEIGHTS = Distances(words=45, title=35, author=12, year=8, container=4)


def read(text: str) -> Sought:
    """What a text asks for; a year is one that stands alone, with or without a letter."""
    found = _YEAR.search(text)
    left = text[: found.start()] + " " + text[found.end() :] if found else text
    return Sought(words(left), int(found[1]) if found else None)


def apart(
    sought: Sought, work: Traits, ratio: Callable[[str, str], float], token_sort: Callable[[str, str], float]
) -> Distances:
    """The distances between words and a work; both functions answer from 0 to 100."""
    families = [part for person in work.people for part in person.family.split()]
    given = {part for person in work.people for part in (person.given, *person.initials) if part}
    known = {*work.title, *families, *given, *work.container, *work.publisher, work.volume, work.page}
    in_title = [word for word in sought.words if _holds(work.title, word, ratio)]
    elsewhere = [word for word in sought.words if word not in in_title]
    strange = [word for word in elsewhere if not _holds(known, word, ratio)]
    return Distances(
        _share(strange, sought.words),
        _title_apart(sought, work, in_title, ratio, token_sort),
        _author_apart(sought, work, ratio),
        _year_apart(sought.year, work.year),
        _container_apart(elsewhere, work, ratio),
    )


def scored(distances: Distances) -> float:
    """The score of distances, from 0 to 100: what is told, by its weight."""
    told = [(weight or 0, far) for weight, far in zip(WEIGHTS, distances, strict=True) if far is not None]
    return round(100 * (1 - sum(weight * far for weight, far in told) / sum(weight for weight, _ in told)), 1)


def is_clear(sought: Sought, scores: Sequence[float]) -> bool:
    """Whether the first of these scores, best first, is so far ahead that its work may be taken without asking.

    Two words fit too much: three are needed that tell something, or two and a year.
    """
    says = len(telling(sought.words)) + (sought.year is not None)
    if not scores or says < 3 or scores[0] < ENOUGH:
        return False
    return len(scores) < 2 or scores[0] - scores[1] >= AHEAD


def _title_apart(
    sought: Sought,
    work: Traits,
    in_title: Sequence[str],
    ratio: Callable[[str, str], float],
    token_sort: Callable[[str, str], float],
) -> float:
    """The least distance to the title, whole or up to a subtitle."""
    if not work.title:
        return 1.0
    # A single word before a colon is a poor title to be known by.
    parts = [work.title, *(work.title[:count] for count in work.breaks if len(telling(work.title[:count])) > 1)]
    missing = min(_share([word for word in part if not _holds(sought.words, word, ratio)], part) for part in parts)
    typed = " ".join(in_title)
    unlike = min(1 - token_sort(typed, " ".join(part)) / 100 for part in parts) if typed else 1.0
    return min(missing, unlike)


def _author_apart(sought: Sought, work: Traits, ratio: Callable[[str, str], float]) -> float | None:
    for place, person in enumerate(work.people):
        parts = [part for part in person.family.split() if part not in SMALL]
        if parts and all(_holds(sought.words, part, ratio) for part in parts):
            return 0.0 if place == 0 else 0.2
    return None


def _year_apart(one: int | None, other: int | None) -> float | None:
    if one is None or other is None:
        return None
    return {0: 0.0, 1: 0.1, 2: 0.4}.get(abs(one - other), 1.0)


def _container_apart(left: Sequence[str], work: Traits, ratio: Callable[[str, str], float]) -> float | None:
    known = telling(work.container)
    given = [word for word in known if _holds(left, word, ratio)]
    return 1 - len(given) / len(known) if given else None


def _holds(held: Iterable[str], word: str, ratio: Callable[[str, str], float]) -> bool:
    """Whether a word, or one that differs by a slip of the keys, is among others."""
    if word in held:
        return True
    if len(word) < 5 or word.isdigit():
        return False
    letters = sorted(word)
    return any(one[:1] == word[0] and (ratio(one, word) >= _ALIKE or sorted(one) == letters) for one in held)


def _share(some: Iterable[str], whole: Iterable[str]) -> float:
    """The weight of some words in that of all; small words and single letters weigh little."""
    all_of_it = sum(map(_weight, whole))
    return min(1.0, sum(map(_weight, some)) / all_of_it) if all_of_it else 1.0


def _weight(word: str) -> float:
    return 0.1 if word in SMALL or len(word) < 2 else 1.0
