"""Cleaning again and fetching again. What the user has set by hand is never overwritten."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from litbase.domain import fields
from litbase.domain.identifiers import Identifier, Kind
from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.domain.standing import Standing, grave
from litbase.errors import LitbaseError, NotFound
from litbase.place import Place
from litbase.providers import crossref, others
from litbase.providers.outcomes import Answer, Refusal
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import clean as cleaning
from . import lookup
from .contact import Contact


class Renewed(NamedTuple):
    """What cleaning or fetching again did to one source.

    `changes` holds field → (before, after); `warnings` are sentences on retractions that were not
    known before; `error` says why nothing could be done.
    """

    citekey: str
    changes: dict[str, tuple[str, str]]
    warnings: tuple[str, ...] = ()
    error: LitbaseError | None = None


def refresh(library: Place, keys: Sequence[str], contact: Contact, dry_run: bool = False) -> Iterator[Renewed]:
    """Fetch sources again, all where none is named, from whoever had them, and keep what has changed.

    Raises: NotFound for an unknown citekey; LibraryError.
    """
    groups: dict[Kind, dict[str, Source]] = defaultdict(dict)
    for source, answer in _answers(library, keys).items():
        known = _identifier(source, answer)
        if known is not None:
            groups[known.kind][known.value] = source
        elif keys:
            hint = "nothing tells whom to ask for it"
            yield Renewed(source.citekey, {}, error=NotFound(f"{source.citekey} has no identifier", hint))
    for kind, sources in groups.items():
        for found in _asked(kind, list(sources), contact):
            source = sources[found.asked]
            if isinstance(found, Refusal):
                yield Renewed(source.citekey, {}, error=found.error)
            else:
                yield _renewed(library, source, found, dry_run, command="refresh")


def _asked(kind: Kind, identifiers: Sequence[str], contact: Contact) -> Iterator[Answer | Refusal]:
    """One outcome for each identifier of a kind; of another agency's DOI what that agency says."""
    if kind != "doi":
        yield from others.fetch(kind, identifiers, contact.others)
        return
    for found in crossref.fetch(identifiers, contact.crossref):
        if isinstance(found, Refusal) and found.agency:
            yield from others.fetch("doi", [found.asked], contact.others._replace(mailto=None))
        else:
            yield found


def _identifier(source: Source, answer: tuple[str, str, str] | None) -> Identifier | None:
    """What a source is asked for by: its DOI, else what its answer was asked for."""
    if source.doi:
        return Identifier("doi", source.doi)
    kinds: dict[str, Kind] = {"openlibrary": "isbn", "arxiv": "arxiv", "pubmed": "pmid"}
    if answer is None or answer[0] not in kinds:
        return None
    return Identifier("pmcid" if answer[1].startswith("PMC") else kinds[answer[0]], answer[1])


def clean(library: Place, keys: Sequence[str], dry_run: bool = False) -> Iterator[Renewed]:
    """Clean the raw answers that are kept again, by this litbase's rules; no network is needed.

    Raises: NotFound for an unknown citekey; LibraryError.
    """
    for source, answer in _answers(library, keys).items():
        if answer is not None:
            kept = Answer(source.doi or "", answer[1], json.loads(answer[2]), answer[0])
            yield _renewed(library, source, kept, dry_run, command="clean")
        elif keys:
            error = NotFound(f"no provider's answer is kept for {source.citekey}", "litbase refresh fetches one")
            yield Renewed(source.citekey, {}, error=error)


def _answers(library: Place, keys: Sequence[str]) -> dict[Source, tuple[str, str, str] | None]:
    """The sources of these citekeys, all where none is given, with the raw answers kept for them."""
    with Reader(library) as reader:
        sources = lookup.sources(reader, keys) if keys else reader.sources("key")
        return {source: reader.raw_answer(source.id) for source in sources}


def _renewed(library: Place, source: Source, answer: Answer, dry_run: bool, command: str) -> Renewed:
    try:
        cleaned = cleaning.answer(answer.provider, answer.body)
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
            if command == "refresh":
                writer.keep_answer(source.citekey, answer.provider, answer.doi or answer.asked, answer.body)
    return Renewed(source.citekey, changes, tuple(_warning(library, source, standing) for standing in news))


def _warning(library: Place, source: Source, standing: Standing) -> str:
    """A sentence on what has become of a work, and the drafts to mend."""
    from . import ledger

    drafts = ledger.drafts_citing(library, source.citekey)
    cited = f"; cited in {', '.join(drafts)}" if drafts else ""
    return f"{source.citekey} {standing.sentence}{cited}"


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
