"""What has been done to a library: its steps, from the table of changes."""

from litbase.domain.library import Step

from .opened import Opened

# A step's rows stand together, so the newest steps are found from one's first row to the next: counting all rows
# of all steps would read the whole history.
_NEWEST = """
WITH RECURSIVE newest (first, number) AS (
    SELECT (SELECT min(id) FROM change WHERE step = c.step), 1
    FROM change c WHERE c.id = (SELECT max(id) FROM change WHERE entity <> 'undo')
    UNION ALL
    SELECT (SELECT min(o.id) FROM change o WHERE o.step = c.step), newest.number + 1
    FROM newest JOIN change c
        ON c.id = (SELECT max(b.id) FROM change b WHERE b.id < newest.first AND b.entity <> 'undo')
    WHERE newest.number < :limit
)
SELECT c.step, c.at, c.command,
    (SELECT count(*) FROM change a WHERE a.step = c.step)
    - (SELECT count(*) FROM change u WHERE u.entity = 'undo' AND u.step = c.step),
    EXISTS (SELECT 1 FROM change u WHERE u.entity = 'undo' AND u.key = c.step), c.who
FROM newest JOIN change c ON c.id = newest.first ORDER BY newest.number
"""
_OF_SOURCE = (
    "AND step IN (SELECT step FROM change WHERE (entity = 'source' AND key = :uuid) "
    "OR (entity = 'source_concept' AND key > :uuid || ' ' AND key < :uuid || '!') "
    "OR (entity IN ('note', 'doi_alias', 'citekey_alias') "
    "AND :uuid IN (json_extract(before, '$.source'), json_extract(after, '$.source'))))"
)


class Past(Opened):
    """What has been done."""

    def steps(self, source_uuid: str | None = None, limit: int = -1) -> list[Step]:
        """What has been done, newest first; with a source's public id, what was done to it, its notes and concepts."""
        if source_uuid is None and limit > 0:
            rows = self._all(_NEWEST, {"limit": limit})
        else:
            rows = self._all(
                "SELECT step, min(at), min(command), count(*), "
                "EXISTS (SELECT 1 FROM change u WHERE u.entity = 'undo' AND u.key = c.step), min(who) "
                f"FROM change c WHERE entity <> 'undo' {_OF_SOURCE if source_uuid else ''} "
                "GROUP BY step ORDER BY max(id) DESC LIMIT :limit",
                {"uuid": source_uuid, "limit": limit},
            )
        return [Step(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows]
