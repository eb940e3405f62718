"""Dates, publishers, types, identifiers and notices: each rule on values of its own making."""

from typing import Any

import pytest

from litbase.domain.records import Cleaned, Notice, Relation, clean_crossref, dates, identifiers, kinds, publishers
from litbase.errors import BadRecord


def cleaned(kind: str = "journal-article", **fields: Any) -> Cleaned:
    message = {"title": ["A title"], **{name.replace("_", "-"): value for name, value in fields.items()}, "type": kind}
    return clean_crossref(message, lambda title, evidence: title.lower())


def item(kind: str = "journal-article", **fields: Any) -> dict[str, Any]:
    return cleaned(kind, **fields).item


def day(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (day(2012, 9, 19), [2012, 9, 19]),
        (day(2012), [2012]),
        ({"date-parts": [[None]]}, []),
        ({"date-parts": [["2012", "9"]]}, [2012, 9]),
        ({"date-parts": [2012, 9]}, [2012, 9]),
        ({"date-parts": [[2012, 13]]}, [2012]),
        ({"date-parts": [[2012, 2, 31]]}, [2012, 2]),
        ({"date-parts": [[0]]}, []),
        ({"date-parts": [[20122]]}, []),
        ({"date-parts": [[True]]}, []),
        ({"date-time": "2012-09-19T00:00:00Z"}, [2012, 9, 19]),
        ({"date-parts": []}, []),
        ([day(2012)], [2012]),
        ("2012", []),
        (None, []),
    ],
)
def test_a_date_is_as_much_as_is_known_and_possible(value: object, parts: list[int]) -> None:
    assert dates.parts(value) == parts


@pytest.mark.parametrize(
    ("kind", "fields", "year"),
    [
        ("journal-article", {"published_online": day(2018, 12), "published_print": day(2019, 3), "volume": "4"}, 2019),
        ("journal-article", {"published_online": day(2018), "published_print": day(2019)}, 2018),
        (
            "journal-article",
            {"published_online": day(2018), "journal_issue": {"published-print": day(2019)}, "issue": "1"},
            2019,
        ),
        ("journal-article", {"published_online": day(2018), "volume": "4"}, 2018),
        ("book", {"published_online": day(2010), "published_print": day(1976)}, 1976),
        ("book-chapter", {"issued": day(2010)}, 2010),
        ("posted-content", {"posted": day(2020), "issued": day(2021)}, 2020),
        ("dissertation", {"issued": {"date-parts": [[None]]}, "approved": day(2021)}, 2021),
        ("dataset", {"content_created": day(2016), "issued": {"date-parts": [[None]]}}, 2016),
        ("report", {"published_other": day(2001)}, 2001),
    ],
)
def test_the_year_is_the_one_apa_wants(kind: str, fields: dict[str, Any], year: int) -> None:
    assert item(kind, **fields)["issued"]["date-parts"][0][0] == year


