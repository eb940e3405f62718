"""A library in a file and another place made equal again, after both have been written to.

The other place is the one order of what was done: what was done here since the two were one goes to its end,
as it was, and one step more says what was decided otherwise (`sync_meeting` and the rooms beside it). Then
the library here takes over what was touched, history included (`store/copying.py`). Both are held under their
locks all the while. The other place is kept first: where that was all, the next sync knows the steps it finds there.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from litbase.errors import BadInput, NotFound, UsageError
from litbase.place import Place, Server, without_password
from litbase.store import copying, syncing
from litbase.store.chunks import chunked
from litbase.store.opened import exists
from litbase.store.restoring import is_empty
from litbase.store.rows import Key, Value
from litbase.store.syncing import Change, Mark, Side
from litbase.store.writer import write

from . import moving, sync_concepts, sync_erasing, sync_notes, sync_sources
from .sync_meeting import Meeting, Told, after

COMMAND = "sync"
# Of these history tells only the columns that change.
_PARTLY = {"source", "note", "concept"}
_START = Mark(0, "")


class Bar(Protocol):
    """A bar of progress."""

    def step(self) -> None:
        """One more is done."""
        ...


Progress = Callable[[int, str], AbstractContextManager[Bar]]


class Synced(NamedTuple):
    """What was done: how many steps went there and came here, how many sources were taken over, and the conflicts.

    `copied` where there was no library here, and it has been made as a copy.
    """

    went: int
    came: int
    sources: int
    told: list[Told]
    copied: bool = False


class _Dry(Exception):
    """Nothing is to be kept."""


def remembered(library: Place) -> str:
    """The place that a library was last synchronised with, without its password.

    Raises: UsageError where there is none; LibraryError.
    """
    found = syncing.remembered(library) if isinstance(library, Path) and library.exists() else ""
    if not found:
        raise UsageError("what is the library to be synchronised with?", "litbase sync postgresql://you@host/database")
    return found


def sync(library: Place, place: Place, progress: Progress, dry_run: bool = False) -> Synced:
    """Make a library and another place equal again.

    Raises: UsageError where the library is no file; NotFound where there is none in the other place; BadInput
    where the two have no common beginning; LibraryError.
    """
    library, place = _fit(library, place)
    if dry_run and not library.exists():
        return Synced(0, 0, moving.contents(place).sources, [], copied=True)
    try:
        with write(library, COMMAND) as here, write(place, COMMAND) as there:
            done = (_copied if is_empty(here) else _synchronised)(Side(here), Side(there), place, progress)
            _keep_nothing(dry_run)
    except _Dry:
        pass
    return done


def _keep_nothing(dry_run: bool) -> None:
    if dry_run:
        raise _Dry


def _fit(library: Place, place: Place) -> tuple[Path, Place]:
    if isinstance(library, Server):
        raise UsageError(
            f"the library {library} is shared already; sync is for a copy of it in a file",
            f"litbase --library copy.db sync {library}",
        )
    if isinstance(place, Path):
        place = place.absolute()
        if place.exists() and library.exists() and place.samefile(library):
            raise UsageError(f"{library} is the library itself", "name the place to synchronise it with")
    if not exists(place):
        raise NotFound(f"there is no library at {place}", f"litbase move --to {place} takes this one there")
    return library, place


def _name(place: Place) -> str:
    return without_password(place.address) if isinstance(place, Server) else str(place)


def _copied(here: Side, there: Side, place: Place, progress: Progress) -> Synced:
    """The library made as a copy of what there is."""
    with progress(there.count(), "copying") as bar:
        copying.copy(here, there, place, bar.step)
    syncing.set_marks(here, _name(place), here.last() or _START, there.last() or _START)
    return Synced(0, 0, here.count(), [], copied=True)


def _synchronised(here: Side, there: Side, place: Place, progress: Progress) -> Synced:
    marks = _marks(here, there, _name(place), place)
    ours, others = _unknown(here, there, marks[0]), _unknown(there, here, marks[1])
    meeting = Meeting(here, there, ours, others)
    _decide(meeting)
    _tell(meeting, ours, progress)
    touched, unseen = sync_erasing.differing(meeting)
    since = there.since(marks[1].id)
    if not (ours or others or touched.sources):
        syncing.set_marks(here, _name(place), *marks)
        return Synced(0, 0, 0, [])
    sync_erasing.forget(meeting)
    for found, more in zip(touched, copying.touched_by([*ours, *since], here, there), strict=True):
        found.update(more)
    with progress(len(touched.sources), "taking over") as bar:
        copying.take(here, there, touched, bar.step)
    here_end = copying.retell(here, marks[0].id, since) or marks[0]
    there_end = Mark(since[-1].id, since[-1].step) if since else marks[1]
    sync_erasing.erase_here(meeting, since, unseen, marks)
    syncing.set_marks(here, _name(place), here_end, there_end)
    return Synced(_steps(ours), _steps(others), len(touched.sources), meeting.told)


# -- where the two were one


def _marks(here: Side, there: Side, name: str, place: Place) -> tuple[Mark, Mark]:
    """Where the two were one: as remembered, or where their histories part.

    Raises: BadInput where they have no common beginning.
    """
    known = syncing.marks(here, name)
    if known and here.holds(known[0]) and there.holds(known[1]):
        return known
    found = None
    for ours, theirs in zip(here.steps(), there.steps(), strict=False):
        if ours.step != theirs.step:
            break
        found = ours, theirs
    if found is None and not _related(here, there):
        raise BadInput(
            f"the library at {place} is another one: the two have nothing in common",
            "litbase export and litbase import unite two libraries",
        )
    return found or (_START, _START)


def _related(here: Side, there: Side) -> bool:
    """Whether two histories have a step in common."""
    return any(there.known({mark.step for mark in some}) for some in chunked(here.steps()))


def _unknown(side: Side, other: Side, mark: Mark) -> list[Change]:
    """What was done on one side since, of which the other does not know."""
    changes = side.since(mark.id)
    known = other.known({change.step for change in changes})
    return [change for change in changes if change.step not in known]


def _steps(changes: list[Change]) -> int:
    return len({change.step for change in changes})


# -- what becomes of it all


def _decide(meeting: Meeting) -> None:
    sync_erasing.erase_there(meeting)
    sync_concepts.decide(meeting)
    sync_sources.decide(meeting)
    sync_sources.names(meeting)
    sync_sources.tags(meeting)
    sync_notes.decide(meeting)
    sync_sources.follow(meeting)


def _tell(meeting: Meeting, ours: list[Change], progress: Progress) -> None:
    """Keep there what was decided, and in its history what was done here and what was decided otherwise."""
    told = [_hushed(change, meeting) for change in ours]
    decided = list(_decided(meeting, told))
    # What is put in has the order in which history tells of it, so that a third copy has the same.
    order: dict[Key, int] = {}
    for number, change in enumerate(ours):
        key = (change.entity, change.key)
        order[key] = number if change.before is None else order.get(key, number)
    wanted = dict(sorted(meeting.wanted.items(), key=lambda one: order.get(one[0], len(ours))))
    with progress(len(wanted), "bringing") as bar:
        meeting.there.decide(wanted, bar.step)
    meeting.there.tell([*told, *decided])


def _hushed(change: Change, meeting: Meeting) -> Change:
    """A row of history, blank where it is about what is not to be told."""
    if change.entity == "purge" or not copying.concerned(change) & meeting.hushed:
        return change
    key = "" if change.entity in ("citekey_alias", "doi_alias") else change.key
    return change._replace(key=key, before=None, after=None)


def _decided(meeting: Meeting, told: list[Change]) -> Iterator[Change]:
    """What is otherwise than the history from here tells it, as rows of history."""
    rows: dict[Key, list[Change]] = {}
    for change in told:
        rows.setdefault((change.entity, change.key), []).append(change)
    writer = meeting.there.writer
    for key in {**{key: None for key in rows if key[0] not in ("undo", "purge") and key[1]}, **meeting.wanted}:
        is_told, is_now = after(meeting.theirs(key), rows.get(key, [])), meeting.now(key)
        before, now = _difference(key, is_told, is_now)
        if before != now:
            yield Change(0, writer._step, writer._now, "", COMMAND, *key, before, now)


def _difference(key: Key, told: Value, now: Value) -> tuple[Value, Value]:
    if told is None or now is None or key[0] not in _PARTLY:
        return told, now
    names = [name for name in {**told, **now} if told.get(name) != now.get(name)]
    both: list[dict[str, Any]] = [{name: row.get(name) for name in names} for row in (told, now)]
    return both[0], both[1]
