"""Names as they stand in the text: the surname alone, or with initials where the surname is not enough."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from litbase.domain.item import family


class Author(NamedTuple):
    """One name of an author element, as citations need it.

    `surname` is what a citation prints (for a group its whole name), `initials` may be empty, `suffix`
    (Jr., III) counts for the order of the list only, `abbreviation` is a group's own short form.
    """

    surname: str
    initials: str = ""
    suffix: str = ""
    group: bool = False
    abbreviation: str = ""

    @property
    def full(self) -> str:
        """The name with its initials: "J. M. Taylor"; names written without initials stand whole."""
        if unicodedata.east_asian_width(self.surname[0]) == "W" and _uncased(self.initials):
            return self.surname + self.initials
        return f"{self.initials} {self.surname}".strip()


# "Badlands National Park [@BadlandsNPS]", "World Health Organization [WHO]" or "… (WHO)".
_BRACKETED = re.compile(r"\s*(?:\[([^\[\]]*)\]|\((\S+)\))\s*$")
_SHORT = re.compile(r"[A-Z][\w&./+-]{1,11}")
_RUN_TOGETHER = re.compile(r"\.(?=[^\s.-])")
_USERNAME = re.compile(r"\s*\[[^\[\]]*\]")


def author(name: Mapping[str, Any]) -> Author | None:
    """A CSL name as an author; None where it holds no letter.

    A bracketed username is left out of citations, a bracketed abbreviation is set apart.

    Source: APA 7, 8.17 (surnames), 8.21 (abbreviations), 10.15 (usernames); CSL 1.0.2, "Names".
    """
    if str(name.get("literal") or "").strip():
        return _group(_typographic(str(name["literal"])))
    surname = _typographic(_USERNAME.sub("", family(name)))
    if not surname:
        return None
    given = str(name.get("given") or "") if name.get("family") else ""
    given, _, trailing = _USERNAME.sub("", given).partition(",")
    return Author(surname, initials(given), str(name.get("suffix") or trailing).strip())


def _group(literal: str) -> Author:
    bracketed = _BRACKETED.search(literal)
    if bracketed is None or not literal[: bracketed.start()].strip():
        return Author(literal, group=True)
    short = bracketed[1] or bracketed[2] or ""
    if abbreviates(short):
        return Author(literal[: bracketed.start()].strip(), group=True, abbreviation=short)
    if bracketed[1] is None:
        return Author(literal, group=True)
    return Author(literal[: bracketed.start()].strip(), group=True)


def abbreviates(short: str) -> bool:
    """Whether a word in brackets looks like a group's abbreviation: APA, UNESCO, RCPsych; not a username."""
    capitals = sum(c.isupper() for c in short)
    return bool(_SHORT.fullmatch(short)) and capitals >= 2 and capitals / len(short) >= 0.4


def _typographic(value: str) -> str:
    return " ".join(value.replace("'", "’").split())


@lru_cache(maxsize=4096)
def initials(given: str) -> str:
    """Given names as initials: "Jean-Baptiste M" to "J.-B. M."; names in scripts without capitals stay whole.

    Particles inside ("Ana de la") stay too, and a hyphened part keeps its case: "Ai-jun" to "A.-j.".

    Source: APA 7, 9.8.
    """
    given = " ".join(given.replace("'", "’").split())
    if _uncased(given):
        return given
    out: list[str] = []
    for word in _RUN_TOGETHER.sub(". ", given).split():
        if not word[0].isalpha():  # a nickname in quotation marks or parentheses
            continue
        if out and word.islower() and not word.endswith("."):
            out.append(word)
        else:
            out.extend(_initials_of(word))
    return " ".join(out)


def _initials_of(word: str) -> list[str]:
    letters = word.strip(".")
    if letters.isupper() and 2 <= len(letters) <= 3 and letters.isalpha():
        return [f"{letter}." for letter in letters]  # "JD" is J. D.
    return ["-".join(f"{part[0]}." for part in word.split("-") if part[:1].isalpha())]


def _uncased(value: str) -> bool:
    """Whether a name is in a script without capital letters, where initials mean nothing."""
    first = next((c for c in value if c.isalpha()), "")
    return first != "" and first.upper() == first.lower()
