"""An item as the engine reads it: every field parsed once, every value of a kind the engine expects.

citeproc-py's own JSON source escapes nothing, folds ids to lower case and knows only the names of
CSL 1.0.1. Here a field becomes a marked string, a list of names or a date; what cannot be read is
left out and named, so that one bad item never stops a list.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from litbase.csl.marks import NOCASE, NOCASE_END, cleared, marked, visible
from litbase.csl.quotes import apostrophes, curled
from litbase.domain.inline import parse
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES


class Person(NamedTuple):
    """One name; `role` is printed behind it in parentheses where a list mixes roles."""

    family: str
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: bool = False
    role: str = ""


class Day(NamedTuple):
    """A date to the year, month or day; 0 stands for what is not given. Seasons are 1 to 4."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0


class When(NamedTuple):
    """A date, a range of dates, or a date in words; an open range has begun and not ended."""

    begin: Day | None
    end: Day | None = None
    literal: str = ""
    circa: bool = False
    open: bool = False


Value: TypeAlias = str | list[Person] | When


class Reference(NamedTuple):
    """The readable part of an item, and what could not be read."""

    type: str
    fields: dict[str, Value]
    problems: tuple[str, ...]
    english: bool | None  # None where the item does not name its language


# Variables a reader would miss; other fields of an item that are no text are none of an entry's.
_PRINTED = frozenset(
    ("title", "container-title", "collection-title", "publisher", "volume", "issue", "page", "number", "edition",
     "DOI", "URL", "genre", "medium", "version", "status", "event-title", "archive")
)  # fmt: skip
# Variables whose text is taken as it is: addresses and codes hold no markup and no quotes.
_VERBATIM = frozenset(("DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "call-number", "language"))
_PLAIN = frozenset(("page", "page-first", "volume", "issue", "number-of-pages", "number-of-volumes", "edition",
                    "collection-number", "chapter-number"))  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_PAGE_WORDS = re.compile(r"(?i)^(pp?|pages?)\.?\s+(?=\w)|^pp?\.(?=\d)")
# Names older writers of CSL-JSON give to variables.
_ALIASES = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "shortJournal": "container-title-short",
}
_NOT_VARIABLES = frozenset(("id", "type", "custom", "citation-key", "categories", "schema", "version-id"))
_NAMES = frozenset(NAME_VARIABLES)
_DATES = frozenset(DATE_VARIABLES)


def reference(item: Mapping[str, Any], wanted: frozenset[str] | None = None) -> Reference:
    """Read an item; of its fields only those `wanted`, where a style says which it asks for.

    Source: CSL-JSON schema of CSL 1.0.2; CSL 1.0.2, appendix IV.
    """
    fields: dict[str, Value] = {}
    problems: list[str] = []
    for key, value in item.items():
        if key in _NOT_VARIABLES or value is None or value == "" or value == [] or value == {}:
            continue
        name = _ALIASES.get(key, key)
        if (name != key and name in item) or (wanted is not None and name not in wanted):
            continue
        read: Value | None
        if name in _NAMES:
            read = _people(value)
        elif name in _DATES:
            read = when(value)
        else:
            read = _text(name, value)
        if read:
            fields[name] = read
        elif name in _PRINTED or name in _NAMES or name in _DATES:
            problems.append(f"{key} could not be read")
    if "event" in fields:
        fields.setdefault("event-title", fields["event"])  # its name since CSL 1.0.2
    if "page" in fields and "page-first" not in fields:
        first = re.match(r"[^\s,&–-]+", str(fields["page"]))
        if first:
            fields["page-first"] = first[0]
    kind = item.get("type")
    if not isinstance(kind, str) or not kind:
        problems.append("type is missing")
        kind = "document"
    return Reference(kind, fields, tuple(problems), _is_english(item.get("language")))


def _is_english(language: object) -> bool | None:
    if not isinstance(language, str) or not language:
        return None
    return language[:2].lower() == "en"


def _text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    string = _BLANKS.sub(" ", cleared(str(value))).strip()
    if name in _VERBATIM:
        return string
    if name in _PLAIN:
        return _PAGE_WORDS.sub("", visible(_rich(string))) if name == "page" else visible(_rich(string))
    return curled(_rich(string))


_NOCASE = re.compile(r"""<span\s+class=["']nocase["']\s*>(.*?)</span>""", re.DOTALL)


def _rich(string: str) -> str:
    if "<" not in string:
        return string
    return marked(parse(_NOCASE.sub(NOCASE + r"\1" + NOCASE_END, string)))


# --- names ---------------------------------------------------------------------------------------

_APOSTROPHES = ("'", "’", "-", "‐")
# Words that stand before a family name without being given names.
_PARTICLE = re.compile(r"^((?:[^\W\d_A-ZÀ-ÖØ-Þ][\w.]*(?:\s+|(?<=\w)['’]\s*))+)(?=[^\W\d_])")


def _people(value: object) -> list[Person]:
    if isinstance(value, str | Mapping):
        value = [value]
    if not isinstance(value, list):
        return []
    return [person for one in value if (person := _person(one))]


def _person(value: object) -> Person | None:
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, Mapping):
        return None

    def part(key: str) -> str:
        found = value.get(key)
        return apostrophes(cleared(found).strip()) if isinstance(found, str) else ""

    role = part("role")
    if part("literal"):
        return Person(part("literal"), literal=True, role=role)
    family, given = part("family"), part("given")
    dropping, non_dropping = part("dropping-particle"), part("non-dropping-particle")
    if not family:
        return Person(given, literal=True, role=role) if given else None
    if len(family) > 1 and family[0] == family[-1] == '"':
        return Person(family[1:-1], literal=True, role=role)
    if not non_dropping and not dropping:
        non_dropping, family = _leading_particle(family)
        given, dropping = _trailing_particle(given)
    comma = value.get("comma-suffix") in (True, 1, "true")
    return Person(family, given, dropping, non_dropping, part("suffix"), comma, role=role)


