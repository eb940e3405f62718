"""Building: a draft with citekeys in it becomes a text with its citations written out and its reference list.

`drafts/pandoc.py` finds what to replace, `build_citing.py` writes the citations, `build_markup.py` puts them
into the text. What comes back is finished; saving it is the caller's.
"""

from collections.abc import Sequence
from json import loads
from typing import NamedTuple

from litbase import csl
from litbase.domain.library import Source as Owned
from litbase.drafts import build_source, pandoc, pandoc_marks
from litbase.drafts.build_source import Source
from litbase.drafts.pandoc import Scan
from litbase.errors import BadInput, NotFound
from litbase.place import Place
from litbase.store.ledger_reader import Use
from litbase.store.reader import Reader

from . import build_markup, build_reading, build_word, printing, refer
from .build_citing import Kept, Wanted, leading, listed, written
from .build_markup import Script

FORMATS = ("md", "html", "html-page", "text", "docx")
# What the name of a file asks for.
ENDINGS = {
    "md": "md", "markdown": "md", "mdown": "md", "qmd": "md", "html": "html-page", "htm": "html-page",
    "txt": "text", "text": "text", "docx": "docx",
}  # fmt: skip
# Characters of a citation that the ledger keeps.
_LONGEST = 300
# Unknown keys for which the nearest are looked up.
_MOST = 20
_OWN = {"markdown": "md", "html": "html", "text": "text", "docx": "docx"}
# By what a draft is and what is made of it: the writer of citations, what links are, the writer of the list.
_SCRIPTS = {
    ("markdown", "md"): Script("md", "md", "md"),
    ("markdown", "html"): Script("md", "html", "html"),
    ("markdown", "html-page"): Script("md", "html", "html"),
    ("markdown", "text"): Script("md", "", "md"),
    ("markdown", "docx"): Script("md", "named", "md"),
    ("html", "html"): Script("html", "html", "html"),
    ("html", "html-page"): Script("html", "html", "html"),
    ("text", "text"): Script("text", "", "text"),
    ("text", "md"): Script("md", "md", "md"),
    ("text", "html"): Script("md", "html", "html"),
    ("text", "html-page"): Script("md", "html", "html"),
    ("text", "docx"): Script("md", "named", "md"),
    ("docx", "docx"): Script("text", "", "text"),
    ("docx", "md"): Script("md", "md", "md"),
    ("docx", "html"): Script("md", "html", "html"),
    ("docx", "html-page"): Script("md", "html", "html"),
    ("docx", "text"): Script("md", "", "md"),
}


class Built(NamedTuple):
    """A finished draft: its bytes, the citekeys of its list in order, how many citations were written.

    `uses` is what the ledger is to know: each source where the draft cites it.
    """

    content: bytes
    form: str
    title: str
    keys: list[str]
    citations: int
    uses: list[Use]
    remarks: list[str]


