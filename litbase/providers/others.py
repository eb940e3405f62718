"""The providers beside Crossref behind one door: which of them has records for which kind of identifier.

Nothing here opens a socket until something is fetched, so that settings cost nothing.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from litbase.domain.identifiers import Kind
from litbase.providers.outcomes import Answer, Refusal

if TYPE_CHECKING:
    from litbase.providers.patience import Clock, Patience


class Settings(NamedTuple):
    """Where each provider is asked, and the address all of them may write to; None sends none."""

    doi_url: str = "https://doi.org"
    openlibrary_url: str = "https://openlibrary.org"
    arxiv_url: str = "https://export.arxiv.org"
    pubmed_url: str = "https://eutils.ncbi.nlm.nih.gov"
    mailto: str | None = None


def fetch(
    kind: Kind,
    identifiers: Iterable[str],
    settings: Settings,
    *,
    patience: "Patience | None" = None,
    clock: "Clock | None" = None,
) -> Iterator[Answer | Refusal]:
    """One outcome for each canonical identifier of one kind, in the order asked.

    doi: any agency's, by content negotiation; isbn: Open Library; arxiv; pmid and pmcid: PubMed.
    A link and words have no provider here, and the answer is empty.
    """
    if kind == "doi":
        from litbase.providers import doiorg

        asked = doiorg.Settings(settings.doi_url, settings.mailto)
        yield from doiorg.fetch(identifiers, asked, patience=patience, clock=clock)
    elif kind == "isbn":
        from litbase.providers import openlibrary

        books = openlibrary.Settings(settings.openlibrary_url, settings.mailto)
        yield from openlibrary.fetch(identifiers, books, patience=patience, clock=clock)
    elif kind == "arxiv":
        from litbase.providers import arxiv

        preprints = arxiv.Settings(settings.arxiv_url, settings.mailto)
        yield from arxiv.fetch(identifiers, preprints, patience=patience, clock=clock)
    elif kind in ("pmid", "pmcid"):
        from litbase.providers import pubmed

        ncbi = pubmed.Settings(settings.pubmed_url, settings.mailto)
        yield from pubmed.fetch(identifiers, ncbi, patience=patience, clock=clock)
