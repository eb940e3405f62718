"""The book a chapter stands in: Crossref's chapters often lack its editors, and APA prints them."""

from collections.abc import Mapping
from typing import Any

from litbase.domain import inline
from litbase.domain.item import Item, names
from litbase.domain.text import fold
from litbase.errors import BadRecord, ProviderError
from litbase.providers import crossref

from . import clean

_IN_BOOKS = frozenset(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"))


def editors(item: Item, settings: crossref.Settings) -> list[dict[str, Any]]:
    """The editors of the book that a chapter without them stands in, by its ISBN; empty where none are found.

    A provider that fails is no reason to refuse the chapter.
    """
    isbn = str(item.get("ISBN") or "").split()
    if item.get("type") not in _IN_BOOKS or names(item, "editor") or not isbn:
        return []
    try:
        records = crossref.of_isbn(isbn[0], settings)
    except ProviderError:
        return []
    return next((found for record in records if (found := _editors_of(record, item))), [])


def _editors_of(record: Mapping[str, Any], chapter: Item) -> list[dict[str, Any]]:
    """The editors of a record that is the chapter's book, whole."""
    try:
        book = clean.crossref(record).item
    except BadRecord:
        return []
    same = _title(book.get("title")).startswith(_title(chapter.get("container-title"))[:40])
    whole = book.get("type") in ("book", "classic", "collection")
    return names(book, "editor") if same and whole and chapter.get("container-title") else []


def _title(value: object) -> str:
    return fold(inline.strip(str(value or "")))
