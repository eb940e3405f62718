"""References as people write them, and the works they mean, to measure `check --online` on.

online/references.txt has the references with what should be found out about each, online/works.jsonl the
records, of works nobody wrote. They hold the traps: short titles, colons, other spellings, preprints,
reprints, reviews, notices, numbers changed about.
"""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "online"
WORKS = FOLDER / "works.jsonl"
# A word that stands in the prose of a draft and in no reference.
CANARY = "canarypen"


class Case(NamedTuple):
    """An entry, its state (check_online_outcome.State), the fields that differ, and the codes to be said."""

    entry: str
    state: str
    fields: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def cases() -> list[Case]:
    """The references, in order of their file."""
    blocks = (FOLDER / "references.txt").read_text(encoding="utf-8").split("\n\n")
    pairs = [block.strip().partition("\n") for block in blocks[1:] if not block.startswith("#")]
    return [Case(entry, *_told(head)) for head, _, entry in pairs]


def _told(head: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """State, fields and codes of `same | volume, pages | differs-from-record`."""
    state, fields, codes = (*(part.strip() for part in head.split("|")), "", "")[:3]
    return state, _listed(fields), _listed(codes)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip(" -"))


def draft(entries: list[str]) -> str:
    """A post whose list holds these entries."""
    return "\n\n".join(["A post", f"What she said, {CANARY}, stays here.", "References", *entries]) + "\n"
