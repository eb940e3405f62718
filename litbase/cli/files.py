"""What a file or standard input holds, for every command that reads one."""

import sys
from pathlib import Path

from litbase.errors import BadInput, NotFound

LARGEST = 12 * 1024 * 1024  # bytes


def content(file: str, most: int) -> bytes:
    """A file's bytes, or standard input's; one byte more than `most` of them where there are more.

    Raises: NotFound; BadInput where it cannot be read.
    """
    try:
        if file == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(file).open("rb") as opened:
            return opened.read(most + 1)
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {file}", "check the path") from error
    except OSError as error:
        raise BadInput(f"cannot read {file}: {(error.strerror or str(error)).lower()}", "check the path") from error


def draft(file: str) -> bytes:
    """A draft's bytes, no more of them than show that it is too large.

    Raises: NotFound; BadInput where it cannot be read.
    """
    from litbase.services.check import LARGEST

    return content(file, LARGEST)


def text(file: str) -> str:
    """A file's text, or standard input's.

    Raises: NotFound; BadInput where it cannot be read as UTF-8, or is too large.
    """
    try:
        read = content(file, LARGEST)
        if len(read) > LARGEST:
            raise BadInput(f"{file} is larger than the {LARGEST // 1_048_576} MiB litbase reads at once", "split it")
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
