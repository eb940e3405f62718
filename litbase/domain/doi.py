"""DOIs: read from whatever people paste, in the one form litbase keeps.

The canonical form is bare (`10.…/…`), with its ASCII letters in lower case and nothing
percent-encoded that was only encoded to travel in a link. Reading goes from the outside
in: the text is cut into chunks at blanks and marks no DOI holds, a chunk is either a link
or a bare DOI, and what is found loses the punctuation of the sentence around it. A form
that would not read back as itself is refused, so `parse` is idempotent by construction.

Source: ISO 26324, 2.2 (DOI name); ANSI/NISO Z39.56 (SICI); RFC 3986, 2 (characters of a URL).
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from litbase.domain import text as texts
from litbase.errors import BadInput

LONGEST = 2048  # characters; Crossref registers none longer
_LONGEST_CHUNK = 16_384  # characters without a blank: the longest DOI, encoded, in a long link
_SHOWN = 80  # characters of a refused text that an error quotes
_HINT = "a DOI looks like `10.1037/pst0000185` or `https://doi.org/10.1037/pst0000185`"

# A registrant's code may itself be divided: 10.1000.10/…
_START = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d{1,9}){0,3}(?:/|%2F)", re.I)
_ENCODED_ANGLE = re.compile(r"%3[CE]", re.I)
# The end of a SICI, encoded or not: its check character may be a mark that otherwise ends a
# sentence or a path.
_SICI_END = re.compile(r"(?:[>\]]|%3E|%5D)\d\.\d\.co(?:;|%3B)2(?:-(?:%[0-9A-F]{2}|.))?", re.I)
_LINK = re.compile(r"https?://|(?<![a-z0-9._-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?=/)", re.I)
_RESOLVER = re.compile(r"(?:^|\.)(?:(?:dx[.-])?doi[.-]org|hdl[.-]handle[.-]net)(?=$|\.)")

# Between DOIs: blanks, quotation marks, table bars, Markdown's `](`, HTML tags, and a comma
# or semicolon that another DOI follows.
_BETWEEN = re.compile(r"\s+|[\"“”„«»`|]|\]\(|</?[a-z][a-z0-9]*\s*/?>|'>|[,;](?=https?://|doi:|10\.\d{4,9}/)", re.I)
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos|#39|#x27|#60|#62|#38|#34);", re.I)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#39": "'", "#x27": "'"}
_ENTITIES |= {"#60": "<", "#62": ">", "#38": "&", "#34": '"'}
# What typesetting puts in: hyphens and dashes of all kinds for "-", and characters nobody sees.
_TYPESET: dict[int, str | None] = {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"}
_TYPESET |= dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\\"))

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NEVER = re.compile(r"[\x00-\x20\x7f-\xa0\"“”„«»`|\\\u2028\u2029]|/\.\.?/")
_TRAILING = frozenset(".,;:!?'’‘…*·。，、；：！？([{<（「『【")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "」": "「", "』": "『", "】": "【"}

# What publishers append to a DOI in the paths of their pages.
_PAGES = re.compile(
    r"/(?:full|full-?text|full_html|abs|abstract|enhancedabs|summary|e?pdf|pdf-?direct|pdfplus|epub|x?html|xml"
    r"|json|references?|citations?|cited-?by|metrics|figures?|tables?|images?|suppl|suppl_file|suppinfo"
    r"|supplementary(?:-materials?)?|supporting-information|asset|media|download|file|preview|reader|meta"
    r"|related|otherversions|bibtex|ris|endnote|toc|issuetoc|info|comments|agency|transform)(?=[./]|$)",
    re.I,
)
_FILE_ENDING = re.compile(r"\.(?:full|full-text|abstract|short|long|pdf|html?|xml|epub|ris|bib|json)(?:\+html)?$", re.I)
_SESSION = re.compile(r";jsessionid=.*", re.I | re.S)
_VERSION = re.compile(r"v\d{1,3}$")
_VERSIONED = ("10.1101/", "10.64898/")  # bioRxiv and medRxiv name the version in the link only
_ONE_SEGMENT = ("taylorfrancis.com", "routledge.com", "routledgehandbooks.com")  # …/DOI/title-in-words
_NUMBERED = ("oup.com",)  # …/DOI/number-of-the-article

# In a link's path these stand for themselves (RFC 3986, 3.3); all else is encoded.
_PLAIN_IN_URL = "/:@!$&'()*+,;=~-._"


def parse(text: str) -> str:
    """The canonical DOI in a text that should hold one.

    Reads bare DOIs, `doi:` and `info:doi/`, links to doi.org, links to a publisher's page
    with a DOI in path or query, HTML and Markdown around them, and sentences.

    Raises: BadInput, quoting the text, where there is no DOI, more than one, or one that
    no server could be asked for.
    Source: ISO 26324, 2.2.
    """
    stripped = text.strip()
    if _CONTROL.search(stripped):
        raise BadInput(f"not a DOI, for it holds a line break or control character: {_shown(text)}", _HINT)
    found = find_all(stripped)
    if len(found) > 1:
        raise BadInput(f"more than one DOI: {_shown(text)}", "give one DOI at a time")
    if not found:
        raise BadInput(f"not a DOI: {_shown(text)}", _HINT)
    return found[0]


def find_all(text: str) -> list[str]:
    """Every DOI in running text, canonical, in the order of their first appearance, each once."""
    return list(dict.fromkeys(doi for doi in _candidates(text) if list(_candidates(doi)) == [doi]))


def url(doi: str) -> str:
    """The link a canonical DOI is printed as: `https://doi.org/` and the DOI, legible where a URL allows.

    Source: APA 7, 9.35; RFC 3986, 2.1.
    """
    return "https://doi.org/" + quote(doi, safe=_PLAIN_IN_URL)


def fold(doi: str) -> str:
    """A DOI for comparing: ASCII letters in lower case, the only ones whose case means nothing."""
    return "".join(c.lower() if c.isascii() else c for c in doi)


def _shown(text: str) -> str:
    line = texts.clean_line(text[: 10 * _SHOWN])
    return f"`{line}`" if len(line) <= _SHOWN else f"`{line[: _SHOWN - 1]}…`"


def _candidates(text: str) -> Iterator[str]:
    for chunk in _BETWEEN.split(_legible(text)):
        doi = _in_chunk(chunk)
        if doi:
            yield doi


def _legible(text: str) -> str:
    """The text without entities, escaped up to three times over, and without typesetting."""
    text = texts.clean(text).translate(_TYPESET)
    for _ in range(3):
        text = _ENTITY.sub(lambda entity: _ENTITIES[entity[1].lower()], text)
    return text


def _in_chunk(chunk: str) -> str:
    """The DOI in a run of characters without blanks; empty where there is none."""
    if len(chunk) > _LONGEST_CHUNK:
        return ""
    start = _START.search(chunk)
    link = _LINK.search(chunk)
    if link and (not start or link.start() < start.start()):
        return _in_link(_trimmed(chunk[link.start() :]))
    if not start:
        return ""
    bare = _trimmed(chunk[start.start() :])
    # `info:doi/` is a URI; slashes and angle brackets are encoded only in something cut out of one.
    cut_out = start[0][-1] != "/" or _ENCODED_ANGLE.search(bare)
    if cut_out or chunk[: start.start()].lower().endswith("info:doi/"):
        bare = _decoded(bare)
    return _finished(bare)


def _in_link(link: str, depth: int = 0) -> str:
    """The DOI a link leads to: the whole path of a resolver's, else where path, query or fragment hold one."""
    address = re.sub(r"^https?://", "", link, count=1, flags=re.I)
    cut = re.search(r"[/?#]", address)
    if not cut:
        return ""
    host = address[: cut.start()].rpartition("@")[2].partition(":")[0].lower()
    path, further = _split(address[cut.start() :])
    path = _decoded(path)
    start = _START.search(path)
    if start:
        doi = path[start.start() :]
        return _finished(doi if _RESOLVER.search(host) else _without_page(doi, host))
    for value in further:
        value = _decoded(value)
        start, inner = _START.search(value), _LINK.search(value)
        if inner and depth < 3 and (not start or inner.start() < start.start()):
            doi = _in_link(value[inner.start() :], depth + 1)
        else:
            doi = _finished(_trimmed(value[start.start() :])) if start else ""
        if doi:
            return doi
    return ""


