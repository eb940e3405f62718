"""The entries of a reference list: which lines begin one, which belong to it, and what is read of it.

Entries may be list items, paragraphs, lines, whole or wrapped, or rows of a table; what is no entry is left to prose.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import reference
from .draft import Block, Draft, Place
from .reference import Reference, dates, legal, names
from .reference.letters import CAPITAL, PARTICLE, WORD

_INLINE = re.compile(r"(?:References?|Sources?|Bibliography|Works cited|Literature|Further reading):\s+", re.I)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|in press")
# "York, NY: Norton", where a line begins in the middle of a place.
_PLACE = re.compile(r"[^:,.]{2,30}, [A-Z]{2}: ")
# The authors of the entry before, as Chicago and older lists have it: "———. 2014."
_REPEATED = re.compile(r"(?:[—–―]{2,}|_{3,}|-{3,})[.,]?\s+(?=\(?(?:1[5-9]|20)\d\d|\(?n\.\s?d)")
_START = 700  # characters of an entry within which its date stands, unless its authors are very many
_INITIALED = re.compile(r"(?:,|\s)\s*[^\W\d_]\.")
_OTHER_STYLE = re.compile(
    rf"(?:{PARTICLE}\s+){{0,3}}(?:[a-z]+, [a-z]+\. [A-Z“\d]|{CAPITAL}(?:[ -]{WORD}){{0,3}}, {CAPITAL}"
    rf"|{CAPITAL}(?: {WORD}){{0,2}} [A-Z]{{1,3}}[,.])"
)
_ADDRESS = re.compile(r"https?://|www\.|\bdoi\b|10\.\d{4}", re.I)
_ENDED = re.compile(r"(?:[.!?)\]”\"’…]|https?://\S+|10\.\d{4,}/\S+)\s*$")
_SENTENCES = re.compile(r"[.?!]\s+[a-zA-Z].*[.?!]\s")
# A title behind a date: a stop, or a word with a capital, as Harvard has it; prose goes on in small letters.
_TITLE_FOLLOWS = re.compile(r"[.,:]|\s[^a-z\s]")
_SHOUTED = re.compile(r"©|\bcopyright\b|all rights reserved|\b(?:posted|published|updated|written) (?:by|on)\b", re.I)


class Entry(NamedTuple):
    """An entry of a reference list: its text as displayed, where it stands, and what was read of it."""

    text: str
    block: int
    start: int
    end: int
    place: Place
    section: int
    numbered: bool
    further: bool
    reference: Reference


class Piece(NamedTuple):
    """A line of a block; `block` is its number."""

    block: int
    start: int
    end: int
    text: str


def is_entry(text: str, strict: bool = True) -> bool:
    """Whether a text looks like the beginning of an entry; `strict` where no heading vouches for it.

    Source: APA 7, 9.5.
    """
    text = text[: reference.LONGEST]
    numbered = reference.NUMBERED.match(text)
    if numbered:
        text = text[numbered.end() :]
    if not text[:1].isalnum() and text[:1] not in "“\"‘'«[":
        return False
    date = dates.find(text, 0, len(text) if _many(text) else _START)
    if date is not None and date.year:
        head = text[: date.start].strip()
        following = text[date.end : date.end + 3]
        if names.is_person(head + " "):
            return not strict or not following.strip() or bool(_TITLE_FOLLOWS.match(following))
        ends = head.endswith((".", ")", "]", "?", "!", ".”")) and len(head.split()) <= 25
        if ends and following[:1] in (".", ",", ":") and not _SENTENCES.search(head):
            return True
        if not strict and _TITLE_FOLLOWS.match(following) and not _SHOUTED.search(text):
            return names.is_full(head) or _is_group(head)
        return False
    if strict:
        return False
    if legal.read(text) is not None:
        return True
    bare = dates.bare(text[:_START])
    if bare is not None and text[: bare.start].endswith(".") and _is_group(text[: bare.start].rstrip(".")):
        return True
    return (
        bool(_OTHER_STYLE.match(text))
        and bool(re.search(r"\b(?:1[5-9]|20)\d\d[a-z]?\b", text))
        and not _SHOUTED.search(text)
    )


def opens(text: str) -> bool:
    """Whether a line begins with a person as only lists have them: "Stern, D. N."."""
    return names.is_person(_bare(text))


def _is_group(head: str) -> bool:
    """Whether a text before a date can be a group's name: a few words, the telling ones with capitals."""
    words = [word.strip("()[]") or "-" for word in head.split()]
    return 0 < len(words) <= 12 and all(word[0].isupper() or len(word) < 5 for word in words) and not head.endswith(",")


def _many(text: str) -> bool:
    """Whether a text begins with a long list of persons."""
    return len(_INITIALED.findall(text[:_START])) > 12


def lines_of(number: int, block: Block) -> Iterator[Piece]:
    """A block's lines."""
    start = 0
    for end in (*block.breaks, len(block.text)):
        text = block.text[start:end]
        label = _INLINE.match(text)
        if label and is_entry(text[label.end() :]):
            # "Sources: Stern, D. N. (1985). …"
            yield Piece(number, start, start + label.end(), label[0])
            start += label.end()
            text = text[label.end() :]
        if text.strip():
            yield Piece(number, start, end, text)
        start = end + 1


