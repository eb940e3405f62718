"""Where a work stands: pages, numbers, volumes, editions, containers; each rule on values of its own making."""

from typing import Any

import pytest

from litbase.domain.records import clean_crossref, containers
from litbase.domain.records import pages as places


def item(kind: str = "journal-article", **fields: Any) -> dict[str, Any]:
    message = {"title": ["A title"], **{name.replace("_", "-"): value for name, value in fields.items()}, "type": kind}
    return clean_crossref(message, lambda title, evidence: title.lower()).item


def day(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("101-119", "101-119"),
        ("101–119", "101-119"),
        ("101 -- 119", "101-119"),
        ("pp. 101-119", "101-119"),
        ("p.101", "101"),
        ("101-19", "101-119"),
        ("1234-8", "1234-1238"),
        ("1234-2", "1234"),
        ("S101-S119", "S101-S119"),
        ("E1025-1032", "E1025-E1032"),
        ("e12-e15", "e12-e15"),
        ("i-xxx", "i-xxx"),
        ("xii", "xii"),
        ("5-5", "5"),
        ("E37-E37", "E37"),
        ("31A-31A", "31A"),
        ("63b-63", "63"),
        ("109b-110", "109b-110"),
        ("111-128_1", "111-128"),
        ("3-1-3-22", "3-1–3-22"),
        ("233-240.e2", "233-240.e2"),
        ("12-15, 18-9", "12-15, 18-19"),
        ("no-no", ""),
        ("None-None", ""),
        ("n/a-n/a", ""),
        ("NA", ""),
        ("0-0", ""),
        ("-", ""),
        ("ahead-of-print", ""),
        ("", ""),
        (12, "12"),
        (["7-9"], "7-9"),
        (None, ""),
    ],
)
def test_pages_are_written_as_csl_wants_them(raw: object, clean: str) -> None:
    assert places.pages(raw) == clean


@pytest.mark.parametrize(
    ("page", "number", "expected"),
    [
        ("e33693", None, {"number": "e33693"}),
        ("100378", "100378", {"number": "100378"}),
        (None, "726343", {"number": "726343"}),
        ("1-14", "726343", {"number": "726343"}),
        ("201-214", "726343", {"page": "201-214"}),
        ("05LT01", None, {"number": "05LT01"}),
        ("Article 17", None, {"number": "17"}),
        (None, "Article No. e17", {"number": "e17"}),
        ("12-19", "S0269964801153015", {"page": "12-19"}),
        ("1088", None, {"page": "1088"}),
        ("AB122", None, {"page": "AB122"}),
        ("no-no", "n/a", {}),
    ],
)
def test_an_article_has_pages_or_a_number(page: object, number: object, expected: dict[str, str]) -> None:
    fields = item(page=page, article_number=number)
    assert {name: fields[name] for name in ("page", "number") if name in fields} == expected


def test_two_publishers_tell_the_number_of_an_article_by_its_doi() -> None:
    assert item(DOI="10.1155/2013/178512", page="1-9")["number"] == "178512"
    assert "page" not in item(DOI="10.1155/2013/178512", page="1-9")
    assert item(DOI="10.3389/fpsyg.2013.00123")["number"] == "123"
    assert item(DOI="10.1155/1988/259489", page="97-105")["page"] == "97-105"
    assert "number" not in item(DOI="10.5555/2013/178512", page="1-9")


