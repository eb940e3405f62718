"""`check --fix`: what is certain is mended and nothing else is touched, in every format a draft can have."""

from collections import Counter
from pathlib import Path

import docx_drafts
import pytest
from conftest import ROOT, SHARED

from litbase.services import mend
from litbase.services.check import Checked
from litbase.services.mend import Mended

AHEAD = "The work goes on, {}, and so it is.\n\nReferences\n\n"
ENTRIES = {
    "Aron": "Aron, L. (1996). A meeting of minds. Analytic Press.",
    "Safran": "Safran, J. D., & Muran, J. C. (2000). Negotiating the alliance. Guilford.",
    "Shear": "Shear, M. K., Frank, E., & Houck, P. R. (2005). Treatment of grief. Guilford.",
    "Winnicott": "Winnicott, D. W. (1971). Playing and reality. Tavistock.",
}
LIST = "\n\n".join(ENTRIES.values()) + "\n"
ALL_CITED = "Aron (1996), Shear et al. (2005), Safran and Muran (2000), and Winnicott (1971)"


def mended(content: str | bytes, name: str = "draft.txt", library: Path | None = None, **codes) -> Mended:
    given = content if isinstance(content, bytes) else content.encode()
    return mend.mend(name, given, library, codes.get("only", ()), codes.get("ignored", ()), lambda checked: checked)


def text(content: str | bytes, name: str = "draft.txt", **codes) -> str:
    return mended(content, name, **codes).content.decode()


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Safran & Muran (2000)", "Safran and Muran (2000)"),
        ("(Safran and Muran, 2000)", "(Safran & Muran, 2000)"),
        ("(Safran and Muran 2000)", "(Safran & Muran, 2000)"),
        ("(Aron 1996)", "(Aron, 1996)"),
        ("Shear, Frank, and Houck (2005)", "Shear et al. (2005)"),
        ("Shear, Frank, and Houck’s (2005) trial", "Shear et al.’s (2005) trial"),
        ("(see Shear, Frank, & Houck, 2005)", "(see Shear et al., 2005)"),
        ("Safran et al. (2000)", "Safran and Muran (2000)"),
        ("(Safran et al., 2000)", "(Safran & Muran, 2000)"),
        ("(Shear et. al., 2005)", "(Shear et al., 2005)"),
        ("(Shear et al 2005)", "(Shear et al., 2005)"),
        ("(Aron, 1996, p. 3-5)", "(Aron, 1996, pp. 3–5)"),
        ("(Aron, 1996, pp. 3)", "(Aron, 1996, p. 3)"),
        ("(Aron, 1996: 45)", "(Aron, 1996, p. 45)"),
        ("(Winnicott, 1971; Aron, 1996)", "(Aron, 1996; Winnicott, 1971)"),
        ("(Bion, 1962 as cited in Aron, 1996)", "(Bion, 1962, as cited in Aron, 1996)"),
        ("(Bion, 1962, cited in Aron, 1996)", "(Bion, 1962, as cited in Aron, 1996)"),
    ],
)
def test_a_form_with_one_reading_is_mended(written: str, right: str) -> None:
    draft = AHEAD.format(f"{written} and {ALL_CITED}") + LIST
    done = mended(draft)
    assert done.content.decode() == draft.replace(written, right)
    assert "apa-form" not in {one.code for one in done.left.findings}


@pytest.mark.parametrize(
    "written",
    [
        "(see Winnicott, 1971, for play; Aron, 1996)",
        "(Arron, 1996)",
        "(Aron, 1997)",
        "(Bion, 1962)",
        "Aron (1996) & his friends",
        "Bell & Howell (a firm)",
    ],
)
def test_what_is_not_certain_is_left_alone(written: str) -> None:
    draft = AHEAD.format(f"{written}, {ALL_CITED}") + LIST
    assert text(draft) == draft


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Journal of Rest, 1(2), 3-5.", "Journal of Rest, 1(2), 3–5."),
        ("Journal of Rest, 1(2), 3–5. doi:10.1000/abc", "Journal of Rest, 1(2), 3–5. https://doi.org/10.1000/abc"),
        (
            "Journal of Rest, 1(2), 3–5. http://dx.doi.org/10.1000/abc",
            "Journal of Rest, 1(2), 3–5. https://doi.org/10.1000/abc",
        ),
        ("New York, NY: Guilford.", "Guilford."),
        ("Rest Press. Retrieved from https://example.org/rest", "Rest Press. https://example.org/rest"),
    ],
)
def test_an_entry_is_mended(written: str, right: str) -> None:
    draft = AHEAD.format(f"(Zane, 2001), {ALL_CITED}") + LIST + f"\nZane, Q. (2001). On rest. {written}\n"
    assert text(draft) == draft.replace(written, right)


