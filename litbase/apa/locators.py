"""Places in a work: "p. 45", "paras. 4–5", "Chapter 3", "Discussion section", "1:30:40"."""

import re
from typing import NamedTuple

from litbase.domain.locators import LABELS

from .authors import LEGAL


class _Form(NamedTuple):
    """How a label is printed before one place and before several; empty where the place speaks for itself."""

    one: str
    many: str


def _whole(word: str) -> _Form:
    return _Form(word, f"{word}s")


# CSL's locator labels, and slides. Source: APA 7, 8.13 and 8.28; CSL 1.0.2, appendix IV, "Locators".
_FORMS = {
    "page": _Form("p.", "pp."),
    "paragraph": _Form("para.", "paras."),
    "volume": _Form("Vol.", "Vols."),
    "sub-verbo": _Form("s.v.", "s.vv."),
    "title-locator": _Form("Title", "Titles"),
    "article-locator": _Form("Article", "Articles"),
    "appendix": _Form("Appendix", "Appendices"),
    "opus": _Form("Op.", "Opp."),
    "canon": _Form("Canon", "Canons"),
    "timestamp": _Form("", ""),
    "elocation": _Form("", ""),
    **{
        word: _whole(word.capitalize())
        for word in (
            "act", "book", "chapter", "column", "equation", "figure", "folio", "footnote", "issue", "line", "note",
            "part", "rule", "scene", "section", "slide", "supplement", "surah", "table", "verse",
        )
    },
}  # fmt: skip
# Statutes and cases keep the signs of legal style. Source: APA 7, 11.4; apa.csl, macro "label-locator".
_LEGAL_FORMS = {"section": _Form("§", "§§"), "article-locator": _Form("art.", "arts.")}
# Their places are recognised by their form alone: 13:1, 1.3.36–37.
_CANONICAL = frozenset(("chapter", "line", "verse", "act", "scene", "book", "surah"))

_NUMBER = r"(?:[A-Za-z]{0,2}\d[\w.:]*|[ivxlcdm]+\b|[A-Z]\b)"
_LABELLED = re.compile(
    rf"({'|'.join(sorted(map(re.escape, LABELS), key=len, reverse=True))})(?:\.\s*|\s+|(?<=[§¶])|(?=\d))(?={_NUMBER})",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?:[A-Za-z]{0,2}\d+[a-z]?|[ivxlcdm]+)(?:(?:\s*(?:[-–—]|,|&|and)\s*)+(?:[A-Za-z]{0,2}\d+[a-z]?|[ivxlcdm]+))*"
)
_COMMA = re.compile(r",(?!\d{3}\b)\s*")
_TIME = re.compile(r"\d{1,3}(?::\d{2}){1,2}(?:\s*[-–—]\s*\d{1,3}(?::\d{2}){1,2})?")
_CANON = re.compile(r"\d+(?:[.:]\d+)+(?:\s*[-–—]\s*[\d.:]+)?")
_COUNTED = re.compile(rf"{_NUMBER}(?:\s*(?:[-–—,&]|\band\b)+\s*{_NUMBER})*")
_SEVERAL = re.compile(rf"{_NUMBER}\s*(?:[–—&]|,(?!\d{{3}}\b)|\band\b)\s*{_NUMBER}")
_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,2})(\d+)\s*[-–—]{1,2}\s*([A-Za-z]{0,2})(\d+)(?![\w-])")
_ROMAN_RANGE = re.compile(r"(?<![\w-])([ivxlcdm]+)\s*[-–—]{1,2}\s*([ivxlcdm]+)(?![\w-])")
_TIME_RANGE = re.compile(r"(?<=[\d])\s*[-–—]{1,2}\s*(?=\d+[.:])")


def locator_text(locator: str, label: str = "", kind: str = "") -> str:
    """A place as a citation prints it, from what was typed and perhaps a CSL label.

    "45" is a page, "45-47" pages with an en dash, "para 4", "¶4" and "4" under "paragraph" the same
    paragraph; "1:30:40", "13:1" and "1.3.36" need no label; words ("Discussion") under "section"
    become "Discussion section"; several places are told apart: "Chapter 3, p. 45". What is not
    recognised stands as typed. `kind` is the item's type: legal works print "§".

    Source: APA 7, 8.13, 8.23, 8.28, 11.4.
    """
    locator = " ".join(locator.split())
    if label and not _LABELLED.match(locator):
        return _under(label, _dashed(locator), kind)
    return ", ".join(_place(part, kind) for part in _parts(locator))


def _parts(locator: str) -> list[str]:
    """The places one locator names: cut where a comma is followed by a label of its own."""
    parts: list[str] = []
    for piece in _COMMA.split(locator):
        if parts and not _LABELLED.match(piece):
            parts[-1] += f", {piece}"
        else:
            parts.append(piece)
    return [part for part in parts if part]


def _place(part: str, kind: str) -> str:
    """One place with the label it was typed with, or the one its form gives away."""
    found = _LABELLED.match(part)
    if found:
        return _labelled(LABELS[found[1].lower()], _dashed(part[found.end() :]), kind)
    if _PAGES.fullmatch(part):
        return _labelled("page", _dashed(part), kind)
    return _dashed(part)


def _under(label: str, place: str, kind: str) -> str:
    """A place given with a CSL label: words stand for themselves, but for the name of a section."""
    counted = _COUNTED.fullmatch if label in _CANONICAL else _COUNTED.match
    if counted(place):
        return _labelled(label, place, kind)
    # Source: APA 7, 8.13: a heading is named, "Discussion section".
    heading = label == "section" and kind not in LEGAL and "section" not in place.lower()
    return f"{place} section" if heading else place


def _labelled(label: str, place: str, kind: str) -> str:
    """A place after its label, one or several; verses and lines known by their form have none."""
    if label in _CANONICAL and _CANON.fullmatch(place):
        return place
    form = _FORMS.get(label, _Form("", ""))
    if kind in LEGAL:
        form = _LEGAL_FORMS.get(label, form)
    return f"{form.many if _SEVERAL.search(place) else form.one} {place}".strip()


def _dashed(place: str) -> str:
    """Ranges with an en dash and both numbers in full. Source: APA 7, 6.6 and 8.13."""
    if _TIME.fullmatch(place) or _CANON.fullmatch(place):
        return re.sub(r"\s*[-–—]{1,2}\s*", "–", place)
    place = _TIME_RANGE.sub("–", place) if ":" in place else place
    return _ROMAN_RANGE.sub(r"\1–\2", _RANGE.sub(_range, place))


def _range(found: re.Match[str]) -> str:
    letter, first, last_letter, last = found.groups()
    if len(last) < len(first):  # 123–5 is 123–125
        completed = first[: len(first) - len(last)] + last
        if completed <= first:  # of one length, so in order of their numbers
            return found[0]  # 14-2 is a page of its own
        last = completed
    return f"{letter}{first}–{last_letter}{last}"
