"""APA 7 entries, character by character and with italics: litbase's own cases and the published ones.

`csl_cases/*.jsonl` hold an item and the entry the Publication Manual asks for, with its section.
`csl_cases/published.txt` lists the published examples (in ../shared) that come out right; the list is
held from both sides, so that nothing slips and nothing improves unnoticed. What is known to differ
from a published string stands in `divergences_entries.toml` with its reason.
"""

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from italics import characters, parsed, shown, text

from litbase.csl import Style, open_style
from litbase.csl.corrections import corrected

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared" / "apa_examples.jsonl"
CASES = [
    json.loads(line)
    for path in sorted((HERE / "csl_cases").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def apa() -> Style:
    return open_style("apa")


def entry(style: Style, item: dict[str, Any], letter: str = "") -> str:
    [made] = style.entries([{**item, "id": "x"}], {"x": letter})
    assert made.problems == ()
    return shown(characters(made.inlines))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_entry(apa: Style, case: dict[str, Any]) -> None:
    assert entry(apa, case["item"], case.get("letter", "")) == shown(parsed(case["expected"]))


def test_cases_are_many_and_named_once() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 200


@pytest.mark.parametrize("case", CASES[::7], ids=[case["id"] for case in CASES[::7]])
def test_correcting_leaves_the_item_alone(case: dict[str, Any]) -> None:
    before = deepcopy(case["item"])
    corrected(case["item"], "a")
    assert case["item"] == before


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_correcting_twice_is_correcting_once(apa: Style, case: dict[str, Any]) -> None:
    """Roles, editions, numbers: a correction does not take its own result for raw."""
    once, letter = corrected(case["item"], case.get("letter", "").lstrip("-"))
    assert entry(apa, once, letter) == shown(parsed(case["expected"]))


# --- the published examples ------------------------------------------------------------------------


def published() -> dict[str, bool]:
    """Every published reference by id, and whether litbase gives it; letters as the example has them."""
    style = open_style("apa")
    right = {}
    for line in SHARED.read_text("utf-8").splitlines():
        case = json.loads(line)
        items = case.get("items") or [case["csl"]]
        wanted = case["expected"] if "items" in case else [case.get("expected_html") or case.get("expected_text")]
        for item, want in zip(items, wanted, strict=True):
            if want is not None:
                [made] = style.entries([item], {str(item["id"]): _letter(item, want)})
                read = shown if case.get("italics_known", True) else text
                right[str(item["id"])] = _folded(read(characters(made.inlines))) == _folded(read(parsed(want)))
    return right


def _letter(item: dict[str, Any], want: str) -> str:
    """The letter a published string prints after its year: sets are ordered elsewhere."""
    year = str(item.get("issued", {}).get("date-parts", [["n.d.-"]])[0][0])
    after = want.partition(f"({year}")[2][:1]
    return after if after.isalpha() else ""


def _folded(entry_: str) -> str:
    return entry_.translate(str.maketrans("‘’“”", "''\"\""))


@pytest.mark.skipif(not SHARED.is_file(), reason="the published examples are not part of the project")
def test_published_examples_on_the_list_pass_and_those_off_it_fail() -> None:
    listed = set((HERE / "csl_cases" / "published.txt").read_text("utf-8").split())
    passing = {name for name, right in published().items() if right}
    assert passing - listed == set(), "these have come right: put them on the list"
    assert listed - passing == set(), "these were right"


def test_divergences_give_their_reasons() -> None:
    found = tomllib.loads((HERE / "divergences_entries.toml").read_text("utf-8"))
    for one in found["divergence"]:
        assert set(one) == {"id", "from", "differs", "reason"}
        assert all(one.values())
