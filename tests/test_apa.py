"""What holds for any works whatever: orders are total, letters unique, citations tell works apart."""

import random
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.apa import Cite, Works, ids, letters, order, parse_cite
from litbase.apa.keys import title_key
from litbase.apa.locators import locator_text
from litbase.apa.names import Author, author, initials
from litbase.apa.numerals import counted, spelled
from litbase.apa.titles import title_case
from litbase.domain.inline import Inlines, plain
from litbase.errors import BadInput, NotFound

NAMES = st.one_of(
    st.builds(
        lambda family, given: {"family": family, "given": given},
        st.sampled_from(["Stern", "Aron", "De Vries", "Özgür", "O’Neil"]),
        st.sampled_from(["D. N.", "D. B.", "Lewis", "Jean-Luc", ""]),
    ),
    st.sampled_from([{"literal": "Health Canada"}, {"literal": "World Health Organization [WHO]"}]),
)
DATES = st.sampled_from(
    [
        {},
        {"status": "in press"},
        {"issued": {"date-parts": [[1985]]}},
        {"issued": {"date-parts": [[2004, 3]]}},
        {"issued": {"date-parts": [[2004, 3, 5]]}},
        {"issued": {"date-parts": [[1985]]}, "original-date": {"date-parts": [[1900]]}},
        {"issued": {"literal": "2002–present"}},
    ]
)
ITEMS = st.builds(
    lambda kind, names, when, title: {"type": kind, "author": names, "title": title, **when},
    st.sampled_from(["book", "article-journal", "webpage", "broadcast"]),
    st.lists(NAMES, max_size=5),
    DATES,
    st.sampled_from(["The mirror", "A mirror", "Windows: A view", "Windows: A door", "12 rooms"]),
)
SETS = st.lists(ITEMS, max_size=12).map(lambda items: [{"id": f"w{n}", **item} for n, item in enumerate(items)])


@settings(max_examples=60, deadline=None)
@given(SETS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_works_came(items: list[dict[str, Any]], chance: random.Random) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert order(shuffled) == order(items)
    assert sorted(order(items)) == sorted(item["id"] for item in items)


@settings(max_examples=60, deadline=None)
@given(SETS, st.randoms(use_true_random=False))
def test_letters_do_not_depend_on_it_either_and_follow_the_list(
    items: list[dict[str, Any]], chance: random.Random
) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert letters(shuffled) == letters(items)
    works = Works.of(items)
    lettered = [(plain(works.parenthetical([Cite(known_as)])), works.letters.get(known_as)) for known_as in works.order]
    given_letters = [(cited.removesuffix(f"{letter})"), letter) for cited, letter in lettered if letter]
    for base in {base for base, _ in given_letters}:
        run = [letter.strip("-") for one, letter in given_letters if one == base]
        assert run == sorted(run)


@settings(max_examples=100, deadline=None)
@given(SETS, st.booleans())
def test_no_two_works_are_cited_alike(items: list[dict[str, Any]], first: bool) -> None:
    works = Works.of(items)
    for cited in (
        [works.parenthetical([Cite(known_as)], first) for known_as in works.order],
        [works.narrative(Cite(known_as), first) for known_as in works.order],
    ):
        assert [tree for tree, count in Counter(cited).items() if count > 1] == []


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_et_al_never_stands_for_one_name(items: list[dict[str, Any]]) -> None:
    works = Works.of(items)
    for known_as, count in works.shown.items():
        assert count != len(works.works[known_as].names) - 1
        assert 1 <= count <= len(works.works[known_as].names)


@settings(max_examples=40, deadline=None)
@given(SETS)
def test_a_work_taken_away_leaves_the_order_of_the_others(items: list[dict[str, Any]]) -> None:
    assert order(items[1:]) == [known_as for known_as in order(items) if items and known_as != items[0]["id"]]


KEYS = st.sampled_from(["family", "given", "literal", "date-parts", "raw"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["author", "editor", "issued", "original-date", "title", "status", "publisher", "custom"])
TYPES = st.sampled_from(["book", "broadcast", "legal_case", "legislation", "personal_communication", "chapter", ""])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, ANYTHING), TYPES, st.text(max_size=15))
def test_a_strange_item_is_cited_somehow(item: dict[str, Any], kind: str, locator: str) -> None:
    works = Works.of([{"id": "a", "type": kind, **item}])
    assert plain(works.parenthetical([Cite("a", locator)])).startswith("(")
    assert plain(works.narrative(Cite("a", locator), possessive=True))


