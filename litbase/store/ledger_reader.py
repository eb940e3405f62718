"""The ledger read: which drafts have been seen, and which sources each of them cites, where."""

from typing import NamedTuple

from .reader import Reader


class Use(NamedTuple):
    """A place in a draft where a source is cited: line and column from 1, and the citation as it stands there."""

    citekey: str
    line: int
    column: int
    text: str


class Known(NamedTuple):
    """A draft the ledger knows.

    `path` is absolute, `digest` that of its bytes when it was `seen` (a time in UTC). `title` may be empty.
    """

    uuid: str
    path: str
    digest: str
    title: str
    seen: str


class Ledger(Reader):
    """A reader that also knows of drafts.

    Raises: as `Reader`.
    """

    def __enter__(self) -> "Ledger":
        super().__enter__()
        return self

    def drafts(self) -> list[Known]:
        """Every draft ever seen, by its path."""
        return [Known(*row) for row in self._all("SELECT uuid, path, digest, title, seen FROM draft ORDER BY path")]

    def draft_at(self, path: str) -> Known | None:
        """The draft of that absolute path."""
        rows = self._all("SELECT uuid, path, digest, title, seen FROM draft WHERE path = ?", (path,))
        return Known(*rows[0]) if rows else None

    def drafts_of_digest(self, digest: str) -> list[Known]:
        """The drafts that had those bytes when they were last seen, newest first."""
        sql = "SELECT uuid, path, digest, title, seen FROM draft WHERE digest = ? ORDER BY seen DESC, id DESC"
        return [Known(*row) for row in self._all(sql, (digest,))]

    def uses_in(self, uuid: str) -> list[Use]:
        """What a draft cites, in its order."""
        sql = (
            "SELECT c.citekey, c.line, c.column, c.text FROM cited c JOIN draft d ON d.id = c.draft_id "
            "WHERE d.uuid = ? ORDER BY c.position"
        )
        return [Use(*row) for row in self._all(sql, (uuid,))]

    def uses_of(self, key: str) -> list[tuple[Known, Use]]:
        """Where a source is cited, under whatever citekey it is or was known by; by path and place."""
        sql = (
            "WITH own (id) AS (SELECT id FROM source WHERE citekey = :key "
            "UNION SELECT source_id FROM citekey_alias WHERE citekey = :key), "
            "names (citekey) AS (SELECT :key UNION SELECT citekey FROM source WHERE id IN (SELECT id FROM own) "
            "UNION SELECT citekey FROM citekey_alias WHERE source_id IN (SELECT id FROM own)) "
            "SELECT d.uuid, d.path, d.digest, d.title, d.seen, c.citekey, c.line, c.column, c.text "
            "FROM cited c JOIN draft d ON d.id = c.draft_id "
            "WHERE c.citekey COLLATE NOCASE IN (SELECT citekey COLLATE NOCASE FROM names) "
            "ORDER BY d.path, c.line, c.column, c.position"
        )
        return [(Known(*row[:5]), Use(*row[5:])) for row in self._all(sql, {"key": key})]

    def counts(self) -> dict[str, tuple[int, int]]:
        """By a draft's public id: how many citations it holds, and of how many sources."""
        sql = (
            "SELECT d.uuid, count(*), count(DISTINCT c.citekey COLLATE NOCASE) FROM cited c "
            "JOIN draft d ON d.id = c.draft_id GROUP BY d.id"
        )
        return {row[0]: (row[1], row[2]) for row in self._all(sql)}
