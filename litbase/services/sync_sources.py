"""What becomes of sources that were changed in two places: their items, their names, the bin, their concepts."""

import json
from typing import Any

from litbase.domain.three_way import fields, settled, several
from litbase.store.identity import uuid7
from litbase.store.recording import as_json
from litbase.store.rows import Key, Value

from .sync_meeting import Meeting, item_of, live, with_item


def decide(meeting: Meeting) -> None:
    """Decide of every source that was changed here: first of those that are there too, then of the others."""
    own = [key for entity, key in meeting.ours if entity == "source"]
    unions: list[tuple[str, str]] = []
    new: list[tuple[str, dict[str, Any]]] = []
    for uuid in [*own, *sorted(meeting.changed_here.difference(own))]:
        mine, theirs = meeting.mine(("source", uuid)), meeting.theirs(("source", uuid))
        if mine is not None and theirs is None:
            new.append((uuid, mine))
        elif mine is not None and theirs is not None:
            into = _changed(meeting, uuid, mine, theirs)
            unions += [(uuid, into)] if into else []
    for uuid, into in unions:
        _unite(meeting, uuid, into)
    for uuid, mine in new:
        _bring(meeting, uuid, mine)


def _changed(meeting: Meeting, uuid: str, mine: dict[str, Any], theirs: dict[str, Any]) -> str | None:
    """A source that is there too; the one it is to be united with, where it cannot stay by itself."""
    base = meeting.base(("source", uuid)) or {}
    deleted, into = _bin(meeting, uuid, base, mine, theirs)
    doi, clash = settled(base.get("doi"), mine["doi"], theirs["doi"])
    taken = not clash and deleted is None and meeting.holder_of_doi(doi, uuid, aliases=False)
    if taken and not live(theirs):
        return into or taken
    item, clashes = fields(item_of(base), item_of(mine), item_of(theirs))
    clashes += ["DOI"] if clash and "DOI" not in clashes else []
    if taken:
        doi, clashes = theirs["doi"], [*clashes, "DOI"]
        item = {**{name: value for name, value in item.items() if name != "DOI"}, **({"DOI": doi} if doi else {})}
    merged = {"provenance": _provenance(base, mine, theirs), "notices": _notices(base, mine, theirs)}
    row = with_item(theirs, item, doi=doi, deleted=deleted, **merged)
    if row != theirs:
        meeting.decide(("source", uuid), {**row, "modified": max(mine["modified"], theirs["modified"])})
    if into is None:
        for name in clashes:
            _keep(meeting, uuid, name, mine)
    return into


