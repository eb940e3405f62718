"""Hostile strings through the whole of litbase: in by every door, out by every other, and none of them does anything.

The short form runs with the suite; `LITBASE_HOSTILE=200 pytest tests/test_hostile.py` tries some 2,000 strings.
"""

import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import ROOT, Ran
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from litbase.cli import front, writing
from litbase.cli.command import Option, parameters
from litbase.domain.text import clean, clean_line
from litbase.render import FORMATS

EXAMPLES = int(os.environ.get("LITBASE_HOSTILE", "9"))
# What a terminal, a browser, a shell, SQLite, FTS5, rich, Python or a spreadsheet might take for more than text.
ACTIVE = [
    "\x1b[31m", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://evil.example\x1b\\", "\x9b31m", "\x08\x08", "\r", "\x00", "\x7f",
    "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\ud800", "[/]", "[red]", "[bold]", "[link=http://evil.example]",
    ":smile:", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</style>",
    "<i>", "</i>", "<b>x</b>", "<!--", "]]>", "&lt;script&gt;", "&amp;amp;", "&#x1b;", "javascript:alert(1)",
    "[x](javascript:alert(1))", "![x](http://evil.example)", "*", "**", "_", "`", "```", "# ", "1. ", "- ", "> ", "|",
    "p < .05 & q > 1", "=1+1", "@{x}", "{\\rtf1", "\\write18{x}", "%s", "{0}", "{{7*7}}", "$(id)", "`id`", "; rm -rf /",
    "' OR 1=1 --", '"', "NEAR(a b, 2)", "title:", "AND", "xall", "xc1", "\\u0000", "../../x", "CON", "\n\n", "\t",
    "字", "e\u0301", "ﷺ", "🏳️‍🌈", "İ", "ß", "\x02", "\x03", "\ue000", "\uf8ff", "((((", "[[[[", "@key", "[@key; p. 3]",
]  # fmt: skip
PIECE = st.one_of(st.sampled_from(ACTIVE), st.text(max_size=12))
TEXT = st.lists(PIECE, min_size=1, max_size=5).map("".join)
WORDED = TEXT.map(lambda text: f"Word {text}")
ADDRESS = st.one_of(
    st.sampled_from(
        ["javascript:alert(1)", "data:text/html,x", "https://example.org/?a=1&b=<x>", "http://a b\x1bc", "//x"]
    ),
    TEXT,
)
WORK = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article-journal", "chapter", "webpage", "thesis"]), "title": WORDED},
    optional={
        "author": st.lists(
            st.one_of(
                st.fixed_dictionaries({"family": WORDED, "given": TEXT}), st.fixed_dictionaries({"literal": WORDED})
            ),
            max_size=3,
        ),
        "abstract": TEXT,
        "container-title": TEXT,
        "publisher": TEXT,
        "URL": ADDRESS,
        "page": TEXT,
        "volume": TEXT,
        "note": TEXT,
        "id": TEXT,
        "issued": st.one_of(
            st.just({"date-parts": [[2004]]}),
            st.fixed_dictionaries({"literal": TEXT}),
            st.fixed_dictionaries({"raw": TEXT}),
        ),
    },
)

# The only sequences that litbase sends to a terminal: rich's colours and weights.
_LOOKS = re.compile(r"\x1b\[[0-9;]*m")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "div", "h1",
    "h2", "p", "ol", "ul", "li", "a", "em", "i", "strong", "b", "sup", "sub", "span", "br", "cite", "blockquote",
}  # fmt: skip


