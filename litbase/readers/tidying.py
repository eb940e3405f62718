"""An entry of a foreign file made an item as litbase keeps it: little is changed, and each change is told.

What stands in a reference manager was read by a person once, so the rules are fewer than those for a
provider's records: damage is mended, titles are set in sentence case, pages and editions take APA's form,
and what is no DOI or ISBN is not kept as one.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from litbase.domain import doi, isbn
from litbase.domain.fields import TEXT_VARIABLES
from litbase.domain.inline import strip
from litbase.domain.item import NAME_VARIABLES, Item, Name
from litbase.domain.records import containers, pages, persons, tidying
from litbase.domain.records.changes import Change, Cleaned, Step, altered, follow
from litbase.domain.records.lettering import mend
from litbase.domain.text import clean, clean_line
from litbase.errors import BadInput, BadRecord

SentenceCase = Callable[[str, str], str]

_LONG = frozenset({"abstract", "note", "annote"})
_RICH = frozenset({"title", "container-title", "collection-title", "volume-title", "part-title", "title-short"})
# An entry without any of these, and without a name, could not be told from another.
_TITLES = ("title", "container-title", "reviewed-title", "original-title", "event-title", "title-short")
# Whose container is a book, to be printed in sentence case; journals and sites keep their capitals.
_IN_BOOK = frozenset({"chapter", "entry", "entry-encyclopedia", "entry-dictionary"})
_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)
PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9]+(?:[._/-][a-z0-9]+){0,20}")
_NOCASE = '<span class="nocase">'
_HELD_BACK = (Step(mend, "letters that were decoded twice read as they were meant"),)
_TITLE_STEPS = (*_HELD_BACK, *tidying.STEPS, *tidying.EDGES)


def tidied(item: Item, protected: tuple[str, ...], sentence_case: SentenceCase) -> Cleaned:
    """The item as litbase keeps it, without `id`, and what was changed.

    `protected` are stretches of the title whose letters stand as they are; `sentence_case(title,
    evidence)` as in `records.clean_crossref`.

    Raises: BadRecord where there is neither a title nor a name to know the work by.
    """
    new: Item = {"type": item.get("type") or "document"}
    changes: list[Change] = []
    for name, value in item.items():
        if name not in ("type", "id"):
            kept, made = _field(name, value)
            changes += made
            if kept not in ("", [], None):
                new[name] = kept
    changes += _titled(new, protected, sentence_case)
    for rule in (_links, _numbers, _standing):
        changes += rule(new)
    if not any(new.get(variable) for variable in (*_TITLES, *NAME_VARIABLES)):
        raise BadRecord("the entry has neither a title nor a name", "give it one, or leave it out")
    return Cleaned(new, tuple(changes))


def _field(name: str, value: Any) -> tuple[Any, list[Change]]:
    """One variable in its shape: text mended, names with each part in its place."""
    if name in NAME_VARIABLES:
        return _people(name, value)
    if name in _RICH and isinstance(value, str):
        return follow(_TITLE_STEPS if name == "title" else tidying.STEPS, name, value)
    if name in TEXT_VARIABLES and isinstance(value, str):
        kept = clean(mend(value)).strip() if name in _LONG else clean_line(mend(value))
        return kept, altered(name, value, kept, "blanks tidied") if strip(kept) != strip(value).strip() else []
    return value, []


def _people(role: str, given: list[Name]) -> tuple[list[Name], list[Change]]:
    """A role's names: capitals and initials as APA prints them, each person once."""
    people: list[Name] = []
    changes: list[Change] = []
    for one in given:
        name = _person(one)
        changes += altered(role, _written(one), _written(name), "the name written as APA does")
        if any(name.values()) and name not in people:
            people.append(name)
    return people, changes


def _person(given: Name) -> Name:
    """A name put right; one whose particles are told apart, or that would fall to pieces, is left alone."""
    if "literal" in given or "dropping-particle" in given or "non-dropping-particle" in given:
        return given
    found = persons.people(given)
    return found[0] if len(found) == 1 and "literal" not in found[0] else given