def build(library: Place, path: str, content: bytes, wanted: Wanted) -> Built:
    """The finished text of a draft, given as a file's bytes; `path` is how the user calls it.

    Raises: NotFound, with file, line and the nearest, for citekeys the library lacks and for an unknown
    style; BadInput for a draft that cannot be read or not be made into that format; LibraryError.
    """
    source = build_source.source(path, content)
    form = wanted.form or _OWN[source.form]
    script = _script(source, form, wanted.linked)
    style = csl.open_style(wanted.style, refer.style_folders())
    with Reader(library) as reader:
        shelf = _Shelf(reader)
        scan = pandoc.scan(source.text, source.marked_as, shelf.citekey)
        _refuse(source, scan, reader)
        remarks = [*source.remarks, *_strays(source, scan, reader)]
        uses = _uses(source, scan)
        if source.form == "docx" and script.writer == "md":
            source = source._replace(form="markdown", text=build_reading.markdown(content, shelf.citekey))
            scan = pandoc.scan(source.text, "markdown", shelf.citekey)
        elif source.form == "text" and script.writer == "md":
            source, scan = build_markup.as_markdown(source, scan)
    title = build_source.title(source.text, source.form)
    more = cited_in_words(library, path, content) if scan.marks else []
    keys = list(dict.fromkeys([*listed(scan.citations), *more]))
    chosen = refer.choose(library, keys, None, wanted.style) if keys else refer.Chosen([], [])
    remarks += _on_the_list(source, scan, keys)
    items = shelf.items(library, [*keys, *_originals(scan)])
    kept = Kept()
    text = written(scan.citations, items, more, style, kept, build_markup.href)
    addresses = {build_markup.href(one.id) for one in chosen.listed}
    text = text._replace(citations=[leading(tree, addresses) for tree in text.citations])
    if source.form == "docx":
        made = build_word.changed(source, content, scan, text, chosen.listed, wanted, kept)
    else:
        finished = build_markup.placed(source, scan, text, chosen.listed, wanted.heading, script, kept)
        made = _as(form, finished, source, title)
    return Built(
        made,
        form,
        title,
        [one.id for one in chosen.listed],
        len(scan.citations),
        uses,
        [*remarks, *chosen.remarks],
    )


def cited(library: Place, path: str, content: bytes) -> list[str]:
    """The citekeys of what a draft cites and the library holds, in the order of the text.

    Keys in pandoc's syntax come first, then works cited in plain words. `content` are the draft's bytes.

    Raises: NotFound for keys the library lacks; BadInput; LibraryError.
    """
    source = build_source.source(path, content)
    with Reader(library) as reader:
        scan = pandoc.scan(source.text, source.marked_as, _Shelf(reader).citekey)
        _refuse(source, scan, reader)
    return list(dict.fromkeys([*listed(scan.citations), *cited_in_words(library, path, content)]))


def cited_in_words(library: Place, path: str, content: bytes) -> list[str]:
    """The citekeys of works that a draft cites as readers see it, "Stern (1985)", in the order of the text.

    A work that could be more than one source of the library is left out.

    Raises: BadInput; LibraryError.
    """
    from litbase import drafts

    from . import check_library
    from .check_words import lexicon

    owned = check_library.look(drafts.read(path, content, lexicon()), library)
    return list(dict.fromkeys(key for key in owned.cited if key))


