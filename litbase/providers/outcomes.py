"""What asking a provider brings for each identifier: an answer or a refusal, and when to stop asking."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from litbase.errors import Limited, LitbaseError, Offline, ProviderError, TimedOut

_IN_A_ROW = 5  # failures after which the rest is not asked for
_LATE_IN_A_ROW = 2  # time-outs after which it is not: each takes the whole deadline


class Answer(NamedTuple):
    """A record as its provider gave it, and the identifier it was asked for by, canonical."""

    doi: str
    """The work's own DOI, canonical; empty where it has none."""
    asked: str
    body: dict[str, Any]
    """Crossref's message, or the other provider's answer about this one work, as JSON."""
    provider: str = "crossref"
    aliases: tuple[str, ...] = ()
    """The DOI asked for, where the provider knows the work under another one now."""
    better: str = ""
    """The provider that knows more by that DOI and is to be asked first; empty where this one will do."""


class Refusal(NamedTuple):
    """An identifier that brought no record, and why."""

    asked: str
    error: LitbaseError
    agency: str | None = None
    """Where Crossref knows no such DOI: the agency doi.org names, empty where doi.org knows none either."""


def hopeless(failures: Sequence[ProviderError]) -> ProviderError | None:
    """The last of these failures in a row, where asking on would only bring more of it."""
    if not failures:
        return None
    last = failures[-1]
    late = sum(isinstance(error, TimedOut) for error in failures)
    gone = isinstance(last, (Offline, Limited))
    return last if gone or late >= _LATE_IN_A_ROW or len(failures) >= _IN_A_ROW else None
