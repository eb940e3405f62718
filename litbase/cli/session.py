"""What holds for one run of litbase whatever the command: the library, how much to say, whether to ask."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from litbase.errors import UsageError

if TYPE_CHECKING:
    from litbase.place import Place


class Session(NamedTuple):
    """The options that stand anywhere on the line."""

    library_option: str | None = None
    quiet: bool = False
    debug: bool = False
    no_input: bool = False

    @property
    def library(self) -> "Place":
        """Where the library is: `--library`, else LITBASE_LIBRARY, else the user's data folder."""
        from litbase.config import library_place

        return library_place(self.library_option)

    @property
    def may_ask(self) -> bool:
        """Whether someone is there to answer a question."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()


_FLAGS = {"--quiet": "quiet", "-q": "quiet", "--debug": "debug", "--no-input": "no_input"}


def split(line: list[str]) -> tuple[Session, list[str]]:
    """The options that stand anywhere, and the rest of the line.

    Nothing after `--` is looked at.

    Raises: UsageError where --library names nothing.
    """
    values: dict[str, object] = {}
    rest: list[str] = []
    position = 0
    while position < len(line):
        word = line[position]
        if word == "--":
            rest += line[position:]
            break
        if word in _FLAGS:
            values[_FLAGS[word]] = True
        elif word == "--library":
            position += 1
            if position == len(line):
                raise _no_path()
            values["library_option"] = line[position]
        elif word.startswith("--library="):
            values["library_option"] = word.partition("=")[2]
        else:
            rest.append(word)
        position += 1
    if values.get("library_option") == "":
        raise _no_path()  # of a variable that was not set; the user's own library is not what was meant
    if os.environ.get("LITBASE_DEBUG"):
        values["debug"] = True
    return Session(**values), rest  # type: ignore[arg-type]


def _no_path() -> UsageError:
    return UsageError("--library needs a path or an address", "litbase --library practice.db list")


current = Session()


def begin(session: Session) -> None:
    """Make a session the current one; the front door does it once a run."""
    global current
    current = session
