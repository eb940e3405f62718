"""What the running text of a work (its abstract) shows about the case of its words.

Only words amid a sentence count: there a capital means a name. A run of capitals counts as
one name of several words, since "Adult Attachment Interview" says nothing about "attachment".
"""

from typing import NamedTuple

from litbase.domain.casing.form import MINOR, is_close, looks_like_prose
from litbase.domain.casing.lexicon import Phrases, Words
from litbase.domain.casing.tokens import Tokens, cut


class Evidence(NamedTuple):
    """The words a text writes small, the names it writes with a capital, and its names of several words."""

    small: frozenset[str]
    names: dict[str, str]
    runs: Phrases


NOTHING = Evidence(frozenset(), {}, Phrases())


def read(text: str, words: Words) -> Evidence:
    """The evidence in a running text; none where the text itself is in Title Case or CAPITALS."""
    if not text:
        return NOTHING
    tokens = cut(text)
    if not looks_like_prose(tokens):
        return NOTHING
    small: dict[str, int] = {}
    names: dict[str, int] = {}
    forms: dict[str, str] = {}
    runs = Phrases()
    index = 0
    while index < len(tokens.words):
        end = _run_end(tokens, index)
        if end == index:
            lower = tokens.lowers[index]
            if tokens.words[index][0].islower():
                small[lower] = small.get(lower, 0) + 1
            index += 1
            continue
        begin = index + 1 if tokens.starts[index] and tokens.lowers[index] not in words.names else index
        if end - begin == 1 and not (tokens.words[begin].isupper() and tokens.lowers[begin] in words.common):
            names[tokens.lowers[begin]] = names.get(tokens.lowers[begin], 0) + 1
            forms[tokens.lowers[begin]] = tokens.words[begin]
        elif end - begin > 1:
            runs.add(" ".join(tokens.words[begin:end]))
        index = end
    certain = {lower: forms[lower] for lower, seen in names.items() if seen > small.get(lower, 0)}
    return Evidence(frozenset(small.keys() - certain.keys()), certain, runs)


def _run_end(tokens: Tokens, index: int) -> int:
    """Where the run of capitalised words that begins at `index` ends; `index` itself where none does."""
    end = index
    position = index
    while position < len(tokens.words):
        if position > index and (tokens.starts[position] or not is_close(tokens.gaps[position])):
            break
        word = tokens.words[position]
        if word[0].isupper() and tokens.lowers[position] != "i":
            end = position + 1
        elif position == index or tokens.lowers[position] not in MINOR:
            break
        position += 1
    return end