def joined(draft: Draft, span: Sequence[Piece], index: int) -> str:
    """A line and those behind it in its block, as far as an entry's beginning can reach."""
    piece = span[index]
    limit = reference.LONGEST if _many(piece.text) else 2 * _START
    return draft.blocks[piece.block].text[piece.start : piece.start + limit].replace("\n", " ")


def gathered(
    draft: Draft, span: Sequence[Piece], section: int, further: bool, given: frozenset[str], strict: bool
) -> tuple[list[Entry], list[tuple[int, int, int]]]:
    """The entries among some lines, and which lines they take."""
    rows = table_rows(span)
    groups: list[list[Piece]] = []
    for index, piece in enumerate(span):
        if rows and any(index - back in rows for back in range(3)):
            if index in rows:
                groups.append(list(span[index : index + 3]))
            continue
        same = bool(groups) and groups[-1][-1].block == piece.block and groups[-1][-1].end + 1 == piece.start
        if same and not _is_whole(groups[-1]):
            groups[-1].append(piece)
        elif _begins(draft, span, index, strict):
            groups.append([piece])
        elif same and _goes_on(draft, groups[-1], piece):
            groups[-1].append(piece)
        elif not groups or not same:
            continue
    found: list[Entry] = []
    before = ""
    for group in groups:
        found.append(_entry(draft, group, section, further, given, before))
        before = _named(found[-1].text, before)
    return found, [(piece.block, piece.start, piece.end) for group in groups for piece in group]


def table_rows(span: Sequence[Piece]) -> set[int]:
    """Which lines begin the row of a table that is an entry: names, a year, and the rest in cells of their own."""
    return {
        index
        for index, (first, second, third) in enumerate(zip(span, span[1:], span[2:], strict=False))
        if _YEAR.fullmatch(second.text.strip())
        and len({first.block, second.block, third.block}) == 3
        and (
            names.is_person(first.text)
            or names.is_full(first.text)
            or (" " in first.text.strip() and _is_group(first.text.strip()))
        )
    }


def _begins(draft: Draft, span: Sequence[Piece], index: int, strict: bool) -> bool:
    """Whether a line begins an entry. Its date may stand on a later line of the same paragraph."""
    piece = span[index]
    if is_entry(piece.text, strict) or _REPEATED.match(piece.text):
        return True
    return (
        names.is_person(_bare(piece.text))
        and _PLACE.match(piece.text) is None
        and is_entry(joined(draft, span, index), strict)
    )


def _bare(text: str) -> str:
    numbered = reference.NUMBERED.match(text)
    return text[numbered.end() :] if numbered else text


def _is_whole(group: Sequence[Piece]) -> bool:
    """Whether what has been gathered has its date and could end here."""
    text = " ".join(piece.text for piece in group)
    return bool(re.search(r"\b(?:1[5-9]|20)\d\d|n\.\s?d\.|in press|forthcoming", text))


def _goes_on(draft: Draft, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether a line that begins no entry belongs to the one before it."""
    block = draft.blocks[piece.block]
    wrapped = block.text[piece.start - 1] == " "
    text = piece.text.lstrip()
    before = group[-1].text.rstrip()
    return wrapped or not _ENDED.search(before) or bool(_ADDRESS.match(text)) or text[:1] in "([" or text[:1].islower()


def _entry(
    draft: Draft, group: Sequence[Piece], section: int, further: bool, given: frozenset[str], before: str
) -> Entry:
    """The entry some lines are; `before` is the one before it, whose authors a dash repeats."""
    first, last = group[0], group[-1]
    block = draft.blocks[first.block]
    lead = len(first.text) - len(first.text.lstrip())
    start, end = first.start + lead, last.end
    if len({piece.block for piece in group}) > 1:
        return _row(draft, group, section, further, given)
    text = _unwrapped(block.text[start:end])
    hrefs = tuple(link.href for link in block.links if link.start < end and link.end > start)
    same = len(text) == end - start
    italics = tuple((a - start, b - start) for a, b in block.italics if a >= start and b <= end) if same else ()
    return Entry(
        text,
        first.block,
        start,
        end,
        draft.place(block, start),
        section,
        reference.NUMBERED.match(text) is not None,
        further,
        reference.parse(_named(text, before), hrefs, italics, given),
    )


def _named(text: str, before: str) -> str:
    """An entry that begins with a dash for the authors of the one before, with their names."""
    dash = _REPEATED.match(text)
    date = dates.find(before) or dates.bare(before)
    return before[: date.start].rstrip() + " " + text[dash.end() :] if dash and date else text


def _row(draft: Draft, group: Sequence[Piece], section: int, further: bool, given: frozenset[str]) -> Entry:
    """The entry that a row of a table is, as a line would have it; it stands where its names do."""
    first, when, rest = (piece.text.strip() for piece in group)
    text = f"{first} ({when}). {rest}"
    place = draft.place(draft.blocks[group[0].block], group[0].start)
    hrefs = tuple(link.href for link in draft.blocks[group[2].block].links)
    read = reference.parse(text, hrefs, (), given)
    return Entry(text, group[0].block, group[0].start, group[0].end, place, section, False, further, read)


def _unwrapped(text: str) -> str:
    """An entry on one line; an address that was broken is joined."""
    text = re.sub(r"(?<=[/_=])[ \n](?=[a-z0-9]\S*\s*$)", "", text.rstrip())
    return text.replace("\n", " ")
