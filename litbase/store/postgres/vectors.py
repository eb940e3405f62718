"""Texts as PostgreSQL's search has them: words cut, folded and stemmed by litbase, and where each one stands.

So hundreds of texts are one statement of finished vectors, and what a word is no server decides.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from litbase.store import fulltext

from .session import Session
from .stemmer import stem

# How much a match counts: A, B, C and D of PostgreSQL's four weights for the columns of an index.
WEIGHTS = {
    "title": "A", "contributors": "A", "keys": "A", "concepts": "B", "container": "D", "abstract": "D", "notes": "C",
}  # fmt: skip
TOKEN = re.compile(r"[^\W_]+")
# A vector of PostgreSQL's holds a megabyte: a text gives it so many bytes of different words at the most.
_ROOM = 250_000
_LONGEST = 500
# The last place in a text that a vector tells from those after it.
_LAST = 16383
_VECTORS = [name for name in fulltext.COLUMNS if name != "marks"]
_CAST = ", ".join(f"CAST(t.{name} AS tsvector) AS {name}" for name in _VECTORS)
_ROWS = ", ".join(f"CAST(:{name} AS text[])" for name in fulltext.COLUMNS)
# Rows for `search`, from the values that `made` gives.
MADE = (
    f"(SELECT *, {' || '.join(WEIGHTS)} AS words FROM "
    f"(SELECT t.id AS source_id, {_CAST}, string_to_array(t.marks, ' ') AS marks "
    # The offset keeps PostgreSQL from reading each vector twice, once for itself and once for `words`.
    f"FROM unnest(CAST(:ids AS bigint[]), {_ROWS}) AS t (id, {', '.join(fulltext.COLUMNS)}) OFFSET 0) AS each) AS made"
)
PUT = (
    f"INSERT INTO search (source_id, {', '.join(_VECTORS)}, words, marks) "
    f"SELECT source_id, {', '.join(_VECTORS)}, words, marks FROM {MADE} ON CONFLICT (source_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in (*_VECTORS, "words", "marks"))
)
PUT_PRIVATE = (
    "INSERT INTO private_text (source_id, words) SELECT t.id, CAST(t.words AS tsvector) "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:words AS text[])) AS t (id, words)"
)


def public_texts(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The full text of sources that everybody may search."""
    from litbase.store import indexing  # which no search needs

    return indexing.texts_of(session, ids, "private = 0")


def made(texts: Mapping[int, tuple[str, ...]]) -> dict[str, Any]:
    """The values of `PUT` for the full texts of sources."""
    columns = dict(zip(fulltext.COLUMNS, zip(*texts.values(), strict=True), strict=True))
    values: dict[str, Any] = {"ids": list(texts), "marks": list(columns.pop("marks"))}
    for name, weight in WEIGHTS.items():
        values[name] = [_vector(text, weight) for text in columns[name]]
    return values


def made_private(notes: Mapping[int, str]) -> dict[str, Any]:
    """The values of `PUT_PRIVATE` for one's own private notes on sources."""
    return {"ids": list(notes), "words": [_vector(text, WEIGHTS["notes"]) for text in notes.values()]}


def query(words: Sequence[str], prefix: bool) -> str:
    """Words side by side as PostgreSQL reads a query; with `prefix` the last may go on."""
    return " <-> ".join(f"'{stem(word)}'" for word in words) + (":*" if prefix else "")


def _vector(text: str, weight: str) -> str:
    """A text as PostgreSQL reads a vector; its first place is free, so that no phrase is found across two columns."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(_fitting(text), 2):
        places.setdefault(stem(word), []).append(f"{min(place, _LAST)}{weight}")
    return " ".join(f"'{stemmed}':{','.join(where)}" for stemmed, where in places.items())


def tokens(text: str) -> list[str]:
    """The words of a text as the index has them, stems aside: letters and digits, small, without diacritics."""
    return TOKEN.findall(folded(text))


def folded(text: str) -> str:
    """A text in small letters without diacritics."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn"))


def _fitting(text: str) -> list[str]:
    """The words of a text as far as a vector has room for them."""
    room, seen, kept = _ROOM, set[str](), list[str]()
    for word in tokens(text):
        if word not in seen:
            seen.add(word)
            room -= len(word[:_LONGEST].encode()) + 8
            if room < 0:
                break
        kept.append(word[:_LONGEST])
    return kept
