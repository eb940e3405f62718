"""ISBNs: read in any spelling, checked by their last digit, kept as thirteen digits without hyphens.

Source: ISBN Users' Manual, 7th edition, sections 4 and 5 (structure, check digit, printing).
"""

import re
import unicodedata
from typing import NamedTuple

from litbase.domain import text as texts
from litbase.errors import BadInput

_SHOWN = 60  # characters of a refused text that an error quotes
_HINT = "an ISBN has 13 digits, such as `978-0-00-000006-4`, or 10 in older books"

# All that is set between the groups of digits: blanks, stops, and dashes of every kind.
_GAP = r"[\s.\u00ad\u2010-\u2015\u2212_-]"
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:[ep]-?)?isbn(?:[\s-]?1[03](?!\d))?(?:\s*\((?:print|online|e-?book|pbk|hbk)\))?\s*[:=#]?\s*", re.I
)
_DIGITS = rf"\d(?:{_GAP}{{0,2}}[\dX]){{8,16}}"
_NUMBER = re.compile(_DIGITS, re.I)
_ANOTHER = re.compile(rf"\s*[,;/]\s*{_DIGITS}", re.I)
_WHOLE = re.compile(rf"\W*{_DIGITS}\W*", re.I)


class Labelled(NamedTuple):
    """A number that is called an ISBN or looks like one and nothing else, as digits."""

    digits: str
    labelled: bool


def parse(text: str) -> str:
    """The ISBN in a text that should hold one, as 13 digits; one of 10 digits gets its 978.

    Reads hyphens, blanks and dashes of any kind, full-width digits, and "ISBN-13:" before it.

    Raises: BadInput with the reason: how many digits there are, or which check digit would fit.
    Source: ISBN Users' Manual, 7th edition, section 4.
    """
    digits = _bare(text)
    if not digits or not set(digits) <= set("0123456789X"):
        raise BadInput(f"not an ISBN: {_shown(text)}", _HINT)
    if len(digits) not in (10, 13):
        raise BadInput(f"not an ISBN: {_shown(text)} has {len(digits)} digits, not 13 or 10", _HINT)
    if "X" in digits[:-1] or (len(digits) == 13 and digits[-1] == "X"):
        raise BadInput(f"not an ISBN: in {_shown(text)} an X stands where only a digit can", _HINT)
    if len(digits) == 13 and digits[:3] not in ("978", "979"):
        raise BadInput(f"not an ISBN: {_shown(text)} begins with {digits[:3]}, not with 978 or 979", _HINT)
    if digits.startswith("9790"):
        raise BadInput(f"not an ISBN: {_shown(text)} is the number of printed music (ISMN)", _HINT)
    fitting = _check10(digits[:9]) if len(digits) == 10 else _check13(digits[:12])
    if digits[-1] != fitting:
        raise BadInput(
            f"not an ISBN: {_shown(text)} ends in {digits[-1]}, and its other digits call for {fitting}",
            "look for a slip in it",
        )
    return digits if len(digits) == 13 else thirteen(digits)


def thirteen(ten: str) -> str:
    """The ISBN of 13 digits for one of 10, whose own check digit is not looked at."""
    return f"978{ten[:9]}{_check13('978' + ten[:9])}"


def ten(isbn: str) -> str:
    """The ISBN of 10 digits for a canonical one; empty for a 979, which has none."""
    return isbn[3:12] + _check10(isbn[3:12]) if isbn.startswith("978") else ""


def numbers(text: str) -> list[Labelled]:
    """Every number in a text that is called an ISBN, right or wrong; and a text that is nothing but one.

    A number without the label counts where it is all there is and could be an ISBN by its length.
    """
    line = unicodedata.normalize("NFKC", text)
    found = []
    for label in _LABEL.finditer(line):
        number = _NUMBER.match(line, label.end())
        # A book's two numbers stand under one label: "ISBN 0-00-000002-6, 978-0-00-000006-4".
        while number:
            digits = _bare(number[0])
            found.append(Labelled(_first(digits), True))
            number = _ANOTHER.match(line, number.end())
    if not found and _WHOLE.fullmatch(line):
        digits = _bare(line)
        if len(digits) in (10, 13):
            found.append(Labelled(digits, False))
    return found


def _first(digits: str) -> str:
    """The leading ISBN of a run that went on into other digits."""
    if len(digits) > 13 and digits.startswith(("978", "979")):
        return digits[:13]
    goes_on = len(digits) > 10 and digits[:9].isdecimal() and not digits.startswith(("978", "979"))
    return digits[:10] if goes_on and digits[9] == _check10(digits[:9]) else digits


def _bare(text: str) -> str:
    """A text's digits and X, without label, gaps and marks around; whatever else it holds stays in."""
    line = re.sub(r"^\W+", "", unicodedata.normalize("NFKC", text[: 10 * _SHOWN]))
    label = _LABEL.match(line)
    if label:
        line = line[label.end() :]
    return re.sub(rf"{_GAP}|^\W+|\W+$", "", line.upper())


def _check10(nine: str) -> str:
    left = -sum((10 - place) * int(digit) for place, digit in enumerate(nine)) % 11
    return "X" if left == 10 else str(left)


def _check13(twelve: str) -> str:
    return str(-sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(twelve)) % 10)


def _shown(text: str) -> str:
    line = texts.clean_line(text[: 10 * _SHOWN])
    return f"`{line}`" if len(line) <= _SHOWN else f"`{line[: _SHOWN - 1]}…`"
