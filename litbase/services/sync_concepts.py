"""What becomes of concepts that were changed in two places: their names, their meaning, their place in the tree."""

import json
from typing import Any

from litbase.domain.text import fold
from litbase.domain.three_way import settled, several
from litbase.store.recording import as_json

from .sync_meeting import Meeting


def decide(meeting: Meeting) -> None:
    """Decide of every concept that was changed here, and what hangs on it."""
    concepts = [key for entity, key in meeting.ours if entity == "concept"]
    for uuid in [*concepts, *sorted(meeting.used_here.difference(concepts))]:
        _concept(meeting, uuid)
    for folded in [key for entity, key in meeting.ours if entity == "concept_alias"]:
        _alias(meeting, folded)
    ties = [key for entity, key in meeting.ours if entity == "concept_broader"]
    # What is taken apart first cannot close a circle.
    for tie in sorted(ties, key=lambda tie: meeting.mine(("concept_broader", tie)) is not None):
        _broader(meeting, tie)


def _concept(meeting: Meeting, uuid: str) -> None:
    key = ("concept", uuid)
    mine, theirs = meeting.mine(key), meeting.theirs(key)
    if mine is None and theirs is not None:
        if uuid in meeting.used_there:
            meeting.tell("came-back", theirs["name"], "was removed here and used there: it stays")
        else:
            meeting.decide(key, None)
    elif mine is not None and theirs is None:
        _bring(meeting, uuid, mine)
    elif mine is not None and theirs is not None and key in meeting.ours:
        _unite_changes(meeting, uuid, mine, theirs)


def _bring(meeting: Meeting, uuid: str, mine: dict[str, Any]) -> None:
    """A concept that is not there: a new one, or one that was removed there and is used here."""
    base = meeting.base(("concept", uuid))
    held = meeting.holder_of_name(mine["folded"])
    if held is not None:
        _unite(meeting, uuid, held, mine, base)
        return
    meeting.decide(("concept", uuid), mine)
    if base is not None:
        meeting.tell("came-back", mine["name"], "was removed there and used here: it stays")
        _bring_ties(meeting, uuid)


def _bring_ties(meeting: Meeting, uuid: str) -> None:
    """What hung on a concept that was removed there."""
    row_id = meeting.here.id_of("concept", uuid)
    below = (
        ("concept_alias", "SELECT folded FROM concept_alias WHERE concept_id = ?", "{0}"),
        ("concept_broader", f"{_TREE} ON c.id = b.broader_id WHERE b.concept_id = ?", f"{uuid} {{0}}"),
        ("concept_broader", f"{_TREE} ON c.id = b.concept_id WHERE b.broader_id = ?", f"{{0}} {uuid}"),
        ("source_concept", _TAGGED, f"{{0}} {uuid}"),
    )
    for entity, sql, form in below:
        for found in meeting.here.uuids(sql, row_id):
            key = (entity, form.format(found))
            meeting.forced.add(key)
            meeting.ours.setdefault(key, [])


_TREE = "SELECT c.uuid FROM concept_broader b JOIN concept c"
_TAGGED = "SELECT s.uuid FROM source_concept sc JOIN source s ON s.id = sc.source_id WHERE sc.concept_id = ?"


def _unite(meeting: Meeting, uuid: str, into: str, mine: dict[str, Any], base: dict[str, Any] | None) -> None:
    """One concept of two: what it means here is added to what it means there."""
    meeting.instead[uuid] = into
    now = meeting.now(("concept", into))
    assert now is not None, into
    definition = now["definition"]
    if mine["definition"] != (base or {}).get("definition", ""):
        definition = _both(meeting, now["name"], mine["definition"], definition)
    cues = several(_cues(base), _cues(mine), _cues(now))
    meeting.decide(("concept", into), {**now, "definition": definition, "cues": as_json(cues)})


