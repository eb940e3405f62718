"""The statement of responsibility: a title page's words on who wrote, edited and translated a book.

Source: ISBD, area 1.4 (parts are set off by semicolons, each begins with what was done).
"""

import re
from typing import NamedTuple

from litbase.domain.records import persons
from litbase.domain.text import fold


class Part(NamedTuple):
    """One part of a statement: the role it tells, "" for one APA does not print, and the words with the names."""

    role: str
    words: str


_EDITED = (
    r"(?:general |series |volume |associate )?(?:edited|compiled|selected)\b[^;]*?\bby\s+|ed(?:s|ited)?\.?\s+by\s+"
    r"|(?:the )?(?:general )?editors?[,:]?\s+|hrsg\.?\s+(?:von\s+)?|herausgegeben von\s+"
)
_TRANSLATED = r"(?:newly )?(?:translated|trans\.|transl\.)\b[^;]*?\bby\s+|translators?[,:]?\s+|übersetzt von\s+"
_BESIDE = r"illustrat|with (?:an? )?(?:introduc|forew|pref|after|contrib)|forew|pref|introduc|photogr|drawings"
_BEGINNINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (_EDITED, "editor"),
        (_TRANSLATED, "translator"),
        (_BESIDE, ""),
        (r"(?:written )?by\s+|von\s+|par\s+", "author"),
    )
)
_EDITED_BEHIND = re.compile(r"[,;]?\s*(?:\[?\(?eds?\.?\)?\]?|editors?)\.?$", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r"\s*;\s*")
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*")
_AND_OTHERS = re.compile(r"\s*\[?(?:\.\.\.|…)?\s*\[?et al\.?\]?.*")


def parts(statement: str) -> list[Part]:
    """The parts of a statement: "edited by A and B ; with a foreword by C" has an editor's and another's."""
    return [_part(text) for part in _BETWEEN_PARTS.split(statement) if (text := part.strip(" .,[]"))]


def _part(text: str) -> Part:
    for pattern, role in _BEGINNINGS:
        if found := pattern.match(text):
            return Part(role, text[found.end() :])
    behind = _EDITED_BEHIND.search(text)
    if behind and behind.start() > 0:
        return Part("editor", text[: behind.start()])
    return Part("author", text)


def role_of(name: str, said: list[Part]) -> str:
    """The role in which a statement names a person or group, by family name; "" where it does not."""
    known = next(iter(persons.people({"family": name})), {})
    family = fold(str(known.get("family") or known.get("literal") or ""))
    if not family:
        return ""
    wanted = re.compile(rf"(?<!\w){re.escape(family)}(?!\w)")
    return next((part.role for part in said if part.role and wanted.search(fold(part.words))), "")


def names(part: Part) -> list[str]:
    """The whole names in one part; a lone word is none."""
    return [name for name in _BETWEEN_NAMES.split(_AND_OTHERS.sub("", part.words)) if " " in name.strip()]