def _leading_particle(family: str) -> tuple[str, str]:
    """Split "van der Berg" into what stands before the name and the name.

    Source: citeproc-js manual, "Particles in names".
    """
    match = _PARTICLE.match(family)
    if not match or not family[match.end() :][:1].isupper():
        return "", family
    return match[1].strip(), family[match.end() :]


def _trailing_particle(given: str) -> tuple[str, str]:
    """Split "Ludwig van" into the given name and the particle left behind it."""
    words = given.split()
    kept = len(words)
    while kept > 1 and words[kept - 1].islower() and words[kept - 1].isalpha():
        kept -= 1
    return " ".join(words[:kept]), " ".join(words[kept:])


# --- dates ---------------------------------------------------------------------------------------

_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")


def when(value: object) -> When | None:
    """A CSL-JSON date, or None where there is nothing to read.

    Source: CSL-JSON schema, "date-variable"; EDTF (ISO 8601-2) for strings.
    """
    if isinstance(value, str | int):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    circa = value.get("circa") not in (None, False, 0, "", "false")
    season = _whole(value.get("season"))
    parts = value.get("date-parts")
    days = [day for one in parts if (day := _day(one, season))] if isinstance(parts, list) else []
    if days:
        unended = isinstance(parts, list) and len(parts) > len(days)
        return When(days[0], days[1] if len(days) > 1 else None, circa=circa, open=unended)
    for key in ("literal", "raw", "edtf"):
        words = value.get(key)
        if isinstance(words, str | int) and not isinstance(words, bool) and str(words).strip():
            return _in_words(cleared(str(words).strip()), key, circa)
    return None


def _in_words(words: str, key: str, circa: bool) -> When:
    """A date given as a string: read where it is ISO 8601, else printed as it stands."""
    if key != "literal":
        first, slash, second = words.partition("/")
        begin, end = _ISO.fullmatch(first), _ISO.fullmatch(second)
        if begin and (end or second in ("", "..")):
            return When(_matched(begin), _matched(end) if end else None, circa=circa, open=bool(slash) and not end)
    return When(None, literal=words, circa=circa)


def _matched(match: re.Match[str]) -> Day:
    return Day(int(match[1]), int(match[2] or 0), int(match[3] or 0))


def _day(parts: object, season: int) -> Day | None:
    if not isinstance(parts, list) or not parts:
        return None
    numbers = [_whole(part) for part in parts[:3]]
    year, month, day = (*numbers, 0, 0)[:3]
    if not year:
        return None
    if month > 12 or month < 0:
        # Codes for seasons: 13–16 in older data, 21–24 in EDTF.
        season = month - 12 if 13 <= month <= 16 else month - 20 if 21 <= month <= 24 else season
        month = day = 0
    return Day(year, month, day if 0 < day <= 31 else 0, season if 1 <= season <= 4 else 0)


def _whole(value: object) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,6}\s*", value):
        return int(value)
    return 0
