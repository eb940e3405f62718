"""What was erased for good on one side, or may no longer be read, is so on the other; and what no history tells of."""

from collections.abc import Collection, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from litbase.store.copying import Touched, blank_alike
from litbase.store.syncing import Change, Mark

from .sync_meeting import Meeting, said

_Found = tuple[str, ...]


def erase_there(meeting: Meeting) -> None:
    """Erase there what was erased here, unless it was changed there or another's private notes hang on it."""
    for uuid, entity in meeting.erased_here.items():
        row = meeting.there.get((entity, uuid))
        if row is not None and _said_there(meeting, entity, uuid):
            _comes_back(meeting, uuid, row["source"] if entity == "note" else uuid, "changed there: it comes back")
    left = {uuid: entity for uuid, entity in meeting.erased_here.items() if not _stands(meeting, uuid, entity)}
    earlier = {key for key, told in _purges(meeting) if told == "earlier texts"}
    sources = [uuid for uuid, entity in left.items() if entity == "source"]
    notes = [uuid for uuid, entity in left.items() if entity == "note"]
    if not (left or earlier) or _erase(meeting, sources, notes, earlier):
        return
    _erase(meeting, [], [], earlier)
    for uuid in sources:
        if not _erase(meeting, [uuid], [note for note in _notes_on(meeting, uuid) if note in left]):
            _comes_back(meeting, uuid, uuid, "may not be erased there, as others hang on it: it comes back")
    _erase(meeting, [], [uuid for uuid in notes if not _stands(meeting, uuid, "note")])


def _erase(meeting: Meeting, sources: list[str], notes: list[str], earlier: Collection[str] = ()) -> bool:
    """Erase there, if that may be. Notes on such a source that are not erased are put in again."""
    lifted = [note for source in sources for note in _notes_on(meeting, source) if note not in notes]
    for note in lifted:
        meeting.theirs(("note", note))  # known while it is there
    if not meeting.there.erase(sources, notes, earlier, lifted):
        return False
    meeting.lifted.update(lifted)
    return True


def _notes_on(meeting: Meeting, source: str) -> list[str]:
    sql = "SELECT n.uuid FROM note n JOIN source s ON s.id = n.source_id WHERE s.uuid = ? ORDER BY n.id"
    return meeting.there.uuids(sql, source)


def _purges(meeting: Meeting) -> list[tuple[str, str]]:
    return [(change.key, change.after["entity"]) for change in meeting.purged if change.after]


def _said_there(meeting: Meeting, entity: str, uuid: str) -> bool:
    if entity == "source":
        return uuid in meeting.changed_there
    return said(meeting.others.get(("note", uuid), []))


def _stands(meeting: Meeting, uuid: str, entity: str) -> bool:
    """Whether what was erased here comes back: by itself, or as a note of a source that does."""
    row = meeting.there.get((entity, uuid))
    return uuid in meeting.back or (entity == "note" and row is not None and row["source"] in meeting.back)


def _comes_back(meeting: Meeting, uuid: str, source: str, why: str) -> None:
    meeting.back.add(uuid)
    meeting.tell("not-purged", meeting.key_of(source), f"was erased here and {why}")


class Unseen(NamedTuple):
    """Notes of others that one may no longer read, and those that one may read now, by public ids."""

    gone: set[str]
    come: set[str]


def differing(meeting: Meeting) -> tuple[Touched, Unseen]:
    """What differs now though no history tells of it, and the notes of others that do.

    Another's note may have become public, or private again; raw answers are kept without history.
    """
    touched = Touched(set(), set(), set(), set())
    unseen = Unseen(set(), set())
    for here, there in _apart(meeting.here.notes(), meeting.there.notes(), 1):
        touched.sources.update(one[2] for one in (here, there) if one)
        if here and there is None and here[3]:
            unseen.gone.add(here[0])
        elif there and here is None and there[3]:
            unseen.come.add(there[0])
    for uuid, into in meeting.instead.items():
        for answer in meeting.here.answers_of(uuid):
            meeting.there.keep_answer(into, answer)
    for here, there in _apart(meeting.here.answers(), meeting.there.answers(), 2):
        uuid, provider = (here or there or ("", ""))[:2]
        touched.sources.add(uuid)
        if here and (there is None or here[2] > there[2]) and meeting.there.id_of("source", uuid):
            for answer in meeting.here.answers_of(uuid):
                if answer[0] == provider:
                    meeting.there.keep_answer(uuid, answer)
    return touched, unseen


def _apart(
    here: Iterator[_Found], there: Iterator[_Found], width: int
) -> Iterator[tuple[_Found | None, _Found | None]]:
    """Rows of two lists in order that are not on both, told by their first columns."""
    both = merge(((one[:width], 0, one) for one in here), ((one[:width], 1, one) for one in there))
    for _, rows in groupby(both, itemgetter(0)):
        found = {side: one for _, side, one in rows}
        if found.get(0) != found.get(1):
            yield found.get(0), found.get(1)


def forget(meeting: Meeting) -> None:
    """Forget which drafts cite what was erased there, while it can still be told."""
    meeting.here.forget_citations([uuid for uuid, entity in meeting.erased_there.items() if entity == "source"])


def erase_here(meeting: Meeting, since: list[Change], unseen: Unseen, marks: tuple[Mark, Mark]) -> None:
    """Erase here what is left of what was erased there, and of what has become private there."""
    notes = unseen.gone - {change.key for change in since if change.entity == "note" and change.after is None}
    notes |= {uuid for uuid, entity in meeting.erased_there.items() if entity == "note"}
    sources = {uuid for uuid, entity in meeting.erased_there.items() if entity == "source"}
    if notes or sources:
        meeting.here.erase(sources, notes)
    # What has been private for a while was blank here.
    if unseen.come or meeting.purged or any(change.entity == "purge" for change in since):
        blank_alike(meeting.here, meeting.there, marks)
