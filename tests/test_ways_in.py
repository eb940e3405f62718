"""DOIs of other agencies, ISBNs, arXiv and PubMed numbers: what is asked, what comes back, and what is refused."""

import time
from collections.abc import Callable, Iterator

import other_records as records
import pytest
import servers
from asking import Hurried
from servers import Asked, Given, Server

from litbase.errors import BadRecord, LitbaseError, NotFound, Offline, ProviderError, TimedOut, Unreadable
from litbase.providers import arxiv, doiorg, openlibrary, pubmed
from litbase.providers.outcomes import Answer, Refusal
from litbase.providers.patience import Patience

BRIEF = Patience(connect=0.5, read=0.5, total=1.2, asked=5.0)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "ssl_cert_file"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def running(answering: servers.Answering) -> Iterator[Server]:
    with servers.serving(answering) as server:
        yield server


@pytest.fixture
def agency() -> Iterator[Server]:
    yield from running(servers.agency(records.AGENCY))


@pytest.fixture
def books() -> Iterator[Server]:
    yield from running(servers.open_library(records.EDITIONS, records.VIEWS))


@pytest.fixture
def preprints() -> Iterator[Server]:
    yield from running(servers.arxiv(records.ENTRIES))


@pytest.fixture
def ncbi() -> Iterator[Server]:
    yield from running(servers.ncbi(records.SUMMARIES))


def by_doi(server: Server, *wanted: str, mailto: str | None = None) -> list[Answer | Refusal]:
    settings = doiorg.Settings(server.url, mailto)
    return list(doiorg.fetch(wanted, settings, patience=BRIEF, clock=Hurried().clock))


def by_isbn(server: Server, *wanted: str, mailto: str | None = None) -> list[Answer | Refusal]:
    settings = openlibrary.Settings(server.url, mailto)
    return list(openlibrary.fetch(wanted, settings, patience=BRIEF, clock=Hurried().clock))


def by_number(server: Server, *wanted: str, mailto: str | None = None) -> list[Answer | Refusal]:
    return list(arxiv.fetch(wanted, arxiv.Settings(server.url, mailto), patience=BRIEF, clock=Hurried().clock))


def by_pmid(server: Server, *wanted: str, mailto: str | None = None) -> list[Answer | Refusal]:
    return list(pubmed.fetch(wanted, pubmed.Settings(server.url, mailto), patience=BRIEF, clock=Hurried().clock))


WAYS = [
    pytest.param(by_doi, records.DATASET, id="doi.org"),
    pytest.param(by_isbn, records.HANDBOOK, id="openlibrary"),
    pytest.param(by_number, "2106.12345", id="arxiv"),
    pytest.param(by_pmid, records.GERMAN, id="pubmed"),
]


def refused(outcome: Answer | Refusal) -> LitbaseError:
    assert isinstance(outcome, Refusal), outcome
    return outcome.error


# ---- what is asked, and what comes back


def test_doi_org_is_asked_for_csl_json(agency: Server) -> None:
    found = by_doi(agency, records.DATASET, records.ARTICLE)
    assert found == [Answer(doi, doi, records.AGENCY[doi], "doi.org") for doi in (records.DATASET, records.ARTICLE)]
    assert {asked.headers["accept"] for asked in agency.asked} == {servers.CSL}


def test_a_doi_travels_encoded(agency: Server) -> None:
    error = refused(by_doi(agency, "10.5555/a#b?c=<d>")[0])
    assert isinstance(error, NotFound)
    assert agency.asked[0].path == "/10.5555/a#b?c=<d>"


def test_books_come_in_one_request_and_the_nameless_are_asked_for_again(books: Server) -> None:
    found = by_isbn(books, *records.EDITIONS, "9780000000057")
    assert [outcome.asked for outcome in found] == [*records.EDITIONS, "9780000000057"]
    assert isinstance(refused(found[-1]), NotFound)
    assert [asked.params["jscmd"] for asked in books.asked] == ["details", "data"]
    assert books.asked[1].params["bibkeys"] == f"ISBN:{records.LATECOMER}"
    late = found[2]
    assert isinstance(late, Answer)
    assert late.body == {
        "isbn": records.LATECOMER,
        "details": records.EDITIONS[records.LATECOMER],
        "data": records.VIEWS[records.LATECOMER],
    }


def test_a_book_with_another_isbn_is_refused(books: Server) -> None:
    other = {records.ALLIANCE: records.EDITIONS[records.HANDBOOK], records.HANDBOOK: {"title": "No number"}}
    books.answering = servers.open_library(other, {})
    errors = [refused(outcome) for outcome in by_isbn(books, records.ALLIANCE, records.HANDBOOK)]
    assert all(isinstance(error, BadRecord) for error in errors)
    assert records.HANDBOOK in errors[0].message
    assert "one without an ISBN" in errors[1].message


