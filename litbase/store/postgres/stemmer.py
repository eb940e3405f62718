"""Porter's stemmer, as the server's own `stem` (tables.py) has it: a server takes longer to load one than to search.

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14 (3), 1980, in the form of
https://snowballstem.org/algorithms/porter/stemmer.html; and its author's later rules for -logi and -bli.
"""

import re
from functools import lru_cache

# A y is a consonant at the beginning and after a vowel; such a one is written Y meanwhile.
_AFTER_VOWEL = re.compile(r"([aeiouy])y")
_VOWEL = re.compile(r"[aeiouy]")
# What stands behind the first consonant after a vowel is R1; R2 is the same of R1.
_REGION = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]")
_SHORT = re.compile(r"[^aeiouy][aeiouy][^aeiouywxY]$")
_DOUBLE = re.compile(r"(bb|dd|ff|gg|mm|nn|pp|rr|tt)$")
# For each ending, the longest first, what takes its place.
_SECOND = {
    "ational": "ate", "ization": "ize", "fulness": "ful", "ousness": "ous", "iveness": "ive", "tional": "tion",
    "biliti": "ble", "entli": "ent", "ation": "ate", "alism": "al", "aliti": "al", "ousli": "ous", "iviti": "ive",
    "enci": "ence", "anci": "ance", "abli": "able", "izer": "ize", "ator": "ate", "alli": "al", "eli": "e",
}  # fmt: skip
_THIRD = {"alize": "al", "icate": "ic", "iciti": "ic", "ative": "", "ical": "ic", "ness": "", "ful": ""}
_FOURTH = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
)  # fmt: skip


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a small, folded word."""
    if len(word) < 3:
        return word
    text = _AFTER_VOWEL.sub(r"\1Y", "Y" + word[1:] if word.startswith("y") else word)
    first = _after(text, 0)
    second = _after(text, first)
    for step in (_plural, _past, _last_y):
        text = step(text, first)
    text = _replaced(text, first, _SECOND)
    text = _replaced(text, first, _THIRD)
    text = _fourth(text, second)
    text = _last(text, first, second).replace("Y", "y")
    return re.sub(r"(log|.bl)i$", r"\1", text)


def _after(text: str, start: int) -> int:
    found = _REGION.match(text, start)
    return found.end() if found else len(text)


def _plural(text: str, _: int) -> str:
    if text.endswith(("sses", "ies")):
        return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith("ss") else text


def _past(text: str, first: int) -> str:
    if text.endswith("eed"):
        return text[:-1] if len(text) - 3 >= first else text
    ending = next((one for one in ("ed", "ing") if text.endswith(one)), "")
    if not ending or not _VOWEL.search(text[: -len(ending)]):
        return text
    text = text[: -len(ending)]
    if text.endswith(("at", "bl", "iz")):
        return text + "e"
    if _DOUBLE.search(text):
        return text[:-1]
    return text + "e" if len(text) == first and _SHORT.search(text) else text


def _last_y(text: str, _: int) -> str:
    return text[:-1] + "i" if text[-1] in "yY" and _VOWEL.search(text[:-1]) else text


def _replaced(text: str, first: int, endings: dict[str, str]) -> str:
    ending = next((one for one in endings if text.endswith(one)), "")
    if ending and len(text) - len(ending) >= first:
        return text[: -len(ending)] + endings[ending]
    return text


def _fourth(text: str, second: int) -> str:
    ending = next((one for one in _FOURTH if text.endswith(one)), "")
    rest = text[: len(text) - len(ending)]
    if not ending or len(rest) < second or (ending == "ion" and not rest.endswith(("s", "t"))):
        return text
    return rest


def _last(text: str, first: int, second: int) -> str:
    if text.endswith("e"):
        at = len(text) - 1
        if at >= second or (at >= first and not _SHORT.search(text[:-1])):
            text = text[:-1]
    return text[:-1] if text.endswith("ll") and len(text) - 1 >= second else text
