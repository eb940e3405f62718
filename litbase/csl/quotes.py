"""Straight quotation marks and apostrophes made typographic, as a CSL processor does for every field."""

import re
from typing import NamedTuple

from litbase.csl.marks import MARKS, QUOTE, QUOTE_END, TYPED, TYPED_END


class Quotes(NamedTuple):
    """The quotation marks of a locale: outer pair, inner pair, and whether full stops and commas go inside.

    `as_typed` keeps outer quotation marks that came curled; else they become the locale's too.
    """

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"
    punctuation_inside: bool = True
    as_typed: bool = True


# Elisions whose mark is an apostrophe although a word follows it.
_ELIDED = re.compile(r"(?:\d0s|\d\d\b|em|til|tis|twas|twere|cause|round|n|bout)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{—–-/“‘„‚«‹")
_CLOSES = {"“": "”", "‘": "’"}


def curled(value: str) -> str:
    """A field with its quotations marked, and apostrophes typographic.

    Which quotation marks are printed is the locale's to say, and how deep a quotation stands, save
    for outer ones that came curled; see `punctuation.settled`. One without its partner stays a character.

    Source: CSL 1.0.2, "Quotes"; citeproc-js manual, "Quotation marks and apostrophes".
    """
    if not any(char in value for char in "'\"“‘"):
        return value
    out = list(value)
    waiting: list[tuple[str, int]] = []  # the kind and place of each opening mark not yet closed
    for position, char in enumerate(value):
        if char not in "'\"“”‘’":
            continue
        before, after = _seen(value, position, -1), _seen(value, position, 1)
        closed = _closed(char, before, after, waiting)
        if closed is not None:
            opening, place = waiting[closed]
            straight = opening in "'\""
            out[place], out[position] = (QUOTE, QUOTE_END) if straight else (TYPED + opening, TYPED_END + char)
            del waiting[closed:]
        elif char in _CLOSES or _opens(value, position, before, after):
            waiting.append((char, position))
    return "".join("’" if char == "'" else char for char in out)


def _opens(value: str, position: int, before: str, after: str) -> bool:
    """Whether a straight mark here can open a quotation."""
    if value[position] not in "'\"" or before not in _BEFORE_OPENING or after.isspace():
        return False
    return value[position] == '"' or not _ELIDED.match(value, position + 1)


def _closed(char: str, before: str, after: str, waiting: list[tuple[str, int]]) -> int | None:
    """Which of the waiting marks this one closes."""
    if char in "'’" and (before.isspace() or after.isalnum()):
        return None
    if char in "'\"" and before.isspace():
        return None
    for index in range(len(waiting) - 1, -1, -1):
        if waiting[index][0] == char if char in "'\"" else _CLOSES.get(waiting[index][0]) == char:
            return index
    return None


def _seen(value: str, position: int, step: int) -> str:
    """The next character to one side, marks of formatting looked through; a blank at the ends."""
    position += step
    while 0 <= position < len(value) and value[position] in MARKS:
        position += step
    return value[position] if 0 <= position < len(value) else " "


def apostrophes(value: str) -> str:
    """A name with typographic apostrophes."""
    return value.replace("'", "’")
