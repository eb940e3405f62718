"""The language of a search, as people type it: words, "phrases", prefixes*, fields, -, OR, parentheses.

`parse` never fails: what does not make sense as syntax is text. The tree it gives says what was
asked; what a field's value means in a library (which concepts, which years) is settled by whoever
knows the library, who puts `Marked` in the place of a `Field`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

FIELDS = ("concept", "author", "year", "type", "in", "key", "doi", "journal", "title")
# What may stand after `in:`, and the column of the index it means.
PLACES = {
    "notes": "notes", "note": "notes", "title": "title", "titles": "title", "abstract": "abstract",
    "abstracts": "abstract", "concepts": "concepts", "authors": "contributors", "journal": "container",
}  # fmt: skip


class Word(NamedTuple):
    """A word, or with `prefix` every word that begins so."""

    text: str
    prefix: bool = False


class Phrase(NamedTuple):
    """Words that stand together in this order."""

    text: str


class Field(NamedTuple):
    """A field of FIELDS and what it should be, as typed."""

    name: str
    value: str


class Marked(NamedTuple):
    """Sources with any of these marks in the index: a concept, a year, a type."""

    marks: tuple[str, ...]


class Within(NamedTuple):
    """What stands in one column of the index."""

    column: str
    node: "Node"


class All(NamedTuple):
    """Every part; none of them asks for everything."""

    parts: tuple["Node", ...]


class AnyOf(NamedTuple):
    """At least one part."""

    parts: tuple["Node", ...]


class Not(NamedTuple):
    """Whatever the part does not find."""

    node: "Node"


Node: TypeAlias = Word | Phrase | Field | Marked | Within | All | AnyOf | Not

_DEEPEST = 20

# A token: an opening parenthesis (perhaps negated), a closing one, a field with a quoted value, a quoted
# phrase, or a run without blanks. Each alternative is bounded by what it may hold: no backtracking.
_TOKEN = re.compile(
    r"\s*(?:(?P<open>-?\()|(?P<close>\))"
    r'|(?P<minus>-?)(?:(?P<field>[A-Za-z]+):"(?P<value>[^"]*)"|"(?P<phrase>[^"]*)"|(?P<run>(?:[^\s"()]|\((?=[^\s()]*\)))'
    r"(?:[^\s\"()]|\([^\s()]*\))*))|(?P<stray>.))",
    re.DOTALL,
)


def parse(text: str) -> All:
    """What a search asks for; `All(())` for nothing.

    Words side by side must all be there; `OR` in capitals between two of them leaves the choice;
    a `-` before a word, phrase, field or parenthesis excludes it.
    """
    tokens = [found for found in _TOKEN.finditer(text) if found[0].strip()]
    if not _balanced(tokens):
        tokens = [found for found in tokens if not (found["open"] or found["close"])]
    node, _ = _alternatives(tokens, 0)
    if node == All(()) and text.strip():
        return All((Phrase(text.strip()),))  # signs alone are text too, which nothing holds
    return node if isinstance(node, All) else All((node,))


def _balanced(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether the parentheses pair, and are no deeper than anybody means."""
    depth = 0
    for token in tokens:
        depth += bool(token["open"]) - bool(token["close"])
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


def _alternatives(tokens: Sequence[re.Match[str]], at: int) -> tuple[Node, int]:
    """Everything up to the closing parenthesis or the end, split at each OR that has both sides."""
    choices: list[Node] = []
    while True:
        together, at = _together(tokens, at)
        choices.append(All(tuple(together)))
        if at < len(tokens) and tokens[at]["run"] == "OR":
            at += 1
            continue
        break
    real = [choice for choice in choices if choice != All(())]
    if len(real) > 1:
        return AnyOf(tuple(_plain(choice) for choice in real)), at
    return (real[0] if real else All(())), at


def _together(tokens: Sequence[re.Match[str]], at: int) -> tuple[list[Node], int]:
    """The parts that stand side by side from here; stops before OR and a closing parenthesis."""
    parts: list[Node] = []
    while at < len(tokens):
        token = tokens[at]
        if token["close"] or (token["run"] == "OR" and not token["minus"] and parts and at + 1 < len(tokens)):
            break
        at += 1
        if token["open"]:
            node, at = _alternatives(tokens, at)
            at += 1  # the closing parenthesis, which is there: the tokens are balanced
            if node != All(()):
                parts.append(Not(node) if token["open"].startswith("-") else _plain(node))
        elif not token["stray"]:
            node = _leaf(token)
            parts.append(Not(node) if token["minus"] else node)
    return parts, at


def _plain(node: Node) -> Node:
    return node.parts[0] if isinstance(node, All) and len(node.parts) == 1 else node


def _leaf(token: re.Match[str]) -> Node:
    if token["phrase"] is not None:
        return Phrase(token["phrase"])
    if token["field"] is not None:
        name = token["field"].lower()
        return Field(name, token["value"]) if name in FIELDS else Phrase(f"{token['field']} {token['value']}")
    run = token["run"]
    name, colon, value = run.partition(":")
    if colon and value and name.lower() in FIELDS:
        return Field(name.lower(), value)
    if run.endswith("*") and len(run) > 1:
        return Word(run.rstrip("*"), prefix=True)
    return Word(run)


def placed(column: str, node: Node) -> Node:
    """A search whose words are looked for in one column, or one FTS5 set of columns; its fields stay as they are."""
    if isinstance(node, Word | Phrase):
        return Within(column, node)
    if isinstance(node, Not):
        return Not(placed(column, node.node))
    if isinstance(node, AnyOf):
        return AnyOf(tuple(placed(column, part) for part in node.parts))
    if isinstance(node, All):
        return All(tuple(placed(column, part) for part in node.parts))
    return node


def words(node: Node) -> list[str]:
    """The words and phrases a search hopes to find, for "did you mean"; excluded ones are left out."""
    if isinstance(node, Word | Phrase):
        return [node.text]
    if isinstance(node, Field):
        return [node.value] if node.name in ("author", "journal", "title") else []
    if isinstance(node, Within):
        return words(node.node)
    if isinstance(node, All | AnyOf):
        return [word for part in node.parts for word in words(part)]
    return []
