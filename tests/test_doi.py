"""DOIs in every form people paste come out in one canonical form, or are refused by name."""

import json
import string
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain import doi
from litbase.errors import BadInput

SHARED = Path(__file__).resolve().parents[2] / "shared" / "crossref_records.jsonl"
SICI = "10.5555/(sici)1097-4679(199608)52:4<425::aid-xyz7>3.0.co;2-"

PASTED = [
    # bare and labelled
    ("10.5555/pst0000185", "10.5555/pst0000185"),
    ("  10.5555/PST0000185\n", "10.5555/pst0000185"),
    ("doi:10.5555/pst0000185", "10.5555/pst0000185"),
    ("DOI: 10.5555/pst0000185.", "10.5555/pst0000185"),
    ("info:doi/10.5555%2Fpst0000185", "10.5555/pst0000185"),
    ("10.5555%2Fpst0000185", "10.5555/pst0000185"),
    ("10.5555.10/123", "10.5555.10/123"),
    ("10.5555/jbc/", "10.5555/jbc/"),
    # links to the resolver: the path is the DOI, and nothing but the path
    ("https://doi.org/10.5555/pst0000185", "10.5555/pst0000185"),
    ("HTTP://DX.DOI.ORG/10.5555%2FPST0000185", "10.5555/pst0000185"),
    ("doi.org/10.5555/pst0000185", "10.5555/pst0000185"),
    ("https://doi.org/doi:10.5555/pst0000185", "10.5555/pst0000185"),
    ("https://doi-org.library.example/10.5555/pst0000185", "10.5555/pst0000185"),
    ("https://doi.org/10.5555/abc/full", "10.5555/abc/full"),
    ("https://doi.org/10.5555/abc?utm_source=x#top", "10.5555/abc"),
    # around it: brackets, quotes, HTML, Markdown, BibTeX
    ("<https://doi.org/10.5555/pst0000185>", "10.5555/pst0000185"),
    ("(10.5555/0016-0032(80)90440-8).", "10.5555/0016-0032(80)90440-8"),
    ("[10.5555/pst0000185]", "10.5555/pst0000185"),
    ("“10.5555/pst0000185.”", "10.5555/pst0000185"),
    ("[the paper](https://doi.org/10.5555/pst0000185)", "10.5555/pst0000185"),
    ("[10.5555/pst0000185](https://doi.org/10.5555/pst0000185)", "10.5555/pst0000185"),
    ('<a href="https://doi.org/10.5555/pst0000185">10.5555/pst0000185</a>.', "10.5555/pst0000185"),
    ("<a href='https://doi.org/10.5555/pst0000185'>here</a>", "10.5555/pst0000185"),
    ("doi = {10.5555/ab\\_cd},", "10.5555/ab_cd"),
    ("Stern, D. (1985). A title. https://doi.org/10.5555/s.1985; see p. 4", "10.5555/s.1985"),
    # what typesetting does
    ("10.5555/0003‑066x", "10.5555/0003-066x"),
    ("10.5555/pst\u200b0000185", "10.5555/pst0000185"),
    # odd characters
    ("10.5555/a#b", "10.5555/a#b"),
    ("10.5555/a?b", "10.5555/a?b"),
    ("10.5555/a%23b", "10.5555/a%23b"),
    ("https://doi.org/10.5555/a%23b", "10.5555/a#b"),
    ("https://doi.org/10.5555/a%2523b", "10.5555/a%23b"),
    ("https://doi.org/10.5555/caf%C3%A9", "10.5555/café"),
    ("10.5555/CAFÉ", "10.5555/cafÉ"),
    ("10.5555/sa..72.201101", "10.5555/sa..72.201101"),
    ("10.5555/a,b;c", "10.5555/a,b;c"),
    (SICI.upper() + "#", SICI + "#"),
    (SICI + "?", SICI + "?"),
    (f"({SICI}o).", SICI + "o"),
    (SICI.replace("<", "&lt;").replace(">", "&gt;") + "O", SICI + "o"),
    (f"https://doi.org/{quote(SICI + '#', safe='')}", SICI + "#"),
    (f"https://doi.org/{SICI}#", SICI + "#"),
]

# A publisher's page, what stands before the DOI and after it.
PUBLISHERS = [
    ("https://www.tandfonline.com/doi/full/", "?journalCode=hpsd20"),
    ("www.tandfonline.com/doi/abs/", ""),
    ("https://onlinelibrary.wiley.com/doi/", "/abstract;jsessionid=A1B2.d03t01"),
    ("https://onlinelibrary.wiley.com/doi/pdfdirect/", ""),
    ("https://link.springer.com/article/", "/fulltext.html"),
    ("https://link.springer.com/chapter/", "#citeas"),
    ("https://link.springer.com/content/pdf/", ".pdf"),
    ("https://www.frontiersin.org/articles/", "/full"),
    ("https://journals.sagepub.com/doi/pdf/", "?download=true"),
    ("https://psycnet.apa.org/doi/", "/"),
    ("https://psycnet.apa.org/doiLanding?doi=", ""),
    ("https://journals.plos.org/plosone/article?id=", "&type=printable"),
    ("https://www.taylorfrancis.com/chapters/edit/", "/a-title-in-words-jane-doe"),
    ("https://academic.oup.com/brain/article/doi/", "/5702222?login=false"),
    ("https://www.degruyter.com/document/doi/", "/html"),
    ("https://api.crossref.org/works/", "/agency"),
    ("https://proxy.example/login?url=https%3A%2F%2Fwww.tandfonline.com%2Fdoi%2Ffull%2F", "%3Fsrc%3Dx"),
    ("https://www.google.com/url?q=https://doi.org/", "&sa=D"),
    ("https://example.org/reader#/doi/", ""),
]

