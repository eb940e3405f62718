"""How much of a record a reference's own words bear out, as one number.

Each trait of the record gets a degree on either side: 1 on the record's, on the reference's as far as its
text holds it. Numbers in the text that nothing in the record explains stand on the reference's side
alone. The similarity is the sum of the smaller degrees over that of the larger.

Source: Crossref, "Search-based reference matching with validation"; generalised (weighted) Jaccard.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litbase.domain.brief import leading
from litbase.domain.doi import find_all
from litbase.domain.item import family
from litbase.domain.likeness import Ratio
from litbase.domain.matching_names import spelt
from litbase.domain.matching_record import Known
from litbase.domain.traits import telling, words

_ADDRESS = re.compile(r"(?:https?://|www\.|\bdoi\b:?\s*|\b10\.\d{4,9}/)\S*", re.IGNORECASE)
_NUMBER = re.compile(r"\b[a-z]{0,2}(\d{1,9})\b")
_PAGES = re.compile(r"(\d+)\s*[-–—−]+\s*(\d+)")
_HEAD = 400  # characters in which a reference's authors stand
_ALIKE = 84.0
_TITLE = 2.0  # what a title weighs beside the rest
_UNEXPLAINED = 0.5


class Weighed(NamedTuple):
    """A trait, and the degree to which reference and record have it."""

    trait: str
    reference: float
    record: float


def similarity(text: str, known: Known, ratio: Ratio) -> float:
    """How far the text of a reference and a record are of one work, from 0 to 1."""
    weighed = list(evidence(text, known, ratio))
    whole = sum(max(one.reference, one.record) for one in weighed)
    return sum(min(one.reference, one.record) for one in weighed) / whole if whole else 0.0


def evidence(text: str, known: Known, ratio: Ratio) -> Iterator[Weighed]:
    """What the similarity is made of, trait by trait."""
    body = bare(text)
    numbers = numbers_in(body)
    used: set[str] = set()
    item = known.item
    years = {str(year) for year in known.years}
    if years:
        used |= numbers & years
        near = {str(year + gap) for year in known.years for gap in (-1, 1)}
        used |= numbers & near
        yield Weighed("year", 1.0 if numbers & years else 0.5 if numbers & near else 0.0, 1.0)
    first, last = _page_range(str(item.get("page") or item.get("number") or ""))
    told = (("volume", item.get("volume")), ("issue", item.get("issue")), ("page", first), ("last page", last))
    for trait, value in told:
        wanted = numbers_in(fold_number(str(value or "")))
        if wanted:
            yield Weighed(trait, len(wanted & numbers) / len(wanted), 1.0)
            used |= wanted & numbers
    stock = set(words(spelt(body)))
    title = telling(words(spelt(known.titles[0])))
    used |= {word for word in title if word.isdigit()}
    yield Weighed("title", _TITLE * _share(title, stock), _TITLE)
    places = [place for name in known.containers if (place := telling(words(spelt(name))))]
    if places:
        yield Weighed("container", max(_share(place, stock) for place in places), 1.0)
    people = leading(item)
    if people:
        yield Weighed("author", _named(family(people[0]), body[:_HEAD], ratio), 1.0)
    for _ in numbers - used:
        yield Weighed("number", _UNEXPLAINED, 0.0)


def bare(text: str) -> str:
    """A reference without its links, its abbreviated last pages written out."""
    text = _ADDRESS.sub(" ", text)
    for doi in find_all(text):
        text = text.replace(doi, " ")
    return _PAGES.sub(lambda found: f"{found[1]}-{completed(found[1], found[2])}", text)


def completed(first: str, last: str) -> str:
    """A last page with the figures it shares with the first: 1234-45 is 1234-1245."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, without leading noughts and letters before them."""
    return {found[1].lstrip("0") or "0" for found in _NUMBER.finditer(text.lower())}


def fold_number(value: str) -> str:
    """A volume or issue as figures: "IV" is "4"; what is no number stays."""
    roman = value.strip().upper()
    if not re.fullmatch(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", roman):
        return value
    worth = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in roman]
    return str(sum(-one if any(one < later for later in worth[at + 1 :]) else one for at, one in enumerate(worth)))


def _page_range(page: str) -> tuple[str, str]:
    parts = re.findall(r"[A-Za-z]{0,3}\d+", page)
    if len(parts) < 2:
        return (parts[0] if parts else ""), ""
    return parts[0], completed(parts[0], parts[1])


def _share(wanted: tuple[str, ...], stock: set[str]) -> float:
    return sum(word in stock for word in wanted) / len(wanted) if wanted else 0.0


def _named(name: str, head: str, ratio: Ratio) -> float:
    """How well a name stands among the first words of a text: the best of its words, from 0 to 1."""
    parts = words(spelt(name))
    stock = words(spelt(head))
    if not parts:
        return 0.0
    near = [max((ratio(part, word) for word in stock), default=0.0) for part in parts]
    best = min(near) if len(parts) < 3 else sum(near) / len(near)
    return best / 100 if best >= _ALIKE else 0.0
