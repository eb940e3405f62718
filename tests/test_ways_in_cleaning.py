"""What the other providers answer, made into items: names, titles, dates, and what is told of them."""

import re
from typing import Any

import other_records as records
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.foreign import CLEANERS, clean, statement
from litbase.domain.foreign.pubmed import journal
from litbase.domain.records.changes import Cleaned, Notice, Relation
from litbase.errors import BadRecord


def calm(title: str, evidence: str) -> str:
    """Sentence case without word lists: enough to see that it was asked for."""
    return title[:1] + re.sub(r"(?<=\s)[A-Z](?=[a-z])", lambda found: found[0].lower(), title[1:])


def book(isbn: str, **changed: Any) -> Cleaned:
    body: dict[str, Any] = {"isbn": isbn, "details": {**records.EDITIONS[isbn], **changed}}
    return clean("openlibrary", body | ({"data": records.VIEWS[isbn]} if isbn in records.VIEWS else {}), calm)


def summary(uid: str, database: str = "pubmed", **changed: Any) -> Cleaned:
    return clean("pubmed", {"db": database, **records.SUMMARIES[database][uid], **changed}, calm)


def people(item: dict[str, Any], role: str = "author") -> list[str]:
    return [name.get("literal") or f"{name['family']}, {name.get('given', '')}" for name in item.get(role, [])]


# ---- agencies


def test_a_data_set() -> None:
    item = clean("doi.org", records.AGENCY[records.DATASET], calm).item
    assert item == {
        "type": "dataset",
        "title": "Session ratings of rupture and repair",
        "author": [{"family": "Wilk", "given": "Tomasz"}, {"literal": "Relational Practice Network"}],
        "issued": {"date-parts": [[2019, 3, 14]]},
        "publisher": "Example Archive",
        "abstract": "Ratings of 40 sessions.",
        "keyword": "alliance; repair",
        "version": "1.2",
        "DOI": records.DATASET,
    }


def test_a_whole_name_is_kept_and_told() -> None:
    cleaned = clean("doi.org", records.AGENCY[records.ARTICLE], calm)
    assert people(cleaned.item) == ["Bruni Chiara"]
    assert [change.field for change in cleaned.changes if change.notable] == ["author"]
    assert cleaned.item["title"] == "La voce dell'altro"
    network = clean("doi.org", records.AGENCY[records.DATASET], calm)
    assert not [change for change in network.changes if change.notable]


def test_words_for_nothing_are_nothing() -> None:
    item = clean("doi.org", records.AGENCY[records.UNKNOWN_AUTHOR], calm).item
    assert "publisher" not in item
    assert "author" not in item
    with pytest.raises(BadRecord, match="no title"):
        clean("doi.org", {**records.AGENCY[records.DATASET], "title": "(:unav)"}, calm)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type": "dataset"}, "dataset"),
        ({"type": "journal-article", "container-title": "J", "volume": "1"}, "article-journal"),
        ({"type": "article-journal", "container-title": "J"}, "article-journal"),
        ({"type": "article-journal"}, "article"),
        ({"type": "report", "container-title": "J", "ISSN": "2049-3630"}, "article-journal"),
        ({"type": "report"}, "report"),
        ({"type": "paper_conference"}, "paper-conference"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "motion_picture"}, "motion_picture"),
        ({"type": "something new"}, "document"),
        ({}, "document"),
    ],
)
def test_types(fields: dict[str, str], kind: str) -> None:
    assert clean("doi.org", {"title": "A title", "DOI": "10.5555/a", **fields}, calm).item["type"] == kind


# ---- books


