"""What an entry of each type cannot do without: author, date, title and source, and what the source is made of.

Source: APA 7, 9.4 (the four elements), 9.23–9.37 (sources) and chapter 10 (each type's template).
"""

from collections.abc import Mapping
from typing import Any

_ADDRESS = ("DOI", "URL")
_PLACE = ("page", "number", "issue", "chapter-number", "status")

# By CSL type: each row is one element in words, and the variables of which any one will do.
_NEEDS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "article-journal": (
        ("journal", ("container-title",)),
        ("volume", ("volume", "status", "available-date")),
        ("pages or article number", (*_PLACE, *_ADDRESS)),
    ),
    "article-magazine": (("magazine", ("container-title",)),),
    "article-newspaper": (("newspaper", ("container-title",)),),
    "article": (("repository", ("publisher", "archive", "container-title")), ("address", (*_ADDRESS, "number"))),
    "book": (("publisher", ("publisher", *_ADDRESS)),),
    "chapter": (
        ("book", ("container-title",)),
        ("pages", ("page", *_ADDRESS)),
        ("publisher", ("publisher", *_ADDRESS)),
    ),
    "entry-dictionary": (("dictionary", ("container-title",)),),
    "entry-encyclopedia": (("encyclopedia", ("container-title",)),),
    "report": (("publisher", ("publisher", "authority", "author")),),
    "thesis": (("university", ("publisher",)),),
    "paper-conference": (("conference, journal or book", ("event-title", "event", "container-title", "publisher")),),
    "speech": (("conference or occasion", ("event-title", "event", "container-title", "publisher")),),
    "webpage": (("address", ("URL",)),),
    "post": (("address", ("URL",)),),
    "post-weblog": (("blog", ("container-title",)), ("address", ("URL",))),
    "dataset": (("publisher or address", ("publisher", *_ADDRESS)),),
    "software": (("publisher or address", ("publisher", *_ADDRESS)),),
    "motion_picture": (("company or site", ("publisher", "container-title", "URL")),),
    "broadcast": (("company or site", ("publisher", "container-title", "URL")),),
    "song": (("label or site", ("publisher", "container-title", "URL")),),
    "legal_case": (("court or reporter", ("authority", "container-title", "publisher")),),
    "standard": (("publisher", ("publisher", "authority", "author")),),
}
# Works of law are known by name and place; a film by its director, a talk by its speaker.
_NO_AUTHOR = {"legal_case", "legislation", "bill", "hearing", "regulation", "treaty", "entry-dictionary", "webpage"}
# Which of author and date a work of a type always has: without it the record is at fault, not the work. Elsewhere
# the title takes the author's place (9.12), and "n.d." the date's (9.17).
_ALWAYS = {
    "article-journal": ("date",), "article-magazine": ("date",), "article-newspaper": ("date",),
    "chapter": ("author",), "thesis": ("author", "date"), "paper-conference": ("author", "date"),
    "speech": ("author", "date"), "post": ("author", "date"), "personal_communication": ("author", "date"),
}  # fmt: skip
_AUTHORS = ("author", "editor", "director", "host", "script-writer", "performer", "composer", "executive-producer")


def missing(item: Mapping[str, Any]) -> tuple[str, ...]:
    """What an item's entry lacks, in words, in an entry's order; empty where it has all it needs.

    Dates that no one knows ("n.d.") and works without an author are named too; `may_lack` tells whether that is lawful.
    """
    kind = str(item.get("type") or "")
    found = [] if kind in _NO_AUTHOR or _any(item, _AUTHORS) else ["author"]
    if not _any(item, ("issued", "status")):
        found.append("date")
    if not _any(item, ("title", "genre")):
        found.append("title")
    if kind == "personal_communication":
        return tuple(found)
    return (*found, *(words for words, variables in _NEEDS.get(kind, ()) if not _any(item, variables)))


def may_lack(item: Mapping[str, Any], element: str) -> bool:
    """Whether a work of this type may lawfully lack an element that `missing` named: APA has a way to print it.

    Source: APA 7, 9.12 and 9.17.
    """
    return element in ("author", "date") and element not in _ALWAYS.get(str(item.get("type") or ""), ())


def _any(item: Mapping[str, Any], variables: tuple[str, ...]) -> bool:
    return any(item.get(variable) not in (None, "", [], {}) for variable in variables)
