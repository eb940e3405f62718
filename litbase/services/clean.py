"""From a provider's answer to an item: the pure cleaning of domain/, given the word lists it needs."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from litbase.domain import foreign, inline, records
from litbase.domain.item import Item
from litbase.domain.standing import grave

from . import titling


class Cleaned(NamedTuple):
    """An item, where its fields came from and what was changed in them, and what the user should read."""

    item: Item
    provenance: dict[str, Any]
    notices: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def crossref(message: Mapping[str, Any]) -> Cleaned:
    """Crossref's message as litbase keeps it.

    Raises: BadRecord where it is no work that can be cited.
    """
    return answer("crossref", message)


def answer(provider: str, body: Mapping[str, Any]) -> Cleaned:
    """A provider's answer as litbase keeps it.

    Raises: BadRecord where it is no work that can be cited.
    """
    unsure: list[str] = []

    def cased(title: str, evidence: str) -> str:
        found = titling.sentence_case(title, evidence)
        unsure.extend(found.unsure)
        return found.text

    cleaned = records.clean_crossref(body, cased) if provider == "crossref" else foreign.clean(provider, body, cased)
    provenance: dict[str, Any] = {"*": {"origin": provider}}
    for change in cleaned.changes:
        provenance.setdefault(change.field, {"origin": provider, "changes": []})["changes"].append(
            {"before": change.before, "after": change.after, "reason": change.reason}
        )
    return Cleaned(
        cleaned.item,
        provenance,
        tuple(notice._asdict() for notice in cleaned.notices),
        tuple(_remarks(cleaned, unsure)),
        cleaned.aliases,
    )


def _short(value: str) -> str:
    text = inline.strip(value)
    return (text if len(text) <= 60 else f"{text[:59]}…") or "—"


def _remarks(cleaned: records.Cleaned, unsure: list[str]) -> Iterator[str]:
    """What a person should read of a cleaning, a sentence each."""
    for standing in grave(notice._asdict() for notice in cleaned.notices):
        yield f"this work {standing.sentence}" + (f" ({standing.date})" if standing.date else "")
    for change in cleaned.changes:
        if change.notable:
            yield f"{change.field}: {_short(change.before)} → {_short(change.after)} ({change.reason})"
    if unsure:
        guessed = ", ".join(dict.fromkeys(unsure))
        yield f"capitals in the title that were a guess: {guessed} (litbase config words add settles one)"
