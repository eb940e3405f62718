"""What a misspelt name or word may have meant: what the library has that begins alike, never all of it.

A small library is compared whole. Of a large one so much is taken as can be compared at once: the names that
begin with the same letter, or the same two or three.
"""

import re
from collections.abc import Callable

from .opened import Opened

# So many can be compared within some hundredths of a second.
_MOST = 5000
_WORD = re.compile(r"[^\W\d_]{5,}")
_LAST = "\U0010ffff"

# Each name once, found by steps from one to the next: the index has it once for every source.
_FAMILIES = """
WITH RECURSIVE one (folded) AS (
    SELECT min(folded) FROM contributor WHERE folded >= :first
    UNION ALL
    SELECT (SELECT min(c.folded) FROM contributor c WHERE c.folded > one.folded) FROM one WHERE one.folded < :last
)
SELECT (SELECT c.family FROM contributor c WHERE c.folded = one.folded LIMIT 1) FROM one
WHERE one.folded < :last LIMIT :most
"""


class Spelling(Opened):
    """What may have been meant."""

    def citekeys(self, beginning: str = "", limit: int = -1) -> list[str]:
        """The citekeys that begin so, in order."""
        rows = self._all(
            "SELECT citekey FROM source WHERE citekey >= :first AND citekey < :last "
            "AND id NOT IN (SELECT id FROM source WHERE deleted IS NOT NULL) ORDER BY citekey LIMIT :most",
            {"first": beginning, "last": beginning + _LAST, "most": limit},
        )
        return [row[0] for row in rows]

    def citekeys_like(self, key: str) -> list[str]:
        """The citekeys that a mistyped one may have meant."""
        return _narrowed(key, self.citekeys)

    def families_like(self, name: str) -> list[str]:
        """The family names that a misspelt one may have meant, each once; `name` is folded."""
        return _narrowed(name, self._families)

    def _families(self, beginning: str, limit: int) -> list[str]:
        rows = self._all(_FAMILIES, {"first": beginning, "last": beginning + _LAST, "most": limit})
        return [row[0] for row in rows]

    def title_words(self) -> list[str]:
        """Every word of five letters or more in the titles of the newest sources, once, lower-cased."""
        rows = self._all("SELECT title FROM source WHERE deleted IS NULL ORDER BY id DESC LIMIT ?", (_MOST,))
        return sorted({word for row in rows for word in _WORD.findall(row[0].lower())})


def _narrowed(like: str, ask: Callable[[str, int], list[str]]) -> list[str]:
    """All there are, or where that is too many those that begin alike."""
    for letters in range(4):
        found = ask(like[:letters], _MOST)
        if len(found) < _MOST:
            break
    return found
