"""Word files, read back by python-docx: the words of the text format, set as a reference list is."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Inches, Pt
from reading_list import ENTRIES, HOSTILE, Entry, hostile

from litbase.domain.inline import Text, plain, text
from litbase.render import Frame, docx
from litbase.render import text as plain_text


def opened(entries: list[Entry], heading: str = "References", frame: Frame = Frame()) -> Any:  # noqa: B008
    return Document(BytesIO(docx.reference_list(entries, heading, frame)))


def test_it_holds_the_words_of_the_text_format() -> None:
    frame = Frame("A title", (text("First words."), text("Second words.")))
    bare = [entry._replace(notes=()) for entry in ENTRIES]
    file = opened(bare, "Read on", frame)
    assert "\n\n".join(one.text for one in file.paragraphs) + "\n" == plain_text.reference_list(bare, "Read on", frame)
    styles = [one.style.name for one in file.paragraphs]
    assert styles == ["Title", "Normal", "Normal", "Heading 1", "Bibliography", "Bibliography"]


def test_the_indent_hangs_in_the_style() -> None:
    file = opened(ENTRIES)
    setting = file.styles["Bibliography"].paragraph_format
    assert (setting.left_indent, setting.first_line_indent) == (Inches(0.5), Inches(-0.5))
    assert all(one.paragraph_format.left_indent is None for one in file.paragraphs)
    noted = next(one for one in file.paragraphs if one.style.name == "Bibliography Note")
    assert noted.text == plain(ENTRIES[0].notes[0])


def test_an_entry_stays_with_its_notes() -> None:
    file = opened([ENTRIES[0]._replace(notes=(text("One."), text("Two."))), ENTRIES[1]], "")
    assert [one.paragraph_format.keep_with_next for one in file.paragraphs] == [True, True, None, None]
    assert file.styles["Bibliography"].paragraph_format.keep_together


def test_italics_and_raised_letters_are_real() -> None:
    first, second = (one for one in opened(ENTRIES, "").paragraphs if one.style.name == "Bibliography")
    assert [run.text for run in first.runs if run.italic] == ["Between two: A ", " of the room"]
    assert [run.text for run in second.runs if run.font.subscript] == ["2"]
    assert [run.text for run in second.runs if run.font.superscript] == ["2"]
    assert [run.text for run in second.runs if run.font.small_caps] == ["ad"]
    assert [run.text for run in second.runs if run.bold] == [" bold"]


def test_links_lead_where_they_say() -> None:
    links = [link for one in opened(ENTRIES).paragraphs for link in one.hyperlinks]
    assert [link.address for link in links] == [link.text for link in links]
    assert links[1].address == "https://doi.org/10.5555/jqr.12(3).45"
    assert all(run.style.name == "Hyperlink" for link in links for run in link.runs)


def test_the_file_says_its_language_and_title_and_nobodys_name() -> None:
    file = opened(ENTRIES, "Read on", Frame("A title"))
    told = file.core_properties
    assert (told.title, told.language, told.author, told.comments) == ("A title", "en-US", "", "")
    assert 'w:lang w:val="en-US"' in file.styles.element.xml
    assert opened([], "Read on").core_properties.title == "Read on"


def test_large_print_is_eighteen_points() -> None:
    assert opened(ENTRIES, "", Frame(large_print=True)).styles["Normal"].font.size == Pt(18)
    assert opened(ENTRIES).styles["Normal"].font.size == Pt(12)


def test_entries_that_print_nothing_are_left_out() -> None:
    assert [one.text for one in opened([Entry("a", ())], "R").paragraphs] == ["R"]


@pytest.mark.parametrize("words", HOSTILE)
def test_any_words_stay_words(words: str) -> None:
    shown = " ".join("".join(sign for sign in words if sign >= " " or sign == "\n").split())
    file = opened([Entry("a", (Text(words),))], words, Frame(words))
    assert [" ".join(one.text.split()) for one in file.paragraphs] == [shown] * 3


def test_hostile_links_lead_nowhere_else() -> None:
    kept = docx.reference_list(hostile())
    links = [link for one in Document(BytesIO(kept)).paragraphs for link in one.hyperlinks]
    assert len(links) == len(HOSTILE)
    assert all(link.address.startswith("https://example.org/") for link in links)
    with ZipFile(BytesIO(kept)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert not any(
        b"javascript:" in part for part, name in zip(parts, archive.namelist(), strict=True) if ".rels" in name
    )
