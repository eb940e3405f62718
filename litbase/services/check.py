"""Checking drafts: what their citations and lists say against each other, against APA, and against the library.

A rule is a function from a reading to findings, and a line in `RULES`. Nothing here needs a library or
the network; what a library adds is in check_library.py, what Crossref adds in check_online.py.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from litbase import drafts
from litbase.drafts import Reading, opening
from litbase.place import Place

from . import check_citing, check_entries, check_entry_forms, check_forms, check_library, check_order, check_quotes
from .check_finding import Finding
from .check_library import Owned
from .check_words import lexicon

if TYPE_CHECKING:
    from litbase.providers.crossref import Settings

    from .check_online import Online

LARGEST = opening.LARGEST  # bytes of a draft
Rule: TypeAlias = Callable[[Reading], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    check_citing.cited_not_listed,
    check_citing.near_matches,
    check_citing.ambiguous,
    check_citing.listed_not_cited,
    check_citing.secondary,
    check_entries.journal_as_author,
    check_entries.incomplete,
    check_entries.duplicates,
    check_entries.linked_elsewhere,
    check_entry_forms.without_doi,
    check_entry_forms.entry_forms,
    check_order.order,
    check_forms.citation_forms,
    check_forms.parenthesis_order,
    check_quotes.without_locator,
)


class Checked(NamedTuple):
    """A draft, what was read of it, and what is to be said about it, in order of the file.

    `cited_keys` and `entry_keys` are the citekeys of works cited and of entries that the library has; `remarks` what
    the user should know of how it was read; `online` what Crossref knows of the entries, if it was asked.
    """

    path: str
    reading: Reading
    findings: tuple[Finding, ...]
    cited_keys: tuple[str | None, ...]
    entry_keys: tuple[str | None, ...]
    remarks: tuple[str, ...]
    online: "Online | None" = None


def check(path: str, content: bytes, library: Place | None = None) -> Checked:
    """Check one draft, given as a file's bytes; `path` is how the user calls it, `-` for standard input.

    Raises: BadInput where it cannot be read.
    """
    reading = drafts.read(path, content, lexicon())
    owned, remark = check_library.open_library(reading, library)
    findings = [finding for rule in RULES for finding in rule(reading)]
    findings = list(dict.fromkeys([*(one for one in findings if not _is_told(one, owned)), *owned.findings]))
    remarks = (*reading.draft.remarks, *((remark,) if remark else ()))
    return Checked(
        path,
        reading,
        tuple(sorted(findings, key=lambda one: (one.line, one.column))),
        owned.cited,
        owned.entries,
        remarks,
    )


def looked_up(
    checked: Checked, library: Place, settings: "Settings", fresh: bool = False, step: Callable[[], None] | None = None
) -> Checked:
    """A draft that has been checked, with what Crossref knows of its entries; `step` is called for each answer.

    A network that fails is told in the remarks; `fresh` takes no answer that was kept.

    Raises: BadInput for unfit settings.
    """
    from . import check_online

    online = check_online.look(checked.reading, library, settings, fresh, step or (lambda: None))
    findings = check_online.joined(checked.findings, checked.reading, online)
    return checked._replace(findings=findings, remarks=(*checked.remarks, *online.remarks), online=online)


def _is_told(finding: Finding, owned: Owned) -> bool:
    """Whether the library says it better: it knows the DOI that is missing."""
    better = {one.line for one in owned.findings if one.code == "doi-missing"}
    return finding.code == "doi-missing" and len(finding.works) == 1 and finding.line in better


def chosen(findings: Sequence[Finding], only: Collection[str], ignored: Collection[str]) -> tuple[Finding, ...]:
    """The findings of these codes; of all but the ignored ones where none is named."""
    return tuple(one for one in findings if (not only or one.code in only) and one.code not in ignored)


def fails(findings: Sequence[Finding], strict: bool) -> bool:
    """Whether these findings make a draft one to mend: hints count only where all must be clean."""
    return any(strict or one.severity != "hint" for one in findings)


def as_json(checked: Checked) -> dict[str, object]:
    """One draft of the promised shape of `litbase check --json`."""
    reading = checked.reading
    cited = reading.cited_entries
    return {
        "path": checked.path,
        "citations": _citations(checked),
        "entries": [
            {
                "line": one.place.line,
                "column": one.place.column,
                "text": one.text,
                "authors": list(one.reference.authors),
                "year": one.reference.year or None,
                "title": one.reference.item.get("title"),
                "doi": one.reference.item.get("DOI"),
                "csl": one.reference.item,
                "cited": number in cited,
                "citekey": checked.entry_keys[number],
                **_record(checked, number),
            }
            for number, one in enumerate(reading.entries)
        ],
        "findings": [
            {
                "code": one.code,
                "severity": one.severity,
                "line": one.line,
                "column": one.column,
                "message": one.message,
                "hint": one.hint,
                "entry_line": one.entry_line,
                "works": [{"authors": list(authors), "year": year} for authors, year in one.works],
            }
            for one in checked.findings
        ],
    }


def remember(library: Place, checked: Checked, content: bytes) -> None:
    """Have the ledger know which of the library's sources a draft cites, and where."""
    from . import ledger

    reading = checked.reading
    uses = []
    for work, citekey in zip(reading.works, checked.cited_keys, strict=True):
        if citekey is not None:
            one = reading.citations[work.citation]
            place = reading.draft.place(reading.draft.blocks[one.block], one.start)
            uses.append(ledger.Use(citekey, place.line, place.column, " ".join(one.text.split())))
    ledger.remember(library, checked.path, uses, content)


def _record(checked: Checked, number: int) -> dict[str, object]:
    """What became of an entry that was looked up, under `record`."""
    if checked.online is None:
        return {}
    from .check_online_outcome import as_json as told

    return {"record": told(checked.online.outcomes[number])}


def _citations(checked: Checked) -> list[dict[str, object]]:
    reading = checked.reading
    works: dict[int, list[dict[str, object]]] = {}
    for work, citekey in zip(reading.works, checked.cited_keys, strict=True):
        personal = reading.citations[work.citation].form == "personal_communication"
        listed = work.match.agreement in ("listed", "ambiguous")
        primary = work.cited.primary
        near = work.match.entries[0] if work.match.entries else None
        works.setdefault(work.citation, []).append(
            {
                "authors": list(work.authors),
                "et_al": work.cited.et_al,
                "year": work.cited.year,
                "locator": work.cited.locator,
                "secondary": work.cited.secondary,
                "primary": {"authors": list(primary.authors), "year": primary.year} if primary else None,
                "status": "no_entry_due" if personal else "listed" if listed else "not_listed",
                "entry_line": reading.entries[near].place.line if near is not None else None,
                "citekey": citekey,
            }
        )
    found: list[dict[str, object]] = []
    for number, one in enumerate(reading.citations):
        place = reading.draft.place(reading.draft.blocks[one.block], one.start)
        text = " ".join(one.text.split())
        found.append(
            {"line": place.line, "column": place.column, "text": text, "form": one.form, "works": works[number]}
        )
    return found
