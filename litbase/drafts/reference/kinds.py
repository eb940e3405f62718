"""What type of work an entry describes, from the fields that could be read, and the fields that type has.

Source: CSL 1.0.2, appendix III, "Types"; APA 7, chapter 10.
"""

import re
from typing import Any

_BY_GENRE: tuple[tuple[str, str], ...] = (
    (r"dissertation|thesis", "thesis"),
    (r"paper presentation|conference|poster|symposium|session", "paper-conference"),
    (r"special (?:issue|section)", "periodical"),
    (r"podcast|episode|radio|TV|television|webcast|broadcast", "broadcast"),
    (r"film|video|movie|documentary|DVD|webinar", "motion_picture"),
    (r"speech|lecture|talk", "speech"),
    (r"song|album|audio|recording", "song"),
    (r"data\s?set|database record|raw data|code\s?book", "dataset"),
    (r"app\b|language model|software|program|apparatus|equipment", "software"),
    (r"tweet|status update|facebook|instagram|thread|profile", "post"),
    (r"blog|comment", "post-weblog"),
    (r"painting|photograph|lithograph|sculpture|infographic|map|graph", "graphic"),
    (r"interview", "interview"),
    (r"manuscript|unpublished", "manuscript"),
    (r"preprint", "article"),
    (r"report|brief|fact sheet|release|publication|brochure|white paper|working paper", "report"),
    (r"review", "review"),
)
_PREPRINTS = re.compile(
    r"\b(?:PsyArXiv|arXiv|bioRxiv|medRxiv|SocArXiv|OSF|SSRN|Research Square|EdArXiv|Preprints)\b", re.I
)
_NEWS = re.compile(
    r"\b(?:Times|Post|Tribune|Guardian|Globe|Mail|Gazette|Herald|News|Journal|Observer|Telegraph|Press|Star|Sun"
    r"|Independent"
    r"|Chronicle|Today|Magazine|Atlantic|HuffPost|Huffington|BBC|CBC|CNN|NPR|Vox|Slate|Medium|Conversation"
    r"|Walrus|Tyee)\b"
)
_ENTRY = re.compile(r"\b(?:dictionary|encyclop(?:a)?edia|wikipedia|lexicon|glossary)\b", re.I)


def settle(shape: str, fields: dict[str, Any], date_has_day: bool, group: bool) -> str:
    """The CSL type of an entry; moves the publisher to where the type has it."""
    genre = str(fields.get("genre", ""))
    by_genre = next((kind for pattern, kind in _BY_GENRE if re.search(pattern, genre, re.I)), "") if genre else ""
    if by_genre == "thesis":
        _thesis(fields, genre)
    if shape == "chapter" and not by_genre:
        return _within(fields)
    if by_genre in ("post", "post-weblog") and fields.get("publisher"):
        fields["container-title"] = fields.pop("publisher")
    if by_genre:
        return by_genre
    if shape == "article":
        return "article-magazine" if date_has_day else "article-journal"
    publisher = str(fields.get("publisher", ""))
    if _PREPRINTS.search(publisher):
        return "article"
    if fields.get("number"):
        return "report"
    if not any(fields.get(name) for name in ("edition", "volume", "editor", "translator")):
        return _by_itself(fields, publisher, date_has_day, group)
    return "book"


def _within(fields: dict[str, Any]) -> str:
    container = str(fields.get("container-title", ""))
    if _ENTRY.search(container):
        return "entry-encyclopedia" if "pedia" in container.lower() else "entry-dictionary"
    return "chapter"


def _thesis(fields: dict[str, Any], genre: str) -> None:
    """Whose thesis: "[Doctoral dissertation, University of X]. ProQuest"."""
    kind, _, school = genre.partition(",")
    if school:
        if fields.get("publisher"):
            fields["archive"] = fields.pop("publisher")
        fields["publisher"] = school.strip()
        fields["genre"] = kind.strip()


def _by_itself(fields: dict[str, Any], publisher: str, date_has_day: bool, group: bool) -> str:
    """A work that only a publisher, a site or a periodical goes with."""
    has_url = bool(fields.get("URL"))
    if date_has_day or (publisher and has_url and not group and _NEWS.search(publisher)):
        if publisher:
            fields["container-title"] = fields.pop("publisher")
            return "article-newspaper" if _NEWS.search(publisher) else "webpage"
        return "webpage"
    if publisher and is_periodical(publisher):
        fields["container-title"] = fields.pop("publisher")
        return "article-journal"
    if not publisher and has_url:
        return "webpage"
    if fields.get("accessed") and publisher:
        fields["container-title"] = fields.pop("publisher")
        return "webpage"
    return "book"


_PERIODICAL = re.compile(
    r"\b(?:Journal|Review|Reviews|Quarterly|Annals|Archives|Bulletin|Proceedings|Letters|Frontiers in"
    r"|Psychotherapy Research"
    r"|Database of Systematic|Transactions|Studies in|Perspectives|Dialogues|UpToDate|Gazette|Magazine|Lancet"
    r"|PLOS|PLoS)\b"
    r"|\bPsychologist$|^(?:Psychotherapy|Psychoanalysis|Science|Nature|Family Process|Psychosis|Emotion|Body"
    r"|Infant Mental Health)$"
    r"|^Psychoanalytic (?:Psychology|Inquiry|Social Work)\b"
)
_HOUSE = re.compile(
    r"\b(?:Press|Books?|Publish(?:ers?|ing)|Publications?|Verlag|Sons|House|Norton|Routledge|Springer|Wiley"
    r"|Elsevier|SAGE)\b"
)


def is_periodical(name: str) -> bool:
    """Whether a name sounds like a journal's, not a publisher's."""
    return bool(_PERIODICAL.search(name)) and not _HOUSE.search(name)