def _written(name: Name) -> str:
    return ", ".join(str(name[part]) for part in ("family", "given", "suffix", "literal") if name.get(part))


def _titled(item: Item, protected: tuple[str, ...], sentence_case: SentenceCase) -> list[Change]:
    """Titles of works and of books set in sentence case, what the file vouches for left as it is."""
    changes: list[Change] = []
    if title := item.get("title"):
        cased = _free(sentence_case(_guarded(title, protected), str(item.get("abstract") or "")))
        item["title"] = clean_line(cased)
        changes += altered("title", title, item["title"], "set in sentence case")
    book = item.get("container-title")
    if book and item["type"] in _IN_BOOK:
        item["container-title"] = clean_line(sentence_case(book, ""))
        changes += altered("container-title", book, item["container-title"], "set in sentence case")
    return changes


def _guarded(title: str, protected: tuple[str, ...]) -> str:
    """A title with spans around what is protected, the longest stretch where several begin at one place."""
    if not protected:
        return title
    groups = "|".join(re.escape(group) for group in sorted(set(protected), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{groups})(?!\w)", lambda found: f"{_NOCASE}{found[0]}</span>", title)


def _free(title: str) -> str:
    return re.sub(rf"{re.escape(_NOCASE)}(.*?)</span>", r"\1", title)


def _links(item: Item) -> list[Change]:
    """A DOI that is one, and no link beside it that only leads there."""
    changes: list[Change] = []
    given = str(item.get("DOI") or "")
    url = str(item.get("URL") or "")
    found = _doi(given) or (_doi(url) if _DOI_LINK.match(url) else "")
    if given and not found:
        del item["DOI"]
        changes.append(Change("DOI", given, "", "this is no DOI", True))
    elif found:
        item["DOI"] = found
        changes += altered("DOI", given, found, "the DOI alone, in small letters")
        if _DOI_LINK.match(url) and _doi(url) in ("", found):
            del item["URL"]
            changes.append(Change("URL", url, "", "it leads to the DOI"))
    return changes


def _doi(text: str) -> str:
    """The DOI in a text; "" for none. Most are bare and plain already, and reading them costs more than looking."""
    if PLAIN_DOI.fullmatch(text):
        return text
    try:
        return doi.parse(text) if text else ""
    except BadInput:
        return ""


def _numbers(item: Item) -> list[Change]:
    """Pages with a hyphen, editions as numbers, volumes and issues without labels, ISBNs that are ones."""
    changes: list[Change] = []
    for name, reading in (
        ("page", pages.pages),
        ("volume", pages.volume),
        ("issue", pages.issue),
        ("edition", containers.edition),
    ):
        given = item.get(name)
        if isinstance(given, str):
            kept = reading(given)
            if kept:
                item[name] = kept
            else:
                del item[name]
            changes += altered(name, given, kept, "written as APA does" if kept else f"no {name}")
    if given := item.get("ISBN"):
        item["ISBN"] = " ".join(dict.fromkeys(_isbns(str(given))))
        changes += altered("ISBN", str(given), item["ISBN"], "13 digits, no hyphens" if item["ISBN"] else "no ISBN")
        if not item["ISBN"]:
            del item["ISBN"]
    return changes


def _isbns(text: str) -> Iterator[str]:
    for part in re.split(r"[,;\s]+(?=[\dX-]{9,})", re.sub(r"\([^()]*\)", " ", text)):
        try:
            yield isbn.parse(part)
        except BadInput:
            continue


def _standing(item: Item) -> list[Change]:
    """A work with a date is not in press any more, whatever an old entry says of both."""
    if item.get("status") == "in press" and item.get("issued") and (item.get("page") or item.get("volume")):
        del item["status"]
        return [Change("status", "in press", "", "it has a date and a volume or pages")]
    return []
