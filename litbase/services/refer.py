"""Citing from the library: reference lists, from the cache where it is fresh, and in-text citations."""

from collections.abc import Mapping, Sequence
from json import dumps, loads
from pathlib import Path
from typing import NamedTuple

from litbase import apa, bundled, config, csl, render
from litbase.domain import inline
from litbase.domain.inline import Inlines
from litbase.domain.item import Item
from litbase.domain.library import CachedEntry, Note, Source
from litbase.domain.standing import grave
from litbase.errors import BadInput, LibraryError
from litbase.place import Place
from litbase.store.reader import Reader

from . import lookup
from . import search as searching

HOUSE_STYLE = "apa"


class Listed(NamedTuple):
    """An entry under its citekey, ready for a writer in `render`."""

    id: str
    inlines: Inlines
    notes: tuple[Inlines, ...] = ()
    item: Item = {}  # noqa: RUF012 (never written to)


class Chosen(NamedTuple):
    """The entries of a reference list in its order, and what the user should know of them."""

    listed: list[Listed]
    remarks: list[str]


class Works(NamedTuple):
    """Items in the order of a reference list, and what the user should know of them."""

    items: list[Item]
    keys: list[str]
    remarks: list[str]


class List(NamedTuple):
    """A finished reference list, and what the user should know of it."""

    text: str
    keys: list[str]
    remarks: list[str]


def refs(
    library: Place,
    keys: Sequence[str],
    question: searching.Question | None,
    style: str = HOUSE_STYLE,
    form: str = "text",
    heading: str = "References",
    annotated: bool = False,
) -> List:
    """The reference list of these sources and of those a question finds; of all where neither is given.

    `annotated` puts the public notes of each source under its entry; private ones never appear.

    Raises: NotFound for an unknown citekey, concept or style; BadInput for an unknown format or a
    style that cannot be used; LibraryError.
    """
    writer = writer_of(form)
    chosen = choose(library, keys, question, style, "public" if annotated else "")
    return List(writer.reference_list(chosen.listed, heading), [entry.id for entry in chosen.listed], chosen.remarks)


def choose(
    library: Place, keys: Sequence[str], question: searching.Question | None, style: str = HOUSE_STYLE, noted: str = ""
) -> Chosen:
    """The entries of these sources and of those a question finds; of all where neither is given.

    `noted` is "public" for all public notes under each entry, or a kind of note for the public ones
    of that kind; private ones never appear.

    Raises: as `refs`.
    """
    opened = csl.open_style(style, style_folders())
    with Reader(library) as reader:
        sources = _chosen(reader, library, keys, question)
        cached = reader.entries(opened.name, [source.id for source in sources])
        notes = {source.citekey: _public(reader.notes(source.id), noted) for source in sources} if noted else {}
    items = [loads(source.item) for source in sources]
    order, letters = _arranged(opened, items)
    rendered = _entries(library, opened, sources, items, letters, cached)
    by_key = {source.citekey: item for source, item in zip(sources, items, strict=True)}
    listed = [Listed(key, rendered[key], notes.get(key, ()), by_key[key]) for key in order if rendered.get(key)]
    left_out = sorted(rendered.keys() - {entry.id for entry in listed})
    remarks = [f"{key} has no entry in a reference list (APA 7, 8.9)" for key in left_out]
    return Chosen(listed, remarks + _grave(sources))


def works(library: Place, keys: Sequence[str], question: searching.Question | None) -> Works:
    """The items of these sources and of those a question finds, as they are kept; of all where neither is given.

    Raises: NotFound for an unknown citekey or concept; LibraryError.
    """
    with Reader(library) as reader:
        sources = _chosen(reader, library, keys, question)
    by_key = {source.citekey: loads(source.item) for source in sources}
    order = apa.Works.of(list(by_key.values())).order
    return Works([by_key[key] for key in order], list(order), _grave(sources))


def _public(notes: Sequence[Note], noted: str) -> tuple[Inlines, ...]:
    """The public notes of a source as paragraphs; quotations in quotation marks, with their place."""
    shown: list[Inlines] = []
    for note in notes:
        if note.private or noted not in ("public", note.kind):
            continue
        words = " ".join(note.text.split())
        place = f" ({note.locator})" if note.locator else ""
        shown.append(inline.text(f"“{words}”{place}" if note.kind == "quotation" else words))
    return tuple(shown)


def keep_entries(library: Place, keys: Sequence[str], style: str = HOUSE_STYLE) -> None:
    """Render the entries of these sources and keep them, so that lists need not load the engine.

    Raises: LibraryError; NotFound for an unknown citekey.
    """
    opened = csl.open_style(style, style_folders())
    with Reader(library) as reader:
        sources = lookup.sources(reader, keys)
    _entries(library, opened, sources, [loads(source.item) for source in sources], {}, {})


