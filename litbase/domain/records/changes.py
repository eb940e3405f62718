"""What cleaning hands back besides the item: what was changed, and what is known against the work."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase.domain.item import Item

NoticeKind: TypeAlias = Literal[
    "retraction",
    "partial-retraction",
    "withdrawal",
    "removal",
    "concern",
    "correction",
    "addendum",
    "clarification",
    "new-version",
    "new-edition",
]


class Change(NamedTuple):
    """One alteration of one field: what stood there, what stands there now, and why."""

    field: str
    before: str
    after: str
    reason: str
    notable: bool = False


class Notice(NamedTuple):
    """A retraction, concern, correction or new version.

    `affects` tells whose: "this" work's own, or that of the "other" work at `doi`, of which this
    record is the notice. `doi` is empty where only a title says so; `date` is ISO, cut to what is
    known; `source` names the field it was read in and, after a colon, who asserted it.
    """

    kind: NoticeKind
    doi: str
    date: str | None
    source: str
    affects: Literal["this", "other"] = "this"


class Relation(NamedTuple):
    """A tie to another work in Crossref's words: "is-preprint-of", "has-review", …"""

    kind: str
    doi: str


class Cleaned(NamedTuple):
    """A Crossref record made into an item, with all that was learnt on the way.

    `aliases` are further DOIs of the same work, lower-cased.
    """

    item: Item
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()


class Part(NamedTuple):
    """What one field's rule answers: variables for the item, and the changes it made."""

    fields: dict[str, Any]
    changes: list[Change]


class Step(NamedTuple):
    """One rewriting of a text, with the reason a reader is given for it."""

    rewrite: Callable[[str], str]
    reason: str
    notable: bool = False


def follow(steps: Sequence[Step], field: str, value: str) -> tuple[str, list[Change]]:
    """A text after all steps, and one change for each step that altered it."""
    changes = []
    for step in steps:
        after = step.rewrite(value)
        if after != value:
            changes.append(Change(field, value, after, step.reason, step.notable))
            value = after
    return value, changes


def altered(field: str, before: str, after: str, reason: str, notable: bool = False) -> list[Change]:
    """One change, or none where nothing differs."""
    return [] if before == after else [Change(field, before, after, reason, notable)]
