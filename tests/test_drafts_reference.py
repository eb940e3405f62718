"""Entries of reference lists, read: by cases, by the published APA examples, and by what litbase itself prints."""

import json
from pathlib import Path

import pytest
from conftest import shared_lines
from draft_scores import parser_score, printed, published

from litbase.drafts.reference import parse

CASES = (Path(__file__).parent / "drafts" / "entries.txt").read_text(encoding="utf-8")


def _case(text: str) -> tuple[str, list[str]]:
    entry, *expected = text.strip().splitlines()
    return entry, [line.strip() for line in expected]


ENTRIES = [_case(text) for text in CASES.split("\n\n")[1:]]


@pytest.mark.parametrize(("entry", "expected"), ENTRIES, ids=[entry[:40] for entry, _ in ENTRIES])
def test_an_entry_is_read(entry: str, expected: list[str]) -> None:
    read = parse(entry)
    assert expected[0] == f"= {'; '.join(read.authors)} | {read.year}"
    for line in expected[1:]:
        name, _, value = line.partition(": ")
        have = read.item.get(name)
        listed = isinstance(have, list) and value.isdigit()
        assert (str(len(have)) if listed else have if isinstance(have, str) else json.dumps(have)) == value, name


@pytest.mark.parametrize(
    "text", ["", ".", "(", "(2015)", "(2015).", "A", "((((" * 500, "Smith, J. " * 500, "&" * 500, "In In In"]
)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    parse(text)


def test_a_link_behind_the_words_gives_the_doi() -> None:
    read = parse("Stern, D. N. (1985). A title. Basic Books.", hrefs=("https://doi.org/10.4324/9780429482137",))
    assert read.item["DOI"] == "10.4324/9780429482137"


WANTED = {"authors": 0.98, "year": 0.99, "title": 0.97, "container": 0.95, "numbers": 0.97, "DOI": 1.0}


def test_published_entries_are_read_back() -> None:
    score = parser_score(published(shared_lines("apa_examples.jsonl")))
    assert {label for label, least in WANTED.items() if score[label] < least} == set(), score


def test_what_litbase_prints_is_read_back() -> None:
    score = parser_score(printed(300))
    assert {label for label, least in WANTED.items() if score[label] < least} == set(), score
