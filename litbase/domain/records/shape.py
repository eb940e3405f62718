"""Reading a message that may hold anything anywhere: each question gets an answer of the shape asked for.

Crossref's fields are documented as strings or lists of strings; old, foreign and broken answers
put numbers, nulls, lists and objects there. Nothing here raises.

Source: Crossref REST API, "API format" (the message of a work).
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from litbase.domain.records.lettering import mend
from litbase.domain.text import clean, clean_line

Message: TypeAlias = Mapping[str, Any]

# No field of a real record comes near these; a hostile one shall not buy hours of work.
LONGEST = 20_000
MOST = 200
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_PLACEHOLDERS = frozenset({"", "-", "--", "---", "–", "—", ".", "*", "?", "null", "none", "n/a", "nan", "undefined"})


def raw(value: object) -> str:
    """The text of a value with its line ends, mended and fit to keep; "" where there is none."""
    if isinstance(value, str):
        return clean(mend(value[:LONGEST]))
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        text = str(value) if -1e15 < value < 1e15 else ""
        return text.removesuffix(".0")
    if isinstance(value, list):
        return next((found for one in value[:MOST] if not isinstance(one, list) and (found := raw(one))), "")
    return ""


def line(value: object) -> str:
    """The text of a value on one line; "" for what stands for nothing, such as "null" or "-"."""
    if value is None:
        return ""
    if isinstance(value, str) and value.isascii() and value.isprintable() and "  " not in value:
        text = value[:LONGEST].strip()
    else:
        text = clean_line(raw(value))
    return "" if len(text) < 10 and text.casefold() in _PLACEHOLDERS else text


def term(value: object) -> str:
    """As `line`, for what is short by nature: a page, a number, a code; cut at 200 characters."""
    return line(value)[:200]


def raws(value: object) -> list[str]:
    """All texts of a list, or of a single text, empty ones left out."""
    if not value:
        return []
    values = value[:MOST] if isinstance(value, list) else [value]
    return [text for one in values if not isinstance(one, list) and (text := raw(one)).strip()]


def lines(value: object) -> list[str]:
    """As `raws`, each on one line and none a placeholder."""
    return [text for one in raws(value) if (text := line(one))]


def mapping(value: object) -> Message:
    """The object, or an empty one; of a list its first object."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, dict)), {})
    return {}


def mappings(value: object) -> list[Message]:
    """The objects of a list, or the one that stands where a list should."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    return [value] if isinstance(value, dict) else []


def doi(value: object) -> str:
    """A DOI in lower case without the parts of a link; "" for what is none."""
    found = _DOI.match(line(value)) if value else None
    return found[1].lower() if found else ""
