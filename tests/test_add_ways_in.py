"""`add` by what is not a DOI: ISBN, arXiv, PubMed, another agency's DOI, words; and what it says of twins."""

from collections.abc import Callable, Iterator

import pytest
from conftest import Ran
from crossref_sim import Sim
from records import article

Run = Callable[..., Ran]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sim]:
    sim = Sim()
    sim.store.add(article("10.5555/one", "Mending After Rupture in Long Therapies", volume="3"))
    sim.store.add(article("10.5555/two", "Silence as Reply: On Waiting Together", volume="4"))
    sim.store.add(article("10.5555/three", "Mending after rupture in long therapies", volume="3"))
    with sim:
        monkeypatch.setenv("LITBASE_CROSSREF_URL", sim.url)
        yield sim


def test_words_find_a_work_and_the_first_is_taken_when_told(server: Sim, run: Run) -> None:
    shown = run("add", "silence", "as", "reply", "waiting", "together", "--first")
    assert shown.code == 0
    assert "Silence as reply: On waiting together" in shown.out


def test_words_alone_are_never_taken_without_a_person(server: Sim, run: Run, library) -> None:
    shown = run("add", "silence as reply waiting together")
    assert shown.code == 1
    assert shown.lines[0].startswith("10.5555/two\t")
    assert "--first" in shown.err
    assert not library.exists()


def test_words_nobody_knows(server: Sim, run: Run) -> None:
    assert run("add", "xylophone", "quadrille").code in (1, 3)


@pytest.mark.parametrize("text", ["not-a-doi", "10.1037", "ISBN 9780415999990", "https://example.org/page"])
def test_what_is_no_identifier_is_quoted(server: Sim, run: Run, text: str) -> None:
    shown = run("add", text)
    assert shown.code == 5
    assert text.removeprefix("ISBN ")[:12] in shown.err


def test_a_twin_under_another_doi_is_told(server: Sim, run: Run) -> None:
    assert run("add", "10.5555/one").code == 0
    shown = run("add", "10.5555/three")
    assert shown.code == 0
    assert "the same work as" in shown.err
    assert "litbase merge" in shown.err


def test_offline_nothing_is_asked(server: Sim, run: Run) -> None:
    for text in ("9780415999991", "arXiv:2106.12345", "PMID: 12345"):
        assert run("add", text, "--offline").code in (4, 5)
    assert server.log() == []


def test_duplicates_are_listed_until_merged_or_told_apart(server: Sim, run: Run) -> None:
    for doi in ("10.5555/one", "10.5555/two", "10.5555/three"):
        run("add", doi)
    pairs = run("duplicates", "--json").json["pairs"]
    assert [(pair["verdict"], len(pair["distances"]) > 3) for pair in pairs] == [("same", True)]
    first, second = pairs[0]["first"], pairs[0]["second"]
    assert first in run("duplicates").out
    assert run("merge", first, second, "--not-same").code == 0
    assert run("duplicates").out == ""
    assert run("undo").code == 0
    assert run("merge", first, second, "--yes").code == 0
    assert run("duplicates", "--json").json["pairs"] == []
