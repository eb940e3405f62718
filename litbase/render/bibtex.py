"""BibTeX, with biblatex's entry types where BibTeX has none (both, and pandoc, read it).

Names keep their parts and titles their capitals (in braces). CSL's finer roles, the short container title and
dates in words other than "in press" have no field here and are left out; paragraphs become one line.

Source: Oren Patashnik, "BibTeXing" (1988); the biblatex manual, 2.1 and 2.2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from litbase.domain.inline import Inlines, Link, Text, parse
from litbase.domain.item import Item, Name, names
from litbase.domain.text import clean_line
from litbase.render import plainly

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "book": "book", "classic": "book", "collection": "book",
    "chapter": "incollection", "entry": "inreference", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "paper-conference": "inproceedings", "report": "techreport",
    "webpage": "online", "post": "online", "post-weblog": "online", "dataset": "dataset", "software": "software",
    "motion_picture": "movie", "broadcast": "video", "song": "music", "graphic": "artwork", "figure": "image",
    "patent": "patent", "legislation": "legislation", "legal_case": "jurisdiction", "manuscript": "unpublished",
    "speech": "unpublished", "personal_communication": "letter", "periodical": "periodical",
    "standard": "standard", "pamphlet": "booklet", "performance": "performance",
}  # fmt: skip
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper", "article": "preprint",
             "post-weblog": "blog"}  # fmt: skip
_PEOPLE = ("author", "editor", "translator")
_MAKERS = ("director", "host", "producer", "performer", "composer", "interviewer", "script-writer", "curator")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLACES = {"thesis": "school", "report": "institution"}
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    **{sign: "\\" + sign for sign in "$&#%_"},
}  # fmt: skip
_ESCAPES = str.maketrans(_SIGNS)
_STYLES = {"italic": "emph", "bold": "textbf", "sup": "textsuperscript", "sub": "textsubscript",
           "smallcaps": "textsc", "normal": "textup"}  # fmt: skip
# A word, without the punctuation around it.
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
# Addresses stand as they are in a .bib file; only what would upset its braces is percent-encoded.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_UNFIT_IN_KEYS = re.compile(r"[^A-Za-z0-9:.+/_-]+")


def listing(items: Sequence[Item]) -> str:
    """The items as BibTeX entries, a blank line between them; keys are made fit and unique."""
    taken: set[str] = set()
    return "\n".join(_entry(item, _key(plainly.words(item, "id"), taken)) for item in items)


def pieces(items: Iterable[Item]) -> Iterator[str]:
    """Items whose ids all differ, whatever their case, as BibTeX entries, one at a time.

    An id that is fit is the key; one that is not is told from all others by digits made of it, for a million keys
    would have to be remembered otherwise.
    """
    before = ""
    for item in items:
        id_ = plainly.words(item, "id")
        key = _key(id_, set())
        yield before + _entry(item, key if key == id_ else f"{key}-{sha256(id_.encode()).hexdigest()[:8]}")
        before = "\n"


def _entry(item: Item, key: str) -> str:
    fields = [f"  {name} = {value}," for name, value in _fields(item) if value not in ("", "{}")]
    return "\n".join([f"@{_type(item)}{{{key},", *fields, "}", ""])


def _key(id_: str, taken: set[str]) -> str:
    stem = _UNFIT_IN_KEYS.sub("-", id_).strip("-") or "work"
    key, number = stem, 2
    while key.lower() in taken:
        key, number = f"{stem}-{number}", number + 1
    taken.add(key.lower())
    return key


def _type(item: Item) -> str:
    kind = plainly.words(item, "type")
    if kind == "thesis":
        genre = plainly.words(item, "genre").lower()
        return "mastersthesis" if "master" in genre else "phdthesis" if not genre or "doctor" in genre else "thesis"
    return _TYPES.get(kind, "misc")


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    kind = plainly.words(item, "type")
    yield from _people(item)
    yield "title", _braced(_rich(item, "title", guarded=True))
    yield "shorttitle", _braced(_rich(item, "title-short", guarded=True))
    yield from _dates(item)
    article = _TYPES.get(kind) == "article"
    container = "journal" if article else "booktitle" if _type(item).startswith("in") else "organization"
    yield container, _braced(_rich(item, "container-title", guarded=container == "booktitle"))
    yield "entrysubtype", _braced(_SUBTYPES.get(kind, ""))
    yield "series", _text(item, "collection-title")
    yield "volume", _text(item, "volume")
    yield "number", _text(item, "issue") if article else _text(item, "number", "collection-number")
    yield "eid", _text(item, "number") if article else ""
    yield "pages", _braced("--".join(_escaped(page) for page in plainly.pages(item) if page))
    yield "edition", _text(item, "edition")
    yield "volumes", _text(item, "number-of-volumes")
    yield "chapter", _text(item, "chapter-number")
    yield _PLACES.get(kind, "publisher"), _text(item, "publisher")
    yield "address", _text(item, "publisher-place")
    yield "type", _text(item, "genre")
    yield "howpublished", _text(item, "medium")
    yield "eventtitle", _text(item, "event-title", "event")
    yield "venue", _text(item, "event-place")
    yield "version", _text(item, "version")
    for field in ("DOI", "URL"):
        yield field.lower(), _braced(plainly.words(item, field).translate(_VERBATIM))
    for field in ("ISBN", "ISSN", "PMID", "PMCID", "language", "note", "abstract"):
        yield field.lower(), _text(item, field)
    yield "keywords", _text(item, "keyword")
    yield "annote", _text(item, "annote")


def _people(item: Item) -> Iterator[tuple[str, str]]:
    for role in _PEOPLE:
        yield role, _names(names(item, role))
    if not names(item, "author"):
        yield "author", _names(next((found for role in _MAKERS if (found := names(item, role))), []))


def _names(people: Sequence[Name]) -> str:
    return _braced(" and ".join(found for found in map(_name, people) if found))


def _name(name: Name) -> str:
    """`von Last, Jr, First`; in braces what BibTeX would take apart: groups, and families with small words in them."""
    if name.get("literal"):
        return _braced(_escaped(plainly.family(name)))
    known = plainly.words(name, "family")
    particle = plainly.words(name, "non-dropping-particle")
    family = _whole(known, any(word[0].islower() for word in known.split()))
    parts = [
        " ".join(part for part in (_escaped(particle), family) if part),
        _whole(plainly.words(name, "suffix")),
        _whole(plainly.given(name)),
    ]
    if not parts[2] and not parts[1]:
        return _braced(parts[0]) if " " in parts[0] and not parts[0].startswith("{") else parts[0]
    return ", ".join(part for part in parts if part)


def _whole(part: str, always: bool = False) -> str:
    """A part of a name that stays one part: `and` and commas in it divide nothing."""
    divides = always or "," in part or "and" in part.lower().split()
    return _braced(_escaped(part)) if part and divides else _escaped(part)


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    issued = plainly.days(item)
    if issued:
        yield "year", _braced(str(issued[0][0]))
        month = issued[0][1] if len(issued[0]) > 1 else 0
        # The month's macro, without braces.
        yield "month", _MONTHS[month - 1] if 0 < month < 13 else ""
        if len(issued) > 1 or len(issued[0]) > 2:
            yield "date", _braced("/".join(plainly.iso(end) for end in issued))
    press = "press" in (plainly.said(item) + plainly.words(item, "status")).lower()
    yield "pubstate", "{inpress}" if press else ""
    for variable, field in (("original-date", "origdate"), ("accessed", "urldate"), ("event-date", "eventdate")):
        yield field, _braced("/".join(plainly.iso(end) for end in plainly.days(item, variable)))


def _text(item: Mapping[str, Any], *fields: str) -> str:
    return _braced(_escaped(plainly.words(item, *fields)))


def _rich(item: Mapping[str, Any], field: str, guarded: bool) -> str:
    """A field with its formatting; `guarded` keeps capitals from styles that would lower them."""
    value = item.get(field)
    return _tree(parse(clean_line(value)), guarded, first=True) if isinstance(value, str) else ""


def _tree(inlines: Inlines, guarded: bool, first: bool) -> str:
    out = []
    for node in inlines:
        if isinstance(node, Text):
            out.append(_words(node.text, guarded, first))
        elif isinstance(node, Link):
            out.append(_tree(node.children, guarded, first))
        else:
            # A command's group does not guard what is in it; a second pair of braces does.
            inside = _tree(node.children, guarded, first)
            out.append(f"\\{_STYLES[node.style]}{{{inside}}}")
        first = False
    return "".join(out)


def _words(run: str, guarded: bool, first: bool) -> str:
    """Plain characters, capitals in braces; not the one that begins a title, which no style lowers."""
    out = []
    end = 0
    for found in _WORD.finditer(run):
        word = found[0]
        begins = first and not end and word[1:] == word[1:].lower()
        capital = guarded and not begins and word != word.lower()
        out += [_escaped(run[end : found.start()]), _braced(_escaped(word)) if capital else _escaped(word)]
        end = found.end()
    return "".join([*out, _escaped(run[end:])])


def _escaped(text: str) -> str:
    # Two hyphens would be read as a dash, two apostrophes as a quotation mark.
    return text.translate(_ESCAPES).replace("--", "-{}-").replace("''", "'{}'").replace("``", "`{}`")


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
