"""How near two strings are, by rapidfuzz: "did you mean", and later duplicates and references."""

from collections.abc import Iterable

from litbase.domain.text import fold


def nearest(word: str, choices: Iterable[str], limit: int = 3, cutoff: float = 70.0) -> list[str]:
    """The choices most like a word, best first, none below `cutoff` (a score from 0 to 100).

    Case and diacritics do not count; a word is also held against the beginning of longer choices,
    so that "attachmnt" finds "attachment theory".
    """
    from rapidfuzz import fuzz, process

    wanted = fold(word)

    def alike(first: str, second: str, **_: object) -> float:
        whole: float = fuzz.ratio(first, second)
        start: float = fuzz.ratio(first, second[: len(first) + 1]) - 8
        return max(whole, start)

    by_form: dict[str, str] = {}
    for choice in choices:
        by_form.setdefault(fold(choice), choice)
    found = process.extract(wanted, list(by_form), scorer=alike, limit=limit, score_cutoff=cutoff)
    return [by_form[form] for form, _, _ in found if form != wanted]


def ratio(first: str, second: str) -> float:
    """How alike two strings are as they stand, from 0 to 100: the share of letters an edit leaves in place."""
    from rapidfuzz import fuzz

    return fuzz.ratio(first, second)


def token_sort(first: str, second: str) -> float:
    """As `ratio`, with the words of each in alphabetical order."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(first, second)
