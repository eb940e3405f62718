"""The ledger written: a draft as it was seen, and what it cites. Not history: a draft can always be read again."""

from collections.abc import Iterable

from .identity import uuid7
from .ledger_reader import Use
from .recording import Recorder


class LedgerWriter(Recorder):
    """What a transaction can do to the ledger."""

    def remember_draft(self, path: str, digest: str, title: str, uses: Iterable[Use], formerly: str = "") -> str:
        """Keep what a draft cites, in the place of what was known of it; the draft's public id.

        `path` is absolute. `formerly` is the path it was known by, where it has moved.
        """
        if formerly and not self._exists("draft", "path", path):
            self._connection.execute("UPDATE draft SET path = ? WHERE path = ?", (path, formerly))
        row = self._connection.execute(
            "INSERT INTO draft (uuid, path, digest, title, seen) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET digest = excluded.digest, title = excluded.title, seen = excluded.seen "
            "RETURNING id, uuid",
            (uuid7(), path, digest, title, self._now),
        ).fetchone()
        self._connection.execute("DELETE FROM cited WHERE draft_id = ?", (row["id"],))
        self._connection.executemany(
            "INSERT INTO cited (draft_id, position, citekey, line, column, text) VALUES (?, ?, ?, ?, ?, ?)",
            [(row["id"], position, *use) for position, use in enumerate(uses, 1)],
        )
        return str(row["uuid"])

    def forget_draft(self, path: str) -> bool:
        """Take a draft out of the ledger; whether it was in it."""
        gone = self._connection.execute("DELETE FROM draft WHERE path = ?", (path,))
        return gone.rowcount > 0
