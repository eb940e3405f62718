"""The full text of a library on a server, in PostgreSQL's own search.

A source has one row of vectors that everybody may search, and each member one more for the words of her own
private notes on it. A search asks both together where hers hold a word that is sought, and else the first alone;
so nothing private stands where another could look.

What a word is, litbase decides (vectors.py), not the server's locale: as in a file, letters and digits, folded, and
stemmed as Porter has it. The rank is PostgreSQL's, over the same fields in the same order of worth.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from math import isqrt
from typing import Any, NamedTuple

from litbase.domain.query import All, AnyOf, Marked, Node, Not, Phrase, Within, Word, placed
from litbase.store import fulltext
from litbase.store.chunks import chunked

from . import vectors
from .session import Session
from .stemmer import stem

_WORTH = "'{0.125, 0.375, 0.75, 1.0}'"  # of D, C, B and A
# A snippet has so many words, and the first so many of a text are looked at for it.
_SHOWN = 16
_READ = 50_000
# The index knows stretches of 2 ** 11 ids; so many are asked for at the most, and each time at the most so many
# times as many as before.
_SHIFT = 11
_STRETCHES = 128
_WIDER = 32
_MINE = "private = 1 AND owner = current_user"


class Term(NamedTuple):
    """Words that a search hopes to find side by side; in which columns, all where none is named."""

    words: list[str]
    prefix: bool
    columns: tuple[str, ...]


class ServerTexts:
    """The full text of one library; `connection.Texts` says what each method answers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._all: tuple[Node, list[int]] | None = None

    # -- making it

    def put(self, ids: Iterable[int]) -> None:
        for chunk in chunked(ids):
            texts = vectors.public_texts(self._session, chunk)
            self.remove([one for one in chunk if one not in texts])
            if texts:
                self._session.execute(vectors.PUT, vectors.made(texts))
            self._put_private(chunk)

    def _put_private(self, ids: Sequence[int]) -> None:
        from litbase.store import indexing

        mine = indexing.notes_of(self._session, ids, _MINE)
        self._session.execute(
            "DELETE FROM private_text WHERE source_id = ANY(CAST(? AS bigint[])) AND owner = current_user", (list(ids),)
        )
        if mine:
            self._session.execute(vectors.PUT_PRIVATE, vectors.made_private(mine))

    def remove(self, ids: Collection[int]) -> None:
        self._session.execute("DELETE FROM search WHERE source_id = ANY(CAST(? AS bigint[]))", (list(ids),))

    def compact(self) -> None:
        """PostgreSQL's own vacuum takes dead rows away."""

    # -- asking it

    def ordered(self, wanted: Node, by: str, limit: int) -> list[int]:
        question = self._question(wanted)
        return self._ids(
            f"SELECT s.id FROM {question.found} f JOIN source s ON s.id = f.id ORDER BY {by}", question, limit
        )

    def newest(self, wanted: Node, limit: int) -> list[int]:
        """As `connection.Texts` says, looked for a stretch of the library at a time, the last added first.

        An index of PostgreSQL's has no order: asked for the newest of a common word it would give all there are.
        """
        found: list[int] = []
        above, stretch = (self._bounds.last >> _SHIFT) + 1, 1
        while above > 0 and (limit < 0 or len(found) < limit):
            below = max(above - stretch, 0) if limit >= 0 and stretch <= _STRETCHES else 0
            question = self._question(wanted, _Stretches(below, above))
            rest = limit - len(found) if limit >= 0 else limit
            found += self._ids(f"SELECT f.id FROM {question.found} f ORDER BY f.id DESC", question, rest)
            seen = self._bounds.last + 1 - (below << _SHIFT)
            above, stretch = below, _next_stretch(seen, len(found), limit)
        self._all = (wanted, found) if len(found) != limit else None
        return found

    def tiered(self, wanted: Node, newest: Sequence[int], limit: int) -> list[int]:
        found: dict[int, None] = {}
        among = _Some(tuple(newest))
        for columns in fulltext.TIERS:
            if 0 <= limit <= len(found):
                break
            question = self._question(placed(columns, wanted), among)
            # The index of ids is gone through from its end, and no further than it takes.
            found.update(
                dict.fromkeys(self._ids(f"SELECT f.id FROM {question.found} f ORDER BY f.id DESC", question, limit))
            )
        found.update(dict.fromkeys(newest))
        return list(found)[: limit if limit >= 0 else None]

    def dear(self, wanted: Node) -> bool:
        return False  # PostgreSQL ranks a source by its own words alone

    def ranked(self, wanted: Node, limit: int) -> list[int]:
        # Whoever ranks has just looked whether there are few enough to be ranked.
        known = self._all[1] if self._all and self._all[0] == wanted else None
        question = self._question(wanted, None if known is None else _Some(tuple(known)))
        any_of = " || ".join(question.phrase(term) for term in terms(wanted) if term.words)
        rank = f"ts_rank({_WORTH}, f.words, {any_of}, 1) DESC, " if any_of else ""
        return self._ids(f"SELECT f.id FROM {question.found} f ORDER BY {rank}f.id DESC", question, limit)

    def titles(self, wanted: Node, limit: int) -> list[tuple[int, str]]:
        question = self._question(wanted)
        sql = f"SELECT s.id, s.title FROM {question.found} f JOIN source s ON s.id = f.id LIMIT :limit"
        return [(row[0], row[1]) for row in self._session.execute(sql, {**question.values, "limit": limit})]

    @cached_property
    def _bounds(self) -> "_Bounds":
        row = self._session.execute(
            "SELECT (SELECT coalesce(max(source_id), 0) FROM search), "
            "EXISTS (SELECT 1 FROM private_text WHERE owner = current_user)"
        ).fetchall()[0]
        return _Bounds(*row)

    def _question(self, wanted: Node, within: "_Stretches | _Some | None" = None) -> "_Question":
        return _Question(wanted, self._bounds.private, within)

    def _ids(self, sql: str, question: "_Question", limit: int) -> list[int]:
        # In one text: a row each would take longer to read than to find.
        sql = f"SELECT array_to_string(ARRAY({sql} LIMIT :limit), ' ')"
        return list(map(int, self._session.execute(sql, {**question.values, "limit": limit}).fetchall()[0][0].split()))

    # -- showing it

    def snippet(self, wanted: Node, source_id: int) -> str:
        from litbase.store import indexing

        text = indexing.texts_of(self._session, [source_id]).get(source_id)
        if text is None:
            return ""
        columns = dict(zip(fulltext.COLUMNS, text, strict=True))
        sought = [term for term in terms(wanted) if term.words]
        stemmed = [Term(list(map(stem, term.words)), term.prefix, term.columns) for term in sought]
        for column in ("notes", "abstract"):
            here = [term for term in stemmed if not term.columns or column in term.columns]
            found = self._around(columns[column], here) if here else ""
            if found:
                return found
        return ""

    def _around(self, text: str, sought: list[Term]) -> str:
        """Some words of a text around the first match, each match marked; empty where there is none."""
        spans = [found.span() for found in vectors.TOKEN.finditer(text)][:_READ]
        stems = [stem(vectors.folded(text[start:end])) for start, end in spans]
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