class Screen(io.TextIOWrapper):
    """Standard output in memory, of a terminal or of a pipe."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def told(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


@contextmanager
def screens(terminal: bool) -> Iterator[tuple[Screen, Screen]]:
    out, err = Screen(terminal), Screen(terminal)
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdout, sys.stderr = before


def litbase(*line: str, terminal: bool = False, codes: tuple[int, ...] = (0, 1, 2, 3, 5)) -> Ran:
    """litbase in this process; what it prints must be inert, and no exit code its own fault."""
    with screens(terminal) as (out, err):
        code = front.run(["--no-input", *line])
    ran = Ran(code, out.told(), err.told())
    assert code in codes, (line, ran)
    shown = _LOOKS.sub("", ran.out + ran.err) if terminal else ran.out + ran.err
    assert "Traceback" not in shown
    if "--json" not in line or terminal:
        assert not _OBEYED.search(shown), (line, _OBEYED.findall(shown))
    return ran


@contextmanager
def a_library() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        before = {name: os.environ.get(name) for name in ("LITBASE_LIBRARY", "TERM")}
        os.environ.update(LITBASE_LIBRARY=str(Path(name) / "library.db"), TERM="xterm-256color")
        try:
            yield Path(name)
        finally:
            for known, value in before.items():
                os.environ.update({known: value}) if value is not None else os.environ.pop(known, None)


def kept(folder: Path, work: dict[str, object]) -> str | None:
    """The citekey that a work got, coming from a file; None where it was refused."""
    path = folder / "items.json"
    path.write_text(json.dumps([work]), encoding="utf-8")
    done = litbase("add", "--from-csl", str(path), "--json")
    return done.json["sources"][0]["citekey"] if done.code == 0 else None


quickly = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Not shrunk: an example runs dozens of commands, and shows what it was at once.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(work=WORK, note=TEXT, concept=TEXT, query=TEXT)
@quickly
def test_what_comes_in_goes_out_inert_and_as_it_came(
    work: dict[str, object], note: str, concept: str, query: str
) -> None:
    with a_library() as folder:
        key = kept(folder, work)
        if key is None:
            return
        item = litbase("show", key, "--json").json["sources"][0]["item"]
        assert item["title"] == clean(str(work["title"]))
        for name in ("abstract", "publisher", "page", "container-title"):
            if name in work:
                assert item[name] == clean(str(work[name]))
        if litbase("note", "add", key, "--", note).code == 0:
            assert litbase("note", "list", key, "--json").json["notes"][0]["text"] == clean(note).strip()
        if litbase("tag", key, "--new", "--", concept).code == 0:
            assert clean_line(concept) in litbase("show", key, "--json").json["sources"][0]["concepts"]
            litbase("concept", "show", "--", concept, terminal=True)
            litbase("search", "--concept", concept)
        for terminal in (False, True):
            for line in (
                ("show", key), ("list",), ("list", "--json"), ("list", "--keys"), ("search", "--", query),
                ("search", "--", note), ("search", "word"), ("note", "list"), ("concept", "list"), ("overview",),
                ("history",), ("cite", key), ("cite", f"{key}@{query}"), ("refs",), ("refs", "--annotated"),
                ("doctor",), ("show", query), ("tag", key, "--", query), ("undo",),
                ("note", "add", "--", query, "text"),
            ):  # fmt: skip
                litbase(*line, terminal=terminal)


@given(works=st.lists(WORK, min_size=1, max_size=3))
@settings(quickly, max_examples=max(1, EXAMPLES // 3))
def test_no_list_in_any_format_holds_anything_active(works: list[dict[str, object]]) -> None:
    with a_library() as folder:
        if not [key for work in works if (key := kept(folder, work))]:
            return
        for form in lists():
            target = folder / f"out.{form}"
            shown = litbase("refs", "--format", form, "-o", str(target), "--force")
            # A font that lacks a sign is told, and no list is written.
            assert shown.code == 0 or (form == "pdf" and "font" in shown.err), (form, shown.err)
            if FORMATS[form].binary or shown.code:
                assert target.exists() == (shown.code == 0)
                continue
            text = target.read_text(encoding="utf-8")
            assert not _OBEYED.search(text), (form, _OBEYED.findall(text))
            if "html" in form or form == "wordpress":
                harmless(text)
            if form == "md":
                from markdown_it import MarkdownIt

                harmless(MarkdownIt("commonmark", {"html": True}).render(text))


def lists() -> list[str]:
    """The formats that `refs` takes."""
    (option,) = [one.spec for one in parameters(writing.refs) if one.name == "format"]
    assert isinstance(option, Option)
    return [name for name in option.choices if name in FORMATS]


class Reading(HTMLParser):
    """Gathers the tags and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def harmless(text: str) -> None:
    """Assert that a page has no tag or attribute but a list's own, and leads to the web only."""
    reading = Reading()
    reading.feed(text)
    for tag, attributes in reading.seen:
        assert tag in _TAGS or (tag == "script" and attributes == {"type": "application/ld+json"}), tag
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcdoc", "formaction")]
        href = attributes.get("href")
        assert href is None or href.startswith(("https://", "http://", "#")), href


