"""Which CSL type a Crossref record is, and which records describe nothing that can be cited.

Source: Crossref REST API, `/types` (30 ids); CSL 1.0.2, appendix III, "Types".
"""

import re

from litbase.domain.records import shape
from litbase.domain.records.changes import Part
from litbase.domain.records.shape import Message
from litbase.errors import BadRecord

# A peer review is a "document" with a genre: CSL's `review` is a review of a published work in a journal.
TYPES = {
    "journal-article": "article-journal",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "proceedings": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry-encyclopedia",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "report": "report",
    "report-component": "report",
    "dissertation": "thesis",
    "dataset": "dataset",
    "standard": "standard",
    "peer-review": "document",
}

REFUSED = {
    "journal": "a whole journal",
    "journal-issue": "a whole issue of a journal",
    "journal-volume": "a whole volume of a journal",
    "book-series": "a whole series of books",
    "report-series": "a whole series of reports",
    "proceedings-series": "a whole series of proceedings",
    "standard-series": "a whole series of standards",
    "database": "a whole database",
    "component": "a part of a work, such as a figure or a supplement",
    "grant": "a grant",
}

_POSTED = {
    "blog": "post-weblog",
    "report": "report",
    "working_paper": "report",
    "working-paper": "report",
    "dissertation": "thesis",
    "review": "document",
    "peer_review": "document",
}

_DICTIONARY = re.compile(r"\b(dictionary|lexicon|glossary|w[öo]rterbuch|dictionnaire|diccionario)\b", re.IGNORECASE)

REVIEWS = {
    "referee-report": "Peer review report",
    "editor-report": "Editor’s report",
    "author-comment": "Author’s response",
    "community-comment": "Community comment",
    "aggregate": "Peer review reports",
    "recommendation": "Recommendation",
}


def crossref_type(message: Message) -> str:
    """Crossref's own type id, "other" where there is none."""
    return shape.line(message.get("type")).lower().replace("_", "-").replace(" ", "-") or "other"


def kind(message: Message) -> str:
    """The CSL type of the work.

    Raises: BadRecord for records of whole journals, issues, series, for components and grants.
    """
    given = crossref_type(message)
    if given in REFUSED:
        raise BadRecord(
            f"the record describes {REFUSED[given]}, not a work to cite",
            "give the DOI of the article, chapter or book itself",
        )
    if given == "posted-content":
        return _posted(message)
    if given == "journal-article" and _repository(message):
        return "article"
    if given == "reference-entry":
        title = " ".join(shape.lines(message.get("container-title")))
        return "entry-dictionary" if _DICTIONARY.search(title) else "entry-encyclopedia"
    return TYPES.get(given) or _other(message)


def _posted(message: Message) -> str:
    """Posted content by its subtype; blog posts go by "other" on some platforms."""
    subtype = shape.line(message.get("subtype")).lower()
    if subtype == "other" and shape.doi(message.get("DOI")).startswith(BLOG_PREFIXES):
        return "post-weblog"
    return _POSTED.get(subtype, "article")


# Rogue Scholar and Front Matter register blog posts.
BLOG_PREFIXES = ("10.59350/", "10.53731/", "10.54900/")


def _repository(message: Message) -> bool:
    """Whether a "journal article" is a paper on a preprint server: SSRN registers its own that way."""
    return shape.doi(message.get("DOI")).startswith("10.2139/ssrn.")


def _other(message: Message) -> str:
    """The type of a record that has none of use: what its other fields speak for."""
    container, isbn, page = (shape.line(message.get(name)) for name in ("container-title", "ISBN", "page"))
    if container and (isbn or (page and not shape.line(message.get("ISSN")))):
        return "chapter"
    if container and (shape.line(message.get("volume")) or shape.line(message.get("ISSN"))):
        return "article-journal"
    if container:
        return "chapter" if shape.doi(message.get("DOI")).split("/", 1)[-1][:3] in ("978", "979") else "document"
    return "book" if isbn else "document"


def genre(message: Message, kind: str) -> Part:
    """What APA puts in brackets behind the title: the degree of a thesis, the role in a review.

    Preprints get none, as APA prints none for them.

    Source: Crossref work, `degree`, `review.type`, `subtype`; APA 7, 10.6 and 10.8.
    """
    if kind == "thesis":
        return Part({"genre": degree(" ".join(shape.lines(message.get("degree"))))}, [])
    if kind == "document" and "review" in message:
        role = shape.line(shape.mapping(message.get("review")).get("type")).lower()
        return Part({"genre": REVIEWS.get(role, "Peer review")}, [])
    if kind == "report" and "working" in shape.line(message.get("subtype")).lower():
        return Part({"genre": "Working paper"}, [])
    return Part({}, [])


_DEGREES = (
    (
        re.compile(r"doc?tor|\bph\.?\s?d|\bd\.?phil|psy\.?d|\bed\.?d|\bm\.?d\b|\bdr\b|tohtor", re.IGNORECASE),
        "Doctoral dissertation",
    ),
    (
        re.compile(r"master|magist|m[áa]ster|maestr|mestr|\bm\.?(a|s|sc|phil|ed|ba|mus|fa)\b", re.IGNORECASE),
        "Master’s thesis",
    ),
    (re.compile(r"bachelor|bacc?al|licenc|\bb\.?(a|s|sc|ed|fa)\b", re.IGNORECASE), "Bachelor’s thesis"),
)


def degree(given: str) -> str:
    """APA's words for a thesis of that degree; "Thesis" where the degree is not known.

    Source: APA 7, 10.6.
    """
    return next((words for pattern, words in _DEGREES if pattern.search(given)), "Thesis")
