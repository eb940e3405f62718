"""How long litbase waits for a provider, and the clock it waits by."""

import random
import time
from collections.abc import Callable
from typing import NamedTuple


class Clock(NamedTuple):
    """Time and chance, as arguments, so that tests need not wait."""

    now: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Patience(NamedTuple):
    """The limits of one request, in seconds unless it says otherwise."""

    connect: float = 5.0
    """For a connection to stand."""
    read: float = 15.0
    """Between two pieces of an answer. Crossref has taken 14 for a first one."""
    total: float = 20.0
    """For all tries of a request together, litbase's own pauses between them included."""
    asked: float = 60.0
    """For all waits a server asks for in the course of one request."""
    tries: int = 3
    """How often a request is made at most."""
