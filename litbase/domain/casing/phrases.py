"""Names of several words that the lists, or the work's abstract, know as such."""

from collections.abc import Sequence
from typing import TypeAlias

from litbase.domain.casing.form import is_close
from litbase.domain.casing.lexicon import Phrase, Phrases, Words
from litbase.domain.casing.tokens import Tokens

# For each word of a title the form something larger than the word has claimed for it.
Claims: TypeAlias = list[str | None]


def claim_phrases(tokens: Tokens, book: Phrases, words: Words, claimed: Claims, amid: bool = False) -> None:
    """Claim the words of known phrases, the longest at each place first.

    With `amid`, phrases with which a sentence begins are left alone: "The interpretation of
    dreams" is a title in its own right there, and a name only in "Rereading …".
    """
    firsts = book.firsts
    lowers = tokens.lowers
    last = len(lowers) - 1 if firsts else 0
    index = 0
    while index < last:
        lower = lowers[index]
        if lower[0].isdigit():
            lower = "0"
        if lower not in firsts or (amid and _begins(tokens, index)):
            index += 1
        else:
            index += _claim_first(tokens, index, book.starting_with(lower), words, claimed)


def _begins(tokens: Tokens, index: int) -> bool:
    """Whether a sentence begins with this word, or with an article before it."""
    return tokens.starts[index] or (tokens.starts[index - 1] and tokens.lowers[index - 1] in ("the", "a", "an"))


def _claim_first(tokens: Tokens, index: int, found: Sequence[Phrase], words: Words, claimed: Claims) -> int:
    """Claim the first phrase that fits at `index`; how many words to go on by."""
    following = tokens.lowers[index + 1]
    for rest, forms in found:
        if rest[0] != following and rest[0][0] not in "{0":
            continue
        if _fits(tokens, index, rest, words) and _could_be(tokens, index, forms):
            for offset, form in enumerate(forms):
                if form and claimed[index + offset] is None:
                    claimed[index + offset] = form
            # The last word may begin the next phrase: "the United States Army".
            return len(rest)
    return 1


def _fits(tokens: Tokens, index: int, rest: tuple[str, ...], words: Words) -> bool:
    if index + len(rest) >= len(tokens.lowers):
        return False
    for offset, wanted in enumerate(rest, index + 1):
        lower = tokens.lowers[offset]
        if lower != wanted:
            if wanted == "0":
                if not lower.isdigit():
                    return False
            elif wanted[0] != "{" or lower not in words.slots.get(wanted[1:-1], ()):
                return False
        if not is_close(tokens.gaps[offset]):
            return False
    return True


def _could_be(tokens: Tokens, index: int, forms: tuple[str, ...]) -> bool:
    """Whether no word is small in the title that the phrase writes with a capital."""
    for offset, form in enumerate(forms, index):
        if form[:1].isupper() and tokens.words[offset][0].islower():
            return False
    return True
