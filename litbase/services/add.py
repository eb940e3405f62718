"""Adding sources: from identifiers to sources in the library, each one kept as soon as it is known."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litbase.domain.identifiers import Identifier, identify
from litbase.domain.item import Item
from litbase.domain.library import Source, Status
from litbase.errors import BadInput, LitbaseError, NotFound
from litbase.place import Place
from litbase.store.opened import exists
from litbase.store.reader import Reader
from litbase.store.writer import Writer, write

from . import concepts, shelved
from .contact import Contact


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


# Which provider's answer each kind of identifier is kept under.
_PROVIDERS = {"isbn": "openlibrary", "arxiv": "arxiv", "pmid": "pubmed", "pmcid": "pubmed"}


def add(library: Place, identifiers: Sequence[str], wish: Wish, contact: Contact) -> Iterator[Outcome]:
    """Add the sources of these identifiers, one outcome each, as soon as it is known.

    A source is in the library when its outcome says so, whatever happens to the rest. The same
    identifier twice is answered once.

    Raises: NotFound for an unknown concept and BadInput for an unfit note, before anything is
    added; LibraryError.
    """
    if wish.note:
        wish = wish._replace(note=_fit_note(wish.note))
    planned = concepts.plan(library, wish.concepts, wish.new_concepts)
    keeper = _Keeper(library, wish, planned)
    wanted: dict[Identifier, str] = {}
    for text in identifiers:
        try:
            wanted.setdefault(_fit(identify(text)), text)
        except BadInput as error:
            yield Outcome(text, "refused", error=error)
    missing: dict[Identifier, str] = {}
    for identifier, text in wanted.items():
        held = _held(library, identifier)
        if held is not None:
            yield keeper.again(text, held)
        else:
            missing[identifier] = text
    for found in shelved.offline(missing) if wish.offline else _fetched(missing, contact):
        if isinstance(found, shelved.Failed):
            yield Outcome(found.asked, "refused", error=found.error)
        else:
            yield keeper.keep(found)


def _fetched(missing: shelved.Asked, contact: Contact) -> Iterator[shelved.Ready | shelved.Failed]:
    from . import fetching

    return fetching.fetched(missing, contact)


def _fit_note(text: str) -> str:
    from . import annotate

    return annotate.fit(text)


def _fit(identifier: Identifier) -> Identifier:
    """An identifier that some provider can be asked for.

    Raises: BadInput for words and for pages without an identifier in their address.
    """
    if identifier.kind == "words":
        raise BadInput(
            f"“{identifier.value[:80]}” is no identifier: no DOI, ISBN, arXiv or PubMed number",
            "a DOI looks like 10.1037/pst0000185; words are looked for where they stand alone on the line",
        )
    if identifier.kind == "link":
        raise BadInput(
            f"there is no DOI in the address {identifier.value[:80]}",
            f"look for one on the page, or litbase add --manual web --set URL={identifier.value[:80]} --set title=…",
        )
    return identifier


def _held(library: Place, identifier: Identifier) -> Source | None:
    try:
        with Reader(library) as reader:
            if identifier.kind != "doi":
                return reader.source_by_answer(_PROVIDERS[identifier.kind], identifier.value)
            return reader.source_by_doi(identifier.value) or reader.source_by_doi(identifier.value, deleted=True)
    except NotFound:
        return None  # no library yet


class _Keeper:
    """Puts ready sources into the library, with the concepts and the note the user wished for."""

    def __init__(self, library: Place, wish: Wish, planned: concepts.Plan) -> None:
        self._library = library
        self._wish = wish
        self._planned = planned

    def keep(self, ready: shelved.Ready) -> Outcome:
        twin = self._twin(ready)
        if twin is not None:
            return self.again(ready.asked, twin)
        if self._wish.dry_run:
            return Outcome(ready.asked, "would add", ready.new.citekey, ready.new.item, ready.origin, ready.remarks)
        with write(self._library, "add") as writer:
            # Another litbase may have added it since, or the DOI asked for was another's alias.
            held = writer.citekey_of(ready.new.doi) if ready.new.doi else None
            key = held or writer.add_source(ready.new)
            if held is None and ready.answer is not None:
                writer.keep_answer(key, ready.origin, ready.identifier, ready.answer)
            for alias in ready.new.doi_aliases if held else ():
                writer.add_doi_alias(key, alias)
            self._annotate(writer, key)
        status: Status = "present" if held else "added"
        remarks = () if held else (*ready.remarks, *self._alike(key, ready.new.item))
        return Outcome(ready.asked, status, key, ready.new.item, ready.origin, remarks)

    def _twin(self, ready: shelved.Ready) -> Source | None:
        """The source that a work without a DOI is already, by all that is known of it."""
        if ready.new.doi or not exists(self._library):
            return None
        from . import duplicates

        with Reader(self._library) as reader:
            return next(
                (one for one, likeness in duplicates.find(reader, ready.new.item) if likeness.verdict == "same"), None
            )

    def _alike(self, key: str, item: Item) -> Iterator[str]:
        """A sentence for each source that the one just added may be a second record of."""
        from . import duplicates

        with Reader(self._library) as reader:
            added = reader.source(key)
            for other, likeness in duplicates.find(reader, item, besides=added.uuid if added else ""):
                sure = "is the same work as" if likeness.verdict == "same" else "may be the same work as"
                yield f"this {sure} {other.citekey} ({likeness.score:.0f} of 100): litbase merge {other.citekey} {key}"

    def again(self, asked: str, held: Source) -> Outcome:
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
            writer.add_note(key, self._wish.note, "note", "", True)
