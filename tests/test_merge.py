"""Two sources made one, and what the one then has."""

from collections.abc import Callable

import pytest
from conftest import Ran

Run = Callable[..., Ran]


def test_what_named_the_other_names_the_one_that_stays(shelf: Run) -> None:
    shelf("tag", "tronick1989", "empathy")
    assert shelf("merge", "eubanks2018", "tronick1989", "--yes").code == 0
    shown = shelf("show", "tronick1989", "--json").json["sources"][0]
    assert shown["citekey"] == "eubanks2018"
    assert shown["concepts"] == ["empathy", "repair"]
    assert [note["text"] for note in shown["notes"]] == ["The still face, and what mends it."]
    assert shown["citekey_aliases"] == ["tronick1989"]
    assert shown["doi_aliases"] == ["10.1037/0003-066x.44.2.112"]
    assert "already there" in shelf("add", "10.1037/0003-066x.44.2.112", "--offline").out
    assert "tronick1989" not in shelf("list", "--keys").lines
    assert shelf("search", "still", "--keys").lines == ["eubanks2018"]


def test_fields_fill_gaps_and_what_was_set_by_hand_wins(shelf: Run) -> None:
    shelf("edit", "deyoung2015", "--set", "volume=7", "--set", "title=By hand")
    shelf("edit", "eubanks2018", "--set", "issue=")
    assert shelf("merge", "eubanks2018", "deyoung2015", "--yes").code == 0
    item = shelf("show", "eubanks2018", "--json").json["sources"][0]["item"]
    assert (item["title"], item["volume"], item["publisher"]) == ("By hand", "7", "Routledge")
    assert "issue" not in item
    assert item["type"] == "article-journal"
    assert item["page"] == "508-519"


def test_looking_changes_nothing(shelf: Run) -> None:
    before = shelf("list", "--json").out
    assert "edition: — → 2" in shelf("merge", "eubanks2018", "deyoung2015", "--dry-run").out
    assert shelf("list", "--json").out == before


@pytest.mark.parametrize(("other", "code"), [("eubanks2018", 5), ("nobody", 3), ("safran2011", 2)])
def test_what_makes_no_sense_is_refused(shelf: Run, other: str, code: int) -> None:
    assert shelf("merge", "eubanks2018", other).code == code
