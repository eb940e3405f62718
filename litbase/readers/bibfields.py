"""BibTeX's and BibLaTeX's types and fields, made CSL's.

Source: biblatex manual, 2.1 (entry types) and 2.2 (fields); BibTeX, "btxdoc", 3; CSL 1.0.2, appendices III and IV.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from litbase.domain.item import Item
from litbase.domain.records import kinds
from litbase.domain.text import clean, clean_line

from . import dates, latex, names, zotero
from .entry import Entry

_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "reference": "book", "mvreference": "book", "proceedings": "book",
    "mvproceedings": "book", "manual": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "thesis": "thesis", "phdthesis": "thesis",
    "mastersthesis": "thesis", "report": "report", "techreport": "report", "online": "webpage", "www": "webpage",
    "electronic": "webpage", "webpage": "webpage", "unpublished": "manuscript", "periodical": "periodical",
    "patent": "patent", "dataset": "dataset", "software": "software", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "music": "song", "artwork": "graphic", "image": "graphic",
    "letter": "personal_communication", "review": "review", "standard": "standard", "performance": "performance",
    "jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty", "commentary": "book",
}  # fmt: skip
_SUBTYPES = {
    "magazine": "article-magazine", "newspaper": "article-newspaper", "blog": "post-weblog", "podcast": "broadcast",
    "forum": "post", "preprint": "article", "interview": "interview", "map": "map",
}  # fmt: skip
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "origauthor": "original-author", "director": "director", "producer": "producer", "composer": "composer",
    "narrator": "narrator", "interviewer": "interviewer", "host": "host", "illustrator": "illustrator",
    "holder": "author", "introduction": "contributor", "foreword": "contributor", "afterword": "contributor",
}  # fmt: skip
_EDITOR_ROLES = {
    "editor": "editor", "compiler": "compiler", "director": "director", "organizer": "organizer",
    "collaborator": "contributor", "founder": "series-creator", "redactor": "editor", "reviser": "editor",
}  # fmt: skip
# What is prose, by CSL variable; the first field that holds something counts.
_TEXTS = {
    "collection-title": ("series",), "volume": ("volume",), "number-of-volumes": ("volumes",),
    "edition": ("edition",), "chapter-number": ("chapter",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"), "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",), "original-title": ("origtitle",),
    "number-of-pages": ("pagetotal", "numpages"), "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",), "event-title": ("eventtitle", "conference"), "event-place": ("venue",),
    "language": ("langid", "language", "hyphenation"), "version": ("version",), "archive": ("library",),
    "call-number": ("lccn",), "medium": ("medium",), "section": ("section",),
    "part-number": ("part",), "dimensions": ("runtime",),
}  # fmt: skip
_VERBATIM = {"DOI": ("doi",), "ISBN": ("isbn",), "ISSN": ("issn",), "PMID": ("pmid",), "PMCID": ("pmcid",)}
_NOTES = ("annote", "annotation", "comment", "comments", "review", "notes")
_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "tags")
# Of no use outside of the program that wrote them.
_IDLE = frozenset(
    {"crossref", "xdata", "xref", "file", "options", "ids", "sortkey", "sortname", "sorttitle", "sortyear", "presort",
     "bdsk-file-1", "bdsk-url-1", "date-added", "date-modified", "timestamp", "owner", "groups", "entrysubtype",
     "langidopts", "gender", "howpublished", "type", "pubstate", "publicationstatus", "month", "day", "year", "date",
     "urldate", "lastchecked", "eprint", "eprinttype", "archiveprefix", "eprintclass", "primaryclass", "pages", "eid",
     "number", "issue", "url", "title", "subtitle", "titleaddon", "maintitle", "mainsubtitle", "booktitle",
     "booksubtitle", "booktitleaddon", "journal", "journaltitle", "journalsubtitle", "origdate", "origyear",
     "eventdate", "abstract", "note", "editortype", "editoratype", "editora", "issuetitle"}
)  # fmt: skip
# Of these an organization is the site or collection they stand on, of others the publisher.
_ON_SITES = frozenset({"webpage", "post", "post-weblog", "motion_picture", "broadcast", "song", "dataset", "software"})
_KNOWN = frozenset(
    {
        *_IDLE,
        *_NAMES,
        *_KEYWORDS,
        *_NOTES,
        *(one for group in (_TEXTS, _VERBATIM) for ones in group.values() for one in ones),
    }
)
_TITLE_WORD = re.compile(r"[^\W\d_]{4,}")


def entry(number: int, line: int, kind: str, key: str, fields: Iterable[tuple[str, str]]) -> Entry:
    """One entry in CSL's words."""
    pairs = [(name, value) for name, value in fields if value.strip()]
    held: dict[str, str] = {}
    for name, value in pairs:
        held.setdefault(name, value)
    csl_type = _type(kind, held)
    title, protected = _title(held)
    item: Item = {"type": csl_type, **({"title": title} if title else {})}
    item |= _people(kind, held)
    item |= _texts(held, csl_type)
    item |= _numbers(held, csl_type)
    item |= _container(held, csl_type)
    item |= _volume_of(held, item)
    item |= _dated(held)
    item |= _links(held)
    for field in ("abstract", "note"):
        if text := clean(latex.text(held.get(field, ""))).strip():
            item[field] = text
    if genre := _genre(kind, held, csl_type):
        item["genre"] = genre
    keywords = tuple(dict.fromkeys(word for name, value in pairs if name in _KEYWORDS for word in _listed(value)))
    if keywords:
        item["keyword"] = "; ".join(keywords)
    item = zotero.with_extra(item)
    notes = tuple(filter(None, (zotero.note(latex.text(value)) for name, value in pairs if name in _NOTES)))
    unused = tuple((name, clean(value)[:2000]) for name, value in pairs if name not in _KNOWN)
    return Entry(number, line, item, key, keywords, notes, protected, unused)


