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
    doubles = 0
    closing: list[str] = []  # the marks that single quotes still open will be closed with
    previous = " "
    for position, char in enumerate(value):
        if char > "\U0010feff":  # a mark: no part of the text
            out.append(char)
            continue
        if char == '"':
            opens = previous in _BEFORE_OPENING
            doubles += 1 if opens else -1
            out.append(quotes.opening if opens else quotes.closing)
        elif char == "'":
            rest = value[position + 1 :]
            if previous in _BEFORE_OPENING and not _ELIDED.match(rest) and _CLOSING.search(rest):
                # Single quotes are outer ones where they stand in no others.
                inner = doubles > 0
                out.append(quotes.inner_opening if inner else quotes.opening)
                closing.append(quotes.inner_closing if inner else quotes.closing)
            elif closing and not previous.isspace() and not rest[:1].isalnum():
                out.append(closing.pop())
            else:
                out.append("’")
        else:
            out.append(char)
        previous = out[-1][-1]
    return "".join(out)


# A later single quote that can close one: behind a character and before none.
_CLOSING = re.compile(r"\S'(?!\w)")
