"""Where in a cited work: the place that follows a key in pandoc's syntax, told from the words behind it.

Source: pandoc's manual, "Citation syntax"; CSL 1.0.2, appendix IV, "Locators".
"""

import re
from typing import NamedTuple

from litbase.domain.locators import LABELS

_NUMBER = r"(?:[A-Za-z]{0,2}\d+(?:[.:]\d+)*[a-z]?(?![\w])|[ivxlcdm]+(?!\w)|[A-Z](?!\w))"
_JOINT = r"\s*(?:[-\u2010-\u2014]{1,3}|,|&|and(?=\s))\s*"
_COUNTED = rf"{_NUMBER}(?:{_JOINT}{_NUMBER})*"
_WORD = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
_LABELLED = re.compile(rf"(?P<label>(?i:{_WORD}))(?:\.\s*|\s+|(?<=[§¶])|(?=\d))(?P<place>{_COUNTED})")
_BARE = re.compile(
    rf"(?P<place>\d[\d:.]*(?<![.:])[a-z]?(?!\w)(?:{_JOINT}{_NUMBER})*|[ivxlcdm]{{2,}}(?!\w)(?:{_JOINT}{_NUMBER})*)"
    r"(?=\s*(?:[,;:.]|\Z))"
)
_BRACED = re.compile(r"\s*,?\s*\{([^{}]*)\}")
_LEAD = re.compile(r"\s*,?\s*")
_NEXT = re.compile(r"\s*,\s*")


class Place(NamedTuple):
    """A place and the words behind it.

    `locator` is the place as written; where it is one place, `value` is it without its label and `label` CSL's
    word for that, empty where none was given. `suffix` is the rest with the blanks and punctuation before it;
    empty where all is place.
    """

    locator: str = ""
    label: str = ""
    value: str = ""
    suffix: str = ""


def place(rest: str) -> Place:
    """What stands behind a key, up to the next work: `, pp. 33–35 and passim`."""
    braced = _BRACED.match(rest)
    if braced:
        inside = place(f", {braced[1].strip()}")
        label, value = (inside.label, inside.value) if not inside.suffix else ("", "")
        return Place(" ".join(braced[1].split()), label, value, _suffix(rest[braced.end() :]))
    lead = _LEAD.match(rest)
    at = start = lead.end() if lead else 0
    found: list[re.Match[str]] = []
    while one := (_LABELLED.match(rest, at) or (None if found else _BARE.match(rest, at))):
        found.append(one)
        joint = _NEXT.match(rest, one.end())
        if joint is None:
            break
        at = joint.end()
    if not found:
        return Place(suffix=_suffix(rest))
    end = found[-1].end()
    label, value = "", ""
    if len(found) == 1:
        name = found[0].groupdict().get("label")
        label = LABELS[name.lower()] if name else ""
        value = " ".join(found[0]["place"].split())
    return Place(" ".join(rest[start:end].split()), label, value, _suffix(rest[end:]))


def _suffix(rest: str) -> str:
    return rest.rstrip() if rest.strip(" ,\t\r\n") else ""
