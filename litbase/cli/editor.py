"""The user's editor, and the promise that goes with it: what was written there is never lost.

The text lies in a file that only its owner can read. The file goes away when the text has been
kept, and stays, with its path said, when anything fails on the way.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from litbase.errors import BadInput, UsageError

from . import console, session

_INSTEAD = "give the text on the line, or - for standard input"


class Draft(NamedTuple):
    """What came back from the editor, and the file it lies in until it is kept."""

    text: str
    path: Path


@contextmanager
def draft(text: str, name: str) -> Iterator[Draft]:
    """A text edited by the user; the block keeps it.

    Where the editor or the block fails, what was written stays in its file, and the path is told.

    Raises: UsageError without a terminal or an editor; BadInput where the editor fails or the text is not UTF-8.
    """
    command = _editor()
    path = _file(text, name)
    kept = False
    try:
        _run(command, path)
        yield Draft(_read(path), path)
        kept = True
    finally:
        if kept or path.read_bytes().strip() in (b"", text.encode().strip()):
            path.unlink()
        else:
            console.warn(f"what you wrote is in {path}")


def _editor() -> list[str]:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not os.environ.get("VISUAL"):
        raise UsageError("there is no terminal to open an editor in", _INSTEAD)
    if session.current.no_input:
        raise UsageError("--no-input leaves no editor to open", _INSTEAD)
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen:
        chosen = next((name for name in ("sensible-editor", "nano", "vi", "notepad") if shutil.which(name)), "")
    try:
        command = shlex.split(chosen)
    except ValueError:
        command = [chosen]
    # A path with blanks in it is one program, not a program and its options.
    if command and not shutil.which(command[0]) and shutil.which(chosen):
        command = [chosen]
    if not command or not shutil.which(command[0]):
        raise UsageError(f"the editor “{chosen}” is not there", "set VISUAL or EDITOR, or give the text on the line")
    return command


def _file(text: str, name: str) -> Path:
    """A file of the user's alone, in the folder of the library: a note does not belong in /tmp."""
    from litbase.services import drafting

    return drafting.file(session.current.library, name, text)


def _run(command: list[str], path: Path) -> None:
    import subprocess

    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        raise UsageError(f"cannot start the editor {command[0]}: {error.strerror}", "set VISUAL or EDITOR") from error
    if code != 0:
        raise BadInput(f"the editor {command[0]} failed (exit code {code}); nothing was changed", "try again")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8; nothing was changed", "save it as UTF-8") from error
