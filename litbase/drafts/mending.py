"""A draft mended in its file: stretches replaced, entries moved, left out and put in; all else byte for byte.

`edited` replaces what a reader sees as one stretch; `arranged` lays a reference list anew. What cannot be done
without touching markup is not done. A docx has its own room, mending_word.py.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from litbase.domain import inline
from litbase.domain.inline import Inlines

from . import build_source, mending_slots
from .build_source import Source
from .draft import Block, Draft
from .entries import Entry
from .mending_places import Places
from .mending_slots import Slot

Write: TypeAlias = Callable[[Inlines], str]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.I)
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f]+")
_LINE_END = re.compile(r"(?:\r\n?|\n)[ \t]*")
_BREAKABLE = re.compile(r"(?<!\bet) ")
_HYPHENS = str.maketrans("\u2010\u2011", "--")


class Edit(NamedTuple):
    """What a stretch of a block's displayed text is to be; where `start` is `end`, it goes in there.

    `last` puts it behind all that an entry has, markup too.
    """

    block: int
    start: int
    end: int
    tree: Inlines
    last: bool = False


class Edited(NamedTuple):
    """A changed text, and how many of the edits it took."""

    text: str
    done: int


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order of the draft, without those that reach into the one before."""
    kept: list[Edit] = []
    for one in sorted(set(edits), key=lambda one: (one.block, one.start, one.end)):
        if not kept or kept[-1].block != one.block or kept[-1].end < one.start:
            kept.append(one)
    return kept


def edited(raw: Source, draft: Draft, edits: Sequence[Edit], entries: Sequence[Entry], write: Write) -> Edited:
    """The file's text with these edits made, those left out that would run through markup."""
    places = Places(raw.text, draft)
    ends = {(one.block, one.end): one for one in entries}
    changes: list[tuple[int, int, str]] = []
    for one in edits:
        block = draft.blocks[one.block]
        span = _behind(draft, ends.get((one.block, one.end))) if one.last else _stretch(draft, block, one)
        found = places.span(*span) if span else None
        if found is not None:
            linked = any(link.start < one.end and one.start < link.end for link in block.links)
            words = _written(draft, one.tree, write, plainly=linked)
            changes.append((*found, _wrapped(raw.text[found[0] : found[1]], words)))
    return Edited(build_source.replaced(raw.text, sorted(changes)), len(changes))


def _written(draft: Draft, tree: Inlines, write: Write, plainly: bool) -> str:
    """Words for the file. Without markup of their own they are written as such: no sign in them is new to it."""
    words = inline.plain(tree)
    if plainly or tree == inline.text(words):
        return escape(words, quote=False) if draft.format == "html" else words
    lead = words[: len(words) - len(words.lstrip(" ."))]
    return lead + write(tree).lstrip(" .")


def _wrapped(before: str, words: str) -> str:
    """Words with the line's end that stood in what they replace, so that lines keep their length."""
    end = _LINE_END.search(before)
    if end is None:
        return words
    blanks = [found.start() for found in _BREAKABLE.finditer(words)]
    if not blanks:
        return end[0] + words
    at = min(blanks, key=lambda blank: abs(blank - end.start()))
    return words[:at] + end[0] + words[at + 1 :]


def _stretch(draft: Draft, block: Block, one: Edit) -> tuple[int, int] | None:
    """Where a stretch stands in the draft's source; None where markup stands between its characters."""
    if one.start == one.end:
        at = draft.offset(block, one.start - 1)
        at += len(_sign(draft, at))
        return at, at
    start = draft.offset(block, one.start)
    last = draft.offset(block, one.end - 1)
    end = last + len(_sign(draft, last))
    shown = draft.source[start:end]
    if draft.format == "html":
        shown = unescape(shown)
    return (start, end) if _same(shown, block.text[one.start : one.end]) else None


def _sign(draft: Draft, at: int) -> str:
    """What stands in the source for the one character there."""
    entity = _ENTITY.match(draft.source, at) if draft.format == "html" else None
    return entity[0] if entity else draft.source[at : at + 1]


def _same(one: str, other: str) -> bool:
    return _BLANKS.sub(" ", one).translate(_HYPHENS) == _BLANKS.sub(" ", other).translate(_HYPHENS)


def _behind(draft: Draft, entry: Entry | None) -> tuple[int, int] | None:
    """The place behind an entry's last word and the tags that close on it."""
    slot = mending_slots.slot(draft, entry) if entry else None
    return (slot.inside_end, slot.inside_end) if slot else None


def arranged(
    raw: Source, draft: Draft, entries: Sequence[Entry], wanted: Sequence[int | Inlines], write: Write
) -> str | None:
    """The file's text with a list laid anew: `wanted` are numbers of its entries, and trees of new ones.

    None where the list is no plain row of entries, so that nothing in it can be moved.
    """
    slots = mending_slots.row(draft, entries)
    if slots is None:
        return None
    places = Places(raw.text, draft)
    spans = [places.span(one.start, one.end) for one in slots]
    found = [span for span in spans if span is not None]
    if len(found) < len(slots):
        return None
    gaps = [raw.text[a[1] : b[0]] for a, b in pairwise(found)]
    usual = max(gaps, key=gaps.count, default="") or _gap(raw, draft, slots[0])
    chunks = [_chunk(raw, draft, one, slots, found, write) for one in wanted]
    joined = "".join(_laid(chunks, gaps, usual))
    return raw.text[: found[0][0]] + joined + raw.text[found[-1][1] :]


def _chunk(
    raw: Source,
    draft: Draft,
    one: int | Inlines,
    slots: Sequence[Slot],
    spans: Sequence[tuple[int, int]],
    write: Write,
) -> str:
    """An entry as it stands, or a new one in the dress of the first."""
    if isinstance(one, int):
        return raw.text[spans[one][0] : spans[one][1]]
    first = slots[0]
    opening = re.sub(r"""\s+id=(?:"[^"]*"|'[^']*'|[^\s>]*)""", "", draft.source[first.start : first.inside])
    return opening + write(one) + draft.source[first.outside : first.end]


def _laid(chunks: Sequence[str], gaps: Sequence[str], usual: str) -> Iterator[str]:
    """Chunks with what stood between them; the usual gap where there are more of them now."""
    for number, chunk in enumerate(chunks):
        if number:
            yield gaps[number - 1] if number <= len(gaps) else usual
        yield chunk


def _gap(raw: Source, draft: Draft, only: Slot) -> str:
    """What goes between entries where there is only one so far."""
    marker = draft.source[draft.source.rfind("\n", 0, only.start) + 1 : only.start]
    if draft.format == "html" or marker.strip():
        return raw.line_end + marker
    return 2 * raw.line_end
