"""How to reach Crossref: its address, and whom it may write to."""

import os

from litbase import config
from litbase.providers.crossref import Settings

PUBLIC = "https://api.crossref.org"
RESOLVER = "https://doi.org"


def settings() -> Settings:
    """The settings for Crossref: LITBASE_CROSSREF_URL for another server, `mailto` from the configuration.

    Another server answers for doi.org too, unless LITBASE_DOI_URL names one: a test server must not
    lead to the public network.

    Raises: BadInput where the configuration cannot be read.
    """
    server = os.environ.get("LITBASE_CROSSREF_URL", "").rstrip("/")
    resolver = os.environ.get("LITBASE_DOI_URL", "").rstrip("/") or server or RESOLVER
    mailto = str(config.settings().get("mailto") or "").strip()
    return Settings(base_url=server or PUBLIC, doi_url=resolver, mailto=mailto or None)
