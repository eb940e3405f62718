"""An item as lines of text that a person can read and correct: `author: Stern, Daniel N.; …`.

Used by `edit KEY --set FIELD=VALUE` and by the form that `edit KEY` opens in the editor.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from litbase.errors import BadInput

from .item import DATE_VARIABLES, NAME_VARIABLES, Item, Name, names
from .kinds import CSL_TYPES, csl_types
from .text import clean, clean_line

# Words people use for CSL's variables.
_SYNONYMS = {
    "year": "issued", "date": "issued", "published": "issued", "journal": "container-title",
    "container": "container-title", "pages": "page", "url": "URL", "doi": "DOI", "isbn": "ISBN",
    "issn": "ISSN", "pmid": "PMID", "place": "publisher-place", "authors": "author", "editors": "editor",
    "translators": "translator", "series": "collection-title", "original-year": "original-date",
    "article-number": "number",
}  # fmt: skip

# Source: CSL 1.0.2, appendix IV, "Standard Variables" and "Number Variables".
TEXT_VARIABLES = (
    "type", "title", "title-short", "container-title", "container-title-short", "collection-title",
    "volume", "volume-title", "issue", "page", "number", "number-of-volumes", "number-of-pages", "edition",
    "chapter-number", "collection-number", "section", "part-number", "part-title", "supplement-number",
    "version", "printing-number", "publisher", "publisher-place", "original-publisher",
    "original-publisher-place", "original-title", "reviewed-title", "reviewed-genre", "event-title",
    "event-place", "genre", "medium", "dimensions", "scale", "status", "archive", "archive-place",
    "archive_collection", "archive_location", "authority", "call-number", "division", "jurisdiction",
    "references", "source", "language", "keyword", "abstract", "annote", "note", "DOI", "URL", "ISBN",
    "ISSN", "PMID", "PMCID",
)  # fmt: skip

# The order of the form: what an entry begins with comes first.
_ORDER = ("type", "author", "editor", "translator", "issued", "original-date", *TEXT_VARIABLES[1:])
_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def known(field: str) -> str:
    """The CSL variable that a person's word for a field means.

    Raises: BadInput, with the nearest names, where it means none.
    """
    wanted = _SYNONYMS.get(field.strip().lower(), field.strip())
    variables = {name.lower(): name for name in (*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES)}
    if wanted.lower() in variables:
        return variables[wanted.lower()]
    near = _near(wanted.lower(), [*variables, *_SYNONYMS])
    hint = f"did you mean {', '.join(near)}?" if near else "title, author, issued, container-title, volume, page …"
    raise BadInput(f"there is no field “{field}”", hint)


def _near(word: str, known: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, known, 3, 0.6)


def form(item: Mapping[str, Any]) -> dict[str, str]:
    """Every field of an item as text, in the order of an entry; `id` is not for editing."""
    shown: dict[str, str] = {}
    for name in (*_ORDER, *(name for name in item if name not in _ORDER)):
        value = item.get(name)
        if value in (None, "", []) or name == "id":
            continue
        if name in NAME_VARIABLES:
            shown[name] = "; ".join(name_text(person) for person in names(item, name))
        elif name in DATE_VARIABLES:
            shown[name] = date_text(value) if isinstance(value, dict) else str(value)
        elif isinstance(value, str | int | float):
            shown[name] = str(value)
    return shown


def changed(item: Mapping[str, Any], field: str, value: str) -> Item:
    """The item with one field set from text, or without it where the text is empty.

    Raises: BadInput for an unknown field, or a type, date or name that cannot be read.
    """
    name = known(field)
    new = dict(item)
    text = clean(value).strip() if name in ("abstract", "note", "annote") else clean_line(value)
    if not text:
        if name in ("title", "type"):
            raise BadInput(f"a source cannot do without a {name}", "give it another instead")
        new.pop(name, None)
    elif name in NAME_VARIABLES:
        new[name] = [parsed_name(part) for part in text.split(";") if part.strip()]
    elif name in DATE_VARIABLES:
        if text.lower() in ("n.d.", "nd", "none"):
            new.pop(name, None)
        elif text.lower() == "in press":
            new.pop(name, None)
            new["status"] = "in press"
        else:
            new[name] = parsed_date(text)
            if name == "issued" and new.get("status") == "in press":
                del new["status"]
    elif name == "type":
        new[name] = _parsed_type(text)
    elif name == "DOI":
        from .doi import parse

        new[name] = parse(text)
    elif name == "page":
        new[name] = re.sub(r"\s*[–—]\s*", "-", text)
    else:
        new[name] = text
    return new


def _parsed_type(text: str) -> str:
    found = csl_types(text)
    if found is None:
        near = _near(text.lower(), CSL_TYPES)
        raise BadInput(
            f"“{text}” is no type of work", f"did you mean {', '.join(near)}?" if near else "book, chapter …"
        )
    return found[0]


def name_text(name: Mapping[str, Any]) -> str:
    """A name as it is typed: `Family, Given`, `Family, Given, Jr.`, or a group's name in braces."""
    if name.get("literal"):
        return f"{{{name['literal']}}}"
    particle = str(name.get("non-dropping-particle") or "")
    family = f"{particle} {name.get('family', '')}".strip()
    parts = [family, str(name.get("given") or ""), str(name.get("suffix") or "")]
    if name.get("dropping-particle"):
        parts[1] = f"{parts[1]} {name['dropping-particle']}"
    while parts and not parts[-1]:
        parts.pop()
    return ", ".join(parts)


def parsed_name(text: str) -> Name:
    """A name from `Family, Given[, Suffix]`; braces, or the lack of a comma between several words, make a group.

    Raises: BadInput for more than three parts.
    """
    text = text.strip()
    if text.startswith("{") and text.endswith("}"):
        return {"literal": text[1:-1].strip()}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 3:
        raise BadInput(f"cannot read the name “{text}”", "write Family, Given; Family, Given; or {Group}")
    if len(parts) == 1:
        return {"family": text} if " " not in text else {"literal": text}
    name: Name = {"family": parts[0], "given": parts[1]}
    if len(parts) == 3:
        name["suffix"] = parts[2]
    return {key: value for key, value in name.items() if value}


def date_text(date: Mapping[str, Any]) -> str:
    """A date as it is typed: `2015`, `2015-09`, `2015-09-14`, `2015-09/2015-10`."""
    if date.get("literal") or date.get("raw"):
        return str(date.get("literal") or date.get("raw"))
    parts = date.get("date-parts")
    if not isinstance(parts, list):
        return ""
    ends = [
        "-".join(str(part).zfill(2) if place else str(part) for place, part in enumerate(end))
        for end in parts
        if isinstance(end, list) and end
    ]
    return ("ca. " if date.get("circa") else "") + "/".join(ends)


def parsed_date(text: str) -> dict[str, Any]:
    """A date from `2015`, `2015-09`, `2015-09-14`, a range with `/`, or `ca. 1900`.

    Raises: BadInput for anything else, an impossible month or day too.
    """
    circa = re.match(r"(?:ca?\.|circa)\s*", text, re.IGNORECASE)
    ends = []
    for end in (text[circa.end() :] if circa else text).split("/"):
        found = _DATE.fullmatch(end.strip())
        if found is None or not 0 < int(found[2] or 1) < 13 or not 0 < int(found[3] or 1) < 32:
            raise BadInput(f"cannot read the date “{text}”", "write 2015, 2015-09 or 2015-09-14; n.d.; or in press")
        ends.append([int(part) for part in found.groups() if part])
    return {"date-parts": ends, **({"circa": True} if circa else {})}
