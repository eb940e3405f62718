"""From what a search asks for to FTS5: every word quoted, whatever stands in it.

A source's row has a column `marks`, tokens no text can hold: `xall` for every source, `xc12` for
concept 12, `xy1985` and `xd198` for its year and decade, `xtbook` for its type. So concepts,
years and words are answered by one index, and may be joined by OR, excluded and nested freely.
"""

from collections.abc import Iterable
from typing import Final

from litbase.domain.query import All, AnyOf, Field, Marked, Node, Not, Phrase, Within, Word

COLUMNS: Final = ("title", "container", "contributors", "abstract", "concepts", "notes", "keys", "marks")
# How much a match in each column counts for bm25. A title or a name is what a work is known by; a concept
# is the user's own judgement of it; her notes say more about why she keeps it than an abstract does.
WEIGHTS: Final = "8.0, 2.0, 8.0, 1.0, 6.0, 3.0, 8.0, 0.0"
# bm25 looks at every matching source, some 2 µs each: where more match than this, the newest of them are
# put in order by where they hold the words, in these columns one after the other.
RANKED: Final = 1000
# It also counts every source that holds any one of the words: where that is more than so many, some milliseconds,
# the matches are put in order in the same way.
COMMON: Final = 50_000
TIERS: Final = ("{title contributors keys}", "concepts", "notes")

# A word is looked for in every column but the marks.
_TEXT: Final = "- marks : "
EVERY: Final = "xall"
NOTHING: Final = '"xnone"'

# Asked for each source that is shown, after ranking: a snippet costs far more than a rank. Notes before the
# abstract; what matched in a title, a name or a concept is in view anyhow.
SNIPPET: Final = (
    "SELECT snippet(search, 5, char(2), char(3), '…', 16), snippet(search, 3, char(2), char(3), '…', 16) "
    "FROM search WHERE search MATCH ? AND rowid = ?"
)


def quoted(text: str) -> str:
    """A text as an FTS5 string: literal, whatever it holds.

    Source: https://www.sqlite.org/fts5.html, "FTS5 Strings".
    """
    return '"' + text.replace('"', '""').replace("\x00", " ") + '"'


def searchable(text: str) -> bool:
    """Whether a text holds anything the index has: a letter or a digit."""
    return any(character.isalnum() for character in text)


def match(node: Node) -> str:
    """The FTS5 expression for a search; it finds nothing where nothing searchable is asked for.

    Source: https://www.sqlite.org/fts5.html, "Full-text Query Syntax".
    """
    return _expression(node) or NOTHING


def _expression(node: Node) -> str:
    """As `match`; empty for what the index cannot be asked: signs without letters, fields unsettled."""
    if isinstance(node, Word):
        star = " *" if node.prefix else ""
        return f"{_TEXT}{quoted(node.text)}{star}" if searchable(node.text) else ""
    if isinstance(node, Phrase):
        return f"{_TEXT}{quoted(node.text)}" if searchable(node.text) else ""
    if isinstance(node, Marked):
        # A set of marks that is empty is a choice among nothing.
        return "marks : (" + " OR ".join(quoted(mark) for mark in node.marks or ("xnone",)) + ")"
    if isinstance(node, Within):
        inside = _expression(node.node).replace(_TEXT, "")
        return f"{node.column} : ({inside})" if inside else ""
    if isinstance(node, Not):
        return f"(marks : {EVERY} NOT ({_expression(node.node) or NOTHING}))"
    if isinstance(node, All):
        return _all(node)
    if isinstance(node, AnyOf):
        return _joined(" OR ", map(_expression, node.parts))
    assert isinstance(node, Field), node
    return ""


def _all(node: All) -> str:
    wanted = _joined(" AND ", (_expression(part) for part in node.parts if not isinstance(part, Not)))
    unwanted = _joined(" OR ", (_expression(part.node) for part in node.parts if isinstance(part, Not)))
    if not unwanted:
        return wanted
    return f"({wanted or f'marks : {EVERY}'} NOT {unwanted})"


def _joined(by: str, expressions: Iterable[str]) -> str:
    found = [expression for expression in expressions if expression]
    return f"({by.join(found)})" if len(found) > 1 else "".join(found)


def leaves(node: Node) -> list[Node]:
    """The words, phrases and marks that a search is made of, each in its columns, excluded ones too."""
    if isinstance(node, Not):
        return leaves(node.node)
    if isinstance(node, All | AnyOf):
        return [leaf for part in node.parts for leaf in leaves(part)]
    return [node]


def concept_mark(concept_id: int) -> str:
    """The mark of a concept."""
    return f"xc{concept_id}"


def type_mark(csl_type: str) -> str:
    """The mark of a type of work."""
    return "xt" + "".join(c for c in csl_type.lower() if c.isalnum())


def year_marks(year: int | None) -> tuple[str, ...]:
    """The marks of a year: itself and its decade; an undated work has its own."""
    if year is None:
        return ("xynd",)
    return (f"xy{_signed(year)}", f"xd{_signed(year // 10)}")


def span_marks(first: int, last: int) -> tuple[str, ...]:
    """The fewest marks that together are every year of a span, both ends in it; decades where they fit."""
    marks: list[str] = []
    year = first
    while year <= last:
        if year % 10 == 0 and year + 9 <= last:
            marks.append(f"xd{_signed(year // 10)}")
            year += 10
        else:
            marks.append(f"xy{_signed(year)}")
            year += 1
    return tuple(marks)


def span_of(marks: Iterable[str]) -> tuple[int, int] | None:
    """The first and the last year that marks of years and decades stand for; None where other marks are among them."""
    spans = []
    for mark in marks:
        kind, number = mark[:2], mark[2:].replace("bce", "-")
        if kind not in ("xy", "xd") or not number.lstrip("-").isdigit():
            return None
        spans.append((int(number), int(number)) if kind == "xy" else (int(number) * 10, int(number) * 10 + 9))
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _signed(number: int) -> str:
    return str(number) if number >= 0 else f"bce{-number}"
