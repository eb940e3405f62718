"""What people hand to `add`, and what it is taken for."""

import string
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain import isbn
from litbase.domain.identifiers import Identifier, identify
from litbase.errors import BadInput

RECOGNISED = [
    ("10.5555/jrp.2015.0012", "doi", "10.5555/jrp.2015.0012"),
    ("https://doi.org/10.5555/JRP.2015.0012", "doi", "10.5555/jrp.2015.0012"),
    ("https://press.example/doi/full/10.5555/jrp.2015.0012", "doi", "10.5555/jrp.2015.0012"),
    ("Wilk, T. (2015). Repair. J, 1(2), 3-4. https://doi.org/10.5555/a.b PMID: 123", "doi", "10.5555/a.b"),
    ("https://doi.org/10.48550/arXiv.2106.12345", "doi", "10.48550/arxiv.2106.12345"),
    ("0-00-000006-X", "isbn", "9780000000064"),
    ("978 0 00 000006 4", "isbn", "9780000000064"),
    ("Fairweather (2014). The room. ISBN 978-0-00-000006-4.", "isbn", "9780000000064"),
    ("ISBN-10: 0-00-000006-X, ISBN-13: 978-0-00-000006-4", "isbn", "9780000000064"),
    ("https://shop.example/the-room/p/book/9780000000064?ref=1", "isbn", "9780000000064"),
    ("https://shop.example/Room/dp/000000006X/ref=sr_1_1", "isbn", "9780000000064"),
    ("https://openlibrary.org/isbn/9780000000064", "isbn", "9780000000064"),
    ("https://books.example/search?isbn=000000006X", "isbn", "9780000000064"),
    ("2106.12345", "arxiv", "2106.12345"),
    ("arXiv:2106.12345v2 [cs.CL] 3 Jun 2021", "arxiv", "2106.12345v2"),
    ("arxiv: 0704.0001", "arxiv", "0704.0001"),
    ("math.GT/0309136v1", "arxiv", "math/0309136v1"),
    ("hep-th/9901001", "arxiv", "hep-th/9901001"),
    ("https://arxiv.org/pdf/2106.12345v3.pdf", "arxiv", "2106.12345v3"),
    ("http://www.arxiv.org/abs/cond-mat/0207270", "arxiv", "cond-mat/0207270"),
    ("arxiv.org/abs/2106.12345", "arxiv", "2106.12345"),
    ("Wilk (2021). Repair in trees (arXiv:2106.12345). arXiv.", "arxiv", "2106.12345"),
    ("PMID: 26652862", "pmid", "26652862"),
    ("pmid26652862", "pmid", "26652862"),
    ("Repair. 2016;16(3):339-47. PubMed PMID: 26652862; PubMed Central PMCID: PMC123.", "pmid", "26652862"),
    ("pubmed.ncbi.nlm.nih.gov/123", "pmid", "123"),
    ("https://pubmed.ncbi.nlm.nih.gov/26652862/?from=x", "pmid", "26652862"),
    ("https://www.ncbi.nlm.nih.gov/pubmed/26652862", "pmid", "26652862"),
    ("https://europepmc.org/article/MED/26652862", "pmid", "26652862"),
    ("PMC1234567", "pmcid", "PMC1234567"),
    ("PMCID: 1234567", "pmcid", "PMC1234567"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/", "pmcid", "PMC1234567"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567.2/", "pmcid", "PMC1234567"),
    ("https://practice.example/blog/what-is-repair", "link", "https://practice.example/blog/what-is-repair"),
    ("practice.example/blog", "link", "https://practice.example/blog"),
    ("https://shop.example/dp/0000000061", "link", "https://shop.example/dp/0000000061"),
    ("safran muran negotiating therapeutic alliance", "words", "safran muran negotiating therapeutic alliance"),
    ("Stern, D. N. (1985).  The interpersonal\nworld", "words", "Stern, D. N. (1985). The interpersonal world"),
    ("Read https://practice.example/blog by Wilk", "words", "Read https://practice.example/blog by Wilk"),
    ("PubMed 2020 survey", "words", "PubMed 2020 survey"),
    ("1985", "words", "1985"),
    ("", "words", ""),
]


@pytest.mark.parametrize(("text", "kind", "value"), RECOGNISED)
def test_recognised(text: str, kind: str, value: str) -> None:
    assert identify(text) == Identifier(kind, value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind", "value"), [case for case in RECOGNISED if case[1] != "words"])
def test_the_canonical_form_is_read_back_as_itself(text: str, kind: str, value: str) -> None:
    shown = f"PMID: {value}" if kind == "pmid" else value
    assert identify(shown) == (kind, value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ISBN 978-0-00-000006-5", "call for 4"),
        ("9780000000065", "call for 4"),
        ("ISBN 978-0-00-000006-4 and ISBN 979-10-90636-07-1", "more than one ISBN"),
        ("10.5555", "not a DOI"),
        ("doi: 10.5555/", "not a DOI"),
        ("10.5555/a 10.5555/b", "more than one DOI"),
        ("arXiv:2113.12345", "not an arXiv number"),
    ],
)
def test_a_slip_is_told_not_searched_for(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        identify(text)


@given(st.lists(st.text(string.ascii_letters + "äéñ'’-", min_size=1, max_size=12), max_size=8))
@settings(max_examples=80)
def test_words_are_words(words: list[str]) -> None:
    found = identify(" ".join(words))
    assert found.kind == "words"
    assert found.value.split() == " ".join(words).split()


@given(st.text(max_size=60))
@settings(max_examples=80)
def test_nothing_but_bad_input_is_ever_raised(text: str) -> None:
    try:
        found = identify(text)
    except BadInput:
        return
    assert found.kind == "words" or found.value


@given(st.integers(0, 10**9 - 1), st.sampled_from(["{}", "ISBN {}", "isbn: {}", "Room. Press. ISBN: {}.", "<{}>"]))
@settings(max_examples=60)
def test_any_isbn_in_any_dress(number: int, dress: str) -> None:
    whole = isbn.thirteen(f"{number:09}0")
    assert identify(dress.format(whole)) == ("isbn", whole)
    assert identify(dress.format(isbn.ten(whole))) == ("isbn", whole)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "ISBN " * 20_000, "(" * 100_000, "a." * 50_000, "978-" * 20_000, "arxiv:" * 9_000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    with suppress(BadInput):
        identify(text)
    assert time.perf_counter() - began < 2