def test_and_before_the_last_author_of_an_entry() -> None:
    draft = AHEAD.format("(Safran & Muran, 2000)") + "Safran, J. D., and Muran, J. C. (2000). The alliance. Guilford.\n"
    assert text(draft) == draft.replace("., and ", "., & ")


OUT_OF_ORDER = [ENTRIES[name] for name in ("Winnicott", "Aron", "Safran", "Shear")]


@pytest.mark.parametrize(
    ("name", "before", "entry", "between", "after"),
    [
        ("draft.txt", "References\n\n", "{}", "\n\n", "\n"),
        ("draft.txt", "References\n", "{}", "\n", ""),
        ("draft.txt", "References\r\n\r\n", "{}", "\r\n\r\n", "\r\n"),
        ("draft.md", "## References\n\n", "- {}", "\n", "\n\n[home]: https://example.org\n"),
        ("draft.md", "## References\n\n", "{}", "  \n", "\n\n## About me\n\nI am a therapist.\n"),
        ("draft.md", "## References\n\n", "> {}", "\n>\n", "\n"),
        ("draft.html", "<h2>References</h2>\n<ul>\n", "<li>{}</li>", "\n", "\n</ul>"),
        ("draft.html", "<h2>References</h2>\n", '<p class="ref">{}</p>', "\n\n", "\n<footer>© 2020</footer>"),
        ("draft.html", "<h2>References</h2>\n<p>", "{}", "<br>\n", "</p>"),
    ],
)
def test_a_list_is_put_in_order(name: str, before: str, entry: str, between: str, after: str) -> None:
    def draft(entries: list[str]) -> str:
        shown = [one.replace("&", "&amp;") if name.endswith("html") else one for one in entries]
        said = f"<p>{ALL_CITED}.</p>\n" if name.endswith("html") else f"{ALL_CITED}.\n\n"
        return said + before + between.join(entry.format(one) for one in shown) + after

    assert text(draft(OUT_OF_ORDER), name) == draft(sorted(OUT_OF_ORDER))
    assert text(draft(sorted(OUT_OF_ORDER)), name) == draft(sorted(OUT_OF_ORDER))


def test_elements_move_with_their_names_and_italics() -> None:
    one = '<li id="ref-w">Winnicott, D. W. (1971). <em>Playing and reality</em>. Tavistock.</li>'
    two, three = (f"<li>{ENTRIES[name].replace('&', '&amp;')}</li>" for name in ("Aron", "Safran"))
    ahead = f"<p>{ALL_CITED.replace('Shear et al. (2005), ', '')}.</p><h2>References</h2><ul>"
    assert text(f"{ahead}{one}{two}{three}</ul>", "a.html") == f"{ahead}{two}{three}{one}</ul>"


def test_a_list_with_words_between_its_entries_is_left_as_it_is() -> None:
    parts = "\n\n".join(f"### Part {number}\n\n{one}" for number, one in enumerate(OUT_OF_ORDER))
    draft = f"{ALL_CITED}.\n\n## References\n\n{parts}\n"
    assert text(draft, "draft.md") == draft