def test_a_null_date_leaves_no_trace_and_another_year_is_told() -> None:
    assert "issued" not in item(issued={"date-parts": [[None]]})
    told = cleaned(issued=day(2018, 12), published_online=day(2018, 12), published_print=day(2019), volume="4").changes
    assert [(c.before, c.after, c.notable) for c in told if c.field == "issued"] == [("2018-12", "2019", True)]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Routledge, Taylor & Francis Group", "Routledge"),
        ("Imagined Psychological Association (IPA)", "Imagined Psychological Association"),
        ("Grief House Inc.", "Grief House"),
        ("Grief House, LLC", "Grief House"),
        ("Grief Verlag GmbH & Co. KG", "Grief Verlag"),
        ("Grief Pub Co Pte Ltd", "Grief Pub"),
        ("Éditions du Deuil S.A.", "Éditions du Deuil"),
        ("GRIEF SCIENCE PUBLISHERS", "Grief Science Publishers"),
        ("IEEE", "IEEE"),
        ("Springer International Publishing", "Springer"),
        ("Springer Publishing Company", "Springer Publishing Company"),
        ("Walter de Gruyter GmbH", "De Gruyter"),
        ("Guilford Publications", "Guilford Press"),
        ("Grief Bank, Washington, DC", "Grief Bank"),
        ("Grief &amp; Daughters", "Grief & Daughters"),
        ("[s.n.]", ""),
        ("SAGE Publications Ltd", "SAGE Publications"),
        ("Limited", "Limited"),
        (None, ""),
    ],
)
def test_publishers_are_named_as_apa_names_them(raw: object, clean: str) -> None:
    assert publishers.house(raw) == clean


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        ("journal-article", {"publisher": "Grief House"}, None),
        ("book", {"publisher": "Informa UK Limited", "DOI": "10.4324/9780203000000"}, "Routledge"),
        ("posted-content", {"institution": [{"name": "GriefRxiv"}], "publisher": "Grief House"}, "GriefRxiv"),
        ("posted-content", {"institution": {"name": "medRxiv", "place": ["-"]}}, "medRxiv"),
        ("posted-content", {"group-title": "PsyArXiv", "publisher": "Center for Open Science"}, "PsyArXiv"),
        ("posted-content", {"group-title": "Sociology", "DOI": "10.31235/osf.io/abcde"}, "SocArXiv"),
        ("journal-article", {"DOI": "10.2139/ssrn.1234567", "container-title": ["SSRN Electronic Journal"]}, "SSRN"),
        (
            "dissertation",
            {"institution": [{"name": "University of Turku"}], "publisher": "Turku Libraries"},
            "University of Turku",
        ),
        ("dissertation", {"publisher": "University of Turku Libraries"}, "University of Turku"),
        (
            "report",
            {"institution": {"name": "Grief Laboratory (GL)"}, "publisher": "Office of Reports"},
            "Grief Laboratory",
        ),
        ("standard", {"standards-body": {"name": "Grief Standards"}, "publisher": "House"}, "Grief Standards"),
    ],
)
def test_the_publisher_is_who_stands_behind_that_kind_of_work(
    kind: str, fields: dict[str, Any], name: str | None
) -> None:
    assert item(kind, **fields).get("publisher") == name


@pytest.mark.parametrize(
    ("kind", "fields", "csl", "genre"),
    [
        ("monograph", {}, "book", None),
        ("edited-book", {}, "book", None),
        ("book-section", {}, "chapter", None),
        ("reference-entry", {"container-title": ["Encyclopedia of Grief"]}, "entry-encyclopedia", None),
        ("reference-entry", {"container-title": ["Dictionary of Grief"]}, "entry-dictionary", None),
        ("posted-content", {"subtype": "preprint"}, "article", None),
        ("posted-content", {"subtype": "blog", "group-title": "Grief Notes"}, "post-weblog", None),
        ("posted-content", {"subtype": "working_paper"}, "report", "Working paper"),
        ("dissertation", {"degree": ["Doctor of Philosophy (PhD)"]}, "thesis", "Doctoral dissertation"),
        ("dissertation", {"degree": ["Magister en Duelo"]}, "thesis", "Master’s thesis"),
        ("dissertation", {}, "thesis", "Thesis"),
        ("peer-review", {"review": {"type": "referee-report"}}, "document", "Peer review report"),
        ("other", {"container-title": ["Grief"], "page": "1-2", "ISBN": ["9780306406157"]}, "chapter", None),
        ("other", {"container-title": ["Grief"], "volume": "3"}, "article-journal", None),
        ("other", {"ISBN": ["9780306406157"]}, "book", None),
        ("other", {}, "document", None),
        ("something-new", {}, "document", None),
    ],
)
def test_crossrefs_types_become_csls(kind: str, fields: dict[str, Any], csl: str, genre: str | None) -> None:
    fields = item(kind, **fields)
    assert (fields["type"], fields.get("genre")) == (csl, genre)


@pytest.mark.parametrize("kind", sorted(kinds.REFUSED))
def test_what_is_no_work_to_cite_is_refused(kind: str) -> None:
    with pytest.raises(BadRecord, match="not a work to cite"):
        cleaned(kind)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("978-0-306-40615-7", "9780306406157"), ("0-306-40615-2", "9780306406157"), ("080442957X", "9780804429573"),
        ("http://id.crossref.org/isbn/0-306-40615-2", "9780306406157"),
        ("9780306406158", ""), ("12345", ""), ("", ""),
    ],
)  # fmt: skip
def test_isbns_have_thirteen_digits_and_a_right_check_digit(raw: str, clean: str) -> None:
    assert identifiers.isbn(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"), [("0028-0836", "0028-0836"), ("2090438X", "2090-438X"), ("2090-4381", ""), ("x", "")]
)
def test_issns_have_a_right_check_digit(raw: str, clean: str) -> None:
    assert identifiers.issn(raw) == clean


