"""What `check --online` says of entries and their records: facts, and words that accuse nobody."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from litbase.domain import doi as dois
from litbase.domain import matching
from litbase.domain.brief import leading
from litbase.domain.item import Item, family
from litbase.domain.matching import Known, Match
from litbase.domain.standing import grave
from litbase.drafts import Entry
from litbase.errors import ProviderError

from . import check_written as written
from .check_finding import Finding
from .check_mends import doi_added
from .check_online_outcome import Outcome

_CONCERN = "stands under an expression of concern"
_CORRECTIONS = {
    "correction": "has been corrected",
    "addendum": "has an addendum",
    "clarification": "has been clarified",
    "concern": _CONCERN,
}
_PRINTED_WITH_DOI = ("article-journal", "chapter", "paper-conference", "review")


def findings(entry: Entry, outcome: Outcome) -> Iterator[Finding]:
    """What is to be said of one entry."""
    found = outcome.match
    if outcome.state in ("nowhere", "elsewhere"):
        yield from _led_astray(entry, outcome)
        return
    if outcome.state == "not-found" and matching.is_suspect(entry.reference.item):
        yield _at(
            entry, "not-in-crossref", f"no work like {written.entry(entry)} was found in Crossref",
            "that alone proves nothing, for many works are not there; hold title, journal and year against the work "
            "itself",
        )  # fmt: skip
    if outcome.state != "same" or found is None:
        return
    yield from _noticed(entry, found.known)
    if found.journal:
        yield _journal(entry, found.known)
    if found.differences:
        yield _different(entry, found)
    if not found.journal and not entry.reference.item.get("DOI"):
        yield from _without_doi(entry, found.known)


def _at(entry: Entry, code: str, message: str, hint: str) -> Finding:
    work = (entry.reference.authors, entry.reference.year)
    return Finding(code, entry.place.line, entry.place.column, message, hint, entry.place.line, (work,))


def _led_astray(entry: Entry, outcome: Outcome) -> Iterator[Finding]:
    """A DOI that leads to another work or to none; the entry's own, where its words have found it."""
    doi = str(entry.reference.item.get("DOI"))
    own = outcome.instead.known if outcome.instead else None
    hint = f"this work is {dois.url(own.doi)}" if own else "look for a slip in the DOI"
    if outcome.match is not None:
        yield _at(
            entry, "doi-elsewhere",
            f"the DOI {doi} of {written.entry(entry)} leads to {_described(outcome.match.known)}", hint,
        )  # fmt: skip
    elif own:
        yield _at(entry, "doi-elsewhere", f"the DOI {doi} of {written.entry(entry)} leads nowhere", hint)
    else:
        yield _at(
            entry, "not-in-crossref",
            f"the DOI {doi} of {written.entry(entry)} is not registered, and no work like it was found in Crossref",
            "look for a slip in the DOI, and hold title and journal against the work itself",
        )  # fmt: skip
    if outcome.instead and outcome.instead.verdict == "same":
        yield from _noticed(entry, outcome.instead.known)
        if outcome.instead.differences:
            yield _different(entry, outcome.instead)


def _noticed(entry: Entry, known: Known) -> Iterator[Finding]:
    """Retractions and corrections; nothing where the entry itself speaks of them.

    Source: APA 7, 10.1, example 11 (a retracted article may be cited as such).
    """
    if "retract" in entry.text.lower() or "withdrawn" in entry.text.lower():
        return
    notices = [notice._asdict() for notice in known.notices]
    for standing in grave(notices):
        if standing.sentence == _CONCERN:
            continue
        when = f" ({standing.date})" if standing.date else ""
        yield _at(
            entry, "retracted", f"{written.entry(entry)} {standing.sentence}{when}",
            f"read the notice{_where(notices, known)}; cite it only as retracted, or not at all",
        )  # fmt: skip
    said = dict.fromkeys(_CORRECTIONS[one["kind"]] for one in notices if one["kind"] in _CORRECTIONS)
    if said:
        yield _at(
            entry, "corrected", f"{written.entry(entry)} {' and '.join(said)}",
            f"see whether the notice{_where(notices, known)} touches what you cite",
        )  # fmt: skip


