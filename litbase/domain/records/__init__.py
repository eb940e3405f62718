"""A Crossref record cleaned into a CSL-JSON item as APA wants it, with all that was changed.

    item        kinds · title · contributors · dates · containers · pages · publishers · identifiers · abstracts
    beside it   changes (what and why) · notices (retractions, relations, aliases)
    names       persons · namecase · nameparts
    text        shape (reads any message) · markup · mathml · lettering · tidying
    knowledge   imprints (houses and preprint servers)

Each field's rule is a function of the message and the CSL type; none knows of another, save that
a book's own edition field wins over one written into its title.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litbase.domain.item import Item
from litbase.domain.records import (
    abstracts,
    containers,
    contributors,
    dates,
    identifiers,
    kinds,
    notices,
    pages,
    publishers,
    title,
)
from litbase.domain.records.changes import Change, Cleaned, Notice, Part, Relation, altered
from litbase.domain.records.shape import Message
from litbase.errors import BadRecord

__all__ = ["Change", "Cleaned", "Notice", "Relation", "clean_crossref", "shaped"]

SentenceCase = Callable[[str, str], str]

# A new field is one function and one line here.
FIELDS: tuple[Callable[[Message, str], Part], ...] = (
    contributors.contributors,
    dates.issued,
    containers.own_edition,
    containers.event,
    pages.numbering,
    pages.place,
    publishers.publisher,
    kinds.genre,
    identifiers.numbers,
    identifiers.language,
    identifiers.keywords,
    identifiers.address,
)


def clean_crossref(message: Mapping[str, Any], sentence_case: SentenceCase) -> Cleaned:
    """The item a Crossref message describes, ready for APA, and what was done to make it.

    `sentence_case(title, evidence)` gets a title with CSL's inline tags, "Title: Subtitle", and the
    abstract's text; it is asked for the work's own title and the title of a chapter's book. The
    item has no `id`: whoever keeps it gives it one.

    Raises:
        BadRecord: the message is no object; the DOI was deleted; the record describes no work to
            cite (a journal, an issue, a series, a component, a grant); there is no title.

    Source: Crossref REST API, "API format"; CSL 1.0.2, appendices III and IV.
    """
    if not isinstance(message, Mapping):
        raise BadRecord("the record is not an object", "ask Crossref for it again")
    return shaped(message, kinds.kind(message), sentence_case)


def shaped(message: Message, kind: str, sentence_case: SentenceCase) -> Cleaned:
    """The item of a message whose CSL type is known already: Crossref's, or another provider's in Crossref's fields.

    Raises: BadRecord where there is no title, or the title says that the DOI was deleted.
    """
    abstract = abstracts.abstract(message.get("abstract"))
    name, changes, against = title.own_title(message, kind, abstract, sentence_case)
    container = containers.container(message, kind, sentence_case)
    item: Item = {"type": kind, "title": name, **container.fields}
    changes += container.changes
    if item.get("collection-title") == name:
        del item["collection-title"]
    if kind == "book":
        item["title"], held = containers.parted_title(name)
        item |= held
        changes += altered("title", name, item["title"], "edition and volume taken from the title")
    for rule in FIELDS:
        fields, made = rule(message, kind)
        item |= fields
        changes += made
    if abstract:
        item["abstract"] = abstract
    changes += _series_number(item)
    changes += _group_author(item)
    ties, aliases = notices.relations(message)
    return Cleaned(item, tuple(changes), notices.notices(message, against), ties, aliases)


def _series_number(item: Item) -> list[Change]:
    """The volume of a book in a series is its number there, not one of the book's own.

    Source: CSL 1.0.2, `collection-number`.
    """
    if item["type"] in ("book", "chapter", "report") and "collection-title" in item and "volume" in item:
        item["collection-number"] = item.pop("volume")
    return []


def _group_author(item: Item) -> list[Change]:
    """A report or standard without persons is by the body that issued it.

    Source: APA 7, 10.4 (when author and publisher are the same, the publisher is left out).
    """
    if (
        item["type"] in ("report", "standard")
        and item.get("publisher")
        and not (item.get("author") or item.get("editor"))
    ):
        item["author"] = [{"literal": item["publisher"]}]
        return [Change("author", "", item["publisher"], "no person is named: the issuing body is the author")]
    return []
