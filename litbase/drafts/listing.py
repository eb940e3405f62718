"""The reference list of a draft: where it stands, and its entries, one by one.

A list begins under a heading that says so, or, where none does, with the run of entries that ends the
text. Entries may be list items, paragraphs, or lines, whole or wrapped; what is no entry is left to prose.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import reference
from .draft import Block, Draft, Place
from .reference import Reference, dates, legal, names
from .reference.letters import CAPITAL, PARTICLE, WORD, wordlist

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
_INLINE = re.compile(r"(?:References?|Sources?|Bibliography|Works cited|Literature|Further reading):\s+", re.I)
_LABEL = re.compile(r"^[\s#>*_=\-–—•]*(?:(?:\d+|[IVX]+)[.)]?\s+)?|[\s#*_:.=\-–—]*$")
_WORDS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|in press")
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


class _Piece(NamedTuple):
    """A line of a block; `block` is its number."""

    block: int
    start: int
    end: int
    text: str


def split(draft: Draft, given: frozenset[str] = frozenset()) -> Split:
    """The draft's reference lists and its prose; `given` are given names that help to read entries."""
    headings = list(_headings(draft))
    spans = [_span(draft, piece, level) for piece, level in headings]
    spans = [span for span, (piece, _) in zip(spans, headings, strict=True) if _holds_entries(draft, span)]
    kept = [one for one in headings if _holds_entries(draft, _span(draft, *one))]
    if not spans:
        return _trailing(draft, given)
    entries: list[Entry] = []
    sections: list[Section] = []
    taken: list[tuple[int, int, int]] = []
    for number, ((piece, _), span) in enumerate(zip(kept, spans, strict=True)):
        words = frozenset(_WORDS.findall(piece.text.lower()))
        further = bool(words & _FURTHER) and not words & {"references", "cited", "bibliography", "sources"}
        sections.append(
            Section(_LABEL.sub("", piece.text), draft.place(draft.blocks[piece.block], piece.start).line, further)
        )
        found, lines = _entries(draft, span, number, further, given, strict=False)
        entries += found
        taken += [(piece.block, piece.start, piece.end), *lines]
    return Split(tuple(entries), tuple(sections), _rest(draft, taken))


def is_heading(text: str) -> bool:
    """Whether a line by itself announces a reference list."""
    if len(text) > 90:
        return False
    words = [word.lower() for word in _WORDS.findall(_LABEL.sub("", text)) if not word.isdigit()]
    return bool(words) and len(words) <= 8 and set(words) <= _VOCABULARY and bool(set(words) & _CORE)


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
        if names.is_person(head + " "):
            return True
        following = text[date.end : date.end + 3]
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


def _is_group(head: str) -> bool:
    """Whether a text before a date can be a group's name: a few words, the telling ones with capitals."""
    words = head.split()
    return 0 < len(words) <= 12 and all(word[0].isupper() or len(word) < 5 for word in words) and not head.endswith(",")


def _many(text: str) -> bool:
    """Whether a text begins with a long list of persons."""
    return len(_INITIALED.findall(text[:_START])) > 12


def _headings(draft: Draft) -> Iterator[tuple[_Piece, int]]:
    """The lines that announce a list, with their heading level (0: no heading to the format)."""
    for number, block in enumerate(draft.blocks):
        if len(block.text) > 90 and not block.breaks:
            continue
        for piece in _pieces(number, block):
            if is_heading(piece.text):
                yield piece, block.level


def _pieces(number: int, block: Block) -> Iterator[_Piece]:
    """A block's lines."""
    start = 0
    for end in (*block.breaks, len(block.text)):
        text = block.text[start:end]
        label = _INLINE.match(text)
        if label and is_entry(text[label.end() :]):
            # "Sources: Stern, D. N. (1985). …"
            yield _Piece(number, start, start + label.end(), label[0])
            start += label.end()
            text = text[label.end() :]
        if text.strip():
            yield _Piece(number, start, end, text)
        start = end + 1


