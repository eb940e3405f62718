"""Citekeys: short names for sources that people can type, remember and leave in a draft for years."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from . import inline
from .item import family, names, year
from .text import fold

# Whose work it is, in the order in which APA lets them stand for an author.
_LEADING = (
    "author", "host", "director", "script-writer", "composer", "performer", "narrator",
    "editor", "compiler", "translator",
)  # fmt: skip
_ARTICLES = {"a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "los", "las"}
_VALID = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}", re.IGNORECASE)


def stem(item: Mapping[str, Any]) -> str:
    """The citekey a work would have if no other wanted it: `deyoung2015`, `minikin_nd`.

    Letters and digits of ASCII only. A work without a name goes by the first telling word of its title.
    """
    when = year(item)
    head = _head(item)
    if when is None:
        return f"{head}_inpress" if item.get("status") == "in press" else f"{head}_nd"
    return f"{head}{when}" if when >= 0 else f"{head}_bce{-when}"


def _head(item: Mapping[str, Any]) -> str:
    for variable in _LEADING:
        people = names(item, variable)
        if people:
            # A long group name would make a key nobody types: its first two words are enough.
            known = family(people[0])
            letters = _letters(" ".join(known.split()[:2]) if people[0].get("literal") else known)
            if letters:
                return letters[:32]
    words = [_letters(word) for word in inline.strip(str(item.get("title") or "")).split()]
    telling = [word for word in words if word and word not in _ARTICLES]
    return (telling or ["untitled"])[0][:32]


def _letters(value: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(value))


def free(stem: str, taken: Callable[[str], bool]) -> str:
    """The key a stem's next work gets: the stem, then `…b`, `…c`, to `…z`, `…aa` and on.

    `…a` is left free for the source that has the bare stem: it is known by both. Keys are given in turn, so
    the last is looked for in doubling steps: a name with a thousand works is asked for twenty times.
    """
    if not taken(stem):
        return stem
    known, step = 0, 1  # how many keys are known to be taken after the bare stem, and the way to the next asked for
    while taken(_numbered(stem, known + step)):
        known, step = known + step, step * 2
    first = known + step
    while first - known > 1:
        middle = (known + first) // 2
        known, first = (middle, first) if taken(_numbered(stem, middle)) else (known, middle)
    return _numbered(stem, first)


def _numbered(stem: str, number: int) -> str:
    return f"{stem}{'' if stem[-1:].isdigit() else '_'}{_suffix(number)}"


def first_alias(stem: str) -> str:
    """The second name that the first source of a stem gets when another joins it: `stern1985a`."""
    return f"{stem}{'' if stem[-1:].isdigit() else '_'}a"


def _suffix(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def valid(key: str) -> bool:
    """Whether a key chosen by hand can be typed, piped and put into pandoc's `[@key]`."""
    return _VALID.fullmatch(key) is not None
