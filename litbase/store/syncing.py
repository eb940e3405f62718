"""What a sync asks of a library and does to it, inside a transaction: its history since the two were one, its rows."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from litbase.errors import ReadOnly

from .chunks import chunked
from .connection import Clash
from .opened import Opened
from .recording import as_json
from .rows import Key, Rows, Value
from .whole import CHANGE_COLUMNS
from .writer import Writer

_PAGE = 2000
# Put in first what others name, taken out last; and the other way round.
_ORDER = (
    "concept", "source", "concept_alias", "concept_broader", "citekey_alias", "doi_alias", "source_concept", "note",
    "different",
)  # fmt: skip
_NOTES = (
    "SELECT n.uuid, n.modified, s.uuid AS source, n.owner FROM note n JOIN source s ON s.id = n.source_id "
    "WHERE n.uuid > ? ORDER BY n.uuid LIMIT ?"
)
_ANSWERS = (
    "SELECT s.uuid, a.provider, a.fetched FROM answer a JOIN source s ON s.id = a.source_id "
    "WHERE (s.uuid, a.provider) > (?, ?) ORDER BY s.uuid, a.provider LIMIT ?"
)
_FORGET = (
    "DELETE FROM cited WHERE citekey COLLATE NOCASE IN (SELECT citekey FROM source WHERE uuid = ? "
    "UNION SELECT citekey FROM citekey_alias WHERE source_id = (SELECT id FROM source WHERE uuid = ?))"
)


class Change(NamedTuple):
    """A row of history, its id private. One's own doing goes by no name."""

    id: int
    step: str
    at: str
    who: str
    command: str
    entity: str
    key: str
    before: Value
    after: Value

    @property
    def blank(self) -> bool:
        """Whether it has been blanked by a purge."""
        return self.before is None and self.after is None


class Mark(NamedTuple):
    """A place in a history: a row's private id and its step."""

    id: int
    step: str


