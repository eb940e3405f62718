"""The types of works as people name them, and as CSL does."""

# What a person types after --type, and the CSL types it takes in.
KINDS: dict[str, tuple[str, ...]] = {
    "article": ("article-journal", "article-magazine", "article-newspaper", "article"),
    "book": ("book", "classic"),
    "chapter": ("chapter", "entry", "entry-dictionary", "entry-encyclopedia"),
    "report": ("report", "standard"),
    "thesis": ("thesis",),
    "web": ("webpage", "post", "post-weblog"),
    "preprint": ("article",),
    "conference": ("paper-conference", "speech", "event"),
    "data": ("dataset", "software"),
    "film": ("motion_picture", "broadcast"),
    "audio": ("song", "broadcast", "performance"),
    "legal": ("legal_case", "legislation", "bill", "hearing", "regulation", "treaty"),
    "interview": ("interview",),
    "review": ("review", "review-book"),
}

# Source: CSL 1.0.2, appendix III, "Types".
CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report",
    "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip

_SHOWN = {
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "article": "preprint",
    "post-weblog": "blog post",
    "webpage": "web page",
    "paper-conference": "conference paper",
    "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopedia entry",
    "motion_picture": "film or video",
    "legal_case": "court decision",
    "personal_communication": "personal communication",
    "musical_score": "musical score",
    "review-book": "book review",
    "dataset": "data set",
}


def csl_types(name: str) -> tuple[str, ...] | None:
    """The CSL types that a name from the command line stands for; None where it stands for none."""
    wanted = name.strip().lower()
    if wanted in KINDS:
        return KINDS[wanted]
    return (wanted,) if wanted in CSL_TYPES else None


def shown(csl_type: str) -> str:
    """A CSL type in words: `journal article`, `book`."""
    return _SHOWN.get(csl_type, csl_type.replace("_", " "))