def test_an_entry_that_stands_twice_word_for_word_goes() -> None:
    twice = AHEAD.format(ALL_CITED) + LIST.replace("\n\nSafran", f"\n\n{ENTRIES['Aron']}\n\nSafran")
    assert text(twice) == AHEAD.format(ALL_CITED) + LIST


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-8", ""), ("cp1252", "é ")]
)
def test_all_else_stays_byte_for_byte(encoding: str, mark: str) -> None:
    odd = "" if encoding == "cp1252" else "so\u00adft, Ame\u0301lie, \u200b, "
    draft = f"{mark}{odd}one\ttwo  \r\n\r\nSafran & Muran (2000) and Aron (1996).\r\n\r\nReferences\r\n\r\n"
    draft += "\r\n\r\n".join([ENTRIES["Aron"], ENTRIES["Safran"]])
    right = draft.replace("Safran & Muran (", "Safran and Muran (")
    assert mended(draft.encode(encoding)).content == right.encode(encoding)


def test_wrapped_lines_keep_their_ends() -> None:
    draft = (
        "It was shown by Shear, Frank,\nand Houck (2005) and others (Winnicott,\n1971; Aron, 1996).\n\nReferences\n\n"
    )
    done = text(draft + LIST)
    assert done.startswith("It was shown by Shear\net al. (2005) and others (Aron, 1996;\nWinnicott, 1971).")


def test_only_what_is_asked_for() -> None:
    draft = AHEAD.format(ALL_CITED.replace("and Muran", "& Muran")) + "\n\n".join(OUT_OF_ORDER)
    ordered = text(draft, only=("order",))
    assert "Safran & Muran (2000)" in ordered
    assert ordered.index("Aron, L.") < ordered.index("Winnicott, D.")
    formed = text(draft, ignored=("order",))
    assert "Safran and Muran (2000)" in formed
    assert formed.endswith("\n\n".join(OUT_OF_ORDER))


class TestDocx:
    def draft(self, tmp_path: Path, said: str, entries: list[str]) -> bytes:
        docx_drafts.make("\n".join([said, "# References", *entries]), tmp_path / "draft.docx")
        return (tmp_path / "draft.docx").read_bytes()

    def test_words_and_paragraphs(self, tmp_path: Path) -> None:
        entries = [one.replace("Playing and reality", "*Playing and reality*") for one in OUT_OF_ORDER]
        said = ALL_CITED.replace("Safran and", "*Safran* &") + "."
        done = mended(self.draft(tmp_path, said, entries), "draft.docx")
        assert done.after == [f"{ALL_CITED}.", "References", *sorted(OUT_OF_ORDER)]
        assert not done.left.findings
        from io import BytesIO

        from docx import Document

        last = Document(BytesIO(done.content)).paragraphs[-1]
        assert [run.text for run in last.runs if run.italic] == ["Playing and reality"]

    def test_an_entry_is_added_as_the_others_are_set(self, shelf, library: Path, tmp_path: Path) -> None:
        said = "Aron (1996) and Tronick (1989)."
        done = mended(self.draft(tmp_path, said, [ENTRIES["Aron"]]), "draft.docx", library)
        assert done.after[-1].startswith("Tronick, E. Z. (1989). Emotions and emotional communication in infants.")
        assert "cited-not-listed" not in {one.code for one in done.left.findings}


