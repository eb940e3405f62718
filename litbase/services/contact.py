"""How to reach the providers: their addresses, and whom they may write to."""

import os
from typing import NamedTuple

from litbase import config
from litbase.providers import crossref, others

_PUBLIC = "https://api.crossref.org"


class Contact(NamedTuple):
    """Where Crossref is asked, and where the providers beside it are."""

    crossref: crossref.Settings
    others: others.Settings


def settings() -> Contact:
    """The addresses: LITBASE_CROSSREF_URL and its like name other servers; `mailto` comes from the configuration.

    Another server for Crossref answers for all others too, unless they are named: a test server must
    not lead to the public network.

    Raises: BadInput where the configuration cannot be read.
    """
    server = _named("CROSSREF")
    mailto = config.setting("mailto") or None
    public = others.Settings()
    resolver = _named("DOI") or server or public.doi_url
    return Contact(
        crossref.Settings(base_url=server or _PUBLIC, doi_url=resolver, mailto=mailto),
        others.Settings(
            doi_url=resolver,
            openlibrary_url=_named("OPENLIBRARY") or server or public.openlibrary_url,
            arxiv_url=_named("ARXIV") or server or public.arxiv_url,
            pubmed_url=_named("PUBMED") or server or public.pubmed_url,
            mailto=mailto,
        ),
    )


def _named(provider: str) -> str:
    return os.environ.get(f"LITBASE_{provider}_URL", "").rstrip("/")
