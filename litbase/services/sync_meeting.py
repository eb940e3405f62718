"""Two libraries and what was changed in each since they were one; what is decided of it, row by row.

`mine` is a row as it is here, `theirs` as it is in the other place, `base` as it was when the two were one, and
`now` as it will be there by what has been decided so far.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from litbase.domain import citekey
from litbase.domain.item import Item
from litbase.store.identity import uuid7
from litbase.store.rows import Key, Value
from litbase.store.sources import columns
from litbase.store.syncing import Change, Side

# What of a note is hers; the rest is where it stands and who may read it.
WORDS = ("text", "kind", "locator")
_ITEM = {"item", "provenance", "notices"}


class Told(NamedTuple):
    """A conflict, and how it ended. `about` names a source by its citekey or a concept; no text of a note is in it."""

    code: str
    about: str
    text: str


class Meeting:
    """What two libraries bring, and what is decided."""

    def __init__(self, here: Side, there: Side, ours: Iterable[Change], others: Iterable[Change]) -> None:
        ours, others = list(ours), list(others)
        self.here, self.there = here, there
        self.purged = [change for change in ours if change.entity == "purge"]
        self.ours, self.others = _by_key(ours), _by_key(others)
        self.changed_here, self.changed_there = _changed(self.ours, here), _changed(self.others, there)
        self.used_here, self.used_there = _used(self.ours), _used(self.others)
        self.erased_here, self.erased_there = _erased(ours, here), _erased(others, there)
        self.wanted: dict[Key, Value] = {}
        self.told: list[Told] = []
        # A source or concept of here that is another one there.
        self.instead: dict[str, str] = {}
        # Ties that are to be as they are here, though history does not say so.
        self.forced: set[Key] = set()
        # Rows of which nothing is told there but that there was something.
        self.hushed: set[str] = {*self.erased_there}
        # Notes that are out of the other place as long as sources are being erased there.
        self.lifted: set[str] = set()
        # What was erased here and could not be there.
        self.back: set[str] = set()
        self._theirs: dict[Key, Value] = {}
        self._keys: dict[str, str] = {}
        self._dois: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}

    # -- rows

    def mine(self, key: Key) -> Value:
        """A row as it is here."""
        return self.here.get(key)

    def theirs(self, key: Key) -> Value:
        """A row as it was there before anything was decided."""
        if key not in self._theirs:
            self._theirs[key] = self.there.get(key)
        return self._theirs[key]

    def now(self, key: Key) -> Value:
        """A row as it will be there."""
        return self.wanted[key] if key in self.wanted else self.theirs(key)

    def base(self, key: Key) -> Value:
        """A row as it was when the two were one; empty where a purge has left nothing to tell by."""
        if key not in self.others and key in self.ours:
            return self.theirs(key)
        for state, rows in ((self.mine(key), self.ours.get(key, [])), (self.theirs(key), self.others.get(key, []))):
            if not any(row.blank for row in rows):
                return before(state, rows)
        return {}

    def decide(self, key: Key, value: Value) -> None:
        """Let a row be so."""
        self.theirs(key)
        self.wanted[key] = value
        if key[0] == "source" and value:
            self._keys[value["citekey"].lower()] = key[1]
            self._dois.setdefault(value["doi"] or "", set()).add(key[1])
        elif key[0] == "concept" and value:
            self._names.setdefault(value["folded"], set()).add(key[1])

    def final(self, uuid: str) -> str:
        """What a source or concept of here is there."""
        while uuid in self.instead:
            uuid = self.instead[uuid]
        return uuid

    def place_of(self, source: str) -> str:
        """Where what stands on a source here stands there: on itself, or on the one it has been merged with."""
        target = self.final(source)
        row = self.now(("source", target))
        if row is None or live(row):
            return target
        alias = self.now(("citekey_alias", row["citekey"]))
        return str(alias["source"]) if alias and live(self.now(("source", alias["source"]))) else target

    def there_is(self, entity: str, uuid: str) -> bool:
        """Whether a source or concept will be there."""
        return self.now((entity, uuid)) is not None

    # -- names, of which there can be only one

    def key_taken(self, key: str) -> bool:
        """Whether a citekey will be a source's there, or an alias."""
        if key.lower() in self._keys or self.now(("citekey_alias", key)):
            return True
        return bool(self.there.uuids("SELECT uuid FROM source WHERE citekey = ?", key))

    def free_key(self, wished: str) -> str:
        """The wished citekey, or the next that is free there."""
        return citekey.free(wished, self.key_taken)

    def named_by_key(self, key: str) -> list[str]:
        """The sources that will have a citekey as their own there."""
        found = {*self.there.uuids("SELECT uuid FROM source WHERE citekey = ?", key)}
        return sorted(found | ({self._keys[key.lower()]} if key.lower() in self._keys else set()))

    def holder_of_doi(self, doi: str | None, but: str, aliases: bool) -> str | None:
        """Another source that will have a DOI there, with `aliases` also as one that leads to it; the bin left out."""
        if not doi:
            return None
        found = {*self.there.uuids("SELECT uuid FROM source WHERE doi = ?", doi), *self._dois.get(doi, ())}
        own = [str(uuid) for uuid in found if (row := self.now(("source", uuid))) and row["doi"] == doi and live(row)]
        alias = self.now(("doi_alias", doi)) if aliases else None
        if alias and live(self.now(("source", alias["source"]))):
            own.append(str(alias["source"]))
        return next((uuid for uuid in sorted(own) if uuid != but), None)

    def holder_of_name(self, folded: str) -> str | None:
        """The concept that will have a name there, as its own or as another name."""
        found = {*self.there.uuids("SELECT uuid FROM concept WHERE folded = ?", folded), *self._names.get(folded, ())}
        for uuid in sorted(found):
            row = self.now(("concept", uuid))
            if row and row["folded"] == folded:
                return str(uuid)
        alias = self.now(("concept_alias", folded))
        return str(alias["concept"]) if alias and self.there_is("concept", alias["concept"]) else None

    # -- telling

    def tell(self, code: str, about: str, text: str) -> None:
        """Tell of a conflict."""
        self.told.append(Told(code, about, text))

    def key_of(self, uuid: str) -> str:
        """A source's citekey there, or here where it is not there."""
        row = self.now(("source", self.final(uuid))) or self.mine(("source", uuid))
        return str(row["citekey"]) if row else "a source"

    def add_note(self, source: str, words: Mapping[str, Any], private: bool = True) -> None:
        """A new note of one's own."""
        uuid, at = uuid7(), self.there.writer._now
        kept = {name: words[name] for name in WORDS}
        times = {"created": at, "modified": at}
        note: dict[str, Any] = {"uuid": uuid, "owner": "", "private": int(private), **kept, **times}
        note["source"] = self.place_of(source)
        self.decide(("note", uuid), note)

    def keep_field(self, source: str, name: str, value: object) -> None:
        """Keep a field's other value in a private note, and tell."""
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        text = f"{name}, as it was in the copy that was synchronised: {shown}"
        self.add_note(source, {"text": text, "kind": "note", "locator": ""})
        key = self.key_of(source)
        self.tell("field", key, f"{name} was changed here and there: theirs stays, yours is in a private note")


