"""What has become of a work since it came out, where its readers must know."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

# Kind of notice: how lists mark it, and how a sentence says it.
_GRAVE = {
    "retraction": ("RETRACTED", "has been retracted"),
    "partial-retraction": ("RETRACTED IN PART", "has been retracted in part"),
    "withdrawal": ("WITHDRAWN", "has been withdrawn"),
    "removal": ("REMOVED", "has been removed by its publisher"),
    "concern": ("CONCERN", "stands under an expression of concern"),
}


class Standing(NamedTuple):
    """A grave notice on a work: its mark, a sentence without its subject, and when, if known."""

    mark: str
    sentence: str
    date: str


def grave(notices: Iterable[Mapping[str, Any]]) -> list[Standing]:
    """The retractions, withdrawals, removals and concerns among a work's notices, each kind once.

    Corrections and new versions are not among them, nor is what a work says of another.

    Source: Crossref, "Retractions and corrections".
    """
    found: dict[str, Standing] = {}
    for notice in notices:
        if notice.get("kind") in _GRAVE and notice.get("affects", "this") == "this":
            mark, sentence = _GRAVE[notice["kind"]]
            found.setdefault(mark, Standing(mark, sentence, str(notice.get("date") or "")))
    return list(found.values())
