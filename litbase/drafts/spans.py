"""Parentheses, and the dates in them: one pass over a text, one stack, whatever the text.

Only what stands in parentheses or brackets and holds a date, or the words of a citation at second hand
or of a personal communication, is looked at further.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_Y = r"(?:1[4-9]|20)\d\d"
_NUMBERED = re.compile(
    rf"(?:\[{_Y}\]\s?{_Y}[a-z]?(?!\w)|(?:(?<=E\./)|(?<=C\./)|(?<=BCE/)|(?<=BC/)){_Y}(?!\w)"
    rf"|(?<![\w.$€£#/@–—-])(?<!\w\s[–—-]\s){_Y}(?:[a-z](?![\w’'])|-[a-z](?!\w))?(?:\s?/\s?{_Y}[a-z]?)?"
    r"(?![\w%]|[.:]\d|,\d{1,3}(?!\d)|\s?[–—-]\s?\d|[’']s\b))"
)
_CIRCA = re.compile(r"(?:\bca?\.|\bcirca|\b\d{1,4}\s?B\.?\s?C\.?(?:\s?E\.?)?\s?/)\s?$")
VIA = (
    r"\b(?:as\s+)?(?:cited|quoted|discussed|described|reported|mentioned|referenced|summari[sz]ed)\s+(?:in|by)\b"
    r"|\bqtd\.?\s+in\b"
)
_SIGN = re.compile(r"[()\[\]\n]")
_DIGITS = re.compile(r"\d{4}")
_WORDED = re.compile(
    rf"(?P<date>\bn\.\s?d\.?(?:-?[a-z]\b)?|\b[Ii]n[\s-]press(?:-[a-z])?\b|\b[Ff]orthcoming\b)|(?P<via>{VIA})"
    r"|(?P<personal>\bpersonal\s+(?:communications?|correspondence|conversation|interview|e-?mail)\b)"
)
# A text without any of these needs no scan.
_WORDS = re.compile(r"n\.\s?d|press|orthcoming|cited|quoted|qtd|scribed|ported|scussed|mentioned|marized|personal")
LONGEST = 2_000  # characters of a parenthesis that is read as citations


class Mark(NamedTuple):
    """A date, or the words of a citation at second hand ("via") or of a personal communication ("personal")."""

    start: int
    end: int
    kind: str


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
    marks = _marks(text, start, end)
    if not marks:
        return Spans([], [])
    found: list[Parenthesis] = []
    loose: list[Mark] = []
    stack: list[tuple[str, int, list[Mark], list[tuple[int, int]]]] = []
    round_ones = 0
    at = start
    signs = [Mark(sign.start(), sign.end(), sign[0]) for sign in _SIGN.finditer(text, start, end)]
    # A date that begins with a bracket, [1967] 2013, goes before that bracket.
    for mark in sorted([*marks, *signs], key=lambda mark: (mark.start, -mark.end)):
        if mark.start < at:
            continue
        sign = mark.kind
        if sign in "([":
            stack.append((sign, mark.start, [], []))
            round_ones += sign == "("
        elif sign == "\n":
            stack.clear()
            round_ones = 0
        elif sign in ")]":
            wanted = "(" if sign == ")" else "["
            held = round_ones if wanted == "(" else len(stack) - round_ones
            if not held:
                continue
            while True:
                opener, opened, own, inner = stack.pop()
                round_ones -= opener == "("
                if opener == wanted:
                    break
            if own and mark.end - opened <= LONGEST:
                found.append(Parenthesis(opened, mark.end, tuple(own), tuple(inner)))
            if stack:
                stack[-1][3].append((opened, mark.end))
        else:
            at = mark.end
            if stack:
                stack[-1][2].append(mark)
            elif sign == "date":
                loose.append(mark)
    return Spans(sorted(found), loose)


def _marks(text: str, start: int, end: int) -> list[Mark]:
    """The dates of a text, and the words that make a citation, wherever they stand."""
    found: list[Mark] = []
    for digits in _DIGITS.finditer(text, start, end):
        at = digits.start()
        bracketed = text[at - 1 : at] == "["
        date = _NUMBERED.match(text, at - bracketed, end) or (_NUMBERED.match(text, at, end) if bracketed else None)
        if date and not (found and found[-1].end > date.start()):
            hint = text[max(start, at - 2) : at].rstrip()[-1:]
            circa = _CIRCA.search(text, max(start, at - 16), at) if hint in (".", "a", "/") else None
            found.append(Mark(circa.start() if circa else date.start(), date.end(), "date"))
    if _WORDS.search(text, start, end):
        found += [Mark(word.start(), word.end(), str(word.lastgroup)) for word in _WORDED.finditer(text, start, end)]
    return found


@lru_cache(maxsize=4_096)
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
