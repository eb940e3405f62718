"""What becomes of notes that were changed in two places: no words of either are lost."""

from typing import Any

from litbase.domain.three_way import settled

from .sync_meeting import WORDS, Meeting, before, said


def decide(meeting: Meeting) -> None:
    """Decide of every note that was changed here."""
    for uuid in [key for entity, key in meeting.ours if entity == "note"]:
        mine, theirs = meeting.mine(("note", uuid)), meeting.theirs(("note", uuid))
        if uuid in meeting.erased_here:
            continue
        if _owner(meeting, uuid):
            meeting.hushed.add(uuid)
            _anothers(meeting, uuid, mine, theirs)
        elif mine is None:
            if theirs is not None:
                _removed_here(meeting, uuid, theirs)
        elif theirs is None:
            _bring(meeting, uuid, mine)
        else:
            _unite(meeting, uuid, mine, theirs)
    for uuid in sorted(meeting.lifted):
        _put_again(meeting, uuid)


def _put_again(meeting: Meeting, uuid: str) -> None:
    """A note whose source there was erased: it stands where it stands here."""
    mine, now = meeting.mine(("note", uuid)), meeting.now(("note", uuid))
    if mine is not None and now is not None:
        meeting.decide(("note", uuid), {**now, "source": _place(meeting, mine["source"], now["source"])})


def _owner(meeting: Meeting, uuid: str) -> str:
    """Whose a note is; empty for one's own."""
    row = meeting.mine(("note", uuid)) or meeting.theirs(("note", uuid))
    if row is None:
        sides = [side for change in meeting.ours["note", uuid] for side in (change.before, change.after)]
        row = next((side for side in sides if side and "owner" in side), {})
    return str(row.get("owner", ""))


def _words(row: dict[str, Any] | None) -> tuple[object, ...]:
    return tuple((row or {}).get(name) for name in WORDS)


def _place(meeting: Meeting, source: str, otherwise: str) -> str:
    """Where a note that stands on a source here stands there."""
    target = meeting.place_of(source)
    return target if meeting.there_is("source", target) else otherwise


def _removed_here(meeting: Meeting, uuid: str, theirs: dict[str, Any]) -> None:
    if _words(meeting.base(("note", uuid))) == _words(theirs):
        meeting.decide(("note", uuid), None)
    else:
        key = meeting.key_of(theirs["source"])
        meeting.tell("note", key, "a note was removed here and changed there: it stays")


def _bring(meeting: Meeting, uuid: str, mine: dict[str, Any]) -> None:
    """A note that is not there: a new one, or one that was removed there."""
    place = _place(meeting, mine["source"], "")
    base = meeting.base(("note", uuid))
    if uuid in meeting.erased_there:
        if place and said(meeting.ours["note", uuid]):
            meeting.add_note(place, mine, bool(mine["private"]))
            meeting.tell("purged", meeting.key_of(place), "a note was erased there: what you wrote since is kept anew")
    elif base is None or _words(base) != _words(mine):
        meeting.decide(("note", uuid), {**mine, "source": place})
        if base is not None:
            meeting.tell("note", meeting.key_of(place), "a note was removed there and changed here: it stays")


def _unite(meeting: Meeting, uuid: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    base = meeting.base(("note", uuid)) or {}
    row, clashes = dict(theirs), []
    for name in WORDS:
        row[name], clash = settled(base.get(name), mine[name], theirs[name])
        clashes += [name] if clash else []
    row["private"] = settled(base.get("private"), mine["private"], theirs["private"])[0]
    source, _ = settled(base.get("source"), mine["source"], theirs["source"])
    row["source"] = _place(meeting, source, theirs["source"])
    if clashes:
        # Neither half of what was said goes with the other's.
        row |= {name: theirs[name] for name in WORDS}
        meeting.add_note(row["source"], mine, bool(mine["private"] or theirs["private"]))
        meeting.tell(
            "note",
            meeting.key_of(row["source"]),
            "a note was changed here and there: theirs stays, yours is a new note",
        )
    if row != theirs:
        meeting.decide(("note", uuid), {**row, "modified": max(mine["modified"], theirs["modified"])})


def _anothers(meeting: Meeting, uuid: str, mine: dict[str, Any] | None, theirs: dict[str, Any] | None) -> None:
    """A note of another member's: what was said of it here becomes a note of one's own."""
    rows = meeting.ours["note", uuid]
    base = {} if any(row.blank for row in rows) else before(mine, rows) or {}
    if mine is None:
        if theirs is not None and _words(base) == _words(theirs):
            meeting.decide(("note", uuid), None)
        return
    place = _place(meeting, mine["source"], theirs["source"] if theirs else "")
    if theirs is not None and mine["source"] != base.get("source") and place != theirs["source"]:
        meeting.decide(("note", uuid), {**theirs, "source": place})
    if place and _words(mine) not in (_words(base), _words(theirs)):
        meeting.add_note(place, mine)
        meeting.tell(
            "note", meeting.key_of(place), "a note of another’s was changed here: theirs stays, yours is a new note"
        )