def _split(address: str) -> tuple[str, list[str]]:
    """A link after its host as path and the values of its query and fragment."""
    sici = _SICI_END.search(address)
    kept = sici.end() if sici else 0
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", address[kept:], re.S).groups()  # type: ignore[union-attr]
    values = [part.partition("=")[2] or part for part in re.split(r"[&#]", rest)] if mark else []
    return address[:kept] + path, values


def _decoded(text: str) -> str:
    """Percent-decoded, and once more where that left an encoded DOI; empty where it is not UTF-8."""
    try:
        text = unquote(text, errors="strict")
        start = _START.search(text)
        if start and start[0][-1] != "/":
            text = unquote(text, errors="strict")
    except UnicodeDecodeError:
        return ""
    return "" if _CONTROL.search(text) else _legible(text).strip()


def _without_page(doi: str, host: str) -> str:
    """A DOI out of a publisher's path, without what the publisher appends."""
    doi = _SESSION.sub("", doi)
    if len(doi) > LONGEST:
        return ""
    sici = _SICI_END.search(doi)
    if sici:
        return doi[: sici.end()]
    suffix = doi.index("/") + 1
    page = _PAGES.search(doi, suffix + 1)
    if page:
        doi = doi[: page.start()]
    while ending := _FILE_ENDING.search(doi, suffix + 1):
        doi = doi[: ending.start()]
    doi = doi.rstrip("/")
    segments = doi.split("/")
    if doi.startswith(_VERSIONED):
        doi = _VERSION.sub("", doi)
    elif host.endswith(_ONE_SEGMENT):
        doi = "/".join(segments[:2])
    elif host.endswith(_NUMBERED) and len(segments) > 2 and re.fullmatch(r"\d{5,}", segments[-1]):
        doi = "/".join(segments[:-1])
    return doi


