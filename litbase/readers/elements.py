"""The values of a JSON text, one after the other: of an array, of the array `items` in an object, or one a line.

Only one of them is held at a time, whatever the length of the text.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from litbase.errors import BadInput

from . import opening

SIGNS = "[{:"
_BLANK = re.compile(r"[ \t\n\r]*")
_MORE = "was the export finished?"
# An error so near to the end of what has been read may be none when more is: a number, a word, an escape cut in two.
_NEAR = 16
_DECODER = json.JSONDecoder()


def read(text: opening.Text) -> Iterator[tuple[Any, int]]:
    """Each value and the line on which it begins.

    Raises: BadInput where it is no JSON, or a value is longer than litbase reads.
    """
    if _is_lines(text):
        yield from _of_lines(text)
        return
    reading = _Reading(text)
    sign = reading.sign()
    if sign == "[":
        yield from reading.array()
    elif sign == "{":
        yield from reading.object()
    else:
        reading.value()  # a number or a word: no item, if it is JSON at all
    if reading.sign():
        raise reading.broken()


def _is_lines(text: opening.Text) -> bool:
    """Whether this is an object a line: the first line is one, and the second begins another."""
    told = (line for _, line in opening.lines(text.portions()) if line.strip())
    try:
        first, second = list(islice(told, 2))
        if not second.lstrip().startswith("{") or len(first) > opening.ENTRY:
            return False
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError, BadInput):
        return False  # one line, or none that is JSON by itself


def _of_lines(text: opening.Text) -> Iterator[tuple[Any, int]]:
    for number, line in opening.lines(text.portions()):
        if line.strip():
            _refuse_dense(line, number)
            try:
                yield json.loads(line), number
            except (ValueError, RecursionError) as error:
                raise BadInput(f"line {number} is not JSON", _MORE) from error


def _refuse_dense(text: str, line: int, begin: int = 0, end: int | None = None) -> None:
    end = len(text) if end is None else end
    if end - begin > opening.DENSEST and sum(text.count(sign, begin, end) for sign in SIGNS) > opening.DENSEST:
        raise opening.too_dense(line)


class _Reading:
    """A JSON text, read from portion to portion: `_held` from `_at` on is what has not been told yet."""

    def __init__(self, text: opening.Text) -> None:
        self._portions = text.portions()
        self._held = ""
        self._at = 0
        self._before = 0  # characters that have been let go of
        self._seen, self._seen_line = 0, 1  # a place in _held, and the line it is on

    def array(self) -> Iterator[tuple[Any, int]]:
        """The elements of the array that begins here."""
        self._at += 1
        if self.sign() == "]":
            self._at += 1
            return
        while True:
            self.sign()
            line = self._line()
            yield self.value(), line
            if (sign := self.sign()) == "]":
                self._at += 1
                return
            if sign != ",":
                raise self.broken()
            self._at += 1

    def object(self) -> Iterator[tuple[Any, int]]:
        """The object that begins here, or the elements of its `items`."""
        line = self._line()
        self._at += 1
        item: dict[str, Any] = {}
        size = 0
        listed = False
        while self.sign() != "}" or item or listed:
            name, begun = self._name(), self._before + self._at
            if name == "items" and self.sign() == "[":
                listed = True
                yield from self.array()
            else:
                item[name] = self.value()
                size += self._before + self._at - begun
                if size > opening.ENTRY:
                    raise opening.too_long(line)
            if self.sign() == "}":
                break
            if self.sign() != ",":
                raise self.broken()
            self._at += 1
        self._at += 1
        if not listed:
            yield item, line

    def sign(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            found = _BLANK.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._further():
                return ""

    def value(self) -> Any:
        """The value that begins here."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                sure = error.pos < len(self._held) - _NEAR and not error.msg.startswith("Unterminated string")
                behind = error.pos - self._at
                if sure or not self._further():
                    raise self.broken(self._at + behind) from error
                continue
            except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets as deep
                raise BadInput("this is not JSON", _MORE) from error
            # Digits at the end of what has been read may go on.
            if end < len(self._held) or self._held[end - 1] in '}]"' or not self._further():
                _refuse_dense(self._held, self._line(), self._at, end)
                self._at = end
                return value

    def broken(self, at: int | None = None) -> BadInput:
        """The error for what is no JSON, here or at another place in what is held."""
        line = self._line() + (0 if at is None else self._held.count("\n", self._at, at))
        return BadInput(f"this is not JSON at line {line}", _MORE)

    def _line(self) -> int:
        """The line that has been come to."""
        self._seen_line += self._held.count("\n", self._seen, self._at)
        self._seen = self._at
        return self._seen_line

    def _name(self) -> str:
        """The name of a member and its colon."""
        if self.sign() != '"':
            raise self.broken()
        name = str(self.value())
        if self.sign() != ":":
            raise self.broken()
        self._at += 1
        self.sign()
        return name

    def _further(self) -> bool:
        """Hold more of the text, and let go of what has been told; whether there was more."""
        line = self._line()
        self._before += self._at
        self._held = self._held[self._at :]
        self._at = self._seen = 0
        opening.refuse_long(self._held, line)
        # Twice as much each time, so that a long value is not read from its beginning again and again.
        wanted = min(2 * len(self._held), opening.ENTRY)
        before = len(self._held)
        while more := next(self._portions, ""):
            self._held += more
            if len(self._held) >= wanted:
                break
        return len(self._held) > before