def _line(value: str) -> str:
    return clean_line(latex.text(value)) if value else ""


def _type(kind: str, held: Mapping[str, str]) -> str:
    subtype = held.get("entrysubtype", "").strip().lower() or held.get("type", "").strip().lower()
    if subtype in _SUBTYPES:
        return _SUBTYPES[subtype]
    if kind == "inreference" and "dictionary" in held.get("booktitle", "").lower():
        return "entry-dictionary"
    if kind in _TYPES:
        return _TYPES[kind]
    eprint = (held.get("archiveprefix") or held.get("eprinttype") or "").strip().lower()
    if eprint in ("arxiv", "psyarxiv", "biorxiv", "medrxiv", "osf", "ssrn"):
        return "article"
    if held.get("booktitle"):
        return "chapter"
    if held.get("journal") or held.get("journaltitle"):
        return "article-journal"
    if held.get("isbn"):
        return "book"
    return "webpage" if held.get("url") or "\\url" in held.get("howpublished", "") else "document"


def _title(held: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The title with its subtitle, and the groups in it whose braces say something."""
    read = [latex.read(held[name]) for name in ("title", "subtitle") if held.get(name)]
    if not read:
        return _line(held.get("titleaddon", "")), ()
    title = _joined(*(clean_line(one.text) for one in read))
    groups = tuple(clean_line(group) for one in read for group in one.protected)
    return title, groups if _tell(title, groups) else ()


def _joined(title: str, *subtitles: str) -> str:
    for subtitle in subtitles:
        title = f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"
    return title


def _tell(title: str, groups: tuple[str, ...]) -> bool:
    """Whether braces were set with a choice: some word that counts must be outside of them.

    Programs that brace the whole title, or each word with a capital, tell nothing about names.
    """
    rest = title
    for group in groups:
        rest = rest.replace(group, " ", 1)
    # The first word has its capital anyway, and so have those behind a colon.
    words = re.split(r"\s+", re.sub(r"[:?!.—]\s+\S+", " ", rest).strip())
    first = rest[:1].isspace() or not rest
    return any(_telling(word) for word in (words if first else words[1:]))


def _telling(word: str) -> bool:
    return bool(_TITLE_WORD.match(word)) and word.lower() not in ("with", "from", "into", "that", "their", "between")


def _people(kind: str, held: Mapping[str, str]) -> Item:
    people: Item = {}
    for field, variable in _NAMES.items():
        if field in held:
            variable = _EDITOR_ROLES.get(held.get("editortype", ""), variable) if field == "editor" else variable
            if field == "author" and kind == "movie":
                variable = "director"
            people.setdefault(variable, []).extend(names.bibtex(held[field]))
    for letter in "abc":
        if value := held.get(f"editor{letter}"):
            role = _EDITOR_ROLES.get(held.get(f"editor{letter}type", "").strip().lower(), "editor")
            people.setdefault(role, []).extend(names.bibtex(value))
    return {variable: found for variable, found in people.items() if found}


def _texts(held: Mapping[str, str], csl_type: str) -> Item:
    item: Item = {}
    for variable, fields in _TEXTS.items():
        for name in fields:
            if name in held and (value := _line(held[name])):
                item[variable] = value
                break
    if csl_type in _ON_SITES and item.get("publisher") == _line(held.get("organization", "")):
        item.pop("publisher", None)
    for variable, fields in _VERBATIM.items():
        for name in fields:
            if name in held and (value := clean_line(latex.verbatim(held[name]))):
                item[variable] = value
                break
    return item


def _numbers(held: Mapping[str, str], csl_type: str) -> Item:
    """Pages, and what "number" is: an issue of a journal, a place in a series, a report's own."""
    item: Item = {}
    pages = _line(held.get("pages", ""))
    if pages:
        item["page"] = pages
    number, issue, eid = (_line(held.get(name, "")) for name in ("number", "issue", "eid"))
    if eid:
        item["number"] = eid
    if csl_type.startswith(("article", "review", "periodical")):
        return item | ({"issue": number or issue} if number or issue else {})
    if number:
        item["collection-number" if held.get("series") else "number"] = number
    return item | ({"issue": issue} if issue else {})


def _container(held: Mapping[str, str], csl_type: str) -> Item:
    """What holds the work: a journal, a book, the site that a page stands on."""
    journal = _line(held.get("journaltitle") or held.get("journal") or "")
    if journal and held.get("journalsubtitle"):
        journal = _joined(journal, _line(held["journalsubtitle"]))
    book = _line(held.get("booktitle", ""))
    if book and held.get("booksubtitle"):
        book = _joined(book, _line(held["booksubtitle"]))
    found = journal if csl_type.startswith("article") else book or journal
    if not found and csl_type in _ON_SITES:
        found = _line(held.get("organization", ""))
    item: Item = {"container-title": found} if found else {}
    if not found and csl_type in ("webpage", "post-weblog", "motion_picture", "broadcast", "document"):
        site = _line(re.sub(r"\\url\s*\{[^{}]*\}", "", held.get("howpublished", "")))
        item |= {"container-title": site} if site and not site.startswith(("http://", "https://")) else {}
    return item


def _volume_of(held: Mapping[str, str], item: Item) -> Item:
    """A work in several volumes is named by its main title; the volume's own stands under `volume-title`."""
    main = _line(held.get("maintitle", ""))
    if not main:
        return {}
    main = _joined(main, _line(held["mainsubtitle"])) if held.get("mainsubtitle") else main
    name = "container-title" if "container-title" in item else "title"
    return {name: main, **({"volume-title": item[name]} if item.get(name) else {})}


def _dated(held: Mapping[str, str]) -> Item:
    item: Item = {}
    status = _line(held.get("pubstate") or held.get("publicationstatus") or "").lower()
    issued = dates.read(_line(held["date"])) if held.get("date") else _year_and_month(held)
    if issued.date:
        item["issued"] = issued.date
    if issued.status or status in ("inpress", "in press", "forthcoming"):
        item["status"] = "in press"
    for variable, fields in (
        ("original-date", ("origdate", "origyear")),
        ("accessed", ("urldate", "lastchecked")),
        ("event-date", ("eventdate",)),
    ):
        value = next((held[name] for name in fields if held.get(name)), "")
        if value and (date := dates.read(_line(value)).date):
            item[variable] = date
    return item


def _year_and_month(held: Mapping[str, str]) -> dates.Dated:
    year = _line(held.get("year", ""))
    read = dates.read(year)
    parts: Any = (read.date or {}).get("date-parts")
    if not parts or len(parts) != 1 or len(parts[0]) != 1 or not held.get("month"):
        return read
    month = _line(held["month"])
    words = re.findall(r"[^\W\d_]+|\d+", month)
    number = next((found for word in words if (found := dates.month(word))), 0)
    if not number:
        return dates.read(f"{month} {parts[0][0]}") if words else read
    days = [int(word) for word in words if word.isdecimal() and len(word) < 3 and len(words) > 1] or [
        int(day) for day in re.findall(r"\b\d{1,2}\b", held.get("day", ""))
    ]
    day = [day for day in days[:1] if 0 < day < 32]
    return dates.Dated({"date-parts": [[parts[0][0], number, *day]]})


def _links(held: Mapping[str, str]) -> Item:
    url = latex.verbatim(held.get("url", ""))
    inside = re.search(
        r"\\url\s*\{([^{}]*)\}|(https?://[^\s{}]+)", held.get("howpublished", "") + " " + held.get("note", "")
    )
    url = url or (latex.verbatim(inside[1] or inside[2]) if inside else "")
    prefix = (held.get("archiveprefix") or held.get("eprinttype") or "").strip().lower()
    eprint = latex.verbatim(held.get("eprint", ""))
    item: Item = {}
    if prefix == "arxiv" and eprint:
        item["number"] = f"arXiv:{eprint}"
        url = url or f"https://arxiv.org/abs/{eprint}"
    elif prefix == "pubmed" and eprint:
        item["PMID"] = eprint
    return item | ({"URL": clean_line(url)} if url else {})


def _genre(kind: str, held: Mapping[str, str], csl_type: str) -> str:
    """What kind of thesis, report or other work it is, in words."""
    said = _line(held.get("type", ""))
    if csl_type == "thesis":
        if kind in ("phdthesis", "mastersthesis") and not said:
            said = {"phdthesis": "phd", "mastersthesis": "master"}[kind]
        return kinds.degree(said) if said else "Thesis"
    if said.lower() in _SUBTYPES or said.lower() in ("techreport", "report"):
        return ""
    return said


def _listed(value: str) -> list[str]:
    """Keywords, parted by semicolons where there is one, else by commas."""
    mark = ";" if ";" in value else ","
    return [word for part in value.split(mark) if (word := _line(part))]