def _trimmed(text: str) -> str:
    """Without what belongs to the sentence: closing marks nothing opened, and punctuation at the end."""
    sici = _SICI_END.search(text)
    kept = sici.end() if sici else 0
    end = _first_stray(text, kept)
    while end > kept and (text[end - 1] in _TRAILING or _closes_nothing(text[:end])):
        end -= 1
    return text[:end]


def _first_stray(text: str, kept: int) -> int:
    """Where the first closing mark stands that nothing opened and no letter or digit follows."""
    depth = dict.fromkeys(_CLOSERS.values(), 0)
    for position, character in enumerate(text):
        if character in depth:
            depth[character] += 1
        elif character in _CLOSERS:
            depth[_CLOSERS[character]] -= 1
            stray = depth[_CLOSERS[character]] < 0 and position >= kept
            following = text[position + 1 : position + 2]
            if stray and not following.isalnum() and following != "%":
                return position
    return len(text)


def _closes_nothing(text: str) -> bool:
    opener = _CLOSERS.get(text[-1])
    return opener is not None and text.count(text[-1]) > text.count(opener)


def _finished(doi: str) -> str:
    """The canonical form of what was found; empty where no DOI is like that."""
    doi = fold(_trimmed(doi))
    start = _START.match(doi)
    if not start or start.end() == len(doi) or len(doi) > LONGEST or _NEVER.search(doi):
        return ""
    return doi
