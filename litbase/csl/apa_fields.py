"""Corrections of single fields for APA: titles, numbers, publishers, DOIs.

Source: APA 7, sections named at each function.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from litbase.domain.inline import strip
from litbase.domain.item import Item, names
from litbase.domain.text import fold

SERIALS = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog", "review", "review-book")
)
LEGAL = frozenset(("bill", "hearing", "legal_case", "legislation", "regulation", "treaty"))


def text(item: Mapping[str, Any], key: str) -> str:
    """A field as text; empty where it is missing or no text."""
    value = item.get(key)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


# --- titles ----------------------------------------------------------------------------------------

_BRACKETED = re.compile(r"^(?P<title>.*?\S)(?P<tail>(?:\s+\[[^\[\]]+\])+)$", re.DOTALL)


def titles(item: Item) -> None:
    """A translation or description in brackets at a title's end is not italic; a final stop is the style's.

    Source: APA 7, 9.38 (translated titles) and 9.21 (descriptions).
    """
    for key in ("title", "container-title", "original-title"):
        title = text(item, key)
        found = _BRACKETED.match(title)
        if found and "nodecor" not in title:
            title = f'{found["title"]}<span class="nodecor">{found["tail"]}</span>'
        if title:
            item[key] = title


# Small words that give away a title in another language, or in English sentence case.
_FOREIGN = frozenset(
    ("y", "e", "et", "und", "de", "del", "des", "du", "la", "le", "les", "los", "las", "el", "der", "die", "das", "den",
     "für", "zur", "zum", "di", "della", "delle", "degli", "och", "og", "en", "het", "van", "voor", "da", "do", "dos",
     "na", "em", "i", "w")
)  # fmt: skip


def containers(item: Item) -> None:
    """Names of periodicals, sites and series keep their own capitals where they have any.

    `apa.csl` sets them in title case; that is right only for one stored in sentence case, in English.
    Source: APA 7, 9.25 ("Write the title of the periodical in title case").
    """
    for key in ("container-title", "collection-title"):
        title = text(item, key)
        if not title or "nocase" in title:
            continue
        words = re.findall(r"[^\W\d_][\w’'.-]*", strip(title))
        later = [word for word in words[1:] if len(word) > 3]
        if any(word[0].isupper() for word in later) or any(word in _FOREIGN for word in words[1:]):
            item[key] = f'<span class="nocase">{title}</span>'


# --- numbers ---------------------------------------------------------------------------------------

_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
    "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
}  # fmt: skip
_EDITION_WORDS = (
    (re.compile(r"\b(edition|edn\.?|ed\.?)(?=$|[\s,;)])", re.IGNORECASE), "ed."),
    (re.compile(r"\brevised\b", re.IGNORECASE), "rev."),
    (re.compile(r"\btext revision\b|\btext rev\b\.?", re.IGNORECASE), "text rev."),
    (re.compile(r"\benlarged\b", re.IGNORECASE), "enl."),
    (re.compile(r"\babridged\b", re.IGNORECASE), "abr."),
)


def editions(item: Item) -> None:
    """Editions as "2nd ed.", "Rev. ed.", "5th ed., text rev."; a first edition is not named.

    Source: APA 7, 9.19 (edition and other identifiers in parentheses), 10.2.
    """
    edition = text(item, "edition")
    if not edition:
        return
    words = edition.strip("() ")
    number = _ORDINALS.get(re.sub(r"\s*(edition|ed\.?)$", "", words.lower()).strip(), "")
    plain = re.fullmatch(r"(\d{1,3})(?:\.|st|nd|rd|th)?(?:\s*(?:edition|edn\.?|ed\.?))?", words, re.IGNORECASE)
    number = plain[1] if plain else number
    if number:
        item["edition"] = number
        if number in ("0", "1"):
            del item["edition"]
        return
    for pattern, short in _EDITION_WORDS:
        words = pattern.sub(short, words)
    for word, digit in _ORDINALS.items():
        words = re.sub(rf"\b{word}\b", _ordinal(int(digit)), words, flags=re.IGNORECASE)
    if len(words.split()) < 4 and not re.search(r"(?i)\bed\.|version", words):
        words += " ed."
    item["edition"] = words[0].upper() + words[1:]


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def versions(item: Item) -> None:
    """A version that says "version" itself takes no label.

    Source: APA 7, 10.10 (software), and the examples for large language models at apastyle.apa.org.
    """
    version = text(item, "version")
    if re.match(r"(?i)v(ersion|er)?\.?\s*\d", version) and text(item, "type") != "dataset":
        item["version"] = re.sub(r"(?i)^v(ersion|er)?\.?\s*", "", version)
    elif "version" in version.lower() and "edition" not in item:
        item["edition"] = item.pop("version")


_NO_PAGES = frozenset(
    ("no", "no-no", "n/a", "na", "none", "-", "–", "0", "0-0", "ahead-of-print", "np", "n.p.", "n.pag")
)


def pages(item: Item) -> None:
    """Placeholders are no pages; one page is printed once.

    Source: APA 7, 9.25 and 9.26.
    """
    page = text(item, "page")
    ends = re.fullmatch(r"\s*(\w+)\s*[-–]+\s*(\w+)\s*", page)
    if page.lower().strip(" .") in _NO_PAGES:
        item.pop("page", None)
    elif ends and ends[1] == ends[2]:
        item["page"] = ends[1]


# A page that is an article's number: five digits, e-numbers, letters with many digits. "S101" and "R12" are pages.
_ELOCATOR = re.compile(r"(?i)\d{5,}|e\d{3,}(\.\d+)?|(?!s\d)[a-z]\d{4,}|[a-z]{2,4}\d{3,}|[a-z]{1,2}\d+\.\d+")


def article_numbers(item: Item) -> None:
    """An article's own number, "Article 726343", is no page and is labelled.

    Source: APA 7, 9.27 and 10.1, example 6.
    """
    if text(item, "type") not in SERIALS:
        return
    number = re.sub(r"(?i)^(article|art\.?)\s*(no\.?|number)?\s*", "", text(item, "number"))
    page = re.sub(r"(?i)^(article|art\.?)\s*(no\.?|number)?\s*", "", text(item, "page"))
    if not number and (page != text(item, "page") or _ELOCATOR.fullmatch(page)):
        number = page
    if number:
        item["number"] = _as_it_is(number)
        item.pop("page", None)


def supplements(item: Item) -> None:
    """Supplements as "Suppl. 2", with the volume.

    Source: APA 7, 9.25 and 10.1.
    """
    issue = text(item, "issue")
    found = re.fullmatch(r"(?i)(.*?)\s*\(?suppl?(?:ement|l?\.)?[\s_.]*([\w-]*)\)?", issue)
    if found:
        number = f" {found[2]}" if found[2] else ""
        item["issue"] = " ".join(filter(None, [found[1].strip(), f"Suppl.{number}"]))


# Types whose genre names the series a number belongs to; elsewhere it describes the work.
NUMBERED = frozenset(
    ("report", "article", "standard", "document", "pamphlet", "patent", "bill", "legislation", "regulation", "hearing",
     "thesis", "manuscript")
)  # fmt: skip


def report_numbers(item: Item) -> None:
    """Numbers of reports: "NIH Publication No. 18-2424", one number whatever signs it holds.

    A number that begins with letters is a name in itself ("ED545393") and takes no "No.".
    Source: APA 7, 10.4, 9.19 and 9.30.
    """
    kind, number = text(item, "type"), text(item, "number")
    if not number or kind in SERIALS or kind in LEGAL or kind == "patent":
        return
    bare = re.sub(r"(?i)^no\.?\s*(?=\S*\d)", "", number)
    one = re.fullmatch(r"[\w./:–-]*\d[\w./:–-]*", bare) is not None
    genre = text(item, "genre")
    if kind in NUMBERED and kind != "thesis" and genre:
        if one and not re.search(r"(?i)\b(no\.|number|#)$", genre):
            item["genre"] = genre + " No."
        item["number"] = _as_it_is(bare if one else number)
    elif bare.isdecimal():
        item["number"] = bare
    elif one and (kind == "thesis" or bare[0].isdecimal()):
        item["number"] = _as_it_is("No. " + bare)
    else:
        item["number"] = _as_it_is(number)


def _as_it_is(number: str) -> str:
    """Mark a number as text, so that no label is put to it and no case changed."""
    return f'<span class="nocase">{number}</span>'


# --- names -----------------------------------------------------------------------------------------

_TITLES = re.compile(
    r"(?i)(,?\s*\b(ph\.?\s?d|psy\.?d|m\.?d|ed\.?d|d\.?phil|m\.?a|m\.?s\.?w|l\.?m\.?f\.?t|r\.?n|esq|dr|prof)\b\.?)+$"
)


def suffixes(item: Item) -> None:
    """"Jr." has its stop, Roman numerals have none; degrees and titles are left out.

    Source: APA 7, 9.8 (suffixes; "omit ... titles").
    """  # fmt: skip
    for role in ("author", "editor", "translator"):
        people = names(item, role)
        if any(name.get("suffix") for name in people):
            item[role] = [_suffixed(name) if name.get("suffix") else name for name in people]


def _suffixed(name: dict[str, Any]) -> dict[str, Any]:
    suffix = _TITLES.sub("", str(name["suffix"])).strip(" ,")
    if suffix.lower() in ("jr", "sr"):
        suffix += "."
    return {**name, "suffix": suffix}


# --- publishers ------------------------------------------------------------------------------------

_BUSINESS = re.compile(
    r",?\s+(Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|PLC|Corp|GmbH(?: & Co\.? KG)?|B\.V|S\.A|AG)\.?$"
)


def publishers(item: Item) -> None:
    """Publishers without their legal form; several stand with a semicolon between them.

    Source: APA 7, 9.29.
    """
    publisher = text(item, "publisher")
    if publisher:
        parts = [_BUSINESS.sub("", part.strip()) for part in re.split(r"\s+/\s+|\s*;\s+", publisher)]
        item["publisher"] = "; ".join(dict.fromkeys(filter(None, parts)))
    if text(item, "type") in ("webpage", "post") and _same(publisher, text(item, "container-title")):
        del item["publisher"]


def publisher_is_author(item: Item) -> None:
    """A publisher or website that is the author is not named again; nor is the author's own part of it.

    Source: APA 7, 9.29 and 9.32 ("omit ... when the author is the same"), 10.4.
    """
    groups = [_in_full(name) for name in names(item, "author")]
    if len(groups) != 1 or not groups[0]:
        return
    keys = ["publisher"] + (["container-title"] if text(item, "type") in ("webpage", "post") else [])
    for key in keys:
        value = strip(text(item, key))
        parents = re.sub(rf",\s*{re.escape(groups[0])}$", "", value)
        if _same(value, groups[0]):
            item.pop(key, None)
        elif parents != value:
            item[key] = parents


def _in_full(name: Mapping[str, Any]) -> str:
    """A group's name, or a person's in the order one would sign with."""
    if name.get("literal"):
        return re.sub(r"\s*\[[^\]]*\]$", "", str(name["literal"]))
    return " ".join(str(name[part]) for part in ("given", "family") if name.get(part))


def _same(one: str, two: str) -> bool:
    return bool(one) and _bare(one) == _bare(two)


def _bare(name: str) -> str:
    """A name for comparing: without article, legal form, abbreviation in parentheses and signs."""
    name = re.sub(r"\s*\([^()]*\)$", "", strip(name))
    name = re.sub(r"^(the|a|an)\s+", "", fold(_BUSINESS.sub("", name)))
    return re.sub(r"\W+", "", name.replace("&", "and"))


# --- DOIs ------------------------------------------------------------------------------------------

_RESOLVER = re.compile(r"(?i)(https?://)?(dx\.|www\.)?doi\.org/")
_DOI = re.compile(r"(?i)^(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*)+")


def dois(item: Item) -> None:
    """One DOI, as `https://doi.org/…`, in place of whatever form or address it came in.

    Source: APA 7, 9.35.
    """
    given, url = text(item, "DOI"), text(item, "URL")
    if not given and _RESOLVER.match(url):
        given = url
    doi = _DOI.sub("", given).strip().rstrip(".,;")
    if "://" in given and "%" in doi:
        doi = unquote(doi)
    item.pop("DOI", None)
    if re.match(r"10[.\d]*/\S", doi) or (doi and _RESOLVER.match(given)):
        item["DOI"] = doi
