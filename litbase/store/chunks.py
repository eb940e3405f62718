"""Rows by the hundred: more than one at a time is quicker, all at once would take all memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunked(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Values in portions of `size`: SQLite takes a limited number of parameters in one statement."""
    left = iter(values)
    while chunk := list(islice(left, size)):
        yield chunk
