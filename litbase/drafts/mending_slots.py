"""What moves when an entry moves: in text and Markdown its lines without their mark, in HTML its element."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .draft import Draft
from .entries import Entry

_MARKER = re.compile(r"[ \t>]*(?:(?:[-*+•–—]|\d{1,3}[.)]|\[\d{1,3}\])[ \t]+)?")
_LINE_END = re.compile(r"(?:[ \t]|\\|<br\s*/?>)*\Z")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>", re.I)
_INLINE = {"a", "abbr", "b", "cite", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"}
_BLOCKS = {"li", "p", "div", "dd"}
_REACH = 4_000  # characters of tags around an entry that are looked at
_WORD = re.compile(r"[^\W\d_]")


class Slot(NamedTuple):
    """A stretch of the source that holds one entry.

    `inside` to `outside` is what stands in its element, `inside_end` the end of its words; in text the same as
    `start` and `end`.
    """

    start: int
    end: int
    inside: int
    inside_end: int
    outside: int


def row(draft: Draft, entries: Sequence[Entry]) -> list[Slot] | None:
    """The slots of entries that follow each other with nothing to read between; None where they do not."""
    found = [slot(draft, one) for one in entries]
    slots = [one for one in found if one is not None]
    if not slots or len(slots) < len(found) or any(draft.source.startswith("|", one.start) for one in slots):
        return None  # rows of a table have their own form
    for one, other in pairwise(slots):
        between = draft.source[one.end : other.start]
        if one.end > other.start or _WORD.search(_TAG.sub("", between)):
            return None
    dressed = {draft.source[one.start : one.inside].split(" ")[0].strip("<>") for one in slots}
    return slots if len(dressed) == 1 else None


def slot(draft: Draft, entry: Entry) -> Slot | None:
    """The slot of an entry; None where it shares its lines, or its element, with something else."""
    block = draft.blocks[entry.block]
    end = entry.start + len(block.text[entry.start : entry.end].rstrip())
    start, last = draft.offset(block, entry.start), draft.offset(block, end - 1)
    return _element(draft.source, start, last + 1) if draft.format == "html" else _lines(draft, start, last + 1)


def _lines(draft: Draft, start: int, end: int) -> Slot:
    source = draft.source
    first = source.rfind("\n", 0, start) + 1
    marker = _MARKER.match(source, first, start)
    begin = marker.end() if marker else start
    line_end = source.find("\n", end)
    line_end = len(source) if line_end < 0 else line_end
    tail = _LINE_END.search(source, end, line_end)
    until = tail.start() if tail else line_end
    return Slot(begin, until, begin, until, until)


def _element(source: str, start: int, end: int) -> Slot | None:
    """The element an entry fills, or the stretch between two breaks."""
    before = _tags_before(source, start)
    behind = _tags_behind(source, end)
    if before is None or behind is None:
        return None
    (opened, inside, name), (outside, closed, other) = before, behind
    if not _is_balanced(source[inside:outside]):
        return None
    inside_end = outside - (len(source[inside:outside]) - len(source[inside:outside].rstrip()))
    if name == other and name in _BLOCKS:
        return Slot(opened, closed, inside, inside_end, outside)
    lead = len(source[inside:outside]) - len(source[inside:outside].lstrip())
    return Slot(inside + lead, inside_end, inside + lead, inside_end, inside_end)


def _tags_before(source: str, start: int) -> tuple[int, int, str] | None:
    """The tag an entry's line or element begins behind: where it stands and its name; inline tags are passed over."""
    at = start
    while at > start - _REACH:
        at = len(source[:at].rstrip()) if source[at - 1 : at].isspace() else at
        begin = source.rfind("<", max(0, at - _REACH), at)
        tag = _TAG.match(source, begin) if begin >= 0 else None
        if tag is None or tag.end() != at:
            return None
        name = tag[2].lower()
        if name == "br" or (name in _BLOCKS and not tag[1]):
            return tag.start(), tag.end(), name
        if name not in _INLINE:
            return None
        at = tag.start()
    return None


def _tags_behind(source: str, end: int) -> tuple[int, int, str] | None:
    """The tag an entry's line or element ends before."""
    at = end
    while at < end + _REACH:
        blank = re.compile(r"\s*").match(source, at)
        tag = _TAG.match(source, blank.end() if blank else at)
        if tag is None:
            return None
        name = tag[2].lower()
        if name == "br" or (name in _BLOCKS and tag[1]):
            return tag.start(), tag.end(), name
        if name not in _INLINE:
            return None
        at = tag.end()
    return None


def _is_balanced(inside: str) -> bool:
    """Whether every inline tag that opens in a stretch closes there."""
    opened: list[str] = []
    for tag in _TAG.finditer(inside):
        name = tag[2].lower()
        if name not in _INLINE:
            return False
        if not tag[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
