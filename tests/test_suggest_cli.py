"""`concept suggest` as a person and a program meet it."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran

from litbase import bundled
from litbase.cli import console, session
from litbase.services import suggest as service

Run = Callable[..., Ran]
_KEYS = ("deyoung2015", "wampold2015b", "eubanks2018", "safran2011", "tronick1989", "bowlby1982")


def tagged(run: Run, key: str) -> list[str]:
    return run("show", key, "--json").json["sources"][0]["concepts"]


@pytest.fixture
def shelf(run: Run) -> Run:
    """A library with six works of the shelf and no concepts."""
    dois = [one.item["DOI"] for one in bundled.shelf() if one.citekey in _KEYS]
    assert run("add", *dois, "--offline").code == 0
    return run


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A person at the terminal who gives these answers, and what she was asked."""

    def given(*said: str) -> list[str]:
        waiting: Iterator[str] = iter(said)
        asked: list[str] = []

        def ask(question: str) -> str | None:
            asked.append(question.strip().partition("?")[0])
            return next(waiting, None)

        monkeypatch.setattr(console, "ask", ask)
        monkeypatch.setattr(console, "on_terminal", lambda: True)
        monkeypatch.setattr(session.Session, "may_ask", property(lambda self: True))
        return asked

    return given


class TestListed:
    def test_each_with_its_reason_and_nothing_tagged(self, shelf: Run) -> None:
        shown = shelf("concept", "suggest", "wampold2015b")
        assert shown.code == 0
        cells = shown.lines[0].split("\t")
        assert cells[:2] == ["wampold2015b", "common factors"]
        assert "title has “common factors”" in cells[3]
        assert tagged(shelf, "wampold2015b") == []

    def test_json_keeps_its_shape(self, shelf: Run) -> None:
        shown = shelf("concept", "suggest", "--all", "--limit", "1", "--json").json
        assert (shown["schema"], shown["tagged"]) == ("litbase.suggestions/1", False)
        assert len(shown["sources"]) == 6
        made = [one for source in shown["sources"] for one in source["suggestions"]]
        assert all(len(source["suggestions"]) <= 1 for source in shown["sources"])
        assert made
        assert all(set(one) == {"concept", "chance", "reasons"} and one["reasons"] for one in made)

    def test_without_names_only_sources_without_concepts(self, shelf: Run) -> None:
        shelf("tag", "wampold2015b", "empathy")
        keys = {line.split("\t")[0] for line in shelf("concept", "suggest").lines}
        assert keys
        assert "wampold2015b" not in keys
        assert "wampold2015b" in {line.split("\t")[0] for line in shelf("concept", "suggest", "--all").lines}

    def test_notes_count(self, shelf: Run) -> None:
        before = shelf("concept", "suggest", "wampold2015b").out
        shelf("note", "add", "wampold2015b", "Shame, in supervision.")
        after = shelf("concept", "suggest", "wampold2015b").out
        assert "shame" not in before
        assert "shame" in after

    def test_a_concept_of_her_own_is_suggested(self, shelf: Run) -> None:
        shelf("concept", "add", "updates", "--alias", "an update")
        assert "wampold2015b\tupdates\t" in shelf("concept", "suggest", "wampold2015b").out

    def test_nothing_to_suggest_exits_with_1(self, shelf: Run) -> None:
        shelf("concept", "suggest", "--all", "--yes")
        again = shelf("concept", "suggest", "wampold2015b")
        assert (again.code, again.out) == (1, "")

    @pytest.mark.parametrize(
        ("line", "code"),
        [(("nobody1999",), 3), (("wampold2015b", "--all"), 2), (("--all", "--limit", "-2"), 2)],
    )
    def test_mistakes(self, shelf: Run, line: tuple[str, ...], code: int) -> None:
        shown = shelf("concept", "suggest", *line)
        assert (shown.code, shown.out) == (code, "")

    def test_no_library_is_said(self, run: Run) -> None:
        assert run("concept", "suggest").code == 3


class TestTaken:
    def test_yes_tags_all_and_one_undo_takes_it_back(self, shelf: Run) -> None:
        shown = shelf("concept", "suggest", "--all", "--yes", "--json").json
        assert shown["tagged"] is True
        for source in shown["sources"]:
            assert {one["concept"] for one in source["suggestions"]} == set(tagged(shelf, source["citekey"]))
        shelf("undo")
        assert all(tagged(shelf, source["citekey"]) == [] for source in shown["sources"])

    def test_a_person_takes_and_declines(self, shelf: Run, answers: Callable[..., list[str]]) -> None:
        shelf("note", "add", "wampold2015b", "Shame, grief, empathy.")
        offered = shelf("concept", "suggest", "wampold2015b", "--json").json["sources"][0]["suggestions"]
        names = [one["concept"] for one in offered]
        assert len(names) >= 4
        asked = answers("y", "n", "what?", "q")
        assert shelf("concept", "suggest", "wampold2015b").code == 0
        assert asked[:2] == names[:2]
        assert tagged(shelf, "wampold2015b") == [names[0]]

    def test_all_that_is_left(self, shelf: Run, answers: Callable[..., list[str]]) -> None:
        shelf("note", "add", "wampold2015b", "Shame, grief, empathy.")
        offered = shelf("concept", "suggest", "wampold2015b", "--json").json["sources"][0]["suggestions"]
        answers("n", "a")
        shelf("concept", "suggest", "wampold2015b", "--limit", "3")
        assert set(tagged(shelf, "wampold2015b")) == {one["concept"] for one in offered[1:3]}

    def test_the_end_of_input_takes_nothing(self, shelf: Run, answers: Callable[..., list[str]]) -> None:
        answers()
        assert shelf("concept", "suggest", "--all").code == 1
        assert tagged(shelf, "wampold2015b") == []


def test_accepting_nothing_writes_nothing(shelf: Run, library: Path) -> None:
    steps = "SELECT count(*) FROM change"
    with sqlite3.connect(library) as connection:
        before = connection.execute(steps).fetchone()
        assert service.accept(library, {"wampold2015b": []}) == []
        assert connection.execute(steps).fetchone() == before
    connection.close()


def test_new_sources_are_told_the_same_as_all(shelf: Run, library: Path) -> None:
    assert shelf("concept", "suggest", "--all", "--yes").code == 0
    ever = False
    for key in _KEYS:
        shelf("untag", key, *tagged(shelf, key))
        told = service.advise(service.adviser_on(library, [key]), key, (), True).suggestions
        assert told == service.advise(service.adviser(library), key, (), True).suggestions
        ever = ever or bool(told)
    assert ever