class Side(Rows):
    """One of two libraries that are made one again."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer)
        self._purger = writer

    # -- history

    def since(self, row_id: int) -> list[Change]:
        """The history after a row."""
        columns = ", ".join(("id", *CHANGE_COLUMNS))
        rows = self.connection.execute(f"SELECT {columns} FROM change WHERE id > ? ORDER BY id", (row_id,))
        return [self._change_of(row) for row in rows.fetchall()]

    def _change_of(self, row: Any) -> Change:
        sides = [None if row[name] is None else json.loads(row[name]) for name in ("before", "after")]
        if row["entity"] == "note":
            sides = [one and self.unnamed(one) for one in sides]
        who = "" if row["who"] == self.who else row["who"]
        return Change(row[0], row["step"], row["at"], who, row["command"], row["entity"], row["key"], *sides)

    def step(self, step: str) -> list[Change]:
        """The rows of one step."""
        columns = ", ".join(("id", *CHANGE_COLUMNS))
        rows = self.connection.execute(f"SELECT {columns} FROM change WHERE step = ? ORDER BY id", (step,))
        return [self._change_of(row) for row in rows.fetchall()]

    def owner_of(self, note: str) -> str:
        """Whose a note was that is not there any more, as far as history tells; empty for one's own."""
        rows = self.connection.execute(
            "SELECT before, after FROM change WHERE entity = 'note' AND key = ? ORDER BY id", (note,)
        ).fetchall()
        sides = (json.loads(text) for row in rows for text in row if text)
        return next((str(self.unnamed(side)["owner"]) for side in sides if "owner" in side), "")

    def rewrite(self, row_id: int, change: Change) -> None:
        """Set what a row of history holds."""
        self.connection.execute(
            "UPDATE change SET key = ?, before = ?, after = ? WHERE id = ?",
            (change.key, _text(change.before), _text(change.after), row_id),
        )

    def known(self, steps: Collection[str]) -> set[str]:
        """Those of these steps that history has."""
        found: set[str] = set()
        for some in chunked(sorted(steps)):
            marks = ", ".join("?" * len(some))
            found.update(self.uuids(f"SELECT DISTINCT step FROM change WHERE step IN ({marks})", *some))
        return found

    def holds(self, mark: Mark) -> bool:
        """Whether that row is still in its place."""
        return mark.id == 0 or self.uuids("SELECT step FROM change WHERE id = ?", mark.id) == [mark.step]

    def steps(self) -> Iterator[Mark]:
        """All of history, from its beginning."""
        last = 0
        while True:
            rows = self.connection.execute(
                "SELECT id, step FROM change WHERE id > ? ORDER BY id LIMIT ?", (last, _PAGE)
            ).fetchall()
            yield from (Mark(int(row[0]), str(row[1])) for row in rows)
            if len(rows) < _PAGE:
                return
            last = int(rows[-1][0])

    def last(self) -> Mark | None:
        """History's last row; None where there is none."""
        row = self.connection.execute("SELECT id, step FROM change ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else Mark(int(row[0]), str(row[1]))

    def tell(self, changes: Iterable[Change], first: int = 0) -> Mark | None:
        """Add rows to history's end, as they were, with ids from the first on where one is given; the last of them."""
        last = None
        for number, one in enumerate(changes):
            before, after = (
                _text(self.named(side) if one.entity == "note" else side) for side in (one.before, one.after)
            )
            # On a server nobody may say what others did there.
            row = one._asdict() | {"who": self.who or one.who, "before": before, "after": after}
            del row["id"]
            last = Mark(self.connection.insert("change", {"id": first + number, **row} if first else row), one.step)
        return last

    # -- rows

    def count(self) -> int:
        """How many sources there are, the bin counted too."""
        return int(self.connection.execute("SELECT count(*) FROM source").fetchone()[0])

    def decide(self, wanted: Mapping[Key, Value], step: Callable[[], None]) -> None:
        """Put in and take out rows; `step` is called for each.

        Names that pass from one row to another are free in between.
        """
        order = sorted(wanted, key=lambda key: _ORDER.index(key[0]))
        for key in reversed(order):
            if wanted[key] is None:
                self.put(key, None)
        for key in order:
            if key[0] in ("concept", "source"):
                self._release(key, wanted[key])
        for key in order:
            if wanted[key] is not None:
                self.put(key, wanted[key])
            step()

    def _release(self, key: Key, value: Value) -> None:
        column, free = ("folded", key[1]) if key[0] == "concept" else ("doi", None)
        now = self.get(key)
        # In the bin a DOI is nobody's.
        if now and value and any(now.get(name) != value.get(name) for name in (column, "deleted")):
            self.connection.update(key[0], self.id_of(*key) or 0, {column: free})

    def erase(
        self,
        sources: Collection[str],
        notes: Collection[str],
        earlier: Collection[str] = (),
        lifted: Collection[str] = (),
    ) -> bool:
        """Erase for good, all of it or nothing; whether that may be.

        `lifted` are notes on these sources that are taken out, but not erased.
        """
        self.connection.execute("SAVEPOINT erasing")
        try:
            for note in lifted:
                self.put(("note", note), None)
            self._purger.erase(sorted(sources), sorted(notes), sorted(earlier), below=False)
        except (Clash, ReadOnly):
            self.connection.execute("ROLLBACK TO SAVEPOINT erasing")
            return False
        self.connection.execute("RELEASE SAVEPOINT erasing")
        return True

    def forget_citations(self, sources: Collection[str]) -> None:
        """Take out of the ledger what drafts say of sources that are about to go for good."""
        for uuid in sources:
            self.connection.execute(_FORGET, (uuid, uuid))

    def notes(self) -> Iterator[tuple[str, ...]]:
        """Every note that one may read: its id, its time, its source, its owner."""
        last = ""
        while True:
            rows = self.connection.execute(_NOTES, (last, _PAGE)).fetchall()
            yield from (tuple(self.unnamed(dict(row)).values()) for row in rows)
            if len(rows) < _PAGE:
                return
            last = rows[-1][0]

    def answers(self) -> Iterator[tuple[str, ...]]:
        """Every raw answer that is kept: its source, its provider, its time."""
        last = ("", "")
        while True:
            rows = self.connection.execute(_ANSWERS, (*last, _PAGE)).fetchall()
            yield from ((row[0], row[1], row[2]) for row in rows)
            if len(rows) < _PAGE:
                return
            last = (rows[-1][0], rows[-1][1])

    def answers_of(self, uuid: str) -> list[tuple[str, ...]]:
        """A source's raw answers: provider, what it was asked for, when, and what it said."""
        rows = self.connection.execute(
            "SELECT provider, identifier, fetched, body FROM answer "
            "WHERE source_id = (SELECT id FROM source WHERE uuid = ?) ORDER BY provider",
            (uuid,),
        )
        return [tuple(row) for row in rows.fetchall()]

    def keep_answer(self, uuid: str, answer: tuple[str, ...]) -> None:
        """Keep a raw answer, unless a newer one is there."""
        self.connection.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?) ON CONFLICT (source_id, provider) DO UPDATE "
            "SET identifier = excluded.identifier, fetched = excluded.fetched, body = excluded.body "
            "WHERE excluded.fetched > answer.fetched",
            (self.id_of("source", uuid), *answer),
        )


def remembered(library: Path) -> str:
    """The place that a library was last synchronised with; empty where there is none."""
    with Opened(library) as opened:
        rows = opened._all("SELECT value FROM library WHERE name = 'sync'")
        return str(rows[0][0]) if rows else ""


def marks(side: Side, place: str) -> tuple[Mark, Mark] | None:
    """Where a library and the other place were one when they were last synchronised: here, and there."""
    found = side.uuids("SELECT value FROM library WHERE name = ?", f"sync {place}")
    if not found:
        return None
    here, there = json.loads(found[0])
    return Mark(*here), Mark(*there)


def set_marks(side: Side, place: str, here: Mark, there: Mark) -> None:
    """Remember the place, and where the two are one now."""
    for name, value in (("sync", place), (f"sync {place}", as_json([here, there]))):
        side.connection.execute(
            "INSERT INTO library VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )


def _text(value: Value) -> str | None:
    return None if value is None else as_json(value)