def test_an_address_stands_only_where_there_is_no_doi() -> None:
    assert item(DOI="https://doi.org/10.5555/ABC", URL="https://doi.org/10.5555/abc")["DOI"] == "10.5555/abc"
    assert "URL" not in item(DOI="10.5555/abc", URL="https://doi.org/10.5555/abc")
    assert item(URL="https://grief.example/a")["URL"] == "https://grief.example/a"
    assert "URL" not in item(URL="javascript:alert(1)")


def test_small_certainties_are_kept() -> None:
    fields = item(language="EN", subject=["Grief, Loss", "Grief, Loss", "Play"], ISSN=["0028-0836", "bad"])
    assert (fields["language"], fields["keyword"], fields["ISSN"]) == ("en", "Grief, Loss; Play", "0028-0836")
    assert "language" not in item(language="English, mostly")


NOTICE = {"DOI": "10.5555/notice", "updated": day(2022, 10, 15)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"updated_by": [{**NOTICE, "type": "retraction", "source": "retraction-watch"}]},
            [Notice("retraction", "10.5555/notice", "2022-10-15", "updated-by:retraction-watch", "this")],
        ),
        (
            {
                "updated_by": [
                    {**NOTICE, "type": "retraction", "source": who} for who in ("publisher", "retraction-watch")
                ]
            },
            [Notice("retraction", "10.5555/notice", "2022-10-15", "updated-by:publisher", "this")],
        ),
        (
            {"update_to": [{"DOI": "10.5555/OWN", "type": "Retraction"}]},
            [Notice("retraction", "10.5555/own", None, "update-to", "this")],
        ),
        (
            {"update_to": [{"DOI": "10.5555/other", "type": "erratum"}]},
            [Notice("correction", "10.5555/other", None, "update-to", "other")],
        ),
        (
            {"updated_by": [{**NOTICE, "type": "expression_of_concern"}]},
            [Notice("concern", "10.5555/notice", "2022-10-15", "updated-by", "this")],
        ),
        (
            {"updated_by": [{**NOTICE, "type": "new_version"}]},
            [Notice("new-version", "10.5555/notice", "2022-10-15", "updated-by", "this")],
        ),
        ({"update_to": [{"DOI": "10.5555/own", "type": "new_version"}]}, []),
        ({"updated_by": [{"DOI": "10.5555/own", "type": "new_version"}]}, []),
        ({"title": ["RETRACTED: A title"]}, [Notice("retraction", "", None, "title", "this")]),
        (
            {"title": ["RETRACTED: A title"], "update_to": [{"DOI": "10.5555/own", "type": "retraction"}]},
            [Notice("retraction", "10.5555/own", None, "update-to", "this")],
        ),
        ({"updated_by": [{"DOI": "10.5555/x", "type": "advert"}], "update_to": ["x", None, 3]}, []),
    ],
)
def test_notices_are_told_once_and_of_the_right_work(fields: dict[str, Any], expected: list[Notice]) -> None:
    assert list(cleaned(DOI="10.5555/own", **fields).notices) == expected


def test_relations_and_aliases() -> None:
    relation = {
        "is-preprint-of": [{"id-type": "doi", "id": "10.5555/Later"}],
        "has-review": {"id": "10.5555/review"},
        "cites": [{"id": "10.5555/cited"}],
        "is-identical-to": [{"id": "10.5555/twin"}],
        "is-part-of": [{"id": "not a doi"}],
    }
    answer = cleaned(DOI="10.5555/own", relation=relation, aliases=["10.5555/OLD", "10.5555/own"])
    assert answer.relations == (Relation("is-preprint-of", "10.5555/later"), Relation("has-review", "10.5555/review"))
    assert answer.aliases == ("10.5555/old", "10.5555/twin")
