"""Importing: entries of other programs' files become sources, all or none, and nothing twice.

ready, refused = prepare(listing)     each entry tidied, or refused with its reason and line
keep(library, ready, wish)            one transaction; one outcome an entry
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from litbase.domain import citekey
from litbase.domain.item import Item
from litbase.domain.library import NewSource, Status
from litbase.domain.records.changes import Cleaned
from litbase.errors import BadInput
from litbase.place import Place
from litbase.readers import Entry, Listing
from litbase.readers.tidying import tidied
from litbase.store.writer import Writer, write

from . import annotate, concepts, titling
from .present import Known

# Keywords longer than this are sentences, and no concepts.
_LONGEST_CONCEPT = 80


class Wish(NamedTuple):
    """What the user wants with what is imported; `tags`: keywords of the file become concepts."""

    concepts: tuple[str, ...] = ()
    new_concepts: bool = False
    tags: bool = False
    dry_run: bool = False


class Ready(NamedTuple):
    """An entry that can become a source. `citekey` is the file's own where it is fit to be one."""

    file: str
    number: int
    line: int
    new: NewSource
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What became of one entry of a file, `number` and `line` counted from 1; `reason` where it was refused."""

    file: str
    number: int
    line: int
    status: Status
    citekey: str = ""
    item: Item = {}  # noqa: RUF012 (never written to)
    remarks: tuple[str, ...] = ()
    reason: str = ""


def prepare(file: str, listing: Listing) -> Iterator[Ready | Outcome]:
    """Each entry of a file made ready to keep or refused, in the file's order as far as it was read."""
    for fault in listing.faults:
        yield Outcome(file, fault.number, fault.line, "refused", reason=fault.reason)
    for entry in listing.entries:
        try:
            yield _ready(file, listing.form, entry)
        except BadInput as error:
            yield Outcome(file, entry.number, entry.line, "refused", reason=error.message)


def _ready(file: str, form: str, entry: Entry) -> Ready:
    unsure: list[str] = []

    def cased(title: str, evidence: str) -> str:
        found = titling.sentence_case(title, evidence)
        unsure.extend(found.unsure)
        return found.text

    cleaned = tidied(entry.item, entry.protected, cased)
    own = entry.citekey if citekey.valid(entry.citekey) and not entry.citekey.isdigit() else ""
    new = NewSource(
        cleaned.item,
        own or citekey.stem(cleaned.item),
        doi=cleaned.item.get("DOI"),
        provenance=_provenance(file, form, entry, cleaned),
    )
    notes = tuple(annotate.fit(note) for note in entry.notes)
    return Ready(file, entry.number, entry.line, new, entry.keywords, notes, tuple(_remarks(entry, cleaned, unsure)))


def _provenance(file: str, form: str, entry: Entry, cleaned: Cleaned) -> dict[str, Any]:
    """Where the fields came from, what was changed in them, and what the file said that an item cannot."""
    whole: dict[str, Any] = {"origin": form, "file": Path(file).name, "entry": entry.number}
    provenance: dict[str, Any] = {"*": whole | ({"unused": dict(entry.unused)} if entry.unused else {})}
    for change in (*entry.changes, *cleaned.changes):
        provenance.setdefault(change.field, {"origin": form, "changes": []})["changes"].append(
            {"before": change.before, "after": change.after, "reason": change.reason}
        )
    return provenance


def _remarks(entry: Entry, cleaned: Cleaned, unsure: Sequence[str]) -> Iterator[str]:
    for change in (*entry.changes, *cleaned.changes):
        if change.notable:
            yield f"{change.field}: {change.reason} ({change.before[:60]})"
    if unsure:
        yield f"capitals in the title that were a guess: {', '.join(dict.fromkeys(unsure))}"


def keep(library: Place, ready: Sequence[Ready], wish: Wish, command: str = "import") -> Iterator[Outcome]:
    """Keep entries as sources in one transaction, which ends when the last outcome has been taken.

    An entry is there already where a source has its DOI, or its title, names and year and nothing that
    tells them apart, or its citekey and title; then its concepts and notes are added to that source.

    Raises: NotFound for an unknown concept; LibraryError. Nothing is kept then.
    """
    keywords = dict.fromkeys(word for one in ready for word in _tags(one, wish))
    planned = concepts.plan(library, wish.concepts, wish.new_concepts)
    tagged = concepts.plan(library, list(keywords), create=True)
    known = Known(library, (one.new for one in ready))
    if wish.dry_run:
        yield from (_foreseen(known, one) for one in ready)
        return
    with write(library, command) as writer:
        concepts.enter(writer, (*planned.new, *tagged.new))
        for one in ready:
            yield _kept(writer, known, one, (*planned.names, *_tags(one, wish)))


def _tags(ready: Ready, wish: Wish) -> tuple[str, ...]:
    return tuple(word for word in ready.keywords if len(word) <= _LONGEST_CONCEPT) if wish.tags else ()


def _foreseen(known: Known, ready: Ready) -> Outcome:
    held = known.find(ready.new)
    key = held.citekey if held else ready.new.citekey
    if not held:
        known.add(key, ready.new)
    status: Status = "would add" if held is None else "restored" if held.deleted else "present"
    return Outcome(ready.file, ready.number, ready.line, status, key, ready.new.item, () if held else ready.remarks)


def _kept(writer: Writer, known: Known, ready: Ready, names: Iterable[str]) -> Outcome:
    held = known.find(ready.new)
    status: Status = "added" if held is None else "restored" if held.deleted else "present"
    key = held.citekey if held else writer.add_source(ready.new)
    if held is None:
        known.add(key, ready.new)
    elif held.deleted:
        writer.restore_source(key)
        known.revive(held)
    for name in names:
        writer.tag(key, name)
    for note in ready.notes:
        if not writer.has_note(key, note):
            writer.add_note(key, note, "note", "", private=True)
    remarks = ready.remarks if held is None else ()
    if held is None and key != ready.new.citekey:
        remarks = (*remarks, f"{ready.new.citekey} is another work’s key; this one is {key}")
    return Outcome(ready.file, ready.number, ready.line, status, key, ready.new.item, remarks)
