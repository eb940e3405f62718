"""Whose work it is: the names that stand first in an entry and in its citations.

The order of roles is that of `apa.csl` (its macros "author" and "author-short"), so that a citation
always begins with the word its entry begins with.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from litbase.domain.item import Name, names

from .names import Author, author

LEGAL = frozenset(("bill", "hearing", "legal_case", "legislation", "regulation", "treaty"))
# Cited in the text only, unless something says where a reader can find them.
PRIVATE = frozenset(("interview", "personal_communication"))
_FINDABLE = ("archive", "archive-place", "container-title", "DOI", "number", "publisher", "references", "URL")
_ENTRIES = frozenset(("entry-dictionary", "entry-encyclopedia"))
_TITLED = frozenset(("book", "classic", "entry")) | _ENTRIES
_HELD = frozenset(("event", "performance", "speech"))
_SITES = frozenset(("software", "webpage"))

Roles = tuple[str, ...]


def authors(item: Mapping[str, Any]) -> tuple[Author, ...]:
    """The names a work is cited by; empty where its title stands in their place.

    Edited books go by their editors, films by their directors, episodes by writers and directors,
    podcasts by their hosts; cases, statutes and treaties always by their names. Translators are
    never cited for the work. Somebody with two roles counts once.

    Source: APA 7, 9.7–9.12, 8.14, 10.12–10.13, 11.4; apa.csl, macro "author".
    """
    if is_personal(item):
        # Source: APA 7, 8.9: whoever spoke or wrote, however the type calls them.
        return _named(item, ("author",))
    for roles in _candidates(item):
        found = _named(item, roles)
        if found:
            return found
    return ()


def is_personal(item: Mapping[str, Any]) -> bool:
    """Whether a work is a personal communication no reader can find: cited in the text, never listed.

    Source: APA 7, 8.9; apa.csl, "bibliography".
    """
    return item.get("type") in PRIVATE and not any(item.get(variable) for variable in _FINDABLE)


def _candidates(item: Mapping[str, Any]) -> Iterator[Roles]:
    """The roles that may lead, best first; several at once are printed together."""
    kind = str(item.get("type") or "")
    if kind in LEGAL:
        return
    if kind in PRIVATE:
        yield ("author",)
        return
    yield from (("composer",), ("author",), ("illustrator",))
    if kind == "broadcast":
        yield ("script-writer", "director")
    yield from (("director",), ("guest", "host"), ("producer",))
    if kind in _ENTRIES:
        yield ("publisher",)
    if item.get("container-title") and kind in _TITLED:
        return
    yield from (("executive-producer",), ("series-creator",), ("editor-translator",), ("editor",))
    yield from (("editorial-director",), ("compiler",))
    if kind in _HELD:
        yield from (("chair",), ("organizer",))
    yield from (("curator",), ("collection-editor",))
    if kind in _SITES:
        yield ("publisher",)
    elif kind == "standard":
        yield ("authority",)


def _named(item: Mapping[str, Any], roles: Roles) -> tuple[Author, ...]:
    found = (author(name) for role in roles for name in _names(item, role))
    return tuple(dict.fromkeys(who for who in found if who is not None))


def _names(item: Mapping[str, Any], role: str) -> list[Name]:
    value = item.get(role)
    return [{"literal": value}] if isinstance(value, str) and value.strip() else names(item, role)
