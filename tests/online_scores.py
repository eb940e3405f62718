"""How right `check --online` is: on references with traps of the tests' own, and on real records with slips put in.

Scored by finding: of those it made, how many are due (precision); of those due, how many it made (recall).
"""

import json
import random
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import online_cases
from asking import Hurried
from crossref_sim import Sim

from litbase import drafts, render
from litbase.domain.item import Item, year
from litbase.errors import LitbaseError
from litbase.providers.crossref import Settings
from litbase.services import check_online, clean, formatting
from litbase.services.check_online import Online
from litbase.services.check_words import lexicon

Due: TypeAlias = frozenset[str]
"""What is due for one reference: `journal`, `year` … for a field that differs, or a finding's code."""

REFERENCES = 400
_CODES = ("doi-elsewhere", "not-in-crossref", "retracted", "corrected", "journal-as-author")


class Score(NamedTuple):
    """How often a finding was made rightly, made, and due."""

    right: int
    made: int
    due: int

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.due if self.due else 1.0


def scored(made: Sequence[Due], due: Sequence[Due]) -> dict[str, Score]:
    """The score of each finding there is, and of all together."""
    pairs = list(zip(made, due, strict=True))
    kinds = sorted({kind for one in (*made, *due) for kind in one})
    by_kind = {
        kind: Score(
            sum(kind in a & b for a, b in pairs), sum(kind in a for a, _ in pairs), sum(kind in b for _, b in pairs)
        )
        for kind in kinds
    }
    return by_kind | {"all": Score(*(sum(one[at] for one in by_kind.values()) for at in range(3)))}


def look(sim: Sim, references: Iterable[str]) -> list[Due]:
    """What is found for each of some references."""
    reading = drafts.read("scores.txt", online_cases.draft(list(references)).encode(), lexicon())
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(sim.url, sim.url)
        online = check_online.look(reading, Path(folder) / "library.db", settings, clock=Hurried().clock)
    return [_found(online, number, entry.place.line) for number, entry in enumerate(reading.entries)]


def _found(online: Online, number: int, line: int) -> Due:
    match = online.outcomes[number].match
    codes = {one.code for one in online.findings if one.line == line and one.code in _CODES}
    return frozenset(codes | {one.field for one in (match.differences if match else ())})


def on_cases() -> tuple[int, dict[str, Score]]:
    """The score on the tests' own references, and how many there are."""
    cases = online_cases.cases()
    due = [frozenset({*case.fields, *(code for code in case.codes if code in _CODES)}) for case in cases]
    with Sim([online_cases.WORKS]) as sim:
        return len(cases), scored(look(sim, [case.entry for case in cases]), due)


# ---- real records, with slips put into references made of them


def _another(name: str) -> Callable[[Item, Item, random.Random], None]:
    def slip(item: Item, other: Item, _: random.Random) -> None:
        item[name] = other[name]

    return slip


def _first_author(item: Item, other: Item, _: random.Random) -> None:
    item["author"] = [other["author"][0], *item["author"][1:]]


def _year(item: Item, _: Item, chance: random.Random) -> None:
    item["issued"] = {"date-parts": [[(year(item) or 0) + chance.choice((-7, -4, 3, 6))]]}


def _volume(item: Item, _: Item, chance: random.Random) -> None:
    item["volume"] = str(int(item["volume"]) + chance.choice((1, 10, 21)))


def _pages(item: Item, _: Item, chance: random.Random) -> None:
    first, last = (int(page) + chance.choice((100, 200)) for page in item["page"].split("-"))
    item["page"] = f"{first}-{max(first + 1, last)}"


def _title(item: Item, _: Item, __: random.Random) -> None:
    words = item["title"].split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    words[longest] = "gardening"
    item["title"] = " ".join(words)


SLIPS: dict[str, Callable[[Item, Item, random.Random], None]] = {
    "journal": _another("container-title"),
    "first author": _first_author,
    "year": _year,
    "volume": _volume,
    "pages": _pages,
    "title": _title,
    "doi-elsewhere": _another("DOI"),
}


def on_records(path: Path, with_doi: bool, seed: int = 7) -> tuple[int, dict[str, Score]]:
    """The score on references to real articles: a third of them right, the others with one slip each.

    Without their DOIs some are of works that the server does not know.
    """
    chance = random.Random(seed)
    messages = [json.loads(line)["message"] for line in path.read_text(encoding="utf-8").splitlines()]
    chance.shuffle(messages)
    items = _articles(messages)[:REFERENCES]
    absent = "not-in-crossref"
    kinds = [*(kind for kind in SLIPS if with_doi or kind != "doi-elsewhere"), *([] if with_doi else [absent])]
    due = [frozenset({chance.choice(kinds)}) if chance.random() > 1 / 3 else frozenset() for _ in items]
    made = []
    for at, (item, slips) in enumerate(zip(items, due, strict=True)):
        item = dict(item)
        for slip in slips - {absent}:
            SLIPS[slip](item, items[(at + 11) % len(items)], chance)
        made.append(item if with_doi else {name: item[name] for name in item if name != "DOI"})
    gone = {item["DOI"] for item, slips in zip(items, due, strict=True) if absent in slips}
    sim = Sim()
    for message in messages:
        if str(message.get("DOI")).lower() not in gone:
            sim.store.add(message)
    with sim:
        return len(items), scored(look(sim, _written(made)), due)


def _articles(messages: Iterable[dict[str, Any]]) -> list[Item]:
    """The articles among records that can take every slip: in English, with people, numbers and a range of pages."""
    found = []
    for message in messages:
        try:
            cleaned = clean.crossref(message)
        except LitbaseError:
            continue
        item = cleaned.item
        plain = item["type"] == "article-journal" and not cleaned.notices and year(item)
        numbered = str(item.get("volume", "")).isdigit() and re.fullmatch(r"\d+-\d+", str(item.get("page", "")))
        people = item.get("author") and "family" in item["author"][0] and "�" not in str(item)
        if plain and numbered and people and item.get("language", "en").startswith("en"):
            found.append({name: value for name, value in item.items() if name not in ("URL", "abstract")})
    return found


def _written(items: Sequence[Item]) -> list[str]:
    """Items as entries of a reference list, each by itself: no letters after years."""
    style, plain = formatting.open_style("apa"), render.writer("text").inline
    return [plain(formatting.format_items([item], style).entries[0]) for item in items]


def show(title: str, measured: tuple[int, dict[str, Score]]) -> None:
    """Print a score, a line for each finding."""
    count, by_kind = measured
    print(f"  {title} ({count} references)")
    for kind, score in by_kind.items():
        print(f"    {kind:18} precision {score.precision:.3f}  recall {score.recall:.3f}  ({score.due} due)")


def print_scores(records: Path) -> None:
    """Measure, on real records too where their file is there."""
    print("\nReferences looked up:")
    show("with traps, of the tests' own", on_cases())
    if not records.is_file():
        print("  the reference data are not beside the project: no real records to measure on")
        return
    show("to real articles, with their DOIs", on_records(records, with_doi=True))
    show("to real articles, by their words", on_records(records, with_doi=False))
