"""What a file or standard input holds, for every command that reads one."""

import sys
from pathlib import Path

from litbase.errors import BadInput, NotFound


def content(file: str, most: int = -1) -> bytes:
    """A file's bytes, or standard input's; one byte more than `most` of them where there are more.

    Raises: NotFound; BadInput where it cannot be read.
    """
    size = most + 1 if most >= 0 else -1
    try:
        if file == "-":
            return sys.stdin.buffer.read(size)
        with Path(file).open("rb") as opened:
            return opened.read(size)
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

    Raises: NotFound; BadInput where it cannot be read as UTF-8.
    """
    try:
        return content(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
