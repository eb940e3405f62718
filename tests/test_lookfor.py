"""Words somebody remembers, and the works that answer them: distances, order, and when one is taken without asking."""

from typing import Any

import pytest
import records
from crossref_sim import Sim
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase import match
from litbase.domain import sought
from litbase.domain.traits import traits
from litbase.errors import BadInput, NotFound, Offline
from litbase.providers.crossref import Answer, Settings
from litbase.services import lookfor


def work(title: str, families: str, year: int, kind: str = "article-journal", **more: Any) -> dict[str, Any]:
    people = [{"family": family, "given": "Ada M."} for family in families.split()]
    return {"type": kind, "title": title, "author": people, "issued": {"date-parts": [[year]]}, **more}


ROOM = work("The two-person room: A relational guide", "Fairweather Wilk", 2000, "book", publisher="Example Press")
REVIEW = work("The two-person room: A relational guide", "Stone", 2001, **{"container-title": "Clinical Letters"})
CHAPTER = work("Has the two-person room outlived its use?", "Fairweather Wilk", 2006, "chapter")
OTHER = work("Rooms for waiting", "Haddad", 2000)
WORKS = [OTHER, REVIEW, CHAPTER, ROOM]


def found(words: str) -> list[lookfor.Found]:
    return lookfor.ranked(words, [(item, Answer(str(place), str(place), {})) for place, item in enumerate(WORKS)])


def clear(words: str) -> bool:
    return sought.is_clear(sought.read(words), [one.score for one in found(words)])


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("fairweather wilk two-person room guide", ROOM),
        ("Fairweather, A. M., & Wilk, A. M. (2000). The two-person room: A relational guide. Example Press.", ROOM),
        ("fairwether wilk two person room giude", ROOM),
        ("TWO-PERSON ROOM fairweather 2000", ROOM),
        ("fairweather wilk two-person room outlived use 2006", CHAPTER),
        ("stone two-person room clinical letters", REVIEW),
        ("haddad rooms waiting", OTHER),
    ],
)
def test_the_best_comes_first_and_far_ahead(words: str, best: dict[str, Any]) -> None:
    assert found(words)[0].item is best, [(one.score, one.item["title"]) for one in found(words)]
    assert clear(words)


@pytest.mark.parametrize(
    "words", ["two-person room", "fairweather", "room", "the of and", "fairweather wilk room", "xylophone"]
)
def test_what_fits_several_or_none_is_not_clear(words: str) -> None:
    assert not clear(words)


def test_the_distances_can_be_looked_into() -> None:
    distances = {one.item["title"][:5]: one.distances for one in found("wilk two-person room xylophone 2001")}
    room = found("wilk two-person room xylophone 2001")[0]
    assert 0 < room.distances.words < 0.3
    assert (room.distances.author, room.distances.year) == (0.2, 0.1)
    assert distances["Rooms"].title > 0.5
    assert distances["Rooms"].author is None


def test_a_year_is_read_apart_from_other_numbers() -> None:
    assert sought.read("wilk 2015a repair").year == 2015
    assert sought.read("repair, 201-219, 12(3)").year is None
    assert sought.read("1985-2004").year is None


@given(st.text(max_size=40), st.sampled_from(WORKS))
@settings(max_examples=80, deadline=None)
def test_every_score_is_between_0_and_100(words: str, item: dict[str, Any]) -> None:
    distances = sought.apart(sought.read(words), traits(item), match.ratio, match.token_sort)
    assert 0 <= sought.scored(distances) <= 100
    assert all(far is None or 0 <= far <= 1 for far in distances)


# ---- with Crossref


def at(sim: Sim) -> Settings:
    sim.reset()
    return Settings(sim.url, sim.url)


def test_looking_for_a_work_of_crossref(crossref: Sim) -> None:
    answer = lookfor.look_for("albrecht wilk rupture and repair first ten sessions", at(crossref))
    first = answer.found[0]
    assert first.answer.doi == "10.5555/jrp.2015.0012"
    assert first.answer.body["author"] == records.RECORDS[0]["author"]
    assert first.item["title"] == "Rupture and repair in the first ten sessions"
    assert answer.clear
    assert len(answer.found) <= lookfor.SHOWN
    assert [one.score for one in answer.found] == sorted((one.score for one in answer.found), reverse=True)


def test_a_few_words_leave_the_choice(crossref: Sim) -> None:
    answer = lookfor.look_for("repair", at(crossref))
    assert answer.found
    assert not answer.clear


def test_nothing_and_no_words(crossref: Sim) -> None:
    with pytest.raises(NotFound, match="finds nothing"):
        lookfor.look_for("xylophone zeppelin", at(crossref))
    with pytest.raises(BadInput, match="no words"):
        lookfor.look_for("… —", at(crossref))


def test_no_network() -> None:
    with pytest.raises(Offline):
        lookfor.look_for("rupture and repair", Settings("http://127.0.0.1:9", "http://127.0.0.1:9"))