def book(known_as: object, family: str = "Stern", year: int = 1985, title: str = "World") -> dict[str, Any]:
    return {
        "id": known_as,
        "type": "book",
        "author": [{"family": family, "given": "D."}],
        "issued": {"date-parts": [[year]]},
        "title": title,
    }


def test_an_unknown_id_is_named() -> None:
    works = Works.of([book("stern1985")])
    for cite in (Cite("Stern1985"), Cite("stern1985", cited_in="Stern1985")):
        with pytest.raises(NotFound, match="`Stern1985`"):
            works.parenthetical([cite])
        with pytest.raises(NotFound, match="`Stern1985`"):
            works.narrative(cite)


def test_an_item_without_id_goes_by_its_position() -> None:
    nameless = {key: value for key, value in book("").items() if key != "id"}
    assert ids([book("a"), nameless, book("")]) == ["a", "#2", "#3"]
    assert order([book("a", year=2000), nameless]) == ["#2", "a"]


def test_the_same_item_twice_is_one_work() -> None:
    assert ids([book("a"), book("a")]) == ["a", "a"]
    assert order([book("a"), book("a")]) == ["a"]
    assert letters([book("a"), book("a")]) == {}


def test_two_items_under_one_id_are_two_works() -> None:
    both = [book("a", title="Zebra"), book("a", title="Ape")]
    assert ids(both) == ["a", "a#2"]
    assert order(both) == ["a#2", "a"]
    assert letters(both) == {"a#2": "a", "a": "b"}


def test_ids_that_are_numbers_are_written_out() -> None:
    assert order([book(7)]) == ["7"]


def test_no_works_and_no_cites_say_nothing() -> None:
    works = Works.of([])
    assert (works.order, works.letters) == ([], {})
    assert works.parenthetical([]) == works.narrative([]) == ()