def live(row: Value) -> bool:
    """Whether a source is there and not in the bin."""
    return row is not None and row["deleted"] is None


def with_item(row: Mapping[str, Any], item: Item, **more: Any) -> dict[str, Any]:
    """A source's row with another item."""
    return {**row, **more, **columns(item, more.get("citekey", row["citekey"]))}


def item_of(row: Mapping[str, Any]) -> Item:
    """A source's item, without its citekey."""
    item: Item = {name: value for name, value in json.loads(row.get("item", "{}")).items() if name != "id"}
    return item


def before(state: Value, rows: list[Change]) -> Value:
    """A row before these changes of it."""
    for row in reversed(rows):
        part = row.before is not None and row.after is not None
        state = {**(state or {}), **(row.before or {})} if part else row.before
    return state


def after(state: Value, rows: list[Change]) -> Value:
    """A row as history tells it, these changes added."""
    for row in rows:
        if row.before is None and row.after is not None:
            state = row.after
        elif row.after is not None:
            # Nothing can be changed of what the other side has taken out meanwhile.
            state = {**state, **row.after} if state else None
        elif row.before is not None:
            # A source that was taken back went to the bin.
            state = {**state, "deleted": row.at} if row.entity == "source" and state else None
    return state


def said(rows: Iterable[Change]) -> bool:
    """Whether a note's words were changed, as far as a purge lets one tell."""
    return any(row.blank or (row.after and set(WORDS) & row.after.keys()) for row in rows)


def _by_key(changes: Iterable[Change]) -> dict[Key, list[Change]]:
    found: dict[Key, list[Change]] = {}
    for change in changes:
        if change.entity not in ("undo", "purge") and change.key:
            found.setdefault((change.entity, change.key), []).append(change)
    return found


def _changed(changes: Mapping[Key, list[Change]], side: Side) -> set[str]:
    """The sources that something was said of: themselves, a note, a concept. Going to the bin is not counted."""
    found: set[str] = set()
    for (entity, key), rows in changes.items():
        for row in rows:
            if entity == "note" and (said([row]) or "source" in (row.after or {})):
                note = side.get(("note", key)) or row.after or {}
                found.update([note["source"]] if "source" in note else [])
            elif entity == "source" and row.after is not None and (row.before is None or _says(row.after)):
                found.add(key)
            elif entity == "source_concept" and row.after is not None:
                found.add(key.split()[0])
    return found


def _says(columns: Mapping[str, Any]) -> bool:
    return bool(_ITEM & columns.keys()) or columns.get("deleted", "") is None


def _used(changes: Mapping[Key, list[Change]]) -> set[str]:
    """The concepts that something was said of: themselves, a name, a place, a source."""
    found: set[str] = set()
    for (entity, key), rows in changes.items():
        for row in rows:
            if row.after is None:
                continue
            if entity == "concept":
                found.add(key)
            elif entity == "concept_alias":
                found.add(row.after["concept"])
            elif entity == "concept_broader":
                found.update(key.split())
            elif entity == "source_concept":
                found.add(key.split()[1])
    return found


def _erased(changes: Iterable[Change], side: Side) -> dict[str, str]:
    """What was erased for good, and is not there: sources and notes."""
    found: dict[str, str] = {}
    for change in changes:
        if change.entity == "purge" and change.after:
            found[change.key] = change.after["entity"]
        elif not change.blank:
            found.pop(change.key, None)  # it had come back, and went another way
    return {
        uuid: entity for uuid, entity in found.items() if entity in ("source", "note") and not side.get((entity, uuid))
    }
