"""Footnotes of a Markdown draft, which CommonMark does not know: told from the text, numbered as they are called.

Source: pandoc's manual, "Footnotes".
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .pandoc_mask import code

_NOTE = re.compile(r"^\[\^([^\[\]\s]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{4,}\S)))*)", re.MULTILINE)
_CALL = re.compile(r"\[\^([^\[\]\s]{1,60})\](?!:)")
_INDENT = re.compile(r"^[ \t]{1,4}", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


class Noted(NamedTuple):
    """A text with its footnotes' calls written out, and the notes that are called: Markdown, by number."""

    body: str
    notes: Mapping[int, str]


def noted(text: str, call: Callable[[int, bool], str]) -> Noted:
    """A Markdown text (lines end in newlines) without its footnotes.

    `call` gives what stands where a note is called, from its number and whether it is for the first time.
    """
    notes: dict[str, str] = {}
    hidden = code(text, "markdown")

    def take(found: "re.Match[str]") -> str:
        if any(start <= found.start() < end for start, end in hidden):
            return found[0]
        notes.setdefault(found[1], _INDENT.sub("", found[2]).strip())
        return ""

    body = _NOTE.sub(take, text) if "[^" in text else text
    if not notes:
        return Noted(body, {})
    numbers: dict[str, int] = {}

    def put(found: "re.Match[str]") -> str:
        if found[1] not in notes:
            return found[0]
        first = found[1] not in numbers
        return call(numbers.setdefault(found[1], len(numbers) + 1), first)

    body = _outside_code(body, lambda piece: _CALL.sub(put, piece))
    return Noted(body, {number: notes[label] for label, number in numbers.items()})


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """A text changed outside of its code."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted([*code(text, "markdown"), *(found.span() for found in _SPAN.finditer(text))]):
        if start >= at:
            pieces += [change(text[at:start]), text[start:end]]
            at = end
    return "".join([*pieces, change(text[at:])])
