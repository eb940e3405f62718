"""Fetching and cleaning again: news come in, what was set by hand stays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran
from crossref_sim import Sim
from records import article

Run = Callable[..., Ran]

DOI = "10.5555/mended"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sim]:
    sim = Sim()
    sim.store.add(article(DOI, "Repair After Rupture: A Study", volume="3"))
    with sim:
        monkeypatch.setenv("LITBASE_CROSSREF_URL", sim.url)
        yield sim


@pytest.fixture
def key(server: Sim, run: Run) -> str:
    return str(run("add", DOI, "--json").json["sources"][0]["citekey"])


def test_what_has_changed_is_shown_and_kept(server: Sim, run: Run, key: str) -> None:
    server.store.by_doi[DOI] = {**server.store.by_doi[DOI], "volume": "4"}
    shown = run("refresh", key, "--dry-run")
    assert "volume: 3 → 4" in shown.out
    assert run("show", key, "--json").json["sources"][0]["item"]["volume"] == "3"
    assert "volume: 3 → 4" in run("refresh", "--all").out
    assert run("show", key, "--json").json["sources"][0]["item"]["volume"] == "4"
    assert run("refresh", key).out == ""


def test_what_was_set_by_hand_survives(server: Sim, run: Run, key: str) -> None:
    assert run("edit", key, "--set", "volume=33", "--set", "page=", "--set", "title=My title").code == 0
    before = run("show", key, "--json").json["sources"][0]["item"]
    server.store.by_doi[DOI] = {**server.store.by_doi[DOI], "volume": "4", "page": "7-9", "publisher": "Other House"}
    for line in (("refresh", "--all"), ("clean", "--all")):
        assert run(*line).code == 0
        item = run("show", key, "--json").json["sources"][0]["item"]
        assert {name: item.get(name) for name in ("volume", "page", "title")} == {
            name: before.get(name) for name in ("volume", "page", "title")
        }


def test_a_retraction_is_told_once_and_marked_everywhere(server: Sim, run: Run, key: str, tmp_path: Path) -> None:
    update = {"DOI": "10.5555/notice", "type": "retraction", "label": "Retraction", "source": "publisher"}
    server.store.by_doi[DOI] = {
        **server.store.by_doi[DOI],
        "updated-by": [{**update, "updated": {"date-parts": [[2025, 3, 1]]}}],
    }
    draft = tmp_path / "post.md"
    draft.write_text(f"On repair [@{key}].\n", encoding="utf-8")
    assert run("build", str(draft), "-o", str(tmp_path / "out.md")).code == 0
    told = run("refresh", "--all").err
    assert f"{key} has been retracted" in told
    assert "post.md" in told
    assert "retracted" not in run("refresh", "--all").err
    assert "[RETRACTED]" in run("list").out
    assert "[RETRACTED]" in run("show", key).out
    assert f"{key} has been retracted (2025-03-01)" in run("refs").err
    assert "RETRACTED" not in run("refs").out


def test_cleaning_again_needs_no_network(server: Sim, run: Run, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITBASE_CROSSREF_URL", "http://127.0.0.1:9")
    assert run("clean", key).code == 0
    assert run("refresh", key).code == 4


def test_a_source_without_an_answer_is_told(run: Run) -> None:
    assert run("add", "10.1037/pst0000185", "--offline").code == 0
    assert run("clean", "eubanks2018").code == 3
    assert run("clean", "--all").code == 0
    assert run("clean").code == 2


def test_settled_words_change_titles_at_the_next_cleaning(server: Sim, run: Run, key: str) -> None:
    assert run("config", "words", "add", "Rupture").code == 0
    assert run("config", "words", "list").out == "Rupture\n"
    assert run("sentence-case", "Repair After Rupture Today").out == "Repair after Rupture today\n"
    assert "Repair after Rupture: A study" in run("clean", "--all").out
    assert run("config", "words", "add", "rupture").code == 0
    assert run("config", "words", "list").out == "rupture\n"


def test_provenance_tells_what_was_changed_and_why(server: Sim, run: Run, key: str) -> None:
    run("edit", key, "--set", "volume=33")
    shown = run("show", key, "--provenance").out
    assert "from crossref" in shown
    assert "from user" in shown
    assert "Repair After Rupture: A Study → Repair after rupture: A study" in shown