def _where(notices: Sequence[Mapping[str, Any]], known: Known) -> str:
    links = dict.fromkeys(dois.url(one["doi"]) for one in notices if one["doi"] and one["doi"] != known.doi)
    return f" ({', '.join(links)})" if links else f" at {dois.url(known.doi)}"


def _journal(entry: Entry, known: Known) -> Finding:
    by = _people(known.item)
    named = f"the work is by {by}" if by else "the record names no author"
    return _at(
        entry, "journal-as-author",
        f"{entry.reference.authors[0]} is the journal that this work appeared in; {named}",
        _as_recorded(entry.reference.item, Match("same", known, journal=True)),
    )  # fmt: skip


def _people(item: Item) -> str:
    """The authors of a work as a sentence names them; empty where there are none."""
    people = [family(name) for name in leading(item)]
    return written.names(people, joint="and") if people else ""


def _different(entry: Entry, found: Match) -> Finding:
    fields = "; ".join(
        f"{one.field} “{written.short(one.ours, 160)}”, there “{written.short(one.theirs, 160)}”"
        for one in found.differences
    )
    return _at(
        entry, "differs-from-record", f"{written.entry(entry)} differs from its record in Crossref: {fields}",
        f"the record: {dois.url(found.known.doi)}" if found.journal else _as_recorded(entry.reference.item, found),
    )  # fmt: skip


def _without_doi(entry: Entry, known: Known) -> Iterator[Finding]:
    if entry.reference.item.get("type") in _PRINTED_WITH_DOI:
        one = _at(entry, "doi-missing", f"{written.entry(entry)} has a DOI: {known.doi}", f"add {dois.url(known.doi)}")
        yield one._replace(mends=doi_added(entry, known.doi))


def _described(known: Known) -> str:
    """A work in a few words: title, by whom, when."""
    title = written.short(str(known.item["title"]), 90)
    by = _people(known.item)
    when = min(known.years, default=None)
    told = ", ".join(part for part in (by, str(when or "")) if part)
    return f"“{title}” ({told})" if told else f"“{title}”"


def _as_recorded(item: Item, found: Match) -> str:
    """The entry as the record would have it; for a book, whose record is not whole, its link alone.

    What does not differ stays as the writer has it: her year among those of print and online, initials
    that the record lacks.
    """
    recorded = found.known.item
    if recorded["type"] != "article-journal":
        return f"the record: {dois.url(found.known.doi)}"
    from litbase import render
    from litbase.services import formatting, titling

    wrong = {one.field for one in found.differences}
    own: Item = {name: item[name] for name in ("issued", "author") if name in item}
    if "first author" in wrong or found.journal or len(own.get("author", ())) != len(recorded.get("author", ())):
        own.pop("author", None)
    if "year" in wrong:
        own.pop("issued", None)
    mended = {**recorded, **own, "title": titling.sentence_case(str(recorded["title"])).text}
    made = formatting.format_items([mended], formatting.open_style("apa"))
    return f"as the record has it: {render.writer('text').inline(made.entries[0])}"


def remarks(entries: Sequence[Entry], outcomes: Sequence[Outcome], trouble: ProviderError | None) -> tuple[str, ...]:
    """What was not checked or not found, in a sentence each, so that silence is not taken for praise."""
    said = []
    unchecked = sum(one.state == "unchecked" for one in outcomes)
    if trouble is not None:
        count = _counted(unchecked, "entry was", "entries were")
        said.append(f"{count} not checked online: {trouble.message}" + (f" ({trouble.hint})" if trouble.hint else ""))
    elif unchecked:
        said.append(f"{_counted(unchecked, 'entry', 'entries')} could not be checked online")
    agencies = sorted({one.agency for one in outcomes if one.state == "other-agency"})
    if agencies:
        count = _counted(sum(one.state == "other-agency" for one in outcomes), "entry", "entries")
        said.append(f"{count} could not be checked: registered with {', '.join(agencies)}, not with Crossref")
    quiet = [
        one
        for one, outcome in zip(entries, outcomes, strict=True)
        if outcome.state == "not-found" and not matching.is_suspect(one.reference.item)
    ]
    if quiet:
        named = "; ".join(written.entry(one) for one in quiet[:3]) + ("; …" if len(quiet) > 3 else "")
        count = _counted(len(quiet), "book, report or page", "books, reports and pages")
        said.append(f"{count} not found in Crossref, which has far from all ({named})")
    return tuple(said)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
