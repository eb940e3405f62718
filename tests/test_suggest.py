"""Suggesting concepts: what a text mentions, what tagging teaches, what is left out, and how often it is right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scores import agreement

from litbase.domain.library import NewConcept
from litbase.domain.suggest import suggest, tree_above
from litbase.domain.suggest_habits import Habits, Seen, Share, beside, learn, rate, see, share
from litbase.domain.suggest_words import index, mentions, narrowed, stem, telling, words

VOCABULARY = [
    NewConcept("gardening", cues=("horticulture", "flower bed")),
    NewConcept("water gardening", ("pond keeping",), ("gardening",), cues=("pond",)),
    NewConcept("carp breeding", ("KB",), ("water gardening",), cues=("carp",)),
    NewConcept("pruning of trees", ("tree surgery",), ("gardening",), cues=("pruning", "mutual")),
    NewConcept("mutual aid", cues=("neighbours",)),
    NewConcept("winter", cues=("frost", "winter sleep")),
]
PHRASES = index(VOCABULARY)
ABOVE = tree_above(VOCABULARY)
NOTHING = learn(())


def seen(title: str = "", *concepts: str, notes: tuple[str, ...] = (), **item: object):
    return see({"title": title, **item}, notes, concepts, PHRASES)


def names(*asked, habits: Habits = NOTHING, **options) -> list[str]:
    return [one.concept for one in suggest(*asked, habits, ABOVE, **options)]


class TestStems:
    @pytest.mark.parametrize(
        "kin",
        [
            ("rupture", "ruptures", "ruptured", "Rupturing"),
            ("regulation", "regulating", "regulated", "regulate"),
            ("trauma", "traumatic", "traumatized", "traumatising", "traumatisation"),
            ("mentalization", "mentalisation", "mentalizing", "mentalising"),
            ("theory", "theories"),
            ("naïve", "naive"),
            ("child", "child's", "child’s"),
            ("planned", "planning"),
            ("tree", "trees"),
            ("stress", "stresses"),
        ],
    )
    def test_kin_have_one_stem(self, kin: tuple[str, ...]) -> None:
        assert len({stem(word) for word in kin}) == 1

    @pytest.mark.parametrize(
        "strangers",
        [("ring", "red"), ("TA", "ta"), ("relational", "relation"), ("basis", "base"), ("loss", "los")],
    )
    def test_strangers_have_several(self, strangers: tuple[str, str]) -> None:
        assert stem(strangers[0]) != stem(strangers[1])

    @given(st.text(max_size=40))
    @settings(max_examples=60, deadline=None)
    def test_any_text_can_be_read(self, text: str) -> None:
        assert all(isinstance(one, str) for one in words(text))
        assert mentions(words(text), PHRASES) == mentions(words(text), PHRASES)

    def test_telling_words_are_neither_small_nor_numbers(self) -> None:
        assert [word for _, word in telling("The garden of 1984 and what it was about")] == ["garden"]


class TestMentions:
    def mentioned(self, text: str) -> set[tuple[str, bool]]:
        return {(one.phrase.text, one.exact) for one in mentions(words(text), PHRASES)}

    def test_inflected_words_at_word_boundaries(self) -> None:
        assert self.mentioned("Gardened, and ponds") == {("gardening", True), ("pond", True)}
        assert self.mentioned("Gardenia; a pondering neighbourhood") == set()

    def test_a_phrase_turned_round(self) -> None:
        assert ("tree surgery", False) in self.mentioned("The surgery of old trees")

    def test_no_phrase_across_clauses(self) -> None:
        assert self.mentioned("On trees: surgery today") == set()

    def test_a_cue_inside_a_longer_phrase_is_left_out(self) -> None:
        assert self.mentioned("Mutual aid") == {("mutual aid", True)}
        assert ("mutual", True) in self.mentioned("Mutual gain")

    def test_an_abbreviation_needs_its_capitals(self) -> None:
        assert self.mentioned("What is KB?") == {("KB", True)}
        assert self.mentioned("what is kb?") == set()

    def test_markup_and_capitals_are_no_hindrance(self) -> None:
        assert self.mentioned("<i>POND</i> KEEPING FOR ALL") == {("pond keeping", True)}


class TestSuggestions:
    def test_a_reason_in_words(self) -> None:
        made = suggest(seen("Frost in flower beds"), NOTHING, ABOVE)
        assert {one.concept: one.reasons for one in made} == {
            "gardening": ("title has “flower bed”, a cue of gardening",),
            "winter": ("title has “frost”, a cue of winter",),
        }

    def test_a_name_says_more_than_a_cue_and_a_title_more_than_an_abstract(self) -> None:
        def chance(**texts: str) -> float:
            made = suggest(seen(**texts), NOTHING, ABOVE)
            return made[0].chance if made else 0.0

        assert chance(title="Winter") > chance(title="Frost") > chance(abstract="Frost")
        assert chance(title="Winter") >= chance(keyword="Winter") > chance(abstract="Winter")

    def test_one_cue_in_an_abstract_is_too_little_and_two_are_enough(self) -> None:
        assert names(seen(abstract="There was frost.")) == []
        assert names(seen(abstract="After frost came winter, and more frost, and winter sleep.")) == ["winter"]

    def test_not_what_it_has_nor_what_stands_above(self) -> None:
        title = "Gardening with ponds, carp and frost"
        assert names(seen(title)) == ["carp breeding", "winter"]
        assert names(seen(title, "winter", "carp breeding")) == []
        assert set(names(seen(title, "winter"), broader=True)) == {"gardening", "water gardening", "carp breeding"}

    def test_a_declined_concept_gives_way_to_the_one_above_it(self) -> None:
        title = "Gardening with ponds"
        assert names(seen(title)) == ["water gardening"]
        assert names(seen(title), declined=["water gardening"]) == ["gardening"]

    def test_a_faint_narrower_concept_hides_no_strong_broader_one(self) -> None:
        both = seen("Gardening", notes=("All on gardening, with one carp.",))
        assert names(both) == ["gardening"]

    def test_the_tree_may_even_turn_in_a_circle(self) -> None:
        above = tree_above([NewConcept("a", broader=("b",)), NewConcept("b", broader=("a", "gone"))])
        assert above == {"a": {"b", "gone"}, "b": {"a", "gone"}}

    def test_a_cue_that_stands_everywhere_says_little(self) -> None:
        crowd = learn(seen(f"Frost {number}") for number in range(30))
        assert names(seen("Frost again"), habits=crowd) == []
        assert names(seen("Winter again"), habits=crowd) == ["winter"]


class TestHabits:
    HERS = ({"family": "Sow", "given": "Ada"},)

    def test_an_author_whose_sources_carry_it(self) -> None:
        habits = learn(
            [seen(f"Work {n}", "winter", author=[*self.HERS]) for n in range(3)] + [seen("Else", "mutual aid")]
        )
        made = suggest(seen("Quite another", author=[{"family": "Sow", "given": "A."}]), habits, ABOVE)
        assert [one.concept for one in made] == ["winter"]
        assert "3 of your 3 other sources by Sow carry it" in made[0].reasons

    def test_one_source_is_chance(self) -> None:
        habits = learn([seen("Snow", "winter", author=[*self.HERS]), seen("Else", "mutual aid")])
        assert names(seen("Snow again", author=[*self.HERS]), habits=habits) == []

    def test_a_word_that_goes_with_a_concept(self) -> None:
        habits = learn(
            [seen(f"Skating {n}", "winter") for n in range(6)] + [seen(f"Soup {n}", "mutual aid") for n in range(6)]
        )
        made = suggest(seen("Frosty skating", abstract="Frost."), habits, ABOVE)
        assert made[0].concept == "winter"
        assert "6 of your 6 other sources with “skating” carry it" in made[0].reasons

    def test_a_cue_the_user_does_not_go_by_falls_silent(self) -> None:
        ignored = learn(seen(f"Frost and {n}", "mutual aid") for n in range(8))
        assert names(seen("Frost")) == ["winter"]
        assert "winter" not in names(seen("Frost"), habits=ignored)

    def test_nothing_is_learnt_of_a_source_from_its_own_tags(self) -> None:
        library = [
            seen(f"Skating {n}", *tags, author=[*self.HERS]) for n, tags in enumerate([["winter"], ["winter"], []])
        ]
        first, bare = library[0], library[2]
        habits = learn(library)
        trait = ("author", "sow a")
        assert share(habits, trait, "winter", first) == Share(1, 1)
        assert share(habits, trait, "winter", bare) == Share(2, 2)
        assert (rate(habits, "winter", first), rate(learn(()), "winter", bare)) == (1.0, 0.0)

    def test_hiding_its_own_tags_is_leaving_the_source_out(self) -> None:
        library = [seen(f"Skating {n}", "winter", author=[*self.HERS]) for n in range(4)]
        asking = library[0]
        for trait in asking.traits:
            for concept in ("winter", "mutual aid"):
                without = share(learn(library[1:]), trait, concept, asking._replace(concepts=frozenset()))
                assert share(learn(library), trait, concept, asking) == without


class TestHowOftenItIsRight:
    """The shelf's own tagging, hidden source by source. `make scores` prints the same figures."""

    def test_learning_from_the_others(self) -> None:
        made = agreement("others")
        assert made.precision >= 0.85
        assert made.recall >= 0.65

    def test_from_the_vocabulary_alone(self) -> None:
        made = agreement("nothing")
        assert made.precision >= 0.85
        assert made.recall >= 0.6

    def test_the_narrowest_alone(self) -> None:
        made = agreement("others", broader=False)
        assert made.precision >= 0.8
        assert made.found >= 0.6


