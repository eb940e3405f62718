"""The same work or another: each distance by itself, the verdict, and how many planted variants are found."""

from pathlib import Path
from typing import Any

import pytest
import variants
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase import match
from litbase.domain.library import NewSource
from litbase.domain.likeness import WEIGHTS, Likeness, abbreviates, compare, scored, title_apart
from litbase.domain.traits import numbers, traits, words
from litbase.services import duplicates
from litbase.store.reader import Reader
from litbase.store.writer import write

ARTICLE: dict[str, Any] = {
    "type": "article-journal",
    "title": "Rupture and repair in brief therapy: A relational view",
    "author": [{"family": "van der Berg", "given": "Élise M."}, {"family": "Wilk", "given": "Tomasz"}],
    "issued": {"date-parts": [[2015, 4]]},
    "container-title": "Journal of Relational Practice",
    "volume": "12",
    "page": "201-219",
    "DOI": "10.5555/jrp.2015.12",
}
BOOK: dict[str, Any] = {
    "type": "book",
    "title": "The two-person room",
    "author": [{"family": "Fairweather", "given": "Oona"}],
    "issued": {"date-parts": [[2003]]},
    "publisher": "Example Press",
}


def between(one: dict[str, Any], **changed: Any) -> Likeness:
    other = {name: value for name, value in {**one, **changed}.items() if value is not None}
    return compare(traits(one), traits(other), match.ratio)


def titles_apart(one: str, other: str) -> float:
    return title_apart(traits({"title": one}), traits({"title": other}), match.ratio)


# ---- the same


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"title": "RUPTURE AND REPAIR IN BRIEF THERAPY: A RELATIONAL VIEW"},
        {"title": "Rupture and <i>repair</i> in brief therapy – a relational view"},
        {"title": "Rupture & repair in brief therapy"},
        {"title": "Rupture and repiar in brief therapy: A relational view"},
        {"author": [{"family": "Berg", "given": "E."}, {"family": "Wilk", "given": "T."}]},
        {"author": [{"family": "VAN DER BERG", "given": "E. M."}]},
        {"author": [{"family": "van der Berg", "given": "Elise"}, {"family": "Wilk", "given": "Tom"}]},
        {"issued": {"date-parts": [[2016]]}},
        {"issued": {"date-parts": [[2014]]}, "DOI": "10.5555/another"},
        {"container-title": "J Relat Pract"},
        {"container-title": "The Journal of Relational Practice"},
        {"page": "201"},
        {"page": None, "volume": None, "container-title": None, "DOI": None},
        {"issued": None, "DOI": None},
    ],
)
def test_another_spelling_is_the_same_work(changed: dict[str, Any]) -> None:
    likeness = between(ARTICLE, **changed)
    assert likeness.verdict == "same", likeness
    assert likeness.score >= 88


# ---- not the same


@pytest.mark.parametrize(
    ("work", "changed", "verdict"),
    [
        (ARTICLE, {"title": "Rupture and repair in brief therapy: Part 2"}, "other"),
        (ARTICLE, {"title": "Rupture and repair in group therapy: A relational view"}, "maybe"),
        (ARTICLE, {"author": [{"family": "Stone", "given": "Lea"}]}, "maybe"),
        (ARTICLE, {"author": [{"family": "van der Berg", "given": "Jonas"}]}, "maybe"),
        (ARTICLE, {"issued": {"date-parts": [[2019]]}, "DOI": None}, "maybe"),
        (ARTICLE, {"container-title": "Attachment Studies", "DOI": None}, "maybe"),
        (ARTICLE, {"page": "3-9", "volume": "13", "DOI": None}, "maybe"),
        (BOOK, {"issued": {"date-parts": [[2015]]}, "edition": "2"}, "maybe"),
        (BOOK, {"edition": "2"}, "maybe"),
        (BOOK, {"type": "chapter", "container-title": "Handbook of rooms"}, "maybe"),
        (BOOK, {"title": "The three-person room"}, "other"),
    ],
)
def test_what_only_looks_like_it(work: dict[str, Any], changed: dict[str, Any], verdict: str) -> None:
    found = between(work, **{**changed, "DOI": "10.5555/another"})
    assert found.verdict == verdict, found


def test_a_heading_needs_its_place() -> None:
    editorial = {**ARTICLE, "title": "Editorial", "DOI": None}
    assert between(editorial).verdict == "same"
    assert between(editorial, volume="13", page="1-2").verdict != "same"
    assert between(editorial, **{"container-title": None, "page": None, "volume": None}).verdict != "same"


def test_without_an_author_the_place_must_speak() -> None:
    unsigned = {**ARTICLE, "author": None, "DOI": None}
    assert between(unsigned).verdict == "same"
    assert between(unsigned, **{"container-title": None, "page": None}).verdict != "same"


def test_one_doi_is_one_work() -> None:
    assert between(ARTICLE, issued={"date-parts": [[1999]]}, author=None, page="1").verdict == "same"


