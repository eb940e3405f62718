"""Entries of reference lists, read: by cases, by the published APA examples, and by what litbase itself prints."""

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import shared_lines
from made_items import items

from litbase import render
from litbase.domain.item import family
from litbase.domain.text import fold
from litbase.drafts.reference import parse
from litbase.services import formatting

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


def _plain(value: object) -> str:
    return re.sub(r"[^a-z0-9]+", "", fold(re.sub("<[^>]+>", "", str(value))))


_LEADING = (
    ("composer",), ("author",), ("script-writer", "director"), ("director",), ("guest", "host"), ("host",),
    ("executive-producer",), ("producer",), ("series-creator",), ("editor",),
)  # fmt: skip


def _names(item: dict) -> list[str]:
    """The names an item is cited by, as a list prints them: of many, the first 19 and the last."""
    for roles in _LEADING:
        found = [_plain(re.sub(r"\s*\[.*?\]", "", family(name))) for role in roles for name in item.get(role, ())]
        if found:
            return found if len(found) < 21 else [*found[:19], found[-1]]
    return []


_COMPARED = (("container", "container-title"), ("numbers", "volume"), ("numbers", "issue"), ("numbers", "page"))


def _score(pairs: list[tuple[dict, str]]) -> dict[str, float]:
    """The share of each field that is read back from the printed string, of those the string has."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for item, text in pairs:
        read = parse(text)
        dated = ((item.get("issued") or {}).get("date-parts") or [[None]])[0][0]
        checks = [
            ("authors", _names(item), [] if read.titled else [_plain(name) for name in read.authors]),
            ("year", str(dated) if dated else "", read.year[:4] if read.year[:4].isdigit() else ""),
            ("title", _plain(item.get("title", "")), _plain(read.item.get("title", ""))),
        ]
        checks += [
            (label, _plain(item[name]), _plain(read.item.get(name, "")))
            for label, name in _COMPARED
            if item.get(name) and _plain(item[name]) in _plain(text)
        ]
        if item.get("DOI") and item["DOI"].lower() in text.lower():
            checks.append(("DOI", item["DOI"].lower(), read.item.get("DOI")))
        for label, want, have in checks:
            asked[label] += 1
            right[label] += want == have
    return {label: right[label] / asked[label] for label in asked}


WANTED = {"authors": 0.98, "year": 0.99, "title": 0.97, "container": 0.95, "numbers": 0.97, "DOI": 1.0}


def test_published_entries_are_read_back() -> None:
    pairs = []
    for row in shared_lines("apa_examples.jsonl"):
        if "items" in row:
            pairs += [(item, text) for item, text in zip(row["items"], row["expected"], strict=True) if text]
        else:
            pairs.append((row["csl"], row.get("expected_html") or row["expected_text"]))
    score = _score([(item, html.unescape(re.sub("<[^>]+>", "", text))) for item, text in pairs])
    assert {label for label, least in WANTED.items() if score[label] < least} == set(), score


def test_what_litbase_prints_is_read_back() -> None:
    made = items(300, seed=7)
    formatted = formatting.format_items(made, formatting.open_style("apa"))
    text = render.writer("text").inline
    score = _score([(item, text(entry)) for item, entry in zip(made, formatted.entries, strict=True)])
    assert {label for label, least in WANTED.items() if score[label] < least} == set(), score
