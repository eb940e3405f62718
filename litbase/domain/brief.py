"""What a list says of a work in one line: by whom, when, what; and where it stands in the list."""

from collections.abc import Mapping
from typing import Any

from . import inline
from .item import Name, family, names, year
from .text import fold

_LEADING = ("author", "host", "director", "script-writer", "composer", "performer", "editor", "translator")


def leading(item: Mapping[str, Any]) -> list[Name]:
    """The names a work goes by: its authors, or whoever stands in their place."""
    for variable in _LEADING:
        people = names(item, variable)
        if people:
            return people
    return []


def byline(item: Mapping[str, Any]) -> str:
    """By whom, as briefly as a list can say it: `DeYoung`, `Safran & Muran`, `Chan et al.`; may be empty."""
    people = [family(name) for name in leading(item)]
    if len(people) > 2:
        return f"{people[0]} et al."
    return " & ".join(people)


def when(item: Mapping[str, Any]) -> str:
    """The year as a list shows it: `2015`, `in press`, `n.d.`."""
    found = year(item)
    if found is not None:
        return str(found) if found > 0 else f"{-found} BCE"
    return "in press" if item.get("status") == "in press" else "n.d."


def title(item: Mapping[str, Any]) -> str:
    """The title without its markup; a legal or untitled work has an empty one."""
    return inline.strip(str(item.get("title") or ""))


def sort_key(item: Mapping[str, Any]) -> str:
    """A text by which a list of sources is in a useful order: names, year, title.

    For browsing; the order of a reference list is `apa.order`'s.
    """
    people, named = [f"{family(name)} {name.get('given', '')}" for name in leading(item)], title(item)
    return f"{fold(', '.join(people) or named)} {year(item) or 0:05d} {fold(named)}"[:400]
