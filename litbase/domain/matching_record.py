"""A Crossref record as references are held against it: all its titles, places and dates, not only the best.

Cleaning chooses one title, one date, one name of a journal for the library. Whoever wrote a reference
may have chosen another, and rightly: so here all of them are kept.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from litbase.domain.item import Item
from litbase.domain.records import Notice, clean_crossref, dates, shape
from litbase.errors import BadRecord

# What of a record is looked at. Source: Crossref REST API, "API format".
FIELDS = (
    "DOI", "type", "title", "subtitle", "short-title", "original-title", "author", "editor", "translator",
    "container-title", "short-container-title", "group-title", "publisher", "ISBN", "volume", "issue", "page",
    "article-number", "issued", "published", "published-print", "published-online", "posted", "approved",
    "content-created", "update-to", "updated-by", "relation",
    "edition-number", "subtype", "institution", "published-other", "journal-issue", "event", "degree",
)  # fmt: skip
# Those among them that a list of records can be cut down to. Source: Crossref REST API, `select`.
SELECTABLE = FIELDS[: FIELDS.index("edition-number")]

_DATES = ("issued", "published", "published-print", "published-online", "published-other", "posted", "approved",
          "content-created")  # fmt: skip


class Known(NamedTuple):
    """A work as its provider knows it.

    `years` are all that any of its dates gives; `printed` tells whether one of them is of print.
    `is_notice` marks a correction or retraction of another work.
    """

    doi: str
    item: Item
    titles: tuple[str, ...]
    containers: tuple[str, ...]
    years: frozenset[int]
    printed: bool
    notices: tuple[Notice, ...]
    is_notice: bool


def trimmed(message: Mapping[str, Any]) -> dict[str, Any]:
    """A record without all that references are not held against: its own references, abstract, licences."""
    return {name: message[name] for name in FIELDS if name in message}


def known(message: Mapping[str, Any]) -> Known | None:
    """The work of a Crossref record; None where the record describes none that can be cited."""
    try:
        cleaned = clean_crossref(message, lambda title, _: title)
    except BadRecord:
        return None
    item = cleaned.item
    issue = shape.mapping(message.get("journal-issue"))
    found = [dates.parts(message.get(name)) for name in _DATES]
    found += [dates.parts(issue.get(name)) for name in ("published-print", "published-online")]
    titles = (
        item["title"],
        *(title for name in ("title", "original-title") for title in shape.lines(message.get(name))),
    )
    names = (
        str(item.get("container-title") or ""),
        *(name for field in ("container-title", "short-container-title") for name in shape.lines(message.get(field))),
    )
    return Known(
        shape.doi(message.get("DOI")),
        item,
        tuple(dict.fromkeys(titles)),
        tuple(dict.fromkeys(name for name in names if name)),
        frozenset(parts[0] for parts in found if parts),
        bool(dates.parts(message.get("published-print")) or dates.parts(issue.get("published-print"))),
        tuple(notice for notice in cleaned.notices if notice.affects == "this"),
        any(notice.affects == "other" for notice in cleaned.notices),
    )
