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
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeAlias

from .chunks import chunked
from .reader import Reader

Notes: TypeAlias = Literal["none", "public", "all"]
Line: TypeAlias = dict[str, Any]

NOTE_COLUMNS = ("uuid", "owner", "private", "kind", "locator", "text", "created", "modified")
CHANGE_COLUMNS = ("step", "at", "who", "command", "entity", "key", "before", "after")
_SOURCE_JSON = ("item", "provenance", "notices")
_ANSWER = ("provider", "identifier", "fetched")
# Sources that are read together, with all that hangs on them: a hundred answers of a provider are some megabytes.
_AT_ONCE = 100


class Scope(NamedTuple):
    """What of a library is wanted: some sources by their private ids, or all; and which notes.

    The bin and the ledger go with the whole only, the ledger only where private things may leave:
    it holds the words of drafts.
    """

    sources: frozenset[int] | None = None
    notes: Notes = "none"


def lines(reader: Reader, scope: Scope) -> Iterator[Line]:
    """Everything in scope, in the order in which it must be put back.

    No more than some hundred rows are held; read in a `snapshot`, they go together.
    """
    concepts = _concept_ids(reader, scope)
    yield from _concepts(reader, concepts)
    yield from _sources(reader, scope)
    chosen = _uuids(reader, "source", scope.sources)
    yield from _different(reader, scope, chosen)
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
    """The public ids of what was chosen; none where that is all, of which nothing need be asked."""
    return {row[0] for rows in _those(reader, f"SELECT uuid FROM {table} WHERE id", ids or ()) for row in rows}


def _those(reader: Reader, sql: str, ids: Iterable[int], more: str = "") -> Iterator[list[Any]]:
    """The rows with one of these ids, portion by portion; `sql` ends with the column they are in."""
    for chunk in chunked(sorted(ids), _AT_ONCE):
        yield reader._all(f"{sql} IN ({', '.join('?' * len(chunk))}) {more}", chunk)


def _concept_ids(reader: Reader, scope: Scope) -> frozenset[int] | None:
    """The concepts that the sources carry, and all broader ones; None for all there are."""
    if scope.sources is None:
        return None
    carried = _those(reader, "SELECT DISTINCT concept_id FROM source_concept WHERE source_id", scope.sources)
    found = {row[0] for rows in carried for row in rows}
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
    if scope.sources is None:
        pages = reader._paged("SELECT * FROM source WHERE id > ? ORDER BY id LIMIT ?", _AT_ONCE)
    else:
        pages = _those(reader, "SELECT * FROM source WHERE id", scope.sources, "ORDER BY id")
    for rows in pages:
        below = _below(reader, [row["id"] for row in rows], scope.notes)
        yield from ({"source": _source(row, below)} for row in rows)


# What hangs on a source, by its name in a line: its columns, where they are, and their order.
_BELOW = {
    "aliases": ("citekey", "citekey_alias", "citekey"),
    "doi_aliases": ("doi", "doi_alias", "doi"),
    "concepts": ("c.name", "source_concept sc JOIN concept c ON c.id = sc.concept_id", "c.folded"),
    "notes": (", ".join(NOTE_COLUMNS), "note", "id"),
    "answers": ("provider, identifier, fetched, body", "answer", "provider"),
}
_Below: TypeAlias = dict[str, dict[int, list[Any]]]


def _below(reader: Reader, ids: Sequence[int], notes: Notes) -> _Below:
    """What hangs on some hundred sources: a question for each kind, however many they are."""
    marks = ", ".join("?" * len(ids))
    wanted = {"none": (), "public": (0,), "all": (0, 1)}[notes]
    found: _Below = {}
    for kind, (columns, table, order) in _BELOW.items():
        held = found.setdefault(kind, {})
        if kind == "notes" and not wanted:
            continue
        sql = f"SELECT source_id, {columns} FROM {table} WHERE source_id IN ({marks}) ORDER BY source_id, {order}"
        for row in reader._all(sql, ids):
            if kind != "notes" or row["private"] in wanted:
                held.setdefault(row["source_id"], []).append(row)
    return found


