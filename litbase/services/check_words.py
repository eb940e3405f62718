"""What checking knows of words: names, places and ordinary words, from the lists that ship with litbase."""

from functools import cache

from litbase import bundled
from litbase.domain.text import fold
from litbase.drafts import Lexicon


@cache
def lexicon() -> Lexicon:
    """The word lists as drafts are read with them."""
    lists = bundled.word_lists()

    def words(*names: str) -> frozenset[str]:
        return frozenset(fold(word) for name in names for word in lists.get(name, ()))

    return Lexicon(
        given=words("given"),
        surnames=words("surnames", "scholars", "guarded"),
        places=words("places"),
        common=words("common"),
        things=words("brands", "history", "peoples", "calendar"),
    )
