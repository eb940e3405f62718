"""A docx draft mended in its file: words replaced in their runs, the paragraphs of its list moved and put in.

Edits and orders are those of mending.py; everything else in the file stays as it is.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.domain import inline
from litbase.domain.inline import Inlines

from . import build_word
from .build_word import Words
from .build_word_draft import opened
from .docx import Reading
from .draft import Block
from .entries import Entry
from .mending import Edit

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class EditedFile(NamedTuple):
    """A changed file, and how many of the edits it took."""

    content: bytes
    done: int


def edited(content: bytes, edits: Sequence[Edit]) -> EditedFile:
    """The file with these edits made, those left out that would run through what is no text."""
    document = opened(content)
    read = Reading(document)
    blocks = read.run().blocks
    words = Words(document)
    done = sum(_replace(read, blocks[one.block], one, words) for one in reversed(edits))
    return EditedFile(build_word.saved(document) if done else content, done)


def _replace(read: Reading, block: Block, one: Edit, words: Words) -> bool:
    """Make an edit; False where its stretch is not all text of the body's: notes have a file of their own."""
    if block.kind == "note":
        return False
    if one.start == one.end:
        return _insert(read, block, one, words)
    pieces = [
        (element, max(one.start, start) - start, min(one.end, end) - start)
        for element, start, end in read.texts[id(block)]
        if start < one.end and one.start < end
    ]
    if sum(end - start for _, start, end in pieces) < one.end - one.start:
        return False
    for number, (element, start, end) in enumerate(pieces):
        text = element.text or ""
        new = inline.plain(one.tree) if number == 0 else ""
        _set(element, text[:start] + new + text[end:])
    return True


def _insert(read: Reading, block: Block, one: Edit, words: Words) -> bool:
    """Put words in behind the character before; what is set or leads somewhere in runs of its own."""
    before = [piece for piece in read.texts[id(block)] if piece[1] < one.start <= piece[2]]
    if not before:
        return False
    element, start, _ = before[-1]
    if not one.last:
        at = one.start - start
        _set(element, element.text[:at] + inline.plain(one.tree) + element.text[at:])
        return True
    run = element.getparent()
    behind = run.getparent() if str(run.getparent().tag) == f"{_W}hyperlink" else run
    for made in reversed(words.elements(one.tree, _upright(run.find(f"{_W}rPr")))):
        behind.addnext(made)
    return True


def _set(element: Any, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")


def _upright(properties: Any) -> Any:
    """A run's properties without its italics: what stands around may be a title."""
    if properties is None:
        return None
    kept = deepcopy(properties)
    for name in ("i", "iCs", "rStyle", "u", "color"):
        for found in kept.findall(f"{_W}{name}"):
            kept.remove(found)
    return kept


def arranged(content: bytes, entries: Sequence[Entry], wanted: Sequence[int | Inlines]) -> bytes | None:
    """The file with its list laid anew, as `mending.arranged`; None where an entry is not a paragraph by itself."""
    document = opened(content)
    read = Reading(document)
    blocks = read.run().blocks
    own = [read.paragraphs[id(blocks[one.block])] for one in entries]
    whole = all(not blocks[one.block].text[: one.start].strip() for one in entries)
    if not own or not whole or len({id(one) for one in own}) < len(own) or len({one.getparent() for one in own}) > 1:
        return None
    _lay(document, own, wanted)
    return build_word.saved(document)


def _lay(document: "Document", own: Sequence[Any], wanted: Sequence[int | Inlines]) -> None:
    """Put paragraphs into the places of the old ones; further ones behind the last."""
    words = Words(document)
    new = [own[one] if isinstance(one, int) else _paragraph(own[0], one, words) for one in wanted]
    places = []
    for paragraph in own:
        place = deepcopy(paragraph)
        paragraph.addprevious(place)
        paragraph.getparent().remove(paragraph)
        places.append(place)
    last = places[-1]
    for number, paragraph in enumerate(new):
        (places[number] if number < len(places) else last).addprevious(paragraph)
    for place in places:
        place.getparent().remove(place)


def _paragraph(like: Any, tree: Inlines, words: Words) -> Any:
    """A new entry, set as another one is."""
    from docx.oxml import OxmlElement

    made = OxmlElement("w:p")
    properties = like.find(f"{_W}pPr")
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(words.elements(tree, _upright(like.find(f".//{_W}r/{_W}rPr"))))
    return made
