"""Straight quotation marks and apostrophes made typographic, as a CSL processor does for every field."""

import re
from typing import NamedTuple


class Quotes(NamedTuple):
    """The quotation marks of a locale: outer pair, inner pair, and whether marks go inside them."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"
    punctuation_inside: bool = True


# Elisions whose mark is an apostrophe although a word follows it.
_ELIDED = re.compile(r"(?:\d0s|\d\d\b|em|til|tis|twas|twere|cause|round|n|bout)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{—–-/“‘„‚«‹")


def curled(value: str, quotes: Quotes) -> str:
    """A field with its straight quotes as the locale prints them; marks of formatting are looked through.

    Source: CSL 1.0.2, "Quotes"; citeproc-js manual, "Quotation marks and apostrophes".
    """
    if "'" not in value and '"' not in value:
        return value
    out: list[str] = []
    inner_open = 0
    previous = " "
    for position, char in enumerate(value):
        if char > "\U0010feff":  # a mark: no part of the text
            out.append(char)
            continue
        if char == '"':
            opens = previous in _BEFORE_OPENING
            out.append(quotes.opening if opens else quotes.closing)
        elif char == "'":
            rest = value[position + 1 :]
            opens = previous in _BEFORE_OPENING and not _ELIDED.match(rest) and _closes_later(rest)
            if opens:
                inner_open += 1
                out.append(quotes.inner_opening)
            elif inner_open and not previous.isspace() and not rest[:1].isalnum():
                inner_open -= 1
                out.append(quotes.inner_closing)
            else:
                out.append("’")
        else:
            out.append(char)
        previous = out[-1][-1]
    return "".join(out)


_CLOSING = re.compile(r"\S'(?!\w)")


def _closes_later(rest: str) -> bool:
    return _CLOSING.search(rest) is not None
