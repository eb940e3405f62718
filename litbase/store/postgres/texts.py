"""The full text of a library on a server, in PostgreSQL's own search.

A source has one row of vectors that everybody may search, and each member one more for the words of her own
private notes on it. A search asks the first of all sources on which she keeps no private note, and both
together of the others; so nothing private stands where another could look.

What a word is, litbase decides (vectors.py), not the server's locale: as in a file, letters and digits, folded.
The stemmer is the same too (Porter's). The rank is PostgreSQL's, over the same fields in the same order of worth.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from litbase.domain.query import All, AnyOf, Marked, Node, Not, Phrase, Within, Word
from litbase.store import fulltext, indexing
from litbase.store.chunks import chunked

from . import vectors
from .session import Session

_WORTH = "'{0.125, 0.375, 0.75, 1.0}'"  # of D, C, B and A
# A snippet has so many words, and the first so many of a text are looked at for it.
_SHOWN = 16
_READ = 50_000
_MINE = "private = 1 AND owner = current_user"


class Term(NamedTuple):
    """Words that a search hopes to find side by side; in which columns, all where none is named."""

    words: list[str]
    prefix: bool
    columns: tuple[str, ...]


def _row(source_id: int, text: tuple[str, ...]) -> dict[str, object]:
    """The values of a row of the full text, by the names of its columns."""
    values = dict(zip(fulltext.COLUMNS, text, strict=True))
    marks = values.pop("marks").split()
    return {"id": source_id, "marks": marks, **{name: _fitting(value) for name, value in values.items()}}


class ServerTexts:
    """The full text of one library; `connection.Texts` says what each method answers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- making it

    def put(self, ids: Iterable[int]) -> None:
        for chunk in chunked(ids):
            texts = vectors.public_texts(self._session, chunk)
            self.remove([one for one in chunk if one not in texts])
            if texts:
                self._session.execute(vectors.PUT, vectors.made(self._session, texts))
            self._put_private(chunk)

    def _put_private(self, ids: Sequence[int]) -> None:
        mine = indexing.notes_of(self._session, ids, _MINE)
        self._session.execute(
            "DELETE FROM private_text WHERE source_id = ANY(CAST(? AS bigint[])) AND owner = current_user", (list(ids),)
        )
        if mine:
            self._session.execute(vectors.PUT_PRIVATE, vectors.made_private(self._session, mine))

    def remove(self, ids: Collection[int]) -> None:
        self._session.execute("DELETE FROM search WHERE source_id = ANY(CAST(? AS bigint[]))", (list(ids),))

    def compact(self) -> None:
        """PostgreSQL's own vacuum takes dead rows away."""

    # -- asking it

    def ordered(self, wanted: Node, by: str, limit: int) -> list[int]:
        question = _Question(wanted)
        return self._ids(
            f"SELECT s.id FROM {question.found} f JOIN source s ON s.id = f.id ORDER BY {by}", question, limit
        )

    def newest(self, wanted: Node, floor: int, limit: int) -> list[int]:
        question = _Question(wanted)
        question.values["floor"] = floor
        return self._ids(
            f"SELECT f.id FROM {question.found} f WHERE f.id >= :floor ORDER BY f.id DESC", question, limit
        )

    def dear(self, wanted: Node) -> bool:
        return False  # PostgreSQL ranks a source by its own words alone

    def ranked(self, wanted: Node, limit: int) -> list[int]:
        question = _Question(wanted)
        any_of = " || ".join(question.phrase(term) for term in terms(wanted) if term.words)
        rank = f"ts_rank({_WORTH}, f.words, {any_of}, 1) DESC, " if any_of else ""
        return self._ids(f"SELECT f.id FROM {question.found} f ORDER BY {rank}f.id DESC", question, limit)

    def titles(self, wanted: Node, limit: int) -> list[tuple[int, str]]:
        question = _Question(wanted)
        sql = f"SELECT s.id, s.title FROM {question.found} f JOIN source s ON s.id = f.id LIMIT :limit"
        return [(row[0], row[1]) for row in self._session.execute(sql, {**question.values, "limit": limit})]

    def _ids(self, sql: str, question: "_Question", limit: int) -> list[int]:
        rows = self._session.execute(f"{sql} LIMIT :limit", {**question.values, "limit": limit})
        return [int(row[0]) for row in rows]

    # -- showing it

    def snippet(self, wanted: Node, source_id: int) -> str:
        text = indexing.texts_of(self._session, [source_id]).get(source_id)
        if text is None:
            return ""
        columns = dict(zip(fulltext.COLUMNS, text, strict=True))
        sought = [term for term in terms(wanted) if term.words]
        stemmed = [Term(self._stems(term.words), term.prefix, term.columns) for term in sought]
        for column in ("notes", "abstract"):
            here = [term for term in stemmed if not term.columns or column in term.columns]
            found = self._around(columns[column], here) if here else ""
            if found:
                return found
        return ""

    def _stems(self, words: list[str]) -> list[str]:
        known = vectors.stems(self._session, words)
        return [known[word] for word in words]

    def _around(self, text: str, sought: list[Term]) -> str:
        """Some words of a text around the first match, each match marked; empty where there is none."""
        spans = [found.span() for found in vectors.TOKEN.finditer(text)][:_READ]
        stems = self._stems([vectors.folded(text[start:end]) for start, end in spans])
        hits = sorted({hit for term in sought for hit in _hits(stems, term)})
        if not hits:
            return ""
        first = max(0, min(hits[0][0] - _SHOWN // 4, len(spans) - _SHOWN))
        last = min(first + _SHOWN, len(spans)) - 1
        out, at = ["…" if first else ""], spans[first][0] if first else 0
        for begin, end in hits:
            if begin >= first and end <= last and spans[begin][0] >= at:
                out += [text[at : spans[begin][0]], "\x02", text[spans[begin][0] : spans[end][1]], "\x03"]
                at = spans[end][1]
        whole = last == len(spans) - 1
        return "".join([*out, text[at:] if whole else text[at : spans[last][1]], "" if whole else "…"])


def _hits(stems: list[str], term: Term) -> Iterator[tuple[int, int]]:
    """Where the words of a term stand side by side: the numbers of the first and the last."""
    *before, last = term.words
    size = len(before)
    for at in range(len(stems) - size):
        end = stems[at + size]
        if stems[at : at + size] == before and (end == last or (term.prefix and end.startswith(last))):
            yield at, at + size


def terms(node: Node, columns: tuple[str, ...] = ()) -> list[Term]:
    """What a search hopes to find, each with the columns it should stand in; what it excludes is left out."""
    if isinstance(node, Word | Phrase):
        return [Term(vectors.tokens(node.text), isinstance(node, Word) and node.prefix, columns)]
    if isinstance(node, Within):
        return terms(node.node, _columns(node))
    if isinstance(node, All | AnyOf):
        return [term for part in node.parts for term in terms(part, columns)]
    return []


def _columns(node: Within) -> tuple[str, ...]:
    return tuple(node.column.strip("{}").split())


class _Question:
    """A search as SQL: `found` is a table of ids and words, `values` what its marks stand for."""

    def __init__(self, wanted: Node) -> None:
        self.values: dict[str, Any] = {}
        everybodys = self._condition(wanted, (), "{0} @@ {1}") or "FALSE"
        # No phrase reaches from one text into another, so a match in both together is one in either.
        mine = self._condition(wanted, (), "({0} @@ {1} OR p.words @@ {1})") or "FALSE"
        self.found = (
            f"(SELECT s.source_id AS id, s.words FROM search s WHERE {everybodys} "
            "AND s.source_id NOT IN (SELECT source_id FROM private_text WHERE owner = current_user) "
            "UNION ALL SELECT s.source_id, s.words || p.words FROM search s "
            f"JOIN private_text p ON p.source_id = s.source_id WHERE p.owner = current_user AND {mine})"
        )

    def phrase(self, term: Term) -> str:
        """A term as an expression for a tsquery."""
        return f"phrase(CAST({self._value(term.words)} AS text[]), {'TRUE' if term.prefix else 'FALSE'})"

    def _value(self, value: object) -> str:
        name = f"v_{'abcdefghijklmnopqrstuvwxyz'[len(self.values) % 26]}{'x' * (len(self.values) // 26)}"
        self.values[name] = value
        return f":{name}"

    def _condition(self, node: Node, columns: tuple[str, ...], match: str) -> str:
        """What a row must meet; empty for what the index cannot be asked: signs without letters, fields unsettled.

        `match` says how a column, {0}, and the notes and all words with it, are held against a phrase, {1}.
        """
        if isinstance(node, Word | Phrase):
            (term,) = terms(node, columns)
            return self._holds(term, match) if term.words else ""
        if isinstance(node, Marked):
            return f"s.marks && CAST({self._value(list(node.marks))} AS text[])"
        if isinstance(node, Within):
            return self._condition(node.node, _columns(node), match)
        if isinstance(node, Not):
            return f"NOT ({self._condition(node.node, columns, match) or 'FALSE'})"
        if isinstance(node, All):
            return self._all(node, columns, match)
        if isinstance(node, AnyOf):
            return _joined(" OR ", [self._condition(part, columns, match) for part in node.parts])
        return ""

    def _all(self, node: All, columns: tuple[str, ...], match: str) -> str:
        wanted = [self._condition(part, columns, match) for part in node.parts if not isinstance(part, Not)]
        unwanted = [self._condition(part.node, columns, match) for part in node.parts if isinstance(part, Not)]
        return _joined(" AND ", [*wanted, *(f"NOT {one}" for one in unwanted if one)])

    def _holds(self, term: Term, match: str) -> str:
        sought = self.phrase(term)
        within = [
            (match if column == "notes" else "{0} @@ {1}").format(f"s.{column}", sought) for column in term.columns
        ]
        return _joined(" AND ", [match.format("s.words", sought), _joined(" OR ", within)])


def _joined(by: str, conditions: list[str]) -> str:
    found = [condition for condition in conditions if condition]
    return f"({by.join(found)})" if found else ""
