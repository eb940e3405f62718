"""The links of an entry: taken off its end, the DOI read wherever it hides."""

import re
from typing import NamedTuple

from litbase.domain import doi as dois

from . import dates

_URL = re.compile(
    r"(?:\b[Aa]vailable\s+(?:at|from|online)?:?\s*)?"
    r"(?:<?https?://(?:dx\.)?doi\.org/10\.\d{4,9}/\S+|<?https?://[^\s<>]+>?|\bwww\.[^\s<>]+"
    # A SICI has angle brackets in it: 10.1002/(sici)1097-4679(199608)52:4<425::aid-jclp7>3.0.co;2-#
    r"|\b(?:doi|DOI)\s*:?\s*(?:https?://[^\s<>]+|10\.\d{4,9}/\S+)|\b10\.\d{4,9}/\S+)"
)
_RETRIEVED = re.compile(
    r"\b(?:Retrieved|Accessed|Consulted|Viewed)\b\s*(?:on\s+)?(?P<date>[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{1,2}\s+[A-Z][a-z]+\.?,?\s+\d{4}|\d{4}-\d\d-\d\d)?"
    r"[\s,.]*(?:from:?|at:?|via)?\s*(?P<site>(?!https?:)[^.]{0,80}?(?:website|site))?[\s:,]*$"
)


class Links(NamedTuple):
    """An entry without its links. `url` is the first address that is no DOI's own."""

    text: str
    doi: str = ""
    url: str = ""
    accessed: tuple[int, ...] = ()
    # As it was printed, for `check` to say how APA prints it.
    printed: str = ""


def take(text: str, hrefs: tuple[str, ...] = ()) -> Links:
    """Take the links off an entry; `hrefs` are addresses its words lead to, tried where it prints none."""
    doi = url = printed = ""
    accessed: tuple[int, ...] = ()
    kept: list[str] = []
    at = 0
    for found in _URL.finditer(text):
        before = text[at : found.start()].rstrip()
        retrieved = _RETRIEVED.search(before[-160:])
        if retrieved:
            accessed = accessed or dates.words(retrieved["date"] or "")
            before = before[: len(before) - len(retrieved[0])]
        kept.append(before)
        at = found.end()
        in_link = dois.find_all(found[0])
        if in_link and not doi:
            doi, printed = in_link[0], found[0]
        if not url and not _is_resolver(found[0]) and not re.match(r"(?:doi|DOI)\b|10\.", found[0]):
            url = _address(found[0])
    kept.append(text[at:])
    body = " ".join(part.strip() for part in kept if part.strip())
    for href in hrefs:
        in_link = dois.find_all(href) if not doi else []
        doi = in_link[0] if in_link else doi
        if not url and href.startswith(("http://", "https://")) and not _is_resolver(href):
            url = href
    return Links(re.sub(r"\s+([.,;])(?=\s|$)", r"\1", body).strip(), doi, url, accessed, printed)


def _is_resolver(address: str) -> bool:
    return re.search(r"(?:^|//|\bdx\.)doi\.org/10\.", address) is not None


def _address(printed: str) -> str:
    found = re.search(r"(?:https?://|www\.)[^\s<>]+", printed)
    return found[0].rstrip(".,;)") if found else ""
