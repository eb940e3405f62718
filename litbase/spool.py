"""What is in hand and may be more than memory should hold: values kept in a private file that the system forgets.

A few stay in memory. The file has no name that anybody could open it by, and is gone when the spool is closed,
or the program ends, however it ends.
"""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Generic, Self, TypeVar

from litbase.errors import LibraryError

Value = TypeVar("Value")

# Bytes that are held in memory before there is a file.
_HELD = 1 << 20


class Spool(Generic[Value]):
    """Values in the order they were put in; gone through as often as need be. Use it in a `with` block."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 (closed by __exit__)
        self._end = 0
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        return (value for _, value in self.placed())

    def placed(self) -> Iterator[tuple[int, Value]]:
        """Every value with where it lies."""
        at = 0
        while at < self._end:
            here = at
            value, at = self._read(at)
            yield here, value

    def append(self, value: Value) -> None:
        """Put a value in behind the others.

        Raises: LibraryError where there is no room for it.
        """
        try:
            self._file.seek(self._end)
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
            self._end = self._file.tell()
        except OSError as error:
            raise LibraryError(
                f"no room for what is read: {(error.strerror or str(error)).lower()}; nothing was changed",
                "make room in the folder for temporary files, or name another in TMPDIR",
            ) from error
        self._count += 1

    def at(self, place: int) -> Value:
        """The value that lies there."""
        return self._read(place)[0]

    def _read(self, at: int) -> tuple[Value, int]:
        self._file.seek(at)
        value: Value = pickle.load(self._file)  # noqa: S301 (nobody but this program has written there)
        return value, self._file.tell()
