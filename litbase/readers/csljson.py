"""CSL-JSON: an array of items, one item, an object with `items`, or an item a line; each variable in its shape.

Source: CSL-JSON 1.0.2 schema; CSL 1.0.2, appendix IV.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from litbase.domain import admit
from litbase.domain.fields import TEXT_VARIABLES
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES, Item, Name
from litbase.domain.kinds import CSL_TYPES
from litbase.domain.records.changes import Change
from litbase.domain.text import clean_line
from litbase.errors import BadInput

from . import dates, elements, opening, zotero
from .entry import Entry, Fault

# Types of CSL 1.0 and of other programs, as CSL 1.0.2 calls them.
_OLD_TYPES = {
    "article-preprint": "article", "journal-article": "article-journal", "book-chapter": "chapter",
    "computer_program": "software", "conference-paper": "paper-conference", "proceedings-article": "paper-conference",
    "dissertation": "thesis", "blog-post": "post-weblog", "posted-content": "article", "film": "motion_picture",
}  # fmt: skip
_OLD_VARIABLES = {
    "journalAbbreviation": "container-title-short", "shortTitle": "title-short", "event": "event-title",
    "citation-label": "", "publisher-location": "publisher-place", "archive_place": "archive-place",
}  # fmt: skip
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_NAME_FLAGS = ("comma-suffix", "static-ordering", "parse-names")
LOOKS_LIKE = re.compile(r'\s*(?:\[\s*[{\]]|\{\s*["}])')


def read(text: opening.Text) -> Iterator[Entry | Fault]:
    """The items of a CSL-JSON file, and a fault for each that is none.

    Raises: BadInput where it is no JSON, holds no item, or one is longer than litbase reads.
    """
    number = 0
    for number, (value, line) in enumerate(elements.read(text), 1):
        try:
            yield _entry(number, line, value)
        except BadInput as error:
            yield Fault(number, line, error.message)
    if not number:
        raise BadInput("there is no item in it", 'CSL-JSON is an array of items: [{"type": "book", "title": "…"}]')


def _entry(number: int, line: int, value: object) -> Entry:
    """One item.

    Raises: BadInput for what is no object.
    """
    if not isinstance(value, dict):
        raise BadInput("this is no item: an object is needed")
    given = admit.admitted(value)
    changes: list[Change] = []
    unused: list[tuple[str, str]] = []
    item: Item = {"type": _type(given, changes)}
    for old, field in ((name, _OLD_VARIABLES.get(name, name)) for name in given):
        if old in ("id", "type", "citation-key", "categories") or field in item:
            continue
        kept = _variable(field, given[old])
        if kept is not None:
            item[field] = kept
        elif given[old] not in (None, "", [], {}):
            unused.append((old, json.dumps(given[old], ensure_ascii=False)[:2000]))
    key = str(given.get("citation-key") or zotero.citekey(item) or given.get("id") or "")
    keywords = tuple(dict.fromkeys((*_texts(given.get("categories")), *_keywords(given.get("keyword")))))
    item = zotero.with_extra(item)
    # What is left of "Extra" is in somebody's own words: a note, which leaves only when asked for.
    texts = (zotero.note(str(item.pop(name, ""))) for name in ("annote", "note"))
    notes = tuple(filter(None, texts))
    return Entry(number, line, item, key, keywords, notes, (), tuple(unused), tuple(changes))


def _type(given: Mapping[str, Any], changes: list[Change]) -> str:
    said = clean_line(str(given.get("type") or ""))
    known = said if said in CSL_TYPES else _OLD_TYPES.get(said.lower(), said.lower().replace("_", "-"))
    if known not in CSL_TYPES:
        known = "document"
    if known != said:
        changes.append(Change("type", said, known, "a type that CSL has", True))
    return known


def _variable(name: str, value: Any) -> Any:
    """A variable's value in its shape; None for what has none."""
    if name in NAME_VARIABLES:
        return [person for one in value if (person := _name(one))] or None if isinstance(value, list) else None
    if name in DATE_VARIABLES:
        return _date(value)
    if name == "custom" and isinstance(value, dict):
        return value
    if name not in TEXT_VARIABLES:
        return None
    if isinstance(value, list):  # journals' ISSNs, as Crossref sends them
        value = " ".join(_texts(value))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "" else None


def _name(value: object) -> Name:
    if isinstance(value, str):
        return {"literal": value} if value else {}
    if not isinstance(value, dict):
        return {}
    name: Name = {part: str(value[part]) for part in _NAME_PARTS if value.get(part)}
    return name | {flag: value[flag] for flag in _NAME_FLAGS if flag in value} if name else {}


def _date(value: object) -> dict[str, Any] | None:
    """A date: its parts as numbers, what it says in words read if that can be done."""
    if isinstance(value, str | int):
        return dates.read(str(value)).date
    if not isinstance(value, dict):
        return None
    ends = [found for end in _ends(value.get("date-parts")) if (found := list(_parts(end)))]
    if ends:
        kept: dict[str, Any] = {"date-parts": ends}
        return kept | {name: value[name] for name in ("circa", "season", "literal") if value.get(name)}
    if value.get("literal"):
        return {"literal": str(value["literal"])}
    return dates.read(str(value["raw"])).date if value.get("raw") else None


def _ends(value: object) -> list[Any]:
    return [end for end in value if isinstance(end, list)][:2] if isinstance(value, list) else []


def _parts(end: list[Any]) -> Iterator[int]:
    """Year, month and day, as far as they are numbers that can be ones."""
    for place, part in enumerate(end[:3]):
        text = str(part).strip()
        if isinstance(part, bool) or not re.fullmatch(r"-?\d{1,4}", text):
            return
        number = int(text)
        if place and not 0 < number < (13, 32)[place - 1]:
            return
        yield number


def _texts(value: object) -> list[str]:
    return [clean_line(one) for one in value if isinstance(one, str) and one.strip()] if isinstance(value, list) else []


def _keywords(value: object) -> list[str]:
    if not isinstance(value, str):
        return _texts(value)
    return [word for part in re.split(r";" if ";" in value else r",", value) if (word := clean_line(part))]
