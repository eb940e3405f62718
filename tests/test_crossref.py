"""Fetching from Crossref, over real HTTP, from a stand-in on loopback: what is asked, and what comes back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import crossref_sim
import pytest
import records
from asking import BRIEF, MAILTO, ONE, Hurried, answered, asked, fetch, refused, settled, standing_in
from crossref_sim import Sim

from litbase.errors import BadInput, BadRecord, NotFound
from litbase.providers import crossref
from litbase.providers.crossref import Answer, Settings


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sim]:
    with standing_in(tmp_path_factory.mktemp("crossref")) as sim:
        yield sim


@pytest.fixture
def hurried() -> Hurried:
    return Hurried()


# ---- what is asked, and what comes back


@pytest.mark.parametrize("record", records.RECORDS, ids=lambda record: record["DOI"])
def test_every_doi_brings_its_own_record(record: dict[str, Any], sim: Sim, hurried: Hurried) -> None:
    doi = record["DOI"].lower()
    outcome = answered(fetch(sim, [doi], hurried)[0])
    assert outcome == Answer(doi, doi, record)
    target = settled(sim)[0]["target"]
    assert target == "/works/" + quote(doi, safe="")
    assert unquote(target) == "/works/" + doi


def test_many_dois_come_in_batches_and_in_order(sim: Sim, hurried: Hurried) -> None:
    dois = [record["DOI"].lower() for record in records.RECORDS + records.many(60)]
    outcomes = fetch(sim, dois, hurried)
    assert [answered(outcome).asked for outcome in outcomes] == dois
    assert all(outcome.doi == fold for outcome, fold in zip(map(answered, outcomes), dois, strict=True))
    # Two batches, and alone the one DOI that holds a comma.
    assert asked(sim) == ["/works", f"/works/{records.COMMA}", "/works"]
    assert all(len(entry["params"]["filter"][0].split(",")) <= crossref.BATCH for entry in settled(sim)[::2])


def test_two_dois_are_asked_for_one_by_one(sim: Sim, hurried: Hurried) -> None:
    fetch(sim, records.DOIS[:2], hurried)
    assert asked(sim) == [f"/works/{doi}" for doi in records.DOIS[:2]]


def test_long_dois_are_not_put_into_one_address(sim: Sim, hurried: Hurried) -> None:
    long = [f"10.5555/{letter * 1_500}" for letter in "abcdef"]
    assert all(isinstance(refused(outcome), NotFound) for outcome in fetch(sim, long, hurried))
    assert all(len(entry["target"]) < 8_000 for entry in settled(sim))


def test_no_dois_ask_nothing(sim: Sim, hurried: Hurried) -> None:
    assert fetch(sim, [], hurried) == []
    assert settled(sim) == []


def test_a_doi_given_twice_has_two_outcomes(sim: Sim, hurried: Hurried) -> None:
    dois = [records.DOIS[0], records.DOIS[1], records.DOIS[0], records.DOIS[2]]
    assert [answered(outcome).doi for outcome in fetch(sim, dois, hurried)] == dois
    assert asked(sim) == ["/works"]


def test_an_outcome_is_given_before_the_rest_is_asked_for(sim: Sim, hurried: Hurried) -> None:
    outcomes = crossref.fetch(records.DOIS[:2], Settings(sim.url, sim.url), patience=BRIEF, clock=hurried.clock)
    assert settled(sim) == []
    assert isinstance(next(outcomes), Answer)
    assert len(settled(sim)) == 1
    outcomes.close()  # type: ignore[attr-defined]


def test_all_requests_go_over_one_connection(sim: Sim, hurried: Hurried) -> None:
    fetch(sim, records.DOIS, hurried)
    assert sim.stats()["connections"] == 1


def test_the_address_for_crossref_goes_to_crossref_only(sim: Sim, hurried: Hurried) -> None:
    fetch(sim, ["10.5555/unknown"], hurried, MAILTO)
    ours, theirs = settled(sim)
    assert ours["path"].startswith("/works/")
    assert ours["pool"] == "polite-single"
    assert "litbase/" in ours["user_agent"]
    assert theirs["path"].startswith("/doiRA/")
    assert MAILTO not in theirs["user_agent"] + theirs["target"] + ours["target"]


def test_without_an_address_none_is_sent(sim: Sim, hurried: Hurried) -> None:
    fetch(sim, [ONE], hurried)
    assert "mailto" not in settled(sim)[0]["user_agent"]


@pytest.mark.parametrize("mailto", ["", "nobody", "a@b", "a@b.example\r\nX-Evil: 1", "a b@c.example", "a@b@c.example"])
def test_an_address_that_is_none_is_refused_and_not_repeated(mailto: str) -> None:
    with pytest.raises(BadInput) as caught:
        crossref.fetch([ONE], Settings(mailto=mailto))
    assert not mailto or mailto not in caught.value.message + caught.value.hint


def test_words_bring_records_best_first(sim: Sim, hurried: Hurried) -> None:
    settings = Settings(sim.url, sim.url)
    found = crossref.search("rupture repair\x00 albrecht", 2, settings, patience=BRIEF, clock=hurried.clock)
    assert [record["DOI"] for record in found][:1] == [ONE]
    assert len(found) == 2
    assert settled(sim)[0]["params"]["query.bibliographic"] == ["rupture repair albrecht"]


# ---- DOIs Crossref does not have


def test_an_unknown_doi_names_what_doi_org_says(sim: Sim, hurried: Hurried) -> None:
    outcomes = fetch(sim, [ONE, "10.5281/zenodo.77", "10.1430/8105", "10.5555/unknown"], hurried)
    assert isinstance(outcomes[0], Answer)
    messages = []
    for outcome in outcomes[1:]:
        assert isinstance(refused(outcome), NotFound)
        messages.append(refused(outcome).message)
    assert messages[0] == "10.5281/zenodo.77 is registered with DataCite, not Crossref"
    assert "mEDRA" in messages[1]
    assert messages[2] == "Crossref knows no 10.5555/unknown, and doi.org does not know it either"


def test_a_doi_crossref_registered_but_does_not_show_yet(sim: Sim, hurried: Hurried) -> None:
    sim.fault("404", match="/works/")
    assert "registered there" in refused(fetch(sim, [ONE], hurried)[0]).message


def test_without_doi_org_the_doi_is_still_named(sim: Sim, hurried: Hurried) -> None:
    sim.fault("503", n=-1, match="doiRA")
    outcomes = fetch(sim, [f"10.5555/unknown.{n}" for n in range(6)], hurried)
    for n, outcome in enumerate(outcomes):
        assert isinstance(refused(outcome), NotFound)
        assert f"10.5555/unknown.{n}" in refused(outcome).message
    # It failed for the first one, twice, and was not asked again.
    assert sum(path.startswith("/doiRA/") for path in asked(sim)) == 2


def test_the_agency_alone(sim: Sim, hurried: Hurried) -> None:
    settings = Settings(sim.url, sim.url)

    def agency(doi: str) -> str | None:
        return crossref.agency(doi, settings, patience=BRIEF, clock=hurried.clock)

    assert agency(ONE) == "Crossref"
    assert agency("10.5281/zenodo.1") == "DataCite"
    assert agency("10.5555/unknown") is None
    assert agency(records.SICI) == "Crossref"
    sim.fault("html", match="doiRA")
    assert agency(ONE) is None


# ---- aliases, and records of other DOIs


def alias(sim: Sim, old: str, new: str) -> None:
    sim.fault("redirect", n=1, match=f"/works/{old}", to="/works/" + quote(new, safe=""))


def test_an_alias_gives_the_record_under_its_own_doi(sim: Sim, hurried: Hurried) -> None:
    alias(sim, "10.5555/old", ONE)
    outcome = answered(fetch(sim, ["10.5555/old"], hurried)[0])
    assert (outcome.doi, outcome.asked, outcome.aliases) == (ONE, "10.5555/old", ("10.5555/old",))
    assert outcome.body["DOI"] == ONE


def test_an_alias_in_a_batch_is_found_as_well(sim: Sim, hurried: Hurried) -> None:
    alias(sim, "10.5555/old", records.SICI)
    outcomes = fetch(sim, [*records.DOIS[:3], "10.5555/old"], hurried)
    assert answered(outcomes[3]).aliases == ("10.5555/old",)
    assert answered(outcomes[3]).doi == records.SICI


def test_the_record_of_another_doi_is_no_answer(sim: Sim, hurried: Hurried) -> None:
    sim.fault("wrongdoi")
    error = refused(fetch(sim, [records.DOIS[1]], hurried)[0])
    assert isinstance(error, BadRecord)
    assert error.exit_code == 5
    assert records.DOIS[1] in error.message
    assert records.DOIS[0] in error.message


@pytest.mark.parametrize("place", ["http://elsewhere.example/works/x", "file:///etc/passwd", "//elsewhere.example/"])
def test_nobody_is_followed_elsewhere(place: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault("redirect", n=-1, to=place)
    assert "another server" in refused(fetch(sim, [ONE], hurried)[0]).message
    assert len(settled(sim)) == 1


def test_a_loop_is_left(sim: Sim, hurried: Hurried) -> None:
    sim.fault("redirect", n=-1)
    assert "more than once" in refused(fetch(sim, [ONE], hurried)[0]).message
    assert len(settled(sim)) == 2


# ---- limits


def test_an_enforcing_server_never_has_to_say_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossref, "BATCH", 4)
    some = records.many(12)
    with Sim([records.write(tmp_path / "some.jsonl", some)], enforce=True) as sim:
        dois = [record["DOI"] for record in some]
        outcomes = list(crossref.fetch([*dois, "10.5555/a", "10.5555/b"], Settings(sim.url, sim.url, MAILTO)))
        stats = sim.stats()
    assert [answered(outcome).doi for outcome in outcomes[:12]] == dois
    assert stats["limited"] == 0
    assert stats["by_pool"]["polite-array"] == 3
    assert "429" not in stats["by_status"]


def test_lower_limits_in_the_headers_are_kept(sim: Sim, hurried: Hurried, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(crossref_sim.LIMITS, "public-single", (1, 1))
    fetch(sim, records.DOIS[:2], hurried)
    assert max(hurried.waits) == pytest.approx(1.05, abs=0.2)


def test_habanero_is_asked_for_nothing_it_would_ask_endlessly(
    sim: Sim, hurried: Hurried, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that promises more pages than it has records is read once."""
    whole = crossref_sim.Handler.works

    def promising(self: Any, params: Any, store: Any) -> Any:
        reply = whole(self, params, store)
        content = json.loads(reply.body)
        content["message"].update({"next-cursor": "more", "total-results": 10_000, "items": ["no record"]})
        reply.body = json.dumps(content).encode()
        return reply

    monkeypatch.setattr(crossref_sim.Handler, "works", promising)
    outcomes = fetch(sim, records.DOIS[:4], hurried)
    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    assert asked(sim).count("/works") == 1