class _Shelf:
    """The library, asked once for each key."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, Owned | None] = {}

    def citekey(self, key: str) -> str | None:
        """The citekey that a key stands for."""
        if key not in self._known:
            self._known[key] = self._reader.source(key)
        found = self._known[key]
        return found.citekey if found else None

    def items(self, library: Place, keys: Sequence[str]) -> dict[str, dict[str, object]]:
        """The items of some citekeys, by citekey."""
        known = {one.citekey: one for one in self._known.values() if one is not None}
        missing = [key for key in keys if key not in known]
        if missing:
            with Reader(library) as reader:
                known.update((key, one) for key in missing if (one := reader.source(key)) is not None)
        return {key: loads(known[key].item) for key in dict.fromkeys(keys)}


def _originals(scan: Scan) -> list[str]:
    """The works that are cited through others."""
    return [work.citekey for citation in scan.citations for work in citation.works if work.read_in]


def _script(source: Source, form: str, linked: bool) -> Script:
    """How a draft is written in a format.

    Raises: BadInput where it cannot be.
    """
    found = _SCRIPTS.get((source.form, form))
    if found is None:
        able = [to for of, to in _SCRIPTS if of == source.form]
        kind = {"html": "HTML", "docx": "docx"}.get(source.form, source.form)
        raise BadInput(
            f"a draft in {kind} cannot be made into {form}", f"{kind} becomes {' or '.join(able)}; Markdown becomes any"
        )
    return found if linked else found._replace(tags="")


def _refuse(source: Source, scan: Scan, reader: Reader) -> None:
    """Stop where a key is none of the library's, or two marks ask for the list.

    Raises: NotFound, naming every such key with its place; BadInput.
    """
    if len(scan.marks) > 1:
        lines = [place.line for place in source.places(mark.start for mark in scan.marks)]
        raise BadInput(
            f"{source.path} has {len(scan.marks)} marks for the list (lines {', '.join(map(str, lines))})", "leave one"
        )
    unknown = scan.unknown
    if not unknown:
        return
    told = []
    for work, place in zip(unknown, source.places(work.at for work in unknown), strict=True):
        told.append((f"{source.path}:{place.line}:{place.column}: no source with the citekey “{work.key}”", work.key))
    if len(told) == 1:
        near = _near(told[0][1], reader)
        raise NotFound(told[0][0], f"did you mean {' or '.join(near)}?" if near else "litbase list shows them all")
    facts = [
        fact + (f" ({' or '.join(near)}?)" if number < _MOST and (near := _near(key, reader)) else "")
        for number, (fact, key) in enumerate(told)
    ]
    raise NotFound("\n".join(facts), "nothing was written; litbase list shows the keys there are")


def _on_the_list(source: Source, scan: Scan, keys: Sequence[str]) -> list[str]:
    """What the user should know of where the list goes."""
    if not keys:
        return ["nothing is cited, so there is no list"]
    if scan.marks or pandoc_marks.waiting(source.text, source.marked_as):
        return []
    return [
        f"{source.path}:{place.line}: a list stands here already; the new one is at the end, "
        "or where you put {{references}}"
        for place in source.places(pandoc_marks.lists(source.text, source.marked_as))
    ]


def _near(key: str, reader: Reader) -> list[str]:
    from litbase.match import nearest

    return list(nearest(key, reader.citekeys_like(key), cutoff=60))


def _strays(source: Source, scan: Scan, reader: Reader) -> list[str]:
    """A sentence for each word that looks like a citekey and is none."""
    if not scan.strays:
        return []
    told = []
    for (key, _), place in zip(scan.strays, source.places(at for _, at in scan.strays), strict=True):
        near = _near(key, reader)
        meant = f"; did you mean @{near[0]}?" if near else ""
        told.append(f"{source.path}:{place.line}:{place.column}: @{key} is no citekey and stays as it is{meant}")
    return told


def _as(form: str, text: str, source: Source, title: str) -> bytes:
    """A finished text in the format asked for: itself, or what Markdown becomes."""
    if _OWN[source.form] == form or source.form == "html":
        # A page stays a page, a fragment is only made one where that was asked for.
        whole = source.form == "html" and form == "html-page" and "<html" not in text[:2_000].lower()
        if not whole:
            return source.encoded(text)
        form = "page"
    from litbase.drafts import build_html, build_text, build_word_new

    if source.form == "markdown" and form in ("docx", "html-page"):
        # Elsewhere the title is given apart, as a blog asks for it.
        text = build_source.headed(text)
    if form == "docx":
        return build_word_new.docx(text, title, printing.sheet())
    if form == "text":
        return build_text.text(text).encode()
    if form == "md":
        return text.encode()
    fragment = text if form == "page" else build_html.fragment(text)
    return (fragment if form == "html" else build_html.page(fragment, title)).encode()


def _uses(source: Source, scan: Scan) -> list[Use]:
    """Each source where the draft cites it; of a work cited through another, both."""
    found: list[tuple[str, int, str]] = []
    for citation in scan.citations:
        words = " ".join(source.text[citation.start : citation.end].split())
        for work in citation.works:
            found.append((work.citekey, work.at, words))
            if work.read_in:
                found.append((work.read_in.citekey, work.read_in.at, words))
    places = source.places(at for _, at, _ in found)
    return [
        Use(key, place.line, place.column, words[:_LONGEST])
        for (key, _, words), place in zip(found, places, strict=True)
    ]
