"""`move`: a library taken to another place."""

from typing import Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Json, Option


def move(
    *,
    to: Annotated[str, Option(("--to",), "Where it is to be: a path, or postgresql://…", "PLACE")] = "",
    json: Json = False,
) -> int:
    """Take the library to another place, whole: from a file to a server, or back.

    Sources, notes, concepts, keys, ids and history are copied in one step, and both ends are then held against
    each other. What was there before stays: set LITBASE_LIBRARY to the new place, and put the old one away.
    Of a shared library goes what you may read.

    Examples:
      litbase move --to copy.db
    """
    from litbase.config import library_place
    from litbase.services import moving as service

    if not to:
        raise UsageError("where is the library to be moved to?", "litbase move --to postgresql://you@host/database")
    place, library = library_place(to), session.current.library
    here = service.contents(library)
    with console.progress(here.lines, "moving") as bar:
        done = service.move(library, place, here, bar.step)
    found = done.contents
    if json:
        console.emit({"schema": "litbase.move/1", "to": str(place), "already": done.already, **found._asdict()})
        return 0
    console.say(
        f"{found.sources:,} sources, {found.notes:,} notes, {found.concepts:,} concepts and {found.changes:,} changes "
        f"{'were already' if done.already else 'are'} in {place}, the same at both ends ({found.digest[:16]})"
    )
    return 0
