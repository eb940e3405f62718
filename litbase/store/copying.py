"""A library taken over from another, whole or only what has changed, inside a transaction on each."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from litbase.place import Place

from .connection import Connection
from .reader import Reader
from .restoring import Restorer
from .rows import NAMES, TIES, Key, Rows
from .syncing import Change, Mark, Side
from .whole import Line, Scope, lines, renamed


class Touched(NamedTuple):
    """What has to be taken over, by public ids; `anew` are those that came into a library since the two were one."""

    sources: set[str]
    concepts: set[str]
    different: set[str]
    anew: set[str]


class _Within(Reader):
    """A reader of what a transaction sees: to open a file once more would let go of its lock."""

    def __init__(self, connection: Connection, place: Place) -> None:
        self.place = place
        self._connection = connection


def whole_lines(connection: Connection, place: Place) -> Iterator[Line]:
    """All that a library holds (`whole.py`) but the ledger, whose drafts lie on one machine; one's own by no name."""
    for line in lines(_Within(connection, place), Scope(notes="all")):
        if "draft" not in line:
            yield renamed(line, connection.who, "")


def copy(here: Side, there: Side, place: Place, step: Callable[[], None]) -> None:
    """Make an empty library what another is; `step` is called for each source."""
    restorer = Restorer(here.writer, as_it_was=True)
    for line in whole_lines(there.connection, place):
        restorer.put(line)
        if "source" in line:
            step()
    restorer.finish()


def touched_by(changes: Iterable[Change], *sides: Rows) -> Touched:
    """What rows of history are about."""
    found = Touched(set(), set(), set(), set())
    for change in changes:
        values = {**(change.before or {}), **(change.after or {})}
        if change.before is None and change.after is not None:
            found.anew.add(change.key)
        named = change.entity in NAMES and change.key
        for side in (change.before, change.after, *(one.get((change.entity, change.key)) for one in sides if named)):
            found.sources.update([side["source"]] if side and "source" in side else [])
            found.concepts.update([side["concept"]] if side and "concept" in side else [])
        if change.entity in ("source", "purge"):
            found.sources.add(change.key)
        elif change.entity == "concept":
            found.concepts.add(change.key)
        elif change.entity == "source_concept":
            found.sources.add(change.key.split()[0])
        elif change.entity == "concept_broader":
            found.concepts.add(change.key.split()[0])
        elif change.entity == "different":
            found.different.add(change.key)
        elif change.entity == "note" and "source" not in values:
            notes = (side.get(("note", change.key)) for side in sides)
            found.sources.update(note["source"] for note in notes if note)
    return found


def take(here: Side, there: Side, touched: Touched, step: Callable[[], None]) -> None:
    """Make the touched sources and concepts here what they are there, in the order they have there.

    `step` is called for each source.
    """
    kept = there.ids("concept", touched.concepts)
    for uuid in sorted(touched.concepts):
        if uuid not in kept or uuid in touched.anew:
            # What stands under it goes from there with it, and is taken over with the rest.
            row_id = here.id_of("concept", uuid)
            touched.sources.update(here.uuids(_TAGGED, row_id))
            touched.concepts.update(here.uuids(_NARROWER, row_id))
            here.put(("concept", uuid), None)
    concepts = there.ids("concept", touched.concepts)
    sources = there.ids("source", touched.sources)
    for uuid in touched.sources:
        if uuid not in sources or uuid in touched.anew:
            here.put(("source", uuid), None)
        if uuid in sources and here.id_of("source", uuid) is None:
            touched.different.update(there.uuids(_PAIRS, uuid, uuid))
    for uuid in concepts:
        _empty(here, "concept", uuid, "concept_alias", "concept_broader")
    for uuid in sources:
        _empty(here, "source", uuid, "citekey_alias", "doi_alias", "source_concept", "note", "answer")
    for entity, found in (("concept", concepts), ("source", sources)):
        for uuid in found:
            here.put((entity, uuid), there.get((entity, uuid)))
    for uuid in concepts:
        _copy(here, there, _below_concept(there, uuid))
    for uuid in sources:
        _copy(here, there, _below_source(there, uuid))
        for answer in there.answers_of(uuid):
            here.keep_answer(uuid, answer)
        step()
    _copy(here, there, (("different", key) for key in touched.different))


