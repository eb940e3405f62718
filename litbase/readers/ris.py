"""RIS files: a tag, two blanks, a hyphen and a value a line; an entry from TY to ER.

Source: RIS Format Specifications (Research Information Systems, 2001 and 2011); Zotero's and EndNote's
exports, which use the same tags with other meanings by type.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from litbase.domain.item import Item
from litbase.domain.records import kinds
from litbase.domain.text import clean, clean_line
from litbase.errors import BadInput

from . import dates, names, opening, zotero
from .entry import Entry, Fault

LOOKS_LIKE = re.compile(r"^\ufeff?TY {1,2}-(?: |$)", re.MULTILINE)
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$")

_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "periodical", "ABST": "article-journal",
    "INPR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "WHOLE": "book", "CLSWK": "classic", "ANCIENT": "classic", "SER": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report",
    "GOVDOC": "report", "STAND": "standard", "UNPB": "manuscript", "MANSCPT": "manuscript", "ELEC": "webpage",
    "WEB": "webpage", "BLOG": "post-weblog", "ICOMM": "post", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset",
    "COMP": "software", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "VIDEO": "motion_picture",
    "MPCT": "motion_picture", "ADVS": "motion_picture", "SOUND": "song", "MUSIC": "musical_score", "SLIDE": "speech",
    "PAMP": "pamphlet", "PAT": "patent", "MAP": "map", "ART": "graphic", "FIGURE": "figure", "CHART": "figure",
    "EQUA": "figure", "MULTI": "webpage", "CASE": "legal_case", "STAT": "legislation", "BILL": "bill",
    "UNBILL": "bill", "HEAR": "hearing", "LEGAL": "regulation", "PCOMM": "personal_communication", "CTLG": "book",
    "GRNT": "report", "GEN": "document", "UNBILLENACTED": "bill", "PREPRINT": "article", "INTV": "interview",
}  # fmt: skip
_HELD = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference"})
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "periodical")
_ONE_PERSON_A_LINE = {"AU": "author", "A1": "author", "ED": "editor", "A4": "translator", "TA": "translator"}
_TEXTS = {
    "AB": "abstract", "N2": "abstract", "VL": "volume", "ET": "edition", "PB": "publisher", "CY": "publisher-place",
    "PP": "publisher-place", "LA": "language", "ST": "title-short",
    "NV": "number-of-volumes", "SE": "section", "CN": "call-number", "AN": "", "DB": "", "DP": "source",
}  # fmt: skip
_IDLE = frozenset(
    {"TY", "ER", "ID", "L1", "L2", "L3", "L4", "LK", "RN", "RP", "AD", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8",
     "U1", "U2", "U3", "U4", "U5", "M2", "TA", "DS", "AV"}
)  # fmt: skip
_ELOCATOR = re.compile(r"e\d{4,}|article \S+", re.IGNORECASE)


class Raw(NamedTuple):
    """An entry's values by tag, in the order they came."""

    number: int
    line: int
    values: Mapping[str, Sequence[str]]


def read(text: opening.Text) -> Iterator[Entry | Fault]:
    """The entries of an RIS file, and a fault for each that is not whole.

    Raises: BadInput where there is none at all, or one is longer than litbase reads.
    """
    empty = True
    for one in _split(text):
        empty = False
        yield _entry(one) if isinstance(one, Raw) else one
    if empty:
        raise BadInput("there is no RIS entry in it", "an entry begins with “TY  - JOUR” and ends with “ER  - ”")


