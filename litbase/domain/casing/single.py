"""One word at a time: the case of a word that no phrase and no run has claimed."""

import re
from typing import NamedTuple

from litbase.domain.casing.evidence import Evidence
from litbase.domain.casing.form import MINOR, Form, is_joint
from litbase.domain.casing.kinship import PREFIXES, is_ordinary
from litbase.domain.casing.lexicon import COLOURS, Words
from litbase.domain.casing.tokens import Tokens, bag

_RACIAL = bag(
    "race races racial racialized racism racist antiracist antiracism ethnic ethnicity interracial biracial "
    "multiracial slavery segregation desegregation racially"
)


class Choice(NamedTuple):
    """How a word is to be written, and whether that was a guess."""

    text: str
    guessed: bool = False


_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s|d)")
# What no English word of few letters looks like: no vowel, or consonants that cannot stand together.
_UNSPEAKABLE = re.compile(
    r"[^aeiouyàâäéèêëîïôöûüœæøå]+|.*[bcdfghjklmnpqrtvwxz]{3}|aa.*"
    r"|(?!bl|br|ch|cl|cr|dj|dr|dw|fj|fl|fr|gh|gl|gn|gr|kh|kl|kn|kr|kw|ll|mc|ph|pl|pr|ps|rh|s[chklmnpqtvw]|sr|th|tr|ts|tw"
    r"|vl|vr|wh|wr|zh|zw)[bcdfghjklmnpqrstvwxz]{2}.{0,4}"
)

# Nouns whose letter is a name: Type A, Vitamin A, Hepatitis A.
_LETTERED = bag(
    "type vitamin hepatitis influenza group class part section appendix study version form plan factor grade "
    "cluster hemophilia haemophilia phase level sample table immunoglobulin coenzyme schedule protein series "
    "generation experiment category model blood figure"
)
# Endings of the second word of a species.
_LATIN = ("us", "a", "um", "is", "i", "ae", "ens", "es", "or", "ii")
_HONORIFICS = bag("mr mrs ms dr prof st sir lady lord saint president pope king queen emperor rep sen gov rev")
# What a person has: makes "Young's" and "Stern's" names.
_AUTHORED = bag(
    "theory theories law laws model work works concept concepts conception hypothesis paradox effect test "
    "method scale disease syndrome palsy sign criteria legacy contribution contributions thought philosophy "
    "psychology view views critique ethics letters life notion account argument theorem phenomenology "
    "sociology ideas writings typology framework taxonomy"
)


def choose(tokens: Tokens, index: int, form: Form, words: Words, evidence: Evidence) -> Choice:
    """The right form of one word, were it not at the start of a sentence."""
    word, lower = tokens.words[index], tokens.lowers[index]
    if form != "capitals":
        if word.islower():
            return Choice(word)
        if len(word) > 1 and not word[1:].islower():
            return _inner_capitals(tokens, index, words)
    if lower in evidence.names:
        return Choice(evidence.names[lower])
    if lower in evidence.small:
        return Choice(lower)
    if len(lower) == 1:
        return Choice(lower if _is_article(tokens, index) else word)
    if not lower.isalpha() and any(map(str.isdigit, lower)):
        return Choice(lower if _ORDINAL.fullmatch(lower) else word)
    if lower in COLOURS:
        return Choice(lower.capitalize() if _is_group(tokens, index, words) else lower)
    if lower in words.names:
        return Choice(words.names[lower])
    if lower in words.guarded:
        if is_person(tokens, index, words):
            return Choice(words.guarded[lower])
        return Choice(lower, guessed=lower not in words.common)
    if lower in MINOR or lower in words.common:
        shouted = form == "capitals" and lower in words.capitals and _is_amid_abbreviations(tokens, index, words)
        return Choice(words.capitals[lower] if shouted else lower)
    return _stranger(tokens, index, form, words)


def _inner_capitals(tokens: Tokens, index: int, words: Words) -> Choice:
    """A word with capitals of its own keeps them, unless it is one of several shouted words."""
    word = tokens.words[index]
    if word.isupper() and len(word) > 2 and tokens.lowers[index] in words.common:
        for near in (index - 1, index + 1):
            if (
                0 <= near < len(tokens.words)
                and len(tokens.words[near]) > 2
                and tokens.words[near].isupper()
                and tokens.lowers[near] in words.common
            ):
                return Choice(tokens.lowers[index])
    return Choice(word)


def _is_article(tokens: Tokens, index: int) -> bool:
    """Whether a single letter is the article "a" and not the name of a type or a vitamin."""
    if tokens.lowers[index] != "a" or tokens.gaps[index + 1].startswith("."):
        return False
    return index == 0 or tokens.lowers[index - 1] not in _LETTERED or tokens.words[index] == "a"