_TAGGED = "SELECT s.uuid FROM source s JOIN source_concept sc ON sc.source_id = s.id WHERE sc.concept_id = ?"
_NARROWER = "SELECT c.uuid FROM concept c JOIN concept_broader b ON b.concept_id = c.id WHERE b.broader_id = ?"
_PAIRS = "SELECT first || ' ' || second FROM different WHERE first = ? OR second = ?"


def _empty(here: Side, entity: str, uuid: str, *below: str) -> None:
    """Take out what hangs on a row, and free its names."""
    row_id = here.id_of(entity, uuid)
    if row_id is None:
        return
    for table in below:
        here.connection.execute(f"DELETE FROM {table} WHERE {entity}_id = ?", (row_id,))
    free = {"folded": uuid} if entity == "concept" else {"doi": None, "citekey": uuid}
    here.connection.update(entity, row_id, free)


def _copy(here: Side, there: Side, keys: Iterable[Key]) -> None:
    for key in keys:
        here.put(key, there.get(key))


def _below_concept(there: Side, uuid: str) -> Iterator[Key]:
    row_id = there.id_of("concept", uuid)
    for folded in there.uuids("SELECT folded FROM concept_alias WHERE concept_id = ?", row_id):
        yield "concept_alias", folded
    broader = "SELECT c.uuid FROM concept_broader b JOIN concept c ON c.id = b.broader_id WHERE b.concept_id = ?"
    for above in there.uuids(broader, row_id):
        yield "concept_broader", f"{uuid} {above}"


def _below_source(there: Side, uuid: str) -> Iterator[Key]:
    row_id = there.id_of("source", uuid)
    for table, column in (("citekey_alias", "citekey"), ("doi_alias", "doi")):
        for name in there.uuids(f"SELECT {column} FROM {table} WHERE source_id = ?", row_id):
            yield table, name
    tags = "SELECT c.uuid FROM source_concept sc JOIN concept c ON c.id = sc.concept_id WHERE sc.source_id = ?"
    for concept in there.uuids(tags, row_id):
        yield "source_concept", f"{uuid} {concept}"
    for note in there.uuids("SELECT uuid FROM note WHERE source_id = ? ORDER BY id", row_id):
        yield "note", note


def retell(here: Side, mark: int, changes: list[Change]) -> Mark | None:
    """Put the other's history in the place of the one here since the two were one; its last row.

    Ids only grow, so that a third library sees that there is something new.
    """
    last = here.last()
    first = last.id + 1 if last else 1
    here.connection.execute("DELETE FROM change WHERE id > ?", (mark,))
    return here.tell(changes, first)


def blank_alike(here: Side, there: Side, marks: tuple[Mark, Mark]) -> None:
    """Let the common history hold here what it holds there: what was blanked there is, what may not be is not.

    What is told there of a note that cannot be read any more stays blank here.
    """
    told = (side.uuids(_BLANKED, mark.id) for side, mark in zip((here, there), marks, strict=True))
    for step in sorted({step for steps in told for step in steps}):
        for ours, theirs in zip(here.step(step), there.step(step), strict=False):
            if ours.blank != theirs.blank and not (ours.blank and _is_private(there, theirs)):
                here.rewrite(ours.id, theirs)


def _is_private(there: Side, told: Change) -> bool:
    """Whether history tells there of another's note that cannot be read any more."""
    key = ("note", told.key)
    return told.entity == "note" and there.get(key) is None and there.owner_of(told.key) != ""


_BLANKED = "SELECT DISTINCT step FROM change WHERE before IS NULL AND after IS NULL AND id <= ?"


def concerned(change: Change) -> set[str]:
    """The public ids of the rows that a row of history is about."""
    sides = [side for side in (change.before, change.after) if side]
    named = {side[name] for side in sides for name in ("source", "concept") if name in side}
    return named | set(change.key.split() if change.entity in TIES else [change.key])
