"""Reference lists found and cut into entries; which entry a citation means."""

import pytest

from litbase import drafts
from litbase.drafts import Reading
from litbase.drafts.listing import is_heading
from litbase.services.check_words import lexicon

STERN = "Stern, D. N. (1985). The interpersonal world of the infant. Basic Books."
PSYCHOLOGICAL = "American Psychological Association. (2019)"
BAKER = "Jones, A., Baker, T., & Lee, K. (2010)"
ARON = "Aron, L. (1996). A meeting of minds. Analytic Press."
LONG = (
    "Safran, J. D., & Muran, J. C. (2000). Negotiating the therapeutic alliance. Guilford\n"
    "    Press. https://doi.org/10.1000/abc"
)


def reading(text: str, path: str = "draft.md") -> Reading:
    return drafts.read(path, text.encode(), lexicon())


def listed(text: str, path: str = "draft.md") -> list[tuple[int, str]]:
    return [(one.place.line, one.reference.authors[0]) for one in reading(text, path).entries]


@pytest.mark.parametrize(
    "heading",
    ["References", "REFERENCES:", "Reference list", "Bibliography", "Works Cited", "Sources", "Further reading",
     "References and further reading", "Sources & resources", "**References**", "Literature cited",
     "7. References", "Recommended readings",
     "References for this post", "Select bibliography"],
)  # fmt: skip
def test_a_heading_is_known(heading: str) -> None:
    assert is_heading(heading)
    assert listed(f"Text.\n\n{heading}\n\n{STERN}\n", "draft.txt") == [(5, "Stern")]


@pytest.mark.parametrize(
    "line", ["Sources of strength", "The list", "A post", "", "Referencing", "Notes on grief and loss"]
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line)


