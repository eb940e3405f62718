"""Notes and quotations on sources. They are private unless the user says otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from litbase.apa.locators import locator_text
from litbase.domain.library import NOTE_KINDS, Note
from litbase.domain.text import clean, clean_line
from litbase.errors import BadInput, NotFound
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import lookup

LONGEST = 1_000_000


def add(library: Place, key: str, text: str, kind: str = "note", locator: str = "", public: bool = False) -> Note:
    """Keep a note on a source.

    Raises: NotFound for an unknown citekey; BadInput for an empty or overlong text.
    """
    kept = fit(text)
    _known_kind(kind)
    with Reader(library) as reader:
        citekey = lookup.source(reader, key).citekey
    with write(library, "note add") as writer:
        uuid = writer.add_note(citekey, kept, kind, _place(locator), not public)
    return _note(library, citekey, uuid)


def notes(library: Place, keys: Sequence[str]) -> list[Note]:
    """The notes on these sources, or on all where none is named; oldest first within each source.

    Raises: NotFound for an unknown citekey.
    """
    with Reader(library) as reader:
        found = lookup.sources(reader, keys) if keys else reader.sources("key")
        return [note for source in found for note in reader.notes(source.id)]


def find(library: Place, key: str, which: str) -> Note:
    """One note of a source, by its number or the beginning of its public id.

    Raises: NotFound where the source has no such note.
    """
    with Reader(library) as reader:
        source = lookup.source(reader, key)
        found = reader.notes(source.id)
    if not which and len(found) == 1:
        return found[0]
    for note in found:
        if which == str(note.number) or (len(which) >= 8 and note.uuid.startswith(which)):
            return note
    if not which and found:
        raise BadInput(
            f"{source.citekey} has {len(found)} notes", f"say which: litbase note list {source.citekey} numbers them"
        )
    raise NotFound(f"{source.citekey} has no note {which}".rstrip(), f"litbase note list {source.citekey}")


def change(library: Place, note: Note, changes: Mapping[str, Any]) -> Note:
    """Set some of a note's text, kind, locator and private.

    `note` is the note as it was read. Where another litbase has changed its text since, both texts
    are kept: this one is added as a note of its own.

    Raises: NotFound where the note is gone; BadInput.
    """
    wanted = dict(changes)
    if "text" in wanted:
        wanted["text"] = fit(str(wanted["text"]))
    if "locator" in wanted:
        wanted["locator"] = _place(str(wanted["locator"]))
    if "kind" in wanted:
        _known_kind(str(wanted["kind"]))
    with write(library, "note edit") as writer:
        if "text" in wanted and writer.note_text(note.uuid) != note.text:
            kept = {"kind": note.kind, "locator": note.locator, "private": note.private, **wanted}
            uuid = writer.add_note(note.citekey, kept["text"], kept["kind"], kept["locator"], bool(kept["private"]))
        else:
            uuid = note.uuid
            writer.change_note(uuid, {name: int(v) if name == "private" else v for name, v in wanted.items()})
    return _note(library, note.citekey, uuid)


def remove(library: Place, note: Note) -> None:
    """Remove a note.

    Raises: NotFound where it is gone already.
    """
    with write(library, "note remove") as writer:
        writer.remove_note(note.uuid)


def fit(text: str) -> str:
    """A note's text made fit to keep.

    Raises: BadInput where nothing or too much is left.
    """
    kept = clean(text).strip()
    if not kept:
        raise BadInput("the note is empty; nothing was kept", 'litbase note add KEY "your words"')
    if len(kept) > LONGEST:
        raise BadInput(
            f"the note has {len(kept):,} characters; a note may have {LONGEST:,}", "keep it in several notes"
        )
    return kept


def _place(locator: str) -> str:
    """A locator as a citation prints it: `45` becomes `p. 45`."""
    return locator_text(clean_line(locator)) if locator.strip() else ""


def _known_kind(kind: str) -> None:
    if kind not in NOTE_KINDS:
        raise BadInput(f"“{kind}” is no kind of note", f"one of {', '.join(NOTE_KINDS)}")


def _note(library: Place, citekey: str, uuid: str) -> Note:
    with Reader(library) as reader:
        source = lookup.source(reader, citekey)
        return next(note for note in reader.notes(source.id) if note.uuid == uuid)
