"""What a work is known again by: its title as words, its people, its year and place, its numbers.

Read once from an item, so that comparing many costs no more than it must.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from litbase.domain import isbn
from litbase.domain.brief import leading
from litbase.domain.inline import strip
from litbase.domain.item import year
from litbase.domain.text import fold
from litbase.errors import BadInput

_WORD = re.compile(r"[^\W_]+")
# Where a title may end and a subtitle begin, whoever set the marks.
_SUBTITLE = re.compile(r"\s*[:?!]\s+|\s+[–—-]{1,2}\s+|\s*—\s*|\.\s+(?=\S{2})")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_PARTICLE = re.compile(
    r"^(?:(?:van|von|vom|zu|zur|de|del|della|di|da|dos|du|des|la|le|las|los|den|der|ter|ten|el|al|bin|ibn)[\s-]+)+"
)
_NUMBER = re.compile(r"\d+|(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTED = {word: str(number) for number, word in enumerate(_ORDINALS, 1)} | {
    word: str(number) for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven"), 1)
}
_ROMAN = {"i": 1, "v": 5, "x": 10}


class Person(NamedTuple):
    """A name for comparing: family name without particles and marks, initials, the first name where spelt out."""

    family: str
    initials: str
    given: str
    group: bool


class Traits(NamedTuple):
    """An item for comparing; empty or None where the item does not tell."""

    title: tuple[str, ...]
    """Its words, folded."""
    breaks: tuple[int, ...]
    """How many words stand before each place where a subtitle may begin."""
    numbers: frozenset[str]
    """The numbers in the title, Roman ones and words for them in figures."""
    people: tuple[Person, ...]
    year: int | None
    kind: str
    container: tuple[str, ...]
    volume: str
    page: str
    """The first page, or the number of an article."""
    edition: str
    publisher: tuple[str, ...]
    doi: str
    isbns: frozenset[str]


def traits(item: Mapping[str, Any]) -> Traits:
    """The traits of an item."""
    plain = strip(str(item.get("title") or ""))
    title = words(plain)
    return Traits(
        title,
        _breaks(plain),
        numbers(title),
        tuple(person(name) for name in leading(item)[:20]),
        year(item),
        str(item.get("type") or ""),
        words(strip(str(item.get("container-title") or ""))),
        fold(str(item.get("volume") or "")).strip(),
        _first_page(item),
        "".join(re.findall(r"\d+", str(item.get("edition") or ""))),
        words(str(item.get("publisher") or "")),
        fold(str(item.get("DOI") or "")),
        _isbns(str(item.get("ISBN") or "")),
    )


def _breaks(title: str) -> tuple[int, ...]:
    counts = (len(words(title[: found.start()])) for found in _SUBTITLE.finditer(title))
    whole = len(words(title))
    return tuple(dict.fromkeys(count for count in counts if 0 < count < whole))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; an apostrophe parts none."""
    return tuple(_WORD.findall(fold(_APOSTROPHE.sub("", text)).replace("&", " and ")))


# Words so common that a title is not known by them: English, German, French, the other Romance languages, Dutch.
SMALL = frozenset(
    words(
        "a an the of and or in on for to with from by at as is are its it be into about "
        "der die das des dem den ein eine und oder im in zu zur zum von mit für über auf als "
        "le la les l un une du des et ou en dans sur pour par aux au de d "
        "el los las una unos y o del al con por para e il lo gli dei di da per su een het van op voor"
    )
)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that a title is known by; all of them where it has none but small ones."""
    return tuple(word for word in words if word not in SMALL) or words


def numbers(words: tuple[str, ...]) -> frozenset[str]:
    """The numbers among words: figures, Roman numerals behind the first word, "second" and "two"."""
    found = set()
    for place, word in enumerate(words):
        if word in _COUNTED and place:
            found.add(_COUNTED[word])
        elif word.isdigit():
            found.add(word.lstrip("0") or "0")
        # A lone "i" or "v" at the beginning is a pronoun or an initial.
        elif place and _NUMBER.fullmatch(word):
            found.add(str(_value(word)))
    return frozenset(found)


def _value(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-one if any(one < later for later in values[place + 1 :]) else one for place, one in enumerate(values))


def person(name: Mapping[str, Any]) -> Person:
    """A CSL name for comparing."""
    literal = str(name.get("literal") or "")
    if literal:
        return Person(" ".join(word for word in words(literal) if word not in SMALL), "", "", True)
    family = _PARTICLE.sub("", fold(str(name.get("family") or name.get("given") or "")).strip())
    given = fold(str(name.get("given") or "")) if name.get("family") else ""
    parts = _WORD.findall(given)
    first = parts[0] if parts and len(parts[0]) > 1 else ""
    return Person("".join(_WORD.findall(family)), "".join(part[0] for part in parts), first, False)


def _first_page(item: Mapping[str, Any]) -> str:
    page = str(item.get("page") or item.get("number") or "")
    found = re.match(r"\s*(\w+)", fold(page))
    return found[1].lstrip("0") if found else ""


def _isbns(given: str) -> frozenset[str]:
    found = set()
    for one in re.split(r"[\s,;]+", given) if given else ():
        try:
            found.add(isbn.parse(one))
        except BadInput:
            continue
    return frozenset(found)
