"""Reading a message that may hold anything anywhere: each question gets an answer of the shape asked for.

Crossref's fields are documented as strings or lists of strings; old, foreign and broken answers
put numbers, nulls, lists and objects there. Nothing here raises.

Source: Crossref REST API, "API format" (the message of a work).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from litbase.domain.records.lettering import mend
from litbase.domain.text import clean, clean_line

Message: TypeAlias = Mapping[str, Any]

# No field of a real record comes near this; a hostile one shall not buy hours of work.
LONGEST = 60_000
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_PLACEHOLDERS = frozenset(
    {"", "-", "--", "---", "–", "—", ".", "*", "?", "null", "none", "n/a", "n.a.", "nan", "undefined"}
)


def raw(value: object) -> str:
    """The text of a value with its line ends, mended and fit to keep; "" where there is none."""
    if isinstance(value, str):
        return clean(mend(value[:LONGEST]))
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        text = str(value)
        return text if len(text) < 40 and "inf" not in text else ""
    if isinstance(value, list | tuple):
        return next((found for one in value[:20] if not isinstance(one, list) and (found := raw(one))), "")
    return ""


def line(value: object) -> str:
    """The text of a value on one line; "" for what stands for nothing, such as "null" or "-"."""
    text = clean_line(raw(value))
    return "" if text.casefold() in _PLACEHOLDERS else text


def raws(value: object) -> list[str]:
    """All texts of a list, or of a single text, empty ones left out."""
    values = value[:200] if isinstance(value, list) else [value]
    return [text for one in values if not isinstance(one, list) and (text := raw(one)).strip()]


def lines(value: object) -> list[str]:
    """As `raws`, each on one line and none a placeholder."""
    return [text for one in raws(value) if (text := line(one))]


def mapping(value: object) -> Message:
    """The object, or an empty one; of a list its first object."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, Mapping)), {})
    return {}


def mappings(value: object) -> Iterator[Message]:
    """The objects of a list, or the one that stands where a list should."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))


def doi(value: object) -> str:
    """A DOI in lower case without the parts of a link; "" for what is none."""
    found = _DOI.match(line(value))
    return found[1].lower() if found else ""
