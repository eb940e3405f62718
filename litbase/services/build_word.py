"""A docx draft with its citations written out and its list put in, as trees: a file has no text to replace in."""

from collections.abc import Sequence

from litbase.domain.inline import Inlines, Link, Text
from litbase.drafts import build_flow
from litbase.drafts.build_source import Source
from litbase.drafts.pandoc import Scan

from . import refer
from .build_citing import Kept, Wanted, Written, anchored, restored
from .build_markup import BACK, href, place_of_list


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
        word.Change(one.start, one.end, _citation(text.citations[number], number + 1, wanted, kept))
        for number, one in enumerate(scan.citations)
    ]
    mark = place_of_list(source, scan)
    listing = None
    if entries or scan.marks:
        heading = "" if mark.headed or not entries else wanted.heading
        trees = [_entry(entry, text.keys, wanted) for entry in entries]
        listing = word.Listing(mark.start, mark.end, heading, trees)
    return word.changed(content, changes, listing)


def _citation(tree: Inlines, number: int, wanted: Wanted, kept: Kept) -> Inlines:
    """A citation; the first thing in it is its name, which entries lead back to."""
    if not wanted.linked:
        return restored(anchored(tree, lambda _: "", lambda _: ""), kept)
    return (Link(f"{build_flow.NAME}cite-{number}", ()), *restored(tree, kept))


def _entry(entry: refer.Listed, keys: Sequence[Sequence[str]], wanted: Wanted) -> Inlines:
    if not wanted.linked:
        return entry.inlines
    numbers = [number for number, cited in enumerate(keys, 1) if entry.id in cited]
    back = [node for number in numbers for node in (Text(" "), Link(f"#cite-{number}", (Text(BACK),)))]
    return (Link(build_flow.NAME + href(entry.id)[1:], ()), *entry.inlines, *back)
