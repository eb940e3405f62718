"""README's tour: its commands run on a terminal of their own, one after the other, and what they print.

`python tests/tour.py --write` puts the present output into README; tests/test_readme.py holds README to it.
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
COLUMNS = 100
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def commands(block: str) -> list[str]:
    """The commands of a block: its lines that begin with a `$`."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def printed(command: str, folder: Path) -> str:
    """What a command prints on a terminal of 100 columns, without colours."""
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "LITBASE_LIBRARY": str(folder / "library.db"),
        "LITBASE_CONFIG": str(folder / "config.toml"),
        "LITBASE_CROSSREF_URL": "http://127.0.0.1:9",
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(COLUMNS),
        "TERM": "xterm-256color",
    }
    shell = subprocess.Popen(
        ["bash", "-c", command], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder
    )
    os.close(theirs)
    chunks = []
    while chunk := _read(ours):
        chunks.append(chunk)
    shell.wait(timeout=60)
    os.close(ours)
    text = _ESCAPES.sub("", b"".join(chunks).decode().replace("\r\n", "\n"))
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end has closed
        return b""


def played(text: str, folder: Path) -> str:
    """A text with the output of every command in its console blocks as it is now."""
    script = folder / "litbase"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m litbase "$@"\n', encoding="utf-8")
    script.chmod(0o755)

    def replay(block: re.Match[str]) -> str:
        shown = [f"$ {command}\n{printed(command, folder)}".rstrip() for command in commands(block[1])]
        return "```console\n" + "\n".join(shown) + "\n```"

    return _BLOCK.sub(replay, text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        made = played(README.read_text(encoding="utf-8"), Path(place))
    if "--write" in sys.argv:
        README.write_text(made, encoding="utf-8")
    else:
        print(made)
