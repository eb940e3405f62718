"""`check --fix`: a draft with what is certain mended, and what is left to say about it.

Findings bring their own edits; here they are made, again and again until none is left, and then the lists are
laid anew: what is cited and owned is added, what is there twice goes, what stands wrong moves.
"""

from collections.abc import Callable, Collection, Sequence
from json import loads
from typing import NamedTuple, TypeAlias

from litbase import render
from litbase.domain.inline import Inlines
from litbase.domain.item import Item
from litbase.drafts import Reading, build_source, mending
from litbase.drafts.build_source import Source
from litbase.place import Place
from litbase.store.reader import Reader

from . import build_markup, check_order, refer
from .check import Checked, check, chosen
from .check_forms import is_apa

# Mending one thing can lay bare another: names put right can be out of order.
_ROUNDS = 5
_WRITERS = {"markdown": "md", "html": "html", "text": "text", "docx": "text"}
Look: TypeAlias = Callable[[Checked], Checked]


class Mended(NamedTuple):
    """A mended draft: its bytes, what was said of it before and what is left to say, how much was mended.

    `before` and `after` are the drafts' lines.
    """

    content: bytes
    first: Checked
    left: Checked
    changes: int
    before: list[str]
    after: list[str]


class _New(NamedTuple):
    """An entry to be added."""

    item: Item
    tree: Inlines


def mend(
    path: str, content: bytes, library: Place | None, only: Collection[str], ignored: Collection[str], look: Look
) -> Mended:
    """A draft, given as a file's bytes, with what is certain mended; `look` adds what else is known of it.

    Only findings of the codes in `only`, or of all but the ignored ones, are mended.

    Raises: BadInput where it cannot be read.
    """
    first = checked = look(check(path, content, library))
    made, changes = content, 0
    for _ in range(_ROUNDS):
        edits = mending.apart(edit for one in chosen(checked.findings, only, ignored) for edit in one.mends)
        made, done = _edited(path, made, checked.reading, edits) if edits else (made, 0)
        changes += done
        if not done:
            break
        checked = look(check(path, made, library))
    for section in range(max(1, len(checked.reading.sections))):
        codes = frozenset(one.code for one in chosen(checked.findings, only, ignored))
        laid = _laid(path, made, checked, section, codes, library)
        if laid is not None:
            made, changes = laid[0], changes + laid[1]
            checked = look(check(path, made, library))
    before, after = (_lines(path, one, draft) for one, draft in ((content, first), (made, checked)))
    return Mended(made, first, checked, changes, before, after)


def _edited(path: str, content: bytes, reading: Reading, edits: Sequence[mending.Edit]) -> tuple[bytes, int]:
    """A file with edits made, and how many it took."""
    if reading.draft.format == "docx":
        from litbase.drafts import mending_word

        return mending_word.edited(content, edits)
    raw = build_source.source(path, content)
    write = render.writer(_WRITERS[reading.draft.format]).inline
    text, done = mending.edited(raw, reading.draft, edits, reading.entries, write)
    return (raw.encoded(text) if done else content), done


def _laid(
    path: str, content: bytes, checked: Checked, section: int, codes: frozenset[str], library: Place | None
) -> tuple[bytes, int] | None:
    """A file with one of its lists laid anew, and how many entries that concerns; None where nothing is to do."""
    reading = checked.reading
    last = section == max(0, len(reading.sections) - 1)
    new = (
        _owned(checked, library) if library is not None and last and codes & {"in-library", "cited-not-listed"} else []
    )
    ranked = check_order.rank(reading, section)
    if not ranked.entries:
        return _listed(path, content, reading, new) if new else None
    twice = _twice(reading, section) if "duplicate-entry" in codes else set()
    sort = "order" in codes and is_apa(reading) and not all(one.numbered for one in ranked.entries)
    if any(one.numbered for one in ranked.entries):
        new = []  # a number would have to be given to each, in the text too
    wanted = [place for place in check_order.mended(ranked, [one.item for one in new], sort) if place not in twice]
    count = len(ranked.entries)
    if wanted == list(range(count)):
        return None
    sequence = [place if place < count else new[place - count].tree for place in wanted]
    moved = sum(place not in ranked.stay for place in range(count)) if sort else 0
    if reading.draft.format == "docx":
        from litbase.drafts import mending_word

        made = mending_word.arranged(content, ranked.entries, sequence)
        return (made, len(new) + len(twice) + moved) if made is not None else None
    raw = build_source.source(path, content)
    write = render.writer(_WRITERS[reading.draft.format]).inline
    text = mending.arranged(raw, reading.draft, ranked.entries, sequence, write)
    return (raw.encoded(text), len(new) + len(twice) + moved) if text is not None else None


def _owned(checked: Checked, library: Place) -> list[_New]:
    """The library's entries of works that are cited and not listed, in the order of a list."""
    reading = checked.reading
    missing = [
        key
        for work, key in zip(reading.works, checked.cited_keys, strict=True)
        if key and work.match.agreement == "none" and reading.citations[work.citation].form != "personal_communication"
    ]
    if not missing:
        return []
    listed = refer.choose(library, list(dict.fromkeys(missing)), None).listed
    with Reader(library) as reader:
        items = {one.id: loads(source.item) for one in listed if (source := reader.source(one.id)) is not None}
    return [_New(items[one.id], one.inlines) for one in listed]


def _twice(reading: Reading, section: int) -> set[int]:
    """The places of entries that stand word for word the same earlier in their list."""
    seen: set[str] = set()
    found: set[int] = set()
    listed = [one for one in reading.entries if one.section == section]
    for place, one in enumerate(listed):
        words = " ".join(one.text.split())
        if words in seen:
            found.add(place)
        seen.add(words)
    return found


def _listed(path: str, content: bytes, reading: Reading, new: Sequence[_New]) -> tuple[bytes, int]:
    """A file that had no list, with one at its end, or under the heading that waits for it."""
    raw = build_source.source(path, content)
    if reading.draft.format == "docx":
        from litbase.drafts import build_word_draft as word

        listing = word.Listing(len(raw.text), len(raw.text), "References", [one.tree for one in new])
        return word.changed(content, [], listing), len(new)
    source: Source = raw._replace(form=reading.draft.format)
    mark = build_markup.end_of(source)
    writer = render.writer(_WRITERS[reading.draft.format])
    entries = [refer.Listed(str(number), one.tree) for number, one in enumerate(new)]
    text = writer.reference_list(entries, "" if mark.headed else "References").strip("\n")
    text = build_markup.set_off(source, mark, text.replace("\n", source.line_end))
    changed = build_source.replaced(source.text, [(mark.start, mark.end, text)])
    return source.encoded(changed), len(new)


def _lines(path: str, content: bytes, checked: Checked) -> list[str]:
    """A draft's lines as they lie in its file; a docx's are its paragraphs."""
    if checked.reading.draft.format == "docx":
        return checked.reading.draft.source.split("\n")
    return build_source.source(path, content).text.splitlines()