def _split(text: opening.Text) -> Iterator[Raw | Fault]:
    # Each value as its lines.
    values: dict[str, list[list[str]]] = {}
    begun, number, tag = 0, 0, ""
    room = opening.Room(0)
    for at, line in opening.lines(text.portions()):
        found = _TAG.match(line.strip("\ufeff").rstrip())
        if found and found[1] == "TY":
            if begun:
                yield _unclosed(number, begun)
            values, begun, number, tag = {"TY": [[(found[2] or "").strip()]]}, at, number + 1, "TY"
            room = opening.Room(at)
        elif found and found[1] == "ER":
            if begun:
                yield Raw(number, begun, {tag: list(map(_joined, held)) for tag, held in values.items()})
            else:
                number += 1
                yield Fault(number, at, "an entry ends here that never began: no TY before this ER")
            begun, tag = 0, ""
        elif begun:
            room.take(line)
            if found:
                tag = found[1]
                values.setdefault(tag, []).append([(found[2] or "").strip()])
            elif tag not in ("", "TY") and line.strip():
                # A long value that goes on in the next line, as abstracts and notes do.
                values[tag][-1].append(line.strip())
            elif line.strip():
                yield Fault(number, at, f"this line has no tag: {line.strip()[:60]}")
                begun = 0
    if begun:
        yield _unclosed(number, begun)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)[: opening.LONGEST] if len(lines) > 1 else lines[0]


def _unclosed(number: int, line: int) -> Fault:
    return Fault(number, line, "the entry is not closed: no ER behind its TY")


def _entry(raw: Raw) -> Entry:
    held = {tag: [clean(value) for value in values if value.strip()] for tag, values in raw.values.items()}
    kind = (held.get("TY") or [""])[0].upper()
    csl_type = _TYPES.get(kind, "document")
    item: Item = {"type": csl_type}
    item |= _titles(held, csl_type)
    item |= _people(held, csl_type)
    for tag, variable in _TEXTS.items():
        if variable and variable not in item and held.get(tag):
            item[variable] = held[tag][0] if variable == "abstract" else clean_line(held[tag][0])
    item |= _numbers(held, csl_type)
    item |= _dated(held)
    item |= _links(held)
    if genre := _genre(held, csl_type):
        item["genre"] = genre
    keywords = tuple(dict.fromkeys(word for value in held.get("KW", ()) for word in _listed(value)))
    if keywords:
        item["keyword"] = "; ".join(keywords)
    notes = tuple(filter(None, (zotero.note(value) for tag in ("N1", "RN") for value in held.get(tag, ()))))
    known = {*_ONE_PERSON_A_LINE, *_TEXTS, *_IDLE, *_READ}
    unused = tuple((tag, " | ".join(values)[:2000]) for tag, values in held.items() if tag not in known and values)
    key = _first(held, "ID", "LB")
    return Entry(raw.number, raw.line, item, "" if key.isdigit() else key, keywords, notes, unused=unused)


_READ = frozenset(
    {"TI", "T1", "BT", "CT", "T2", "T3", "JO", "JF", "JA", "J1", "J2", "A2", "A3", "PY", "Y1", "DA", "Y2", "SP", "EP",
     "IS", "CP", "OP", "M1", "M3", "SN", "DO", "UR", "KW", "N1", "LB"}
)  # fmt: skip


def _first(held: Mapping[str, Sequence[str]], *tags: str) -> str:
    """The first value of the first tag that has one, on one line."""
    return next((clean_line(held[tag][0]) for tag in tags if held.get(tag)), "")


def _titles(held: Mapping[str, Sequence[str]], csl_type: str) -> Item:
    """Title, container and series: T2 holds a chapter's book and a journal, but a book's series."""
    book = csl_type in ("book", "classic", "report", "thesis", "manuscript")
    title = _first(held, "TI", "T1", "CT", *(("BT",) if book else ()))
    journal = _first(held, "JF", "JO", "JA", "J2") if csl_type in _PERIODICAL else ""
    # The long name of a journal may stand under any of four tags; the longest is it.
    names_of = [clean_line(held[tag][0]) for tag in ("T2", "JF", "JO", "JA") if held.get(tag)]
    if csl_type in _PERIODICAL:
        journal = max(names_of, key=len, default="")
        short = _first(held, "J2", "JA")
        item: Item = {"container-title": journal, "container-title-short": short if short != journal else ""}
    elif book:
        item = {"collection-title": _first(held, "T2", "T3")}
    else:
        item = {"container-title": _first(held, "T2", "BT", "JO", "JF"), "collection-title": _first(held, "T3")}
    return {name: value for name, value in {"title": title, **item}.items() if value}