_SAID = st.lists(
    st.sampled_from(
        [
            *("gardening", "water", "pond", "ponds", "keeping", "carp", "KB", "trees", "surgery", "of"),
            *("pruning", "mutual", "aid", "neighbours", "frost", "winter", "sleep", ".", "and"),
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
_CARRIED = st.sets(st.sampled_from([one.name for one in VOCABULARY]), max_size=3)


@given(_SAID, _CARRIED, st.lists(st.tuples(_SAID, _CARRIED, st.sampled_from(("Ames", "Bell", "Cole"))), max_size=12))
@settings(max_examples=300, deadline=None)
def test_what_cannot_matter_is_not_looked_for(
    title: str, carried: set[str], others: list[tuple[str, set[str], str]]
) -> None:
    def all_seen(vocabulary) -> list[Seen]:
        return [
            see({"title": said, "abstract": said[::-1], "author": [{"family": name}]}, (said,), names, vocabulary)
            for said, names, name in others
        ]

    asked = see({"title": title, "author": [{"family": "Ames"}]}, (), carried, PHRASES)
    few = narrowed(PHRASES, [one for those in asked.mentions.values() for one in those])
    less = learn([asked, *(beside([asked], other) for other in all_seen(few))])
    assert suggest(asked, less, ABOVE) == suggest(asked, learn([asked, *all_seen(PHRASES)]), ABOVE)
