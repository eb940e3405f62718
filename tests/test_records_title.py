"""Titles: markup, damaged letters, edges, subtitles; each kind of trouble on a title of its own making."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.inline import parse, strip
from litbase.domain.records import Cleaned, abstracts, clean_crossref, lettering, markup, mathml, notices, tidying
from litbase.errors import BadRecord


def cleaned(title: object, **fields: object) -> Cleaned:
    message = {"type": "journal-article", "title": title, **{name.replace("_", "-"): v for name, v in fields.items()}}
    return clean_crossref(message, lambda text, evidence: text)


def title_of(title: object, **fields: object) -> str:
    return str(cleaned(title, **fields).item["title"])


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Attachment &amp; loss", "Attachment & loss"),
        ("Attachment &amp;amp; loss", "Attachment & loss"),
        ("R&D in AT&T clinics", "R&D in AT&T clinics"),
        ("Change at p &lt; .05", "Change at p < .05"),
        ("If a < b and c > d, repair", "If a < b and c > d, repair"),
        ("The &lt;em&gt;Hysteria&lt;/em&gt; papers", "The <i>Hysteria</i> papers"),
        ("The &amp;lt;i&amp;gt;Hysteria&amp;lt;/i&amp;gt; papers", "The <i>Hysteria</i> papers"),
        ("The <jats:italic>in vivo</jats:italic> hour", "The <i>in vivo</i> hour"),
        ("A <strong>bold</strong> start", "A <b>bold</b> start"),
        ('<p style="margin:0">Shame and repair</p>', "Shame and repair"),
        ("Shame<br/>and repair", "Shame and repair"),
        ('A <span style="font-style: italic">later</span> grief', "A <i>later</i> grief"),
        ("A <u>lined</u> <font color='red'>text</font>", "A lined text"),
        ("Grief<script>alert('x')</script> work", "Grief work"),
        ("<i>All of it slanted</i>", "All of it slanted"),
        ("Loss <i>of a tag", "Loss of a tag"),
        ("Loss of</i> a tag", "Loss of a tag"),
        ("<i>Crossed <b>tags</i></b> here", "<i>Crossed <b>tags</b></i> here"),
        ("An empty <i></i> tag", "An empty tag"),
        ("Serum CO\n        <sub>2</sub>\n        in panic", "Serum CO<sub>2</sub> in panic"),
        ("Na\n <sub>2</sub>\n HP\n <sub>2</sub>\n study", "Na<sub>2</sub> HP<sub>2</sub> study"),
        ("Uptake of\n   <sup>18</sup>F in grief", "Uptake of <sup>18</sup>F in grief"),
        ("Studies of <i>Rattus rattus </i>mothers", "Studies of <i>Rattus rattus</i> mothers"),
        ("Mothers of<i>Rattus rattus</i>pups", "Mothers of <i>Rattus rattus</i> pups"),
        ("PPAR<i>γ</i> and mood", "PPAR<i>γ</i> and mood"),
        ("Cells<i>in vitro</i>, at rest", "Cells <i>in vitro</i>, at rest"),
        ("The <i>trans</i>generational wound", "The <i>trans</i>generational wound"),
        ("The\n  <scp>BDNF</scp>\n  gene", "The BDNF gene"),
        ("The <scp>r</scp> package", "The R package"),
        ("<scp>COVID</scp> ‐19 and couples", "COVID‐19 and couples"),
        ("On <i>Dora</i>\n  .", "On <i>Dora</i>"),
        ("Grief <!-- a note --> work", "Grief work"),
        ("Grief <![CDATA[& work]]>", "Grief & work"),
        ("Grief &nbsp; work&#x2019;s end", "Grief work’s end"),
        ("Single‐session therapy", "Single‐session therapy"),
    ],
)
def test_markup_comes_down_to_italics_and_scripts(raw: str, clean: str) -> None:
    assert title_of([raw]) == clean


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mml:math><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub><mml:mi>O</mml:mi></mml:math>",
         "H<sub>2</sub>O"),
        ("<math><msup><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup></math>", "x<sup>n+1</sup>"),
        ("<math><mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "a = 1/2"),
        ("<math><mover><mi>x</mi><mo>¯</mo></mover></math>", "x\u0304"),
        ("<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup><annotation>x_1^2</annotation></math>",
         "x<sub>1</sub><sup>2</sup>"),
        ("<math><msqrt><mi>n</mi></msqrt><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", "√n(a, b)"),
        ("<math><msub><mrow/><mn>2</mn></msub></math>", "<sub>2</sub>"),
        ("<math><mi>x", "x"),
    ],
)  # fmt: skip
def test_mathml_becomes_text(formula: str, text: str) -> None:
    assert mathml.text(formula) == text


def test_a_formula_stands_in_its_title_with_blanks_around_it() -> None:
    assert title_of(["Maps on<math><mi>C</mi></math>-spaces of <math><mi>K</mi></math> minds"]) == (
        "Maps on C-spaces of K minds"
    )


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("GonzÃ¡lez and the â€œgood enoughâ€\x9d mother", "González and the “good enough” mother"),
        ("Therapy � a primer", "Therapy – a primer"),
        ("Winnicott�s baby and the parents� bed", "Winnicott’s baby and the parents’ bed"),
        ("On �holding� in groups", "On “holding” in groups"),
        ("Der ?Wiederholungszwang? bei Freud", "Der “Wiederholungszwang” bei Freud"),
        ("Who is the patient? And who asks?", "Who is the patient? And who asks?"),
        ('Children\\\'s grief and \\"play\\"', 'Children\'s grief and "play"'),
        ("Bound by $H_2O$ and $\\alpha$", "Bound by H<sub>2</sub>O and α"),
        ("Therapy for $20, or $30 a year", "Therapy for $20, or $30 a year"),
        ('B{\\"o}hm and \\textit{Dora} at 50\\%', "Böhm and <i>Dora</i> at 50%"),
        ("Effects of .beta.-blockers on {alpha} waves", "Effects of β-blockers on α waves"),
        ("Soft\u00adhy\u200bphens", "Softhyphens"),
        ("  Two \n lines\u00a0and\ttabs ", "Two lines and tabs"),
        ("Ａ title", "Ａ title"),
    ],
)
def test_damaged_letters_are_restored(raw: str, clean: str) -> None:
    assert title_of([raw]) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Repair after rupture.", "Repair after rupture"),
        ("Repair after rupture...", "Repair after rupture..."),
        ("Is there repair?", "Is there repair?"),
        ("Therapy in the U.S.", "Therapy in the U.S."),
        ("Grief, rage, etc.", "Grief, rage, etc."),
        ("A reply to Bion et al.", "A reply to Bion et al."),
        ("Why we say no.", "Why we say no"),
        ("Remembering John F.", "Remembering John F."),
        ("<i>Dora</i> at an <i>end.</i>", "<i>Dora</i> at an <i>end</i>"),
        ("Repair after rupture<sup>1</sup>", "Repair after rupture"),
        ("Repair<sup>1</sup> after rupture<sup>2</sup>", "Repair after rupture"),
        ("Repair after rupture*", "Repair after rupture"),
        ("Repair after rupture†.", "Repair after rupture"),
        ("*Repair after rupture", "Repair after rupture"),
        ("The search for A*", "The search for A*"),
        ("Fields of 10 cm<sup>2</sup>", "Fields of 10 cm<sup>2</sup>"),
        ("Breathing of CO<sub>2</sub>", "Breathing of CO<sub>2</sub>"),
        ('"Repair after rupture', "Repair after rupture"),
        ("Repair after rupture”", "Repair after rupture"),
        ('"I was there": Repair', '"I was there": Repair'),
        ("“I was there”", "“I was there”"),
        ('"The ""good"" mother"', 'The "good" mother'),
        ("Repair : After rupture /", "Repair: After rupture"),
        ("Repair:After rupture", "Repair: After rupture"),
        ("At 10:30 or pH:Eh", "At 10:30 or pH:Eh"),
        ("Repair –", "Repair"),
        ("Book ReviewsThe art of repair", "The art of repair"),
        ("Reviewing the art of repair", "Reviewing the art of repair"),
        ("Introduction:", "Introduction"),
        ("Yes, and,", "Yes, and"),
        ("Clients and/or therapists", "Clients and/or therapists"),
    ],
)
def test_what_is_no_part_of_a_title_is_taken_off_its_edges(raw: str, clean: str) -> None:
    assert title_of([raw]) == clean


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        ("Holding", ["A history"], "Holding: A history"),
        ("Who holds?", ["A history"], "Who holds? A history"),
        ("Holding:", ["A history."], "Holding: A history"),
        ("Holding", ["", None, "A history"], "Holding: A history"),
        ("Holding", ["(2nd series)"], "Holding (2nd series)"),
        ("Holding: A history of care", ["A History of Care"], "Holding: A history of care"),
        ("Holding and its uses", ["Holding and its uses: A history"], "Holding and its uses: A history"),
        (
            "The state of the alliance in school",
            ["O estado da aliança na escola"],
            "The state of the alliance in school",
        ),
        ("Holding", ["Institute of Grief, Turku"], "Holding"),
        ("Holding", ["A <i>Dora</i> study"], "Holding: A <i>Dora</i> study"),
    ],
)
def test_the_subtitle_follows_a_colon_once(title: str, subtitle: list[object], whole: str) -> None:
    author = [{"given": "Ada", "family": "Lehto", "affiliation": [{"name": "Institute of Grief, Turku"}]}]
    assert title_of([title], subtitle=subtitle, author=author) == whole


@pytest.mark.parametrize(
    ("kind", "raw", "clean"),
    [
        ("book-chapter", "Chapter 3: Holding", "Holding"),
        ("book-chapter", "CHAPTER IV. Holding", "Holding"),
        ("book-chapter", "3. Holding", "Holding"),
        ("book-chapter", "Chapter 3", "Chapter 3"),
        ("book-chapter", "3 ways of holding", "3 ways of holding"),
        ("book-chapter", "24. Workshop", "24. Workshop"),
        ("book-chapter", "3.5 hours of holding", "3.5 hours of holding"),
        ("journal-article", "3. Holding", "3. Holding"),
    ],
)
def test_a_chapters_number_is_no_part_of_its_title(kind: str, raw: str, clean: str) -> None:
    assert title_of([raw], type=kind, DOI="10.5555/9780306406157.003") == clean


def test_the_first_title_that_says_something_is_taken_and_the_others_are_told() -> None:
    answer = cleaned(["", "Repair", "修復"], original_title=["修復の研究"])
    assert answer.item["title"] == "Repair"
    assert [change.before for change in answer.changes] == ["修復", "修復の研究"]
    assert title_of([""], original_title=["修復の研究"]) == "修復の研究"
    assert title_of("Repair, not in a list") == "Repair, not in a list"


@pytest.mark.parametrize("title", [[], [""], ["[No title]"], ["null"], ["—"], None, [None], [{}], [[["x"]]]])
def test_a_record_without_a_title_is_refused(title: object) -> None:
    with pytest.raises(BadRecord, match="no title"):
        cleaned(title)


def test_a_deleted_doi_is_refused() -> None:
    with pytest.raises(BadRecord, match="deleted"):
        cleaned(["10.5555/Gone.1"], DOI="10.5555/gone.1")
    with pytest.raises(BadRecord, match="deleted"):
        cleaned(["Some title"], container_title=["CrossRef Listing of Deleted DOIs"])


def test_sentence_case_is_asked_with_the_whole_title_and_the_abstract() -> None:
    asked: list[tuple[str, str]] = []

    def case(title: str, evidence: str) -> str:
        asked.append((title, evidence))
        return title.capitalize()

    message = {
        "type": "book-chapter",
        "title": ["Holding Hands"],
        "subtitle": ["A Study"],
        "abstract": "<jats:p>We met Bion.</jats:p>",
        "container-title": ["Hands in Therapy"],
        "ISBN": ["9780306406157"],
    }
    item = clean_crossref(message, case).item
    assert asked == [("Holding Hands: A Study", "We met Bion."), ("Hands in Therapy", "")]
    assert (item["title"], item["container-title"]) == ("Holding hands: a study", "Hands in therapy")


def test_capitals_of_another_alphabet_are_set_in_small_letters() -> None:
    assert title_of(["ПРО РОБОТУ ГОРЯ. ДУМКИ І. ФРАНКА"]) == "Про роботу горя. Думки І. франка"


@pytest.mark.parametrize(
    ("title", "bare", "kind"),
    [
        ("RETRACTED: Grief in mice", "Grief in mice", "retraction"),
        ("Retracted Article: Grief in mice", "Grief in mice", "retraction"),
        ("[Retracted] Grief in mice", "Grief in mice", "retraction"),
        ("Grief in mice (Retracted)", "Grief in mice", "retraction"),
        ("Grief in mice [RETRACTED ARTICLE]", "Grief in mice", "retraction"),
        ("WITHDRAWN: Grief in mice", "Grief in mice", "withdrawal"),
        ("TEMPORARY REMOVAL: Grief in mice", "Grief in mice", "removal"),
        ("Withdrawn: Growing up with silence", "Withdrawn: Growing up with silence", None),
        ("Retraction of: Grief in mice", "Retraction of: Grief in mice", None),
        ("The retracted self: Grief in mice", "The retracted self: Grief in mice", None),
        ("Correction to: Grief in mice", "Correction to: Grief in mice", None),
    ],
)
def test_a_stamp_on_the_title_becomes_a_notice(title: str, bare: str, kind: str | None) -> None:
    assert notices.status(title) == (bare, kind)
    answer = cleaned([title])
    assert answer.item["title"] == bare
    assert [notice.kind for notice in answer.notices] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("raw", "paragraphs"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>We asked.</jats:p>", "We asked."),
        ("<jats:p>One &amp;amp; two.</jats:p>\n <jats:p>Three <jats:italic>four</jats:italic>.</jats:p>",
         "One & two.\n\nThree four."),
        ("<jats:sec><jats:title>Aims.</jats:title><jats:p>To ask.</jats:p></jats:sec>", "Aims: To ask."),
        ("<p>Plain HTML.</p>", "Plain HTML."),
        ("Abstract Grief was studied.", "Grief was studied."),
        ("ABSTRACT: Grief.", "Grief."),
        ("Abstract thought was studied.", "Abstract thought was studied."),
        ("&lt;p&gt;Escaped.&lt;/p&gt;", "Escaped."),
        ("<jats:p />", ""),
        (["a list"], ""),
        (None, ""),
    ],
)  # fmt: skip
def test_an_abstract_becomes_plain_paragraphs(raw: object, paragraphs: str) -> None:
    assert abstracts.abstract(raw) == paragraphs


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='<>/ibsup&;lta \nXy.*"“”:()', max_size=40))
def test_what_comes_out_of_markup_is_balanced_and_cleaning_it_again_changes_nothing(text: str) -> None:
    once = tidying.blanks(markup.rich(text))
    assert all(once.count(f"<{tag}>") == once.count(f"</{tag}>") for tag in ("i", "b", "sub", "sup"))
    left = strip(once)
    assert not any(f"<{tag}>" in left for tag in ("i", "b", "sub", "sup"))
    assert tidying.blanks(markup.rich(once)) == once


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=30))
def test_text_that_was_encoded_well_is_not_mended(text: str) -> None:
    twice = text.encode().decode("latin-1")
    mended = lettering.mend(twice)
    assert mended in (text, twice)
    assert parse(tidying.blanks(text)) is not None
