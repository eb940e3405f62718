"""Does a note look as if it told who a client is? litbase keeps literature; it is no place for a client's record.

Only a few plain signs are looked for, and a sign is no proof: the person is told once and nothing is refused.
"""

import re
from collections.abc import Iterator

# What looks like a telephone number or worse and is none: addresses, DOIs, ISBNs and ISSNs with their names.
_NUMBERED = re.compile(
    r"https?://\S+|www\.\S+|\b10\.\d{4,9}/\S+|\barXiv:\s?\S+"
    r"|\b(?:ISBN|ISSN|EAN|PMID|PMCID|ORCID)(?:-1[03])?:?\s*[\dX][\dX\s–-]{4,20}"
    r"|\b97[89][ -]?\d{1,5}[ -]?\d{1,7}[ -]?\d{1,7}[ -]?[\dX]\b|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b",
    re.I,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_PHONE = re.compile(
    r"(?<![\w.–-])(?:"
    r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}"  # 416-555-0199, (416) 555-0199
    r"|\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}"  # +44 20 7946 0958
    r"|(?:phone|tel(?:ephone)?|cell|mobile|whatsapp)\b\D{0,12}\d(?:[ .()-]{0,2}\d){5,13}"
    r")(?![\w–-])",
    re.I,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
)
_BIRTH = re.compile(rf"\b(?:born|birth\s?date|birthday|date of birth|d\.?o\.?b\b\.?)\D{{0,20}}{_DATE}(?!\d)", re.I)
_HEALTH = re.compile(
    r"\b(?:health\s(?:card|insurance|number|no\b)|OHIP|RAMQ|PHN|MSP|AHCIP|NHS|Medicare|Medicaid|MRN|medical record"
    r"|patient\s(?:id|number|no\b)|client\s(?:id|number|no\b)|chart\s(?:number|no\b)|SIN|SSN"
    r"|social (?:insurance|security))"
    r"[^\d\n]{0,25}\d(?:[ -]?\d){5,13}"
    r"|(?<![\w-])\d{4}[ -]\d{3}[ -]\d{3}[ -][A-Z]{2}\b"  # Ontario's card with its version
    r"|(?<![\w-])[A-Z]{4}[ -]?\d{4}[ -]?\d{4}(?![\w-])"  # Quebec's card
    r"|(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])",  # a social security number
    re.I,
)
_SIGNS = (
    ("an e-mail address", _EMAIL),
    ("a telephone number", _PHONE),
    ("a date of birth", _BIRTH),
    ("a health or insurance number", _HEALTH),
)


def signs(text: str) -> tuple[str, ...]:
    """What in a text may tell who somebody is, in words; the text itself is not in them."""
    return tuple(_found(_NUMBERED.sub(" ", text)))


def _found(text: str) -> Iterator[str]:
    for words, pattern in _SIGNS:
        if pattern.search(text):
            yield words


def warning(text: str, before: str = "") -> str:
    """What to tell a person who has just kept this note; empty where there is nothing, or `before` had it already."""
    found = signs(text)
    if not found or signs(before):
        return ""
    return (
        f"this note seems to hold {' and '.join(found)}: litbase is not a client record, and keeps notes unencrypted. "
        "litbase note edit changes it; litbase purge --earlier erases what it said"
    )
