"""A library as plain objects, one a line of an export, from which the whole can be put together again.

    {"concept": …}    a concept with its names and its broader concepts
    {"source": …}     a source with its other names, concepts, notes and raw answers
    {"different": …}  two sources that were told apart
    {"draft": …}      a draft of the ledger with what it cites
    {"change": …}     a row of the history

What follows from the rest is left out: the index, rendered entries, the columns that lists are made of.
Rows go by their public ids. What is private leaves only where that is asked for.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from .reader import Reader

Notes: TypeAlias = Literal["none", "public", "all"]
Line: TypeAlias = dict[str, Any]

NOTE_COLUMNS = ("uuid", "owner", "private", "kind", "locator", "text", "created", "modified")
CHANGE_COLUMNS = ("step", "at", "who", "command", "entity", "key", "before", "after")
_SOURCE_JSON = ("item", "provenance", "notices")


class Scope(NamedTuple):
    """What of a library is wanted: some sources by their private ids, or all; and which notes.

    The bin and the ledger go with the whole only, the ledger only where private things may leave:
    it holds the words of drafts.
    """

    sources: frozenset[int] | None = None
    notes: Notes = "none"


def lines(reader: Reader, scope: Scope) -> Iterator[Line]:
    """Everything in scope, in the order in which it must be put back."""
    concepts = _concept_ids(reader, scope)
    yield from _concepts(reader, concepts)
    yield from _sources(reader, scope)
    chosen = _uuids(reader, "source", scope.sources)
    for row in reader._all("SELECT first, second FROM different ORDER BY first, second"):
        if row["first"] in chosen and row["second"] in chosen:
            yield {"different": [row["first"], row["second"]]}
    if scope.sources is None and scope.notes == "all":
        yield from _drafts(reader)
    yield from _changes(reader, scope, chosen, _uuids(reader, "concept", concepts))


def renamed(line: Line, old: str, new: str) -> Line:
    """A line in which one member goes by another name: as the owner of notes, and as who did things.

    In a file one's own rows go by no name at all, on a server by one's role.
    """
    kind, value = next(iter(line.items()))
    if kind == "source":
        return {kind: {**value, "notes": [_owned(note, old, new) for note in value["notes"]]}}
    if kind != "change":
        return line
    change = {**value, "who": new if value["who"] == old else value["who"]}
    if value["entity"] == "note":
        change |= {side: _owned(value[side], old, new) for side in ("before", "after") if value[side]}
    return {kind: change}


def _owned(note: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {**note, "owner": new} if note.get("owner") == old else note


def _uuids(reader: Reader, table: str, ids: frozenset[int] | None) -> set[str]:
    rows = reader._all(f"SELECT id, uuid FROM {table}")
    return {row["uuid"] for row in rows if ids is None or row["id"] in ids}


def _concept_ids(reader: Reader, scope: Scope) -> frozenset[int] | None:
    """The concepts that the sources carry, and all broader ones; None for all there are."""
    if scope.sources is None:
        return None
    rows = reader._all("SELECT source_id, concept_id FROM source_concept")
    found = {row["concept_id"] for row in rows if row["source_id"] in scope.sources}
    above: dict[int, list[int]] = {}
    for row in reader._all("SELECT concept_id, broader_id FROM concept_broader"):
        above.setdefault(row[0], []).append(row[1])
    waiting = list(found)
    while waiting:
        new = [one for one in above.get(waiting.pop(), ()) if one not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def _concepts(reader: Reader, ids: frozenset[int] | None) -> Iterator[Line]:
    aliases, broader = reader._grouped("alias"), reader._grouped("broader")
    for row in reader._all("SELECT * FROM concept ORDER BY id"):
        if ids is None or row["id"] in ids:
            yield {
                "concept": {
                    "uuid": row["uuid"],
                    "name": row["name"],
                    "definition": row["definition"],
                    "cues": json.loads(row["cues"]),
                    "created": row["created"],
                    "aliases": aliases.get(row["id"], []),
                    "broader": broader.get(row["id"], []),
                }
            }


def _sources(reader: Reader, scope: Scope) -> Iterator[Line]:
    for (source_id,) in reader._all("SELECT id FROM source ORDER BY id"):
        if scope.sources is None or source_id in scope.sources:
            yield {"source": _source(reader, source_id, scope.notes)}


def _source(reader: Reader, source_id: int, notes: Notes) -> Line:
    def below(columns: str, table: str, order: str) -> list[Any]:
        return reader._all(f"SELECT {columns} FROM {table} WHERE source_id = ? ORDER BY {order}", (source_id,))

    row = reader._all("SELECT * FROM source WHERE id = ?", (source_id,))[0]
    plain = {name: row[name] for name in ("uuid", "citekey", "doi", "added", "modified", "deleted")}
    wanted = {"none": (), "public": (0,), "all": (0, 1)}[notes]
    concepts = reader._all(
        "SELECT c.name FROM source_concept sc JOIN concept c ON c.id = sc.concept_id "
        "WHERE sc.source_id = ? ORDER BY c.folded",
        (source_id,),
    )
    return {
        **plain,
        **{name: json.loads(row[name]) for name in _SOURCE_JSON},
        "aliases": [one[0] for one in below("citekey", "citekey_alias", "citekey")],
        "doi_aliases": [one[0] for one in below("doi", "doi_alias", "doi")],
        "concepts": [one[0] for one in concepts],
        "notes": [dict(one) for one in below(", ".join(NOTE_COLUMNS), "note", "id") if one["private"] in wanted],
        "answers": [
            {**dict(one), "body": json.loads(one["body"])}
            for one in below("provider, identifier, fetched, body", "answer", "provider")
        ],
    }


def _drafts(reader: Reader) -> Iterator[Line]:
    for row in reader._all("SELECT * FROM draft ORDER BY id"):
        cited = reader._all(
            'SELECT position, citekey, line, "column", text FROM cited WHERE draft_id = ? ORDER BY position',
            (row["id"],),
        )
        plain = {name: row[name] for name in ("uuid", "path", "digest", "title", "seen")}
        yield {"draft": {**plain, "cited": [list(one) for one in cited]}}


def _changes(reader: Reader, scope: Scope, sources: set[str], concepts: set[str]) -> Iterator[Line]:
    """The history of what is in scope. A note that has ever been private has none unless private ones may leave."""
    notes = _told(reader, scope)
    steps: set[str] = set()
    for row in reader._all("SELECT * FROM change ORDER BY id"):
        change = {name: row[name] for name in CHANGE_COLUMNS}
        change |= {name: None if row[name] is None else json.loads(row[name]) for name in ("before", "after")}
        if row["entity"] == "note":
            wanted = notes is None or row["key"] in notes
        elif row["entity"] == "undo":
            wanted = scope.sources is None or row["key"] in steps
        else:
            wanted = scope.sources is None or _concerns(change, sources, concepts)
        if wanted:
            steps.add(row["step"])
            yield {"change": change}


def _told(reader: Reader, scope: Scope) -> set[str] | None:
    """The notes whose history may be told; None for all."""
    if scope.sources is None and scope.notes == "all":
        return None
    if scope.notes == "none":
        return set()
    kept = {
        row["uuid"]
        for row in reader._all("SELECT uuid, source_id FROM note")
        if scope.sources is None or row["source_id"] in scope.sources
    }
    if scope.notes == "all":
        return kept
    for row in reader._all("SELECT key, before, after FROM change WHERE entity = 'note'"):
        if any(json.loads(text).get("private") for text in (row["before"], row["after"]) if text):
            kept.discard(row["key"])
    return kept


def _concerns(change: Line, sources: set[str], concepts: set[str]) -> bool:
    """Whether a change is one of the chosen sources' or their concepts'."""
    entity, keys = change["entity"], change["key"].split()
    known = change["before"] or change["after"] or {}
    if entity == "source_concept":
        return keys[0] in sources and keys[1] in concepts
    if entity in ("citekey_alias", "doi_alias"):
        return known.get("source") in sources
    if entity == "concept_alias":
        return known.get("concept") in concepts
    return all(key in (concepts if entity.startswith("concept") else sources) for key in keys)
