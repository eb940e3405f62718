"""From identifiers of every kind to sources ready to keep: fetched and cleaned, from the shelf where nobody answers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from litbase.domain import citekey
from litbase.domain.identifiers import Identifier
from litbase.domain.library import NewSource
from litbase.errors import LitbaseError, ProviderError
from litbase.providers import crossref, others
from litbase.providers.outcomes import Answer, Refusal

from . import book, clean
from .contact import Contact
from .shelved import Asked, Failed, Ready, from_shelf

# For so many at the most a chapter's book is asked for too: each costs a request of its own.
_FEW = 5
_BOOK = {"before": "", "after": "the book's editors", "reason": "the chapter's record lacks them; its book has them"}


def fetched(asked: Asked, contact: Contact) -> Iterator[Ready | Failed]:
    """Sources from their providers, each as soon as it is known; from the shelf where Crossref is out of reach."""
    groups: dict[str, list[Identifier]] = defaultdict(list)
    for identifier in asked:
        groups[identifier.kind].append(identifier)
    for kind, group in groups.items():
        texts = {identifier.value: asked[identifier] for identifier in group}
        if kind == "doi":
            yield from _of_crossref(texts, contact)
        else:
            yield from _of_others(group, texts, contact)


def _of_crossref(texts: Mapping[str, str], contact: Contact) -> Iterator[Ready | Failed]:
    settings = contact.crossref if len(texts) <= _FEW else None
    for found in crossref.fetch(list(texts), contact.crossref):
        text = texts[found.asked]
        if isinstance(found, Answer):
            yield _ready(text, found, settings)
        elif found.agency:
            # Another agency's: doi.org leads to it. No address goes along, for who is asked is not known.
            yield from _of_agency(text, found, contact.others._replace(mailto=None))
        else:
            unreached = isinstance(found.error, ProviderError)
            shelved = from_shelf(text, Identifier("doi", found.asked)) if unreached else None
            yield shelved or Failed(text, found.error)


def _of_agency(text: str, refusal: Refusal, settings: others.Settings) -> Iterator[Ready | Failed]:
    for found in others.fetch("doi", [refusal.asked], settings):
        # Crossref's own answer names the agency: it says more than a second failure would.
        yield _ready(text, found, None) if isinstance(found, Answer) else Failed(text, refusal.error)


def _of_others(group: Sequence[Identifier], texts: Mapping[str, str], contact: Contact) -> Iterator[Ready | Failed]:
    for found in others.fetch(group[0].kind, list(texts), contact.others):
        text = texts[found.asked]
        if isinstance(found, Refusal):
            yield Failed(text, found.error)
        elif found.better == "crossref" and found.doi:
            yield _better(text, found, contact)
        else:
            yield _ready(text, found, None)


def _better(text: str, second: Answer, contact: Contact) -> Ready | Failed:
    """Crossref's record of a work that another provider has named; the other's where Crossref has none."""
    for found in crossref.fetch([second.doi], contact.crossref):
        if isinstance(found, Answer):
            return _ready(text, found, contact.crossref)
    return _ready(text, second, None)


def _ready(text: str, found: Answer, settings: crossref.Settings | None) -> Ready | Failed:
    """An answer cleaned; with `settings`, a chapter's missing editors are looked for in its book."""
    try:
        cleaned = clean.answer(found.provider, found.body)
    except LitbaseError as error:
        return Failed(text, error)
    editors = book.editors(cleaned.item, settings) if settings is not None else []
    if editors:
        cleaned.item["editor"] = editors
        cleaned.provenance["editor"] = {"origin": "crossref", "changes": [_BOOK]}
    new = NewSource(
        cleaned.item,
        citekey.stem(cleaned.item),
        doi=found.doi or None,
        doi_aliases=tuple(dict.fromkeys((*found.aliases, *cleaned.aliases))),
        provenance=cleaned.provenance,
        notices=cleaned.notices,
    )
    return Ready(text, new, found.provider, found.doi or found.asked, found.body, cleaned.remarks)