LISTS = {
    "paragraphs": f"# References\n\n{STERN}\n\n{ARON}\n",
    "lines": f"# References\n{STERN}\n{ARON}\n",
    "items": f"# References\n\n- {STERN}\n- {ARON}\n",
    "numbers": f"# References\n\n1. {STERN}\n2. {ARON}\n",
    "links": f"# References\n\n[{STERN}](https://example.org)\n\n[{ARON}](https://example.org)\n",
    "underlined": f"References\n----------\n\n{STERN}\n\n{ARON}\n",
    "in bold": f"**References**\n\n{STERN}\n\n{ARON}\n",
    "with headings inside": f"## References\n\n### Books\n\n{STERN}\n\n### More\n\n{ARON}\n",
    "before more": f"## References\n\n{STERN}\n\n{ARON}\n\n## About me\n\nI am Audrey. (I trained in 1999.)\n",
    "without a heading": f"Some text (Stern, 1985).\n\n{STERN}\n\n{ARON}\n\nThank you for reading.\n",
    "with names in full": "# References\n\nStern, Daniel N. (1985). A title. Press.\n\nAron, Lewis (1996) A. Press.\n",
    "indented": f"# References\n\n    {STERN}\n\n    {ARON}\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_cut_into_entries(name: str) -> None:
    assert [who for _, who in listed(LISTS[name])] == ["Stern", "Aron"]


@pytest.mark.parametrize(
    "text",
    [
        f"References\n\n{LONG}\n\n{ARON}\n",
        f"References\n{LONG}\n{ARON}\n",
        "References\n\nSafran, J. D., &\nMuran, J. C. (2000). Negotiating. Guilford Press.\n\n" + ARON,
        "References\nSafran, J. D., & Muran,\nJ. C.\n(2000). Negotiating. Guilford Press.\n" + ARON,
    ],
)
def test_an_entry_may_be_broken_over_lines(text: str) -> None:
    found = reading(text, "draft.txt").entries
    assert [one.reference.authors for one in found] == [("Safran", "Muran"), ("Aron",)]
    assert found[0].place.line == text[: text.index("Safran")].count("\n") + 1


def test_html_lists_may_be_broken_by_br() -> None:
    page = f"<p>Text.</p><h3>Sources</h3><p>{STERN}<br>\n{ARON}<br/></p><p>© 2020 Somebody, A. All rights reserved.</p>"
    assert [who for _, who in listed(page, "a.html")] == ["Stern", "Aron"]


def test_what_is_no_list_is_prose() -> None:
    text = "# Sources\n\nOf all sources of comfort, Stern (1985) names one.\n\nIn 1985 it was new.\n"
    found = reading(text)
    assert (found.entries, [work.authors for work in found.works]) == ((), [("Stern",)])


def test_only_a_list_is_a_draft_too() -> None:
    assert listed(f"{STERN}\n\n{ARON}\n") == [(1, "Stern"), (3, "Aron")]


def agreements(text: str, *entries: str) -> list[str]:
    made = "\n\n".join(f"{entry}. A title {number}. A Press." for number, entry in enumerate(entries))
    return [work.match.agreement for work in reading(f"{text}\n\n# References\n\n{made}\n").works]


@pytest.mark.parametrize(
    ("text", "entries", "agreement"),
    [
        ("(Stern, 1985)", ["Stern, D. N. (1985)"], "listed"),
        ("(Stern, 1986)", ["Stern, D. N. (1985)"], "year"),
        ("(Stern, 1958)", ["Stern, D. N. (1985)"], "year"),
        ("(Stern, 1985a)", ["Stern, D. N. (1985)"], "year"),
        ("(Stern, 1923)", ["Stern, D. N. (1985)"], "none"),
        ("(Stern, 1985)", ["Stern, D. N. (1985a)", "Stern, D. N. (1985b)"], "ambiguous"),
        ("(Stern, 1985b)", ["Stern, D. N. (1985a)", "Stern, D. N. (1985b)"], "listed"),
        ("(Smith, 2010)", ["Smith, A. (2010)", "Smith, B. (2010)"], "ambiguous"),
        ("B. Smith (2010)", ["Smith, A. (2010)", "Smith, B. (2010)"], "listed"),
        ("(Llewelyn, 1988)", ["Llewellyn, S. P. (1988)"], "name"),
        ("(Ströbe & Schut, 1999)", ["Stroebe, M., & Schut, H. (1999)"], "name"),
        ("(Kübler-Ross, 1969)", ["Kubler-Ross, E. (1969)"], "listed"),
        ("(Bulman, 1992)", ["Janoff-Bulman, R. (1992)"], "name"),
        ("(Safran, 2000)", ["Safran, J. D., & Muran, J. C. (2000)"], "name"),
        ("(Muran & Safran, 2000)", ["Safran, J. D., & Muran, J. C. (2000)"], "name"),
        ("(Safran et al., 2000)", ["Safran, J. D., & Muran, J. C. (2000)"], "listed"),
        ("(Main et al., 1985)", ["Main, M., Kaplan, N., & Cassidy, J. (1985)"], "listed"),
        ("(Main, 1985)", ["Main, M., Kaplan, N., & Cassidy, J. (1985)"], "name"),
        ("(Jones et al., 2010)", [BAKER, "Jones, A., Clark, P., & Ray, S. (2010)"], "ambiguous"),
        ("(Jones, Clark, et al., 2010)", [BAKER, "Jones, A., Clark, P., Ito, B., & Ray, S. (2010)"], "listed"),
        ("(Lee, 2010)", ["Leo, B. (2010)"], "none"),
        ("(Freud, 1923/1961)", ["Freud, S. (1961)"], "listed"),
        ("(WHO, 2019)", ["World Health Organization. (2019)"], "listed"),
        ("(World Health Organisation, 2019)", ["World Health Organization. (2019)"], "name"),
        ("(APA, 2019)", ["American Psychiatric Association. (2011)", PSYCHOLOGICAL], "listed"),
        ("Freud and Jung (1912)", ["Jung, C. G. (1912)"], "listed"),
    ],
)  # fmt: skip
def test_a_citation_means_an_entry(text: str, entries: list[str], agreement: str) -> None:
    assert agreements(f"It is so {text}.", *entries) == [agreement]


def test_a_year_already_cited_makes_no_slip_of_a_far_one() -> None:
    assert agreements("(Shear et al., 2005, 2011)", "Shear, K., Frank, E., & Houck, P. R. (2005)") == ["listed", "none"]


SHELF = [
    "Aron, L. (1996). *A meeting of minds*. Analytic Press.",
    "Stern, D. N. (1985). *The interpersonal world of the infant*. Basic Books.",
    "Tronick, E. Z. (1989). Emotions. *American Psychologist*, *44*, 112–119.",
]


@pytest.mark.parametrize("heading", ["## My bookshelf", "**What I leaned on**", "Where all this comes from"])
@pytest.mark.parametrize("behind", ["", "\n\n## About me\n\nI write. Stern, D. N. (1985) is my favourite.\n"])
def test_a_list_under_any_words_is_one(heading: str, behind: str) -> None:
    text = f"It is so (Stern, 1985).\n\n{heading}\n\n" + "\n\n".join(SHELF) + behind
    reading = drafts.read("a.md", text.encode())
    assert [one.reference.authors for one in reading.entries] == [("Aron",), ("Stern",), ("Tronick",)]
    assert {work.match.agreement for work in reading.works} == {"listed"}


def test_sentences_that_begin_like_an_entry_are_no_list() -> None:
    text = "Stern, D. N. (1985) says so.\n\nHe was right.\n\nAron, L. (1996) says more.\n\nSo it is.\n"
    assert drafts.read("a.md", text.encode()).entries == ()