class _Bounds(NamedTuple):
    """The last id there is, and whether the member keeps private notes."""

    last: int
    private: bool


class _Stretches(NamedTuple):
    """Ids from one stretch on, `above` left out."""

    below: int
    above: int

    @property
    def of_sources(self) -> str:
        """As a condition on `search`: the index knows the stretches; of too many it is better not asked."""
        # A sum no index is asked for: two conditions on ids look to PostgreSQL as if few rows met both.
        last = self.above << _SHIFT
        if not self.below and self.above > _STRETCHES:
            return f"s.source_id + 0 < {last} AND s.source_id + 0 >= 0"
        wanted = ", ".join(map(str, range(self.below, self.above)))
        return (
            f"ARRAY[s.source_id >> {_SHIFT}] && CAST('{{{wanted}}}' AS bigint[]) "
            f"AND s.source_id + 0 >= 0 AND s.source_id < {last}"
        )

    @property
    def of_mine(self) -> str:
        """As a condition on `private_text`."""
        return f"p.source_id >= {self.below << _SHIFT} AND p.source_id < {self.above << _SHIFT}"


class _Some(NamedTuple):
    """These ids, and no others."""

    ids: tuple[int, ...]

    @property
    def of_sources(self) -> str:
        """As a condition on `search`."""
        return f"s.source_id = ANY(CAST('{{{', '.join(map(str, self.ids))}}}' AS bigint[]))"

    @property
    def of_mine(self) -> str:
        """As a condition on `private_text`."""
        return self.of_sources.replace("s.source_id", "p.source_id")


def _next_stretch(seen: int, found: int, limit: int) -> int:
    """How many stretches to look through next, by how much has been found among the ids seen."""
    most = (seen >> _SHIFT) * _WIDER + _WIDER
    if not found:
        return most
    # As many as should hold the rest, and twice the chance by which they may hold fewer.
    rest = limit - found
    wanted = seen * (rest + 2 * isqrt(max(rest, 0))) // found
    return min(most, max(1, -(-wanted >> _SHIFT)))