def _is_group(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a colour names a racial group: amid peoples, or in a title about race (APA 7, 5.7)."""
    lower = tokens.lowers[index]
    if lower.endswith("s") or any(near in _RACIAL for near in tokens.lowers):
        return True
    if lower == "black" and tokens.gaps[index + 1] == " " and tokens.lowers[index + 1] not in MINOR:
        return True  # black things that are no people's stand in the phrases
    return _is_listed(tokens, index, -1, words) or _is_listed(tokens, index, 1, words)


def _is_listed(tokens: Tokens, index: int, step: int, words: Words) -> bool:
    """Whether the nearest word on one side, past "and" or "or", is a people or a colour that is a group."""
    near = index + step
    while 0 <= near < len(tokens.lowers) and tokens.lowers[near] in ("and", "or", "versus", "vs", "than", "non"):
        near += step
    if not 0 <= near < len(tokens.lowers) or (
        near == index + step and tokens.gaps[max(near, index)] == " " and step < 0
    ):
        return False
    return tokens.lowers[near] in words.slots["peoples"]


def is_person(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a word that may be a name stands where a person's name stands."""
    if index:
        before, gap = tokens.lowers[index - 1], tokens.gaps[index]
        if gap in (" ", ". ") and (
            before in _HONORIFICS
            or (before in words.slots["given"] and before not in words.common)
            or (gap == ". " and len(before) == 1)
        ):
            return True
        if gap.strip() in ("-", "–", ",", "/") and _is_surname(before, words):
            return True
        if before in ("and", "&") and index > 1 and _is_surname(tokens.lowers[index - 2], words):
            return True
    after = tokens.gaps[index + 1]
    following = tokens.lowers[index + 1] if index + 1 < len(tokens.words) else ""
    if after[:2] in ("'s", "’s", "'S", "’S") and following in _AUTHORED:
        return True
    if after != " " or tokens.lowers[index] not in words.slots["given"] or words.is_plain(following):
        return False
    return _is_surname(following, words) or (following.isalpha() and not is_ordinary(following, words.common))


def _is_surname(lower: str, words: Words) -> bool:
    return lower in words.slots["surnames"] or lower in words.slots["scholars"]


def _stranger(tokens: Tokens, index: int, form: Form, words: Words) -> Choice:
    """A word that stands in no list."""
    word, lower = tokens.words[index], tokens.lowers[index]
    if form == "capitals":
        return _shouted_stranger(tokens, index, words)
    if is_person(tokens, index, words):
        return Choice(word)
    if _is_epithet(tokens, index, words):
        return Choice(lower)
    if _is_genus(tokens, index):
        return Choice(word, guessed=True)
    if _is_made_of_ordinary(tokens, index, words):
        return Choice(lower)
    return Choice(word, guessed=True)


def _shouted_stranger(tokens: Tokens, index: int, words: Words) -> Choice:
    """The same where all words are in capitals: it may be an abbreviation."""
    word, lower = tokens.words[index], tokens.lowers[index]
    if lower in words.capitals:
        return Choice(words.capitals[lower])
    if _ROMAN.fullmatch(lower):
        return Choice(word)
    if is_person(tokens, index, words) or (lower.startswith("mc") and len(lower) > 4):
        return Choice(_capitalized(lower))
    if _is_made_of_ordinary(tokens, index, words) or _is_epithet(tokens, index, words):
        return Choice(lower)
    if len(word) < 4 or "." in word or _UNSPEAKABLE.fullmatch(lower) or _in_brackets(tokens, index):
        return Choice(word, guessed=True)
    return Choice(lower if is_joint(tokens.gaps[index]) else _capitalized(lower), guessed=True)


def _is_amid_abbreviations(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a neighbour in a list is an abbreviation: ACT in "CBT, DBT, and ACT"."""
    for step in (-1, 1):
        near = index + step
        while 0 <= near < len(tokens.lowers) and tokens.lowers[near] in ("and", "or", "versus", "vs"):
            near += step
        listed = near != index + step or tokens.gaps[max(near, index)].strip() in (",", "/", "&")
        if listed and 0 <= near < len(tokens.lowers) and words.names.get(tokens.lowers[near], "a").isupper():
            return True
    return False


def _is_made_of_ordinary(tokens: Tokens, index: int, words: Words) -> bool:
    lower = tokens.lowers[index]
    return is_ordinary(lower, words.common) or (lower in PREFIXES and is_joint(tokens.gaps[index + 1]))


def _in_brackets(tokens: Tokens, index: int) -> bool:
    """Whether a word stands alone in brackets and its letters begin the words before."""
    if not (tokens.gaps[index].endswith("(") and tokens.gaps[index + 1].startswith(")")):
        return False
    initials = "".join(lower[0] for lower in tokens.lowers[:index] if lower not in MINOR)
    return initials.endswith(tokens.lowers[index])


def _is_genus(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word and a small Latin one after it make a species."""
    if index + 1 >= len(tokens.words) or tokens.gaps[index + 1] != " ":
        return False
    following = tokens.words[index + 1]
    return following.islower() and following not in MINOR and following.endswith(_LATIN)


def _is_epithet(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a word is the second of a species: the coli of Escherichia coli and of E. coli."""
    if not index:
        return False
    before, gap = tokens.lowers[index - 1], tokens.gaps[index]
    if gap == " ":
        return before in words.slots["genera"]
    return gap == ". " and len(before) == 1 and tokens.lowers[index].endswith(_LATIN)


def _capitalized(lower: str) -> str:
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + lower[2:].capitalize()
    if lower.startswith("o'"):
        return "O'" + lower[2:].capitalize()
    return lower[0].upper() + lower[1:]
