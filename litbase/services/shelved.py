"""Sources ready to keep that the bundled shelf has: without a connection, and without the rooms that clean records."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from litbase import bundled
from litbase.domain.identifiers import Identifier
from litbase.domain.library import NewSource
from litbase.errors import LitbaseError, Offline

FROM_SHELF = "from the bundled shelf, not fetched from Crossref"

Asked: TypeAlias = Mapping[Identifier, str]


class Ready(NamedTuple):
    """A source that is known and not yet kept; `identifier` is what its provider was asked for."""

    asked: str
    new: NewSource
    origin: str
    identifier: str
    answer: dict[str, Any] | None
    remarks: tuple[str, ...]


class Failed(NamedTuple):
    """An identifier that brought no source, and why."""

    asked: str
    error: LitbaseError


def offline(asked: Asked) -> Iterator[Ready | Failed]:
    """Sources from the shelf alone, no connection opened."""
    for identifier, text in asked.items():
        error = Offline(
            f"{identifier.value} is not on the bundled shelf", "without --offline it would be fetched from its provider"
        )
        yield from_shelf(text, identifier) or Failed(text, error)


def from_shelf(asked: str, identifier: Identifier) -> Ready | None:
    """The shelf's source with a DOI, and what must be said of it; None where the shelf has none."""
    shelved = bundled.shelf_source(identifier.value) if identifier.kind == "doi" else None
    if shelved is None:
        return None
    filed = f", where it stands under {', '.join(shelved.concepts)}" if shelved.concepts else ""
    remarks = [FROM_SHELF + filed]
    if shelved.doi_confirmed is False:
        remarks.append(f"the DOI {identifier.value} is not confirmed: {shelved.caveat}")
    origin = {"origin": "shelf", "confidence": shelved.confidence, "verified": list(shelved.verified)}
    provenance = {"*": {**origin, "caveat": shelved.caveat} if shelved.caveat else origin}
    new = NewSource(dict(shelved.item), shelved.citekey, doi=identifier.value, provenance=provenance)
    return Ready(asked, new, "shelf", identifier.value, None, tuple(remarks))