REFUSED = [
    "",
    "hello",
    "10.5555/",
    "10/abcde",
    "110.5555/x",
    "https://doi.org/",
    "10.5555/a\nb",
    "10.5555/a\x00b",
    "https://doi.org/10.5555/a%00b",
    "https://doi.org/10.5555/a%0Ab",
    "https://doi.org/10.5555/a%20b",
    "https://doi.org/10.5555/%FF",
    "10.5555/../works",
    "https://doi.org/10.5555/a/%2E%2E/%2E%2E/types",
    "10.5555/" + "x" * 3000,
]


@pytest.mark.parametrize(("pasted", "canonical"), PASTED)
def test_every_pasted_form_has_one_canonical_form(pasted: str, canonical: str) -> None:
    assert doi.parse(pasted) == canonical


@pytest.mark.parametrize(("before", "after"), PUBLISHERS)
@pytest.mark.parametrize("encode", [False, True])
def test_a_publishers_link_gives_the_doi_inside(before: str, after: str, encode: bool) -> None:
    # Oxford's rule needs a suffix of two segments, Taylor & Francis's one of a single segment.
    inside = "10.5555/brain/awx123" if "oup.com" in before else "10.5555/s10879-019.04_5"
    pasted = before + (quote(inside, safe="") if encode else inside) + after
    assert doi.parse(pasted) == inside


def test_the_version_in_a_preprint_servers_link_is_not_of_the_doi() -> None:
    link = "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf+html"
    assert doi.parse(link) == "10.1101/2020.01.01.123456"
    assert doi.parse("10.1101/2020.01.01.123456v2") == "10.1101/2020.01.01.123456v2"


@pytest.mark.parametrize("pasted", REFUSED)
def test_what_no_server_could_be_asked_for_is_refused(pasted: str) -> None:
    with pytest.raises(BadInput) as caught:
        doi.parse(pasted)
    assert len(caught.value.message) < 200
    assert not set(caught.value.message) & {"\n", "\x00", "\x1b"}
    assert caught.value.hint


def test_the_refusal_quotes_what_was_read() -> None:
    with pytest.raises(BadInput, match=r"`10\.5555`"):
        doi.parse(" 10.5555\t")


def test_two_dois_are_not_one() -> None:
    with pytest.raises(BadInput, match="more than one"):
        doi.parse("10.5555/a, 10.5555/b")


def test_two_thousand_characters_are_a_doi() -> None:
    long = "10.5555/" + "é" * 1990
    assert doi.parse(doi.url(long)) == long


def test_running_text_gives_each_doi_once_in_order() -> None:
    text = (
        "As in doi:10.5555/B.2 (and 10.5555/a.1), see https://doi.org/10.5555/b.2;"
        "10.5555/c,10.5555/d. The house at 10.2015 had no DOI, nor 10.5555/."
    )
    assert doi.find_all(text) == ["10.5555/b.2", "10.5555/a.1", "10.5555/c", "10.5555/d"]


@pytest.mark.parametrize(
    "evil",
    ["10.5555/" + "." * 50_000, "a." * 50_000, "&" + "amp;" * 20_000, "<a" * 50_000, "10.5555/(" * 5_000],
)
def test_hostile_text_is_read_in_linear_time(evil: str) -> None:
    # Anything quadratic would need minutes here, and the test run would show it.
    assert len(doi.find_all(evil)) <= 1


def test_a_link_encodes_only_what_breaks_it() -> None:
    assert doi.url("10.5555/a_b-c.d;e(f):g") == "https://doi.org/10.5555/a_b-c.d;e(f):g"
    assert doi.url('10.5555/<>#%"{}?é') == "https://doi.org/10.5555/%3C%3E%23%25%22%7B%7D%3F%C3%A9"


PIECES = [*string.punctuation, "10.5555/", "https://doi.org/", "%2F", "%20", "%252F", "&lt;", "](", "</a>"]
PIECES += ["www.example.org/", "doi=", "co;2-", ">3.0.co;2-", "/full", ".pdf", "é", "É", "a", "7", "/../", " "]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_the_canonical_form_reads_back_as_itself(text: str) -> None:
    for found in doi.find_all("10.5555/" + text):
        assert doi.parse(found) == found
        assert doi.parse(doi.url(found)) == found
        assert doi.parse("https://doi.org/" + quote(found, safe="")) == found


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/crossref_records.jsonl")
def test_real_dois_survive_every_form() -> None:
    changed = []
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        known = json.loads(line)["doi"]
        encoded = quote(known, safe="")
        forms = (known, known.upper(), f"doi:{known}", f"DOI: {known}.", f"({known})", doi.url(known))
        links = (f"https://doi.org/{known}", f"https://doi.org/{encoded}", f"https://x.example/?doi={encoded}&y=1")
        changed += [form for form in forms + links if doi.parse(form) != known.lower()]
    assert changed == []


def test_a_bare_sici_with_encoded_angle_brackets_is_decoded() -> None:
    assert doi.parse("10.5555/1097-0355(200101)22:1%3C7::aid-x2%3E3.0.CO;2-N") == (
        "10.5555/1097-0355(200101)22:1<7::aid-x2>3.0.co;2-n"
    )
