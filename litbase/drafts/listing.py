"""The reference lists of a draft: where they stand.

A list begins under a heading that says so, or is a run of entries by itself; what no list takes is prose.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .draft import Draft
from .entries import Entry, Piece, gathered, is_entry, joined, lines_of, opens, table_rows
from .reference.letters import wordlist

_VOCABULARY = wordlist(
    """
    references reference list lists of bibliography works work cited consulted sources source further reading
    readings and select selected recommended suggested additional literature resources notes note citations citation
    the annotated key for this post article chapter blog handout a more in text apa 7 7th edition edn list
    referenced cite read used section sections unit module part week
    literatur literaturverzeichnis quellen références bibliographie bibliografía
    referencias
    """
)
_CORE = wordlist(
    """
    references reference bibliography sources source reading readings literature citations cited consulted resources
    works referenced literatur literaturverzeichnis quellen références bibliographie bibliografía referencias read
    """
)
_FURTHER = wordlist(
    """
    further recommended suggested additional more
    """
)
_LABEL = re.compile(r"^[\s#>*_=\-–—•]*(?:(?:\d+|[IVX]+)[.)]?\s+)?|[\s#*_:.=\-–—]*$")
_WORDS = re.compile(r"[^\W_]+")
_FEWEST = 3  # entries of a list that no heading announces
_BETWEEN = 3  # paragraphs from one entry to the next in such a list
_LINES = 12  # lines from one to the next in one paragraph
_TITLE = 60  # characters of a line over a list that may be its heading


class Section(NamedTuple):
    """A reference list: its heading (empty where there is none) and the line it stands on."""

    heading: str
    line: int
    further: bool


class Split(NamedTuple):
    """A draft's entries, its lists, and what of its text is prose: (block, start, end)."""

    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    prose: tuple[tuple[int, int, int], ...]


class _List(NamedTuple):
    """Lines that hold a list, and the line over them; `strict` where no heading vouches for them."""

    heading: Piece | None
    span: list[Piece]
    strict: bool


def split(draft: Draft, given: frozenset[str] = frozenset()) -> Split:
    """The draft's reference lists and its prose; `given` are given names that help to read entries."""
    headed = list(_headed(draft))
    lists = sorted([*headed, *_runs(draft, headed)], key=lambda one: (one.span[0].block, one.span[0].start))
    lists = lists or list(_trailing(draft))
    entries: list[Entry] = []
    sections: list[Section] = []
    taken: list[tuple[int, int, int]] = []
    for number, one in enumerate(lists):
        title = one.heading.text if one.heading else ""
        words = frozenset(_WORDS.findall(title.lower()))
        further = bool(words & _FURTHER) and not words & {"references", "cited", "bibliography", "sources"}
        first = one.heading or one.span[0]
        place = draft.place(draft.blocks[first.block], first.start)
        sections.append(Section(_LABEL.sub("", title), place.line, further))
        found, lines = gathered(draft, one.span, number, further, given, one.strict)
        entries += found
        taken += [*([(first.block, first.start, first.end)] if one.heading else []), *lines]
    return Split(tuple(entries), tuple(sections), _rest(draft, taken))


def is_heading(text: str) -> bool:
    """Whether a line by itself announces a reference list."""
    if len(text) > 90:
        return False
    words = [word.lower() for word in _WORDS.findall(_LABEL.sub("", text)) if not word.isdigit()]
    return bool(words) and len(words) <= 8 and set(words) <= _VOCABULARY and bool(set(words) & _CORE)


def _headed(draft: Draft) -> Iterator[_List]:
    """The lists under headings that say so."""
    for heading, level in _headings(draft):
        span = _span(draft, heading, level)
        if _holds_entries(draft, span):
            yield _List(heading, span, strict=False)


def _headings(draft: Draft) -> Iterator[tuple[Piece, int]]:
    """The lines that announce a list, with their heading level (0: no heading to the format)."""
    for number, block in enumerate(draft.blocks):
        if len(block.text) > 90 and not block.breaks:
            continue
        for piece in lines_of(number, block):
            if is_heading(piece.text):
                yield piece, block.level


def _span(draft: Draft, heading: Piece, level: int) -> list[Piece]:
    """The lines under a heading, up to the next heading that is not a part of it."""
    found = [piece for piece in lines_of(heading.block, draft.blocks[heading.block]) if piece.start > heading.start]
    for number in range(heading.block + 1, len(draft.blocks)):
        block = draft.blocks[number]
        if block.kind == "heading" and (not level or block.level <= level):
            break
        if block.kind == "heading" and not is_heading(block.text):
            continue
        found += lines_of(number, block)
    return _cut(found)


