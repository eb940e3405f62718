"""Whatever stands in a file, it is read, or refused in words; nothing else happens, and nothing is lost in silence."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase import readers
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES
from litbase.errors import BadInput
from litbase.readers import Entry, Listing, latex, tidying

quick = settings(max_examples=150, deadline=None)

signs = st.text(
    st.sampled_from(string.ascii_letters + string.digits + " \n\t{}\\\"'#@,;=~$^_&%<>-–.:/()é😀\u202e\x00\ufeff")
)
names_of_fields = st.sampled_from(
    ["title", "author", "editor", "year", "date", "month", "pages", "doi", "url", "isbn", "note", "annote", "keywords",
     "booktitle", "journal", "volume", "number", "crossref", "subtitle", "type", "eprint", "howpublished", "edition"]
)  # fmt: skip
kinds = st.sampled_from(["article", "book", "misc", "incollection", "thesis", "online", "string", "comment", "weird"])
tags = st.sampled_from(
    ["AU", "TI", "T2", "PY", "DA", "Y2", "SP", "EP", "DO", "UR", "SN", "KW", "N1", "M3", "C7", "XX", "A2"]
)


def braced(value: str) -> str:
    """A value whose braces match, so that the entry around it stays whole."""
    return value.replace("{", "").replace("}", "").replace("\\", "")


@st.composite
def bibtex(draw: st.DrawFn) -> str:
    fields = draw(st.lists(st.tuples(names_of_fields, signs), max_size=6))
    inner = ",\n".join(f"{name} = {{{draw(st.sampled_from([value, braced(value)]))}}}" for name, value in fields)
    return f"@{draw(kinds)}{{key,\n{inner}\n}}\n"


@st.composite
def ris(draw: st.DrawFn) -> str:
    fields = draw(st.lists(st.tuples(tags, signs), max_size=8))
    lines = "".join(f"{tag}  - {value}\n" for tag, value in fields)
    return f"TY  - {draw(st.sampled_from(['JOUR', 'BOOK', 'CHAP', 'GEN', 'x', '']))}\n{lines}ER  - \n"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | signs,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "literal", "date-parts", "raw"]), inner)
    ),
    max_leaves=8,
)
variables = st.sampled_from(
    [
        "type",
        "title",
        "author",
        "issued",
        "DOI",
        "page",
        "ISBN",
        "note",
        "id",
        "custom",
        "keyword",
        "URL",
        "edition",
        "odd",
    ]
)
csl_json = st.lists(st.dictionaries(variables, json_values), min_size=1, max_size=3).map(json.dumps)


def listing_of(content: bytes) -> Listing | None:
    """What is read of a file; None where it is refused, in words and with advice."""
    refused: BadInput | None = None
    try:
        return readers.read("some.file", content)
    except BadInput as error:
        refused = error
    assert refused.message
    assert refused.hint
    return None


def look(text: str) -> None:
    """Read a text and tidy what is in it; the shapes that come out are CSL's."""
    listing = listing_of(text.encode("utf-8", "surrogatepass"))
    if listing is None:
        return
    assert listing.entries or listing.faults or listing.form == "dois"
    for fault in listing.faults:
        assert fault.line >= 1
        assert fault.reason
    for entry in listing.entries:
        _tidy(entry)


def _tidy(entry: Entry) -> None:
    try:
        item = tidying.tidied(entry.item, entry.protected, lambda title, _: title).item
    except BadInput:
        return
    for name, value in item.items():
        if name in NAME_VARIABLES:
            assert all(
                isinstance(one, dict) and (one.get("family") or one.get("literal") or one.get("given")) for one in value
            )
        elif name in DATE_VARIABLES:
            assert "date-parts" in value or "literal" in value
        elif name != "custom":
            assert isinstance(value, str)
            assert value
    assert '<span class="nocase">' not in item.get("title", "") or '<span class="nocase">' in entry.item["title"]


@given(bibtex() | signs.map(lambda text: f"@article{{{text}"))
@quick
def test_any_bibtex(text: str) -> None:
    look(text)


@given(ris() | signs.map(lambda text: f"TY  - JOUR\n{text}"))
@quick
def test_any_ris(text: str) -> None:
    look(text)


@given(csl_json | signs.map(lambda text: f"[{{{text}"))
@quick
def test_any_csl_json(text: str) -> None:
    look(text)


@given(st.binary(max_size=300))
@quick
def test_any_bytes(content: bytes) -> None:
    listing = listing_of(content)
    if listing is not None:
        assert listing.entries or listing.faults or listing.form == "dois"


@given(signs)
@quick
def test_latex_always_comes_to_an_end_and_leaves_plain_text_alone(value: str) -> None:
    assert isinstance(latex.text(value), str)
    plain = "".join(c for c in value if c.isalnum() or c == " ")
    assert latex.text(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "@" * 60_000, "@a{" * 20_000, "{" * 100_000, '@article{a, title="' + "{" * 50_000, "@article{x,\n" * 5_000,
        "@article{a, t={" + "$a " * 50_000 + "}}", "@article{a, t={" + "\\( " * 50_000 + "}}", "TY  - JOUR\n" * 20_000,
        "TY  - JOUR\n" + "AU  - a,\n" * 20_000 + "ER  - \n", "[" * 100_000, '[{"title": ' + "9" * 10_000 + "}]",
        '[{"a":' * 20_000, "10.1234/" + "a." * 20_000, "@article{a, author={" + "{A} and " * 20_000 + "}}",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_files_are_quickly_done_with(text: str) -> None:
    import time

    begun = time.process_time()
    look(text)
    assert time.process_time() - begun < 10
