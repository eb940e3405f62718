"""A list is read portion by portion, and nothing of that can be seen: entries, lines and faults are the same."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_any_input import bibtex, csl_json, ris
from test_formats import ZOTERO_BIB, ZOTERO_CSL, ZOTERO_RIS

from litbase import readers
from litbase.errors import BadInput
from litbase.readers import opening

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PARENTS = """@inproceedings{child, crossref = {parent}, title = {A talk}, xdata = {more, none}}
@string{jcp = {Journal}}
@article{one, title = {An article}, journal = jcp # " of it", year = 1999}
@proceedings{Parent, title = {The meeting}, year = 2001, crossref = {parent}}
@xdata{more, publisher = {Somebody}}
@book{open, title = {No end
  @ sign, and {more

@book{last, title = {Last}}
"""
SAMPLES = {
    "bibtex": (ZOTERO_BIB, PARENTS, ZOTERO_BIB * 3 + PARENTS,
        "% words\n@comment{x}\n@preamble{y}\n@book{a, title={T}}"),
    "ris": (ZOTERO_RIS, ZOTERO_RIS * 4, "TY  - BOOK\nTI  - One\nTY  - BOOK\nTI  - Two\nER  - \nER  - \nwords\n"),
    "csl-json": (
        json.dumps(ZOTERO_CSL), json.dumps(ZOTERO_CSL * 5, indent=2),
        '[{"title": "1"},\n 7,\n-12.5e3 , {"title": "3"}]',
        '{"more": {"items": [1]}, "items": [{"title":"1"},\n{"title":"2"}], "z": 1}',
        '{"title": "One",\n"type":"book"}',
        '{"title":"1"}\n\n{"title":"2"}\n', '[{"title": "1"} {"title": "2"}]', '[{"title": "1"}]]', '[{"title": "1"},]',
        '[{"title": "\\u00e9\\ud83d\\ude00"}', "[]", "{}", "[1", "tru", '{"items": {}}',
    ),
}  # fmt: skip


def told(content: bytes, form: str, portion: int) -> object:
    """What is read of a file in portions of so many bytes, or why it is refused."""
    before = opening.PORTION, opening._LINE
    opening.PORTION, opening._LINE = portion, 4 * portion
    try:
        return list(readers.entries("a file", io.BytesIO(content), form))
    except BadInput as error:
        return error.message, error.hint
    finally:
        opening.PORTION, opening._LINE = before


CASES = [(form, text) for form, texts in SAMPLES.items() for text in texts]


@pytest.mark.parametrize(("form", "text"), CASES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_portions_of_any_size_tell_the_same(form: str, text: str, encoding: str) -> None:
    content = text.encode(encoding)
    whole = told(content, form, 1 << 18)
    for portion in (1, 2, 7, 64, 500):
        assert told(content, form, portion) == whole


@given(text=bibtex() | st.lists(bibtex(), max_size=4).map("".join), portion=st.integers(1, 90))
@quick
def test_any_bibtex_in_portions(text: str, portion: int) -> None:
    # A @string that is broken off swallows what begins the next entry, where both are read together.
    if "@string" not in text:
        content = text.encode("utf-8", "surrogatepass")
        assert told(content, "bibtex", portion) == told(content, "bibtex", 1 << 18)


@given(text=st.lists(ris(), max_size=4).map("".join), portion=st.integers(1, 90))
@quick
def test_any_ris_in_portions(text: str, portion: int) -> None:
    content = text.encode("utf-8", "surrogatepass")
    assert told(content, "ris", portion) == told(content, "ris", 1 << 18)


@given(text=csl_json, cut=st.integers(0, 40), portion=st.integers(1, 90))
@quick
def test_any_csl_json_in_portions(text: str, cut: int, portion: int) -> None:
    content = text[: len(text) - cut if cut > 20 else len(text)].encode()
    assert told(content, "csl-json", portion) == told(content, "csl-json", 1 << 18)


def test_lines_in_two_encodings_are_told_apart_in_any_portions() -> None:
    entry = "TY  - BOOK\nTI  - Übertragung\nAU  - Müller, Jörg\nER  - \n"
    content = (entry.encode() + entry.encode("cp1252").replace(b"\n", b"\r\n")) * 3
    whole = told(content, "ris", 1 << 18)
    assert isinstance(whole, list)
    assert "6 lines, the first line 6, were not UTF-8" in whole[-1].text
    # Whole lines, that is: of one cut in two each half would be read as what it is.
    for portion in (8, 20, 64):
        assert told(content, "ris", portion) == whole


@pytest.mark.parametrize(
    ("form", "begin", "more"),
    [
        ("bibtex", "@book{a, title={One}}\n@book{b, title = {", "words "),
        ("bibtex", "@book{b, title = {\n", "{{{"),
        ("ris", "TY  - BOOK\nTI  - One\nER  - \nTY  - BOOK\n", "AU  - A, B\n"),
        ("ris", "TY  - BOOK\nTI  - ", "words "),
        ("csl-json", '[{"title": "One"},\n{"title": "', "words "),
        ("csl-json", '[{"title": "One"},\n{"title": [', "[],"),
        ("csl-json", '{"a": ["', "words "),
    ],
)
def test_an_entry_that_does_not_end_is_refused_by_its_length(form: str, begin: str, more: str) -> None:
    content = begin.encode() + more.encode() * (2 * opening.ENTRY // len(more))
    with pytest.raises(BadInput, match=r"what begins in line \d+ is (longer|more) than") as refused:
        list(readers.entries("a file", io.BytesIO(content), form))
    assert refused.value.hint


def test_what_is_hardly_anything_but_faults_is_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST", 10)
    with pytest.raises(BadInput, match="more than 10 of its entries cannot be read"):
        list(readers.entries("a file", io.BytesIO(b"[" + b"1," * 11 + b"1]"), "csl-json"))
    with pytest.raises(BadInput, match="more than 10 DOIs"):
        readers.dois("a file", b" ".join(b"10.1234/%d" % number for number in range(11)))


def test_strings_cannot_grow_beyond_what_is_held() -> None:
    text = '@string{a = "ab"}\n' + "@string{a = a # a}\n" * 40 + "@book{b, title = a}\n"
    with pytest.raises(BadInput, match="@string definitions"):
        list(readers.entries("a file", io.BytesIO(text.encode()), "bibtex"))
