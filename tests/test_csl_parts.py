"""The parts of the CSL room by themselves: names, dates, numbers, quotes, cases, seams, marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.csl import marks, names, numbers
from litbase.csl.cases import APA_STOP_WORDS, cased
from litbase.csl.marks import EMPHASIS, EMPHASIS_END, ITALIC, ITALIC_END, PIECE, PIECE_END, QUOTE, QUOTE_END
from litbase.csl.punctuation import settled
from litbase.csl.quotes import Quotes, curled
from litbase.csl.reference import Day, Person, When, reference, when
from litbase.domain.inline import Link, Span, Text, plain

ENGLISH = Quotes()
GERMAN = Quotes("„", "“", "‚", "‘", False)


def piece(text: str) -> str:
    return PIECE + text + PIECE_END


def person(**parts: object) -> Person:
    read = reference({"type": "book", "author": [parts]}).fields["author"]
    assert isinstance(read, list)
    return read[0]


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "mark", "initials"),
    [
        ("Jean-Paul Marie", ". ", "J.-P. M."),
        ("J.-P. M.", ". ", "J.-P. M."),
        ("J.P.", ". ", "J. P."),
        ("Lee-ann", ". ", "L."),
        ("Maria del Carmen", ". ", "M. del C."),
        ("JM", ". ", "J. M."),
        ("Ngozi Chidi", "", "NC"),
        ("Ngozi Chidi", ".", "N.C."),
        ("Ngozi Chidi", " ", "N C"),
        ("Émile", ". ", "É."),
        ("bell", ". ", "b."),
        ("M. [Grammar Woman]", ". ", "M. [Grammar Woman]"),
        ("", ". ", ""),
        ("Derald Wing", None, "Derald Wing"),
    ],
)
def test_initials(given_name: str, mark: str | None, initials: str) -> None:
    assert names.initials(given_name, ". " if mark is None else mark, True, mark is not None) == initials


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ({"family": "van der Berg", "given": "A."}, ("Berg", "A.", "", "van der")),
        ({"family": "d'Alembert", "given": "Jean"}, ("Alembert", "Jean", "", "d’")),
        ({"family": "Beethoven", "given": "Ludwig van"}, ("Beethoven", "Ludwig", "van", "")),
        ({"family": "hooks", "given": "bell"}, ("hooks", "bell", "", "")),
        ({"family": "O'Neill", "given": "Eve"}, ("O’Neill", "Eve", "", "")),
        ({"family": "Van Dyke", "given": "Cy"}, ("Van Dyke", "Cy", "", "")),
        ({"literal": "World <b>Health</b>"}, ("World <b>Health</b>", "", "", "")),
        ({"given": "Plato"}, ("Plato", "", "", "")),
    ],
)
def test_parts_of_a_name(parts: dict[str, str], read: tuple[str, str, str, str]) -> None:
    one = person(**parts)
    assert (one.family, one.given, one.dropping, one.non_dropping) == read


# --- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"date-parts": [[2015, 3, 1]]}, When(Day(2015, 3, 1))),
        ({"date-parts": [["2015", "03"]]}, When(Day(2015, 3))),
        ({"date-parts": [[2015], [2018]]}, When(Day(2015), Day(2018))),
        ({"date-parts": [[2015], [0]]}, When(Day(2015), open=True)),
        ({"date-parts": [[2015, 21]]}, When(Day(2015, season=1))),
        ({"date-parts": [[2015]], "season": "3"}, When(Day(2015, season=3))),
        ({"date-parts": [[-350]], "circa": True}, When(Day(-350), circa=True)),
        ({"raw": "2015-03-01"}, When(Day(2015, 3, 1))),
        ({"raw": "2015/.."}, When(Day(2015), open=True)),
        ({"literal": "2018–present"}, When(None, literal="2018–present")),
        ("2015-03", When(Day(2015, 3))),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": "2015"}, None),
        ({}, None),
        ([2015], None),
    ],
)
def test_dates_are_read(value: object, read: When | None) -> None:
    assert when(value) == read


# --- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "numeric"),
    [
        *((value, True) for value in ("2", "2nd", "L2d", "2, 3", "12–15", "1 & 3")),
        *((value, False) for value in ("9,367,592", "Rev. ed.", "ICPSR 37080", "", "Summer 2019")),
    ],
)
def test_what_counts_as_a_number(value: str, numeric: bool) -> None:
    assert numbers.is_numeric(value) is numeric


@pytest.mark.parametrize(
    ("variable", "value", "plural"),
    [
        ("page", "12", False),
        ("page", "12-15", True),
        ("page", "12, 15", True),
        ("page", "e12", False),
        ("page", "xii-xv", True),
        ("number", "18-2424", False),
        ("number", "9,367,592", False),
        ("number", "3, 4", True),
        ("version", "2.0", False),
        ("number-of-volumes", "3", True),
        ("number-of-volumes", "1", False),
        ("locator", "3 and 5", True),
    ],
)
def test_plural_labels(variable: str, value: str, plural: bool) -> None:
    assert numbers.is_plural(variable, value) is plural


@pytest.mark.parametrize(
    ("value", "page_format", "printed"),
    [
        ("321-328", "expanded", "321–328"),
        ("321-8", "expanded", "321–328"),
        ("321--328", None, "321–328"),
        ("321-328", "minimal", "321–8"),
        ("321-328", "chicago", "321–28"),
        ("xii-xv", "expanded", "xii–xv"),
        ("S12-S19", "expanded", "S12–S19"),
        ("S12-S19", "chicago", "S12–19"),
        ("S101-S109", "minimal", "S101–9"),
        ("12-15, 19", "expanded", "12–15, 19"),
        ("1-B2-3", "expanded", "1-B2-3"),
    ],
)
def test_pages(value: str, page_format: str | None, printed: str) -> None:
    assert numbers.pages(value, page_format, "–") == printed


# --- quotes and cases ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "quotes", "printed"),
    [
        ('"Who?"', ENGLISH, "“Who?”"),
        ("the patient's 'no'", ENGLISH, "the patient’s “no”"),
        ("\"a 'b' c\"", ENGLISH, "“a ‘b’ c”"),
        ("“a “b” c”", ENGLISH, "“a ‘b’ c”"),
        ("the '90s", ENGLISH, "the ’90s"),
        ("rock 'n' roll", ENGLISH, "rock ’n’ roll"),
        ("parents' and children's", ENGLISH, "parents’ and children’s"),
        ("parents’ and children’s", ENGLISH, "parents’ and children’s"),
        ('5" long', ENGLISH, '5" long'),
        ("“no end", ENGLISH, "“no end"),
        ("no start” here", ENGLISH, "no start” here"),
        ('"Traum"', GERMAN, "„Traum“"),
        ("“dream”", GERMAN, "“dream”"),
        ("“a “dream” b”", GERMAN, "“a ‚dream‘ b”"),
        ("the patient’s ‘no’", ENGLISH, "the patient’s ‘no’"),
        ("plain", ENGLISH, "plain"),
        (f"{ITALIC}'s{ITALIC_END}", ENGLISH, "’s"),
        (f'{ITALIC}"x"{ITALIC_END}', ENGLISH, "“x”"),
    ],
)
def test_quotations_are_the_locales(value: str, quotes: Quotes, printed: str) -> None:
    assert marks.visible(settled(piece(curled(value)), quotes)) == printed


@pytest.mark.parametrize(
    ("value", "case", "printed"),
    [
        ("journal of loss and trauma", "title", "Journal of Loss and Trauma"),
        ("what is it? a guide", "title", "What Is It? A Guide"),
        ("child-level work", "title", "Child-Level Work"),
        ("the use of fMRI in iPhones", "title", "The Use of fMRI in iPhones"),
        ("work with between", "title", "Work With Between"),
        ("Repair", "lowercase", "repair"),
        ("audio recording", "capitalize-first", "Audio recording"),
        (f"{ITALIC}audio{ITALIC_END}", "capitalize-first", f"{ITALIC}Audio{ITALIC_END}"),
        ("two words", "capitalize-all", "Two Words"),
        ("nonsense", "no-such-case", "nonsense"),
    ],
)
def test_cases(value: str, case: str, printed: str) -> None:
    assert cased(value, case, True, APA_STOP_WORDS) == printed


def test_title_case_is_for_english() -> None:
    assert cased("revue de psychologie", "title", False) == "revue de psychologie"


def test_fixed_words_keep_their_case() -> None:
    read = reference({"type": "book", "title": 'the <span class="nocase">iris</span> of the eye'})
    assert marks.visible(cased(str(read.fields["title"]), "title", True)) == "The iris of the Eye"


# --- seams -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("joined", "printed"),
    [
        (piece("Why?") + ". " + piece("Next"), "Why? Next"),
        (piece("U.S.") + ". " + piece("Next"), "U.S. Next"),
        (piece("A..b") + ". " + piece("Next"), "A..b. Next"),
        (piece(curled("“Who?”")) + ". " + piece("Next"), "“Who?” Next"),
        (piece(curled("of “House”")) + ". " + piece("Next"), "of “House.” Next"),
        (piece(curled("of “House”")) + ", " + piece("Next"), "of “House,” Next"),
        (piece("parents’") + ". " + piece("Next"), "parents’. Next"),
        (QUOTE + piece("Who?") + QUOTE_END + ". ", "“Who?”"),
        (QUOTE + piece(curled("of “House”")) + QUOTE_END + ". ", "“of ‘House.’”"),
        (piece("2012.") + " " + ". " + piece("Next"), "2012. Next"),
        (piece("Editorial") + ", " + ".", "Editorial."),
        (piece("What?") + ": " + piece("why"), "What? why"),
        (" " + piece("x") + "  " + piece("y"), "x y"),
    ],
)
def test_where_pieces_meet(joined: str, printed: str) -> None:
    assert marks.visible(settled(joined, ENGLISH)) == printed


def test_elsewhere_marks_stay_outside_quotes() -> None:
    assert settled(QUOTE + piece("Traum") + QUOTE_END + ".", GERMAN) == "„Traum“."


# --- trees -----------------------------------------------------------------------------------------


def test_emphasis_within_italics_stands_upright() -> None:
    text = f"{ITALIC}Reading {EMPHASIS}Hamlet{EMPHASIS_END} closely{ITALIC_END}"
    inner = (Text("Reading "), Span("normal", (Text("Hamlet"),)), Text(" closely"))
    assert marks.tree(text) == (Span("italic", inner),)


def test_italics_of_the_style_within_italics_stay() -> None:
    assert marks.tree(f"{ITALIC}a{ITALIC}b{ITALIC_END}{ITALIC_END}") == (Span("italic", (Text("ab"),)),)


def test_addresses_become_links() -> None:
    assert marks.tree("See https://a.org/b(c). Or http://d.org).") == (
        Text("See "),
        Link("https://a.org/b(c)", (Text("https://a.org/b(c)"),)),
        Text(". Or "),
        Link("http://d.org", (Text("http://d.org"),)),
        Text(")."),
    )


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        (
            "https://doi.org/10.1002/(SICI)1<1::AID>3.0.CO;2-#",
            "https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0.CO;2-%23",
        ),
        ("https://doi.org/10.1/a?b", "https://doi.org/10.1/a%3Fb"),
        ("https://a.org/x?y=1#z", "https://a.org/x?y=1#z"),
        ('https://a.org/"><script>', "https://a.org/%22%3E%3Cscript%3E"),
        ("https://a.org/100%", "https://a.org/100%25"),
    ],
)
def test_links_hold_what_an_address_may_hold(address: str, linked: str) -> None:
    assert marks.href(address) == linked


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from([*sorted(marks.MARKS), "a", ".", " ", "“", "’"]), max_size=40))
def test_any_marks_make_a_tree(text: str) -> None:
    shown = plain(marks.tree(settled(text, ENGLISH)))
    assert not set(shown) & marks.MARKS
