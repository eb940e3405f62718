"""Which record a reference means, and where the two differ: the pure part, over records of the tests' own."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import article, date, message, person

from litbase import match
from litbase.domain import matching
from litbase.domain.item import Item
from litbase.domain.matching import Known, by_doi, by_words, known, query
from litbase.domain.matching_evidence import completed, evidence, fold_number, numbers_in, similarity
from litbase.domain.matching_names import people_apart, same_place, spelt, titles_apart
from litbase.domain.traits import person as as_person

OF_TRUST = {
    "type": "article-journal",
    "title": "Small repairs: A study of trust in long work",
    "author": [{"family": "Albrecht", "given": "I."}, {"family": "Wilk", "given": "T."}],
    "container-title": "Journal of Relational Practice",
    "volume": "12",
    "issue": "3",
    "page": "201-219",
    "issued": {"date-parts": [[2015]]},
}


def record(**fields: Any) -> Known:
    """The record of that article, with other fields where they are given."""
    authors = [person("Ines", "Albrecht", "first"), person("Tomasz", "Wilk")]
    made = {"author": authors, "issued": date(2015, 4), **fields}
    found = known(article("10.5555/trust", made.pop("title", "Small repairs: A study of trust in long work"), **made))
    assert found is not None
    return found


def differing(item: Item, of: Known) -> list[str]:
    found = by_doi(item, "", of, match.ratio)
    assert found.verdict == "same"
    return [one.field for one in found.differences]


# ---- names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Counselling behaviour", "Counseling behavior"),
        ("Organisational programmes", "Organizational programs"),
        ("Paediatric anaemia", "Pediatric anemia"),
        ("Analysing the grey centre", "Analyzing the gray center"),
        ("Søren’s dialogues", "Soren’s dialogs"),
    ],
)
def test_british_and_american_are_one(one: str, other: str) -> None:
    assert spelt(one) == spelt(other)


@pytest.mark.parametrize(
    ("ours", "theirs", "largest"),
    [
        ("Small repairs", "Small repairs: A study of trust", 0.12),
        ("Small repairs: A study of trust", "Small repairs", 0.12),
        ("Trauma und Gruppe [Trauma and group]", "Trauma und Gruppe", 0.0),
        ("Repair (Retraction published 2020)", "Repair", 0.0),
        ("Well-being in groups", "Wellbeing in groups", 0.0),
    ],
)
def test_titles_that_are_one(ours: str, theirs: str, largest: float) -> None:
    assert titles_apart(ours, [theirs], match.ratio)[0] <= largest


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Small repairs for predicting burnout in clinics", "Small repairs"),
        ("Self-efficacy: A pilot trial of the harmonica", "Self-efficacy: Toward a theory of change"),
        ("On being held, I: Trust", "On being held, II: Trust"),
        ("Between mothers and infants", "Between fathers and infants"),
    ],
)
def test_titles_that_are_two(ours: str, theirs: str) -> None:
    assert titles_apart(ours, [theirs], match.ratio)[0] > 0.12


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("J. Couns. Psychol.", "Journal of Counseling Psychology"),
        ("Proc Natl Acad Sci", "Proceedings of the National Academy of Sciences"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Psychotherapy", "Psychotherapy: Theory, Research, Practice, Training"),
        ("Counseling Psychologist", "The Counseling Psychologist"),
        ("Family and Process", "Family & Process"),
        ("Behaviour Research and Therapy", "Behavior Research and Therapy"),
        ("Canadian Journal of Therapy", "Canadian Journal of Therapy / La revue canadienne de thérapie"),
    ],
)
def test_names_of_one_journal(ours: str, theirs: str) -> None:
    assert same_place(ours, [theirs], match.ratio)
    assert same_place(theirs, [ours], match.ratio)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Psychotherapy", "Psychotherapy Research"),
        ("Journal of Family Therapy", "Journal of Family Studies"),
        ("Journal of LGBTQ Issues in Counseling", "Family Process"),
        ("Journal of Psychology", "Journal of Physiology"),
        ("JAP", "Journal of Counseling"),
    ],
)
def test_names_of_two_journals(ours: str, theirs: str) -> None:
    assert not same_place(ours, [theirs], match.ratio)


@pytest.mark.parametrize(
    ("ours", "theirs", "apart"),
    [
        ({"family": "van der Kolk", "given": "B. A."}, {"family": "Kolk", "given": "Bessel van der"}, 0.0),
        ({"family": "Flueckiger", "given": "C."}, {"family": "Flückiger", "given": "Christoph"}, 0.0),
        ({"family": "Sorensen", "given": "P."}, {"family": "Sørensen", "given": "Per"}, 0.0),
        ({"family": "Bowlby", "given": "J."}, {"family": "Bowlby", "given": "E. J. M."}, 0.0),
        ({"family": "Márquez", "given": "M."}, {"family": "García Márquez", "given": "María"}, 0.0),
        ({"family": "Llewelyn", "given": "S."}, {"family": "Llewellyn", "given": "Susan"}, 0.15),
        ({"family": "Stern", "given": "A."}, {"family": "Stern", "given": "Daniel"}, 0.3),
        ({"family": "Stern", "given": "D."}, {"family": "Schore", "given": "Allan"}, 1.0),
        ({"literal": "American Psychological Association"}, {"literal": "APA"}, 0.0),
        ({"literal": "Health Board"}, {"literal": "Example Health Board"}, 0.0),
    ],
)
def test_first_authors(ours: dict, theirs: dict, apart: float) -> None:
    assert people_apart([as_person(ours)], [as_person(theirs)], match.ratio) == apart


# ---- evidence


def test_pages_and_numbers_as_they_are_written() -> None:
    assert completed("1234", "45") == "1245"
    assert completed("99", "101") == "101"
    assert [fold_number(one) for one in ("IV", "xii", "12", "Suppl 1")] == ["4", "12", "12", "Suppl 1"]
    assert numbers_in("12(03), e118–e120, 2nd") == {"12", "3", "118", "120"}


def test_evidence_is_told_trait_by_trait() -> None:
    where = "Journal of Relational Practice, 12(3), 201–19."
    text = f"Albrecht, I., & Wilk, T. (2015). Small repairs: A study of trust. {where}"
    traits = {one.trait: one for one in evidence(text, record(), match.ratio)}
    assert set(traits) == {"year", "volume", "issue", "page", "last page", "title", "container", "author"}
    assert all(one.reference for one in traits.values())
    assert similarity(text, record(), match.ratio) > 0.9


def test_numbers_that_nothing_explains_speak_against_a_record() -> None:
    text = "Albrecht, I. (2015). Small repairs: A study of trust in long work. Journal of Relational Practice, {}."
    right, wrong = (
        similarity(text.format(where), record(), match.ratio) for where in ("12(3), 201–219", "9(4), 17–33")
    )
    assert right == 1.0
    assert wrong < 0.65


def test_links_are_no_evidence() -> None:
    text = "Albrecht (2015). Small repairs. https://doi.org/10.5555/trust.2015.12.3 https://www.example.org/2015/12"
    assert not [one for one in evidence(text, record(), match.ratio) if one.trait == "number"]


# ---- fields


def test_a_right_reference_differs_in_nothing() -> None:
    assert differing(OF_TRUST, record()) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"volume": "21"}, "volume"),
        ({"issue": "4"}, "issue"),
        ({"page": "201-229"}, "pages"),
        ({"page": "120"}, "pages"),
        ({"container-title": "Family Process"}, "journal"),
        ({"issued": {"date-parts": [[2009]]}}, "year"),
        ({"author": [{"family": "Brandt", "given": "K."}]}, "first author"),
        ({"title": "Small repairs: A study of hope in long work"}, "title"),
    ],
)
def test_a_slip_is_told_by_its_field(change: Item, field: str) -> None:
    assert differing({**OF_TRUST, **change}, record()) == [field]


@pytest.mark.parametrize("year", [2013, 2014, 2016, 2017])
def test_years_one_or_two_apart_are_no_difference(year: int) -> None:
    assert differing({**OF_TRUST, "issued": {"date-parts": [[year]]}}, record()) == []


def test_any_of_a_records_years_will_do() -> None:
    of = record(**{"published-print": date(2020, 1), "published-online": date(2015, 4), "issued": date(2015, 4)})
    for year in (2013, 2015, 2020, 2022):
        assert differing({**OF_TRUST, "issued": {"date-parts": [[year]]}}, of) == []
    assert differing({**OF_TRUST, "issued": {"date-parts": [[2009]]}}, of) == ["year"]


@pytest.mark.parametrize(
    "change",
    [
        {"volume": "Vol. 12"},
        {"issue": "3-4"},
        {"page": "201-19"},
        {"page": "201"},
        {"page": "pp. 201–219"},
        {"container-title": "J. Relational Pract."},
        {"title": "Small repairs"},
    ],
)
def test_what_is_merely_written_otherwise_is_no_difference(change: Item) -> None:
    assert differing({**OF_TRUST, **change}, record()) == []


def test_a_record_from_before_the_issue_has_no_say_on_pages() -> None:
    assert differing(OF_TRUST, record(volume="", issue="", page="1-19")) == []


def test_an_article_put_online_late_keeps_its_year() -> None:
    old = {**OF_TRUST, "issued": {"date-parts": [[1957]]}}
    assert differing(old, record(issued=date(2006), **{"published-online": date(2006)})) == []
    assert differing(old, record(issued=date(2006), **{"published-print": date(2006)})) == ["year"]


def test_a_reprinted_book_may_bear_its_first_year_but_none_to_come() -> None:
    book = message("10.5555/book", "Playing and being", "book", author=[person("Donald", "Winter")], issued=date(2005))
    of = known(book)
    assert of is not None
    item = {"type": "book", "title": "Playing and being", "publisher": "Tavistock",
            "author": [{"family": "Winter", "given": "D. W."}]}  # fmt: skip
    assert differing({**item, "issued": {"date-parts": [[1971]]}}, of) == []
    assert differing({**item, "issued": {"date-parts": [[2019]]}}, of) == ["year"]


def test_title_and_journal_are_parted_as_the_record_shows() -> None:
    cut = {
        **OF_TRUST,
        "title": "Small repairs: A study of trust in long work. J. Relational",
        "container-title": "Pract",
    }
    assert differing(cut, record()) == []


# ---- verdicts


def test_a_doi_of_another_work() -> None:
    for title, authors in (
        ("Deep listening", [person("Yann", "Lecomte")]),
        ("Endings", [person("Ines", "Albrecht")]),
        ("Correction to: Small repairs: A study of trust in long work", []),
    ):
        fields = {"update-to": [{"DOI": "10.5555/x", "type": "correction"}]} if title.startswith("Corr") else {}
        of = record(title=title, author=authors, volume="3", page="7-9", **fields)
        assert by_doi(OF_TRUST, "", of, match.ratio).verdict == "elsewhere"


def test_a_reference_that_was_misread_is_not_held_against_its_writer() -> None:
    text = "Albrecht Ines, Wilk T: 2015; J. of Relational Practice; Small repairs - a study of trust in long work 12"
    misread = {"type": "book", "title": "Albrecht Ines, Wilk T: 2015; in J"}
    assert by_doi(misread, text, record(), match.ratio).verdict == "same"
    assert by_doi({"type": "book"}, text, record(), match.ratio).verdict == "same"
    other = record(title="Small repairs: A study of trust in long work", author=[person("Vera", "Kim")], volume="4")
    assert by_doi(misread, text, other, match.ratio).verdict == "elsewhere"


def test_a_chapter_under_the_doi_of_its_book() -> None:
    of = known(message("10.5555/book", "Handbook of repair", "edited-book", editor=[person("Rui", "Sato")]))
    assert of is not None
    item = {"type": "chapter", "title": "Endings", "container-title": "Handbook of repair",
            "author": [{"family": "Nilsen", "given": "B."}]}  # fmt: skip
    assert by_doi(item, "", of, match.ratio).verdict == "part"


def test_the_record_that_differs_least_is_taken() -> None:
    preprint = known(
        message("10.5555/pre", OF_TRUST["title"], "posted-content", author=[person("Ines", "Albrecht", "first")])
    )
    reprint = record(**{"container-title": ["Classics"], "volume": "1", "page": "9-27", "issued": date(2014)})
    assert preprint is not None
    found = by_words(OF_TRUST, "Albrecht (2015) Small repairs 12 3 201–219", [preprint, reprint, record()], match.ratio)
    assert found is not None
    assert found.differences == ()
    assert by_words(OF_TRUST, "Albrecht (2015)", [preprint], match.ratio) == matching.Match("kin", preprint)


def test_a_heading_alone_is_no_title() -> None:
    heading = {**OF_TRUST, "title": "Introduction"}
    other = record(title="Introduction", author=[person("Vera", "Kim")], volume="4", page="1-3")
    assert by_words(heading, "Albrecht (2015). Introduction.", [other], match.ratio) is None
    assert by_words(heading, "Albrecht (2015). Introduction.", [record(title="Introduction")], match.ratio) is not None


def test_records_that_are_no_works_are_none() -> None:
    assert known({}) is None
    assert known(message("10.5555/j", "A journal", "journal")) is None


def test_a_query_is_made_of_the_reference_only() -> None:
    asked = query({**OF_TRUST, "note": "private", "abstract": "long", "URL": "https://example.org"})
    assert asked == (
        "Albrecht Wilk 2015 Small repairs: A study of trust in long work Journal of Relational Practice 12 201-219"
    )
    assert query({"type": "book"}) == ""
    assert len(query({**OF_TRUST, "title": "word " * 500, "container-title": "x" * 999})) < 600


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 3000) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(matching.FIELDS), _ANYTHING), st.text(max_size=60))
def test_anything_in_a_record_is_borne(fields: dict[str, Any], text: str) -> None:
    found = known({**article("10.5555/x", "Small repairs"), **fields})
    if found is not None:
        by_doi(OF_TRUST, text, found, match.ratio)
        by_words(OF_TRUST, text, [found], match.ratio)
