"""The store, in a file and on a server: what goes in comes out, all or nothing."""

import json
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.domain import citekey
from litbase.domain.library import CachedEntry, NewConcept, NewSource
from litbase.domain.query import All, Marked, Not, Phrase, Within, Word, parse
from litbase.domain.text import fold
from litbase.errors import BadInput, LibraryError, NotFound
from litbase.place import Place
from litbase.store import fulltext, recording, spelling, whole
from litbase.store.opened import ORDERS
from litbase.store.reader import Reader
from litbase.store.writer import write


@pytest.fixture
def library(either: Place) -> Place:
    return either


def book(title: str = "Moments of meeting", year: int | None = 2004, **more: object) -> dict[str, object]:
    item = {"type": "book", "title": title, "author": [{"family": "Stern", "given": "Daniel N."}], **more}
    return item | ({"issued": {"date-parts": [[year]]}} if year else {})


def add(library: Place, item: dict[str, object], key: str = "stern2004", doi: str | None = None, *concepts: str) -> str:
    with write(library, "test") as writer:
        citekey = writer.add_source(NewSource(item, key, doi=doi))
        for concept in concepts:
            if not writer.has_concept(concept):
                writer.add_concept(NewConcept(concept))
            writer.tag(citekey, concept)
    return citekey


def test_a_source_comes_back_as_it_went_in(library: Place) -> None:
    item = book(abstract="On <i>now</i> moments.", DOI="10.5555/a")
    add(library, item, doi="10.5555/a")
    with Reader(library) as reader:
        source = reader.source("stern2004")
        assert source is not None
        assert json.loads(source.item) == {**item, "id": "stern2004"}
        assert (source.byline, source.year, source.title) == ("Stern", 2004, "Moments of meeting")
        assert reader.source_by_doi("10.5555/a") == source
        assert reader.source("STERN2004") == source


def test_the_second_of_a_year_gets_b_and_the_first_keeps_its_key(library: Place) -> None:
    assert [add(library, book(str(n)), "stern1985") for n in range(3)] == ["stern1985", "stern1985b", "stern1985c"]
    with Reader(library) as reader:
        first, also = reader.source("stern1985"), reader.source("stern1985a")
        assert first is not None
        assert first == also
        assert reader.citekey_aliases(first.id) == ["stern1985a"]


@given(st.integers(0, 700), st.sampled_from(["stern1985", "stern_nd"]))
def test_a_stem_gives_its_keys_in_turn_and_is_asked_few_times(count: int, stem: str) -> None:
    taken: dict[str, int] = {}
    for number in range(count):
        taken[citekey.free(stem, taken.__contains__)] = number
    separator = "_" if stem == "stern_nd" else ""
    letters = [*ascii_lowercase, *(a + b for a in ascii_lowercase for b in ascii_lowercase)]
    turn = [stem, *(f"{stem}{separator}{one}" for one in letters[1:])]
    asked: list[str] = []
    assert list(taken) == turn[: len(taken)]
    assert citekey.free(stem, lambda key: bool(asked.append(key)) or key in taken) == turn[count]
    assert len(asked) <= 22


