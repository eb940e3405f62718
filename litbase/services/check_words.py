"""What checking knows of words: names, places and ordinary words, from the lists that ship with litbase."""

from functools import cache

from litbase import bundled
from litbase.domain.text import fold
from litbase.drafts import Lexicon


@cache
def lexicon() -> Lexicon:
    """The word lists as drafts are read with them."""
    return Lexicon(
        given=_words("given"),
        surnames=_words("surnames", "scholars", "guarded"),
        places=_words("places"),
        common=_common,
        things=_words("brands", "history", "peoples", "calendar"),
    )


@cache
def _common() -> frozenset[str]:
    return _words("common")


def _words(*names: str) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in bundled.word_list(name))
