"""Adding sources: from identifiers to sources in the library, each one kept as soon as it is known."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase import bundled
from litbase.domain import citekey, doi
from litbase.domain.item import Item
from litbase.domain.library import NewSource, Source
from litbase.errors import BadInput, LitbaseError, NotFound, Offline, ProviderError
from litbase.providers import crossref
from litbase.store.reader import Reader
from litbase.store.writer import Writer, write

from . import annotate, concepts

Status: TypeAlias = Literal["added", "present", "restored", "would add", "refused"]

# For so many at the most a chapter's book is asked for too: each costs a request of its own.
_FEW = 5
_BOOK = {"before": "", "after": "the book's editors", "reason": "the chapter's record lacks them; its book has them"}

FROM_SHELF = "from the bundled shelf, not fetched from Crossref"


class Wish(NamedTuple):
    """What the user wants with the sources she adds."""

    concepts: tuple[str, ...] = ()
    new_concepts: bool = False
    note: str = ""
    dry_run: bool = False
    offline: bool = False


class Outcome(NamedTuple):
    """What became of one identifier. `remarks` are sentences the user should read."""

    asked: str
    status: Status
    citekey: str = ""
    item: Item = {}  # noqa: RUF012 (never written to)
    origin: str = ""
    remarks: tuple[str, ...] = ()
    error: LitbaseError | None = None


class _Ready(NamedTuple):
    """A source that is known and not yet kept."""

    asked: str
    new: NewSource
    origin: str
    identifier: str
    answer: dict[str, Any] | None
    remarks: tuple[str, ...]


def add(library: Path, identifiers: Sequence[str], wish: Wish, settings: crossref.Settings) -> Iterator[Outcome]:
    """Add the sources of these identifiers, one outcome each, as soon as it is known.

    A source is in the library when its outcome says so, whatever happens to the rest. The same
    DOI twice is answered once.

    Raises: NotFound for an unknown concept and BadInput for an unfit note, before anything is
    added; LibraryError.
    """
    if wish.note:
        annotate.fit(wish.note)
    planned = concepts.plan(library, wish.concepts, wish.new_concepts)
    keeper = _Keeper(library, wish, planned)
    wanted: dict[str, str] = {}
    for text in identifiers:
        try:
            wanted.setdefault(doi.parse(text), text)
        except BadInput as error:
            yield Outcome(text, "refused", error=error)
    missing: list[str] = []
    for identifier, text in wanted.items():
        held = _held(library, identifier)
        if held is not None:
            yield keeper.again(text, held, identifier)
        else:
            missing.append(identifier)
    for found in _ready(missing, wanted, wish.offline, settings):
        yield found if isinstance(found, Outcome) else keeper.keep(found)


def _held(library: Path, identifier: str) -> Source | None:
    try:
        with Reader(library) as reader:
            return reader.source_by_doi(identifier) or reader.source_by_doi(identifier, deleted=True)
    except NotFound:
        return None  # no library yet


def _ready(
    missing: Sequence[str], asked: dict[str, str], offline: bool, settings: crossref.Settings
) -> Iterator[_Ready | Outcome]:
    """Each missing source made ready to keep, or refused; from the shelf where Crossref is out of reach."""
    if offline:
        for identifier in missing:
            error = Offline(
                f"{identifier} is not on the bundled shelf", "without --offline it would be fetched from Crossref"
            )
            yield _from_shelf(asked[identifier], identifier) or Outcome(asked[identifier], "refused", error=error)
        return
    for found in crossref.fetch(missing, settings) if missing else ():
        text = asked[found.asked]
        if isinstance(found, crossref.Answer):
            yield _cleaned(text, found, settings if len(missing) <= _FEW else None)
        else:
            shelved = _from_shelf(text, found.asked) if isinstance(found.error, ProviderError) else None
            yield shelved or Outcome(text, "refused", error=found.error)


def _from_shelf(asked: str, identifier: str) -> _Ready | None:
    shelved = bundled.shelf_source(identifier)
    if shelved is None:
        return None
    filed = f", where it stands under {', '.join(shelved.concepts)}" if shelved.concepts else ""
    remarks = [FROM_SHELF + filed]
    if shelved.doi_confirmed is False:
        remarks.append(f"the DOI {identifier} is not confirmed: {shelved.caveat}")
    new = NewSource(dict(shelved.item), shelved.citekey, doi=identifier, provenance=_shelf_provenance(shelved))
    return _Ready(asked, new, "shelf", identifier, None, tuple(remarks))


def _shelf_provenance(shelved: bundled.ShelfSource) -> dict[str, Any]:
    origin = {"origin": "shelf", "confidence": shelved.confidence, "verified": list(shelved.verified)}
    return {"*": {**origin, "caveat": shelved.caveat} if shelved.caveat else origin}


def _cleaned(asked: str, found: crossref.Answer, settings: crossref.Settings | None) -> _Ready | Outcome:
    """An answer cleaned; with `settings`, a chapter's missing editors are looked for in its book."""
    from . import book, clean

    try:
        cleaned = clean.crossref(found.body)
    except LitbaseError as error:
        return Outcome(asked, "refused", error=error)
    editors = book.editors(cleaned.item, settings) if settings is not None else []
    if editors:
        cleaned.item["editor"] = editors
        cleaned.provenance["editor"] = {"origin": "crossref", "changes": [_BOOK]}
    new = NewSource(
        cleaned.item,
        citekey.stem(cleaned.item),
        doi=found.doi,
        doi_aliases=tuple(dict.fromkeys((*found.aliases, *cleaned.aliases))),
        provenance=cleaned.provenance,
        notices=cleaned.notices,
    )
    return _Ready(asked, new, "crossref", found.doi, found.body, cleaned.remarks)


class _Keeper:
    """Puts ready sources into the library, with the concepts and the note the user wished for."""

    def __init__(self, library: Path, wish: Wish, planned: concepts.Plan) -> None:
        self._library = library
        self._wish = wish
        self._planned = planned

    def keep(self, ready: _Ready) -> Outcome:
        if self._wish.dry_run:
            return Outcome(ready.asked, "would add", ready.new.citekey, ready.new.item, ready.origin, ready.remarks)
        with write(self._library, "add") as writer:
            # Another litbase may have added it since, or the DOI asked for was another's alias.
            held = writer.citekey_of(ready.identifier)
            key = held or writer.add_source(ready.new)
            if held is None and ready.answer is not None:
                writer.keep_answer(key, ready.origin, ready.identifier, ready.answer)
            for alias in ready.new.doi_aliases if held else ():
                writer.add_doi_alias(key, alias)
            self._annotate(writer, key)
        status: Status = "present" if held else "added"
        return Outcome(ready.asked, status, key, ready.new.item, ready.origin, () if held else ready.remarks)

    def again(self, asked: str, held: Source, identifier: str) -> Outcome:
        """A source that is there already, or in the bin, which gives it back."""
        from json import loads

        status: Status = "present" if held.deleted is None else "restored"
        wished = self._planned.names or self._wish.note or status == "restored"
        if wished and not self._wish.dry_run:
            with write(self._library, "add") as writer:
                if status == "restored":
                    writer.restore_source(held.citekey)
                self._annotate(writer, held.citekey)
        return Outcome(asked, status, held.citekey, loads(held.item))

    def _annotate(self, writer: Writer, key: str) -> None:
        concepts.enter(writer, self._planned.new)
        for name in self._planned.names:
            writer.tag(key, name)
        if self._wish.note:
            writer.add_note(key, annotate.fit(self._wish.note), "note", "", True)
