"""The store's statements as PostgreSQL takes them.

They are written in the SQL that both databases share. What is left: marks for values, a `LIMIT` of -1 for
none, and `COLLATE NOCASE`, which becomes `citext` in the order of its bytes. `json_extract` is a function of
the library's own schema.
"""

import re
from functools import lru_cache

_PART = re.compile(
    r"(?P<text>'(?:[^']|'')*'|\"[^\"]*\")|(?P<cast>::)|(?P<limit>\bLIMIT (?P<most>\?|:[a-z_]+))|(?P<mark>\?)"
    r"|:(?P<name>[a-z_]+)|(?P<nocase> COLLATE NOCASE)|(?P<percent>%)"
)


@lru_cache(maxsize=1024)
def translated(sql: str) -> str:
    """A statement with `%s` and `%(name)s` for its values."""
    return _PART.sub(_part, sql)


def _part(found: re.Match[str]) -> str:
    if found["text"] or found["cast"]:
        return found[0].replace("%", "%%")
    if found["limit"]:
        return f"LIMIT nullif({translated(found['most'])}, -1)"
    if found["mark"]:
        return "%s"
    if found["name"]:
        return f"%({found['name']})s"
    return '::citext COLLATE "C"' if found["nocase"] else "%%"
