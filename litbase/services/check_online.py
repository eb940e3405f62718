"""Checking the entries of a draft's list against Crossref: which work each is, and where it differs.

    online = look(reading, library, settings)
    online.findings      what to look at, as `check` says it
    online.remarks       what could not be checked, and why that is no reproach

An entry with a DOI is resolved; one without, or whose DOI leads elsewhere, is looked for by its own words.
Only these go out (check_online_asking.py). What is said of it all is in check_online_saying.py.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from litbase import match
from litbase.domain import matching
from litbase.domain.item import Item
from litbase.domain.matching import Match
from litbase.drafts import Entry, Reading
from litbase.place import Place
from litbase.providers.crossref import Settings
from litbase.store.lookups import Lookups

from . import check_online_saying as saying
from .check_finding import Finding
from .check_online_asking import Absent, Asking
from .check_online_outcome import Outcome

if TYPE_CHECKING:
    from litbase.providers.patience import Clock

_NEVER_ASKED = frozenset(
    {"motion_picture", "broadcast", "song", "graphic", "software", "post", "post-weblog", "interview", "map",
     "performance", "personal_communication", "legal_case", "legislation", "bill", "regulation", "hearing", "treaty"}
)  # fmt: skip


# What makes a guess about an entry needless.
_DECIDED = frozenset({"same", "part", "kin", "elsewhere", "nowhere", "not-found"})


class Online(NamedTuple):
    """What Crossref knows of a draft's entries: an outcome each, and what is to be said of them."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]


def _nothing() -> None:
    """Where nobody watches the progress."""


def look(
    reading: Reading,
    library: Place,
    settings: Settings,
    fresh: bool = False,
    step: Callable[[], None] = _nothing,
    clock: "Clock | None" = None,
) -> Online:
    """Look up every entry; `step` is called for each answer. `fresh` takes no answer that was kept.

    A network that fails is told in the remarks: what was found until then stands.

    Raises: BadInput for unfit settings.
    """
    entries = reading.entries
    if not entries:
        return Online((), (), ())
    with Lookups(library, settings.base_url, fresh) as lookups:
        asking = Asking(settings, lookups, step, clock)
        outcomes = _outcomes(entries, asking)
    findings = [
        finding for entry, outcome in zip(entries, outcomes, strict=True) for finding in saying.findings(entry, outcome)
    ]
    remarks = saying.remarks(entries, outcomes, asking.trouble)
    trouble = (lookups.trouble,) if lookups.trouble else ()
    return Online(tuple(outcomes), tuple(findings), (*remarks, *trouble))


def joined(findings: Sequence[Finding], reading: Reading, online: Online) -> tuple[Finding, ...]:
    """What is said of a draft without Crossref and with it, in order of the file, nothing twice.

    Where Crossref knows better, what was guessed is dropped: that a DOI is missing, that one of two entries has the
    wrong one, that a journal stands for authors.
    """
    by_place = {
        (entry.place.line, entry.place.column): outcome.state
        for entry, outcome in zip(reading.entries, online.outcomes, strict=True)
    }
    known = {place for place, state in by_place.items() if state in _DECIDED}
    works = {
        (entry.reference.authors, entry.reference.year)
        for entry in reading.entries
        if (entry.place.line, entry.place.column) in known
    }
    told = {(one.code, one.line, one.column) for one in online.findings}

    def is_settled(one: Finding) -> bool:
        place = (one.line, one.column)
        if one.code == "doi-missing":
            return set(one.works) <= works
        if one.code == "doi-elsewhere":
            return place in known
        return one.code == "journal-as-author" and (one.code, *place) in told

    kept = [one for one in findings if not is_settled(one)]
    return tuple(sorted([*kept, *online.findings], key=lambda one: (one.line, one.column)))


def _outcomes(entries: tuple[Entry, ...], asking: Asking) -> list[Outcome]:
    items = [entry.reference.item for entry in entries]
    known = asking.dois(str(item["DOI"]) for item in items if item.get("DOI"))
    outcomes = [_by_doi(entry, known.get(str(entry.reference.item.get("DOI") or ""))) for entry in entries]
    queries = {
        number: "" if item.get("type") in _NEVER_ASKED else matching.query(item)
        for number, (item, outcome) in enumerate(zip(items, outcomes, strict=True))
        if _is_to_be_searched(item, outcome)
    }
    found = asking.words(query for query in queries.values() if query)
    for number, query in queries.items():
        records = found.get(query)
        searched = records and matching.by_words(items[number], entries[number].text, records, match.ratio)
        outcomes[number] = _by_words(outcomes[number], searched or None, records is not None, bool(query))
    return outcomes


def _by_doi(entry: Entry, answer: matching.Known | Absent | None) -> Outcome:
    """What the DOI of an entry tells; "unchecked" where it has none."""
    if answer is None:
        return Outcome("unchecked")
    if isinstance(answer, Absent):
        return Outcome("other-agency", agency=answer.agency) if answer.agency else Outcome("nowhere")
    found = matching.by_doi(entry.reference.item, entry.text, answer, match.ratio)
    return Outcome(found.verdict, found)


def _is_to_be_searched(item: Item, outcome: Outcome) -> bool:
    if outcome.state in ("nowhere", "elsewhere"):
        return True
    return outcome.state == "unchecked" and not item.get("DOI")


def _by_words(outcome: Outcome, found: Match | None, asked: bool, askable: bool) -> Outcome:
    """What an entry's own words add to what its DOI told."""
    if outcome.state in ("nowhere", "elsewhere"):
        return outcome._replace(instead=found)
    if found is not None:
        return Outcome(found.verdict, found)
    return Outcome("not-found" if asked else "unchecked" if askable else "not-asked")
