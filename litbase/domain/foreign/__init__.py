"""Answers of providers other than Crossref, cleaned into items: a room a provider.

Each translates its provider's answer into the fields of a Crossref message and lets the rules of
records/ clean them, so that a title, a name or a page is put right in one place only.
"""

from collections.abc import Callable, Mapping
from typing import Any

from litbase.domain.foreign import arxiv, csljson, openlibrary, pubmed
from litbase.domain.records.changes import Cleaned
from litbase.errors import BadRecord

__all__ = ["CLEANERS", "clean"]

SentenceCase = Callable[[str, str], str]

# A new provider is one module and one line here; its name is the one its answers carry.
CLEANERS: dict[str, Callable[[Mapping[str, Any], SentenceCase], Cleaned]] = {
    "doi.org": csljson.clean,
    "openlibrary": openlibrary.clean,
    "arxiv": arxiv.clean,
    "pubmed": pubmed.clean,
}


def clean(provider: str, body: Mapping[str, Any], sentence_case: SentenceCase) -> Cleaned:
    """The item that a provider's raw answer describes, ready for APA, and what was done to make it.

    `sentence_case(title, evidence)` as in `records.clean_crossref`. The item has no `id`.

    Raises: BadRecord where the answer describes no work that can be cited; KeyError for a provider
    that is not in CLEANERS.
    """
    if not isinstance(body, Mapping):
        raise BadRecord("the record is not an object", "ask for it again")
    return CLEANERS[provider](body, sentence_case)