class TestFromTheLibrary:
    @pytest.mark.parametrize(
        ("name", "gap", "opening", "closing"),
        [
            ("d.md", "\n\n", "", ""),
            ("d.md", "\n", "* ", ""),
            ("d.html", "\n", '<p class="r">', "</p>"),
            ("d.txt", "\n", "", ""),
        ],
    )
    def test_what_is_cited_and_owned_goes_where_it_belongs(
        self, shelf, library: Path, name: str, gap: str, opening: str, closing: str
    ) -> None:
        html = name.endswith("html")
        ahead = (
            "<p>It is so (Aron, 1996; Tronick, 1989; Winnicott, 1971).</p>"
            if html
            else ("It is so (Aron, 1996; Tronick, 1989; Winnicott, 1971).")
        )
        heading = "<h2>References</h2>" if html else "References" if name.endswith("txt") else "# References"
        entries = [f"{opening}{ENTRIES[one]}{closing}" for one in ("Aron", "Winnicott")]
        done = text(f"{ahead}\n\n{heading}\n\n{gap.join(entries)}\n", name, library=library)
        first, new, last = done.partition(f"{heading}\n\n")[2].removesuffix("\n").split(gap)
        assert [first, last] == entries
        assert new.startswith(f"{opening}Tronick, E. Z. (1989).")
        assert new.endswith(closing)
        assert "https://doi.org/10.1037/0003-066x.44.2.112" in new

    def test_a_missing_doi_is_added(self, shelf, library: Path) -> None:
        title = "Emotions and emotional communication in infants"
        entry = f"Tronick, E. Z. (1989). {title}. *American Psychologist*, *44*(2), 112–119."
        done = text(f"As Tronick (1989) says.\n\n# References\n\n{entry}\n", "d.md", library=library)
        doi = "https://doi.org/10.1037/0003-066x.44.2.112"
        assert done.endswith(f"{entry} [{doi}]({doi})\n")

    @pytest.mark.parametrize("heading", ["", "\n\n## References\n"])
    def test_a_draft_without_a_list_gets_one(self, shelf, library: Path, heading: str) -> None:
        done = text(f"As Tronick (1989) says.{heading}", "d.md", library=library)
        assert done.startswith("As Tronick (1989) says.\n\n## References\n\nTronick, E. Z. (1989).")
        assert done.count("## References") == 1


class TestCommand:
    @pytest.fixture
    def draft(self, tmp_path: Path) -> Path:
        path = tmp_path / "post.md"
        path.write_text(f"As Safran & Muran (2000) say.\n\n## References\n\n{ENTRIES['Safran']}\n", encoding="utf-8")
        return path

    def test_a_diff_is_shown_and_nothing_written(self, run, draft: Path) -> None:
        before = draft.read_bytes()
        ran = run("check", str(draft), "--fix")
        assert ran.code == 0
        assert "-As Safran & Muran (2000) say." in ran.lines
        assert "+As Safran and Muran (2000) say." in ran.lines
        assert "nothing was written" in ran.err
        assert draft.read_bytes() == before

    def test_the_mended_draft_is_written_beside_or_over_it(self, run, draft: Path, tmp_path: Path) -> None:
        out = tmp_path / "mended.md"
        assert run("check", str(draft), "--fix", "-o", str(out)).code == 0
        assert out.read_text(encoding="utf-8").startswith("As Safran and Muran (2000) say.")
        assert run("check", str(draft), "--fix", "-o", str(draft)).code == 5
        assert run("check", str(draft), "--fix", "-o", str(draft), "--force").code == 0
        assert draft.read_bytes() == out.read_bytes()
        assert run("check", str(draft), "--strict").code == 0

    def test_json(self, run, draft: Path) -> None:
        told = run("check", str(draft), "--fix", "--json").json
        assert told["fixed"]["changes"] == 1
        assert told["fixed"]["output"] is None
        assert "+As Safran and Muran (2000) say." in told["fixed"]["diff"]
        assert told["drafts"][0]["findings"] == []

    def test_misuse(self, run, draft: Path) -> None:
        assert run("check", str(draft), "-o", "x.md").code == 2
        assert run("check", str(draft), str(draft), "--fix").code == 2


def _works(checked: Checked) -> Counter:
    return Counter((work.authors[:1], work.cited.year) for work in checked.reading.works)


DRAFTS = sorted((ROOT / "tests" / "drafts").glob("[0-9]*")) + sorted((SHARED / "drafts_examples").glob("*[!n]"))


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_no_work_is_lost_in_a_real_draft_and_nothing_is_mended_twice(path: Path, tmp_path: Path) -> None:
    name, content = path.name, path.read_bytes()
    if name.endswith(".docx.txt"):
        docx_drafts.make(content.decode(), tmp_path / "draft.docx")
        name, content = "draft.docx", (tmp_path / "draft.docx").read_bytes()
    done = mended(content, name)
    assert _works(done.left) == _works(done.first)
    assert len(done.left.reading.entries) == len(done.first.reading.entries)
    before, after = (Counter(one.code for one in checked.findings) for checked in (done.first, done.left))
    assert after <= before
    again = mended(done.content, name)
    assert (again.content, again.changes) == (done.content, 0)
