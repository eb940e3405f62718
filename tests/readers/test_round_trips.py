"""Out to another program's format and back: what is lost is listed in divergences.md, and nothing else is lost."""

import json
from collections import Counter
from pathlib import Path

import exchange
import pytest
from conftest import shared_lines

from litbase import bundled
from litbase.domain.item import Item
from litbase.errors import BadRecord
from litbase.services import clean

HERE = Path(__file__).parent
CASES = HERE.parent / "csl_cases"

# Of Crossref's records, cleaned: the most that may come back otherwise, in a hundred items.
MOST = {"csl-json": 0.0, "bibtex": 3.0, "ris": 17.0}

# What the cases for entries do not hold.
MADE: list[Item] = [
    {"type": "article-journal", "title": "Two paragraphs", "abstract": "One.\n\nTwo.", "keyword": "Law, Care"},
    {"type": "chapter", "title": "Slanted", "container-title": "A companion to <i>Don Quixote</i>"},
    {
        "type": "paper-conference", "title": "Met", "container-title": "Proceedings", "collection-title": "A series",
        "number": "96973B", "event-title": "The meeting", "event-date": {"date-parts": [[2020, 5, 3], [2020, 5, 5]]},
    },
]  # fmt: skip


def listed(form: str) -> set[str]:
    """The fields that divergences.md gives for a format."""
    rows = [line.split("|") for line in (HERE / "divergences.md").read_text(encoding="utf-8").splitlines()]
    return {row[2].strip() for row in rows if len(row) == 5 and row[1].strip() == form}


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """The shelf, and the cases that entries are tried on: every type there is."""
    found: list[Item] = [*(dict(source.item) for source in bundled.shelf()), *MADE]
    found += json.loads((CASES / "varied.json").read_text(encoding="utf-8"))
    for path in sorted(CASES.glob("*.jsonl")):
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found += [row.get("item", row) for row in rows]
    known = ("title", "author", "container-title", "editor", "director", "host")
    return exchange.kept(item for item in found if any(item.get(name) for name in known))


@pytest.mark.parametrize("form", exchange.MODULES)
def test_what_is_lost_is_listed(form: str, items: list[Item]) -> None:
    lost = {one.field for one in exchange.differences(form, items)}
    assert lost - listed(form) == set(), "lost and not listed"
    assert listed(form) - lost == set(), "listed and not lost"


@pytest.mark.parametrize("form", exchange.MODULES)
def test_the_shelf_comes_back_whole_but_for_what_is_listed(form: str) -> None:
    items = exchange.kept(source.item for source in bundled.shelf())
    lost = {one.field for one in exchange.differences(form, items)}
    assert lost <= {"csl-json": set(), "bibtex": {"volume-title"}, "ris": {"volume-title", "chapter-number"}}[form]


@pytest.mark.parametrize("form", exchange.MODULES)
def test_cleaned_records_of_crossref(form: str) -> None:
    cleaned = []
    for row in shared_lines("crossref_records.jsonl"):
        try:
            cleaned.append(clean.crossref(row["message"]).item)
        except BadRecord:
            continue
    # As cleaning made them, not as an import would keep them: the way in must not change them either.
    items = [{**item, "id": f"key{number}"} for number, item in enumerate(cleaned)]
    lost = list(exchange.differences(form, items))
    assert {one.field for one in lost} <= listed(form)
    changed = len({one.id for one in lost})
    assert 100 * changed / len(items) <= MOST[form], Counter(one.field for one in lost)
