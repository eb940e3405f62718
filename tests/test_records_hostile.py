"""Messages no publisher should deposit: whatever stands in a field, cleaning answers or refuses."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.domain.records import Cleaned, clean_crossref
from litbase.errors import BadRecord

FIELDS = (
    "DOI", "ISBN", "ISSN", "URL", "abstract", "aliases", "approved", "article-number", "author", "chair",
    "container-title", "degree", "edition-number", "editor", "event", "group-title", "institution", "isbn-type",
    "issn-type", "issue", "issued", "journal-issue", "language", "original-title", "page", "posted", "published-online",
    "published-print", "publisher", "publisher-location", "relation", "resource", "review", "short-title",
    "standards-body", "subject", "subtitle", "subtype", "title", "translator", "type",
    "update-to", "updated-by", "volume",
)  # fmt: skip

TYPES = (
    "journal-article", "book", "monograph", "edited-book", "book-chapter", "reference-entry", "proceedings-article",
    "posted-content", "report", "dissertation", "dataset", "standard", "peer-review", "other",
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="<>/&;#iabsup\"'“”$\\{}_^.,:-– \n\u00a0AZ09éĐ", max_size=40),
    st.sampled_from(
        [
            "<i>",
            "</sub>",
            "&amp;amp;lt;i&gt;",
            "<mml:math><mml:msub>",
            "no-no",
            "10.5555/a",
            "van",
            "Jr.",
            "\x00\x1b[31m",
            "\ud800",
            "2020-02-31",
            "<!--",
            "<![CDATA[",
            "$x_1$",
            "\\textit{",
            "RETRACTED:",
            "Vol. IX",
            "11135-2",
            "join(' '",
        ]
    ),
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "given",
                    "family",
                    "name",
                    "suffix",
                    "role",
                    "date-parts",
                    "id",
                    "DOI",
                    "type",
                    "updated",
                    "value",
                    "start",
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def as_is(title: str, evidence: str) -> str:
    return title


def cleaned_or_refused(message: Mapping[str, Any]) -> Cleaned | None:
    try:
        return clean_crossref(message, as_is)
    except BadRecord:
        return None


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [value] if isinstance(value, str) else []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(FIELDS), values, max_size=8), st.sampled_from(TYPES), texts)
def test_any_json_in_any_field_is_cleaned_or_refused(message: dict[str, Any], kind: str, title: str) -> None:
    cleaned = cleaned_or_refused({"type": kind, "title": [title], **message})
    if cleaned:
        assert json.loads(json.dumps(cleaned.item, allow_nan=False)) == cleaned.item
        assert cleaned.item["title"].strip()
        for text in leaves(cleaned.item):
            assert text == text.strip()
            assert not any(ord(c) < 32 and c != "\n" for c in text)
        for change in cleaned.changes:
            assert change.before != change.after


@pytest.mark.parametrize(
    "message", [None, [], "10.5555/a", 7, {}, {"type": "journal-article"}, {"title": "x", "type": "journal"}]
)
def test_what_is_no_record_of_a_work_is_refused(message: Any) -> None:
    with pytest.raises(BadRecord) as refusal:
        clean_crossref(message, as_is)
    assert refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "<" * 50_000,
        "<i>" * 17_000,
        "<i" * 25_000,
        "<!--" * 12_000,
        "&" * 50_000,
        "&amp;" * 10_000,
        "$" * 50_000,
        "\\" * 50_000,
        "-" * 50_000 + "x",
        "(" * 50_000,
        " :" * 25_000,
        "<mml:math>" + "<mml:mrow>" * 5_000,
        "</i>" * 12_000,
        "“" * 50_000,
        '"' * 50_000,
        "a, " * 16_000,
        "A. " * 16_000,
        ". " * 25_000,
        "\n" * 50_000 + "x",
        "<i> " * 12_000 + "x" + "</i>" * 12_000,
        "Ph.D, " * 8_000,
        "van " * 12_000,
        "1-" * 25_000,
        "?a" * 25_000,
        "\ufffd" * 50_000,
        "RETRACTED " * 5_000,
        "x" + " " * 50_000 + "y",
        "x\n <sub>" * 6_000,
        "Ã©" * 25_000,
        "</sub>\n A" * 6_000,
        "vol. " * 10_000,
        "{\\" * 25_000,
        "_{" * 25_000,
        "$a" + "\\" * 100 + "$",
    ],
    ids=lambda text: text[:12],
)
def test_text_made_to_explode_a_pattern_is_read_in_no_time(text: str) -> None:
    for field in (
        "title",
        "subtitle",
        "abstract",
        "page",
        "volume",
        "issue",
        "publisher",
        "container-title",
        "edition-number",
    ):
        started = time.process_time()
        cleaned_or_refused({"type": "book", "title": ["x"], field: text})
        cleaned_or_refused({"type": "journal-article", "title": ["x"], field: text})
        assert time.process_time() - started < 1.5, field
    started = time.process_time()
    cleaned_or_refused(
        {
            "type": "journal-article",
            "title": ["x"],
            "author": [{"family": text}, {"given": text, "family": text}, {"name": text}],
        }
    )
    assert time.process_time() - started < 1.5


def test_the_records_at_hand_are_all_cleaned_or_refused() -> None:
    path = Path(__file__).parents[2] / "shared" / "crossref_records.jsonl"
    if not path.exists():
        pytest.skip("../shared/crossref_records.jsonl is not there")
    with path.open(encoding="utf-8") as lines:
        results = [cleaned_or_refused(json.loads(line)["message"]) for line in lines]
    assert sum(result is not None for result in results) > 0.95 * len(results)
