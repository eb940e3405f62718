"""The bibliographic item: CSL-JSON as litbase keeps it, and the questions asked of one everywhere.

Items are plain dictionaries in the CSL-JSON 1.0.2 shape, with two house rules:
text fields may hold CSL's inline tags (`<i>`, `<b>`, `<sup>`, `<sub>`, `<span …>`; see inline.py)
and nothing else that looks like markup is markup; the title is in sentence case.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Item: TypeAlias = dict[str, Any]
Name: TypeAlias = dict[str, Any]

# Source: CSL 1.0.2, appendix IV, "Name Variables".
NAME_VARIABLES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
    "curator", "director", "editor", "editorial-director", "editor-translator", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
)  # fmt: skip

# Source: CSL 1.0.2, appendix IV, "Date Variables".
DATE_VARIABLES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")

# No work is as old, or as far in the future, as this many years.
_NO_YEAR = 100_000


def names(item: Mapping[str, Any], variable: str) -> list[Name]:
    """The names under one name variable; empty where there are none."""
    value = item.get(variable)
    return [name for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def contributors(item: Mapping[str, Any]) -> Iterator[tuple[str, int, Name]]:
    """Every name of an item as (role, position from 0, name), roles in CSL's order."""
    for role in NAME_VARIABLES:
        if role not in item:
            continue
        for position, name in enumerate(names(item, role)):
            yield role, position, name


def year(item: Mapping[str, Any], variable: str = "issued") -> int | None:
    """The year of a date variable; None where it is undated or only described in words."""
    date = item.get(variable)
    if not isinstance(date, dict):
        return None
    parts = date.get("date-parts")
    try:
        found = int(parts[0][0])  # type: ignore[index]
    except (TypeError, IndexError, KeyError, ValueError, OverflowError):
        return None
    return found if abs(found) < _NO_YEAR else None


def family(name: Mapping[str, Any]) -> str:
    """The part of a name it is known by: the family name with its particle, or the whole literal."""
    if name.get("literal"):
        return str(name["literal"])
    particle = str(name.get("non-dropping-particle") or "")
    known = str(name.get("family") or name.get("given") or "")
    if particle and known:
        return particle + ("" if particle.endswith(("’", "'", "-")) else " ") + known
    return known