def _cut(pieces: list[Piece]) -> list[Piece]:
    """The lines up to the next heading of a list."""
    for index, piece in enumerate(pieces):
        if is_heading(piece.text):
            return pieces[:index]
    return pieces


def _holds_entries(draft: Draft, span: Sequence[Piece]) -> bool:
    """Whether entries follow: the word "Sources" alone makes no list."""
    first = span[:12]
    found = any(is_entry(joined(draft, span, index), strict=False) for index in range(len(first)))
    return found or bool(table_rows(first))


def _runs(draft: Draft, headed: Sequence[_List]) -> Iterator[_List]:
    """Lists under any other words: runs of lines that begin as only entries do, little between them.

    Headings in a run sort its entries by topics.
    """
    held = {(piece.block, piece.start) for one in headed for piece in one.span}
    free: list[Piece] = []
    for number, block in enumerate(draft.blocks):
        for piece in lines_of(number, block):
            if block.kind == "code" or (piece.block, piece.start) in held:
                yield from _in_row(draft, free)
                free = []
            else:
                free.append(piece)
    yield from _in_row(draft, free)


def _in_row(draft: Draft, pieces: Sequence[Piece]) -> Iterator[_List]:
    """The lists among lines that follow each other."""
    begun: list[int] = []  # the lines that begin the entries of a run
    for index, piece in enumerate(pieces):
        if opens(piece.text) and is_entry(joined(draft, pieces, index)):
            if begun and not _near(pieces, begun[-1], index):
                yield from _run(draft, pieces, begun)
                begun = []
            begun.append(index)
    yield from _run(draft, pieces, begun)


def _near(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Whether little stands between two lines: an entry's own lines, a note, a heading, an entry by a group."""
    blocks = pieces[last].block - pieces[first].block
    return last - first <= (_LINES if blocks < 2 else _BETWEEN + blocks) and blocks <= _BETWEEN


def _run(draft: Draft, pieces: Sequence[Piece], begun: Sequence[int]) -> Iterator[_List]:
    """A run as a list, where it has entries enough; a short line or a heading over it is its heading.

    Entries by groups may stand before the first by a person, and behind the last.
    """
    if len(begun) < _FEWEST:
        return
    first = begun[0]
    while first and is_entry(joined(draft, pieces, first - 1)):
        first -= 1
    last = begun[-1]
    for index in range(last + 1, len(pieces)):
        if is_entry(joined(draft, pieces, index)):
            last = index
        elif pieces[index].block != pieces[last].block:
            break
    behind = next((at for at in range(last, len(pieces)) if pieces[at].block != pieces[last].block), len(pieces))
    span = list(pieces[first:behind])
    above = pieces[first - 1] if first else None
    titled = above is not None and (draft.blocks[above.block].kind == "heading" or len(above.text) < _TITLE)
    yield _List(above if titled else None, span, strict=False)


def _trailing(draft: Draft) -> Iterator[_List]:
    """The entries that end a draft without a heading for them: two or more in a row, little after them."""
    pieces = [
        piece
        for number, block in enumerate(draft.blocks)
        if block.kind != "heading"
        for piece in lines_of(number, block)
    ]
    ends = range(len(pieces) - 1, max(-1, len(pieces) - 12), -1)
    last = next((index for index in ends if is_entry(pieces[index].text)), None)
    if last is None:
        return
    first, misses, count = last, 0, 0
    for index in range(last, -1, -1):
        if is_entry(joined(draft, pieces, index)):
            first, misses, count = index, 0, count + 1
        else:
            misses += 1
            if misses > 3:
                break
    if count > 1:
        yield _List(None, pieces[first:], strict=True)


def _rest(draft: Draft, taken: Sequence[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """What of the draft no list takes; code is never prose."""
    by_block: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in taken:
        by_block.setdefault(number, []).append((start, end))
    found: list[tuple[int, int, int]] = []
    for number, block in enumerate(draft.blocks):
        if block.kind == "code":
            continue
        at = 0
        for start, end in sorted(by_block.get(number, [])):
            if start > at:
                found.append((number, at, start))
            at = max(at, end)
        if at < len(block.text):
            found.append((number, at, len(block.text)))
    return tuple(found)
