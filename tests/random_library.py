"""Libraries made by chance, through every way of writing there is; and all that stands in one, ids made public."""

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

from litbase.domain.library import CachedEntry, NewConcept, NewSource
from litbase.errors import LitbaseError
from litbase.store.writer import Writer, write

WORDS = (
    "repair",
    "rupture",
    "Übertragung",
    "holding",
    "реверия",
    "shame",
    "“now”",
    "kin",
    "a_b",
    "<i>it</i>",
    "x\ty",
    "é",
)
CANARY = "canary-in-the-consulting-room"
PUBLIC = "said-aloud"
# Made anew from the other tables, or of the file itself.
_DERIVED = {"entry", "library", "sqlite_sequence"}


def build(library: Path, seed: int, steps: int = 25) -> None:
    """A library of so many steps, each a command of its own; some fail and leave nothing."""
    chance = random.Random(seed)
    for number in range(steps):
        try:
            with write(library, chance.choice(("add", "edit", "tag", "note add", "merge"))) as writer:
                for _ in range(chance.randint(1, 3)):
                    chance.choice(_DEEDS)(writer, chance, number)
        except LitbaseError:
            continue


def _item(chance: random.Random, number: int) -> dict[str, Any]:
    item: dict[str, Any] = {"type": chance.choice(("book", "article-journal", "chapter")), "title": _said(chance, 4)}
    item["author"] = [{"family": chance.choice(("Stern", "Müller", "d’Alembert")), "given": _said(chance, 1)}]
    if chance.random() < 0.8:
        item["issued"] = {"date-parts": [[chance.randint(-400, 2026)]]}
    if chance.random() < 0.5:
        item["DOI"] = f"10.5555/{chance.randint(0, 40)}.{number}"
    return item


def _said(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _keys(writer: Writer) -> list[str]:
    rows = writer._connection.execute("SELECT citekey FROM source WHERE deleted IS NULL ORDER BY id")
    return [row[0] for row in rows]


def _names(writer: Writer) -> list[str]:
    return [row[0] for row in writer._connection.execute("SELECT name FROM concept ORDER BY id")]


def _add(writer: Writer, chance: random.Random, number: int) -> None:
    item = _item(chance, number)
    aliases = (f"10.5555/alias.{number}.{chance.random()}",) if chance.random() < 0.2 else ()
    provenance = {"*": {"origin": "crossref"}, "title": {"origin": "user"}} if chance.random() < 0.5 else {}
    notices = ({"kind": "retraction", "doi": "10.5555/n", "affects": "this"},) if chance.random() < 0.1 else ()
    key = writer.add_source(
        NewSource(item, f"stern{chance.randint(1990, 1992)}", item.get("DOI"), aliases, provenance, notices)
    )
    if chance.random() < 0.4:
        writer.keep_answer(key, "crossref", "10.5555/x", {"title": [item["title"]], "raw": "\u202eturned\x07"})
    writer.keep_entry(key, CachedEntry("apa", "", "1", "digest", "[]"))


def _edit(writer: Writer, chance: random.Random, number: int) -> None:
    if keys := _keys(writer):
        item = _item(chance, number)
        writer.change_item(chance.choice(keys), item, {"title": {"origin": "user"}}, item.get("DOI"))


def _note(writer: Writer, chance: random.Random, number: int) -> None:
    if keys := _keys(writer):
        private = chance.random() < 0.6
        text = f"{CANARY if private else PUBLIC} {_said(chance, 5)}\n\nmore"
        uuid = writer.add_note(
            chance.choice(keys), text, chance.choice(("note", "quotation", "plain words")), "p. 3", private
        )
        if chance.random() < 0.3:
            writer.change_note(uuid, {"text": f"{PUBLIC} {number}", "private": 0})
        elif chance.random() < 0.2:
            writer.remove_note(uuid)


def _concept(writer: Writer, chance: random.Random, number: int) -> None:
    above = tuple(chance.sample(_names(writer), min(1, len(_names(writer)))))
    writer.add_concept(
        NewConcept(f"{_said(chance, 1)} {number}", (f"alias {chance.random()}",), above, "What it is.", ("cue",))
    )


def _tag(writer: Writer, chance: random.Random, number: int) -> None:
    if (keys := _keys(writer)) and (names := _names(writer)):
        writer.tag(chance.choice(keys), chance.choice(names))
        writer.untag(chance.choice(keys), chance.choice(names))


def _rearrange(writer: Writer, chance: random.Random, number: int) -> None:
    names = _names(writer)
    if len(names) > 2:
        first, second = chance.sample(names, 2)
        deed = chance.randint(0, 2)
        if deed == 0:
            writer.rename_concept(first, f"renamed {number}")
        elif deed == 1:
            writer.merge_concepts(first, second)
        else:
            writer.add_broader(first, second)


def _remove(writer: Writer, chance: random.Random, number: int) -> None:
    if keys := _keys(writer):
        writer.remove_source(chance.choice(keys))


def _unite(writer: Writer, chance: random.Random, number: int) -> None:
    keys = _keys(writer)
    if len(keys) > 3:
        first, second = chance.sample(keys, 2)
        if chance.random() < 0.5:
            writer.tell_apart(first, second)
        else:
            writer.merge_sources(first, second, {"type": "book", "title": "One"}, {})


def _undo(writer: Writer, chance: random.Random, number: int) -> None:
    writer.undo()


def _draft(writer: Writer, chance: random.Random, number: int) -> None:
    uses = [(key, 3, 1, f"({CANARY} {key})") for key in _keys(writer)[:3]]
    writer.remember_draft(f"/posts/{chance.randint(1, 3)}.md", f"digest {number}", f"{CANARY} title", uses)


_DEEDS = (_add, _add, _add, _edit, _note, _note, _concept, _tag, _rearrange, _remove, _unite, _undo, _draft)


def tables(library: Path) -> dict[str, list[Any]]:
    """Every row of every table that is not made anew from others, private ids as public ones, sorted."""
    connection = sqlite3.connect(library)
    connection.row_factory = sqlite3.Row
    try:
        found = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names = [
            name for name in found if name not in _DERIVED and not name.startswith(("search_", "_sqlite", "sqlite_"))
        ]
        public = {
            table: dict(connection.execute(f"SELECT id, uuid FROM {table}")) for table in ("source", "concept", "draft")
        }
        return {name: _rows(connection, name, public) for name in names}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str, public: dict[str, dict[int, str]]) -> list[Any]:
    if table == "search":
        # Marks hold private ids of concepts; the words are what counts.
        columns = "s.uuid, title, container, contributors, abstract, notes, keys"
        columns = columns.replace("title", "search.title")
        rows = connection.execute(f"SELECT {columns} FROM search JOIN source s ON s.id = search.rowid")
        return sorted([list(row) for row in rows])
    holders = {"broader_id": "concept", "source_id": "source", "concept_id": "concept", "draft_id": "draft"}
    out = []
    ordered = " ORDER BY id" if table == "change" else ""
    for row in connection.execute(f"SELECT * FROM {table}{ordered}"):
        plain = {name: row[name] for name in row.keys() if name != "id"}  # noqa: SIM118
        plain |= {name: public[holder][plain[name]] for name, holder in holders.items() if name in plain}
        out.append(json.dumps(plain, ensure_ascii=False, sort_keys=True))
    return out if table == "change" else sorted(out)