def test_the_editors_of_a_handbook_are_told_by_its_title_page() -> None:
    cleaned = book(records.HANDBOOK)
    assert people(cleaned.item, "editor") == ["Sato, Rui", "Holm, Greta"]
    assert "author" not in cleaned.item
    assert cleaned.item["title"] == "Handbook of group attachment: theory, research, and practice"
    told = {
        name: cleaned.item[name] for name in ("edition", "issued", "publisher", "ISBN", "language", "collection-number")
    }
    assert told == {
        "edition": "2",
        "issued": {"date-parts": [[2008]]},
        "publisher": "Example Press",
        "ISBN": records.HANDBOOK,
        "language": "en",
        "collection-number": "12",
    }
    assert all(change.notable for change in cleaned.changes if "title page" in change.reason)


def test_names_that_stand_on_the_title_page_only() -> None:
    item = book(records.ALLIANCE).item
    assert people(item) == ["Fairweather, Oona", "van der Meer, Jan"]
    assert item["title"] == "The two-person room"
    assert "edition" not in item


def test_names_of_the_work_and_of_translators() -> None:
    assert people(book(records.LATECOMER).item) == ["Haddad, Noor"]
    translated = book(records.TRANSLATED).item
    assert people(translated) == ["Brandt, Karl"]
    assert people(translated, "translator") == ["Kim, Vera"]
    assert translated["language"] == "de"


@pytest.mark.parametrize(
    ("given_as", "edition"),
    [
        ("2nd ed.", "2"),
        ("Third edition", "3"),
        ("1st ed.", None),
        ("3rd pbk. ed.", "3"),
        ("2nd printing", None),
        ("Paperback edition", None),
        ("Kindle Edition", None),
        ("Rev. ed.", "Rev. ed."),
    ],
)
def test_editions(given_as: str, edition: str | None) -> None:
    assert book(records.LATECOMER, edition_name=given_as).item.get("edition") == edition


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ruth Stern.", [("author", "Ruth Stern")]),
        ("by Ruth Stern ; illustrated by Bo Nilsen", [("author", "Ruth Stern"), ("", "ated by Bo Nilsen")]),
        ("edited by A. Lind and B. Moe.", [("editor", "A. Lind and B. Moe")]),
        ("Ruth Stern, editor.", [("editor", "Ruth Stern")]),
        ("A. Lind, B. Moe (eds.)", [("editor", "A. Lind, B. Moe")]),
        (
            "Karl Brandt ; translated from the German by Vera Kim",
            [("author", "Karl Brandt"), ("translator", "Vera Kim")],
        ),
        ("", []),
    ],
)
def test_statements(words: str, expected: list[tuple[str, str]]) -> None:
    said = [(part.role, part.words) for part in statement.parts(words) if part.role]
    assert said == [part for part in expected if part[0]]


# ---- preprints


def test_a_preprint() -> None:
    body = {
        "id": ["http://arxiv.org/abs/2106.12345v2"],
        "title": ["Repair & rupture in\n  $\\alpha$-trees"],
        "author": [
            {"name": ["Jan Obłój"]},
            {"name": ["Ludwig van den Berg"]},
            {"name": ["Relational Trees Collaboration"]},
        ],
        "published": ["2021-06-23T17:59:59Z"],
        "updated": ["2023-01-05T10:00:00Z"],
        "summary": ["We show\n something."],
        "doi": ["10.5555/JRP.2022.9"],
    }
    cleaned = clean("arxiv", body, calm)
    assert cleaned.item == {
        "type": "article",
        "title": "Repair & rupture in α-trees",
        "author": [
            {"family": "Obłój", "given": "Jan"},
            {"family": "van den Berg", "given": "Ludwig"},
            {"literal": "Relational Trees Collaboration"},
        ],
        "issued": {"date-parts": [[2021, 6, 23]]},
        "publisher": "arXiv",
        "abstract": "We show something.",
        "DOI": "10.48550/arxiv.2106.12345",
    }
    assert cleaned.relations == (Relation("is-preprint-of", "10.5555/jrp.2022.9"),)
    assert not [change for change in cleaned.changes if change.notable]


