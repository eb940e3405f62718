"""Taking back what was done, and telling what was done."""

from litbase.domain.library import Step
from litbase.errors import UsageError
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import lookup

_MOST = 100


def undo(library: Place, steps: int = 1) -> list[Step]:
    """Take back the newest steps, newest first, all or none.

    Raises: NotFound where there are not so many; UsageError for a senseless number; BadInput where a
    row has been changed since by other means.
    """
    if not 1 <= steps <= _MOST:
        raise UsageError(f"{steps} steps cannot be undone at once", f"one to {_MOST}")
    with Reader(library):
        pass  # a library that is not there is not made in order to undo nothing in it
    with write(library, "undo") as writer:
        return [writer.undo() for _ in range(steps)]


def history(library: Place, key: str = "", limit: int = -1) -> list[Step]:
    """What has been done, newest first; to one source where a citekey is given.

    Raises: NotFound for an unknown citekey.
    """
    with Reader(library) as reader:
        return reader.steps(lookup.source(reader, key).uuid if key else None, limit)
