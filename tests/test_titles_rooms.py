"""The rooms behind sentence case: cutting, phrases, evidence, kinship."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.casing import evidence
from litbase.domain.casing.kinship import is_ordinary
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.tokens import cut, join
from litbase.domain.titles import sentence_case

COMMON = ["bread", "plan", "care", "give", "happy", "organize", "behavior", "of", "and", "the", "for", "in", "with"]


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_pieces_make_the_title_again(title: str) -> None:
    tokens = cut(title)
    assert join(tokens.words, tokens.gaps) == title
    assert len(tokens.gaps) == len(tokens.words) + 1
    assert len(tokens.starts) == len(tokens.lowers) == len(tokens.words)


@pytest.mark.parametrize(
    ("title", "starting"),
    [
        ("One two: three four", ["One", "three"]),
        ("Why? Because", ["Why", "Because"]),
        ("One (two: three)", ["One", "three"]),
        ("Cats vs. dogs in the U.S. and St. Louis", ["Cats"]),
        ("One—two", ["One", "two"]),
        ("One – two", ["One", "two"]),
        ("One-two, 10:30, and B:c", ["One"]),
        ("‘Why?’ asked the child", ["Why", "asked"]),
        ("Asking ‘why?’ of a child", ["Asking"]),
        ("Vol. 2. Bread", ["Vol", "Bread"]),
        ("El pan [The bread]", ["El", "The"]),
        ("Bread [the brown kind] daily", ["Bread"]),
    ],
)
def test_where_sentences_begin(title: str, starting: list[str]) -> None:
    tokens = cut(title)
    assert [word for word, start in zip(tokens.words, tokens.starts, strict=True) if start] == starting


def test_a_possessive_belongs_to_the_gap() -> None:
    assert cut("Freud’s and Don't").words == ["Freud", "and", "Don't"]


@pytest.mark.parametrize(
    "word",
    ["breads", "planning", "caregiver", "happiness", "unhappily", "reorganized", "organisation", "behaviours"],
)
def test_a_word_made_of_ordinary_ones_is_ordinary(word: str) -> None:
    assert is_ordinary(word, frozenset(COMMON))


@pytest.mark.parametrize("word", ["thrombocytopenia", "cardiomyopathy", "anosognosiaitis", "venlafaxine"])
def test_a_learned_ending_makes_a_word_ordinary(word: str) -> None:
    assert is_ordinary(word, frozenset())


@pytest.mark.parametrize("word", ["quaxwell", "ljubomir", "zhmerynka"])
def test_a_name_is_not_ordinary(word: str) -> None:
    assert not is_ordinary(word, frozenset(COMMON))


def test_the_longest_phrase_goes_first_and_slots_keep_to_themselves() -> None:
    words = Words.of(
        {
            "common": [*COMMON, "bakers", "brown"],
            "things": ["Brown Bread", "Brown Bread of Ulm", "Plain {groups}", "Loaf 0"],
            "groups": ["bakers"],
        }
    )
    title = "The Brown Bread of Ulm and Brown Bread With Plain Bakers for Loaf 7 in the Bread of Care"
    assert sentence_case(title, words).text == (
        "The Brown Bread of Ulm and Brown Bread with Plain bakers for Loaf 7 in the bread of care"
    )


def test_a_phrase_may_lower_a_word() -> None:
    words = Words.of({"common": COMMON, "places": ["Guinea"], "phrases": ["guinea pig"]})
    title = "The Care of the Guinea Pig in Guinea and the Bread"
    assert sentence_case(title, words).text == "The care of the guinea pig in Guinea and the bread"


def test_a_name_that_is_a_word_needs_company() -> None:
    words = Words.of({"common": [*COMMON, "wood"], "given": ["Ada"], "surnames": ["Wood", "Quaxwell"]})
    assert sentence_case("The Bread of Wood and Care", words).text == "The bread of wood and care"
    assert sentence_case("The Bread of Ada Wood and Care", words).text == "The bread of Ada Wood and care"
    assert sentence_case("The Bread of Quaxwell, Wood, and Care", words).text == "The bread of Quaxwell, Wood, and care"


def test_lines_may_end_in_newlines_and_hold_comments() -> None:
    words = Words.of({"common": ["# ordinary\n", "bread\n", "\n"], "places": ["Ulm\n"]})
    assert "bread" in words.common
    assert "" not in words.common
    assert words.names == {"ulm": "Ulm"}


def test_evidence_counts_only_amid_a_sentence() -> None:
    words = Words.of({"common": COMMON})
    shown = evidence.read(
        "Hope was asked for. The care in Ulm was with bread. We met Anna Quaxwell in the care.", words
    )
    assert shown.names == {"ulm": "Ulm"}
    assert "hope" not in shown.small
    assert "care" in shown.small
    assert list(shown.runs.firsts) == ["anna"]


def test_evidence_does_not_outrank_the_users_words() -> None:
    words = Words.of({"common": COMMON, "own": ["Zorbling"]})
    assert (
        "Zorbling" in sentence_case("The Bread and Zorbling", words, "We saw the zorbling in all of them there.").text
    )


@pytest.mark.parametrize("title", ["", " ", "…", "1984", "<i></i>", "?!"])
def test_a_title_without_words_stays(title: str) -> None:
    assert sentence_case(title, Words.of({})).text == title