class _Question:
    """A search as SQL: `found` is a table of ids and words, `values` what its marks stand for.

    `private`: the member keeps private notes; `within`: where in the library to look, everywhere where it is None.
    """

    def __init__(self, wanted: Node, private: bool, within: _Stretches | _Some | None) -> None:
        self.values: dict[str, Any] = {}
        self._sought: list[str] = []
        self._known = isinstance(within, _Some)
        everybodys = self._condition(wanted, (), _PUBLIC) or "FALSE"
        here = within.of_sources if within else "TRUE"
        public = f"SELECT s.source_id AS id, s.words FROM search s WHERE {everybodys} AND {here}"
        self.found = f"({public})"
        if self._sought and private:
            both = self._condition(wanted, (), _MINE_TOO)
            # One's own private words make a difference only where they hold one that is asked for, or excluded.
            self.found = (
                "(WITH mine AS MATERIALIZED (SELECT p.source_id, p.words FROM private_text p WHERE "
                f"p.owner = current_user AND p.words @@ ({' || '.join(self._sought)}) "
                f"AND {within.of_mine if within else 'TRUE'}) "
                f"{public} AND s.source_id NOT IN (SELECT source_id FROM mine) "
                "UNION ALL SELECT s.source_id, s.words || p.words FROM mine p "
                f"JOIN search s ON s.source_id = p.source_id WHERE {both})"
            )

    def phrase(self, term: Term) -> str:
        """A term as an expression for a tsquery."""
        return f"CAST({self._value(vectors.query(term.words, term.prefix))} AS tsquery)"

    def _value(self, value: object) -> str:
        name = f"v_{'abcdefghijklmnopqrstuvwxyz'[len(self.values) % 26]}{'x' * (len(self.values) // 26)}"
        self.values[name] = value
        return f":{name}"

    def _condition(self, node: Node, columns: tuple[str, ...], texts: "_Words") -> str:
        """What a row must meet; empty for what the index cannot be asked: signs without letters, fields unsettled."""
        text = None if columns else self._text(node)
        if text is not None:
            return f"{texts.all} @@ ({text})" if text else ""
        if isinstance(node, Word | Phrase):
            (term,) = terms(node, columns)
            return self._holds(term, texts) if term.words else ""
        if isinstance(node, Marked):
            return f"s.marks && CAST({self._value(list(node.marks))} AS text[])"
        if isinstance(node, Within):
            return self._condition(node.node, _columns(node), texts)
        if isinstance(node, Not):
            return f"NOT ({self._condition(node.node, columns, texts) or 'FALSE'})"
        if isinstance(node, All):
            return self._all(node, columns, texts)
        if isinstance(node, AnyOf):
            return _joined(" OR ", [self._condition(part, columns, texts) for part in node.parts])
        return ""

    def _all(self, node: All, columns: tuple[str, ...], texts: "_Words") -> str:
        # What asks for words alone is one question to the index, exclusions too, where it asks for any.
        alone = [] if columns else [part for part in node.parts if self._text(part) is not None]
        together = "" if all(isinstance(part, Not) for part in alone) else self._text(All(tuple(alone)))
        rest = [part for part in node.parts if not together or part not in alone]
        wanted = [self._condition(part, columns, texts) for part in rest if not isinstance(part, Not)]
        unwanted = [self._condition(part.node, columns, texts) for part in rest if isinstance(part, Not)]
        first = [f"{texts.all} @@ ({together})"] if together else []
        return _joined(" AND ", [*first, *wanted, *(f"NOT {one}" for one in unwanted if one)])

    def _text(self, node: Node) -> str | None:
        """What asks for words wherever they stand as a tsquery; empty for no words, None for what asks for more."""
        if isinstance(node, Word | Phrase):
            (term,) = terms(node)
            if term.words:
                self._sought.append(self.phrase(term))
            return self._sought[-1] if term.words else ""
        if isinstance(node, Not):
            inside = self._text(node.node)
            return f"!!({inside})" if inside else None
        if isinstance(node, All | AnyOf):
            parts = [part for one in node.parts if (part := self._text(one)) != ""]
            if any(part is None for part in parts):
                return None
            return _joined(" && " if isinstance(node, All) else " || ", [part for part in parts if part])
        return None

    def _holds(self, term: Term, texts: "_Words") -> str:
        sought = self.phrase(term)
        self._sought.append(sought)
        within = [f"{texts.notes if column == 'notes' else f's.{column}'} @@ {sought}" for column in term.columns]
        # The index is of all texts. Of sources already known to match, none is looked at that need not be.
        anywhere = [] if self._known and within else [f"{texts.all} @@ {sought}"]
        return _joined(" AND ", [*anywhere, _joined(" OR ", within)])


class _Words(NamedTuple):
    """The vectors that words are looked for in: of all texts, and of notes."""

    all: str
    notes: str


_PUBLIC = _Words("s.words", "s.notes")
# No phrase reaches from one text into another.
_MINE_TOO = _Words("(s.words || p.words)", "(s.notes || p.words)")


def _joined(by: str, conditions: list[str]) -> str:
    found = [condition for condition in conditions if condition]
    return f"({by.join(found)})" if found else ""
