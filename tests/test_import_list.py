"""The reference list of an old post, looked up in a stand-in for Crossref: the found fetched, the rest asked for."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from crossref_sim import Sim
from online_cases import CANARY, WORKS

from litbase.store.reader import Reader

POST = f"""# Sitting with it

A post of many words, {CANARY} among them (Benedek & Basso, 2016; Orne, 1988; Larkin, 2009).

## References

Benedek, P., & Basso, J. (2016). Learning to stay: Therapists’ accounts of sitting with despair.
*Practice Quarterly*, *44*(2), 171–193.

Larkin, H. (2009). Counseling behavior in organizational settings: A program evaluation. *British Journal of
Guidance Studies*, *37*(4), 401–418. https://doi.org/10.5555/jcc.2009.87

Orne, T. (1988). *A book that no one has registered anywhere*. Small House.
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Sim]:
    with Sim([WORKS]) as sim:
        yield sim


@pytest.fixture
def post(tmp_path: Path) -> str:
    path = tmp_path / "post.md"
    path.write_text(POST, encoding="utf-8")
    return str(path)


def test_what_is_found_is_fetched_and_the_rest_is_a_guess(run, sim: Sim, post: str, library: Path) -> None:
    done = run("import", post, "--from-list", "--yes")
    assert done.code == 0, done.err
    with Reader(library) as reader:
        by_doi = {source.doi: json.loads(source.provenance)["*"] for source in reader.sources()}
    assert by_doi["10.5555/pq.2016.044"]["origin"] == "crossref"
    assert by_doi["10.5555/jcc.2009.87"]["origin"] == "crossref"
    assert by_doi[None]["guessed"] is True
    assert len(by_doi) == 3


def test_only_the_list_leaves_the_machine(run, sim: Sim, post: str) -> None:
    run("import", post, "--from-list", "--yes")
    assert CANARY not in json.dumps(sim.log, default=str)
    assert sim.log


def test_a_second_time_adds_nothing(run, sim: Sim, post: str) -> None:
    run("import", post, "--from-list", "--yes")
    before = run("list", "--keys").out
    assert run("import", post, "--from-list", "--yes").code == 0
    assert run("list", "--keys").out == before


def test_nothing_is_taken_on_a_guess_without_a_yes(run, sim: Sim, post: str) -> None:
    done = run("import", post, "--from-list")
    assert done.code == 2
    assert "needs a yes" in done.err
    assert run("list", "--keys").code == 3
