"""How the tests ask Crossref: a stand-in of their own, a clock in a hurry, and what they look at afterwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import records
from crossref_sim import Sim

from litbase.providers import crossref
from litbase.providers.crossref import Answer, Refusal, Settings
from litbase.providers.patience import Clock, Patience

MAILTO = "someone@practice.example"
BRIEF = Patience(connect=0.5, read=0.5, total=1.2, asked=5.0)
ONE = "10.5555/jrp.2015.0012"


class Hurried:
    """A clock whose waits take no time: each moves the clock on instead."""

    def __init__(self) -> None:
        self.skipped = 0.0
        self.waits: list[float] = []
        self.clock = Clock(lambda: time.monotonic() + self.skipped, sleep=self.sleep, chance=lambda: 0.5)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.skipped += seconds


@contextmanager
def standing_in(folder: Path) -> Iterator[Sim]:
    """A stand-in for Crossref and doi.org over the tests' records and sixty more."""
    with Sim([records.write(folder / "records.jsonl", records.RECORDS + records.many(60))]) as sim:
        yield sim


def fetch(
    sim: Sim, dois: list[str], hurried: Hurried, mailto: str | None = None, patience: Patience = BRIEF
) -> list[Answer | Refusal]:
    settings = Settings(sim.url, sim.url, mailto)
    return list(crossref.fetch(dois, settings, patience=patience, clock=hurried.clock))


def answered(outcome: Answer | Refusal) -> Answer:
    assert isinstance(outcome, Answer), outcome
    return outcome


def refused(outcome: Answer | Refusal) -> Any:
    assert isinstance(outcome, Refusal), outcome
    return outcome.error


def settled(sim: Sim) -> list[dict[str, Any]]:
    """The requests the stand-in saw, oldest first, once it has written down the last one."""
    ends = time.monotonic() + 5
    while any(sim.limiter.inflight.values()) and time.monotonic() < ends:
        time.sleep(0.002)
    time.sleep(0.002)
    return sim.log()


def asked(sim: Sim) -> list[str]:
    """The decoded paths that were asked for, oldest first."""
    return [entry["path"] for entry in settled(sim)]
