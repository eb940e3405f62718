"""Fetching from a Crossref in trouble: every fault has its own words, and one bad answer spoils no other."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import records
from asking import BRIEF, MAILTO, ONE, Hurried, answered, asked, fetch, refused, settled, standing_in
from crossref_sim import Sim

from litbase.errors import Limited, Offline, ProviderError, TimedOut, Unreadable
from litbase.providers.crossref import Answer, Refusal


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sim]:
    with standing_in(tmp_path_factory.mktemp("crossref")) as sim:
        yield sim


@pytest.fixture
def hurried() -> Hurried:
    return Hurried()


# ---- a server in trouble


@pytest.mark.parametrize("mode", ["429", "500", "502", "503", "504", "hang"])
def test_what_passes_is_waited_out(mode: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault(mode, n=1, s=0.7, retry_after="none")
    assert isinstance(fetch(sim, [ONE], hurried)[0], Answer)
    assert len(settled(sim)) == 2
    assert hurried.waits


@pytest.mark.parametrize(
    ("retry_after", "waited"), [("3", 3.0), ("date:4", 4.0), ("none", 1.0), ("-7", 1.0), ("junk", 1.0), ("0", 1.0)]
)
def test_retry_after_is_kept(retry_after: str, waited: float, sim: Sim, hurried: Hurried) -> None:
    sim.fault("429", retry_after=retry_after)
    assert isinstance(fetch(sim, [ONE], hurried)[0], Answer)
    # A date has whole seconds, so up to one of the four may have gone by.
    assert max(hurried.waits) == pytest.approx(waited, abs=1.0 if retry_after.startswith("date") else 0.01)


@pytest.mark.parametrize("retry_after", ["6", "999999", "1" * 300, "date:86400"])
def test_a_long_wait_ends_the_whole_run(retry_after: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault("429", n=-1, retry_after=retry_after)
    outcomes = fetch(sim, records.DOIS, hurried)
    assert {type(refused(outcome)) for outcome in outcomes} == {Limited}
    assert [outcome.asked for outcome in outcomes] == records.DOIS
    assert len(settled(sim)) == 1


def test_three_times_too_many_requests_is_enough(sim: Sim, hurried: Hurried) -> None:
    sim.fault("429", n=-1, retry_after=1)
    error = refused(fetch(sim, [ONE], hurried)[0])
    assert isinstance(error, Limited)
    assert len(settled(sim)) == 3
    assert MAILTO not in error.message


@pytest.mark.parametrize("status", ["500", "502", "503", "504"])
def test_a_failure_that_stays(status: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault(status, n=-1)
    error = refused(fetch(sim, [ONE], hurried, patience=BRIEF._replace(read=5.0, total=20.0))[0])
    assert error.exit_code == 4
    assert status in error.message
    assert len(settled(sim)) == 3


@pytest.mark.parametrize("status", ["403", "511"])
def test_a_refusal_is_not_argued_with(status: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault("html", n=-1, status=status)
    assert status in refused(fetch(sim, [ONE], hurried)[0]).message
    assert len(settled(sim)) == 1


@pytest.mark.parametrize(
    ("mode", "options", "cause"),
    [
        ("truncated", {}, "it breaks off"),
        ("badjson", {}, "it is not JSON"),
        ("html", {}, "it calls itself a web page"),
        ("wrongtype", {}, "it calls itself a web page"),
        ("wrongtype", {"type": "text/plain"}, "it is not labelled as JSON"),
        ("empty", {}, "it is empty"),
        ("nullmsg", {}, "its message is null"),
        ("listmsg", {}, "its message is a list"),
        ("huge", {"mb": 12}, "it is larger than 10 MB"),
        ("gzbomb", {"mb": 40}, "it is larger than 10 MB"),
    ],
)
@pytest.mark.parametrize("count", [1, 4])
def test_what_cannot_be_read(
    mode: str, options: dict[str, Any], cause: str, count: int, sim: Sim, hurried: Hurried
) -> None:
    sim.fault(mode, n=-1, **options)
    for outcome in fetch(sim, records.DOIS[:count], hurried, patience=BRIEF._replace(read=5.0, total=20.0)):
        assert isinstance(refused(outcome), Unreadable)
        assert refused(outcome).message.startswith("Crossref sent something unreadable: ")
        assert cause in refused(outcome).message


def test_bad_utf8_is_unreadable(sim: Sim, hurried: Hurried) -> None:
    sim.fault("latin1")
    assert "not UTF-8" in refused(fetch(sim, [records.ACCENTED], hurried)[0]).message


def test_a_reset_is_no_unknown_doi(sim: Sim, hurried: Hurried) -> None:
    sim.fault("reset", n=-1)
    error = refused(fetch(sim, [ONE], hurried)[0])
    assert isinstance(error, ProviderError)
    assert "reset the connection" in error.message


@pytest.mark.parametrize("mode", ["slow", "hang", "drip"])
def test_slowness_ends_at_the_deadline(mode: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault(mode, n=-1, s=1.9)
    began = time.monotonic()
    assert isinstance(refused(fetch(sim, [ONE], hurried)[0]), TimedOut)
    assert time.monotonic() - began < 1.8


# ---- one bad answer among many


@pytest.mark.parametrize("mode", ["503", "badjson", "reset", "html", "nullmsg", "403", "404", "empty", "truncated"])
def test_a_spoilt_batch_loses_nothing(mode: str, sim: Sim, hurried: Hurried) -> None:
    sim.fault(mode, n=3, match="filter=")
    outcomes = fetch(sim, records.DOIS, hurried)
    assert [answered(outcome).doi for outcome in outcomes] == records.DOIS


def test_a_spoilt_record_loses_no_other(sim: Sim, hurried: Hurried) -> None:
    bad = records.DOIS[4]
    sim.fault("badjson", n=-1, match="filter=")
    sim.fault("html", n=-1, match=f"/works/{bad}")
    outcomes = fetch(sim, records.DOIS, hurried)
    assert [outcome.asked for outcome in outcomes if isinstance(outcome, Refusal)] == [bad]
    assert isinstance(refused(outcomes[4]), Unreadable)


def test_a_failing_batch_leaves_the_next_alone(sim: Sim, hurried: Hurried) -> None:
    dois = [record["DOI"] for record in records.many(60)]
    sim.fault("500", n=3, match="filter=")
    outcomes = fetch(sim, dois, hurried)
    assert [answered(outcome).doi for outcome in outcomes] == dois
    assert asked(sim)[-1] == "/works"


@pytest.mark.parametrize(("mode", "most"), [("503", 16), ("html", 6), ("reset", 6), ("hang", 8)])
def test_a_dead_server_is_not_asked_for_every_doi(mode: str, most: int, sim: Sim, hurried: Hurried) -> None:
    sim.fault(mode, n=-1, s=0.6)
    outcomes = fetch(sim, records.DOIS, hurried)
    assert [outcome.asked for outcome in outcomes] == records.DOIS
    assert all(refused(outcome).exit_code == 4 for outcome in outcomes)
    assert len(settled(sim)) <= most


def test_without_a_connection_the_first_failure_is_all(tmp_path: Path, hurried: Hurried) -> None:
    gone = Sim([records.write(tmp_path / "none.jsonl", [])]).start()
    gone.stop()
    began = time.monotonic()
    outcomes = fetch(gone, [f"10.5555/serial.{n}" for n in range(2_000)], hurried)
    assert len(outcomes) == 2_000
    assert len({id(refused(outcome)) for outcome in outcomes}) == 1
    assert isinstance(refused(outcomes[0]), Offline)
    assert "it was refused" in refused(outcomes[0]).message
    assert time.monotonic() - began < 2.0
