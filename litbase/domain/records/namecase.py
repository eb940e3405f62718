"""The letters of a name: capitals where it has them, initials with a stop and a blank each.

Source: APA 7, 9.8 (initials) and 6.11–6.21 (capitals as the person writes them).
"""

import re

_STUCK_INITIALS = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_BARE_INITIAL = re.compile(r"(?<![\w.’'-])([^\W\d_])(?=\s|$|-[^\W\d_](?:[.\s]|$))|(?<=-)([^\W\d_])(?=\s|$)")
_DOUBLE_STOP = re.compile(r"\.{2,}")
_TURKISH = re.compile(r"[İıĞğŞş]")
_APOSTROPHE = re.compile(r"^([DOLM])([’'])\s*(?=\w)", re.IGNORECASE)
_SMALL_PARTICLES = frozenset({"van", "von", "der", "den", "de", "la", "del", "du", "da", "dos", "di", "zu"})
_NUMERALS = frozenset({"II", "III", "IV"})
_NAME_SHAPES = ([False, True, False], [True, False, True], [False, True, True], [True, True, False])


def family_letters(family: str) -> str:
    """A family name with capitals where it has them: "MCDONALD" is McDonald, "VAN DER BERG" van der Berg.

    A single name in small letters gets its capital.
    """
    if family.islower() and " " not in family:
        return family[:1].upper() + family[1:]
    if not any(len(word) > 1 and word.isupper() for word in re.split(r"[\s-]", family)):
        return family
    words = family.split(" ")
    last = len(words) - 1
    return " ".join(_family_word(word, place < last) for place, word in enumerate(words))


def _family_word(word: str, leading: bool) -> str:
    """One word in capitals as a name's word; a particle before another in small letters."""
    if not word.isupper() or len(word.strip(".-’'")) < 2 or "." in word or word in _NUMERALS:
        return word
    if leading and word.casefold() in _SMALL_PARTICLES:
        return word.lower()
    return "-".join(_capitalised(part) for part in word.split("-"))


def _capitalised(word: str) -> str:
    """One word in capitals with its first letter only, and the second capital of Mc, O’ and D’."""
    if _TURKISH.search(word):
        return word[:1] + word[1:].replace("I", "ı").replace("İ", "i").lower()
    if found := _APOSTROPHE.match(word):
        return found[1] + found[2] + _capitalised(word[found.end() :])
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    return word[:1] + word[1:].lower()


def given_letters(given: str, capitals: bool) -> str:
    """A given name with capitals where it has them; short ones without a vowel are initials.

    `capitals`: the family name came in capitals, so that those of the given name say nothing.
    """
    if given.islower() and (" " not in given or len(given) == 1):
        return given[:1].upper() + given[1:]
    if not any(len(word) > 1 and word.isupper() for word in given.split(" ")):
        return given
    return " ".join(_given_word(word, capitals) for word in given.split(" "))


def _given_word(word: str, capitals: bool) -> str:
    bare = word.strip(".")
    if not bare.isupper() or len(bare) < 2 or "." in bare:
        return word
    if "-" in bare:
        return "-".join(_given_word(part, capitals) for part in word.split("-"))
    if len(bare) < 4 and bare.isascii() and not (capitals and _speakable(bare)):
        return " ".join(f"{letter}." for letter in bare)
    return _capitalised(bare) if capitals or len(bare) > 3 else word


def _speakable(word: str) -> bool:
    """Whether two or three capitals are a name, as BO and TOM, and no initials, as AB and AJS."""
    vowels = [letter in "AEIOUY" for letter in word]
    return vowels == [False, True] or vowels in _NAME_SHAPES or (vowels[0] and word[1:2] == word[2:])


def initials(given: str) -> str:
    """Initials with a stop and a blank each: "J.H.T.", "J H T" and "J. H. T." alike are "J. H. T."."""
    if given.isalpha() and len(given) > 1:
        return given
    given = _DOUBLE_STOP.sub(".", given)
    given = _STUCK_INITIALS.sub(" ", given)
    return _BARE_INITIAL.sub(_stopped, given)


def _stopped(found: re.Match[str]) -> str:
    letter = found[1] or found[2]
    return f"{letter}." if letter.isupper() else letter
