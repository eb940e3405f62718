"""Drafts built into other formats than their own, and in HTML and docx where they stand."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from litbase.errors import BadInput
from litbase.services import build as service
from litbase.services import shelf
from litbase.services.build_citing import Wanted

KEYS = ("deyoung2015", "stern2004", "tronick1989", "safran2000")
POST = """---
title: A *post* & more
---

# A post

As @deyoung2015 [p. 45] says [^1], **repair** is [see *also* @stern2004; @tronick1989].

1. One [@stern2004]
2. Two

   still two

| a | b |
|---|---|
| `@stern2004` | @stern2004 |

> Quoted words [@safran2000].

[^1]: A note [@deyoung2015, pp. 3-5].
"""


@pytest.fixture
def stocked(library: Path) -> Path:
    shelf.take(library, KEYS)
    return library


@pytest.fixture
def built(stocked: Path) -> Callable[..., bytes]:
    def call(text: str | bytes, form: str = "", path: str = "draft.md", **more: object) -> bytes:
        content = text.encode() if isinstance(text, str) else text
        made = service.build(stocked, path, content, Wanted(form, **more)).content
        assert service.build(stocked, path, content, Wanted(form, **more)).content == made
        return made

    return call


def test_markdown_as_a_fragment(built: Callable[..., bytes]) -> None:
    made = built(POST, "html").decode()
    assert made.startswith("<h1>A post</h1>")
    assert '<a href="#ref-deyoung2015" role="doc-biblioref">DeYoung (2015, p. 45)</a>' in made
    assert '(see <em>also</em> <a href="#ref-stern2004" role="doc-biblioref">Stern, 2004</a>; ' in made
    assert '<li id="ref-tronick1989"' in made
    assert '<a href="#fn-1" id="fnref-1" role="doc-noteref">1</a>' in made
    assert "<code>@stern2004</code>" in made


def test_every_link_within_a_page_leads_somewhere_and_every_name_is_one(built: Callable[..., bytes]) -> None:
    for made in (built(POST, "html-page"), built(POST, "md")):
        text = made.decode()
        names = re.findall(r'id="([^"]+)"', text)
        assert len(names) == len(set(names))
        assert {*re.findall(r'href="#([^"]+)"|\]\(#([^)]+)\)', text)} != set()
        targets = {one or other for one, other in re.findall(r'href="#([^"]+)"|\]\(#([^)]+)\)', text)}
        assert targets <= set(names)


def test_a_page_is_whole_and_its_title_inert(built: Callable[..., bytes]) -> None:
    made = built(POST, "html-page").decode()
    assert made.startswith("<!DOCTYPE html>")
    assert "<title>A *post* &amp; more</title>" in made
    assert made.rstrip().endswith("</html>")


def test_a_title_that_only_the_settings_give_stands_above_a_page(built: Callable[..., bytes]) -> None:
    for text, headings in (
        ("---\ntitle: One & *all*\n---\n\nWords.\n", ["<h1>One &amp; <em>all</em></h1>"]),
        ("---\ntitle: One\n---\n\n# Two\n", ["<h1>Two</h1>"]),
        ("## Part\n\nWords.\n", []),
    ):
        assert re.findall("<h1.*", built(text, "html-page").decode()) == headings
        assert "One" not in built(text, "html").decode()
    word = Document(BytesIO(built("---\ntitle: One\n---\n\nWords.\n", "docx"))).paragraphs[0]
    assert (word.text, word.style and word.style.name) == ("One", "Heading 1")


def test_markdown_as_text(built: Callable[..., bytes]) -> None:
    made = built(POST, "text").decode()
    assert "As DeYoung (2015, p. 45) says" in made
    assert "repair is (see also Stern, 2004; Tronick, 1989)." in made
    assert "1. One (Stern, 2004)\n2. Two\n\n    still two" in made
    assert "    Quoted words (Safran & Muran, 2000)." in made
    assert "Stern, D. N. (2004). The present moment in psychotherapy and everyday life. W. W. Norton." in made
    assert "says [1], repair" in made
    assert made.endswith("* * *\n\n[1] A note (DeYoung, 2015, pp. 3–5).\n")
    assert not re.search(r"[*<>`]", made.replace("* * *", ""))


def test_text_stays_text_and_becomes_others_unharmed(built: Callable[..., bytes]) -> None:
    text = "A *star* & <b> [brackets] 1.5\n- no list [see #1 @stern2004, * p]\n\n    far in\n\nReferences\n"
    plain = built(text, path="d.txt").decode()
    assert plain.startswith(
        "A *star* & <b> [brackets] 1.5\n- no list (see #1 Stern, 2004, * p)\n\n    far in\n\nReferences"
    )
    assert plain.endswith(
        "\n\nReferences\n\nStern, D. N. (2004). The present moment in psychotherapy and everyday life. W. W. Norton.\n"
    )
    page = built(text, "html", path="d.txt").decode()
    assert "A *star* &amp; &lt;b&gt; [brackets] 1.5\n- no list" in page
    assert "(see #1 <a" in page
    assert ", * p</a>)" in page
    assert "<p>far in</p>" in page


class TestHtml:
    PAGE = (
        "<!doctype html>\n<html><head><title>@stern2004</title></head><body class='x@stern2004'>\n"
        "<p>As @deyoung2015&rsquo;s [p. 45] work &amp; [see&nbsp;<em>also</em> @stern2004, pp. 3&ndash;5; @tronick1989]"
        " <code>[@stern2004]</code> <a href='https://m.example/@stern2004'>@stern2004</a></p>\n"
        "<script>var a = '[@stern2004]'</script>\n{}</body></html>\n"
    )

    def test_only_citations_change(self, built: Callable[..., bytes]) -> None:
        made = built(self.PAGE.format(""), path="d.html").decode()
        body = re.sub(r"</?(?:span|a)[^<>]*>", "", made.partition("<section")[0])
        assert "DeYoung’s (2015, p. 45) work &amp; (see&nbsp;<em>also</em> Stern, 2004, pp. 3–5; Tronick, 1989)" in body
        assert "<code>[@stern2004]</code>" in made
        assert "<a href='https://m.example/@stern2004'>@stern2004</a>" in made
        assert "var a = '[@stern2004]'" in made
        assert made.endswith("</section>\n</body></html>\n")

    @pytest.mark.parametrize("mark", ["<!-- references -->", '<div id="refs"></div>', "<p>{{references}}</p>"])
    def test_the_list_stands_at_its_mark(self, built: Callable[..., bytes], mark: str) -> None:
        made = built(self.PAGE.format(f"<h2>Sources</h2>\n{mark}\n<p>After</p>\n"), path="d.html").decode()
        assert re.search(r"<h2>Sources</h2>\n+<section class=\"litbase-refs\"", made)
        assert "References</h2>" not in made
        assert mark not in made
        assert made.index("</section>") < made.index("<p>After</p>")

    def test_it_becomes_nothing_but_html(self, built: Callable[..., bytes]) -> None:
        with pytest.raises(BadInput, match="docx"):
            built(self.PAGE.format(""), "docx", path="d.html")


class TestDocx:
    @staticmethod
    def draft(mark: str = "") -> bytes:
        document = Document()
        document.add_heading("A post", 1)
        paragraph = document.add_paragraph("As ")
        paragraph.add_run("@deyo").bold = True
        paragraph.add_run("ung2015 [p. ")
        paragraph.add_run("45] says, and [see ")
        paragraph.add_run("also").italic = True
        paragraph.add_run(" @stern2004] too.")
        document.add_table(1, 1).cell(0, 0).text = "In a cell [@tronick1989]."
        if mark:
            document.add_paragraph(mark)
            document.add_paragraph("After.")
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    def test_citations_are_written_into_the_paragraphs(self, built: Callable[..., bytes]) -> None:
        made = Document(BytesIO(built(self.draft(), path="d.docx")))
        texts = [paragraph.text for paragraph in made.paragraphs]
        assert texts[1] == "As DeYoung (2015, p. 45) says, and (see also Stern, 2004) too."
        assert made.tables[0].cell(0, 0).text == "In a cell (Tronick, 1989)."
        assert texts[2] == "References"
        assert texts[3].startswith("DeYoung, P. A. (2015).")
        assert made.paragraphs[3].style.name == "Bibliography"
        assert next(run.text for run in made.paragraphs[1].runs if run.text) == "As "

    def test_the_list_stands_at_its_mark(self, built: Callable[..., bytes]) -> None:
        made = Document(BytesIO(built(self.draft("{{references}}"), path="d.docx")))
        texts = [paragraph.text for paragraph in made.paragraphs]
        assert texts[2] == "References"
        assert texts[-1] == "After."
        assert "{{references}}" not in texts

    def test_links_and_names_fit_together(self, built: Callable[..., bytes]) -> None:
        for content, path in ((self.draft(), "d.docx"), (POST.encode(), "d.md")):
            made = Document(BytesIO(built(content, "docx", path=path)))
            names = [one.get(qn("w:name")) for one in made.element.iter(qn("w:bookmarkStart"))]
            targets = {one.get(qn("w:anchor")) for one in made.element.iter(qn("w:hyperlink"))} - {None}
            assert targets
            assert targets <= set(names)
            assert len(names) == len(set(names))
            assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)

    def test_a_docx_becomes_what_markdown_becomes(self, built: Callable[..., bytes]) -> None:
        made = built(self.draft("{{references}}"), "md", path="d.docx").decode()
        head, _, tail = made.partition("## References")
        words = re.sub(r'<a id="[^"]*"></a>|\]\(#[^)]*\)|\[', "", head)
        assert words == (
            "# A post\n\nAs DeYoung (2015, p. 45) says, and (see also Stern, 2004) too.\n\n"
            "| In a cell (Tronick, 1989). |\n|---|\n\n"
        )
        assert tail.endswith("\n\nAfter.\n")
        page = built(self.draft(), "html-page", path="d.docx").decode()
        assert "<title>A post</title>" in page
        assert '<li id="ref-tronick1989"' in page
        assert "(Tronick, 1989)." in built(self.draft(), "text", path="d.docx").decode()

    def test_other_parts_of_the_file_stay(self, built: Callable[..., bytes]) -> None:
        before, after = self.draft(), built(self.draft(), path="d.docx")
        with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(after)) as new:
            assert set(old.namelist()) == set(new.namelist())
            same = [name for name in old.namelist() if old.read(name) == new.read(name)]
        assert {"docProps/core.xml", "word/settings.xml", "word/theme/theme1.xml"} <= set(same)

    def test_what_has_been_deleted_is_not_cited(self, built: Callable[..., bytes]) -> None:
        document = Document(BytesIO(self.draft()))
        deleted = OxmlElement("w:del")
        run = document.add_paragraph("Kept [@safran2000] ").add_run("gone @nobody2001 [@nobody2001]")
        run._r.addprevious(deleted)
        deleted.append(run._r)
        out = BytesIO()
        document.save(out)
        assert b"PK" in built(out.getvalue(), path="d.docx")

    def test_a_new_file_has_words_styles(self, built: Callable[..., bytes]) -> None:
        made = Document(BytesIO(built(POST, "docx")))
        styles = [paragraph.style.name for paragraph in made.paragraphs]
        assert styles[0] == "Heading 1"
        assert {"Quote", "Bibliography"} <= set(styles)
        assert made.tables[0].cell(1, 1).text == "Stern (2004)"
        assert made.paragraphs[-1].text == "1 A note (DeYoung, 2015, pp. 3–5)."
        assert made.core_properties.title == "A *post* & more"


class TestTheCommand:
    def test_it_writes_and_remembers(
        self, stocked: Path, run: Callable[..., object], tmp_path: Path, monkeypatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("post.md").write_text(POST, encoding="utf-8")
        ran = run("build", "post.md", "-o", "post.html", "--json")
        assert (ran.code, ran.json["schema"], ran.json["citations"], ran.json["keys"]) == (
            0, "litbase.build/1", 6, ["deyoung2015", "safran2000", "stern2004", "tronick1989"],
        )  # fmt: skip
        assert Path("post.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert run("build", "post.md", "-o", "post.html").code == 5
        assert run("build", "post.md", "-o", "post.html", "--force").code == 0
        assert run("uses", "tronick1989").lines == ["post.md:7:74: [see *also* @stern2004; @tronick1989]"]
        assert run("uses", "safran2000", "--json").json["uses"][0]["line"] == 18
        assert "post.md\tA *post* & more\t7 citations\t4 sources" in run("drafts").out
        Path("post.md").unlink()
        assert run("drafts").out.rstrip().endswith("gone")
        assert "(the draft is gone)" in run("uses", "tronick1989").out
        assert run("drafts", "--forget", "post.md").code == 0
        assert run("drafts", "--json").json == {"schema": "litbase.drafts/1", "drafts": []}

    def test_nothing_is_written_half(
        self, stocked: Path, run: Callable[..., object], tmp_path: Path, monkeypatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("post.md").write_text("[@deyoung2105] and [@stern2004]", encoding="utf-8")
        ran = run("build", "post.md", "-o", "post.html")
        assert ran.code == 3
        assert "post.md:1:2: no source with the citekey “deyoung2105”" in ran.err
        assert "deyoung2015" in ran.err
        assert [path.name for path in tmp_path.glob("*.*")] == ["post.md"]

    def test_the_draft_is_not_written_over(
        self, stocked: Path, run: Callable[..., object], tmp_path: Path, monkeypatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("post.md").write_text("[@stern2004]", encoding="utf-8")
        assert run("build", "post.md", "-o", "./post.md", "--force").code == 2
        assert run("build", "post.md", "-f", "docx").code == 2
        assert run("build", "post.md", "-o", "post.odt").code == 2
        assert run("build", "nothing.md").code == 3

    def test_a_pipe_gets_the_bytes(self, stocked: Path, spawn: Callable[..., object]) -> None:
        ran = spawn("build", "-", "--no-links", given=b"Caf\xc3\xa9 [@stern2004]\r\n")
        assert ran.out.startswith("Café (Stern, 2004)\r\n\r\n## References\r\n\r\nStern, D. N.")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chicago-author-date", ["(Stern 2004, 45)", "Stern (2004)", "Stern’s (2004)"]),
        ("modern-language-association", ["(Stern 45)"]),
        ("ieee", ["[", "]"]),
    ],
)
def test_other_styles_have_their_own_citations(built: Callable[..., bytes], style: str, expected: list[str]) -> None:
    made = built("[@stern2004, p. 45] @stern2004 @stern2004's\n", style=style, linked=False).decode()
    assert all(one in made.split("\n")[0] for one in expected), made
