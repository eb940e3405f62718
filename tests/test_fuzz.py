"""What the fuzzer has found, and a few good inputs to begin from: each target holds them all (tests/fuzz.py)."""

import json

import pytest
from fuzz import TARGETS, held, kept


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_kept_holds(name: str) -> None:
    inputs = kept(name)
    assert inputs
    for content in inputs:
        held(TARGETS[name], content)


def test_an_export_is_among_them_that_is_put_back_whole() -> None:
    lines = [json.loads(line) for line in kept("jsonl")[0].splitlines()]
    assert {next(iter(line)) for line in lines} == {"litbase", "concept", "source", "draft", "change", "end"}


@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.json])
def test_a_line_of_json_cut_short_holds(name: str) -> None:
    whole = kept(name)[0]
    for length in range(0, len(whole), max(1, len(whole) // 20)):
        held(TARGETS[name], whole[:length])
