"""BibTeX and BibLaTeX files, cut into entries by bibtexparser; strings put in, cross-references followed.

Source: BibTeX, "Tame the BeaST", chapter 2; biblatex manual, 2.4.1 (cross-references).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from litbase.domain.records.lettering import words
from litbase.errors import BadInput
from litbase.spool import Spool

from . import bibfields, opening
from .entry import Entry, Fault

if TYPE_CHECKING:
    from bibtexparser.model import Block

LOOKS_LIKE = re.compile(r"^[ \t]*@[ \t]*(?!comment|preamble)[A-Za-z]+[ \t]*[{(]", re.MULTILINE | re.IGNORECASE)
# The signs that its structure is made of.
SIGNS = "@={"
_START = re.compile(r"^[^\S\n]*@\w*[ \t]*[{(]", re.MULTILINE)
_INHERITS = re.compile(r"crossref|xdata", re.IGNORECASE)
# What BibTeX's styles define: jan stands for January.
_MONTHS = {name: name for name in words("jan feb mar apr may jun jul aug sep oct nov dec")}
_OF_A_STRING = 50  # characters, in which what its name and its place cost is told
_PIECE = re.compile(r"\s*(?:#\s*)?")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BARE = re.compile(r"[^\s#{}\",]+")
_NOT_INHERITED = frozenset(
    {"crossref", "xdata", "xref", "ids", "label", "keywords", "options", "abstract", "annote", "annotation", "note",
     "doi", "shorttitle", "eprint"}
)  # fmt: skip


class Raw(NamedTuple):
    """An entry as the file has it: its type and fields in small letters, each value with its strings put in.

    A field that stands twice is there twice.
    """

    number: int
    line: int
    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]


def read(text: opening.Text) -> Iterator[Entry | Fault]:
    """The entries of a BibTeX file, and a fault for each that cannot be read.

    Raises: BadInput where there is none at all, or one is longer than litbase reads.
    """
    empty = True
    for one in _with_parents(text):
        empty = empty and isinstance(one, Raw) and one.kind == "xdata"
        if isinstance(one, Fault):
            yield one
        elif too_long := next((name for name, value in one.fields if len(value) > opening.LONGEST), None):
            yield Fault(one.number, one.line, f"the field {too_long} is longer than litbase keeps")
        elif one.kind != "xdata":
            yield bibfields.entry(one.number, one.line, one.kind, one.key, one.fields)
    if empty:
        raise BadInput("there is no BibTeX entry in it", "an entry is @article{key, title = {…}, …}")


def _with_parents(text: opening.Text) -> Iterator[Raw | Fault]:
    """What the file holds, each entry with the fields it inherits.

    A parent may stand anywhere in the file, so a file that speaks of any is gone through before.
    """
    if not _speaks_of_parents(text.portions()):
        yield from _split(text)
        return
    with Spool[Raw | Fault]() as held:
        for one in _split(text):
            held.append(one)
        parents = _parents_in(held)
        for one in held:
            yield one if isinstance(one, Fault) else one._replace(fields=_whole(one, parents))


def _speaks_of_parents(portions: Iterable[str]) -> bool:
    before = ""
    for portion in portions:
        if _INHERITS.search(before + portion):
            return True
        before = (before + portion)[-len("crossref") :]  # a very long line is cut anywhere
    return False


def _parents_in(held: Spool[Raw | Fault]) -> dict[str, Raw]:
    """The entries that others inherit from, by key; of a key that stands twice, the first.

    Raises: BadInput where there are more of them than litbase holds.
    """
    named = {key for one in held if isinstance(one, Raw) for key in _parents(one)}
    parents: dict[str, Raw] = {}
    size = 0
    for one in held:
        if isinstance(one, Raw) and one.key.lower() in named and one.key.lower() not in parents:
            parents[one.key.lower()] = one
            size += sum(len(name) + len(value) for name, value in one.fields)
        if len(named) > opening.MOST or size > opening.LARGEST:
            raise BadInput("more is inherited by crossref and xdata than litbase holds at once", "split the file")
    return parents


def _split(text: opening.Text) -> Iterator[Raw | Fault]:
    """The entries in the file's order, and what no entry could be made of."""
    from bibtexparser import model

    strings = dict(_MONTHS)
    number = before = size = 0
    for portion in _portions(text.portions()):
        for block in _blocks(portion):
            line = before + (block.start_line or 0) + 1
            if isinstance(block, model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock):
                block = block.ignore_error_block or block
            if isinstance(block, model.String):
                strings[block.key.lower()] = value = _value(block.value, strings)
                size += len(value) + _OF_A_STRING
                if size > opening.ENTRY:
                    raise BadInput("there is more in the @string definitions than litbase holds at once", "split it")
            elif isinstance(block, model.Entry):
                number += 1
                yield _raw(number, line, block, strings)
            elif isinstance(block, model.ParsingFailedBlock) and LOOKS_LIKE.search(block.raw or "@x{"):
                number += 1
                yield Fault(number, line, _reason(block))
        before += portion.count("\n")


