"""What a library holds, as plain values: sources, notes, concepts, and what is asked of them."""

from typing import Any, Literal, NamedTuple, TypeAlias

from .item import Item

NOTE_KINDS = ("note", "quotation", "plain words")

# What became of a work that was to be kept.
Status: TypeAlias = Literal["added", "would add", "present", "restored", "refused"]


class NewSource(NamedTuple):
    """A source about to be kept. `citekey` is wished for; a taken one gets a letter."""

    item: Item
    citekey: str
    doi: str | None = None
    doi_aliases: tuple[str, ...] = ()
    provenance: dict[str, Any] = {}  # noqa: RUF012 (never written to)
    notices: tuple[dict[str, Any], ...] = ()


class Source(NamedTuple):
    """A source as lists show it; `item` is its JSON text, parsed only by who needs it."""

    id: int
    uuid: str
    citekey: str
    doi: str | None
    type: str
    byline: str
    year: int | None
    title: str
    item: str
    digest: str
    provenance: str
    notices: str
    added: str
    modified: str
    deleted: str | None


class Hit(NamedTuple):
    """A source that a search found, with the words around the match; empty where only filters matched."""

    source: Source
    snippet: str


class Found(NamedTuple):
    """What a search found; `bounded` where so much matched that only the newest were ranked."""

    hits: list[Hit]
    bounded: bool


class Note(NamedTuple):
    """A note as it is kept; `number` counts a source's notes from 1, oldest first."""

    uuid: str
    number: int
    citekey: str
    kind: str
    private: bool
    locator: str
    text: str
    created: str
    modified: str
    owner: str


class Concept(NamedTuple):
    """A concept of the vocabulary with how many sources carry it."""

    id: int
    uuid: str
    name: str
    definition: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    cues: tuple[str, ...]
    sources: int


class NewConcept(NamedTuple):
    """A concept about to be kept; broader terms by name."""

    name: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    definition: str = ""
    cues: tuple[str, ...] = ()


class CachedEntry(NamedTuple):
    """A rendered entry, as JSON of its inlines, and what it was rendered from."""

    style: str
    letter: str
    version: str
    digest: str
    inlines: str


class Step(NamedTuple):
    """What one command changed: when, which command, how many rows; `undone` where it was taken back.

    `who` is the member of a shared library; empty in a library of one's own.
    """

    id: str
    at: str
    command: str
    changes: int
    undone: bool = False
    who: str = ""
