"""Statutes, charters and court cases, which are cited by their names.

Source: APA 7, 11.4 and 11.5.
"""

import re

_NAME = re.compile(
    r"(?P<title>[A-Z][^.,;:(]{2,120}?\b(?:Act|Code|Charter|Convention|Constitution|Declaration|Regulations?)\b"
    r"(?:\s+of\s+[A-Z][\w ]{2,40}?)?)[\s,(]+(?P<rest>.{0,90})"
)
_YEAR = re.compile(r"\b((?:1[789]|20)\d\d)\b")
_REPORTER = re.compile(
    r"\bc\.?\s?\w?-?\d|\bR?S\.?[A-Z]{0,3}\.?C?\.?\s\d|\bU\.?\s?S\.?\s?C\b|§|\bStat\b|Pub\.\s?L|\bSch(?:edule)?\b|\bs\.\s?\d"
)
# "Brown v. Board of Education, 347 U.S. 483 (1954)"
_CASE = re.compile(
    r"(?P<title>[A-Z][^,;()\d]{0,80}?\sv\.?\s[A-Z][^,;()\d]{1,100}?),?\s+(?P<rest>(?:\d|\[(?:1[789]|20)\d\d\]|No\.\s).{0,120})"
)


def case(text: str) -> tuple[str, str] | None:
    """The name and year of a court case; None where a text is none."""
    found = _CASE.match(text)
    year = _YEAR.search(found["rest"]) if found else None
    return (" ".join(found["title"].split()), year[1]) if found and year else None


def read(text: str) -> tuple[str, str] | None:
    """The name and year of a statute that a text gives the source of; None where it gives none."""
    found = _NAME.match(text)
    if not found:
        return None
    year = _YEAR.search(found["rest"])
    return (found["title"].strip(), year[1]) if year and _REPORTER.search(found["rest"]) else None
