"""An empty library filled with what another held, to the letter: rows go in by the hundred.

To a server each question is a journey, so all that hangs on two hundred sources goes in a dozen of them. In a file
a question costs nothing; there each source goes in by itself, and one that does not fit is told by its own line.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import indexing
from .recording import as_json
from .sources import SourceWriter, columns
from .undoing import ENTITIES
from .whole import CHANGE_COLUMNS, NOTE_COLUMNS

# Rows, and characters of items and answers, that wait to go in together.
_AT_ONCE = 200
_LONGEST = 2_000_000
_ANSWER = ("provider", "identifier", "fetched")
_OWN = ("added", "modified", "deleted")


class Refill:
    """The sources and the history of an empty library. A class, for rows wait for others to go in with."""

    def __init__(self, writer: SourceWriter) -> None:
        self._writer = writer
        self._most = _AT_ONCE if writer._connection.who else 1
        self._sources: list[tuple[dict[str, Any], Mapping[str, Any]]] = []
        self._changes: list[list[Any]] = []
        self._length = 0
        self._concepts: dict[str, int] = {}

    def source(self, value: Mapping[str, Any]) -> None:
        """One source, with all that hangs on it.

        Raises: KeyError, TypeError, ValueError where it is not whole; what `flush` raises.
        """
        row = row_of(value, text(value, "citekey"))
        below = {name: value[name] for name in ("aliases", "doi_aliases", "notes")}
        below |= {"item": value["item"], "concepts": [self._concept(str(name)) for name in value["concepts"]]}
        below["answers"] = [answer_of(one) for one in value["answers"]]
        self._sources.append((row, below))
        self._length += len(row["item"]) + sum(len(one[-1]) for one in below["answers"])
        if len(self._sources) >= self._most or self._length > _LONGEST:
            self._put_sources()

    def change(self, value: Mapping[str, Any]) -> None:
        """A row of history.

        Raises: as `source`.
        """
        if value["entity"] not in ENTITIES or not all(
            isinstance(value[one], dict | None) for one in ("before", "after")
        ):
            raise ValueError(f"no history of “{str(value['entity'])[:40]}” is kept like this")
        self._put_sources()
        row = [None if value[name] is None else _written(value[name]) for name in CHANGE_COLUMNS]
        self._changes.append(row)
        self._length += sum(len(one) for one in row if one)
        if len(self._changes) >= self._most or self._length > _LONGEST:
            self._put_changes()

    def flush(self) -> None:
        """Put in what waits.

        Raises: Clash or sqlite3.IntegrityError where a row does not go with the others.
        """
        self._put_sources()
        self._put_changes()

    def _put_sources(self) -> None:
        if not self._sources:
            return
        self._writer._flush()
        rows = [row for row, _ in self._sources]
        self._put("source", list(rows[0]), [list(row.values()) for row in rows])
        ids = self._ids([row["uuid"] for row in rows])
        whole = [(ids[row["uuid"]], row, below) for row, below in self._sources]
        self._writer._touched.update(ids.values())
        self._put(
            "contributor", None, (row for one, _, below in whole for row in indexing.names_of(one, below["item"]))
        )
        for table, name in (("citekey_alias", "aliases"), ("doi_alias", "doi_aliases")):
            self._put(table, None, [[str(other), one] for one, _, below in whole for other in below[name]])
        self._put(
            "source_concept",
            None,
            [[concept, row["year"] or 0, one] for one, row, below in whole for concept in below["concepts"]],
        )
        self._put(
            "note",
            [*NOTE_COLUMNS, "source_id"],
            [[*(note[name] for name in NOTE_COLUMNS), one] for one, _, below in whole for note in below["notes"]],
        )
        self._put("answer", None, [[one, *answer] for one, _, below in whole for answer in below["answers"]])
        self._sources = []
        self._length = 0

    def _put_changes(self) -> None:
        self._put("change", CHANGE_COLUMNS, self._changes)
        self._changes = []
        self._length = 0

    def _put(self, table: str, names: Sequence[str] | None, rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into a table; a note or a tie that is there already is the same one."""
        found = list(rows)
        if found:
            into = f" ({', '.join(names)})" if names else ""
            same = " ON CONFLICT DO NOTHING" if table in ("note", "source_concept") else ""
            sql = f"INSERT INTO {table}{into} VALUES ({', '.join('?' * len(found[0]))}){same}"
            self._writer._connection.executemany(sql, found)

    def _ids(self, uuids: Sequence[str]) -> dict[str, int]:
        """The private ids that sources were given."""
        sql = f"SELECT id, uuid FROM source WHERE uuid IN ({', '.join('?' * len(uuids))}) ORDER BY id"
        return {row["uuid"]: row["id"] for row in self._writer._connection.execute(sql, uuids)}

    def _concept(self, name: str) -> int:
        if name not in self._concepts:
            self._concepts[name] = self._writer._concept(name)["id"]
        return self._concepts[name]


def row_of(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A source of an export as a row of the table, under a citekey.

    Raises: KeyError, TypeError, ValueError where it is not whole.
    """
    item = dict(value["item"])
    text(item, "type")
    return {
        "uuid": text(value, "uuid"),
        "citekey": key,
        "doi": value["doi"],
        **columns(item, key),
        "provenance": as_json(dict(value["provenance"])),
        "notices": as_json(list(value["notices"])),
        **{name: value[name] for name in _OWN},
    }


def answer_of(value: Mapping[str, Any]) -> list[str]:
    """A raw answer of an export as a row of the table, without its source.

    Raises: as `row_of`.
    """
    return [*(text(value, name) for name in _ANSWER), as_json(value["body"])]


def text(value: Mapping[str, Any], name: str) -> str:
    """A text that must be there.

    Raises: KeyError, ValueError.
    """
    found = value[name]
    if not isinstance(found, str) or not found:
        raise ValueError(f"{name} is no text")
    return found


def _written(value: Any) -> str:
    return value if isinstance(value, str) else as_json(value)
