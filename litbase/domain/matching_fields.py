"""In which fields a reference differs from the record of its work, and in which that means nothing.

A difference is only told where both sides say something and nothing ordinary explains it: years of print
and online, reprints, abbreviated names, subtitles left out, pages of an article not yet in its issue.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litbase.domain.brief import leading
from litbase.domain.item import Item, family, names, year
from litbase.domain.likeness import Ratio
from litbase.domain.matching_evidence import completed, fold_number
from litbase.domain.matching_names import people_apart, same_book, same_place, same_words, spelt, titles_apart
from litbase.domain.matching_record import Known
from litbase.domain.text import fold
from litbase.domain.traits import person, telling, words

YEARS_APART = 2  # that print, online and copyright may be
_ONLINE_SINCE = 2000  # what is older was put online later, and may bear that date only
_RETITLED = 0.05  # distance from which a title is another wording

# What kinds of work have the same fields.
_GROUPS = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "periodical": "article", "paper-conference": "conference", "book": "book", "chapter": "chapter",
    "entry-encyclopedia": "chapter", "entry-dictionary": "chapter", "entry": "chapter", "article": "preprint",
    "thesis": "thesis", "report": "report", "dataset": "dataset", "standard": "report",
}  # fmt: skip
# Kinds one and the same work is given by turns, by whoever registers and whoever cites.
_INTERCHANGED = (
    {"article", "preprint", "conference"},
    {"chapter", "conference"},
    {"book", "report"},
    {"book", "thesis"},
    {"book", "preprint"},
    {"report", "preprint"},
    {"preprint", "thesis"},
    {"preprint", "dataset"},
)


class Difference(NamedTuple):
    """A field, what the reference has in it, and what the record has; both fit to be shown."""

    field: str
    ours: str
    theirs: str


class Standing(NamedTuple):
    """How a reference stands to a record, trait by trait; None where one of them does not tell.

    `title` and `author` are distances from 0 to 1. `cut` is -1 where the reference leaves a subtitle out, 1 where
    the record does. `years` are the years apart; `numbers` whether volume and first page agree. `journal`
    tells that the journal's name stands where the reference's author should.
    """

    title: float
    cut: int
    author: float | None
    place: bool | None
    numbers: bool | None
    years: int | None
    kinds: bool
    journal: bool


def group(item: Item) -> str:
    """What kind of fields an item has; empty for web pages, films and all the rest.

    A book that nobody has published is merely what nothing else is known of.
    """
    kind = _GROUPS.get(str(item.get("type") or ""), "")
    bookish = any(item.get(name) for name in ("publisher", "edition", "ISBN", "editor", "translator"))
    return "" if kind == "book" and not bookish else kind


def standing(item: Item, known: Known, ratio: Ratio) -> Standing:
    """A reference held against a record."""
    apart, cut = titles_apart(str(item.get("title") or ""), known.titles, ratio)
    journal = is_journal(item, known, ratio)
    return Standing(
        apart,
        cut,
        None if journal else _authors_apart(item, known, ratio),
        _same_container(item, known, ratio, journal),
        _same_numbers(item, known),
        _years_apart(item, known),
        alike(group(item), group(known.item)),
        journal,
    )


def recut(item: Item, known: Known) -> Item:
    """A reference whose title and container were parted wrongly, parted as the record shows.

    "A title. J. Couns. Psychol." has four stops that might end the title, other styles have commas there, and
    a journal without volume and pages may pass for a publisher.
    """
    title, container = str(item.get("title") or ""), str(item.get("container-title") or "")
    publisher = str(item.get("publisher") or "")
    if group(known.item) != "article" or not title:
        return item
    journal = publisher.partition(",")[0]
    if not container and journal and any(same_words(journal, name) for name in known.containers):
        return {**item, "type": known.item["type"], "container-title": journal}
    whole = f"{title}. {container}" if container else title
    for start in (found.end() for found in re.finditer(r"[.?!]\s+", whole)):
        if whole[start:] != container and any(same_words(whole[start:], name) for name in known.containers):
            return {**item, "title": whole[:start].rstrip(". "), "container-title": whole[start:]}
    return _beginning(item, words(spelt(whole)), known) if not container else item


def _beginning(item: Item, ours: tuple[str, ...], known: Known) -> Item:
    """A reference of whose title only the beginning is one, and the journal's name what follows."""
    for title in known.titles:
        ends = len(words(spelt(title)))
        rest = telling(ours[ends:])
        for name in known.containers if ours[:ends] == words(spelt(title)) else ():
            wanted = telling(words(spelt(name)))
            if rest[: len(wanted)] == wanted:
                return {**item, "type": known.item["type"], "title": title, "container-title": name}
    return item


def alike(one: str, other: str) -> bool:
    """Whether two kinds can be of one work."""
    return not one or not other or one == other or any({one, other} <= kinds for kinds in _INTERCHANGED)


def is_journal(item: Item, known: Known, ratio: Ratio) -> bool:
    """Whether the one author of a reference is the journal that the work appeared in."""
    people = leading(item)
    literal = str(people[0].get("literal") or "") if len(people) == 1 else ""
    return bool(literal) and group(known.item) == "article" and same_place(literal, known.containers, ratio)