def _portions(portions: Iterable[str]) -> Iterator[str]:
    """The text in portions that begin where an entry does.

    A line that begins as an entry does ends the one before, whole or not: so bibtexparser reads it, too.

    Raises: BadInput for an entry that is longer than litbase reads, or little but structure.
    """
    held, line = "", 1
    for portion in portions:
        held += portion
        begun = _last_start(held)
        if begun:
            yield held[:begun]
            line += held.count("\n", 0, begun)
            held = held[begun:]
        opening.refuse_long(held, line)
        if sum(map(held.count, SIGNS)) > opening.DENSEST:
            raise opening.too_dense(line)
    yield held


def _last_start(text: str) -> int:
    """Where the last entry of a text begins, 0 where none does behind its beginning."""
    return max((found.start() for found in _START.finditer(text)), default=0)


def _blocks(text: str) -> "list[Block]":
    """The file's blocks, nothing resolved yet; bibtexparser's own log is not for the user."""
    import logging

    from bibtexparser.entrypoint import parse_string

    log = logging.getLogger("bibtexparser")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        return parse_string(text, parse_stack=[]).blocks
    finally:
        log.setLevel(before)


def _raw(number: int, line: int, block: "Block", strings: Mapping[str, str]) -> Raw:
    from bibtexparser import model

    assert isinstance(block, model.Entry)
    fields = ((field.key.strip().lower(), _value(str(field.value), strings)) for field in block.fields)
    return Raw(number, line, block.entry_type.strip().lower(), block.key.strip(), tuple(fields))


def _reason(block: "Block") -> str:
    """Why no entry could be made of a block, in words of the file."""
    first = (block.raw or "").strip().partition("\n")[0][:60]
    return f"the entry is not closed, or a brace or comma is missing: {first}"


def _value(value: str, strings: Mapping[str, str]) -> str:
    """A field's value: pieces in braces or quotation marks, numbers and strings, joined by #."""
    value = value.strip()
    if value.startswith("{") and value.find("}") == len(value) - 1 and value.count("{") == 1:
        return value[1:-1]
    if value.startswith("{") and _closing(value, 0) == len(value) - 1:
        return value[1:-1]
    return _joined(_pieces(value, strings))


def _joined(pieces: Iterable[str]) -> str:
    """Pieces as one text, no longer than shows that it is too long: a string may hold others many times over."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > opening.LONGEST:
            break
    return "".join(held)


def _pieces(value: str, strings: Mapping[str, str]) -> Iterator[str]:
    at = 0
    while at < len(value):
        gap = _PIECE.match(value, at)
        at = gap.end() if gap else at
        if value.startswith("{", at):
            end = _closing(value, at)
            yield value[at + 1 : end]
        elif value.startswith('"', at):
            end = _quoted(value, at)
            yield value[at + 1 : end]
        elif bare := _BARE.match(value, at):
            end = bare.end() - 1
            yield strings.get(bare[0].lower(), bare[0])
        else:
            end = at
        at = end + 1


def _closing(value: str, begin: int) -> int:
    """Where the brace that opens at `begin` closes; the end where it does not."""
    depth = 0
    for found in _BRACE.finditer(value, begin):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return found.start()
    return len(value)


def _quoted(value: str, begin: int) -> int:
    """Where the quotation that begins here ends: at the first mark outside of braces."""
    depth = 0
    for at in range(begin + 1, len(value)):
        if value[at] == '"' and depth == 0:
            return at
        depth += {"{": 1, "}": -1}.get(value[at], 0)
    return len(value)


def _whole(raw: Raw, by_key: Mapping[str, Raw]) -> tuple[tuple[str, str], ...]:
    """An entry's fields with those it inherits by `crossref` and `xdata`, three levels up at the most."""
    fields = list(raw.fields)
    above = [raw]
    for _ in range(3):
        above = [
            by_key[key] for one in above for key in _parents(one) if key in by_key and by_key[key].number != raw.number
        ]
        for parent in above:
            have = {name for name, _ in fields}
            fields += [
                (_inherited(name, parent.kind), value)
                for name, value in parent.fields
                if _inherited(name, parent.kind) not in have and name not in _NOT_INHERITED
            ]
    return tuple(fields)


def _parents(raw: Raw) -> list[str]:
    named = [value for name, value in raw.fields if name in ("crossref", "xdata")]
    return [key.strip().lower() for value in named for key in value.split(",") if key.strip()]


def _inherited(name: str, kind: str) -> str:
    """What a parent's field is for its child: a book's title is the chapter's booktitle.

    Source: biblatex manual, appendix B.
    """
    if kind == "xdata":
        return name
    journal = kind == "periodical"
    return {"title": "journaltitle" if journal else "booktitle", "subtitle": "journalsubtitle" if journal else
            "booksubtitle", "author": "bookauthor"}.get(name, name)  # fmt: skip