def test_preprints_with_and_without_a_version(preprints: Server) -> None:
    found = by_number(preprints, "2106.12345", "2106.12345v2", "2106.12345v9", "math/0309136", "2106.99999")
    assert [isinstance(outcome, Answer) for outcome in found] == [True, True, False, True, False]
    assert {one.doi for one in found[:2] if isinstance(one, Answer)} == {"10.48550/arxiv.2106.12345"}
    assert "version" in refused(found[2]).hint
    assert len(preprints.asked) == 1


def test_pubmed_and_pubmed_central_are_two_shelves(ncbi: Server) -> None:
    wanted = [records.RETRACTED, f"PMC{records.IN_PMC}", "1", records.GERMAN]
    found = by_pmid(ncbi, *wanted)
    assert [outcome.asked for outcome in found] == wanted
    assert [asked.params["db"] for asked in ncbi.asked] == ["pubmed", "pmc"]
    assert isinstance(refused(found[2]), NotFound)


def test_pubmed_sends_on_to_crossref_where_there_is_a_doi(ncbi: Server) -> None:
    with_doi, without = by_pmid(ncbi, records.RETRACTED, records.GERMAN)
    assert isinstance(with_doi, Answer)
    assert isinstance(without, Answer)
    assert (with_doi.doi, with_doi.better) == ("10.5555/jrp.2016.77", "crossref")
    assert (without.doi, without.better) == ("", "")


@pytest.mark.parametrize(("ask", "wanted"), WAYS)
def test_the_address_is_sent_only_where_one_is_given(ask: Callable, wanted: str) -> None:
    with servers.serving(lambda asked: servers.as_json({}, status=404)) as server:
        ask(server, wanted)
        ask(server, wanted, mailto="someone@practice.example")
    without, with_one = server.asked
    assert "mailto" not in without.headers["user-agent"]
    assert with_one.headers["user-agent"].endswith("(mailto:someone@practice.example)")
    assert without.headers["user-agent"].startswith("litbase/")


# ---- what goes wrong

FAULTS: dict[str, tuple[Given, type[LitbaseError]]] = {
    "a page": (servers.page(), ProviderError),
    "nothing": (Given(b""), Unreadable),
    "half": (Given(b'{"DOI": "10.55'), Unreadable),
    "not UTF-8": (Given('{"title": "Séance"}'.encode("latin-1")), Unreadable),
    "a list": (servers.as_json([]), Unreadable),
    "null": (servers.as_json(None), Unreadable),
    "NaN": (Given(b'{"volume": NaN}'), Unreadable),
    "deep": (Given(b'{"a":' * 50_000), Unreadable),
    "404": (servers.as_json({}, status=404), NotFound),
    "403": (servers.page(403), ProviderError),
    "429": (servers.as_json({}, status=429), ProviderError),
    "503": (servers.as_json({}, status=503), ProviderError),
    "elsewhere": (servers.led_to("ftp://127.0.0.1/x"), ProviderError),
    "no label": (Given(b"{}", 200, {}), Unreadable),
}


@pytest.mark.parametrize(("ask", "wanted"), WAYS)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_a_refusal_with_its_cause(fault: str, ask: Callable, wanted: str) -> None:
    given, kind = FAULTS[fault]
    with servers.serving(lambda asked: given) as server:
        error = refused(ask(server, wanted)[0])
    assert isinstance(error, kind), error
    assert error.message


@pytest.mark.parametrize(("ask", "wanted"), WAYS)
def test_a_passing_failure_is_waited_out(ask: Callable, wanted: str, request: pytest.FixtureRequest) -> None:
    fixture = {by_doi: "agency", by_isbn: "books", by_number: "preprints", by_pmid: "ncbi"}[ask]
    server: Server = request.getfixturevalue(fixture)
    well, left = server.answering, [servers.as_json({}, status=503)]
    server.answering = lambda asked: left.pop() if left else well(asked)
    assert isinstance(ask(server, wanted)[0], Answer)


@pytest.mark.parametrize(("ask", "wanted"), WAYS)
def test_who_cannot_be_reached_is_not_asked_for_the_rest(ask: Callable, wanted: str) -> None:
    class Gone:
        url = "http://127.0.0.1:9"

    outcomes = ask(Gone, *[wanted] * 3)
    assert all(isinstance(refused(outcome), Offline) for outcome in outcomes)


