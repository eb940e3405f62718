"""`undo` and `history`."""

from typing import Annotated

from . import console, session
from .command import Argument, Json, Option


def undo(
    steps: Annotated[str, Argument("How many steps, one where nothing is said.", "[STEPS]")] = "1",
    *,
    json: Json = False,
) -> int:
    """Take back the last step, or several: whatever one command changed, as a whole.

    Undoing an addition puts the source in the bin. Undoing is itself in the history.

    Examples:
      litbase undo
      litbase undo 3
    """
    from litbase.errors import UsageError
    from litbase.services import undo as service

    if not (steps.isascii() and steps.isdigit()):
        raise UsageError(f"“{steps}” is not a number of steps", "litbase undo 3")
    done = service.undo(session.current.library, int(steps))
    if json:
        console.emit({"schema": "litbase.undo/1", "undone": [one._asdict() for one in done]})
        return 0
    for one in done:
        console.say(f"undone: {one.command}, {_when(one.at)} ({one.changes} change{'s' if one.changes != 1 else ''})")
    return 0


def history(
    key: Annotated[str, Argument("A source's citekey; all steps where none is given.", "[KEY]", "citekeys")] = "",
    *,
    limit: Annotated[int, Option(("--limit", "-n"), "At most so many.", "N")] = 20,
    json: Json = False,
) -> int:
    """Show what has been done, newest first, to the library or to one source; in a shared library, by whom.

    Examples:
      litbase history
      litbase history deyoung2015
    """
    from litbase.services import undo as service

    found = service.history(session.current.library, key, limit or -1)
    if json:
        console.emit({"schema": "litbase.history/1", "steps": [one._asdict() for one in found]})
        return 0
    shared = any(one.who for one in found)
    console.rows(
        (
            (
                _when(one.at),
                one.command,
                str(one.changes),
                console.Piece("undone" if one.undone else "", "yellow"),
                *([one.who] if shared else []),
            )
            for one in found
        ),
        flexible=1,
    )
    return 0


def _when(at: str) -> str:
    return at[:16].replace("T", " ")
