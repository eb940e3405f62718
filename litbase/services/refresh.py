"""Cleaning again and fetching again. What the user has set by hand is never overwritten."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from litbase.domain import fields
from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.domain.standing import grave
from litbase.errors import LitbaseError, NotFound
from litbase.providers import crossref
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import clean as cleaning
from . import lookup


class Renewed(NamedTuple):
    """What cleaning or fetching again did to one source.

    `changes` holds field → (before, after); `warnings` are sentences on retractions that were not
    known before; `error` says why nothing could be done.
    """

    citekey: str
    changes: dict[str, tuple[str, str]]
    warnings: tuple[str, ...] = ()
    error: LitbaseError | None = None


def refresh(
    library: Path, keys: Sequence[str], settings: crossref.Settings, dry_run: bool = False
) -> Iterator[Renewed]:
    """Fetch sources again, all that have a DOI where none is named, and keep what has changed.

    Raises: NotFound for an unknown citekey; LibraryError.
    """
    by_doi = {source.doi: source for source in _chosen(library, keys) if source.doi}
    for found in crossref.fetch(list(by_doi), settings) if by_doi else ():
        source = by_doi[found.asked]
        if isinstance(found, crossref.Refusal):
            yield Renewed(source.citekey, {}, error=found.error)
        else:
            yield _renewed(library, source, found.body, found.doi, dry_run, command="refresh")
    for source in _chosen(library, keys) if keys else ():
        if not source.doi:
            yield Renewed(source.citekey, {}, error=NotFound(f"{source.citekey} has no DOI to fetch it by"))


def clean(library: Path, keys: Sequence[str], dry_run: bool = False) -> Iterator[Renewed]:
    """Clean the raw answers that are kept again, by this litbase's rules; no network is needed.

    Raises: NotFound for an unknown citekey; LibraryError.
    """
    with Reader(library) as reader:
        sources = lookup.sources(reader, keys) if keys else reader.sources("key")
        answers = {source.citekey: reader.raw_answer(source.id) for source in sources}
    for source in sources:
        answer = answers[source.citekey]
        if answer is not None:
            yield _renewed(library, source, json.loads(answer), None, dry_run, command="clean")
        elif keys:
            error = NotFound(f"no provider's answer is kept for {source.citekey}", "litbase refresh fetches one")
            yield Renewed(source.citekey, {}, error=error)


def _chosen(library: Path, keys: Sequence[str]) -> list[Source]:
    with Reader(library) as reader:
        return lookup.sources(reader, keys) if keys else reader.sources("key")


def _renewed(
    library: Path, source: Source, answer: dict[str, Any], fetched_doi: str | None, dry_run: bool, command: str
) -> Renewed:
    try:
        cleaned = cleaning.crossref(answer)
    except LitbaseError as error:
        return Renewed(source.citekey, {}, error=error)
    item, provenance = merged(source, cleaned)
    changes = differences(json.loads(source.item), item)
    known = {standing.mark for standing in grave(json.loads(source.notices))}
    news = [standing for standing in grave(cleaned.notices) if standing.mark not in known]
    if not dry_run:
        with write(library, command) as writer:
            if changes:
                writer.change_item(source.citekey, item, provenance, item.get("DOI"))
            writer.set_notices(source.citekey, cleaned.notices)
            if fetched_doi is not None:
                writer.keep_answer(source.citekey, "crossref", fetched_doi, answer)
    return Renewed(source.citekey, changes, tuple(f"{source.citekey} {standing.sentence}" for standing in news))


def merged(source: Source, cleaned: cleaning.Cleaned) -> tuple[Item, dict[str, Any]]:
    """A freshly cleaned item with every field that the user has set by hand as she set it, gone ones too."""
    old, held = json.loads(source.item), json.loads(source.provenance)
    own = {name for name, origin in held.items() if isinstance(origin, dict) and origin.get("origin") == "user"}
    item = {name: value for name, value in cleaned.item.items() if name not in own}
    item |= {name: old[name] for name in own if name in old}
    provenance = {name: origin for name, origin in cleaned.provenance.items() if name not in own}
    return item, provenance | {name: held[name] for name in own}


def differences(before: Item, after: Item) -> dict[str, tuple[str, str]]:
    """The fields that two items show differently, as field → (before, after)."""
    old, new = fields.form(before), fields.form(after)
    return {
        name: (old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    }
