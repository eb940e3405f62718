"""In-text citations and list orders as published, where the collection of them lies beside the project.

Two-sided: what tests/divergences_intext.toml names must differ still, everything else must be right.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.apa import Cite, Works
from litbase.domain.inline import plain

EXAMPLES = Path(__file__).parents[2] / "shared" / "apa_examples.jsonl"
DIVERGENCES = Path(__file__).parent / "divergences_intext.toml"

# Straight and curved marks are one here: what was published on the web has both.
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def differences() -> Iterator[tuple[str, str]]:
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        items = case.get("items") or [case["csl"]]
        works = Works.of(items)
        if case.get("expected_order") not in (None, works.order):
            yield case["id"], "order"
        for form in ("parenthetical", "narrative"):
            expected = case.get(f"in_text_{form}")
            for item, wanted in zip(items, expected if isinstance(expected, list) else [expected], strict=False):
                cite = Cite(item["id"])
                got = works.narrative(cite) if form == "narrative" else works.parenthetical([cite])
                if wanted and plain(got).translate(STRAIGHT) != wanted.translate(STRAIGHT):
                    yield item["id"], form


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the published examples are not beside this project (../shared)")
def test_published_citations_and_orders() -> None:
    known = tomllib.loads(DIVERGENCES.read_text(encoding="utf-8"))["divergence"]
    assert sorted(differences()) == sorted((one["id"], one["form"]) for one in known)
