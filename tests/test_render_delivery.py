"""`refs` and `format` in every format: what is written where, what is refused, and what never leaves the library."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

from litbase.cli import writing
from litbase.render import FORMATS
from litbase.services import deliver

Run = Callable[..., Ran]
CANARY = "zebrafinch"


@pytest.fixture
def noted(shelf: Run) -> Run:
    """The shelf with a private note, a public one, and a public line in plain words on one source."""
    shelf("note", "add", "deyoung2015", f"Private {CANARY}.")
    shelf("note", "add", "deyoung2015", "--plain-words", f"Private plain {CANARY}.")
    shelf("note", "add", "deyoung2015", "--public", "A public remark.")
    shelf("note", "add", "deyoung2015", "--plain-words", "--public", "For anyone who wonders.")
    return shelf


@pytest.mark.parametrize("form", FORMATS)
def test_no_private_note_leaves_in_any_format(form: str, noted: Run, tmp_path: Path) -> None:
    path = tmp_path / "out"
    extra = [] if form in writing.ITEMS else ["--annotated"]
    assert noted("refs", "--format", form, *extra, "-o", str(path)).code == 0
    kept = path.read_bytes()
    if form == "docx":
        from docx import Document

        kept = "\n".join(one.text for one in Document(str(path)).paragraphs).encode()
    if form == "pdf":
        from test_render_pdf import drawn

        kept = drawn(kept).encode()
    assert CANARY.encode() not in kept
    assert (b"A public remark." in kept) == (form not in writing.ITEMS)


def test_a_handout_has_the_lines_in_plain_words(noted: Run, tmp_path: Path) -> None:
    from test_render_pdf import drawn

    words = tmp_path / "words.txt"
    words.write_text("Take your\ntime.\n\n \nThen read.", encoding="utf-8")
    path = tmp_path / "handout.pdf"
    line = ("refs", "deyoung2015", "--format", "pdf", "--title", "Mending", "--intro", str(words), "-o", str(path))
    assert noted(*line).code == 0
    shown = drawn(path.read_bytes())
    assert shown.startswith("MendingTake your time.Then read.Further readingDeYoung")
    assert shown.endswith("For anyone who wonders.")
    assert "public remark" not in shown


def test_plain_words_in_any_list(noted: Run) -> None:
    shown = noted("refs", "deyoung2015", "--plain-words").out
    assert "For anyone who wonders." in shown
    assert "public remark" not in shown


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_bytes_go_to_a_file_or_a_pipe_but_to_no_terminal(
    form: str, shelf: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / f"refs.{form}"
    assert shelf("refs", "--format", form, "-o", str(path)).err == f"wrote {path}\n"
    assert path.read_bytes()[:2] in (b"PK", b"%P")
    again = shelf("refs", "--format", form, "-o", str(path))
    assert again.code == 5
    assert shelf("refs", "--format", form, "-o", str(path), "--force").code == 0
    monkeypatch.setattr("litbase.cli.console.on_terminal", lambda: True)
    refused = shelf("refs", "--format", form)
    assert (refused.code, refused.out) == (2, "")
    assert "-o" in refused.err


@pytest.mark.parametrize(
    "line",
    [
        ("--format", "text", "--coins"),
        ("--format", "docx", "--jsonld"),
        ("--format", "md", "--large-print"),
        ("--format", "bibtex", "--title", "T"),
        ("--format", "ris", "--annotated"),
        ("--format", "csl-json", "--copy"),
        ("--format", "bibtex", "--heading", "H"),
    ],
)
def test_what_a_format_cannot_grant_is_refused(line: tuple[str, ...], shelf: Run) -> None:
    refused = shelf("refs", *line)
    assert (refused.code, refused.out) == (2, "")
    assert line[2] in refused.err


@pytest.mark.parametrize("option", [("--copy",), ("--output", "x")])
def test_json_is_printed_and_goes_nowhere_else(option: tuple[str, ...], shelf: Run) -> None:
    refused = shelf("refs", *option, "--json")
    assert refused.code == 2
    assert f"--json and {option[0]} do not go together" in refused.out


def test_items_come_in_list_order_and_whole(shelf: Run) -> None:
    items = json.loads(shelf("refs", "--format", "csl-json").out)
    listed = shelf("refs", "--json").json["keys"]
    assert [one["id"] for one in items] == listed
    kept = {one["citekey"]: one["item"] for one in shelf("list", "--json").json["sources"]}
    assert {one["id"]: one for one in items} == kept
    assert [line[6:] for line in shelf("refs", "--format", "ris").lines if line.startswith("ID  - ")] == listed


@pytest.mark.parametrize(("set_to", "width"), [("", 612.0), ("letter", 612.0), ("a4", 595.28)])
def test_pages_are_set_for_the_paper_that_is_set(set_to: str, width: float, shelf: Run, tmp_path: Path) -> None:
    from docx import Document

    if set_to:
        assert shelf("config", "set", "paper", set_to).code == 0
    draft = tmp_path / "post.md"
    draft.write_text("As @deyoung2015 says.", encoding="utf-8")
    built = tmp_path / "built.docx"
    assert shelf("build", str(draft), "-o", str(built)).code == 0
    made = {form: tmp_path / f"out.{form}" for form in ("docx", "rtf", "pdf")}
    for form, path in made.items():
        assert shelf("refs", "--format", form, "-o", str(path)).code == 0
    assert f"/MediaBox [0 0 {width:.2f}".encode() in made["pdf"].read_bytes()
    for path in (made["docx"], built):
        sheet: Any = Document(str(path)).sections[0]
        assert (round(sheet.page_width.pt, 1), sheet.left_margin.pt) == (round(width, 1), 72.0)
    assert f"\\paperw{round(width * 20)}\\" in made["rtf"].read_text(encoding="ascii")


def test_metadata_for_programs_in_html(shelf: Run) -> None:
    shown = shelf("refs", "deyoung2015", "--format", "html", "--coins", "--jsonld").out
    assert 'class="Z3988" title="ctx_ver=Z39.88-2004&amp;' in shown
    assert '"@type": "Book"' in shown
    assert "Z3988" not in shelf("refs", "deyoung2015", "--format", "html").out


def test_format_needs_no_library(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    given = [
        {"type": "book", "title": "One & <i>two</i>", "author": [{"family": "Ibe"}], "issued": {"date-parts": [[2001]]}}
    ]
    path.write_text(json.dumps(given), encoding="utf-8")
    assert run("format", str(path), "--format", "wordpress", "--heading", "Read").out.startswith("<!-- wp:html -->")
    assert json.loads(run("format", str(path), "--format", "csl-json").out) == [{**given[0], "id": "ibe2001"}]
    assert "title = {One \\& \\emph{two}}" in run("format", str(path), "--format", "bibtex").out
    out = tmp_path / "one.rtf"
    assert run("format", str(path), "--format", "rtf", "--title", "T", "-o", str(out)).code == 0
    assert out.read_text(encoding="ascii").startswith("{\\rtf1")


def test_a_missing_intro_is_told(shelf: Run) -> None:
    assert shelf("refs", "--format", "pdf", "--intro", "nowhere.txt").code == 3


def test_the_users_words_keep_their_paragraphs_and_addresses() -> None:
    frame = deliver.frame_of(deliver.Wanted(intro="See (https://a.example/b_c). And\nmore\x07.\n\n\n  <b>two</b> "))
    first, second = frame.intro
    assert [type(node).__name__ for node in first] == ["Text", "Link", "Text"]
    assert first[1].href == "https://a.example/b_c"  # type: ignore[union-attr]
    assert first[2].text == "). And more."  # type: ignore[union-attr]
    assert second[0].text == "<b>two</b>"  # type: ignore[union-attr]