def _bin(
    meeting: Meeting, uuid: str, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> tuple[str | None, str | None]:
    """Whether a source is in the bin, and since when; and the one it has been merged with there."""
    was = base.get("deleted")
    deleted, _ = settled(was, mine["deleted"], theirs["deleted"])
    if mine["deleted"] and not theirs["deleted"] and was is None:
        if uuid in meeting.changed_there and not _merged_here(meeting, uuid, mine):
            meeting.tell("came-back", theirs["citekey"], "was removed here and changed there: it is out of the bin")
            deleted = None
    elif theirs["deleted"] and not mine["deleted"] and was is None and uuid in meeting.changed_here:
        alias = meeting.theirs(("citekey_alias", theirs["citekey"]))
        if alias and alias["source"] != uuid and live(meeting.theirs(("source", alias["source"]))):
            return theirs["deleted"], alias["source"]
        meeting.tell("came-back", theirs["citekey"], "was removed there and changed here: it is out of the bin")
        deleted = None
    return deleted, None


def _merged_here(meeting: Meeting, uuid: str, mine: dict[str, Any]) -> bool:
    alias = meeting.mine(("citekey_alias", mine["citekey"]))
    return alias is not None and alias["source"] != uuid


def _provenance(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    sides = (json.loads(row.get("provenance", "{}")) for row in (base, mine, theirs))
    return as_json(fields(*sides)[0])


def _notices(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> str:
    sides = (json.loads(row.get("notices", "[]")) for row in (base, mine, theirs))
    return as_json(several(*sides))


def _keep(meeting: Meeting, uuid: str, name: str, mine: dict[str, Any]) -> None:
    value = mine["doi"] if name == "DOI" else item_of(mine).get(name)
    if value is not None:
        meeting.keep_field(uuid, name, value)


# -- sources that are not there


def _bring(meeting: Meeting, uuid: str, mine: dict[str, Any]) -> None:
    erased = uuid in meeting.erased_there
    if erased and uuid not in meeting.changed_here:
        return
    held = meeting.holder_of_doi(mine["doi"], uuid, aliases=True) if live(mine) or erased else None
    if held:
        _unite(meeting, uuid, held)
        return
    key = meeting.free_key(mine["citekey"])
    name = uuid
    if erased:
        name = meeting.instead[uuid] = uuid7()
        meeting.tell("purged", key, "was erased there: what you have written since is kept as an addition")
        mine = {**mine, "uuid": name, "deleted": None}
    elif key.lower() != mine["citekey"].lower():
        meeting.tell("key", key, f"was {mine['citekey']} here, which is another work’s citekey there")
    row = with_item(mine, item_of(mine), citekey=key) if key != mine["citekey"] else mine
    meeting.decide(("source", name), row)


def _unite(meeting: Meeting, uuid: str, into: str) -> None:
    """One source of two: what hangs on the one here goes to the one there."""
    into = meeting.final(into)
    mine, theirs = meeting.mine(("source", uuid)), meeting.theirs(("source", uuid))
    now = meeting.now(("source", into))
    assert mine is not None, uuid
    if into == uuid or now is None:
        return
    meeting.instead[uuid] = into
    base = (meeting.base(("source", uuid)) or {}) if theirs else {}
    if theirs:
        had, has = item_of(base), item_of(now)
        clashes = [n for n, v in item_of(mine).items() if v != had.get(n) and v != has.get(n)]
    else:
        item, clashes = fields({}, item_of(mine), item_of(now))
        row = with_item(now, item, provenance=_provenance({}, mine, now), notices=_notices({}, mine, now))
        if row != now:
            meeting.decide(("source", into), {**row, "modified": max(mine["modified"], now["modified"])})
    key = meeting.key_of(into)
    meeting.tell("same-work", key, f"is there what {mine['citekey']} is here: they are one source now")
    for name in clashes:
        _keep(meeting, into, name, mine)
    if mine["citekey"].lower() != key.lower() and not meeting.key_taken(mine["citekey"]):
        meeting.decide(("citekey_alias", mine["citekey"]), {"source": into})


# -- what hangs on sources


def follow(meeting: Meeting) -> None:
    """What stands there on a source that has been merged here goes to the one it was merged with."""
    for (entity, key), value in list(meeting.wanted.items()):
        if entity == "citekey_alias" and value:
            for uuid in meeting.named_by_key(key):
                if uuid != value["source"] and not live(meeting.now(("source", uuid))):
                    _move(meeting, uuid, value["source"])


def _move(meeting: Meeting, uuid: str, into: str) -> None:
    row_id = meeting.there.id_of("source", uuid)
    for note in meeting.there.uuids("SELECT uuid FROM note WHERE source_id = ? ORDER BY id", row_id):
        now = meeting.now(("note", note))
        if now and now["source"] == uuid:
            meeting.decide(("note", note), {**now, "source": into})
    if uuid not in meeting.changed_there:
        return
    for concept in meeting.there.uuids(_TAGS, row_id):
        if meeting.there_is("concept", concept):
            meeting.decide(("source_concept", f"{into} {concept}"), {})
    gone = meeting.key_of(uuid)
    meeting.tell("merged", meeting.key_of(into), f"has what was added there to {gone}, which was merged with it here")


_TAGS = "SELECT c.uuid FROM source_concept sc JOIN concept c ON c.id = sc.concept_id WHERE sc.source_id = ?"


def names(meeting: Meeting) -> None:
    """Decide of the citekeys and DOIs that lead to sources, and of pairs that were told apart."""
    for key in list(meeting.ours):
        if key[0] in ("citekey_alias", "doi_alias"):
            _name(meeting, key)
        elif key[0] == "different":
            _different(meeting, key)


def _name(meeting: Meeting, key: Key) -> None:
    mine, now = meeting.mine(key), meeting.now(key)
    if mine is None:
        if now is not None and key not in meeting.others and key not in meeting.wanted:
            meeting.decide(key, None)
        return
    target = meeting.final(mine["source"])
    if not meeting.there_is("source", target) or (now and now["source"] == target):
        return
    if _own_name(meeting, key, target):
        return
    if _taken(meeting, key, target, now):
        meeting.tell("key", key[1], f"leads to another source there, no longer to {meeting.key_of(target)}")
        return
    meeting.decide(key, {"source": target})


def _own_name(meeting: Meeting, key: Key, target: str) -> bool:
    row = meeting.now(("source", target)) or {}
    return bool(str(row["citekey" if key[0] == "citekey_alias" else "doi"]).lower() == key[1].lower())


def _taken(meeting: Meeting, key: Key, target: str, now: Value) -> bool:
    """Whether a name leads elsewhere there by what was done there, or is another living source's own."""
    moved = now is not None and (key in meeting.others or key in meeting.wanted)
    if key[0] == "doi_alias":
        return moved or meeting.holder_of_doi(key[1], target, aliases=False) is not None
    holders = (meeting.now(("source", uuid)) for uuid in meeting.named_by_key(key[1]) if uuid != target)
    return moved or any(live(row) for row in holders)


def _different(meeting: Meeting, key: Key) -> None:
    mine = meeting.mine(key)
    if (mine is None) == (meeting.base(key) is None):
        return
    first, second = sorted(meeting.final(one) for one in key[1].split())
    if first != second and all(meeting.there_is("source", one) for one in (first, second)):
        meeting.decide(("different", f"{first} {second}"), None if mine is None else {})


def tags(meeting: Meeting) -> None:
    """Decide under which concepts sources stand."""
    for key in [key for key in meeting.ours if key[0] == "source_concept"]:
        source, concept = key[1].split()
        mine = meeting.mine(key)
        if key not in meeting.forced and (mine is None) == (meeting.base(key) is None):
            continue
        if mine is None:
            kept = meeting.mine(("concept", concept)) is None and meeting.there_is("concept", concept)
            erased = meeting.mine(("source", source)) is None
            if not kept and not erased and meeting.now(key) is not None:
                meeting.decide(key, None)
            continue
        source, concept = meeting.final(source), meeting.final(concept)
        if meeting.there_is("source", source) and meeting.there_is("concept", concept):
            meeting.decide(("source_concept", f"{source} {concept}"), {})
