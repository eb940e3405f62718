"""CSL-JSON as DataCite, mEDRA, JaLC and their like send it.

It is CSL in its field names; in what stands in them it is as rough as Crossref's records, and a
type may be Crossref's, an old one, or the "article" that DataCite says where it knows no better.

Source: CSL-JSON 1.0.2; DataCite Metadata Schema 4, appendix 3 (standard values for unknown ones).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from litbase.domain.foreign.fields import with_fields
from litbase.domain.kinds import CSL_TYPES
from litbase.domain.records import kinds, nameparts, shape, shaped
from litbase.domain.records.changes import Change, Cleaned

# "(:unav)", ":tba" and the like stand for what nobody knows.
_UNKNOWN = re.compile(r"\W*:?\(?:?(?:unac|unal|unap|unas|unav|unkn|none|null|tba|etal)\)?\W*", re.IGNORECASE)
_CODE = re.compile(r"\(:\w{3,4}\)|^:\w{3,4}\b")
_TYPES = {"paper_conference": "paper-conference", "computer_program": "software", "posted-content": "article"}
_AS_THEY_ARE = (
    "DOI", "URL", "ISBN", "ISSN", "abstract", "container-title", "issued", "language", "publisher", "volume", "issue",
)  # fmt: skip
_NAMES = ("author", "editor", "translator", "chair")
_LATIN_WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ][\w’'-]*")


def clean(body: Mapping[str, Any], sentence_case: Callable[[str, str], str]) -> Cleaned:
    """The item of an agency's CSL-JSON.

    Raises: BadRecord where there is no title.
    """
    kind = kind_of(body)
    cleaned = shaped(_message(body, kind), kind, sentence_case)
    further = {"version": shape.term(body.get("version")) if kind in ("dataset", "software") else ""}
    if kind == "thesis":
        further["genre"] = kinds.degree(shape.line(body.get("genre")))
    cleaned = with_fields(cleaned, further)
    return cleaned._replace(changes=(*cleaned.changes, *_whole_names(cleaned.item)))


def kind_of(body: Mapping[str, Any]) -> str:
    """The CSL type; where the agency's own says little, what the other fields speak for."""
    given = shape.line(body.get("type")).lower()
    known = _TYPES.get(given) or (given if given in CSL_TYPES else kinds.TYPES.get(given, "document"))
    held = bool(shape.line(body.get("container-title")))
    if known in ("article", "report", "document") and held and (_has(body, "volume") or _has(body, "ISSN")):
        return "article-journal"
    return "article" if known == "article-journal" and not held else known


def _has(body: Mapping[str, Any], field: str) -> bool:
    return bool(_told(body.get(field)))


def _told(value: object) -> object:
    """A field's value, or nothing where it is one of DataCite's words for nothing."""
    text = shape.line(value)
    return "" if _CODE.search(text) and _UNKNOWN.fullmatch(text) else value


def _message(body: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The answer in the fields of a Crossref message."""
    message = {field: told for field in _AS_THEY_ARE if (told := _told(body.get(field)))}
    message |= {role: [_name(one) for one in shape.mappings(body.get(role))] for role in _NAMES}
    message["title"] = _told(body.get("title"))
    message["page"] = body.get("page") or body.get("page-first")
    message["edition-number"] = body.get("edition")
    message["publisher-location"] = _told(body.get("publisher-place"))
    message["subject"] = body.get("categories") or []
    if kind == "article-journal":
        message["article-number"] = body.get("number")
    return message


def _name(given_as: Mapping[str, Any]) -> dict[str, Any]:
    """One CSL name as Crossref writes it: particles with the family name, a literal under `name`."""
    particle = shape.line(given_as.get("non-dropping-particle"))
    family = _told(given_as.get("family"))
    return {
        "given": " ".join(
            part
            for part in (shape.line(_told(given_as.get("given"))), shape.line(given_as.get("dropping-particle")))
            if part
        ),
        "family": f"{particle} {shape.line(family)}".strip(),
        "suffix": given_as.get("suffix"),
        "name": _told(given_as.get("literal")),
    }


def _whole_names(item: Mapping[str, Any]) -> list[Change]:
    """A word to the user for each name that came whole and may be a person's: nothing tells its parts.

    mEDRA writes "Rossi Maria" where others write "Maria Rossi".
    """
    found = []
    for role in _NAMES:
        for name in item.get(role, []):
            literal = str(name.get("literal", ""))
            words = literal.split()
            if 2 <= len(words) <= 4 and all(map(_LATIN_WORD.fullmatch, words[-2:])) and not nameparts.is_group(literal):
                reason = "a whole name: if it is a person’s, tell which part is the family name"
                found.append(Change(role, literal, literal, reason, True))
    return found