def test_what_was_meant_is_looked_for_among_what_begins_alike_where_there_is_too_much(
    library: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = ["Stern", "Stiles", "Safran", "Slochower", "Winnicott", "Ávila"]
    with write(library, "test") as writer:
        for name in people * 2:
            item = book(name, author=[{"family": name, "given": "A."}])
            writer.add_source(NewSource(item, citekey.stem(item)))
        writer.remove_source("slochower2004")
    with Reader(library) as reader:
        assert reader.families_like("stren") == sorted(people, key=fold)
        assert len(reader.citekeys_like("stren2004")) == 11
        monkeypatch.setattr(spelling, "_MOST", 5)
        assert reader.families_like("stren") == ["Safran", "Slochower", "Stern", "Stiles"]
        assert reader.families_like("avilla") == ["Ávila"]
        assert reader.citekeys_like("stren2004") == ["stern2004", "stern2004b", "stiles2004", "stiles2004b"]
        assert reader.citekeys("S", 1) == ["safran2004"]


@pytest.mark.parametrize("order", ["best", "year"])
def test_the_newest_of_many_are_the_same_as_the_newest_of_few(
    library: Place, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    with write(library, "test") as writer:
        for number, year in enumerate([2004, None, 1985, 2004, -380, 0, 1985, 2011, None] * 3):
            writer.add_source(NewSource(book(f"Meeting {number}", year), "stern"))
        writer.remove_source("stern_b")
    books, span = Marked(("xtbook",)), Marked(fulltext.span_marks(-400, 1999))
    asked = [(All(parts), limit) for parts in ((books,), (books, span), (span,)) for limit in (1, 5, 12, 25, 100)]
    with Reader(library) as reader:
        few = [reader.search(wanted, limit, order).hits for wanted, limit in asked]
        monkeypatch.setattr(fulltext, "RANKED", 4)
        assert [reader.search(wanted, limit, order).hits for wanted, limit in asked] == few
    assert [len(hits) for hits in few] == [1, 5, 12, 25, 26, 1, 5, 9, 9, 9, 1, 5, 9, 9, 9]


@given(st.integers(-60, 60), st.integers(0, 60))
def test_the_span_of_marks_is_what_they_were_made_of(first: int, length: int) -> None:
    assert fulltext.span_of(fulltext.span_marks(first, first + length)) == (first, first + length)
    assert fulltext.span_of([*fulltext.span_marks(first, first + length), "xtbook"]) is None
    assert fulltext.span_of(fulltext.year_marks(None)) is None


def test_the_ids_of_all_are_in_the_order_of_the_sources(library: Place) -> None:
    with write(library, "test") as writer:
        for number, year in enumerate((2004, None, 1985, 2011)):
            writer.add_source(NewSource(book(f"Meeting {number % 3}", year), "stern"))
        writer.remove_source("stern_b")
    with Reader(library) as reader:
        for order in ORDERS:
            assert list(reader.ids(order)) == [source.id for source in reader.sources(order)]
            assert list(reader.ids(order, 2)) == [source.id for source in reader.sources(order, 2)]


def test_a_common_word_is_not_counted_to_rank_a_rare_one(library: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with write(library, "test") as writer:
        for number in range(12):
            writer.add_source(NewSource(book(f"Meeting {'moments' if number in (3, 7, 8) else number}"), "stern"))
        writer.add_note("stern_e", "Of moments.", "note", "", private=False)
    wanted = All((Word("meeting"), Word("moments"), Not(Word("parting"))))
    with Reader(library) as reader:
        found = {hit.source.citekey for hit in reader.search(wanted, 10).hits}
        monkeypatch.setattr(fulltext, "COMMON", 5)
        tiers = reader.search(wanted, 10)
    assert [hit.source.citekey for hit in tiers.hits] == ["stern_i", "stern_h", "stern_d", "stern_e"]
    assert found == {"stern_i", "stern_h", "stern_d", "stern_e"}
    assert not tiers.bounded


def test_the_index_keeps_up_with_a_transaction_of_many_sources(library: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_TOUCHED", 3)
    with write(library, "test") as writer:
        writer.add_concept(NewConcept("repair"))
        keys = [writer.add_source(NewSource(book(f"Meeting {number}"), "stern2004")) for number in range(10)]
        writer.tag(keys[0], "repair")
        writer.add_note(keys[1], "On holding.", "note", "", private=True)
        keys += [writer.add_source(NewSource(book(f"Parting {number}"), "stern2005")) for number in range(10)]
    with Reader(library) as reader:
        found = {
            word: reader.search(All((Word(word, False),))).hits for word in ("meeting", "parting", "repair", "holding")
        }
    assert {word: sorted(hit.source.citekey for hit in hits) for word, hits in found.items()} == {
        "meeting": sorted(keys[:10]),
        "parting": sorted(keys[10:]),
        "repair": keys[:1],
        "holding": keys[1:2],
    }


def test_a_transaction_that_raises_leaves_nothing(library: Place) -> None:
    add(library, book())
    before = everything(library)
    with pytest.raises(NotFound), write(library, "test") as writer:
        writer.tag(writer.add_source(NewSource(book("Lost"), "lost2004")), "no such concept")
    assert everything(library) == before


def everything(library: Place) -> list[object]:
    with Reader(library) as reader:
        return [*whole.lines(reader, whole.Scope(notes="all")), *reader.search(parse("")).hits]


def test_every_change_is_remembered_with_before_and_after(library: Place) -> None:
    add(library, book(), "stern2004", None, "repair")
    with write(library, "edit") as writer:
        writer.change_item("stern2004", book("The present moment"), {}, None)
    with Reader(library) as reader:
        found = reader._all("SELECT command, entity, before, after FROM change ORDER BY id")
    assert [(row[0], row[1]) for row in found] == [
        ("test", "source"),
        ("test", "concept"),
        ("test", "source_concept"),
        ("edit", "source"),
    ]
    assert json.loads(found[3][2])["title"] == "Moments of meeting"
    assert json.loads(found[3][3])["title"] == "The present moment"


def test_a_change_that_changes_nothing_is_not_remembered(library: Place) -> None:
    add(library, book())
    with write(library, "edit") as writer:
        writer.change_item("stern2004", book(), {}, None)
    with Reader(library) as reader:
        assert [step.changes for step in reader.steps()] == [1]


def test_the_bin_hides_a_source_and_gives_it_back_with_its_notes(library: Place) -> None:
    add(library, book(), "stern2004", "10.5555/a", "repair")
    with write(library, "test") as writer:
        writer.add_note("stern2004", "A holding word.", "note", "p. 3", private=True)
        writer.remove_source("stern2004")
    with Reader(library) as reader:
        assert reader.source("stern2004") is None
        assert reader.count() == 0
        assert reader.search(parse("holding")).hits == []
        assert reader.concepts()[0].sources == 0
        assert reader.source_by_doi("10.5555/a", deleted=True) is not None
    with write(library, "test") as writer:
        writer.restore_source("stern2004")
    with Reader(library) as reader:
        assert [hit.source.citekey for hit in reader.search(parse("holding")).hits] == ["stern2004"]
        assert reader.concepts()[0].sources == 1


def test_two_sources_cannot_have_one_doi_but_one_may_be_in_the_bin(library: Place) -> None:
    add(library, book(), "stern2004", "10.5555/a")
    with pytest.raises(LibraryError):
        add(library, book("Other"), "other2004", "10.5555/a")
    with write(library, "test") as writer:
        writer.remove_source("stern2004")
    add(library, book("Other"), "other2004", "10.5555/a")


class TestSearch:
    def test_words_are_found_in_every_field_and_rank_by_it(self, library: Place) -> None:
        add(library, book("Repair"), "a2004")
        add(library, book("Other", abstract="Of repair."), "b2004")
        add(library, book("Other"), "c2004", None, "repair")
        add(library, {**book("Other"), "author": [{"family": "Repair", "given": "A."}]}, "d2004")
        with Reader(library) as reader:
            found = [hit.source.citekey for hit in reader.search(parse("repair")).hits]
        assert set(found) == {"a2004", "b2004", "c2004", "d2004"}
        assert found[-1] == "b2004"

    def test_plurals_capitals_and_diacritics_do_not_matter(self, library: Place) -> None:
        add(library, book("Die Öffnung der Ruptures"), "a2004")
        with Reader(library) as reader:
            for word in ("offnung", "RUPTURE", "öffnung"):
                assert reader.search(parse(word)).hits, word

    @pytest.mark.parametrize(
        ("title", "word"),
        [("Psychology", "psychological"), ("Possibly", "possible"), ("As it is", "as"), ("Theories", "theory")],
    )
    def test_words_of_one_stem_find_each_other(self, library: Place, title: str, word: str) -> None:
        add(library, book(title), "a2004")
        with Reader(library) as reader:
            assert reader.search(parse(word)).hits

    @pytest.mark.parametrize(
        "word", ['"', "AND", "(", "self-compassion", "CBT-I", "a*", "title:x", "NEAR(a b)", "\x00", "'", "^a"]
    )
    def test_whatever_is_typed_is_taken_literally(self, library: Place, word: str) -> None:
        add(library, book("Nothing of the kind"), "a2004")
        add(library, book(f"With {word} in it"), "b2004")
        with Reader(library) as reader:
            found = [hit.source.citekey for hit in reader.search(All((Phrase(word),))).hits]
        # What has neither a letter nor a digit stands in no index, so nothing is found by it.
        assert found == (["b2004"] if any(character.isalnum() for character in word) else [])

    def test_filters_narrow_together(self, library: Place) -> None:
        add(library, book("One", 1985), "a1985", None, "repair")
        add(library, book("Two", 2010), "b2010", None, "repair")
        add(library, {**book("Three", 2010), "type": "chapter"}, "c2010", None, "repair")
        with Reader(library) as reader:
            repair = reader.concept_id("Repair")
            assert repair is not None
            wanted = All(
                (
                    Marked((fulltext.concept_mark(repair),)),
                    Within("contributors", Word("stern")),
                    Marked(fulltext.span_marks(2000, 2026)),
                    Marked((fulltext.type_mark("book"),)),
                )
            )
            assert [hit.source.citekey for hit in reader.search(wanted).hits] == ["b2010"]

    def test_a_snippet_shows_the_words_around_a_match(self, library: Place) -> None:
        add(library, book("One", abstract="She wrote of holding and of the space between."), "a2004")
        with Reader(library) as reader:
            assert "\x02holding\x03" in reader.search(parse("holding"), snippets=True).hits[0].snippet
            assert reader.search(parse("holding")).hits[0].snippet == ""


class TestConcepts:
    def test_an_alias_means_its_concept_and_narrower_ones_count(self, library: Place) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("relationship"))
            writer.add_concept(NewConcept("repair", ("rupture and repair",), ("relationship",)))
            writer.add_source(NewSource(book(), "stern2004"))
            assert writer.tag("stern2004", "Rupture and Repair")
            assert not writer.tag("stern2004", "repair")
        with Reader(library) as reader:
            above, below = reader.concept_id("relationship"), reader.concept_id("rupture and repair")
            assert above is not None
            assert set(reader.narrower(above)) == {above, below}
            assert reader.concepts_of([1]) == {1: ["repair"]}

    def test_a_circle_is_refused(self, library: Place) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("a"))
            writer.add_concept(NewConcept("b", broader=("a",)))
        with pytest.raises(BadInput), write(library, "test") as writer:
            writer.add_broader("a", "b")

    def test_a_name_or_alias_is_taken_once(self, library: Place) -> None:
        with write(library, "test") as writer:
            writer.add_concept(NewConcept("repair", ("mending",)))
        for new in (NewConcept("Repair"), NewConcept("Mending"), NewConcept("x", ("repair",))):
            with pytest.raises(BadInput), write(library, "test") as writer:
                writer.add_concept(new)


def test_a_cached_entry_is_kept_in_place_of_an_older_one(library: Place) -> None:
    add(library, book())
    with write(library, "test") as writer:
        for version in ("1", "2"):
            writer.keep_entry("stern2004", CachedEntry("apa", "", version, "d", '["x"]'))
    with Reader(library) as reader:
        assert reader.entries("apa", [1]) == {(1, ""): CachedEntry("apa", "", "2", "d", '["x"]')}
