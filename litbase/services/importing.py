"""Importing: entries of other programs' files become sources, all or none, and nothing twice.

ready(file, form, entries)       each entry tidied, or refused with its reason and line
keep(library, ready, wish)       one transaction; one outcome an entry

Nothing in here grows with the file: what is ready is gone through several times, so it lies in a spool.
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
from litbase.readers import Entry, Fault, Listing
from litbase.readers.tidying import tidied
from litbase.store.writer import Writer, write

from . import annotate, concepts, titling
from .present import Known, traits

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
    """Each entry of a small file made ready to keep or refused, what could not be read before the others."""
    return ready(file, listing.form, (*listing.faults, *listing.entries))


def ready(file: str, form: str, found: Iterable[Entry | Fault]) -> Iterator[Ready | Outcome]:
    """Each entry of a file made ready to keep or refused, in the order in which they come."""
    for one in found:
        try:
            yield _refused(file, one, one.reason) if isinstance(one, Fault) else _ready(file, form, one)
        except BadInput as error:
            yield _refused(file, one, error.message)


def _refused(file: str, one: Entry | Fault, reason: str) -> Outcome:
    return Outcome(file, one.number, one.line, "refused", reason=reason)


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


def keep(library: Place, kept: Iterable[Ready], wish: Wish, command: str = "import") -> Iterator[Outcome]:
    """Keep entries as sources in one transaction, which ends when the last outcome has been taken; they are gone
    through more than once.

    An entry is there already where a source has its DOI, or its title, names and year and nothing that
    tells them apart, or its citekey and title; then its concepts and notes are added to that source.

    Raises: NotFound for an unknown concept; LibraryError. Nothing is kept then.
    """
    keywords = dict.fromkeys(word for one in kept for word in _tags(one, wish))
    planned = concepts.plan(library, wish.concepts, wish.new_concepts)
    tagged = concepts.plan(library, list(keywords), create=True)
    with Known() as known:
        known.ask(library, (traits(one.new) for one in kept))
        if wish.dry_run:
            yield from (_foreseen(known, one) for one in kept)
            return
        with write(library, command) as writer:
            concepts.enter(writer, (*planned.new, *tagged.new))
            for one in kept:
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
        known.revive(key)
    for name in names:
        writer.tag(key, name)
    for note in ready.notes:
        if not writer.has_note(key, note):
            writer.add_note(key, note, "note", "", private=True)
    remarks = ready.remarks if held is None else ()
    if held is None and key != ready.new.citekey:
        remarks = (*remarks, f"{ready.new.citekey} is another work’s key; this one is {key}")
    return Outcome(ready.file, ready.number, ready.line, status, key, ready.new.item, remarks)
