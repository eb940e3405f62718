"""RIS, for reference managers.

RIS has no place for italics and raised letters, for a conference beside its proceedings, for the ends of a range of
dates, nor for most roles beyond author, editor and translator; it tells no group from a person of one name,
and no preprint from what is unpublished. These are lost or simplified; paragraphs become one line.

Source: Research Information Systems, "RIS Format Specifications" (2001) and EndNote's later table of tags.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from litbase.domain.item import Item, names
from litbase.render import plainly

_TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK",
    "collection": "BOOK", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE",
    "legislation": "STAT", "manuscript": "UNPB", "map": "MAP", "motion_picture": "MPCT",
    "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER", "patent": "PAT",
    "periodical": "JFULL", "personal_communication": "PCOMM", "post": "BLOG", "post-weblog": "BLOG",
    "report": "RPRT", "review": "JOUR", "review-book": "JOUR", "software": "COMP", "song": "SOUND",
    "speech": "SLIDE", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_PEOPLE = {"author": "AU", "editor": "ED", "translator": "A4"}
# Where the role has no tag of its own, the people who made the work stand as its authors.
_MAKERS = ("director", "host", "producer", "performer", "composer", "interviewer", "script-writer", "curator")
_FIELDS = {
    "title": "TI", "title-short": "ST", "container-title": "T2", "collection-title": "T3",
    "container-title-short": "J2", "volume": "VL", "issue": "IS", "edition": "ET", "publisher": "PB",
    "publisher-place": "CY", "number-of-volumes": "NV", "section": "SE", "genre": "M3", "language": "LA",
    "DOI": "DO", "URL": "UR", "archive": "DB", "call-number": "CN", "abstract": "AB", "note": "N1",
}  # fmt: skip


def listing(items: Sequence[Item]) -> str:
    """The items as RIS, a blank line between them."""
    return "".join(pieces(items))


def pieces(items: Iterable[Item]) -> Iterator[str]:
    """The same, an item at a time."""
    before = ""
    for item in items:
        yield before + "".join(f"{line}\n" for line in _lines(item))
        before = "\n"


def _lines(item: Item) -> Iterator[str]:
    """A work's lines. No value holds a line end, so none can begin a line of its own."""
    yield _line("TY", _TYPES.get(plainly.words(item, "type"), "GEN"))
    for tag, value in _fields(item):
        if value:
            yield _line(tag, value)
    yield _line("ER", "")


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "ID", plainly.words(item, "id")
    yield from _people(item)
    yield from _dates(item)
    yield from ((tag, plainly.words(item, field)) for field, tag in _FIELDS.items())
    first, last = plainly.pages(item)
    yield "SP", first
    yield "EP", last
    yield ("C7" if item.get("type") == "article-journal" else "M1"), plainly.words(item, "number")
    for identifier in ("ISBN", "ISSN"):
        yield "SN", plainly.words(item, identifier)
    keywords = plainly.words(item, "keyword")
    yield from (("KW", word.strip()) for word in keywords.split(";" if ";" in keywords else ","))
    yield "N1", plainly.words(item, "annote")


def _people(item: Item) -> Iterator[tuple[str, str]]:
    for role, tag in _PEOPLE.items():
        yield from ((tag, _name(name)) for name in names(item, role))
    if not names(item, "author"):
        makers = next((found for role in _MAKERS if (found := names(item, role))), [])
        yield from (("AU", _name(name)) for name in makers)


def _name(name: Mapping[str, Any]) -> str:
    """`Family, Given, Suffix`; a group as it stands."""
    parts = [plainly.family(dict(name)), plainly.given(dict(name)), plainly.words(name, "suffix")]
    return ", ".join(parts if parts[2] else parts[:2]).strip(", ")


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    for variable, tag in (("issued", "DA"), ("accessed", "Y2")):
        date = next(iter(plainly.days(item, variable)), None)
        if date and len(date) > 1:
            yield tag, "/".join([f"{date[0]:04d}", *(f"{part:02d}" for part in date[1:])]) + "/" * (4 - len(date))
    issued = next(iter(plainly.days(item)), None)
    yield "PY", f"{issued[0]:04d}" if issued else plainly.said(item) or plainly.words(item, "status")
    original = next(iter(plainly.days(item, "original-date")), None)
    yield "OP", str(original[0]) if original else ""
