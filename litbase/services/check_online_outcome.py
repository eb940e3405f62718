"""What became of one entry that was looked up."""

from typing import Literal, NamedTuple, TypeAlias

from litbase.domain.matching import Match

# What became of an entry: those of matching, and "nowhere": its DOI does not exist; "other-agency": its DOI is not
# Crossref's; "not-found"; "unchecked": Crossref could not be asked; "not-asked": no kind of work that it has.
State: TypeAlias = Literal[
    "same", "part", "kin", "elsewhere", "nowhere", "other-agency", "not-found", "unchecked", "not-asked"
]


class Outcome(NamedTuple):
    """What became of one entry. `match` is the record it was held against, if any.

    `instead` is the work found for its words where its DOI leads to none or to another; `agency` has the DOI.
    """

    state: State
    match: Match | None = None
    instead: Match | None = None
    agency: str = ""


def as_json(outcome: Outcome) -> dict[str, object]:
    """An outcome for `check --json`, under `record` of an entry."""
    found = outcome.match
    apart = found.differences if found else ()
    return {
        "state": outcome.state,
        "doi": found.known.doi if found else None,
        "differences": [{"field": one.field, "entry": one.ours, "record": one.theirs} for one in apart],
        "instead": outcome.instead.known.doi if outcome.instead else None,
        "agency": outcome.agency or None,
    }
