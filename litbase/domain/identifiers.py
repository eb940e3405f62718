"""What a person hands to `add`, recognised by its shape: DOI, ISBN, arXiv, PubMed, a web page, or words.

What says of itself that it is an identifier ("ISBN 978…", "doi:…") must be one: a slip in it is
told, never searched for. What makes no such claim is taken for words.

Source: arXiv, "Understanding the arXiv identifier"; NLM, "PMID and PMCID"; and doi.py, isbn.py.
"""

import re
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from litbase.domain import doi, isbn
from litbase.domain.text import clean_line
from litbase.errors import BadInput

Kind: TypeAlias = Literal["doi", "isbn", "arxiv", "pmid", "pmcid", "link", "words"]

LONGEST = 16_384  # characters looked at; more is no identifier, and no reference


class Identifier(NamedTuple):
    """What was recognised, in its canonical form.

    doi: bare, lower case. isbn: 13 digits. arxiv: `2106.12345` or `math/0309136`, with `v2` where a
    version was asked for. pmid: digits. pmcid: `PMC` and digits. link: the URL. words: on one line.
    """

    kind: Kind
    value: str


_LINK = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.I)
# As browsers show it: no scheme, a name with a dot, a path.
_SHORN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[^\s<>\"]*", re.I)
_DOI_CLAIMED = re.compile(r"(?:doi\s*:?|info:doi/|https?://(?:dx\.)?doi\.org/)\s*10\.|10\.\d{4,9}(?:/|%2F|\s*$)", re.I)

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|"
    "gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|"
    "quant-ph|solv-int|supr-con"
)
# YYMM and four digits until 2014, five since; archive, class and seven digits until March 2007.
_NEW = r"(?P<new>\d\d(?:0[1-9]|1[0-2])\.\d{4,5})"
_OLD = rf"(?P<archive>{_ARCHIVES})(?:\.[a-z]{{2}})?/(?P<old>\d\d(?:0[1-9]|1[0-2])\d{{3}})"
_ARXIV = rf"(?:{_NEW}|{_OLD})(?P<version>v[1-9]\d?)?(?![\d.]*\d)"
_ARXIV_WHOLE = re.compile(rf"{_ARXIV}(?:\s*\[[\w.-]+\])?", re.I)
_ARXIV_LABELLED = re.compile(rf"(?<![\w/.])arxiv\s*(?:id)?\s*[:/]\s*{_ARXIV}", re.I)
_ARXIV_CLAIMED = re.compile(r"arxiv\s*:\s*(\S{1,80})", re.I)
_ARXIV_PATH = re.compile(rf"(?:^|\.)arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print|list|a?bstract)/{_ARXIV}", re.I)

_PMID = re.compile(r"(?<!\w)(?:pmid\s*[:#]?|pubmed(?:\s+id)?\s*[:#])\s*([1-9]\d{0,8})(?!\d)", re.I)
_PMCID = re.compile(r"pmc\s*([1-9]\d{0,9})(?:\.\d+)?", re.I)
_PMCID_LABELLED = re.compile(r"(?<!\w)pmcid\s*[:#]?\s*(?:pmc)?\s*([1-9]\d{0,9})(?!\d)", re.I)
_PUBMED_PATH = re.compile(
    r"^(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/|europepmc\.org/(?:article|abstract)/med/)"
    r"([1-9]\d{0,8})(?![\d.])",
    re.I,
)
_PMC_PATH = re.compile(
    r"^(?:(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pmc/articles/|pmc\.ncbi\.nlm\.nih\.gov/articles/|europepmc\.org/(?:article|abstract)/pmc/|"
    r"europepmc\.org/articles/)pmc([1-9]\d{0,9})(?!\d)",
    re.I,
)
# Where booksellers, libraries and publishers put an ISBN.
_ISBN_IN_PATH = re.compile(
    r"(?:/isbn[/:]?|[?&](?:isbn|ean|vid=isbn)[=:]?|/(?:dp|gp/product)/)([\dX-]{10,17})(?![\dX])", re.I
)
_ISBN_SEGMENT = re.compile(r"(?<![\dX-])(97[89](?:-?\d){10})(?![\d-])", re.I)


def identify(text: str) -> Identifier:
    """What a text that a person gave is: the first kind of the list above that it holds.

    A link is asked for the identifier in it before it is taken for a page; a pasted reference for
    its DOI, its ISBN, its arXiv or PubMed number before it is taken for words.

    Raises: BadInput for an identifier that cannot be one (a check digit, a DOI without a suffix), and
    for two different DOIs or ISBNs at once. Never for words.
    """
    line = clean_line(text[:LONGEST])
    link = _LINK.fullmatch(line)
    if link:
        return _in_link(link[1])
    if not _ARXIV_WHOLE.fullmatch(line) and _SHORN.fullmatch(line):
        return _in_link(f"https://{line}")
    return _in_text(line) or Identifier("words", line)


def _in_link(url: str) -> Identifier:
    """The identifier that a link leads to, or the link itself."""
    dois = doi.find_all(url)
    if dois:
        return Identifier("doi", dois[0])
    address = unquote(re.sub(r"^https?://", "", url, count=1, flags=re.I))
    host, slash, rest = address.partition("/")
    path = f"{host.rpartition('@')[2].partition(':')[0].lower()}{slash}{rest}"
    if found := _ARXIV_PATH.search(path):
        return _arxiv(found)
    if found := _PUBMED_PATH.match(path):
        return Identifier("pmid", found[1])
    if found := _PMC_PATH.match(path):
        return Identifier("pmcid", f"PMC{found[1]}")
    for number in (*_ISBN_IN_PATH.findall(path), *_ISBN_SEGMENT.findall(path)):
        try:
            return Identifier("isbn", isbn.parse(number))
        except BadInput:
            continue  # a shop's own number
    return Identifier("link", url)


def _in_text(line: str) -> Identifier | None:
    """The identifier in a line that is no bare link; None where there is none."""
    dois = doi.find_all(line)
    if dois or _DOI_CLAIMED.match(line):
        # Says what is wrong where there is none, or more than one.
        return Identifier("doi", doi.parse(line))
    if found := _ARXIV_WHOLE.fullmatch(line) or _ARXIV_LABELLED.search(line):
        return _arxiv(found)
    if claimed := _ARXIV_CLAIMED.match(line):
        raise BadInput(f"not an arXiv number: `{claimed[1]}`", "one looks like `2106.12345` or `math/0309136`")
    if found := _PMID.search(line):
        return Identifier("pmid", found[1])
    if found := _PMCID.fullmatch(line) or _PMCID_LABELLED.search(line):
        return Identifier("pmcid", f"PMC{found[1]}")
    if numbers := isbn.numbers(line):
        return _isbn(numbers)
    inner = _LINK.search(line)
    if inner:
        within = _in_link(inner[1].rstrip(".,;:)]}”’'"))
        # A page amid words is what a reference ends with: the words tell more.
        return within if within.kind != "link" else None
    return None


def _isbn(numbers: list[isbn.Labelled]) -> Identifier:
    found = list(dict.fromkeys(isbn.parse(number.digits) for number in numbers))
    if len(found) > 1:
        raise BadInput(f"more than one ISBN: {', '.join(found)}", "give one ISBN at a time")
    return Identifier("isbn", found[0])


def _arxiv(found: re.Match[str]) -> Identifier:
    number = found["new"] or f"{found['archive'].lower()}/{found['old']}"
    return Identifier("arxiv", number + (found["version"] or "").lower())
