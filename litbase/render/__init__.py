"""Writers of the tree of inlines: escaping happens here and nowhere else.

A format is one module and one line in `FORMATS`. Three kinds of modules:

    fragment   `inline(inlines) -> str`, and `reference_list(entries, heading, frame) -> str`
    page       `reference_list(entries, heading, frame) -> str`, or bytes where the format is no text
    items      `listing(items) -> str`: the items themselves, for another program

An entry has an `id` and `inlines`; `notes` in an annotated list; `item` where metadata go with it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, cast

from litbase.domain.inline import Inlines
from litbase.domain.item import Item
from litbase.domain.sheets import LETTER, Sheet

Kind: TypeAlias = Literal["fragment", "page", "items"]


class Format(NamedTuple):
    """Where a format's writer is, what kind it is, and whether it writes bytes."""

    module: str
    kind: Kind = "fragment"
    binary: bool = False


FORMATS = {
    "text": Format("litbase.render.text"),
    "md": Format("litbase.render.markdown"),
    "html": Format("litbase.render.html"),
    "html-page": Format("litbase.render.html_page", "page"),
    "wordpress": Format("litbase.render.wordpress", "page"),
    "docx": Format("litbase.render.docx", "page", binary=True),
    "rtf": Format("litbase.render.rtf", "page"),
    "pdf": Format("litbase.render.pdf", "page", binary=True),
    "csl-json": Format("litbase.render.csljson", "items"),
    "bibtex": Format("litbase.render.bibtex", "items"),
    "ris": Format("litbase.render.ris", "items"),
}


class Frame(NamedTuple):
    """What may stand around a reference list, and how it is set.

    `intro` are the user's own words, a paragraph each. `coins` and `jsonld` put metadata for
    programs into HTML; `sheet` is for formats that have pages.
    """

    title: str = ""
    intro: tuple[Inlines, ...] = ()
    large_print: bool = False
    coins: bool = False
    jsonld: bool = False
    language: str = "en"
    sheet: Sheet = LETTER


BARE = Frame()


class Listed(Protocol):
    """What a reference list is made of."""

    @property
    def id(self) -> str: ...

    @property
    def inlines(self) -> Inlines: ...


def notes(entry: Listed) -> Sequence[Inlines]:
    """The paragraphs to print under an entry of an annotated list; none where it has none."""
    found: Sequence[Inlines] = getattr(entry, "notes", ())
    return found


def item(entry: Listed) -> Mapping[str, Any]:
    """The item behind an entry; empty where it did not come along."""
    found: Mapping[str, Any] | None = getattr(entry, "item", None)
    return found or {}


class ListWriter(Protocol):
    """What every writer of entries offers."""

    def reference_list(
        self, entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE
    ) -> str | bytes: ...


class Writer(Protocol):
    """What the writer of a fragment offers: text that stands within other text."""

    def inline(self, inlines: Inlines) -> str: ...

    def reference_list(self, entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str: ...


class ItemWriter(Protocol):
    """What a writer of items offers."""

    def listing(self, items: Sequence[Item]) -> str: ...

    def pieces(self, items: Iterable[Item]) -> Iterator[str]: ...


def writer(name: str) -> Writer:
    """The writer of a fragment.

    Raises: KeyError for a name that is not in `FORMATS`.
    """
    return cast(Writer, import_module(FORMATS[name].module))


def list_writer(name: str) -> ListWriter:
    """The writer of entries, fragment or page.

    Raises: KeyError for a name that is not in `FORMATS`.
    """
    return cast(ListWriter, import_module(FORMATS[name].module))


def item_writer(name: str) -> ItemWriter:
    """The writer of items.

    Raises: KeyError for a name that is not in `FORMATS`.
    """
    return cast(ItemWriter, import_module(FORMATS[name].module))


def is_web(address: str) -> bool:
    """Whether an address may become a link: http and https only, with nothing that could end an attribute."""
    return address.lower().startswith(("https://", "http://")) and not any(c.isspace() or c < " " for c in address)