def test_the_record_of_another_doi_is_refused(agency: Server) -> None:
    agency.answering = lambda asked: servers.as_json(records.AGENCY[records.ARTICLE], servers.CSL)
    error = refused(by_doi(agency, records.DATASET)[0])
    assert isinstance(error, BadRecord)
    assert records.ARTICLE in error.message
    agency.answering = lambda asked: servers.as_json({"title": "x"}, servers.CSL)
    assert "one without a DOI" in refused(by_doi(agency, records.DATASET)[0]).message


def test_a_summary_of_another_work_is_refused(ncbi: Server) -> None:
    ncbi.answering = lambda asked: servers.as_json({"result": {"1": records.SUMMARIES["pubmed"][records.GERMAN]}})
    assert isinstance(refused(by_pmid(ncbi, "1")[0]), Unreadable)


# ---- where doi.org may lead


def chain(server: Server, hops: int) -> servers.Answering:
    well = servers.agency(records.AGENCY)

    def answer(asked: Asked) -> Given:
        done = int(asked.params.get("hop", 0))
        return servers.led_to(f"{server.url}{asked.path}?hop={done + 1}", 303) if done < hops else well(asked)

    return answer


def test_another_server_is_followed_and_named(agency: Server) -> None:
    with servers.serving(lambda asked: servers.led_to(agency.url + asked.path)) as resolver:
        assert isinstance(by_doi(resolver, records.DATASET)[0], Answer)
        error = refused(by_doi(resolver, "10.5555/never")[0])
    assert {asked.headers["accept"] for asked in agency.asked} == {servers.CSL}
    assert error.message


@pytest.mark.parametrize(("hops", "answered"), [(1, True), (3, True), (4, False), (99, False)])
def test_three_redirects_and_no_more(agency: Server, hops: int, answered: bool) -> None:
    agency.answering = chain(agency, hops)
    assert isinstance(by_doi(agency, records.DATASET)[0], Answer) is answered
    assert len(agency.asked) <= 4


@pytest.mark.parametrize(
    ("here", "location", "there"),
    [
        ("https://doi.org/10.5555/a", "https://agency.example/10.5555/a", "https://agency.example/10.5555/a"),
        ("https://doi.org/10.5555/a", "/b#c", "https://doi.org/b"),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:81/a", "http://127.0.0.1:81/a"),
        ("http://127.0.0.1:80/a", "https://agency.example/a", "https://agency.example/a"),
    ],
)
def test_ways_that_are_followed(here: str, location: str, there: str) -> None:
    assert doiorg.led_to(here, location) == there


@pytest.mark.parametrize(
    "location",
    [
        "http://agency.example/10.5555/a",
        "file:///etc/passwd",
        "ftp://agency.example/a",
        "javascript:alert(1)",
        "https://user:secret@agency.example/",
        "https://agency.example:0/",
        "https://agency.example:99999/",
        "https://[::1/",
        "",
    ],
)
def test_ways_that_are_not(location: str) -> None:
    with pytest.raises(ProviderError) as caught:
        doiorg.led_to("https://doi.org/10.5555/a", location)
    assert "secret" not in caught.value.message


def test_redirects_share_one_deadline(agency: Server) -> None:
    def slowly(asked: Asked) -> Given:
        time.sleep(0.3)
        return servers.led_to(f"{agency.url}{asked.path}?again={time.monotonic()}")

    agency.answering = slowly
    began = time.monotonic()
    outcomes = list(
        doiorg.fetch([records.DATASET], doiorg.Settings(agency.url), patience=BRIEF._replace(total=0.5, tries=1))
    )
    assert isinstance(refused(outcomes[0]), TimedOut)
    assert time.monotonic() - began < 2


# ---- Atom that is none

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&b;</title></entry></feed>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE feed SYSTEM "http://127.0.0.1:9/x.dtd">'
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>'
)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ("<a>" * 200 + "</a>" * 200, "nested too deeply"),
        ("<rss/>", "not an Atom feed"),
        ("<feed/>", "not an Atom feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry>', "not XML"),
        ("", "empty"),
        ('<?xml version="1.0" encoding="UTF-7"?><feed xmlns="http://www.w3.org/2005/Atom">&#0;</feed>', "not XML"),
    ],
)
def test_xml_that_is_refused(preprints: Server, xml: str, said: str) -> None:
    preprints.answering = lambda asked: Given(xml.encode(), 200, {"Content-Type": "application/atom+xml"})
    error = refused(by_number(preprints, "2106.12345")[0])
    assert isinstance(error, Unreadable)
    assert said in error.message


def test_a_feed_without_the_entry_is_not_found(preprints: Server) -> None:
    wrong = records.entry("2106.00001", 1, "Another", "Ada Nwosu")
    mistaken = "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title></entry>"
    preprints.answering = servers.arxiv({"2106.12345": wrong + mistaken})
    assert isinstance(refused(by_number(preprints, "2106.12345")[0]), NotFound)
