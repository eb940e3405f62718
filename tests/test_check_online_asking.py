"""Many references searched for over one connection, and whose a DOI is that Crossref does not know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import BRIEF, Hurried
from crossref_sim import Sim
from online_cases import WORKS

from litbase.domain.matching import SELECTABLE
from litbase.errors import NotFound, Offline, ProviderError
from litbase.providers import crossref
from litbase.providers.crossref import Refusal, Settings
from litbase.services.check_online_asking import Absent, Asking
from litbase.store.lookups import Lookups


@pytest.fixture(scope="module")
def running() -> Iterator[Sim]:
    with Sim([WORKS]) as sim:
        yield sim


def searches(sim: Sim, *queries: str) -> list:
    settings = Settings(sim.url, sim.url)
    return list(crossref.searches(queries, 5, settings, SELECTABLE, patience=BRIEF, clock=Hurried().clock))


def test_searches_are_answered_in_order_over_one_connection(sim: Sim) -> None:
    first, second = searches(sim, "Elsen Co-regulation across the screen", "Porgis The vagal perspective")
    assert [first[0]["DOI"], second[0]["DOI"]] == ["10.5555/elsen.2017", "10.5555/biolpsy.74"]
    assert set(first[0]) <= set(SELECTABLE)
    assert sim.stats()["connections"] == 1


def test_a_search_that_fails_leaves_the_others(sim: Sim) -> None:
    sim.fault("badjson", n=1)
    first, second = searches(sim, "Elsen Co-regulation", "Porgis The vagal perspective")
    assert isinstance(first, ProviderError)
    assert second[0]["DOI"] == "10.5555/biolpsy.74"


def test_a_server_that_is_gone_is_not_asked_on() -> None:
    settings = Settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    hurried = Hurried()
    answers = list(crossref.searches(["one", "two", "three"], 5, settings, patience=BRIEF, clock=hurried.clock))
    assert len(answers) == 3
    assert isinstance(answers[0], Offline)
    assert answers[0] is answers[2]


@pytest.mark.parametrize(
    ("doi", "agency"),
    [("10.5281/zenodo.4000001", "DataCite"), ("10.5555/never.registered", ""), ("10.1430/8105", "mEDRA")],
)
def test_a_refusal_says_whose_a_doi_is(doi: str, agency: str, sim: Sim, library: Path) -> None:
    settings = Settings(sim.url, sim.url)
    (refusal,) = crossref.fetch([doi], settings, patience=BRIEF, clock=Hurried().clock)
    assert isinstance(refusal, Refusal)
    assert isinstance(refusal.error, NotFound)
    assert refusal.agency == agency
    with Lookups(library, sim.url) as lookups:
        asking = Asking(settings, lookups, lambda: None, Hurried().clock)
        assert asking.dois([doi]) == {doi: Absent(agency)}
        assert asking.trouble is None


def test_a_doi_whose_agency_cannot_be_told_is_left_open(sim: Sim, library: Path) -> None:
    sim.fault("503", n=-1, match="doiRA")
    with Lookups(library, sim.url) as lookups:
        asking = Asking(Settings(sim.url, sim.url), lookups, lambda: None, Hurried().clock)
        assert asking.dois(["10.5281/zenodo.4000001"]) == {}
        assert lookups.find("doi:10.5281/zenodo.4000001") is None
