"""The reference list of an old post, made ready to import: works found in Crossref, and the rest as it was read.

What a person typed into a list is read by drafts/ and held against Crossref's records by check_online. A work
that was found is fetched like any other; what was not is a guess, says so in its provenance, and waits for a yes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from litbase import drafts
from litbase.domain import citekey
from litbase.domain.item import NAME_VARIABLES, Item
from litbase.domain.library import NewSource
from litbase.drafts import Entry
from litbase.errors import BadInput
from litbase.place import Place
from litbase.providers.crossref import Settings

from . import check_online
from .check_online_outcome import Outcome
from .check_words import lexicon
from .importing import Ready

FORM = "list"
GUESSED = "read from the list, not fetched: look it through"


class Listed(NamedTuple):
    """A list read: DOIs to fetch by, entries to ask about, and sentences the user should know."""

    dois: tuple[str, ...]
    guessed: tuple[Ready, ...]
    remarks: tuple[str, ...]


def read(
    file: str, content: bytes, library: Place, settings: Settings | None, step: Callable[[], None] = lambda: None
) -> Listed:
    """The works in a draft's reference list; without `settings` nothing is asked of Crossref.

    Raises: BadInput where the file cannot be read, or holds no reference list.
    """
    reading = drafts.read(file, content, lexicon())
    if not reading.entries:
        raise BadInput(f"there is no reference list in {file}", "a heading such as References, and an entry a line")
    if settings is None:
        outcomes: tuple[Outcome, ...] = tuple(Outcome("unchecked") for _ in reading.entries)
        remarks: tuple[str, ...] = ()
    else:
        online = check_online.look(reading, library, settings, step=step)
        outcomes, remarks = online.outcomes, online.remarks
    dois: list[str] = []
    guessed: list[Ready] = []
    for number, (entry, outcome) in enumerate(zip(reading.entries, outcomes, strict=True), 1):
        doi = _doi(entry.reference.item, outcome)
        if doi:
            dois.append(doi)
        elif ready := _guess(file, number, entry, outcome):
            guessed.append(ready)
        else:
            remarks = (*remarks, f"{file}:{entry.place.line}: this entry could not be read: {entry.text[:60]}")
    return Listed(tuple(dict.fromkeys(dois)), tuple(guessed), remarks)


def count(file: str, content: bytes) -> int:
    """How many entries a draft's list has."""
    return len(drafts.read(file, content, lexicon()).entries)


def _doi(item: Item, outcome: Outcome) -> str:
    """The DOI to fetch an entry by: the one that was found for it, or its own where nothing speaks against it."""
    found = outcome.match if outcome.state == "same" else outcome.instead
    if found is not None and found.verdict == "same":
        return found.known.doi
    return str(item.get("DOI") or "") if outcome.state in ("other-agency", "unchecked", "same") else ""


def _guess(file: str, number: int, entry: Entry, outcome: Outcome) -> Ready | None:
    """An entry as it was read; None where there is neither a title nor a name in it."""
    item = {name: value for name, value in entry.reference.item.items() if name != "id"}
    remarks = [GUESSED]
    if outcome.state in ("nowhere", "elsewhere") and item.pop("DOI", None):
        told = "does not exist" if outcome.state == "nowhere" else "leads to another work"
        remarks.append(f"its DOI {told} and was left out")
    if not item.get("title") and not any(item.get(variable) for variable in NAME_VARIABLES):
        return None
    item.setdefault("type", "document")
    origin = {"origin": FORM, "guessed": True, "file": Path(file).name, "text": entry.text}
    new = NewSource(item, citekey.stem(item), doi=item.get("DOI"), provenance={"*": origin})
    return Ready(file, number, entry.place.line, new, remarks=tuple(remarks))


def shown(ready: Ready) -> Iterator[tuple[str, str]]:
    """The fields of a guess as a person can look them through, name and text."""
    from litbase.domain import fields

    yield from fields.form(ready.new.item).items()