def _span(draft: Draft, heading: _Piece, level: int) -> list[_Piece]:
    """The lines under a heading, up to the next heading that is not a part of it."""
    found = [piece for piece in _pieces(heading.block, draft.blocks[heading.block]) if piece.start > heading.start]
    for number in range(heading.block + 1, len(draft.blocks)):
        block = draft.blocks[number]
        if block.kind == "heading" and (not level or block.level <= level):
            break
        if block.kind == "heading" and not is_heading(block.text):
            continue
        found += _pieces(number, block)
    return _cut(found)


def _cut(pieces: list[_Piece]) -> list[_Piece]:
    """The lines up to the next heading of a list."""
    for index, piece in enumerate(pieces):
        if is_heading(piece.text):
            return pieces[:index]
    return pieces


def _holds_entries(draft: Draft, span: Sequence[_Piece]) -> bool:
    """Whether entries follow: the word "Sources" alone makes no list."""
    first = span[:12]
    return any(is_entry(_joined(draft, span, index), strict=False) for index in range(len(first))) or bool(_rows(first))


def _joined(draft: Draft, span: Sequence[_Piece], index: int) -> str:
    """A line and those behind it in its block, as far as an entry's beginning can reach."""
    piece = span[index]
    limit = reference.LONGEST if _many(piece.text) else 2 * _START
    return draft.blocks[piece.block].text[piece.start : piece.start + limit].replace("\n", " ")


def _entries(
    draft: Draft, span: Sequence[_Piece], section: int, further: bool, given: frozenset[str], strict: bool
) -> tuple[list[Entry], list[tuple[int, int, int]]]:
    """The entries among some lines, and which lines they take."""
    rows = _rows(span)
    groups: list[list[_Piece]] = []
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
    found = [_entry(draft, group, section, further, given) for group in groups]
    return found, [(piece.block, piece.start, piece.end) for group in groups for piece in group]


def _rows(span: Sequence[_Piece]) -> set[int]:
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


def _begins(draft: Draft, span: Sequence[_Piece], index: int, strict: bool) -> bool:
    """Whether a line begins an entry. Its date may stand on a later line of the same paragraph."""
    piece = span[index]
    if is_entry(piece.text, strict):
        return True
    return names.is_person(_bare(piece.text)) and is_entry(_joined(draft, span, index), strict)


def _bare(text: str) -> str:
    numbered = reference.NUMBERED.match(text)
    return text[numbered.end() :] if numbered else text


def _is_whole(group: Sequence[_Piece]) -> bool:
    """Whether what has been gathered has its date and could end here."""
    text = " ".join(piece.text for piece in group)
    return bool(re.search(r"\b(?:1[5-9]|20)\d\d|n\.\s?d\.|in press|forthcoming", text))


def _goes_on(draft: Draft, group: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a line that begins no entry belongs to the one before it."""
    block = draft.blocks[piece.block]
    wrapped = block.text[piece.start - 1] == " "
    text = piece.text.lstrip()
    before = group[-1].text.rstrip()
    return wrapped or not _ENDED.search(before) or bool(_ADDRESS.match(text)) or text[:1] in "([" or text[:1].islower()


def _entry(draft: Draft, group: Sequence[_Piece], section: int, further: bool, given: frozenset[str]) -> Entry:
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
        reference.parse(text, hrefs, italics, given),
    )


def _row(draft: Draft, group: Sequence[_Piece], section: int, further: bool, given: frozenset[str]) -> Entry:
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


def _trailing(draft: Draft, given: frozenset[str]) -> Split:
    """The entries that end a draft without a heading for them: two or more in a row, little after them."""
    pieces = [
        piece
        for number, block in enumerate(draft.blocks)
        if block.kind != "heading"
        for piece in _pieces(number, block)
    ]
    last = next(
        (index for index in range(len(pieces) - 1, max(-1, len(pieces) - 12), -1) if is_entry(pieces[index].text)), None
    )
    if last is None:
        return Split((), (), _rest(draft, []))
    first, misses = last, 0
    for index in range(last, -1, -1):
        if is_entry(_joined(draft, pieces, index)):
            first, misses = index, 0
        else:
            misses += 1
            if misses > 3:
                break
    entries, lines = _entries(draft, pieces[first:], 0, False, given, strict=True)
    if len(entries) < 2:
        return Split((), (), _rest(draft, []))
    return Split(tuple(entries), (Section("", entries[0].place.line, False),), _rest(draft, lines))


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
