"""Cleaning a whole Crossref message: made records in Crossref's shape, and the real ones where they are at hand."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from litbase.domain.inline import strip
from litbase.domain.records import Change, Cleaned, clean_crossref
from litbase.errors import BadRecord

RECORDS = Path(__file__).parents[2] / "shared" / "crossref_records.jsonl"


def as_is(title: str, evidence: str) -> str:
    return title


def test_a_tidy_article_comes_out_as_it_went_in() -> None:
    message = {
        "DOI": "10.5555/Repair.1",
        "type": "journal-article",
        "title": ["Small repairs: What follows a missed meeting"],
        "author": [{"given": "Mara", "family": "Lindqvist", "sequence": "first"}],
        "container-title": ["Journal of Imagined Therapy"],
        "issued": {"date-parts": [[2019, 5]]},
        "published-print": {"date-parts": [[2019, 5]]},
        "volume": "12",
        "issue": "3",
        "page": "201-214",
    }
    cleaned = clean_crossref(message, as_is)
    assert cleaned == Cleaned(
        {
            "type": "article-journal",
            "title": "Small repairs: What follows a missed meeting",
            "container-title": "Journal of Imagined Therapy",
            "author": [{"family": "Lindqvist", "given": "Mara"}],
            "issued": {"date-parts": [[2019, 5]]},
            "volume": "12",
            "issue": "3",
            "page": "201-214",
            "DOI": "10.5555/repair.1",
        }
    )


def test_a_chapter_with_everything_wrong_is_put_right_and_each_change_is_told() -> None:
    message = {
        "DOI": "10.5555/9780306406157-4",
        "type": "book-chapter",
        "title": ["HOLDING &amp; THE <i>THIRD</i>."],
        "subtitle": ["A Study&lt;sup&gt;1&lt;/sup&gt;"],
        "author": [{"given": "MARA B", "family": "LINDQVIST"}, {"given": "Mara B.", "family": "Lindqvist"}],
        "editor": [{"family": "Olli van der Aalto, PhD"}],
        "container-title": ["Studies in Imagined Therapy", "Hands in Therapy, 2nd Edition"],
        "edition-number": "0",
        "issued": {"date-parts": [[2018, 11, 2]]},
        "published-online": {"date-parts": [[2018, 11, 2]]},
        "published-print": {"date-parts": [[2019]]},
        "page": "97-8",
        "publisher": "Imagined House (IH), Inc.",
        "publisher-location": "Turku",
        "ISBN": ["0-306-40615-2"],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>On hands.</jats:p>",
    }
    cleaned = clean_crossref(message, lambda title, evidence: title.capitalize())
    assert cleaned.item == {
        "type": "chapter",
        "title": "Holding & the <i>third</i>: a study",
        "container-title": "Hands in therapy",
        "collection-title": "Studies in Imagined Therapy",
        "author": [{"family": "Lindqvist", "given": "Mara B."}],
        "editor": [{"family": "van der Aalto", "given": "Olli"}],
        "edition": "2",
        "issued": {"date-parts": [[2019]]},
        "page": "97-98",
        "publisher": "Imagined House",
        "publisher-place": "Turku",
        "ISBN": "9780306406157",
        "DOI": "10.5555/9780306406157-4",
        "abstract": "On hands.",
    }
    assert Change("author", "Lindqvist, Mara B.", "", "named twice", True) in cleaned.changes
    assert {change.field for change in cleaned.changes} == {
        "title", "author", "editor", "container-title", "edition", "issued", "page", "publisher",
    }  # fmt: skip
    assert all(change.reason for change in cleaned.changes)


def test_a_book_without_a_title_goes_by_its_series_and_a_volume_in_a_series_is_its_number() -> None:
    nameless = {"type": "book", "container-title": ["Progress in Holding"], "volume": "7"}
    assert clean_crossref(nameless, as_is).item == {"type": "book", "title": "Progress in Holding", "volume": "7"}
    named = {**nameless, "title": ["Hands"]}
    assert clean_crossref(named, as_is).item == {
        "type": "book",
        "title": "Hands",
        "collection-title": "Progress in Holding",
        "collection-number": "7",
    }


@cache
def real() -> list[tuple[dict[str, Any], Cleaned]]:
    """The records at hand that describe a work, each with what became of it."""
    pairs = []
    with RECORDS.open(encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)["message"]
            try:
                pairs.append((message, clean_crossref(message, as_is)))
            except BadRecord:
                continue
    return pairs


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


needs_records = pytest.mark.skipif(not RECORDS.exists(), reason="../shared/crossref_records.jsonl is not there")


@needs_records
def test_no_real_item_holds_what_no_item_should() -> None:
    for message, cleaned in real():
        item, doi = cleaned.item, message["DOI"]
        for text in texts(item):
            assert not re.search(r"</?[A-Za-z][^<>]*>|&#?\w+;", strip(text)), (doi, text)
            assert not re.search(r"[\x00-\x09\x0b-\x1f]|  |^\s|\s$", text), (doi, text)
        assert item.get("page") not in ("no-no", "None-None", "0-0", "")
        assert item.get("edition") not in ("0", "1", "")
        assert all(type(part) is int for date in item.get("issued", {}).get("date-parts", []) for part in date), doi
        for role in ("author", "editor", "translator"):
            written = [json.dumps(name, sort_keys=True) for name in item.get(role, [])]
            assert len(written) == len(set(written)), (doi, role)
            assert all(name.get("family") or name.get("literal") for name in item.get(role, [])), doi
        assert json.loads(json.dumps(item, allow_nan=False)) == item


@needs_records
def test_a_real_title_that_was_right_is_unchanged_letter_for_letter() -> None:
    right = 0
    for message, cleaned in real():
        title = (message.get("title") or [""])[0]
        trouble = re.search(
            r"[<>&\\$\ufffd\xa0\u2000-\u200b\u00ad]|\s\s|\n| :|^\W|[.,;:/*†‡–-]$|\d(?:st|nd|rd|th) ed|^\d+\. ", title
        )
        if (
            title
            and not trouble
            and not title.isupper()
            and not any(message.get("subtitle") or [])
            and "etracted" not in title.casefold()
        ):
            assert cleaned.item["title"] == title
            right += 1
    assert right > 800