@given(parts=st.lists(st.one_of(TEXT, st.just("(Stern, 2004)"), st.just("[@stern2004]"), st.just("\n\n")), max_size=12))
@quickly
def test_a_draft_of_anything_is_read(parts: list[str]) -> None:
    with a_library() as folder:
        kept(folder, {"type": "book", "title": "Moments", "author": [{"family": "Stern"}], "id": "stern2004"})
        for ending in ("md", "html", "txt"):
            draft = folder / f"draft.{ending}"
            draft.write_text(
                f"Stern wrote (Stern, 2004).\n\n{''.join(parts)}", encoding="utf-8", errors="surrogatepass"
            )
            litbase("check", str(draft))
            litbase("check", str(draft), terminal=True)
            litbase("check", str(draft), "--json")


@given(text=TEXT)
@quickly
def test_no_word_on_the_line_is_taken_for_more(text: str) -> None:
    with a_library():
        for line in (
            (text,), ("show", text), ("add", text, "--offline"), ("add", "--manual", text), ("config", "get", text),
            ("concept", text), ("backup", "verify", text), ("list", "--sort", text), ("search", "--year", text, "x"),
            ("refs", "--style", text), ("sentence-case", "--", text), ("doctor", text),
            ("--library", text, "list", "-n", "x"),
        ):  # fmt: skip
            litbase(*line, terminal=True, codes=(0, 1, 2, 3, 4, 5, 6))


def test_bytes_that_are_no_utf8_are_told() -> None:
    import subprocess

    line = [sys.executable, "-m", "litbase", "search", b"caf\xe9 \x1b"]
    done = subprocess.run(line, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 5
    assert done.stderr.startswith("error: “caf? ␛” is not UTF-8".encode())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_on_a_real_terminal(tmp_path: Path) -> None:
    import pty

    title = "Word " + " ".join(
        piece for piece in ACTIVE if piece.isprintable() or piece in ("\x1b[31m", "\u202e", "\x9b31m")
    )
    with a_library() as folder:
        key = kept(folder, {"type": "book", "title": title, "author": [{"family": "[/] \x1b]52;c;aGk=\x07Stern"}]})
        assert key is not None
        for line in (
            ["list"],
            ["show", key],
            ["refs"],
            ["search", "word"],
            ["list", "--json"],
            ["show", "no[/]\x1b[31mne"],
        ):
            told = _on_a_terminal(pty, line)
            assert b"Traceback" not in told
            assert not _OBEYED.search(_LOOKS.sub("", told.decode()).replace("\r\n", "\n")), (line, told)


def _on_a_terminal(pty: object, line: list[str]) -> bytes:
    """What litbase sends to a terminal of its own."""
    child, handle = pty.fork()  # type: ignore[attr-defined]
    if not child:
        os.environ.update(PYTHONPATH=str(ROOT), TERM="xterm-256color", COLUMNS="80")
        os.execv(sys.executable, [sys.executable, "-m", "litbase", *line])
    told = b""
    try:
        while piece := os.read(handle, 65536):
            told += piece
    except OSError:  # how a terminal ends on Linux
        pass
    finally:
        os.close(handle)
        os.waitpid(child, 0)
    return told
