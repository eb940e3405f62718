"""A summary of PubMed or PubMed Central made into an item.

Names come as "Oyelaran MT 3rd", journals as library catalogues write them, pages shortened, and
titles with a final stop; a title in brackets is NLM's translation.

Source: NCBI, "The E-utilities In-Depth", ESummary; NLM, "MEDLINE/PubMed Data Element Descriptions".
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from litbase.domain.foreign.fields import with_fields
from litbase.domain.foreign.languages import two_letters
from litbase.domain.records import shape, shaped
from litbase.domain.records.changes import Change, Cleaned, Notice, NoticeKind
from litbase.domain.records.lettering import words

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_DATE = re.compile(r"((?:1[4-9]|20)\d\d)(?:\s+([A-Za-z]{3})(?![a-z]*-)\w*(?:\s+(\d{1,2})(?!\d|-))?)?")
_NAME = re.compile(
    r"(?P<family>.+?)\s+(?P<initials>[^\W\d_a-zß-ÿ]{1,4})(?:\s+(?P<suffix>Jr|Sr|1st|2nd|3rd|4th|5th))?\.?"
)
_BRACKETED = re.compile(r"\[(.+?)\]\.?")
_PLACE_BEHIND = re.compile(r"\s*\((?=[^()]*[A-Z])[^()]*\)$")
_SMALL = words("of and the for in on to a an at by with from de la le du des et und der die das für y e del di")
_KINDS = {"book": "book", "chapter": "chapter"}
# What a publication type says of the work itself, and of the work it is a notice of.
_OWN: dict[str, NoticeKind] = {"retracted publication": "retraction"}
_REFERENCES: dict[str, tuple[NoticeKind, bool]] = {
    "retraction in": ("retraction", True),
    "retraction of": ("retraction", False),
    "expression of concern in": ("concern", True),
    "expression of concern for": ("concern", False),
    "erratum in": ("correction", True),
    "erratum for": ("correction", False),
}
_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+?)[.;,]?(?:\s|$)", re.I)


def clean(body: Mapping[str, Any], sentence_case: Callable[[str, str], str]) -> Cleaned:
    """The item of one summary.

    Raises: BadRecord where there is no title.
    """
    kind = _KINDS.get(shape.line(body.get("doctype")).lower(), "article-journal")
    ids = _ids(body)
    title, changes = _title(body)
    message = {
        "title": title,
        "author": [name for one in shape.mappings(body.get("authors")) if (name := _name(one, "author"))],
        "editor": [name for one in shape.mappings(body.get("authors")) if (name := _name(one, "editor"))],
        "container-title": journal(body) if kind == "article-journal" else shape.line(body.get("booktitle")),
        "issued": {"date-parts": [_date(body)]},
        "volume": body.get("volume"),
        "issue": body.get("issue"),
        "page": body.get("pages"),
        "publisher": shape.line(body.get("publishername")),
        "publisher-location": shape.line(body.get("publisherlocation")),
        "edition-number": body.get("edition"),
        "language": next((two_letters(code) for code in shape.lines(body.get("lang"))), ""),
        "ISSN": [body.get("issn"), body.get("essn")],
        "DOI": ids.get("doi", ""),
        "URL": _url(ids),
    }
    cleaned = shaped(message, kind, sentence_case)
    told = {"PMID": ids.get("pubmed") or ids.get("pmid"), "PMCID": ids.get("pmc") or ids.get("pmcid")}
    return with_fields(
        cleaned._replace(changes=(*changes, *cleaned.changes), notices=cleaned.notices + _notices(body, cleaned)), told
    )


def _ids(body: Mapping[str, Any]) -> dict[str, str]:
    """The work's identifiers by NCBI's name for each: pubmed, pmc, doi, pii …"""
    found: dict[str, str] = {}
    for one in shape.mappings(body.get("articleids")):
        value = shape.term(one.get("value"))
        if value and value != "0":
            found.setdefault(shape.term(one.get("idtype")).lower(), value)
    uid = shape.term(body.get("uid"))
    if uid:
        found.setdefault(*(("pmc", f"PMC{uid}") if body.get("db") == "pmc" else ("pubmed", uid)))
    return found


def _url(ids: Mapping[str, str]) -> str:
    """Where the work can be read where it has no DOI."""
    number = ids.get("pmc") or ids.get("pmcid")
    if number:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{number}/"
    number = ids.get("pubmed") or ids.get("pmid")
    return f"https://pubmed.ncbi.nlm.nih.gov/{number}/" if number else ""


def _title(body: Mapping[str, Any]) -> tuple[str, list[Change]]:
    """The title, in its own language where NCBI has it, without the brackets of a translation."""
    given, own = shape.raw(body.get("title")), shape.line(body.get("vernaculartitle"))
    found = _BRACKETED.fullmatch(given.strip())
    if not found:
        return given or shape.raw(body.get("booktitle")), []
    if own:
        return own, [Change("title", given, own, "the title in its own language, not NLM’s translation", True)]
    return found[1], [Change("title", given, found[1], "NLM’s translation of a title in another language", True)]


def _name(one: Mapping[str, Any], role: str) -> dict[str, str]:
    """One author in Crossref's shape; {} for another role's."""
    kind = shape.line(one.get("authtype")).lower() or "author"
    text = shape.line(one.get("name"))
    if (kind == "editor") != (role == "editor") or kind not in ("author", "editor", "collectivename"):
        return {}
    found = _NAME.fullmatch(text) if kind != "collectivename" else None
    if not found:
        return {"name": text} if text else {}
    given = " ".join(f"{letter}." for letter in found["initials"])
    return {"family": found["family"], "given": given, "suffix": found["suffix"] or ""}


def _date(body: Mapping[str, Any]) -> list[int]:
    """The date in print, else the one online: "2016 Mar", "2007 Dec 6"; of "2016 Mar-Apr" the year."""
    for field in ("pubdate", "printpubdate", "epubdate", "sortpubdate"):
        found = _DATE.match(shape.line(body.get(field)))
        if found:
            month = _MONTHS.get((found[2] or "").lower())
            day = [int(found[3])] if month and found[3] else []
            return [int(found[1]), *([month] if month else []), *day]
    return []


def journal(body: Mapping[str, Any]) -> str:
    """A journal's name as journals write it: capitals, no place behind it, no "official journal of …".

    Source: APA 7, 9.25; NLM Catalog (titles in sentence case, a place in brackets where two are alike).
    """
    given = shape.line(body.get("fulljournalname")) or shape.line(body.get("source"))
    name = _PLACE_BEHIND.sub("", given.partition(" : ")[0].partition(" = ")[0]).rstrip(".")
    parts = name.split(" ")
    return " ".join(
        word
        if place and word.casefold() in _SMALL and not parts[place - 1].endswith(".")
        else word[:1].upper() + word[1:]
        for place, word in enumerate(parts)
    )


def _notices(body: Mapping[str, Any], cleaned: Cleaned) -> tuple[Notice, ...]:
    """What PubMed knows for or against the work, each kind and DOI once."""
    found: dict[tuple[str, str, bool], Notice] = {}
    for one in shape.mappings(body.get("references")):
        kind, own = _REFERENCES.get(shape.line(one.get("reftype")).lower(), (None, True))
        if kind:
            doi = _DOI.search(shape.line(one.get("refsource")))
            other = shape.doi(doi[1]) if doi else ""
            found[kind, other, own] = Notice(kind, other, None, "references:pubmed", "this" if own else "other")
    told = {notice.kind for notice in (*found.values(), *cleaned.notices) if notice.affects == "this"}
    for given in shape.lines(body.get("pubtype")):
        against = _OWN.get(given.lower())
        if against and against not in told:
            found[against, "", True] = Notice(against, "", None, "pubtype:pubmed")
    return tuple(found.values())
