"""Drafts opened: every format with its places, and what cannot be read."""

import io
import zipfile
from pathlib import Path

import docx_drafts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.drafts import Draft, opening
from litbase.errors import BadInput


def opened(text: str, path: str = "draft.md") -> Draft:
    return opening.draft(path, text.encode())


def read(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def held_to_source(draft: Draft) -> None:
    """Every letter and digit of every block stands in the source where it is said to stand."""
    lines = draft.source.split("\n")
    for block in draft.blocks:
        for offset, letter in enumerate(block.text):
            place = draft.place(block, offset)
            if letter.isalnum() and "&" not in lines[place.line - 1]:
                assert lines[place.line - 1][place.column - 1] == letter


MARKDOWN = """---
title: "Stern (1985)"
---

# A *head*

One **bold** _word_, a `code(1999)` and [a link](https://example.org/a_(b) "title"), <https://example.org>
and a second line\\* with snake_case, 2 * 3 and ![image (1999)](x.png).[^1]

> A quotation
> in two lines

- an item
  of two lines
- another, see [this][ref]

```
fenced (Smith, 2020)
```

    indented (Smith, 2020)

| a | b |
|---|---|
| (Jones, 1999) | two |

<p>Raw <em>HTML</em> &amp; all</p>

[^1]: A note.
[ref]: https://example.org/ref
"""


def test_markdown_is_read_as_it_is_seen() -> None:
    draft = opened(MARKDOWN)
    seen = [(block.kind, block.text.replace("\x01", "□")) for block in draft.blocks]
    assert seen == [
        ("heading", "A head"),
        (
            "paragraph",
            "One bold word, a □ and a link, https://example.org and a second line* with snake_case, 2 * 3 and □.",
        ),
        ("quote", "A quotation in two lines"),
        ("item", "an item of two lines"),
        ("item", "another, see this"),
        ("code", "indented (Smith, 2020)"),
        ("paragraph", "a"),
        ("paragraph", "b"),
        ("paragraph", "(Jones, 1999)"),
        ("paragraph", "two"),
        ("paragraph", "Raw HTML & all"),
        ("note", "A note."),
    ]
    held_to_source(draft)
    links = [(block.text[link.start : link.end], link.href) for block in draft.blocks for link in block.links]
    assert links == [
        ("a link", "https://example.org/a_(b)"),
        ("https://example.org", "https://example.org"),
        ("this", "https://example.org/ref"),
    ]


PAGE = """<!doctype html><html><head><title>No (1999)</title><style>p {}</style></head>
<body><nav><a href="/2020">2020</a></nav><!-- (Doe, 2001) -->
<h2 class="a>b">Head &amp; <em>all</em></h2><p>One
   two&nbsp;three<br>four <code>x(1999)</code>, <a href='https://example.org/?a=1&amp;b=2'>five</a>.
<p>An unclosed one<ul><li>first<li>second</ul>
<pre>(Smith, 2020)</pre><script>var a = "<p>(Smith, 2020)</p>";</script>
<blockquote><p>Quoted.</p></blockquote> tail</body></html>"""


def test_html_is_read_as_it_is_seen() -> None:
    draft = opened(PAGE, "page.html")
    seen = [(block.kind, block.text.replace("\x01", "□").strip()) for block in draft.blocks]
    assert seen == [
        ("heading", "Head & all"),
        ("paragraph", "One two three\nfour □, five."),
        ("paragraph", "An unclosed one"),
        ("item", "first"),
        ("item", "second"),
        ("quote", "Quoted."),
        ("paragraph", "tail"),
    ]
    held_to_source(draft)
    assert [(link.href) for block in draft.blocks for link in block.links] == ["https://example.org/?a=1&b=2"]


def test_plain_text_joins_only_what_was_wrapped() -> None:
    wrapped = (
        "A paragraph that an editor has wrapped at some sixty letters\nso that it goes on here (see Stern,\n1985).\n"
    )
    assert len(read(opened(wrapped, "a.txt"))) == 1
    assert "\n" not in read(opened(wrapped, "a.txt"))[0]
    post = (
        "A title\nA paragraph as blog editors write it, on one line, however long it may get in the end. " + "x " * 90
    )
    assert read(opened(post, "a.txt"))[0].startswith("A title\nA paragraph")


def test_docx_counts_paragraphs(tmp_path: Path) -> None:
    text = "# Head\nOne *slanted* word.\n\n- an item\n| a | b\nLast."
    docx_drafts.make(text, tmp_path / "a.docx")
    draft = opening.draft("a.docx", (tmp_path / "a.docx").read_bytes())
    seen = [(block.kind, block.text, draft.place(block, 0).line) for block in draft.blocks]
    assert seen == [
        ("heading", "Head", 1),
        ("paragraph", "One slanted word.", 2),
        ("item", "an item", 4),
        ("paragraph", "a", 4),
        ("paragraph", "b", 4),
        ("paragraph", "Last.", 5),
    ]
    assert draft.blocks[1].italics == ((4, 11),)
    held_to_source(draft)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab1 \n*_`[]()<>&;\\!#-|>é“’~", max_size=150))
def test_every_letter_knows_its_place(text: str) -> None:
    for path in ("draft.md", "draft.txt", "draft.html"):
        try:
            held_to_source(opened(text, path))
        except BadInput:
            assert not any(c.isalnum() for c in text) or path != "draft.txt"


@pytest.mark.parametrize(
    ("path", "content", "form"),
    [
        ("a.md", b"# Head", "markdown"),
        ("a.HTML", b"<p>one", "html"),
        ("a.txt", b"# not a head", "text"),
        ("-", b"<!DOCTYPE html><p>one", "html"),
        ("-", b"# Head\n\ntext", "markdown"),
        ("-", b"just text", "text"),
        ("draft", b"see [a](https://example.org)", "markdown"),
    ],
)
def test_the_format_is_told(path: str, content: bytes, form: str) -> None:
    assert opening.draft(path, content).format == form


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("“Käll”\r\nAnd\rLines\n".encode(), "“Käll”\nAnd\nLines"),
        ("“Käll”".encode("utf-16"), "“Käll”"),
        ("“Käll”".encode("cp1252"), "“Käll”"),
        ("\ufeffKäll".encode(), "Käll"),
        ("Ka\u0308ll\u200b".encode(), "Käll"),
    ],
)
def test_text_comes_in_many_encodings(content: bytes, seen: str) -> None:
    assert read(opening.draft("a.txt", content)) == [seen]


def _archive(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


_DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><w:document/>'
UNREADABLE = {
    "empty": ("a.md", b"", "empty"),
    "blank": ("a.md", b" \n \n", "empty"),
    "binary": ("a.txt", b"\x7fELF\0\0\0\0" * 50, "not a text"),
    "controls": ("a.txt", b"\x01\x02\x03\x04" * 100, "not a text"),
    "huge": ("a.txt", b"a" * (opening.LARGEST + 1), "MB"),
    "pdf": ("a.pdf", b"%PDF-1.7", "cannot read"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0 and so on", "old format"),
    "zip": ("a.docx", _archive(("readme.txt", b"no draft")), "no docx"),
    "broken zip": ("a.docx", b"PK\x03\x04 and no more", "damaged"),
    "no zip": ("a.docx", b"just text", "damaged"),
    "bomb": ("a.docx", _archive(("word/document.xml", b" " * 60_000_000)), "unpacks to 60 MB"),
    "document type": ("a.docx", _archive(("word/document.xml", _DTD)), "document type"),
    "wide document type": ("a.docx", _archive(("word/document.xml", _DTD.decode().encode("utf-16"))), "document type"),
    "no package": ("a.docx", _archive(("word/document.xml", b"<a/>")), "not a docx"),
    "only markup": ("a.html", b"<p><br></p>", "nothing to read"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused(name: str) -> None:
    path, content, words = UNREADABLE[name]
    with pytest.raises(BadInput, match=words) as raised:
        opening.draft(path, content)
    assert raised.value.hint
