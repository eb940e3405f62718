"""A library put together again from the lines of an export (whole.py says what they hold).

Into an empty library everything goes as it was: ids, times, keys, history. Into one that holds something,
sources and concepts come as additions, which history remembers and `undo` takes back.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from litbase.domain.admit import admitted
from litbase.domain.text import fold
from litbase.errors import BadInput

from . import indexing
from .connection import Clash
from .recording import as_json
from .refilling import Refill, answer_of, row_of, text
from .sources import SourceWriter
from .undoing import UNFIT
from .whole import NOTE_COLUMNS, renamed

_KINDS = {"concept", "source", "different", "draft", "change"}


def is_empty(writer: SourceWriter) -> bool:
    """Whether nothing has ever been kept in a library."""
    any_row = "SELECT EXISTS (SELECT 1 FROM source) OR EXISTS (SELECT 1 FROM concept) OR EXISTS (SELECT 1 FROM change)"
    return not writer._connection.execute(any_row).fetchone()[0]


class Restorer:
    """Puts lines back, in their order. A class, for broader concepts wait until all concepts are there.

    `as_it_was`: the library is empty, and history comes from the lines.
    """

    def __init__(self, writer: SourceWriter, as_it_was: bool) -> None:
        self._writer = writer
        self._refill = Refill(writer) if as_it_was else None
        self._waiting: list[tuple[str, list[str]]] = []

    def put(self, line: Mapping[str, Any]) -> None:
        """One line.

        Raises: BadInput where it is not what an export writes, or does not go with what is there.
        """
        kind = next(iter(line), "")
        if kind not in _KINDS:
            raise BadInput(f"“{str(kind)[:40]}” is nothing a litbase export holds", "import the file it was made from")
        if kind != "concept":
            self._put_under()
        if kind in ("different", "draft"):
            self._settle()
        with _refused(kind):
            # Into an empty library goes what was there, to the letter: answers and history are not cleaned.
            value = line[kind] if self._refill else admitted(line[kind])
            # What is nobody's by name is the reader's own.
            who = self._writer._connection.who
            getattr(self, f"_{kind}")(renamed({kind: value}, "", who)[kind] if who else value)

    def finish(self) -> None:
        """Put concepts under their broader ones, when all are there, and in whatever waits.

        Raises: BadInput; NotFound for a broader concept that the lines have not.
        """
        self._put_under()
        self._settle()

    def _settle(self) -> None:
        if self._refill:
            with _refused("source or change"):
                self._refill.flush()

    # -- concepts

    def _concept(self, value: Mapping[str, Any]) -> None:
        name = text(value, "name")
        if self._writer._concept_id(name) is None:
            row = {
                "uuid": text(value, "uuid"),
                "name": name,
                "folded": fold(name),
                "definition": str(value["definition"]),
                "cues": as_json([str(cue) for cue in value["cues"]]),
                "created": text(value, "created"),
            }
            concept_id = self._writer._insert("concept", row)
            self._remember("concept", row["uuid"], row)
            for alias in value["aliases"]:
                self._alias(concept_id, row["uuid"], str(alias))
            self._waiting.append((name, [str(one) for one in value["broader"]]))

    def _alias(self, concept_id: int, uuid: str, alias: str) -> None:
        if self._writer._concept_id(alias) is None:
            self._writer._insert("concept_alias", {"folded": fold(alias), "alias": alias, "concept_id": concept_id})
            self._remember("concept_alias", fold(alias), {"alias": alias, "concept": uuid})

    def _put_under(self) -> None:
        with _refused("concept"):
            self._put_each_under()

    def _put_each_under(self) -> None:
        for name, broader in self._waiting:
            lower = self._writer._concept(name)
            for above in broader:
                upper = self._writer._concept(above)
                if lower["id"] == upper["id"] or lower["id"] in self._writer._above(upper["id"]):
                    raise BadInput(
                        f"“{above}” already stands under “{name}”", "a concept cannot be its own broader term"
                    )
                self._writer._insert("concept_broader", {"concept_id": lower["id"], "broader_id": upper["id"]})
                self._remember("concept_broader", f"{lower['uuid']} {upper['uuid']}", {})
        self._waiting.clear()

    # -- sources

    def _source(self, value: Mapping[str, Any]) -> None:
        if self._refill:
            self._refill.source(value)
            return
        self._writer._flush()
        row = row_of(value, self._writer._free_citekey(text(value, "citekey")))
        source_id = self._writer._insert("source", row)
        self._remember("source", row["uuid"], row)
        indexing.index_first_names(self._writer._connection, source_id, value["item"])
        self._writer._touched.add(source_id)
        self._names("citekey_alias", "citekey", value["aliases"], source_id, row["uuid"])
        self._names("doi_alias", "doi", value["doi_aliases"], source_id, row["uuid"])
        self._tagged(source_id, row["uuid"], row["year"], value["concepts"])
        for note in value["notes"]:
            self._note(source_id, row["uuid"], note)
        for answer in value["answers"]:
            self._writer._connection.execute(
                "INSERT INTO answer VALUES (?, ?, ?, ?, ?)",
                (
                    source_id,
                    *answer_of(answer),
                ),
            )

    def _names(self, table: str, column: str, names: Sequence[Any], source_id: int, uuid: str) -> None:
        for name in map(str, names):
            taken = self._writer._exists(table, column, name) or self._writer._exists("source", column, name)
            if not taken:
                self._writer._insert(table, {column: name, "source_id": source_id})
                self._remember(table, name, {"source": uuid})

    def _tagged(self, source_id: int, uuid: str, year: int | None, concepts: Sequence[Any]) -> None:
        for name in map(str, concepts):
            concept = self._writer._concept(name)
            self._writer._connection.execute(
                "INSERT INTO source_concept VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (concept["id"], year or 0, source_id),
            )
            self._remember("source_concept", f"{uuid} {concept['uuid']}", {})

    def _note(self, source_id: int, source_uuid: str, value: Mapping[str, Any]) -> None:
        row = {name: value[name] for name in NOTE_COLUMNS}
        if self._writer._exists("note", "uuid", str(row["uuid"])):
            return
        self._writer._insert("note", {**row, "source_id": source_id})
        self._remember("note", str(row["uuid"]), {**row, "source": source_uuid})

    # -- the rest

    def _different(self, value: Sequence[Any]) -> None:
        first, second = sorted(map(str, value))
        if not self._refill and not all(self._writer._exists("source", "uuid", one) for one in (first, second)):
            return  # one of the two was there already, under an id of its own
        put = self._writer._connection.execute(
            "INSERT INTO different VALUES (?, ?) ON CONFLICT DO NOTHING", (first, second)
        )
        if put.rowcount:
            self._remember("different", f"{first} {second}", {})

    def _draft(self, value: Mapping[str, Any]) -> None:
        if self._writer._exists("draft", "path", str(value["path"])):
            return
        row = {
            name: text(value, name) if name != "title" else str(value[name])
            for name in ("uuid", "path", "digest", "title", "seen")
        }
        draft_id = self._writer._insert("draft", row)
        self._writer._connection.executemany(
            'INSERT INTO cited (draft_id, position, citekey, line, "column", text) VALUES (?, ?, ?, ?, ?, ?)',
            [(draft_id, *one) for one in value["cited"]],
        )

    def _change(self, value: Mapping[str, Any]) -> None:
        """A row of history; into a library that has one of its own it does not go."""
        if self._refill:
            self._refill.change(value)

    def _remember(self, entity: str, key: Any, after: Mapping[str, Any]) -> None:
        if not self._refill:
            self._writer._remember(entity, str(key), None, after)


@contextmanager
def _refused(kind: str) -> Iterator[None]:
    """Tell what is wrong with a line, whatever stands where something else belongs."""
    try:
        yield
    except (sqlite3.IntegrityError, Clash) as error:
        raise BadInput(f"this {kind} does not go with the others: {error}", "export the library again") from error
    except UNFIT as error:
        raise BadInput(f"this {kind} is not whole: {error}", "export the library again") from error
