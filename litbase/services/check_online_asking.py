"""Asking Crossref about references: by DOI, all at once, and by their own words, one by one.

Nothing but DOIs and the words of references goes out. Answers are kept for a month, "not found" for a
day; what failed for the network's sake is not kept, and remembered as trouble.
"""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.domain import matching
from litbase.domain.matching import Known
from litbase.errors import NotFound, Offline, ProviderError
from litbase.providers import CROSSREF, crossref
from litbase.store.lookups import DAYS, Lookups

if TYPE_CHECKING:
    from litbase.providers.patience import Clock

ROWS = 5  # records looked at for one reference. Source: Crossref, "Tips for using the REST API".
_DAYS_ABSENT = 1  # a work that was not found today may be registered tomorrow


class Absent(NamedTuple):
    """A DOI that Crossref does not know; `agency` is empty where doi.org does not know it either."""

    agency: str


class Asking:
    """Crossref, for the length of one check. `trouble` is why something could not be asked, if so."""

    def __init__(
        self, settings: crossref.Settings, lookups: Lookups, step: Callable[[], None], clock: "Clock | None" = None
    ) -> None:
        self.trouble: ProviderError | None = None
        self._settings = settings
        self._lookups = lookups
        self._step = step
        self._clock = clock

    def dois(self, dois: Iterable[str]) -> dict[str, Known | Absent]:
        """What each DOI leads to; those that could not be told are missing.

        Raises: BadInput for unfit settings.
        """
        found: dict[str, Known | Absent] = {}
        wanted = []
        for doi in dict.fromkeys(dois):
            kept = self._kept(f"doi:{doi}")
            if kept is None:
                wanted.append(doi)
            else:
                self._take(found, doi, kept)
                self._step()
        for outcome in crossref.fetch(wanted, self._settings, clock=self._clock) if wanted else ():
            self._step()
            if isinstance(outcome, crossref.Answer):
                answer = {"record": matching.trimmed(outcome.body)}
                self._keep(f"doi:{outcome.asked}", answer, DAYS)
                self._take(found, outcome.asked, answer)
            elif isinstance(outcome.error, NotFound) and outcome.agency not in (None, CROSSREF):
                self._keep(f"doi:{outcome.asked}", {"agency": outcome.agency}, _DAYS_ABSENT)
                found[outcome.asked] = Absent(str(outcome.agency))
            elif isinstance(outcome.error, ProviderError):
                self.trouble = outcome.error
        return found

    def words(self, queries: Iterable[str]) -> dict[str, list[Known]]:
        """The works that Crossref finds for each query; those that could not be asked are missing.

        Raises: BadInput for unfit settings.
        """
        found: dict[str, list[Known]] = {}
        wanted = []
        for query in dict.fromkeys(queries):
            kept = self._kept(f"words:{query}")
            if kept is None:
                wanted.append(query)
            else:
                found[query] = _works(kept.get("records"))
                self._step()
        if isinstance(self.trouble, Offline):
            return found
        fields = matching.SELECTABLE
        answers = crossref.searches(wanted, ROWS, self._settings, fields, clock=self._clock) if wanted else iter(())
        for query, answer in zip(wanted, answers, strict=False):
            self._step()
            if isinstance(answer, ProviderError):
                self.trouble = answer
                continue
            records = [matching.trimmed(record) for record in answer]
            self._keep(f"words:{query}", {"records": records}, DAYS if records else _DAYS_ABSENT)
            found[query] = _works(records)
        return found

    def _take(self, found: dict[str, Known | Absent], doi: str, kept: dict[str, Any]) -> None:
        if "agency" in kept:
            found[doi] = Absent(str(kept["agency"]))
            return
        for work in _works([kept.get("record")]):
            found[doi] = work

    def _kept(self, asked: str) -> dict[str, Any] | None:
        kept = self._lookups.find(asked)
        try:
            answer = json.loads(kept) if kept else None
        except ValueError:
            return None
        return answer if isinstance(answer, dict) else None

    def _keep(self, asked: str, answer: dict[str, Any], days: int) -> None:
        self._lookups.keep(asked, json.dumps(answer, ensure_ascii=False), days)


def _works(records: object) -> list[Known]:
    listed = records if isinstance(records, list) else []
    works = (matching.known(record) for record in listed if isinstance(record, dict))
    return [work for work in works if work is not None]
