"""Parentheses, and the dates in them: one pass over a text, one stack, whatever the text.

Only what stands in parentheses or brackets and holds a date, or the words of a citation at second hand
or of a personal communication, is looked at further.
"""

import re
from typing import NamedTuple

_Y = r"(?:1[4-9]|20)\d\d"
DATE = (
    rf"(?:(?:ca?\.|circa)\s?)?(?:\d{{1,4}}\s?B\.?\s?C\.?(?:\s?E\.?)?\s?/\s?)?{_Y}(?:[a-z](?![\w’'])"
    rf"|-[a-z](?!\w))?(?:\s?/\s?{_Y}[a-z]?)?(?![\w%]|[.:]\d|,\d{{1,3}}(?!\d)|\s?[–—-]\s?\d|[’']s\b)"
    r"|\bn\.\s?d\.?(?:-?[a-z]\b)?|\b[Ii]n[\s-]press(?:-[a-z])?\b|\b[Ff]orthcoming\b"
)
_BEFORE = r"(?<![\w.$€£#/@–—-])(?<![\w]\s[–—-]\s)"
VIA = (
    r"\b(?:as\s+)?(?:cited|quoted|discussed|described|reported|mentioned|referenced|summari[sz]ed)\s+(?:in|by)\b"
    r"|\bqtd\.?\s+in\b"
)
_TOKEN = re.compile(
    rf"(?P<date>\[{_Y}\]\s?{_Y}[a-z]?(?!\w)|{_BEFORE}(?:{DATE}))|(?P<open>[(\[])|(?P<close>[)\]])|(?P<line>\n)|(?P<via>{VIA})"
    r"|(?P<personal>\bpersonal\s+(?:communications?|correspondence|conversation|interview|e-?mail)\b)",
)
# A text without any of these needs no scan.
_WORTH = re.compile(r"\d{4}|\bn\.\s?d|[Ii]n[\s-]press|[Ff]orthcoming|(?:cited|quoted|qtd)|personal\s+[cei]")
LONGEST = 2_000  # characters of a parenthesis that is read as citations


class Mark(NamedTuple):
    """A date, or the words of a citation at second hand or of a personal communication."""

    kind: str
    start: int
    end: int


class Spans(NamedTuple):
    """The parentheses of a text that hold a mark, and the dates that stand outside of any."""

    parentheses: list["Parenthesis"]
    loose: list[Mark]


class Parenthesis(NamedTuple):
    """What stands between two brackets; `marks` are its own, `inner` the spans of those inside it."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    inner: tuple[tuple[int, int], ...]


def find(text: str, start: int = 0, end: int | None = None) -> Spans:
    """The parentheses of a text that hold a mark of their own, in the order in which they open, and loose dates."""
    end = len(text) if end is None else end
    if not _WORTH.search(text, start, end):
        return Spans([], [])
    found: list[Parenthesis] = []
    loose: list[Mark] = []
    stack: list[tuple[str, int, list[Mark], list[tuple[int, int]]]] = []
    round_ones = 0
    for token in _TOKEN.finditer(text, start, end):
        kind = token.lastgroup
        if kind == "open":
            stack.append((token[0], token.start(), [], []))
            round_ones += token[0] == "("
        elif kind == "line":
            stack.clear()
            round_ones = 0
        elif kind == "close":
            wanted = "(" if token[0] == ")" else "["
            held = round_ones if wanted == "(" else len(stack) - round_ones
            if not held:
                continue
            while True:
                sign, at, marks, inner = stack.pop()
                round_ones -= sign == "("
                if sign == wanted:
                    break
            if marks and token.end() - at <= LONGEST:
                found.append(Parenthesis(at, token.end(), tuple(marks), tuple(inner)))
            if stack:
                stack[-1][3].append((at, token.end()))
        elif stack and kind is not None:
            stack[-1][2].append(Mark(kind, token.start(), token.end()))
        elif kind == "date":
            loose.append(Mark(kind, token.start(), token.end()))
    return Spans(sorted(found), loose)


def year(text: str) -> str:
    """A date as findings and matches have it: `2003a`, `1923/1961`, `n.d.`, `n.d.-a`, `in press`."""
    plain = re.sub(r"^(?:ca?\.|circa)\s?", "", " ".join(text.split()))
    plain = re.sub(r"^\[(\d+)\]\s?", r"\1/", plain)
    lower = plain.lower()
    if lower.startswith("n."):
        letter = re.search(r"-?([a-z])$", re.sub(r"^n\.\s?d\.?", "", lower))
        return f"n.d.-{letter[1]}" if letter else "n.d."
    if lower.startswith("in"):
        return re.sub(r"^in[\s-]press", "in press", lower)
    if "B" in plain:
        return plain
    return re.sub(r"\s", "", plain).replace("-", "")
