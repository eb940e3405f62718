"""Handouts: the words that come out of a PDF again, how lines break, and what no font here prints."""

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_list import ENTRIES, HOSTILE, Entry, doi, hostile

from litbase.domain.inline import Link, Span, Text, plain, text
from litbase.errors import BadInput
from litbase.render import Frame, pdf, typefaces
from litbase.render.typesetting import Run, lines, runs

FRAME = Frame("Mending “what” breaks", (text("My own words — naïve, Øre, Žižek."),))


def streams(made: bytes) -> str:
    """What is drawn on the pages, as PDF operators."""
    found = re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)
    return "\n".join(zlib.decompress(one).decode("latin-1") for one in found if one[:1] == b"\x78")


def drawn(made: bytes) -> str:
    """The words on the pages, of a PDF set in Helvetica."""
    text_alone = re.sub(r"/Artifact BMC.*?EMC", "", streams(made), flags=re.DOTALL)
    shown = re.findall(r"\(((?:[^()\\]|\\.)*)\) Tj", text_alone, re.DOTALL)
    joined = "".join(re.sub(r"\\(.)", r"\1", one) for one in shown)
    return joined.encode("latin-1").decode("cp1252")


def test_the_words_come_out_again_in_order() -> None:
    expected = [FRAME.title, plain(FRAME.intro[0]), "Further reading"]
    for entry in ENTRIES:
        expected += [plain(entry.inlines), *map(plain, entry.notes)]
    assert drawn(pdf.reference_list(ENTRIES, frame=FRAME)) == "".join(expected)


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    made = pdf.reference_list(ENTRIES, frame=FRAME)
    tags = re.findall(rb"/S /(\w+)", made)
    assert [tag for tag in tags if tag in (b"H1", b"H2", b"P")] == [b"H1", b"P", b"H2", b"P", b"P", b"P"]
    assert b"/Figure" not in made
    assert b"/Marked true" in made
    assert b"/Lang (en-US)" in made
    assert b"/DisplayDocTitle true" in made
    pages = streams(made)
    assert pages.count("BDC") == pages.count("EMC") == 6


def test_links_lead_to_the_web_only() -> None:
    made = pdf.reference_list(hostile())
    addresses = re.findall(rb"/URI \(((?:[^()\\]|\\.)*)\)", made)
    assert {address[:20] for address in addresses} == {b"https://example.org/"}
    assert b"/JavaScript" not in made
    assert b"/JS" not in made


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_stay_words(words: str) -> None:
    made = pdf.reference_list([Entry("a", (Text(f"See {words} end."),))], words, Frame(words))
    shown = "".join("".join(sign for sign in words if sign >= " ").split())
    assert "".join(drawn(made).split()) == f"{shown}{shown}See{shown}end."


def test_many_pages_are_numbered_and_no_entry_is_parted() -> None:
    made = pdf.reference_list(ENTRIES * 30, frame=FRAME)
    pages = len(re.findall(rb"/Type /Page\b", made))
    assert pages > 3
    feet = re.findall(r"/Artifact BMC.*?\((.*?)\) Tj.*?EMC", streams(made), re.DOTALL)
    assert feet == [f"{number} / {pages}" for number in range(1, pages + 1)]
    # Each entry in one tagged sequence: none goes on overleaf.
    assert len(re.findall(rb"/S /P\b", made)) == 1 + 3 * 30


@pytest.mark.parametrize("large", [False, True])
def test_an_entry_stays_with_its_notes(large: bool) -> None:
    # Entries of all lengths, so that page ends fall everywhere.
    entries = [
        Entry(str(n), (Text("E " + "word " * (n % 37)),), (text("N " + "note " * (n % 23)),)) for n in range(150)
    ]
    made = pdf.reference_list(entries, "", Frame(large_print=large))
    assert len(re.findall(rb"/S /P\b", made)) == 2 * len(entries)
    pages = re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)
    firsts = [found for one in pages if (found := re.search(r"\((\w)", zlib.decompress(one).decode("latin-1")))]
    assert {found[1] for found in firsts} == {"E"}


def test_a_paragraph_longer_than_a_page_goes_on_overleaf() -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    made = pdf.reference_list([], "", Frame(intro=(text(long),)))
    assert drawn(made) == long
    assert len(re.findall(rb"/Type /Page\b", made)) > 2


def test_large_print_takes_more_room() -> None:
    sizes = [
        {float(size) for size in re.findall(r"/F\d+ ([\d.]+) Tf", streams(pdf.reference_list(ENTRIES, frame=frame)))}
        for frame in (FRAME, FRAME._replace(large_print=True))
    ]
    assert min(size for size in sizes[1] if size > 13) == 18
    assert max(sizes[0]) < 24