def _people(held: Mapping[str, Sequence[str]], csl_type: str) -> Item:
    """Contributors; what A2 and A3 are depends on the type."""
    roles = {**_ONE_PERSON_A_LINE, "A2": "editor", "A3": "collection-editor"}
    if (held.get("TY") or [""])[0].upper() == "EDBOOK":
        roles |= {"AU": "editor", "A1": "editor"}
    if csl_type == "motion_picture":
        roles |= {"AU": "director", "A1": "director"}
    if csl_type == "book" and not held.get("T2") and not held.get("ED"):
        roles["A3"] = "editor"
    people: Item = {}
    for tag, role in roles.items():
        for value in held.get(tag, ()):
            found = [name for name in names.ris(value) if name not in people.get(role, [])]
            if found:
                people.setdefault(role, []).extend(found)
    return people


def _numbers(held: Mapping[str, Sequence[str]], csl_type: str) -> Item:
    item: Item = {}
    start, end = _first(held, "SP"), _first(held, "EP")
    if start:
        alone = not end or "-" in start or "–" in start
        if alone and csl_type in _PERIODICAL and _ELOCATOR.fullmatch(start):
            item["number"] = start
        else:
            item["page"] = start if alone or start == end else f"{start}-{end}"
    issue = _first(held, "IS", "CP")
    if csl_type in _PERIODICAL:
        item |= {"issue": issue} if issue else {}
        # C7 is the number of an article; M1 what the program liked, an issue where there is no other.
        number, any_number = _first(held, "C7"), _first(held, "M1")
        if any_number and not issue and "VL" in held and any_number.isdigit():
            item["issue"] = any_number
        elif number := number or (any_number if any_number != issue else ""):
            item["number"] = number
    else:
        number = issue or _first(held, "M1")
        in_series = csl_type == "book" and bool(held.get("T2") or held.get("T3"))
        if number:
            item["collection-number" if in_series else "number"] = number
    return item


def _dated(held: Mapping[str, Sequence[str]]) -> Item:
    """DA tells the day where its year is PY's; both may hold more than a year."""
    item: Item = {}
    found = [dates.read(text) for tag in ("DA", "PY", "Y1") if (text := _first(held, tag))]
    years = [one.date["date-parts"][0][0] for one in found[1:] if one.date and "date-parts" in one.date]
    exact = [
        one.date
        for one in found
        if one.date and "date-parts" in one.date and (not years or one.date["date-parts"][0][0] == years[0])
    ]
    if exact:
        item["issued"] = max(exact, key=lambda date: len(date["date-parts"][0]))
    elif any(one.date for one in found):
        item["issued"] = next(one.date for one in found if one.date)
    if any(one.status for one in found) or (held.get("TY") or [""])[0].upper() == "INPR":
        item["status"] = "in press"
    if (text := _first(held, "OP")) and (date := dates.read(text).date) and "date-parts" in date:
        item["original-date"] = date
    if (text := _first(held, "Y2")) and (date := dates.read(text).date) and "date-parts" in date:
        item["accessed"] = date
    return item


def _links(held: Mapping[str, Sequence[str]]) -> Item:
    item: Item = {}
    if doi := _first(held, "DO"):
        item["DOI"] = doi
    urls = [part for value in held.get("UR", ()) for part in value.split() if part.startswith(("http://", "https://"))]
    if urls:
        item["URL"] = urls[0]
    numbers = [word for value in held.get("SN", ()) for word in re.split(r"[\s;,]+(?=\d)", value) if word]
    for number in dict.fromkeys(numbers):
        digits = re.sub(r"[^0-9Xx]", "", number)
        if len(digits) >= 8:
            name = "ISSN" if len(digits) == 8 else "ISBN"
            item[name] = f"{item[name]} {number}" if name in item else number
    return item


def _genre(held: Mapping[str, Sequence[str]], csl_type: str) -> str:
    said = _first(held, "M3")
    if csl_type == "thesis":
        return kinds.degree(said) if said else "Thesis"
    # Databases write what the type has said already.
    return (
        "" if said.lower().replace(" ", "") in ("journalarticle", "article", "book", "bookchapter", "report") else said
    )


def _listed(value: str) -> Iterable[str]:
    """Keywords: one a line as the format has it, or a list in one."""
    return [word for part in re.split(r"[;\n]", value) if (word := clean_line(part))]
