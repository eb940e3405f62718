"""What a person hands over to be read: a file, or standard input, from its beginning as often as need be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO, NamedTuple

from litbase.errors import BadInput, LibraryError, NotFound
from litbase.readers import opening

STDIN = "standard input"


class Handed(NamedTuple):
    """Something to read, by the name it is shown by: a file at a path, or what a pipe gave, kept in a private file."""

    name: str
    path: Path
    kept: IO[bytes] | None = None

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes from the beginning, one reading at a time.

        Raises: NotFound; BadInput where it cannot be read.
        """
        try:
            if self.kept is not None:
                self.kept.seek(0)
                yield self.kept  # type: ignore[misc]
                return
            with self.path.open("rb") as file:
                yield file
        except FileNotFoundError as error:
            raise NotFound(f"there is no file {self.name}", "check the path") from error
        except OSError as error:
            raise unreadable(self.name, error) from error

    def close(self) -> None:
        """Let go of what was kept of it."""
        if self.kept is not None:
            self.kept.close()


def file(path: Path) -> Handed:
    """A file by its path. A pipe or a device can be read once only, so what it gives is kept.

    Raises: NotFound; BadInput where it cannot be read.
    """
    given = Handed(str(path), path)
    if path.exists() and not path.is_file():
        with given.opened() as stream:
            return _kept(given, stream)
    return given


def stdin(stream: BinaryIO) -> Handed:
    """Standard input.

    Raises: BadInput where it holds no text.
    """
    return _kept(Handed(STDIN, Path("-")), stream)


def unreadable(name: str, error: OSError) -> BadInput:
    """The error for what the system does not let one read."""
    return BadInput(f"cannot read {name}: {(error.strerror or str(error)).lower()}", "check the path")


def _kept(given: Handed, stream: BinaryIO) -> Handed:
    """What a pipe gives, in a file that has no name; what is no text is told by its beginning, for it may have no end.

    Raises: BadInput; LibraryError where there is no room for it.
    """
    head = stream.read(opening.HEAD)
    opening.refuse_kinds(given.name, head)
    kept = TemporaryFile()  # noqa: SIM115 (open as long as it is read)
    try:
        kept.write(head)
        copyfileobj(stream, kept, 1 << 20)
    except OSError as error:
        raise LibraryError(
            f"no room for what {given.name} gives: {(error.strerror or str(error)).lower()}",
            "make room in the folder for temporary files, or name another in TMPDIR",
        ) from error
    return given._replace(kept=kept)