def style_folders() -> list[Path]:
    """Where styles are looked for before the stock ones: the user's folder, and litbase's own."""
    return [config.config_path().parent / "styles", bundled.style_folder()]


def style_names() -> list[str]:
    """The styles to offer first: APA, litbase's own and the user's."""
    own = {path.stem for folder in style_folders() if folder.is_dir() for path in folder.glob("*.csl")}
    return sorted({HOUSE_STYLE, *own})


def format_of(form: str) -> render.Format:
    """A format by its name.

    Raises: BadInput for one that litbase does not have.
    """
    if form not in render.FORMATS:
        raise BadInput(f"there is no format “{form}”", f"one of {', '.join(render.FORMATS)}")
    return render.FORMATS[form]


def writer_of(form: str) -> render.Writer:
    """The writer of a format whose text stands within other text.

    Raises: BadInput for one that litbase does not have, and for one that fills a file.
    """
    if format_of(form).kind != "fragment":
        fragments = [name for name, known in render.FORMATS.items() if known.kind == "fragment"]
        raise BadInput(f"the format {form} fills a whole file", f"here one of {', '.join(fragments)}")
    return render.writer(form)


def _chosen(reader: Reader, library: Place, keys: Sequence[str], question: searching.Question | None) -> list[Source]:
    named = lookup.sources(reader, keys)
    if question is None:
        return named if keys else reader.sources("key")
    found = [hit.source for hit in searching.search(library, question).hits]
    return list({source.id: source for source in (*named, *found)}.values())


def _arranged(style: csl.Style, items: Sequence[Item]) -> tuple[list[str], Mapping[str, str]]:
    """The ids in list order and the letters that go after years, in this style."""
    works = apa.Works.of(items)
    return (works.order if style.is_apa else style.order(items)), works.letters


def _entries(
    library: Place,
    style: csl.Style,
    sources: Sequence[Source],
    items: Sequence[Item],
    letters: Mapping[str, str],
    cached: Mapping[tuple[int, str], CachedEntry],
) -> dict[str, Inlines]:
    """The entry of every source by citekey; what had to be rendered anew is kept for the next time."""
    if style.is_numbered:
        # Its number depends on the list an entry stands in: nothing of it can be kept.
        return {entry.id: entry.inlines for entry in style.entries(items, letters)}
    rendered: dict[str, Inlines] = {}
    stale: list[tuple[Source, Item]] = []
    for source, item in zip(sources, items, strict=True):
        kept = cached.get((source.id, letters.get(source.citekey, "")))
        if kept is not None and kept.version == style.version and kept.digest == source.digest:
            rendered[source.citekey] = inline.from_json(loads(kept.inlines))
        else:
            stale.append((source, item))
    if stale:
        rendered.update(_shipped(style, [source for source, _ in stale], letters))
        rest = [item for source, item in stale if source.citekey not in rendered]
        if rest:
            rendered.update((entry.id, entry.inlines) for entry in style.entries(rest, letters))
        _keep(library, style, [source for source, _ in stale], letters, rendered)
    return rendered


def _shipped(style: csl.Style, sources: Sequence[Source], letters: Mapping[str, str]) -> dict[str, Inlines]:
    """The entries, by citekey, of those of these sources that are just as on the shelf, whose entries ship with it."""
    if style.name != HOUSE_STYLE or not style.is_stock:
        return {}
    ready = bundled.shelf_entries()
    return {
        source.citekey: inline.from_json(ready[source.digest])
        for source in sources
        if source.digest in ready and not letters.get(source.citekey)
    }


def _keep(
    library: Place,
    style: csl.Style,
    sources: Sequence[Source],
    letters: Mapping[str, str],
    rendered: Mapping[str, Inlines],
) -> None:
    from litbase.store.writer import write

    try:
        with write(library, "refs") as writer:
            for source in sources:
                inlines = dumps(inline.to_json(rendered[source.citekey]), ensure_ascii=False)
                entry = CachedEntry(style.name, letters.get(source.citekey, ""), style.version, source.digest, inlines)
                writer.keep_entry(source.citekey, entry)
    except LibraryError:
        # A library that cannot be written still gives its list; the next one is made anew.
        return


def _grave(sources: Sequence[Source]) -> list[str]:
    """A sentence for each work its readers must be warned of."""
    return [
        f"{source.citekey} {standing.sentence}" + (f" ({standing.date})" if standing.date else "")
        for source in sources
        if source.notices != "[]"
        for standing in grave(loads(source.notices))
    ]
