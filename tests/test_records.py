"""Cleaning a whole Crossref message: made records in Crossref's shape, and the real ones where they are at hand."""

from litbase.domain.records import clean_crossref


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
    assert cleaned.item == {
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
    assert cleaned.changes == ()
    assert cleaned.notices == ()
