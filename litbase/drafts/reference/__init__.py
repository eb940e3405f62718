"""Reading one entry of a reference list: from its text to a CSL item, by APA's grammar and what people make of it.

    parse("Stern, D. N. (1985). The interpersonal world of the infant. Basic Books.")

The date is found first; names stand before it, title and source behind. An entry whose date stands
elsewhere (Vancouver, MLA, Chicago) is read by orders.py.
"""

import re
from typing import Any, NamedTuple

from litbase.domain.item import Item

from . import dates, kinds, legal, links, names, source

LONGEST = 6_000  # characters of an entry that are read
NUMBERED = re.compile(r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s+(?=\S)|\s*[•·▪◦*–—-]\s+")


class Reference(NamedTuple):
    """An entry, read. `year` is as citations repeat it: `2003a`, `n.d.`, `in press`, or empty.

    `authors` are the family names or groups it is cited by; `original` the year of first publication.
    """

    item: Item
    authors: tuple[str, ...]
    year: str
    original: str
    apa: bool
    others: bool
    titled: bool
    printed_link: str


def parse(
    text: str,
    hrefs: tuple[str, ...] = (),
    italics: tuple[tuple[int, int], ...] = (),
    given: frozenset[str] = frozenset(),
) -> Reference:
    """The work that an entry describes, as well as it can be read.

    `hrefs` are the addresses its words lead to, `italics` the offsets of its italics, `given` known
    given names. Never fails: what cannot be told apart stays in the title.

    Source: APA 7, chapters 9 and 10.
    """
    text = text[:LONGEST]
    numbered = NUMBERED.match(text)
    offset = numbered.end() if numbered else 0
    taken = links.take(text[offset:], hrefs)
    body, original, note = dates.original(taken.text)
    case = legal.case(body)
    if case is not None:
        return _legal("legal_case", *case, taken)
    date = dates.find(body)
    if date is None or not _is_head(body[: date.start]):
        statute = legal.read(body)
        if statute is not None:
            return _legal("legislation", *statute, taken)
        from . import orders  # for lists in other styles only

        return orders.read(body, taken, original, given) or _undated(body, taken, given)
    rest = body[date.end :].lstrip(" .,:;")
    shift = offset + len(body) - len(rest)
    slanted = tuple((begin - shift, end - shift) for begin, end in italics if begin >= shift - 2)
    # Harvard's lists look like APA's, but set no stop behind the date.
    apa = body[date.end : date.end + 1] in (".", "")
    return assemble(body[: date.start], date, rest, taken, original, given, slanted, note, apa)


class _Titled(NamedTuple):
    title: str
    fields: dict[str, Any]


def assemble(
    head: str,
    date: dates.Date,
    rest: str,
    taken: links.Links,
    original: int | None,
    given: frozenset[str] = frozenset(),
    italics: tuple[tuple[int, int], ...] = (),
    note: str = "",
    apa: bool = True,
) -> Reference:
    """An entry whose parts have been found: names, date, what follows, links."""
    found = source.read(rest, italics)
    title, fields = found.title, dict(found.fields)
    contributors = names.authors(head, given)
    titled = _title_first(contributors, title, fields, found.shape, head)
    if titled is not None:
        title, fields, contributors = titled.title, titled.fields, names.Contributors(())
    links_of = {"DOI": taken.doi, "URL": taken.url}
    fields |= {name: value for name, value in links_of.items() if value}
    if taken.accessed:
        fields["accessed"] = {"date-parts": [list(taken.accessed)]}
    has_day = any(len(part) > 1 for part in date.parts) or bool(date.season)
    group = all("literal" in name for _, name in contributors.names)
    kind = kinds.settle(found.shape, fields, has_day, group)
    item: Item = {"type": kind, "title": title, **fields}
    for role, name in contributors.names:
        item.setdefault(role, []).append(name)
    issued = date.csl()
    if issued:
        item["issued"] = issued
    elif date.year.startswith("in press"):
        item["status"] = "in press"
    first = original or date.original
    if first:
        item["original-date"] = {"date-parts": [[first]]}
    if note and not re.match(r"[(\[]Original work", note):
        item["references"] = note.strip("()[]. ")
    if not title:
        del item["title"]
    return Reference(
        item,
        contributors.families or ((title,) if titled is not None else ()),
        date.year,
        str(first) if first else "",
        apa,
        contributors.others,
        titled is not None,
        taken.printed,
    )


def _is_head(head: str) -> bool:
    """Whether what stands before a date can be names, or a title in their place; not half an entry."""
    return 0 < len(head.strip()) <= 3_000 and not re.search(r"\b(?:[Vv]ol\.|pp\.|[Nn]o\.)\s*\d", head)


def _title_first(
    contributors: names.Contributors, title: str, fields: dict[str, Any], shape: str, head: str
) -> _Titled | None:
    """The title that stands where an author would: only a source follows the date.

    Source: APA 7, 9.12.
    """
    literal = len(contributors.names) == 1 and "literal" in contributors.names[0][1]
    if not literal:
        return None
    bare, own = source.described(head)
    if shape == "chapter" and not title:
        return _Titled(bare, {**own, **fields})
    only = not fields.get("publisher") and not fields.get("container-title")
    if only and title and shape == "work" and (own or _in_sentence_case(bare)):
        return _Titled(bare, {**own, **fields, "publisher": title})
    return None


def _in_sentence_case(head: str) -> bool:
    """Whether words are in small letters that a group's name would give capitals."""
    words = head.split()
    return len(words) > 2 and any(word[0].islower() and len(word) > 4 for word in words[1:])


def _legal(kind: str, title: str, year: str, taken: links.Links) -> Reference:
    item: Item = {"type": kind, "title": title, "issued": {"date-parts": [[int(year)]]}}
    if taken.url:
        item["URL"] = taken.url
    return Reference(item, (title,), year, "", True, False, True, taken.printed)


def _undated(body: str, taken: links.Links, given: frozenset[str]) -> Reference:
    """An entry without a date that could be found: names up to the first stop that ends a name."""
    starts = source.boundaries(body)
    cut = next((start for start in starts if start > 3), len(body))
    head, rest = (body[:cut], body[cut:]) if len(starts) > 1 or names.is_person(body) else ("", body)
    date = dates.Date(0, 0, "")
    return assemble(head, date, rest, taken, None, given, apa=False)
