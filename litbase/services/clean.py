"""From a provider's answer to an item: the pure cleaning of domain/, given the word lists it needs."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from litbase import bundled
from litbase.domain import records, titles
from litbase.domain.item import Item


class Cleaned(NamedTuple):
    """An item, where its fields came from and what was changed in them, and what the user should read."""

    item: Item
    provenance: dict[str, Any]
    notices: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...]


def crossref(message: Mapping[str, Any]) -> Cleaned:
    """Crossref's message as litbase keeps it.

    Raises: BadRecord where it is no work that can be cited.
    """
    cleaned = records.clean_crossref(message, sentence_case)
    provenance: dict[str, Any] = {"*": {"origin": "crossref"}}
    for change in cleaned.changes:
        provenance.setdefault(change.field, {"origin": "crossref", "changes": []})["changes"].append(
            {"before": change.before, "after": change.after, "reason": change.reason}
        )
    return Cleaned(
        cleaned.item,
        provenance,
        tuple(notice._asdict() for notice in cleaned.notices),
        tuple(f"{change.field}: {change.reason}" for change in cleaned.changes if change.notable),
    )


def sentence_case(title: str, evidence: str = "") -> str:
    """A title in APA's sentence case, by the word lists that ship with litbase."""
    return titles.sentence_case(title, words(), evidence).text


@cache
def words() -> titles.Words:
    """The word lists, read once a run."""
    return titles.Words.of(bundled.word_lists())