def _source(row: Any, below: _Below) -> Line:
    def of(kind: str) -> list[Any]:
        return below[kind].get(row["id"], [])

    return {
        **{name: row[name] for name in ("uuid", "citekey", "doi", "added", "modified", "deleted")},
        **{name: json.loads(row[name]) for name in _SOURCE_JSON},
        "aliases": [one[1] for one in of("aliases")],
        "doi_aliases": [one[1] for one in of("doi_aliases")],
        "concepts": [one[1] for one in of("concepts")],
        "notes": [{name: one[name] for name in NOTE_COLUMNS} for one in of("notes")],
        "answers": [
            {**{name: one[name] for name in _ANSWER}, "body": json.loads(one["body"])} for one in of("answers")
        ],
    }


def _different(reader: Reader, scope: Scope, chosen: set[str]) -> Iterator[Line]:
    """The pairs told apart of which both are in scope."""
    pair = ("", "")
    there = " AND ".join(f"EXISTS (SELECT 1 FROM source WHERE uuid = {name})" for name in ("first", "second"))
    sql = f"SELECT first, second FROM different WHERE (first, second) > (?, ?) AND {there} ORDER BY first, second"
    while rows := reader._all(f"{sql} LIMIT ?", (*pair, _AT_ONCE)):
        pair = (rows[-1][0], rows[-1][1])
        for row in rows:
            if scope.sources is None or (row["first"] in chosen and row["second"] in chosen):
                yield {"different": [row["first"], row["second"]]}


def _drafts(reader: Reader) -> Iterator[Line]:
    for row in chain.from_iterable(reader._paged("SELECT * FROM draft WHERE id > ? ORDER BY id LIMIT ?")):
        cited = reader._all(
            'SELECT position, citekey, line, "column", text FROM cited WHERE draft_id = ? ORDER BY position',
            (row["id"],),
        )
        plain = {name: row[name] for name in ("uuid", "path", "digest", "title", "seen")}
        yield {"draft": {**plain, "cited": [list(one) for one in cited]}}


def _changes(reader: Reader, scope: Scope, sources: set[str], concepts: set[str]) -> Iterator[Line]:
    """The history of what is in scope. A note that has ever been private has none unless private ones may leave."""
    steps: set[str] = set()
    for rows in reader._paged("SELECT * FROM change WHERE id > ? ORDER BY id LIMIT ?"):
        notes = _told(reader, scope, {row["key"] for row in rows if row["entity"] == "note"})
        for row in rows:
            change = {name: row[name] for name in CHANGE_COLUMNS}
            change |= {name: None if row[name] is None else json.loads(row[name]) for name in ("before", "after")}
            if row["entity"] == "note":
                wanted = row["key"] in notes
            elif scope.sources is None:
                wanted = True
            elif row["entity"] == "undo":
                wanted = row["key"] in steps
            else:
                wanted = _concerns(change, sources, concepts)
            if wanted:
                if scope.sources is not None:
                    steps.add(row["step"])
                yield {"change": change}


def _told(reader: Reader, scope: Scope, notes: Set[str]) -> Set[str]:
    """Of these notes those whose history may be told."""
    if not notes or scope.notes == "none":
        return set()
    if scope.sources is None and scope.notes == "all":
        return notes
    marks = ", ".join("?" * len(notes))
    kept = {
        row["uuid"]
        for row in reader._all(f"SELECT uuid, source_id FROM note WHERE uuid IN ({marks})", list(notes))
        if scope.sources is None or row["source_id"] in scope.sources
    }
    if scope.notes == "all":
        return kept
    sql = f"SELECT key, before, after FROM change WHERE entity = 'note' AND key IN ({marks})"
    for row in reader._all(sql, list(notes)):
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
