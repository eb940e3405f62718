"""How near two strings are, by rapidfuzz: "did you mean", and later duplicates and references."""

from collections.abc import Iterable

from litbase.domain.text import fold

# So much less it counts that a choice only begins like the word.
_START = 8


def nearest(word: str, choices: Iterable[str], limit: int = 3, cutoff: float = 70.0) -> list[str]:
    """The choices most like a word, best first, none below `cutoff` (a score from 0 to 100).

    Case and diacritics do not count; a word is also held against the beginning of longer choices,
    so that "attachmnt" finds "attachment theory".
    """
    from rapidfuzz import fuzz, process

    wanted = fold(word)
    by_form: dict[str, str] = {}
    for choice in choices:
        by_form.setdefault(fold(choice), choice)
    forms = list(by_form)
    starts = [form[: len(wanted) + 1] for form in forms]
    scores: dict[int, float] = {}
    for whole, less in ((forms, 0), (starts, _START)):
        for _, score, at in process.extract(wanted, whole, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff + less):
            scores[at] = max(score - less, scores.get(at, 0))
    best = sorted(scores, key=lambda at: (-scores[at], at))[:limit]
    return [by_form[forms[at]] for at in best if forms[at] != wanted]


def ratio(first: str, second: str) -> float:
    """How alike two strings are as they stand, from 0 to 100: the share of letters an edit leaves in place."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second)


def token_sort(first: str, second: str) -> float:
    """As `ratio`, with the words of each in alphabetical order."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(first, second)
