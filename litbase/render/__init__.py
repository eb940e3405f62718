"""Writers of the tree of inlines: escaping happens here and nowhere else.

Each writer is a module with `inline(inlines) -> str` and `reference_list(entries, heading) -> str`,
where an entry has an `id` and `inlines`, and `notes` in an annotated list. A new format is one
module and one line in `FORMATS`.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from litbase.domain.inline import Inlines

FORMATS = {
    "text": "litbase.render.text",
    "md": "litbase.render.markdown",
    "html": "litbase.render.html",
}


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


class Writer(Protocol):
    """What every writer module offers."""

    def inline(self, inlines: Inlines) -> str: ...

    def reference_list(self, entries: Sequence[Listed], heading: str = "References") -> str: ...


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises: KeyError for a name that is not in `FORMATS`.
    """
    return cast(Writer, import_module(FORMATS[name]))


def is_web(address: str) -> bool:
    """Whether an address may become a link: http and https only, with nothing that could end an attribute."""
    return address.lower().startswith(("https://", "http://")) and not any(c.isspace() or c < " " for c in address)
