"""What the rooms of this package share: whole names parted, and variables beyond those of a Crossref message."""

from collections.abc import Mapping
from typing import Any

from litbase.domain.item import Name, family
from litbase.domain.records import persons
from litbase.domain.records.changes import Cleaned


def with_fields(cleaned: Cleaned, fields: Mapping[str, Any]) -> Cleaned:
    """A cleaned item with further variables; empty ones are left out."""
    return cleaned._replace(item={**cleaned.item, **{name: value for name, value in fields.items() if value}})


def whole(name: str) -> list[dict[str, str]]:
    """A whole name, given name first or "Family, Given", as Crossref's contributor objects; none for what is no name.

    Parted here, so that what every name of a provider needs is not told as a change to each.
    """
    return [_contributor(one) for one in persons.people({"family": name})]


def _contributor(name: Name) -> dict[str, str]:
    if "literal" in name:
        return {"name": str(name["literal"])}
    given = " ".join(str(name[part]) for part in ("given", "dropping-particle") if name.get(part))
    return {"family": family(name), "given": given, "suffix": str(name.get("suffix") or "")}
