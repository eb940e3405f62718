"""The writers: the same words come out of every format, and nothing in them acts."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from litbase.domain.inline import Inlines, Link, Span, Text, plain
from litbase.render import FORMATS, html, is_web, markdown, text, writer

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "A & B &amp; C &lt; &#60;",
    "5 * 3 * 2, _under_ __dunder__ ~~struck~~ `code` **bold**",
    "1. not a list",
    "- not a list",
    "+ nor this",
    "> no quote",
    "# no heading",
    "Title\n===",
    "| a | b |",
    "back\\slash \\* here",
    "![i](http://x/y.png)",
    "<https://auto.link>",
    "$x^2$",
    "12) neither",
    "a*b*c and snake_case_word",
    "*",
    "---",
    "http://bare.example/path_with_underscores_",
]


FRAGMENTS = [name for name, form in FORMATS.items() if form.kind == "fragment"]


class Entry(NamedTuple):
    id: str
    inlines: Inlines


class Reader(HTMLParser):
    """The words, tags, addresses and ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: set[str] = set()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.words += data


def commonmark(source: str) -> Reader:
    return Reader(MarkdownIt("commonmark", {"html": True}).render(source))


# --- every format ----------------------------------------------------------------------------------


def test_every_fragment_has_its_writer() -> None:
    for name in FRAGMENTS:
        written = writer(name).reference_list([Entry("a", (Text("One"),))], "References")
        assert "One" in written
        assert "References" in written
        assert written.endswith("\n")


@pytest.mark.parametrize("name", FRAGMENTS)
def test_entries_that_print_nothing_are_left_out(name: str) -> None:
    empty = writer(name).reference_list([], "")
    assert writer(name).reference_list([Entry("a", ())], "") == empty


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("wrap", ["text", "italic", "link"])
def test_what_looks_like_markup_stays_words(words: str, wrap: str) -> None:
    tree: Inlines = (Text(words),)
    if wrap == "italic":
        tree = (Text("See "), Span("italic", tree), Text(". End"))
    elif wrap == "link":
        tree = (Text("See "), Link("https://example.org/a", tree), Text(" end"))
    spoken = " ".join(plain(tree).split())
    assert text.inline(tree) == plain(tree)

    page = Reader(html.inline(tree))
    assert " ".join(page.words.split()) == spoken
    assert page.tags <= {"em", "a"}

    marked = commonmark(markdown.inline(tree))
    assert " ".join(marked.words.split()) == spoken
    assert marked.tags <= {"em", "a", "p"}
    assert all(href.startswith("http") for href in marked.hrefs)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("*_[]()<>`\\#&!~|^$.:-+=1ax \"'/")), min_size=1, max_size=24))
def test_any_signs_stay_words(words: str) -> None:
    tree = (Text("x "), Span("italic", (Text(words),)), Text(" "), Text(words))
    spoken = "".join(plain(tree).split())
    assert "".join(Reader(html.inline(tree)).words.split()) == spoken
    marked = commonmark(markdown.inline(tree))
    assert "".join(marked.words.split()) == spoken
    assert marked.tags <= {"em", "p"}


# --- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "//evil", "ftp://x", "", "http://a b"]
)
def test_only_web_addresses_become_links(href: str) -> None:
    tree = (Link(href, (Text("words"),)),)
    assert html.inline(tree) == "words"
    assert markdown.inline(tree) == "words"
    assert not is_web(href)


def test_addresses_are_escaped() -> None:
    tree = (Link('https://a.org/?x="&y=<z>(b)', (Text("here"),)),)
    assert Reader(html.inline(tree)).hrefs == ['https://a.org/?x="&y=<z>(b)']
    assert commonmark(markdown.inline(tree)).hrefs == ["https://a.org/?x=%22&y=%3Cz%3E(b)"]


# --- emphasis --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        ((Span("italic", (Text("Title"),)), Text(". End")), "*Title*. End"),
        ((Span("italic", (Text("Title "),)), Text("end")), "*Title* end"),
        ((Span("italic", (Text("A "), Span("normal", (Text("B"),)), Text(" c"))),), "*A* B *c*"),
        ((Span("italic", (Text("A"), Span("italic", (Text("B"),)))),), "*AB*"),
        ((Span("bold", (Text("3"),)),), "**3**"),
        ((Text("p"), Span("italic", (Text("?"),)), Text("s")), "p<em>?</em>s"),
        ((Text("H"), Span("sub", (Text("2"),)), Text("O")), "H<sub>2</sub>O"),
    ],
)
def test_emphasis_in_markdown(tree: Inlines, written: str) -> None:
    assert markdown.inline(tree) == written


@pytest.mark.parametrize(
    "tree",
    [
        (Text("p"), Span("italic", (Text("“Who?”"),)), Text("s")),
        (Text("one’s "), Span("italic", (Text("P"),)), Text("s")),
        (Text("("), Span("italic", (Text("(a)"),)), Text(")")),
        (Span("italic", (Text("a"),)), Span("italic", (Text("b"),))),
        (Text("x"), Span("italic", (Text("?"),)), Text("y")),
    ],
)
def test_emphasis_next_to_letters_is_read_as_emphasis(tree: Inlines) -> None:
    marked = commonmark(markdown.inline(tree))
    assert marked.words.strip() == plain(tree)
    assert "em" in marked.tags


def test_emphasis_in_html() -> None:
    tree = (Span("italic", (Text("A "), Span("normal", (Text("B"),)))), Span("smallcaps", (Text("c"),)))
    written = '<em>A <span style="font-style:normal">B</span></em><span style="font-variant:small-caps">c</span>'
    assert html.inline(tree) == written


# --- lists -----------------------------------------------------------------------------------------


def test_html_lists_can_be_linked_into() -> None:
    entries = [Entry(name, (Text(name),)) for name in ("deyoung2015", "DeYoung 2015", "DeYoung/2015", '"><b>', "")]
    page = html.reference_list(entries, "Further & <b>reading</b>")
    read = Reader(page)
    assert read.ids[:2] == ["refs-h", "ref-deyoung2015"]
    assert len(set(read.ids)) == len(read.ids)
    assert all(re.fullmatch(r"[\w.-]+", name) for name in read.ids)
    assert read.tags == {"section", "h2", "ul", "li"}
    assert "Further & <b>reading</b>" in read.words
    assert page.count("margin-left:2em;text-indent:-2em") == 5 - 1  # an entry that prints nothing is none


def test_html_list_without_heading_names_none() -> None:
    page = html.reference_list([Entry("a", (Text("One"),))], "")
    assert "aria-labelledby" not in page
    assert "<h2" not in page


def test_text_and_markdown_lists() -> None:
    entries = [Entry("a", (Text("One."),)), Entry("b", (Span("italic", (Text("Two"),)),))]
    assert text.reference_list(entries) == "References\n\nOne.\n\nTwo\n"
    assert markdown.reference_list(entries, "Read *on*") == "## Read \\*on\\*\n\nOne.\n\n*Two*\n"
