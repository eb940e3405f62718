"""How far long work has come: told by whoever does it, wherever that is, and shown by whoever listens.

A library is brought up to date, or copied for its daily backup, in the midst of other work, far below whoever
could show it; so a listener is not handed down but stands here. Without one nothing is told to anybody.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

# What is being done, how much of it is done (None where nobody can tell), and of how many. Empty and 0: no more.
Listener: TypeAlias = Callable[[str, int | None, int], None]
_listening: list[Listener] = []


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Have stages told to a listener as long as the block lasts."""
    _listening.append(listener)
    try:
        yield
    finally:
        _listening.remove(listener)


@contextmanager
def stage(what: str, total: int, counted: bool = True) -> Iterator[Callable[[int], None]]:
    """A stage of long work, on so many things; what it gives is called with how many are done.

    One that is not `counted` takes its time at once: `total` says only how long that may be.
    """
    _tell(what, 0 if counted else None, total)
    try:
        yield lambda done: _tell(what, done, total)
    finally:
        _tell("", 0, 0)


def _tell(what: str, done: int | None, total: int) -> None:
    for listener in _listening:
        listener(what, done, total)
