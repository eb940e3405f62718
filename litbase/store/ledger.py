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
        seen = {"digest": digest, "title": title, "seen": self._now}
        known = self._connection.execute("SELECT id, uuid FROM draft WHERE path = ?", (path,)).fetchone()
        draft_id, uuid = known or (None, uuid7())
        if draft_id is None:
            draft_id = self._insert("draft", {"uuid": uuid, "path": path, **seen})
        else:
            self._connection.update("draft", draft_id, seen)
        self._connection.execute("DELETE FROM cited WHERE draft_id = ?", (draft_id,))
        self._connection.executemany(
            'INSERT INTO cited (draft_id, position, citekey, line, "column", text) VALUES (?, ?, ?, ?, ?, ?)',
            [(draft_id, position, *use) for position, use in enumerate(uses, 1)],
        )
        return str(uuid)

    def forget_draft(self, path: str) -> bool:
        """Take a draft out of the ledger; whether it was in it."""
        gone = self._connection.execute("DELETE FROM draft WHERE path = ?", (path,))
        return gone.rowcount > 0
