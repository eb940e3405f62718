"""`sync`: a library in a file and another place made equal again."""

from typing import TYPE_CHECKING, Annotated

from . import console, session
from .command import Argument, DryRun, Json

if TYPE_CHECKING:
    from litbase.services.sync import Synced


def sync(
    place: Annotated[
        str, Argument("A path, or postgresql://…; where none is given, that of the last time.", "[PLACE]", "files")
    ] = "",
    *,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Bring what you have done here to another place, and what was done there to here.

    Your library is a file, to read and to write in while you are away; the other place is a server that you
    share, or another file. Where there is no library here yet, it is made as a copy; one that was taken away
    with `litbase move` can be synchronised at once. Where both sides have changed the same, both are kept,
    and it is told. The place is remembered, its password is not.

    Examples:
      litbase move --to desk.db && litbase sync desk.db
      litbase move --to desk.db && litbase sync desk.db --dry-run --json
      litbase move --to desk.db && litbase --library copy.db sync desk.db
    """
    from litbase.config import library_place
    from litbase.services import sync as service

    library = session.current.library
    other = library_place(place or service.remembered(library))
    done = service.sync(library, other, console.progress, dry_run)
    if json:
        told = [one._asdict() for one in done.told]
        counts = {"went": done.went, "came": done.came, "sources": done.sources, "copied": done.copied}
        console.emit({"schema": "litbase.sync/1", "place": str(other), "dry_run": dry_run, **counts, "conflicts": told})
        return 0
    for one in done.told:
        console.line(console.Piece(one.about, "bold cyan"), f": {one.text}", indent=4)
    console.say(_said(done, str(other), dry_run))
    return 0


def _said(done: "Synced", place: str, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    if done.copied:
        return f"{_counted(done.sources, 'source')} {would}copied from {place}"
    counts = [(done.went, "step", " from here"), (done.came, "step", " from there"), (len(done.told), "conflict", "")]
    told = [f"{_counted(count, word)}{more}" for count, word, more in counts if count]
    if not told and done.sources:
        told = [_counted(done.sources, "source")]
    return f"{would}synchronised with {place}: {', '.join(told)}" if told else f"nothing is new here or in {place}"


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
