"""Crossref: records by DOI, one or many, and works by words.

Who uses this room gives canonical DOIs and gets one outcome for each, in order, as soon as it
is known: an Answer with the record as Crossref has it, or a Refusal with its reason. Many DOIs
are asked for in batches; what a batch does not bring is asked for one by one: an alias, a
DOI Crossref does not know, or one whose neighbour spoilt the batch.

Source: Crossref REST API documentation; Crossref, "Tips for using the REST API".
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from litbase.domain.doi import fold, url
from litbase.domain.text import clean_line
from litbase.errors import BadInput, BadRecord, NotFound, ProviderError
from litbase.providers import CROSSREF as WHO
from litbase.providers.outcomes import Answer, Refusal, hopeless

# Whatever needs sockets is imported where it is used: most of what a program does with this room
# (settings, asking for nothing) needs none.
if TYPE_CHECKING:
    from litbase.providers.agency import Agencies
    from litbase.providers.patience import Clock, Patience
    from litbase.providers.works import Works

BATCH = 50  # DOIs in one request
_LONGEST_FILTER = 4_000  # characters; servers refuse addresses of twice that
_ISBN_ROWS = 50  # a book and its chapters share their ISBN
_FEW = 2  # up to so many DOIs, single requests are quicker than a list
_MAILTO = re.compile(r"[!-~]+@[!-~]+\.[!-~]+")
_NOT_IN_MAILTO = frozenset('()<>,;:"@')


__all__ = ["Answer", "Refusal", "Settings", "agency", "fetch", "search", "searches"]


class Settings(NamedTuple):
    """Where Crossref and doi.org are asked, and the address Crossref may write to."""

    base_url: str = "https://api.crossref.org"
    doi_url: str = "https://doi.org"
    mailto: str | None = None


def fetch(
    dois: Iterable[str], settings: Settings, *, patience: "Patience | None" = None, clock: "Clock | None" = None
) -> Iterator[Answer | Refusal]:
    """One outcome for each canonical DOI, in the order asked, each as soon as it is known.

    Once Crossref cannot be reached, asks for a long wait, or keeps failing, the rest is refused
    with that cause and not asked for. Connections are closed when the iteration ends.

    Raises: BadInput where `mailto` is no e-mail address; every other failure is a Refusal.
    """
    _check(settings.mailto)
    return _outcomes(list(dois), settings, patience, clock)


def agency(
    doi: str, settings: Settings, *, patience: "Patience | None" = None, clock: "Clock | None" = None
) -> str | None:
    """The name of the agency a DOI is registered with; None where doi.org does not know or cannot be asked."""
    from litbase.providers.agency import Agencies

    with Agencies(settings.doi_url, patience, clock) as agencies:
        return agencies.name(doi) or None


def searches(
    queries: Iterable[str],
    rows: int,
    settings: Settings,
    select: Iterable[str] = (),
    *,
    patience: "Patience | None" = None,
    clock: "Clock | None" = None,
) -> Iterator[list[dict[str, Any]] | ProviderError]:
    """As `search`, for many references over one connection: the records for each in order, or why there are none.

    `select` names the fields that the records are to be cut down to; all where it is empty. Once Crossref
    cannot be reached or keeps failing, the rest is answered with that cause and not asked for.

    Raises: BadInput where `mailto` is no e-mail address.
    Source: Crossref REST API, `query.bibliographic` and `select`.
    """
    from litbase.providers.works import Works

    _check(settings.mailto)
    wanted = list(select) or None
    failures: list[ProviderError] = []
    with Works(settings.base_url, settings.mailto, patience, clock) as works:
        for query in queries:
            cause = hopeless(failures)
            if cause:
                yield cause
                continue
            try:
                yield works.many(query_bibliographic=clean_line(query), limit=rows, select=wanted)
            except ProviderError as error:
                failures.append(error)
                yield error
            else:
                failures.clear()


def search(
    query: str, rows: int, settings: Settings, *, patience: "Patience | None" = None, clock: "Clock | None" = None
) -> list[dict[str, Any]]:
    """The records Crossref finds for the words of a reference, best first, at most `rows` (1 to 1,000).

    Raises: BadInput where `mailto` is no e-mail address; ProviderError.
    Source: Crossref REST API, `query.bibliographic`.
    """
    from litbase.providers.works import Works

    _check(settings.mailto)
    with Works(settings.base_url, settings.mailto, patience, clock) as works:
        return works.many(query_bibliographic=clean_line(query), limit=rows)


def of_isbn(
    isbn: str, settings: Settings, *, patience: "Patience | None" = None, clock: "Clock | None" = None
) -> list[dict[str, Any]]:
    """The records that carry an ISBN: the book, its chapters, its other editions; 50 at the most.

    Raises: BadInput where `mailto` is no e-mail address; ProviderError.
    Source: Crossref REST API, filter `isbn`.
    """
    from litbase.providers.works import Works

    _check(settings.mailto)
    with Works(settings.base_url, settings.mailto, patience, clock) as works:
        return works.many(filter={"isbn": isbn}, limit=_ISBN_ROWS)


def _check(mailto: str | None) -> None:
    if mailto is None:
        return
    if not _MAILTO.fullmatch(mailto) or mailto.count("@") != 1 or set(mailto.replace("@", "")) & _NOT_IN_MAILTO:
        # The address is nobody else's business, not even a wrong one: it is not quoted.
        raise BadInput("the mailto address for Crossref is not an e-mail address", "correct it or leave it out")


def _outcomes(
    dois: list[str], settings: Settings, patience: "Patience | None", clock: "Clock | None"
) -> Iterator[Answer | Refusal]:
    from litbase.providers.agency import Agencies
    from litbase.providers.works import Works

    failures: list[ProviderError] = []  # in a row
    with (
        Works(settings.base_url, settings.mailto, patience, clock) as works,
        Agencies(settings.doi_url, patience, clock) as agencies,
    ):
        for batch in _batches(dois):
            found = _found(batch, works, failures)
            for doi in batch:
                if doi in found:
                    yield Answer(doi, doi, found[doi])
                    continue
                cause = hopeless(failures)
                yield Refusal(doi, cause) if cause else _one(doi, works, agencies, failures)


def _batches(dois: Iterable[str]) -> Iterator[list[str]]:
    """The DOIs in order, in groups that fit into one request."""
    batch: list[str] = []
    length = 0
    for doi in dois:
        if len(batch) == BATCH or (batch and length + len(doi) > _LONGEST_FILTER):
            yield batch
            batch, length = [], 0
        batch.append(doi)
        length += len(doi) + len("doi:,")
    if batch:
        yield batch


def _found(dois: list[str], works: "Works", failures: list[ProviderError]) -> dict[str, dict[str, Any]]:
    """The records one list request brings, by canonical DOI; a failure is counted and brings none."""
    # A comma separates filters: a DOI that holds one would break it.
    together = [doi for doi in dict.fromkeys(dois) if "," not in doi]
    if len(together) <= _FEW or hopeless(failures):
        return {}
    try:
        records = works.many(filter={"doi": together}, limit=len(together))
    except ProviderError as error:
        failures.append(error)
        return {}
    failures.clear()
    return {fold(doi): record for record in records if isinstance(doi := record.get("DOI"), str)}


def _one(doi: str, works: "Works", agencies: "Agencies", failures: list[ProviderError]) -> Answer | Refusal:
    """The outcome of asking for one DOI alone."""
    try:
        record, known_as = works.one(doi)
    except NotFound:
        failures.clear()
        agency = agencies.name(doi)
        return Refusal(doi, _unknown(doi, agency), agency)
    except ProviderError as error:
        failures.append(error)
        return Refusal(doi, error)
    failures.clear()
    own = record.get("DOI")
    if not isinstance(own, str) or fold(own) not in (doi, fold(known_as)):
        brought = f"that of {clean_line(own)[:80]}" if isinstance(own, str) else "one without a DOI"
        return Refusal(doi, BadRecord(f"asked for the record of {doi}, {WHO} sent {brought}", "try again later"))
    own = fold(own)
    return Answer(own, doi, record, aliases=() if own == doi else (doi,))


def _unknown(doi: str, agency: str | None) -> NotFound:
    if agency is None:
        return NotFound(f"{WHO} knows no {doi}", "look for a slip in it, or for its agency at https://doi.org")
    if not agency:
        return NotFound(f"{WHO} knows no {doi}, and doi.org does not know it either", "look for a slip in it")
    if agency == WHO:
        return NotFound(f"{WHO} has no record of {doi} yet, though it is registered there", "try again in a few days")
    return NotFound(f"{doi} is registered with {agency}, not {WHO}", f"its own page is {url(doi)}")
