"""From a draft's cleaned source to its file: where in the file's own characters a place stands."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from . import opening
from .draft import Draft
from .pandoc_mask import LINE, line_starts


class Places:
    """A file's text beside the draft that was read of it."""

    def __init__(self, text: str, draft: Draft) -> None:
        self._text = text
        self._draft = draft
        self._starts = line_starts(text)
        self._known: dict[int, list[int] | None] = {}

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch of the draft's source in the file; None where the file cannot be followed so far."""
        first, last = self._offset(start), self._offset(end)
        return None if first is None or last is None else (first, last)

    def _offset(self, at: int) -> int | None:
        number = bisect_right(self._draft.line_starts, at) - 1
        if len(self._starts) != len(self._draft.line_starts):
            return None
        if number not in self._known:
            self._known[number] = self._aligned(number)
        columns = self._known[number]
        column = at - self._draft.line_starts[number]
        return None if columns is None or column >= len(columns) else self._starts[number] + columns[column]

    def _aligned(self, number: int) -> list[int] | None:
        """For each character of a line of the source, and its end, its column in the file."""
        start = self._starts[number]
        found = LINE.search(self._text, start)
        own = self._text[start : found.start() if found else len(self._text)]
        read = self._draft.line(number + 1)
        if own == read:
            return list(range(len(own) + 1))
        columns: list[int] = []
        at = 0
        for cluster in _clusters(own):
            columns += [at] * len(opening.cleaned(cluster))
            at += len(cluster)
        return [*columns, at] if opening.cleaned(own) == read and len(columns) == len(read) else None


def _clusters(text: str) -> Iterator[str]:
    """Each character with the accents that are written behind it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield text[start:at]
            start = at