def test_letters_go_on_after_z() -> None:
    many = [book(f"k{n:03}", title=f"T{n:03}") for n in range(60)]
    given_letters = letters(many)
    assert [given_letters[f"k{n:03}"] for n in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_groups_met_before_are_passed_on() -> None:
    who = {**book("w"), "author": [{"literal": "World Health Organization [WHO]"}]}
    works = Works.of([who, book("s")])
    met = works.groups([Cite("w"), Cite("s")])
    assert met == {"World Health Organization"}
    assert plain(works.parenthetical([Cite("w")], first=met)) == "(WHO, 1985)"
    assert plain(works.parenthetical([Cite("w")], first=frozenset())) == "(World Health Organization [WHO], 1985)"


def test_abbreviations_may_be_known_from_elsewhere() -> None:
    item = {**book("w"), "author": [{"literal": "World Health Organization"}]}
    works = Works.of([item], abbreviations_known={"World Health Organization": "WHO", "Health Canada": "HC"})
    assert plain(works.narrative(Cite("w"))) == "World Health Organization (WHO, 1985)"
    assert works.abbreviations == {"World Health Organization": "WHO"}


def test_nothing_is_changed_in_the_items() -> None:
    items = [book("a"), book("b"), {**book("c"), "type": "legal_case"}]
    before = repr(items)
    works = Works.of(items)
    works.parenthetical([Cite("a"), Cite("b", "p. 4"), Cite("c")])
    assert repr(items) == before


def test_markup_is_a_tree_and_text_is_literal() -> None:
    title = "<script>alert & <i>more</i> [X](javascript:y)"
    hostile = {"id": "x", "type": "book", "title": title, "issued": {"date-parts": [[2001]]}}
    tree: Inlines = Works.of([hostile]).narrative(Cite("x"))
    assert plain(tree) == "<script>alert & More [X](javascript:y) (2001)"


@pytest.mark.parametrize(
    ("given_name", "printed"),
    [
        ("Jeremy David", "J. D."),
        ("J.D.", "J. D."),
        ("JD", "J. D."),
        ("J", "J."),
        ("Jean-Baptiste", "J.-B."),
        ("J.-B. M.", "J.-B. M."),
        ("Ai-jun", "A.-j."),
        ("María de los Ángeles", "M. de los Á."),
        ("bell", "b."),
        ("Robert “Bob” T.", "R. T."),
        ("Лев Семёнович", "Л. С."),
        ("三郎", "三郎"),
        ("", ""),
    ],
)
def test_initials(given_name: str, printed: str) -> None:
    assert initials(given_name) == printed


def test_names_without_a_letter_are_no_names() -> None:
    assert author({}) is None
    assert author({"literal": "  "}) is None
    assert author({"family": "", "given": ""}) is None
    assert author({"family": "Jaspers", "given": "Karl, Jr."}) == Author("Jaspers", "K.", "Jr.")


def test_arabic_names_keep_their_blank_and_japanese_ones_have_none() -> None:
    assert Author("محفوظ", initials("نجيب")).full == "نجيب محفوظ"
    assert Author("鈴木", initials("三郎")).full == "鈴木三郎"


@pytest.mark.parametrize(
    ("number", "ordinal", "words"),
    [
        (0, False, "zero"),
        (50, False, "fifty"),
        (21, True, "twenty-first"),
        (12, True, "twelfth"),
        (30, True, "thirtieth"),
        (100, False, "one hundred"),
        (365, False, "three hundred sixty-five"),
        (1001, False, "one thousand one"),
        (1984, False, "nineteen eighty-four"),
        (1905, False, "nineteen oh five"),
        (1900, False, "nineteen hundred"),
        (2001, False, "two thousand one"),
        (2014, False, "twenty fourteen"),
        (12000, False, "twelve thousand"),
        (999999, False, "nine hundred ninety-nine thousand nine hundred ninety-nine"),
    ],
)
def test_numbers_as_they_are_said(number: int, ordinal: bool, words: str) -> None:
    assert spelled(number, ordinal) == words


def test_parts_are_counted_in_figures_words_and_roman() -> None:
    assert [counted(word) for word in ("2", "two", "II", "ix", "XL", "of", "")] == [2, 2, 2, 9, 40, None, None]


def test_a_number_at_the_head_is_said_and_others_are_counted() -> None:
    assert title_key("12,000 days") == "twelvethousanddays"
    assert title_key("“50 ways”") == "fiftyways"
    assert title_key("3D bodies") == "threedbodies"
    assert title_key("Year 2") < title_key("Year 10")
    assert title_key("The A to Z of grief") == "atozofgrief"
    assert title_key("A") == "a"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40).filter(lambda title: title.upper().lower() == title.lower()))
def test_title_case_changes_no_length_and_lowers_nothing(title: str) -> None:
    cased = title_case(title)
    assert len(cased) == len(title)
    assert cased.casefold() == title.casefold()


PLACES = st.lists(
    st.sampled_from(
        ["p. 45", "45", "12-15", "para 3", "¶4", "chap. 2", "1:30:40", "13:1", "Abstract", "xii-xv", "fig 2"]
    ),
    min_size=1,
    max_size=3,
).map(", ".join)


@settings(max_examples=150, deadline=None)
@given(PLACES | st.text("p.45-,:¶ Chaptxvi&", max_size=12), st.sampled_from(["", "book", "legislation"]))
def test_a_place_once_written_is_written_the_same_again(typed: str, kind: str) -> None:
    written = locator_text(typed, kind=kind)
    assert locator_text(written, kind=kind) == written


@pytest.mark.parametrize(
    ("typed", "cite"),
    [
        ("stern1985", Cite("stern1985")),
        (" stern1985 ", Cite("stern1985")),
        ("stern1985@p. 45", Cite("stern1985", "p. 45")),
        ("stern1985@  chap.  3 ", Cite("stern1985", "chap. 3")),
        ("a@b@c", Cite("a", "b@c")),
    ],
)
def test_cites_are_read(typed: str, cite: Cite) -> None:
    assert parse_cite(typed) == cite


@pytest.mark.parametrize("typed", ["", "  ", "@", "@p. 45", "stern1985@", "stern1985@  "])
def test_what_is_no_cite_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="cannot read"):
        parse_cite(typed)


def test_importing_apa_loads_nothing_heavy() -> None:
    heavy = ("dataclasses", "inspect", "json", "citeproc", "lxml", "rich", "typer", "sqlite3", "unittest", "logging")
    code = f"import sys, litbase.apa; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