def test_an_empty_list_is_a_page_still() -> None:
    assert pdf.reference_list([], "").startswith(b"%PDF-")


# --- faces -----------------------------------------------------------------------------------------


def test_words_beyond_helvetica_are_set_in_a_face_that_has_them(tmp_path: Path) -> None:
    if not any(True for _ in typefaces.faces()):
        pytest.skip("no sans serif with all four styles is installed here")
    made = pdf.reference_list([Entry("k", (Text("Kołakowski, L. (1972). "), Span("italic", (Text("Ćwiczenia"),))))])
    assert b"/FontFile2" in made
    if shutil.which("pdftotext") is None:
        return
    (tmp_path / "one.pdf").write_bytes(made)
    shown = subprocess.run(["pdftotext", str(tmp_path / "one.pdf"), "-"], capture_output=True, check=True).stdout
    assert "Kołakowski, L. (1972). Ćwiczenia" in shown.decode()


def test_what_nothing_here_prints_is_refused_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "faces", lambda: iter(()))
    with pytest.raises(BadInput, match="prints ł") as caught:
        pdf.reference_list([Entry("k", (Text("Kołakowski"),))])
    assert "html-page" in caught.value.hint
    with pytest.raises(BadInput, match="right to left"):
        pdf.reference_list([Entry("k", (Text("שלום"),))])


def test_signs_that_look_alike_are_no_reason_to_look_for_a_face() -> None:
    assert typefaces.plain("a‐b\u2009c − d\u200b e\u0301") == "a-b c – d é"
    assert typefaces.is_western(typefaces.plain("Eubanks‐Carter − 5 ﬁne"))
    assert not typefaces.is_western("Ćwik")


# --- lines -----------------------------------------------------------------------------------------


def broken(value: str, room: float, first: float | None = None) -> list[str]:
    made = lines([Run(value)], room if first is None else first, room, lambda run: float(len(run.text)))
    return ["".join(run.text for run in line) for line in made]


@pytest.mark.parametrize(
    ("value", "room", "expected"),
    [
        ("one two three", 7, ["one two ", "three"]),
        ("https://doi.org/10.5555/abc", 16, ["https://doi.org/", "10.5555/abc"]),
        ("self-compassion", 6, ["self-", "compas", "sion"]),
        ("pages 28–44", 8, ["pages ", "28–44"]),
        ("a\xa0b c", 3, ["a\xa0b ", "c"]),
        ("", 5, []),
    ],
)
def test_lines_break_where_a_reader_expects_it(value: str, room: float, expected: list[str]) -> None:
    assert broken(value, room) == expected


def test_a_link_is_broken_only_where_no_line_holds_it() -> None:
    address = "https://doi.org/10.5555/abc"
    tree = (Text("A title. "), Link(address, (Text(address),)), Text("."))
    for room, expected in ((30, ["A title. ", f"{address}."]), (20, ["A title. ", "https://doi.org/", "10.5555/abc."])):
        made = lines(list(runs(tree)), room, room, lambda run: float(len(run.text)))
        assert ["".join(run.text for run in line) for line in made] == expected


def test_the_first_line_may_be_wider() -> None:
    assert broken("aa bb cc dd", 5, 8) == ["aa bb cc ", "dd"]


def test_a_word_in_two_styles_is_one_word() -> None:
    tree = (Text("see "), Span("italic", (Text("Title"),)), Text(", 12"))
    made = lines(list(runs(tree)), 9, 9, lambda run: float(len(run.text)))
    assert [["".join(run.text for run in line)] for line in made] == [["see "], ["Title, 12"]]


def test_runs_carry_what_is_around_them() -> None:
    tree = (Span("italic", (Text("a"), Span("normal", (Text("b"),)), Span("bold", (Text("c"),)))), doi("x"))
    assert [(run.text, run.italic, run.bold) for run in runs(tree)][:3] == [
        ("a", True, False), ("b", False, False), ("c", True, True)
    ]  # fmt: skip
    assert [run.href for run in runs((Link("u", (Text("v"),)),))] == ["u"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab -/—\xa0.é"), max_size=60), st.integers(1, 12), st.integers(1, 12))
def test_no_character_is_lost_and_no_line_too_long(value: str, first: int, rest: int) -> None:
    found = broken(value, rest, first)
    assert "".join("".join(found).split(" ")) == "".join(value.split(" "))
    for number, line in enumerate(found):
        assert len(line.rstrip(" ")) <= (rest if number else first)