def _unite_changes(meeting: Meeting, uuid: str, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    """One concept, changed here and perhaps there."""
    base = meeting.base(("concept", uuid)) or {}
    definition, clash = settled(base.get("definition", ""), mine["definition"], theirs["definition"])
    if clash:
        definition = _both(meeting, theirs["name"], mine["definition"], theirs["definition"])
    cues = as_json(several(_cues(base), _cues(mine), _cues(theirs)))
    name, clash = settled(base.get("name"), mine["name"], theirs["name"])
    if clash and fold(mine["name"]) != theirs["folded"]:
        meeting.tell("renamed", theirs["name"], f"is “{mine['name']}” here: theirs is the name, yours another one")
        _also(meeting, uuid, mine["name"])
    if fold(name) != theirs["folded"] and meeting.holder_of_name(fold(name)) not in (None, uuid):
        meeting.tell("name-taken", name, f"is another concept’s name there: “{theirs['name']}” keeps its own")
        name = theirs["name"]
    value = {**theirs, "name": name, "folded": fold(name), "definition": definition, "cues": cues}
    if value != theirs:
        meeting.decide(("concept", uuid), value)
        alias = ("concept_alias", fold(name))
        if meeting.now(alias) and name != theirs["name"]:
            meeting.decide(alias, None)


def _also(meeting: Meeting, uuid: str, name: str) -> None:
    if meeting.holder_of_name(fold(name)) is None:
        meeting.decide(("concept_alias", fold(name)), {"alias": name, "concept": uuid})


def _both(meeting: Meeting, name: str, mine: str, theirs: str) -> str:
    if not mine or not theirs or mine == theirs:
        return mine or theirs
    meeting.tell("definition", name, "was defined here and there: both are kept")
    return f"{theirs} / {mine}"


def _cues(row: dict[str, Any] | None) -> list[str]:
    return json.loads(row["cues"]) if row and "cues" in row else []


def _alias(meeting: Meeting, folded: str) -> None:
    key = ("concept_alias", folded)
    mine, now = meeting.mine(key), meeting.now(key)
    if mine is None:
        removed = now is not None and key not in meeting.others and key not in meeting.wanted
        if removed and now and not _stays(meeting, now["concept"]):
            meeting.decide(key, None)
        return
    target = meeting.final(mine["concept"])
    if not meeting.there_is("concept", target):
        return
    holder = meeting.holder_of_name(folded)
    moved = now is not None and holder == now["concept"] and key not in meeting.others and key not in meeting.wanted
    if holder is None or moved:
        meeting.decide(key, {"alias": mine["alias"], "concept": target})
    elif holder != target:
        row = meeting.now(("concept", holder))
        meeting.tell("name-taken", mine["alias"], f"is a name of “{row['name'] if row else '…'}” there, and stays so")


def _stays(meeting: Meeting, uuid: str) -> bool:
    """Whether a concept was removed here and is kept nevertheless."""
    return meeting.mine(("concept", uuid)) is None and meeting.there_is("concept", uuid)


def _broader(meeting: Meeting, tie: str) -> None:
    key = ("concept_broader", tie)
    lower, upper = tie.split()
    mine = meeting.mine(key)
    if key not in meeting.forced and (mine is None) == (meeting.base(key) is None):
        return
    if mine is None:
        if not (_stays(meeting, lower) or _stays(meeting, upper)) and meeting.now(key) is not None:
            meeting.decide(key, None)
        return
    lower, upper = meeting.final(lower), meeting.final(upper)
    key = ("concept_broader", f"{lower} {upper}")
    names = [meeting.now(("concept", one)) for one in (lower, upper)]
    if None in names or lower == upper or meeting.now(key) is not None:
        return
    if lower in _above(meeting, upper):
        first, second = (str(one["name"]) for one in names if one)
        meeting.tell("circle", first, f"cannot stand under “{second}”, which stands under it there: left out")
        return
    meeting.decide(key, {})


def _above(meeting: Meeting, uuid: str) -> set[str]:
    """All that will stand above a concept there."""
    found, waiting = set[str](), [uuid]
    while waiting:
        one = waiting.pop()
        sql = f"{_TREE} ON c.id = b.broader_id JOIN concept l ON l.id = b.concept_id WHERE l.uuid = ?"
        uppers = {*meeting.there.uuids(sql, one)}
        ties = {key: value for key, value in meeting.wanted.items() if key[0] == "concept_broader"}
        uppers |= {key[1].split()[1] for key, value in ties.items() if value is not None and key[1].startswith(one)}
        gone = {key[1].split()[1] for key, value in ties.items() if value is None and key[1].startswith(one)}
        new = uppers - gone - found
        found |= new
        waiting += new
    return found
