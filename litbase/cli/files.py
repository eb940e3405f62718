"""Text from a file or from standard input, for every command that reads one."""

import sys
from pathlib import Path

from litbase.errors import BadInput, NotFound


def text(file: str) -> str:
    """A file's text, or standard input's.

    Raises: NotFound; BadInput where it cannot be read as UTF-8.
    """
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {file}", "check the path") from error
    except OSError as error:
        raise BadInput(f"cannot read {file}: {(error.strerror or str(error)).lower()}", "check the path") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
