"""The store's statements as PostgreSQL takes them.

They are written in the SQL that both databases share. What is left: marks for values, a `LIMIT` of -1 for
none, and `COLLATE NOCASE`, which becomes `citext` in the order of its bytes. `json_extract` is a function of
the library's own schema.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(
    r"(?P<text>'(?:[^']|'')*'|\"[^\"]*\")|(?P<cast>::)|(?P<limit>\bLIMIT (?=\?|:))(?P<most>\?|:[a-z_]+)"
    r"|(?P<mark>\?|:[a-z_]+)|(?P<nocase> COLLATE NOCASE)"
)


class Statement(NamedTuple):
    """A statement with `$1` and so on for its values, and their names in that order; `?` has none."""

    sql: str
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def translated(sql: str) -> Statement:
    """A statement as PostgreSQL takes it."""
    names: list[str] = []

    def mark(text: str) -> str:
        name = text[1:]
        if not name or name not in names:
            names.append(name)
        return f"${len(names) if not name else names.index(name) + 1}"

    def part(found: re.Match[str]) -> str:
        if found["limit"]:
            return f"LIMIT nullif({mark(found['most'])}, -1)"
        if found["mark"]:
            return mark(found["mark"])
        return '::citext COLLATE "C"' if found["nocase"] else found[0]

    return Statement(_PART.sub(part, sql), tuple(names))
