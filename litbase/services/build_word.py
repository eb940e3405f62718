"""A docx draft with its citations written out and its list put in, as trees: a file has no text to replace in."""

from collections.abc import Sequence

from litbase.domain.inline import Inlines, Link
from litbase.drafts import build_flow
from litbase.drafts.build_source import Source
from litbase.drafts.pandoc import Scan

from . import refer
from .build_citing import Kept, Wanted, Written, anchored, restored
from .build_markup import href, place_of_list


def changed(
    source: Source,
    content: bytes,
    scan: Scan,
    text: Written,
    entries: Sequence[refer.Listed],
    wanted: Wanted,
    kept: Kept,
) -> bytes:
    """The finished file."""
    from litbase.drafts import build_word_draft as word

    changes = [
        word.Change(one.start, one.end, _citation(text.citations[number], wanted, kept))
        for number, one in enumerate(scan.citations)
    ]
    mark = place_of_list(source, scan)
    listing = None
    if entries or scan.marks:
        heading = "" if mark.headed or not entries else wanted.heading
        trees = [_entry(entry, wanted) for entry in entries]
        listing = word.Listing(mark.start, mark.end, heading, trees)
    return word.changed(content, changes, listing)


def _citation(tree: Inlines, wanted: Wanted, kept: Kept) -> Inlines:
    """A citation, its works links to their entries."""
    return restored(tree if wanted.linked else anchored(tree, lambda _: "", lambda _: ""), kept)


def _entry(entry: refer.Listed, wanted: Wanted) -> Inlines:
    """An entry with the name that links lead to; nothing leads back, as a file is also printed."""
    name = (Link(build_flow.NAME + href(entry.id)[1:], ()),) if wanted.linked else ()
    return (*name, *entry.inlines)