def differences(item: Item, known: Known, ratio: Ratio, found_by_doi: bool) -> Iterator[Difference]:
    """The fields in which a reference differs from the record of the same work."""
    how = standing(item, known, ratio)
    if how.title > _RETITLED and not how.cut:
        yield Difference("title", str(item.get("title")), str(known.item["title"]))
    if how.author:
        yield Difference("first author", _first(item), _first(known.item))
    if not _comparable(item, known):
        return
    if _wrong_year(item, known, how, found_by_doi):
        yield Difference("year", str(year(item)), " or ".join(map(str, sorted(known.years))))
    if how.place is False:
        label = "book" if group(known.item) == "chapter" else "journal"
        yield Difference(label, str(item.get("container-title")), str(known.item.get("container-title")))
    yield from _numbers_apart(item, known)
    if group(item) == "book" and found_by_doi:
        yield from _edition_apart(item, known)


def _comparable(item: Item, known: Known) -> bool:
    """Whether both are the same version of a work: not one a preprint and the other the article."""
    return group(item) == group(known.item)


# ---- people, places, years


def _authors_apart(item: Item, known: Known, ratio: Ratio) -> float | None:
    ours = leading(item)
    # A report by a body may name its writers elsewhere, and the other way about.
    loose = bool(ours) and "literal" in ours[0] and group(known.item) not in ("article", "chapter")
    theirs = leading(known.item)
    apart = people_apart([person(one) for one in ours], [person(one) for one in theirs], ratio)
    if apart == 1.0 and ours and "author" in item and names(known.item, "editor"):
        edited = people_apart([person(one) for one in ours], [person(n) for n in names(known.item, "editor")], ratio)
        apart = edited if edited is not None and edited < 0.3 else apart
    return None if loose and apart == 1.0 else apart


def _first(item: Item) -> str:
    people = leading(item)
    given = str(people[0].get("given") or "")
    return f"{family(people[0])}, {given}" if given and people[0].get("family") else family(people[0])


def _same_container(item: Item, known: Known, ratio: Ratio, journal: bool) -> bool | None:
    ours = str(item.get("container-title") or "")
    if journal and not ours:
        return True
    if not ours or not known.containers:
        return None
    if group(known.item) == "chapter" or group(item) == "chapter":
        return same_book(ours, known.containers, ratio)
    return same_place(ours, known.containers, ratio)


def _years_apart(item: Item, known: Known) -> int | None:
    ours = year(item)
    if ours is None or not known.years:
        return None
    own = {ours, year(item, "original-date") or ours}
    return min(abs(one - other) for one in own for other in known.years)


def _wrong_year(item: Item, known: Known, how: Standing, found_by_doi: bool) -> bool:
    """Whether a year is a slip: further off than print, online, reprint and late digitising explain."""
    if how.years is None or how.years <= YEARS_APART:
        return False
    ours = year(item) or 0
    earlier = ours < min(known.years)
    if group(item) in ("book", "chapter", "report"):
        # Another printing, and its record another date; but none can be cited after it and found under its DOI.
        return found_by_doi and not earlier
    return not (earlier and ours < _ONLINE_SINCE and not known.printed and how.numbers)


# ---- volume, issue, pages, edition


def _figures(value: object) -> frozenset[str]:
    return frozenset(one.lstrip("0") or "0" for one in re.findall(r"\d+", fold_number(str(value or ""))))


def _pages(item: Item) -> tuple[str, str]:
    """First and last page, or the number of an article; empty where not told."""
    printed = fold(str(item.get("page") or item.get("number") or ""))
    parts = [part.lstrip("0") for part in re.findall(r"[a-z]{0,3}\d+|\b[ivxlc]+\b", printed)]
    if not parts:
        return "", ""
    last = parts[1] if len(parts) > 1 else ""
    return parts[0], completed(parts[0], last) if last.isdigit() else last


def _same_numbers(item: Item, known: Known) -> bool | None:
    """Whether volume and first page agree; None where neither can be compared."""
    volumes = _figures(item.get("volume")), _figures(known.item.get("volume"))
    pages = _pages(item)[0], _pages(known.item)[0]
    told = [bool(one & other) for one, other in (volumes,) if one and other]
    told += [one == other for one, other in (pages,) if one and other]
    return all(told) and len(told) > 1 if told else None


def _numbers_apart(item: Item, known: Known) -> Iterator[Difference]:
    theirs = known.item
    if group(item) != "book":
        for field in ("volume", "issue"):
            have, want = _figures(item.get(field)), _figures(theirs.get(field))
            # Some records repeat the year where the volume belongs.
            if have and want and not have & want and not {int(one) for one in want} & known.years:
                yield Difference(field, str(item[field]), str(theirs[field]))
    if "page" in item and "page" in theirs and not _ahead_of_issue(item, known):
        ours, listed = _pages(item), _pages(theirs)
        if all(ours[:1] + listed[:1]) and any(a and b and a != b for a, b in zip(ours, listed, strict=True)):
            yield Difference("pages", str(item["page"]).replace("-", "–"), str(theirs["page"]).replace("-", "–"))
    elif "number" in item and "number" in theirs and _pages(item)[0] != _pages(theirs)[0]:
        yield Difference("article number", str(item["number"]), str(theirs["number"]))


def _ahead_of_issue(item: Item, known: Known) -> bool:
    """Whether a record was made before the article had its place: pages from 1, and no volume."""
    return "volume" in item and "volume" not in known.item


def _edition_apart(item: Item, known: Known) -> Iterator[Difference]:
    have, want = _figures(item.get("edition")), _figures(known.item.get("edition"))
    if have and want and not have & want:
        yield Difference("edition", str(item["edition"]), str(known.item["edition"]))
