"""The table of formats, and the text formats that are no HTML: the same words in each, and none that acts."""

import re

import pytest
from reading_list import ENTRIES, HOSTILE, Entry, hostile

from litbase.cli import writing
from litbase.domain.inline import Text, plain, text
from litbase.render import FORMATS, Frame, html_page, list_writer, markdown, rtf, wordpress
from litbase.render import text as plain_text

LISTS = [name for name, form in FORMATS.items() if form.kind != "items"]
FRAME = Frame("A title", (text("First words."), text("Second words.")))


def test_the_command_line_offers_what_there_is() -> None:
    assert list(writing.LISTS + writing.ITEMS) == list(FORMATS)
    assert [name for name, form in FORMATS.items() if form.kind == "items"] == list(writing.ITEMS)
    assert [name for name, form in FORMATS.items() if form.kind == "fragment"] == list(writing.FRAGMENTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_format_says_truly_whether_it_is_text(name: str) -> None:
    assert isinstance(list_writer(name).reference_list(ENTRIES), bytes) == FORMATS[name].binary


@pytest.mark.parametrize("name", [name for name in LISTS if not FORMATS[name].binary])
def test_what_stands_around_a_list_comes_before_it(name: str) -> None:
    out = str(list_writer(name).reference_list(ENTRIES, "Read on", FRAME))
    body = out[out.find("<body>") + 1 :]
    places = [body.rindex(words) if name == "rtf" else body.index(words) for words in ("A title", "First words.")]
    places += [body.index(words) for words in ("Second words.", "Read on", "Okafor", "told for everyone", "van der")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", [name for name in LISTS if not FORMATS[name].binary])
def test_entries_that_print_nothing_are_left_out(name: str) -> None:
    assert list_writer(name).reference_list([Entry("a", ())], "") == list_writer(name).reference_list([], "")


def test_text_and_markdown_frames() -> None:
    one = [Entry("a", (Text("One."),))]
    assert plain_text.reference_list(one, "R", FRAME) == "A title\n\nFirst words.\n\nSecond words.\n\nR\n\nOne.\n"
    assert markdown.reference_list(one, "", FRAME._replace(title="*T*")) == (
        "# \\*T\\*\n\nFirst words.\n\nSecond words.\n\nOne.\n"
    )


def test_a_page_without_title_takes_its_heading() -> None:
    page = html_page.reference_list(ENTRIES, "Read & on")
    assert "<title>Read &amp; on</title>" in page
    assert '<h1 id="refs-h">Read &amp; on</h1>' in page
    assert "<h2" not in page
    assert "style=" not in page.partition("</style>")[2]


# --- WordPress -------------------------------------------------------------------------------------


def test_a_block_begins_and_ends_once() -> None:
    for entries in (ENTRIES, hostile()):
        block = wordpress.reference_list(
            entries, "Refs --> [gallery]", FRAME._replace(title="<!-- wp:x -->", jsonld=True)
        )
        assert block.startswith("<!-- wp:html -->\n")
        assert block.endswith("\n<!-- /wp:html -->\n")
        assert re.findall(r"<!--|-->", block) == ["<!--", "-->"] * 2
        # A shortcode begins with a bracket before a name.
        assert not re.search(r"\[/?[A-Za-z]", block)


def test_a_block_keeps_its_indents_in_the_element() -> None:
    assert wordpress.reference_list(ENTRIES).count("margin-left:2em;text-indent:-2em") == 2


# --- RTF -------------------------------------------------------------------------------------------

# A control word, a control sign, a character, or a brace: what an RTF reader sees.
_TOKEN = re.compile(r"\\u(-?\d+)\?|\\([a-z]+)(-?\d+)? ?|\\([\\{}*'~_-])|([{}])|(\r?\n)|(.)", re.DOTALL)
_SKIPPED = {"fonttbl", "colortbl", "stylesheet", "info", "*"}


def read_rtf(source: str) -> tuple[list[str], list[str], set[str]]:
    """The paragraphs of an RTF file, the addresses of its links, and the control words it uses."""
    assert source.isascii()
    words: set[str] = set()
    units = bytearray()
    paragraphs, links = [], []
    depth, skipped = 0, 0
    for found in _TOKEN.finditer(source):
        code, word, _, sign, brace, end, letter = found.groups()
        if brace:
            depth += 1 if brace == "{" else -1
            if depth < skipped:
                skipped = 0
        elif (word or sign) in _SKIPPED and not skipped:
            skipped = depth
        elif word == "par" and not skipped:
            paragraphs.append(units.decode("utf-16-le"))
            units = bytearray()
        elif not skipped and not end and not word:
            shown = (int(code) & 0xFFFF).to_bytes(2, "little") if code else (sign or letter).encode("utf-16-le")
            units += shown
        words |= {word} if word else set()
    assert depth == 0
    assert not units.strip(b"\0\n ")
    links += re.findall(r'fldinst\{HYPERLINK "([^"]*)"\}', source)
    return paragraphs, links, words


def test_rtf_holds_the_words_and_the_links() -> None:
    paragraphs, links, words = read_rtf(rtf.reference_list(ENTRIES, "Références", FRAME._replace(title="Ёж 🦔")))
    expected = ["Ёж 🦔", "First words.", "Second words.", "Références"]
    for entry in ENTRIES:
        expected += [plain(entry.inlines), *map(plain, entry.notes)]
    assert paragraphs == expected
    assert links == ["https://doi.org/10.5555/between.2019", "https://doi.org/10.5555/jqr.12(3).45"]
    assert {"i", "b", "super", "sub", "scaps", "fi", "li"} <= words


def test_rtf_keeps_an_entry_with_its_notes() -> None:
    lines = [line for line in rtf.reference_list(ENTRIES, "").splitlines() if line.startswith("{\\pard")]
    assert [r"\keepn" in line for line in lines] == [True, False, False]


@pytest.mark.parametrize("hostile_words", HOSTILE)
def test_rtf_obeys_no_words(hostile_words: str) -> None:
    tree = (Text(f"See {hostile_words} end"),)
    sound = read_rtf(rtf.reference_list([Entry("a", (Text("See"),))], "H"))[2]
    paragraphs, links, words = read_rtf(rtf.reference_list([Entry("a", tree)], hostile_words))
    shown = re.sub("[\x00-\x08\x0b-\x1f]", "", hostile_words.replace("\n", " "))
    assert paragraphs == [shown, f"See {shown} end"]
    assert links == []
    assert words <= sound | {"u"}


def test_rtf_addresses_stay_within_their_quotation_marks() -> None:
    links = read_rtf(rtf.reference_list(hostile()))[1]
    assert links == [f"https://example.org/{number}?q=%22'<x>%7B%5C" for number in range(len(HOSTILE))]


def test_large_print_is_eighteen_points() -> None:
    assert r"\fs36" in rtf.reference_list(ENTRIES, "", Frame(large_print=True))
    assert r"\fs36" not in rtf.reference_list(ENTRIES, "")
