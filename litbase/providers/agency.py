"""Which registration agency a DOI is registered with, as doi.org knows it.

Source: DOI Handbook, "Which RA?" service.
"""

from urllib.parse import quote

from litbase import __version__
from litbase.domain.doi import fold
from litbase.domain.text import clean_line
from litbase.errors import ProviderError
from litbase.providers.http import Client
from litbase.providers.limiter import DOI_ORG, limiter
from litbase.providers.patience import Clock, Patience
from litbase.providers.retry import persist
from litbase.providers.strict import json_of

WHO = "doi.org"
_BRIEFLY = 8.0  # seconds: it is asked for a better error message only
_LONGEST_NAME = 40


class Agencies:
    """doi.org, for the length of one job: once it fails to answer it is not asked again."""

    def __init__(self, doi_url: str, patience: Patience | None = None, clock: Clock | None = None) -> None:
        patience = patience or Patience()
        self._doi_url = doi_url.rstrip("/")
        self._patience = patience._replace(total=min(_BRIEFLY, patience.total), asked=0.0, tries=2)
        self._clock = clock or Clock()
        self._client = Client(WHO, self._patience, self._clock)
        self._answers = True

    def __enter__(self) -> "Agencies":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def name(self, doi: str) -> str | None:
        """The name of a DOI's agency; empty where doi.org does not know the DOI, None where it tells nothing."""
        if not self._answers:
            return None
        try:
            return _told(self._ask(doi), doi)
        except ProviderError:
            self._answers = False
            return None

    def _ask(self, doi: str) -> object:
        url = f"{self._doi_url}/doiRA/{quote(doi, safe='/')}"
        headers = {"User-Agent": f"litbase/{__version__}"}
        pace = limiter(self._doi_url, "agency", DOI_ORG, self._clock)
        reply = persist(
            lambda seconds: self._client.get(url, {}, headers, seconds), WHO, pace, self._patience, self._clock
        )
        return json_of(reply, WHO) if reply.status == 200 else None


def _told(answer: object, doi: str) -> str | None:
    entry = answer[0] if isinstance(answer, list) and answer else None
    if not isinstance(entry, dict) or fold(str(entry.get("DOI"))) != doi:
        return None
    name = entry.get("RA")
    if isinstance(name, str) and clean_line(name):
        return clean_line(name)[:_LONGEST_NAME]
    return "" if "status" in entry else None
