"""Patience with one request: which failures are worth another try, and how long to wait before it.

Two budgets bound it: what litbase spends of its own accord (working, and pausing between
tries), and what it waits because the server asked it to. Waiting for one's turn counts in neither.

Source: RFC 9110, 10.2.3 (Retry-After); Crossref, "Tips for using the REST API" (back off
on 429, 5xx and time-outs).
"""

import re
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from litbase.errors import Limited, ProviderError, TimedOut
from litbase.providers.http import Reply
from litbase.providers.limiter import Limiter
from litbase.providers.patience import Clock, Patience

_PASSING = frozenset({429, 500, 502, 503, 504})
_FIRST_PAUSE = 0.5  # seconds; doubled at each further try, times 0.5 to 1.5 by chance
_LIMITED_PAUSE = 1.0  # seconds, for a 429 that does not say how long: limits are counted by the second


def persist(send: Callable[[float], Reply], who: str, limiter: Limiter, patience: Patience, clock: Clock) -> Reply:
    """The answer of `send` (which gets the seconds that are left), tried again while its failure may pass.

    The answer may still be a refusal (404, 400 …): those do not pass.

    Raises: Limited, TimedOut, ProviderError.
    """
    worked = asked = 0.0
    attempt = 0
    while True:
        attempt += 1
        reply: Reply | None = None
        failure: ProviderError
        with limiter.turn():
            started = clock.now()
            try:
                reply = send(patience.total - worked)
            except TimedOut as error:
                failure = error
            worked += clock.now() - started
        if reply is not None:
            limiter.learn(reply.headers, reply.sent)
            if reply.status not in _PASSING:
                return reply
            failure = _failing(reply.status, who)
        wanted = retry_after(reply.headers.get("retry-after", ""), clock.wall()) if reply else 0.0
        if asked + wanted > patience.asked:
            raise _too_long(who, wanted, patience.asked)
        pause = 0.0 if wanted else _pause(attempt, reply, clock)
        if attempt >= patience.tries or worked + pause >= patience.total:
            raise failure
        asked, worked = asked + wanted, worked + pause
        clock.sleep(wanted or pause)


def retry_after(value: str, wall: float) -> float:
    """The seconds a Retry-After header asks for; 0 where it asks for nothing, or not in words HTTP knows.

    `wall` is the time of day it is read at, in seconds since 1970.
    """
    value = value.strip()
    if re.fullmatch(r"\d+(\.\d+)?", value, re.ASCII):
        return float(value[:300])
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    # A date without a zone is in GMT, as HTTP has it.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - wall)


def _pause(attempt: int, reply: Reply | None, clock: Clock) -> float:
    first = _LIMITED_PAUSE if reply is not None and reply.status == 429 else _FIRST_PAUSE
    return first * 2.0 ** (attempt - 1) * (0.5 + clock.chance())


def _failing(status: int, who: str) -> ProviderError:
    if status == 429:
        return Limited(f"{who} keeps asking litbase to slow down (429)", "try again in a few minutes")
    return ProviderError(f"{who} is failing: {status} {HTTPStatus(status).phrase}", "try again later")


def _too_long(who: str, wanted: float, most: float) -> Limited:
    length = f"{wanted:.0f} seconds" if wanted < 7200 else f"{wanted / 3600:.0f} hours" if wanted < 1e7 else "months"
    return Limited(f"{who} asks to wait {length}; litbase waits {most:g} seconds at most", "try again after that time")