def test_a_chapter_has_pages_whatever_they_look_like() -> None:
    assert item("book-chapter", page="10001")["page"] == "10001"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("12", "12"),
        ("Volume 12", "12"),
        ("Vol. 012", "12"),
        ("Bd. 7", "7"),
        ("XXVIII", "28"),
        ("IX", "9"),
        ("C", "C"),
        ("D", "D"),
        ("82 (1998)", "82"),
        ("60–61", "60-61"),
        ("Publish Ahead of Print", ""),
        ("ahead-of-print", ""),
        ("null", ""),
        ("0", ""),
        ("Online First", ""),
        ("2022", "2022"),
        (7, "7"),
    ],
)
def test_volumes_are_bare_arabic_numbers(raw: object, clean: str) -> None:
    assert places.volume(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("3", "3"),
        ("03", "3"),
        ("No. 3", "3"),
        ("1-2", "1-2"),
        ("1/2", "1/2"),
        ("S1", "S1"),
        ("Supplement 1", "Suppl. 1"),
        ("15_suppl", "15, Suppl."),
        ("1_Supplement_2", "1, Suppl. 2"),
        ("2022-12-01", ""),
        ("Online First", ""),
        ("-", ""),
        ("Special", "Special"),
    ],
)
def test_issues_are_written_as_apa_writes_them(raw: object, clean: str) -> None:
    assert places.issue(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("2", "2"),
        ("2nd", "2"),
        ("Second edition", "2"),
        ("3rd ed.", "3"),
        ("4/e", "4"),
        ("2. Aufl.", "2"),
        ("1", ""),
        ("1st", ""),
        ("0", ""),
        ("1/e", ""),
        ("First", ""),
        ("Rev. ed.", "Rev. ed."),
        ("n/a", ""),
        (2, "2"),
        (None, ""),
    ],
)
def test_editions_are_numbers_from_the_second_on(raw: object, clean: str) -> None:
    assert containers.edition(raw) == clean


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Group therapy, 3rd Edition", ("Group therapy", {"edition": "3"})),
        ("Group therapy (Second Edition)", ("Group therapy", {"edition": "2"})),
        ("Group therapy, 1st ed.", ("Group therapy", {})),
        ("Selected papers, Volume II", ("Selected papers", {"volume": "2"})),
        ("Selected papers: Vol. 4", ("Selected papers", {"volume": "4"})),
        ("Selected papers - Volume II: On grief", ("Selected papers: Vol. 2. On grief", {})),
        ("The first edition", ("The first edition", {})),
        ("Volume and pitch", ("Volume and pitch", {})),
    ],
)
def test_edition_and_volume_are_parted_from_a_books_title(title: str, expected: tuple[str, dict[str, str]]) -> None:
    assert containers.parted_title(title) == expected


@pytest.mark.parametrize(
    ("titles", "book", "series"),
    [
        (["Lecture Notes in Grief", "Holding Hands"], "Holding Hands", "Lecture Notes in Grief"),
        (["Holding Hands", "Lecture Notes in Grief"], "Holding Hands", "Lecture Notes in Grief"),
        (["Springer Series in Loss", "Holding Hands"], "Holding Hands", "Springer Series in Loss"),
        (["Holding Hands", "GriefBriefs in Loss"], "Holding Hands", "GriefBriefs in Loss"),
        (["Turkuer Beiträge zur Trauer", "Halten"], "Halten", "Turkuer Beiträge zur Trauer"),
        (["Synthese of Loss", "Holding Hands"], "Holding Hands", "Synthese of Loss"),
        (["Proceedings of Grief 2019", "Balder Series"], "Proceedings of Grief 2019", "Balder Series"),
        (["Holding Hands"], "Holding Hands", ""),
    ],
)
def test_a_book_is_told_from_its_series(titles: list[str], book: str, series: str) -> None:
    assert containers.parted(titles) == (book, series)


def test_a_chapters_book_is_set_in_sentence_case_and_its_series_and_number_apart() -> None:
    fields = item("book-chapter", container_title=["Studies in Grief", "Holding &amp; <i>Dora</i>"], volume="7")
    assert fields["container-title"] == "holding & <i>dora</i>"
    assert (fields["collection-title"], fields["collection-number"]) == ("Studies in Grief", "7")
    assert "volume" not in fields
    book = item("book", container_title=["Studies in Grief"], ISSN=["0028-0836"])
    assert book["collection-title"] == "Studies in Grief"
    assert "container-title" not in book


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["J. Imag. Grief", "Journal of Imagined Grief"], "Journal of Imagined Grief"),
        (["imaginedgrief", "Imagined Grief"], "Imagined Grief"),
        (["Grief &amp; Loss"], "Grief & Loss"),
        (["Grief  : Loss "], "Grief: Loss"),
        (["JOURNAL OF GRIEF AND LOSS"], "Journal of Grief and Loss"),
        (["GRIEF ONE"], "GRIEF ONE"),
        (["Grief (Online)"], "Grief"),
        (["J. Imag. Gr."], "J. Imag. Gr."),
        ([None, "Grief"], "Grief"),
    ],
)
def test_a_journal_goes_by_its_full_name_and_keeps_its_capitals(titles: list[str], name: str) -> None:
    assert item(container_title=titles)["container-title"] == name


def test_conferences_keep_their_names_and_tell_place_and_days() -> None:
    fields = item(
        "proceedings-article",
        container_title=["Proceedings of the 3rd Workshop on Grief - WOG '15"],
        event={
            "name": "Workshop on Grief",
            "location": "Turku, Finland",
            "start": day(2015, 5, 4),
            "end": day(2015, 5, 6),
        },
    )
    assert fields["container-title"] == "Proceedings of the 3rd Workshop on Grief"
    assert (fields["event-title"], fields["event-place"]) == ("Workshop on Grief", "Turku, Finland")
    assert fields["event-date"] == {"date-parts": [[2015, 5, 4], [2015, 5, 6]]}
