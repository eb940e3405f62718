"""The form a title came in: sentence case, Title Case, CAPITALS, or a mixture.

What counts are the content words that do not begin a sentence: how many of them start with
a capital that no known name explains. Lowering a title that is right already only does harm.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from litbase.domain.casing.tokens import Tokens, bag

Form: TypeAlias = Literal["sentence", "title", "capitals", "mixed", "short"]

# Words that styles of Title Case leave small: their case says nothing.
MINOR = bag(
    "a an the and but or nor for so yet as at by in into of off on onto out over per to up upon via with "
    "within without from than that if about above across after against along amid among amongst around before "
    "behind below beneath beside besides between beyond despite down during except inside like near outside "
    "past since through throughout till toward towards under until unlike versus vs v is are be its it my "
    "your our their his her how what when who why do not no et al de la le der des du von van und y e il el "
    "los las da di et à"
)

# Small words that give a language away. Titles in other languages keep the case they came in.
_ENGLISH = bag("the of and for to on with from by is are at between how what")
_FOREIGN = bag(
    "der die das und den dem ein eine einer eines zur zum im für mit bei über auf aus oder nach le la les des "
    "du de et une un dans pour sur au aux entre par chez el los las del en y una para por con como su il lo "
    "gli di della delle dei nel nella e per che o os as da do dos das em na no nas um uma het een van voor "
    "met naar och på av ett til af og w i z na dla"
)

_CLOSE = frozenset(["", "-", "‐", "‑", "–", "/", ":", ".", "&", "'", "’", "'s", "’s", "'S", "’S"])


def is_close(gap: str) -> bool:
    """Whether the words on both sides of a gap may belong to one name."""
    return gap == " " or (gap.strip() in _CLOSE and gap != ": ")


def is_joint(gap: str) -> bool:
    """Whether a gap joins two parts of one compound."""
    return gap in ("-", "‐", "‑", "–", "/")


def is_capitals(tokens: Tokens) -> bool:
    """Whether a title stands in capitals throughout, as far as it has letters."""
    if tokens.words[0][-1].islower() and tokens.words[-1][-1].islower():
        return False
    if len(tokens.words) == 1:
        return len(tokens.words[0]) > 5 and tokens.words[0].isupper()
    letters = "".join(tokens.words)
    upper = sum(map(str.isupper, letters))
    return upper > 1 and upper > 0.8 * sum(map(str.isalpha, letters))


def form_of(tokens: Tokens, claimed: Sequence[str | None], names: dict[str, str]) -> list[Form]:
    """The form of each word's surroundings: of the title as a whole, or of its subtitle where they differ.

    `claimed` marks words that belong to a known phrase, `names` knows single ones: neither
    tells sentence case from Title Case.
    """
    if is_capitals(tokens):
        return ["capitals"] * len(tokens.words)
    if _is_foreign(tokens.lowers):
        return ["sentence"] * len(tokens.words)
    counts = _counts(tokens, claimed, names)
    small = sum(count[0] for count in counts)
    large = sum(count[1] for count in counts)
    whole = _judge(small, large)
    forms: list[Form] = []
    segment = -1
    for start in tokens.starts:
        segment += start
        here_small, here_large = counts[segment]
        differs = whole == "mixed" or (small and large and here_small + here_large > 1)
        here = _judge(here_small, here_large) if differs else whole
        forms.append(whole if here == "short" else here)
    return forms


def looks_like_prose(tokens: Tokens) -> bool:
    """Whether a longer text is written in ordinary sentences."""
    small = sum(word[0].islower() for word in tokens.words)
    return small > 0.6 * len(tokens.words)


def _judge(small: int, large: int) -> Form:
    if small + large == 0:
        return "short"
    if small >= large:
        return "sentence"
    return "title" if small * 3 <= large or small == 1 else "mixed"


def _counts(tokens: Tokens, claimed: Sequence[str | None], names: dict[str, str]) -> list[tuple[int, int]]:
    """For each sentence of a title, its content words in lower case and with a capital."""
    counts: list[tuple[int, int]] = []
    small = large = 0
    for index, (word, lower, gap, start) in enumerate(
        zip(tokens.words, tokens.lowers, tokens.gaps, tokens.starts, strict=False)
    ):
        if start:
            if index:
                counts.append((small, large))
            small = large = 0
            continue
        if len(word) < 3 or lower in MINOR or (gap != " " and is_joint(gap)):
            continue
        if word == lower:
            small += word.isalpha()
        elif word[1:].islower() and (claimed[index] or lower) == lower and lower not in names:
            large += 1
    counts.append((small, large))
    return counts


def _is_foreign(lowers: list[str]) -> bool:
    return _ENGLISH.isdisjoint(lowers) and sum(lower in _FOREIGN for lower in lowers) > 1
