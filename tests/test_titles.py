"""Sentence case: the cases in title_cases/, and what must hold for any title."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.titles import Words, sentence_case

HERE = Path(__file__).parent
WORD_LISTS = HERE.parent / "data" / "words"


def read_lists() -> dict[str, list[str]]:
    return {path.stem: path.read_text(encoding="utf-8").splitlines() for path in WORD_LISTS.glob("*.txt")}


WORDS = Words.of(read_lists())


def cases() -> Iterator[tuple[str, str]]:
    for path in sorted((HERE / "title_cases").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for title, wanted in zip(lines[::2], lines[1::2], strict=True):
            yield title, title if wanted.strip() == "=" else wanted.strip()


@pytest.mark.parametrize(("title", "wanted"), list(cases()))
def test_a_title_gets_its_sentence_case(title: str, wanted: str) -> None:
    assert sentence_case(title, WORDS).text == wanted


@pytest.mark.parametrize("wanted", sorted({wanted for _, wanted in cases()}))
def test_a_title_in_sentence_case_stays_as_it_is(wanted: str) -> None:
    assert sentence_case(wanted, WORDS).text == wanted


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("The Space Between Two People", "title"),
        ("THE SPACE BETWEEN TWO PEOPLE", "capitals"),
        ("The space between two people", "sentence"),
        ("Attachment", "short"),
        ("The Space Between Two People: what happens when nobody is watching", "mixed"),
    ],
)
def test_the_form_a_title_came_in(title: str, form: str) -> None:
    assert sentence_case(title, WORDS).form == form


def test_a_word_written_small_in_the_abstract_is_no_name() -> None:
    title = "Living With Flint After the Mine"
    assert "flint" in sentence_case(title, WORDS, "We asked how people used flint after the mine had closed.").text


def test_a_word_with_a_capital_in_the_abstract_is_a_name() -> None:
    title = "Life After Hope"
    assert sentence_case(title, WORDS).text == "Life after hope"
    abstract = "The residents of Hope, a small town, were interviewed after the fire had come near their homes."
    assert sentence_case(title, WORDS, abstract).text == "Life after Hope"


def test_a_run_of_capitals_in_the_abstract_is_one_name() -> None:
    title = "Staying Calm: How the Quiet Garden Helps and What a Garden Needs"
    abstract = "Families who came to the Quiet Garden for a year were asked what a garden needs to help them."
    assert (
        sentence_case(title, WORDS, abstract).text == "Staying calm: How the Quiet Garden helps and what a garden needs"
    )


def test_an_abstract_in_title_case_proves_nothing() -> None:
    title = "Warm Bread for Children"
    assert (
        sentence_case(title, WORDS, "Warm Bread Is Good For Children And Adults Alike").text
        == "Warm bread for children"
    )


def test_own_words_outrank_everything() -> None:
    own = Words.of({**read_lists(), "own": ["Breadwinner Project", "gestalt", "Zorbling"]})
    assert sentence_case("The Breadwinner Project and Gestalt in Zorbling", own).text == (
        "The Breadwinner Project and gestalt in Zorbling"
    )


def test_words_it_had_to_guess_are_told() -> None:
    assert sentence_case("Letters to Quaxwell About Bread", WORDS).unsure == ("Quaxwell",)
    assert sentence_case("Letters to Winnicott About Bread", WORDS).unsure == ()


def test_without_lists_the_rules_alone_still_work() -> None:
    bare = Words.of({})
    assert sentence_case("Type A: The PTSD of an iPhone", bare).text.startswith("Type A: The PTSD of an iPhone"[:11])


TITLE = st.text(st.sampled_from("abcDEF äÉßŁı '’\"“”()<>/i:?!.-–—&;,019"), max_size=60)


@given(TITLE)
@settings(max_examples=150, deadline=None)
def test_only_case_changes_and_once_is_enough(title: str) -> None:
    once = sentence_case(title, WORDS)
    assert once.text.lower() == title.lower()
    assert re.findall(r"<[^<>]*>", once.text) == re.findall(r"<[^<>]*>", title)


@pytest.mark.parametrize("path", sorted(WORD_LISTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_word_list_is_tidy(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert entries == sorted(set(entries), key=lambda entry: (entry.lower(), entry))
    assert all(entry == " ".join(entry.split()) and entry for entry in entries)


def test_the_words_of_the_readme_are_the_lists() -> None:
    told = set(re.findall(r"`(\w+)`", (WORD_LISTS / "README.md").read_text(encoding="utf-8").split("|---|---|")[1]))
    assert {path.stem for path in WORD_LISTS.glob("*.txt")} <= told


def test_no_word_is_both_a_name_and_an_ordinary_word() -> None:
    """Words that are both belong to `guarded`, or in a phrase."""
    assert sorted(WORDS.names.keys() & WORDS.common) == []
