"""What stands around names and dates in a parenthesis: words before them (see also), places behind (p. 45)."""

import re

from .reference.letters import wordlist
from .spans import Mark

# Words before the names of a work. Those that can be names too ("First", "Read") count in small letters only.
_PREFIX = re.compile(
    r"(?:\s*(?:(?:but|and|or|for|as)\s+)?(?:(?i:see|cf|compare|contrast|e\s?\.?\s?g|i\s?\.?\s?e|viz|also|esp|especially"
    r"|for example|for instance|adapted|modified|based on|following|according to|sources?|both|among others|such as"
    r"|including|after|from|per|via|as in|in|by|but|and"
    r"|for (?:a|an|the|more|further|other)?\s*(?:recent |critical |full |good |helpful |thorough |detailed |brief )?"
    r"(?:review|overview|discussion|summary|example|detail|information|critique|account|introduction|reading|more)s?)"
    r"|of [a-z][a-z -]{1,40}|reviewed (?:in|by)|discussed (?:in|by)|described (?:in|by)|reported (?:in|by)|proposed by"
    r"|coined by|developed by|introduced by|drawing on|building on|inspired by|again|elsewhere|notably|particularly"
    r"|in particular|most recently|more recently|recently|originally|first|later|read|a|the)"
    r"\b[.,:]*)+\s*"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# The first words of all that `_PREFIX` knows: most citations begin with a name, and need not be tried.
_PREFIXES = wordlist(
    """
    see cf compare contrast e i viz also esp especially for adapted modified based following according source
    sources both among such including after from per via as in by but and or of reviewed discussed described
    reported proposed coined developed introduced drawing building inspired again elsewhere notably particularly
    most more recently originally first later read a the
    """
)
_LABELS = (
    r"pp?|pgs?|paras?|par|chaps?|chapters?|ch|chs|sections?|sect?s?|figures?|figs?|tables?|vols?|volume|parts?"
    r"|lines?|verses?|slides?|appendix|loc|location|art|article|act|footnote|fn|note|n"
)
_NUMBER = r"[\w.]*(?:\d|\b[ivxlcA-Z]{1,6}\b)[\w.]*"
_NUMBERS = rf"{_NUMBER}(?:\s?[–—-]\s?[\w.]+)?(?:(?:,\s*|\s*&\s*|\s+and\s+)\d[\w.]*(?:\s?[–—-]\s?\w+)?)*"
LOCATOR = re.compile(
    rf"[,:]?\s*(?P<locator>(?:(?i:{_LABELS})\b\.?|§+|¶+)\s*{_NUMBERS}|(?i:preface|introduction|foreword|epilogue|appendix)\b"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?:\s?[–—-]\s?\d{1,2}:\d{2}(?::\d{2})?)?|:\s?(?:\d+|[ivxlc]+\b)(?:[–-]\w+)?"
    r"|\d{1,4}(?:\s?[–—-]\s?\d{1,4})?(?=\s*(?:$|[;)\]])))"
)
# "[1990] 2 AC 1", "[2019] UKSC 41"
_REPORT = re.compile(r"\s+(?:\d+\s)?[A-Z][A-Za-z.]*\s\d")
_AFTER_OTHER = re.compile(
    r"\s+(?!as\b|cited\b|quoted\b|discussed\b|in\b|see\b|and\b|or\b|but\b|pp?\b|ch|for\b|emphasis|my\b|italics"
    r"|trans|original|cf\b|e\.g|para|sec|vol|fig|table|qtd|with\b|who\b|which\b|&)[a-z]"
)
# "(Miskolc, 1873 – Budapest, 1933)"
_PLACE = r"[^\W\d_][\w .’'-]{1,30}"
_RANGE_AFTER = re.compile(
    rf"\s*(?:[–—-]|to|until|till|through)\s*(?:\d|present|now|today|the present|{_PLACE},?\s\d{{4}})"
)
_RANGE_BEFORE = re.compile(
    r"(?:\d\s*(?:[–—-]|to|until|till|through)|\b(?:between|from|since|until|till|before|after|by|around|through"
    r"|throughout|during|late|early|mid))\s*$",
    re.I,
)


def prefix(words: str, at: int) -> re.Match[str] | None:
    """The words before names that stand at a place, if any do."""
    opening = _FIRST_WORD.match(words, at)
    return _PREFIX.match(words, at) if opening and opening[0].lower() in _PREFIXES else None


def is_prefix(words: str) -> bool:
    """Whether words are blank, or only such as stand before a work: "see also"."""
    bare = words.strip(" ,")
    found = prefix(bare, 0) if bare else None
    return not bare or (found is not None and found.end() == len(bare))


def is_no_date(text: str, mark: Mark, end: int, listed: bool = False) -> bool:
    """Whether a date is part of a range, or belongs to the word behind it ("2023 edition").

    `listed`: the names before it are the list's, so that a sentence may go on behind ("Carskadon 2001 is shorter").
    """
    if text[mark.end : mark.end + 1] == "]" and _REPORT.match(text, mark.end + 1):
        return True
    follows = text[mark.end : mark.end + 1]
    if follows not in (",", ")", ";", "]") and (
        (text[mark.start : mark.end][:1].isdigit() and _RANGE_AFTER.match(text, mark.end, end + 8))
        or (not listed and _AFTER_OTHER.match(text, mark.end, end))
    ):
        return True
    return text[mark.start - 2 : mark.start] != ", " and bool(
        _RANGE_BEFORE.search(text, max(0, mark.start - 12), mark.start)
    )
