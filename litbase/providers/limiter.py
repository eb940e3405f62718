"""Keeping to a provider's limits: how many requests in a time, and how many at once.

Requests are spaced evenly rather than sent in bursts, with a margin, since the server
counts when they arrive. What its headers say overrides what was believed.

Source: Crossref, "Access and authentication", limits since 2025-12-01; headers
`x-rate-limit-limit`, `x-rate-limit-interval`, `x-concurrency-limit`.
"""

import math
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from litbase.providers.patience import Clock

_MARGIN = 1.05
_WIDEST = 60.0  # seconds between two requests; a header that asks for more is not believed


class Limit(NamedTuple):
    """So many requests in so many seconds, and so many of them under way at once."""

    requests: float
    seconds: float
    at_once: int


# Crossref's, by whether an e-mail address is sent along, and whether one record is asked for or a list.
POOLS: dict[tuple[bool, str], Limit] = {
    (False, "single"): Limit(5, 1, 1),
    (False, "list"): Limit(1, 1, 1),
    (True, "single"): Limit(10, 1, 3),
    (True, "list"): Limit(3, 1, 3),
}
# doi.org publishes none; this is no more than a person clicking through a list.
DOI_ORG = Limit(5, 1, 1)


class Limiter:
    """The pace of one kind of request to one server, for all threads that share it."""

    def __init__(self, limit: Limit, clock: Clock) -> None:
        self.limit = limit
        self._clock = clock
        self._free = threading.Condition()
        self._under_way = 0
        self._next = -math.inf

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until a request may go out, and counts it as under way until the block ends."""
        with self._free:
            while self._under_way >= self.limit.at_once:
                self._free.wait()
            self._under_way += 1
            start = max(self._clock.now(), self._next)
            self._next = start + self._space()
        try:
            wait = start - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)
            yield
        finally:
            with self._free:
                self._under_way -= 1
                self._free.notify()

    def learn(self, headers: Mapping[str, str], sent: float) -> None:
        """Takes the limits out of an answer's headers, and the moment its request really went out.

        That moment counts, not the start of the turn: opening a connection may lie between.
        """
        with self._free:
            self.limit = limit_in(headers, self.limit)
            self._next = max(self._next, sent + self._space())

    def _space(self) -> float:
        return self.limit.seconds / self.limit.requests * _MARGIN


@cache
def limiter(server: str, kind: str, limit: Limit, clock: Clock) -> Limiter:
    """The one limiter of this program for a kind of request to a server."""
    return Limiter(limit, clock)


def limit_in(headers: Mapping[str, str], believed: Limit) -> Limit:
    """The limit an answer's headers state; what they do not state sensibly stays as believed."""
    requests = _positive(headers.get("x-rate-limit-limit", ""), believed.requests)
    seconds = _interval(headers.get("x-rate-limit-interval", ""), believed.seconds)
    at_once = _positive(headers.get("x-concurrency-limit", ""), believed.at_once)
    if seconds / requests > _WIDEST:
        requests, seconds = believed.requests, believed.seconds
    return Limit(requests, seconds, int(at_once))


def _positive(text: str, otherwise: float) -> float:
    match = re.fullmatch(r"\s*(\d{1,9})\s*", text, re.ASCII)
    return float(match[1]) if match and int(match[1]) else otherwise


def _interval(text: str, otherwise: float) -> float:
    match = re.fullmatch(r"\s*(\d{1,6})\s*(s|m|h)?\s*", text, re.ASCII)
    seconds = int(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2] or "s"] if match else 0
    return float(seconds) or otherwise