# ---- the distances


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Self-compassion", "Self compassion", 0, 0),
        ("Is repair possible? A case study", "Is repair possible?", 0.01, 0.05),
        ("Eczema. Its meaning: Improvement through insight", "Eczema. Its meaning", 0.01, 0.11),
        ("On love and hate", "On hate and love", 0.01, 0.1),
        ("Attachment and loss: Vol. 1. Attachment", "Attachment and loss: Vol. 2. Separation", 0.5, 1),
        ("World War I and its children", "World War II and its children", 0.5, 1),
        ("The first session", "The second session", 0.5, 1),
        ("Interpersonal patterns in therapy", "Intrapersonal patterns in therapy", 0.2, 1),
        ("Attachment in men", "Attachment in women", 0.2, 1),
        ("Repair", "Enactment", 1, 1),
        ("", "Enactment", 1, 1),
    ],
)
def test_titles(one: str, other: str, least: float, most: float) -> None:
    assert least <= titles_apart(one, other) <= most
    assert titles_apart(one, other) == pytest.approx(titles_apart(other, one), abs=0.05)


def test_numbers_in_every_dress() -> None:
    assert numbers(words("Attachment and loss, vol. III")) == numbers(words("Attachment and loss, Vol. 3")) == {"3"}
    assert numbers(words("The second of two")) == {"2"}
    assert numbers(words("I and thou")) == frozenset()


def test_abbreviated_names() -> None:
    assert abbreviates(("j", "couns", "psychol"), ("journal", "counseling", "psychology"))
    assert not abbreviates(("j", "couns"), ("journal", "counseling", "psychology"))


TEXT = st.text("abcdefg IVX12:.?’é-", max_size=40)
NAME = st.fixed_dictionaries({"family": TEXT, "given": TEXT})
ITEM = st.fixed_dictionaries(
    {
        "title": TEXT,
        "author": st.lists(NAME, max_size=3),
        "type": st.sampled_from(["book", "chapter", "article-journal"]),
    },
    optional={"container-title": TEXT, "page": TEXT, "edition": TEXT, "issued": st.just({"date-parts": [[2001]]})},
)


@given(ITEM, ITEM)
@settings(max_examples=80, deadline=None)
def test_every_score_is_between_0_and_100(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = compare(traits(one), traits(other), match.ratio)
    assert 0 <= found.score <= 100
    assert all(distance is None or 0 <= distance <= 1 for distance in found.distances)
    assert found.score == scored(found.distances)
    again = compare(traits(one), traits(one), match.ratio)
    assert again.distances.title in (0.0, 1.0)


def test_every_distance_has_a_weight() -> None:
    assert all(weight for weight in WEIGHTS)


# ---- a library with planted variants


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, variants.Shelf, list[str]]:
    shelf = variants.shelf()
    library = tmp_path_factory.mktemp("planted") / "library.db"
    keys = []
    taken: set[str] = set()
    with write(library, "import") as writer:
        for number, item in enumerate(shelf.items):
            doi = item.get("DOI")
            keys.append(writer.add_source(NewSource(item, f"work{number}", doi=None if doi in taken else doi)))
            taken.add(doi)
    return library, shelf, keys


def test_planted_variants_are_found_and_nothing_else(planted: tuple[Path, variants.Shelf, list[str]]) -> None:
    library, shelf, keys = planted
    truth = {frozenset((keys[one], keys[other])) for one, other in shelf.pairs}
    same = [pair for pair in duplicates.pairs(library) if pair.likeness.verdict == "same"]
    told = {frozenset((pair.first.citekey, pair.second.citekey)) for pair in same}
    assert len(shelf.items) == 2_000
    assert len(truth) == 200
    assert len(told & truth) / len(told) >= 0.98
    assert len(told & truth) / len(truth) >= 0.95
    assert len(told) == len(same)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_shelves_fare_alike(seed: int) -> None:
    shelf = variants.shelf(seed=seed)
    works = [traits(item) for item in shelf.items]
    truth = {tuple(sorted(pair)) for pair in shelf.pairs}
    told = {
        pair
        for pair in duplicates.candidates(works)
        if compare(works[pair[0]], works[pair[1]], match.ratio).verdict == "same"
    }
    assert len(told & truth) / len(told) >= 0.98
    assert len(told & truth) / len(truth) >= 0.95


def test_a_work_finds_its_variant(planted: tuple[Path, variants.Shelf, list[str]]) -> None:
    library, shelf, keys = planted
    found = 0
    with Reader(library) as reader:
        for one, other in sorted(shelf.pairs):
            own = reader.source(keys[other])
            assert own is not None
            likest = duplicates.find(reader, shelf.items[other], besides=own.uuid)
            found += bool(likest) and likest[0][0].citekey == keys[one]
            assert all(source.citekey != keys[other] for source, _ in likest)
    assert found / len(shelf.pairs) >= 0.95


def test_what_was_told_apart_stays_apart(planted: tuple[Path, variants.Shelf, list[str]]) -> None:
    library, _, _ = planted
    first = next(duplicates.pairs(library))
    apart = {first.first.uuid, first.second.uuid}
    left = duplicates.pairs(library, lambda one, other: {one, other} == apart)
    assert all({pair.first.uuid, pair.second.uuid} != apart for pair in left)


def test_an_item_without_words_finds_nothing(planted: tuple[Path, variants.Shelf, list[str]]) -> None:
    library, _, _ = planted
    with Reader(library) as reader:
        assert duplicates.find(reader, {"type": "document", "title": "…"}) == []
        assert duplicates.find(reader, {"type": "book", "title": '"AND" (NOT "x'}) == []