def test_a_withdrawn_preprint() -> None:
    body = {
        "id": ["http://arxiv.org/abs/math/0309136v1"],
        "title": ["Ideas"],
        "comment": ["This paper has been withdrawn by the author"],
    }
    assert clean("arxiv", body, calm).notices == (Notice("withdrawal", "", None, "comment"),)
    assert clean("arxiv", {**body, "comment": ["We study how trust is withdrawn"]}, calm).notices == ()


# ---- PubMed


def test_a_summary() -> None:
    cleaned = summary(records.RETRACTED)
    assert people(cleaned.item) == ["van Aken, J. M.", "Oyelaran, M.", "de la Cruz, P."]
    assert cleaned.item["author"][1]["suffix"] == "III"
    told = {name: cleaned.item[name] for name in ("title", "container-title", "page", "DOI", "PMID", "PMCID", "issued")}
    assert told == {
        "title": "Dosage of empathy in <i>very</i> brief therapy",
        "container-title": "Journal of Relational Practice",
        "page": "339-347",
        "DOI": "10.5555/jrp.2016.77",
        "PMID": records.RETRACTED,
        "PMCID": "PMC123",
        "issued": {"date-parts": [[2016, 3]]},
    }
    assert cleaned.notices == (Notice("retraction", "10.5555/jrp.ret", None, "references:pubmed"),)


def test_a_retraction_told_by_the_publication_type_alone() -> None:
    assert summary(records.RETRACTED, references=[]).notices == (Notice("retraction", "", None, "pubtype:pubmed"),)


def test_a_title_comes_in_its_own_language() -> None:
    cleaned = summary(records.GERMAN)
    assert cleaned.item["title"] == calm("Scham in der Supervision", "")
    assert cleaned.item["issued"] == {"date-parts": [[2016]]}
    assert cleaned.item["URL"] == f"https://pubmed.ncbi.nlm.nih.gov/{records.GERMAN}/"
    assert summary(records.GERMAN, vernaculartitle="").item["title"] == "Shame in supervision"


def test_a_work_of_pubmed_central_alone() -> None:
    item = summary(records.IN_PMC, "pmc").item
    assert item["PMCID"] == f"PMC{records.IN_PMC}"
    assert item["URL"] == f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{records.IN_PMC}/"
    assert "PMID" not in item


@pytest.mark.parametrize(
    ("given_as", "name"),
    [
        ("Journal of clinical psychology", "Journal of Clinical Psychology"),
        ("Psychotherapy (Chicago, Ill.)", "Psychotherapy"),
        ("The Lancet. Infectious diseases", "The Lancet. Infectious Diseases"),
        ("Zeitschrift für Psychologie und Medizin", "Zeitschrift für Psychologie und Medizin"),
        ("Repair : official journal of the Society for Repair", "Repair"),
        ("PLoS one", "PLoS One"),
    ],
)
def test_journals(given_as: str, name: str) -> None:
    assert journal({"fulljournalname": given_as}) == name


# ---- anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(
    {"details", "data", "id", "author", "name", "doi", "comment"}
    | {name for record in records.AGENCY.values() for name in record}
    | {name for record in records.EDITIONS.values() for name in record}
    | {name for record in records.SUMMARIES["pubmed"].values() for name in record}
)


@pytest.mark.parametrize("provider", CLEANERS)
@given(
    body=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
    inner=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_field(provider: str, body: dict[str, Any], inner: dict[str, Any]) -> None:
    body = (
        {**body, "details": {**inner, "title": "A title"}}
        if provider == "openlibrary"
        else {**body, "title": "A title"}
    )
    item = clean(provider, body, calm).item
    assert item["title"]
    assert item["type"]


@pytest.mark.parametrize("provider", CLEANERS)
def test_what_is_no_record(provider: str) -> None:
    with pytest.raises(BadRecord):
        clean(provider, {}, calm)
    with pytest.raises(BadRecord):
        clean(provider, [], calm)  # type: ignore[arg-type]
