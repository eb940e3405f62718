"""The front door: from argv to one command's function and from whatever it raises to an exit code.

Nothing is loaded here that the line does not need. `litbase --help` is printed from the table of
commands; a plain line is parsed without Typer; everything else Typer parses, explains or refuses.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from litbase import __version__, stages
from litbase.errors import BadInput, LibraryError, LitbaseError, UsageError

from . import quick, session
from .command import Body
from .commands import GROUPS, PARTS, TABLE, find

INTERRUPTED = 130
TERMINATED = 143
BUG = 70


STARVED = 6
# What a disk says that is full or failing, whatever was being read or written: standard output too.
_STARVING = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT}


def run(line: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing it does goes unexplained."""
    try:
        return _run(line)
    except OSError as error:
        if error.errno not in _STARVING:
            raise
        # Not even the complaint could be written.
        _silence(sys.stdout, sys.stderr)
        return STARVED


def _run(line: Sequence[str]) -> int:
    _speak_utf8()
    options = session.Session()
    words = list(line)
    try:
        if "_LITBASE_COMPLETE" in os.environ:
            from . import full

            return full.complete()
        options, words = session.split(words)
        session.begin(options)
        _refuse_undecoded(words)
        return _flushed(_dispatch(words))
    except LitbaseError as error:
        return _explain(error, words, options.debug)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has had enough (`litbase list | head`).
        _silence(sys.stdout)
        return 0
    except SystemExit:
        raise
    except OSError as error:
        if error.errno not in _STARVING:
            return _own_up(error, options.debug)
        _silence(sys.stdout)
        return _explain(
            LibraryError(
                f"the system refused to write: {(error.strerror or str(error)).lower()}",
                "make room; what was said to be done is done, and litbase doctor looks at the library",
            ),
            [],
            options.debug,
        )
    except BaseException as error:  # noqa: BLE001 (the one funnel: whatever is left is our own bug)
        return _own_up(error, options.debug)


def _silence(*streams: TextIO) -> None:
    """Have what is left in a stream go nowhere: Python would complain about it at its own end."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _refuse_undecoded(words: Sequence[str]) -> None:
    """Raises: BadInput for a word with bytes that are no UTF-8, which Python hands over as lone surrogates."""
    for word in words:
        if not word.isascii() and any("\ud800" <= character <= "\udfff" for character in word):
            raise BadInput(f"“{word.encode('utf-8', 'replace').decode()}” is not UTF-8", "write it in UTF-8")


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in ("--help", "-h", "help"):
        print(overview())
        return 0
    if words[0] in ("--version", "-V"):
        print(f"litbase {__version__}")
        return 0
    found = find(words)
    if found is None:
        return _no_such(words)
    listed, rest = found
    body = listed.load()
    values = quick.parse(body, rest)
    if values is not None:
        return _watched(body, values)
    from . import full

    answer = full.parse(listed, rest)
    return answer if isinstance(answer, int) else _watched(body, answer)


def _watched(body: Body, values: dict[str, Any]) -> int:
    """Run a command so that SIGTERM ends it as an interrupt does: what was done is kept."""
    import signal

    def stop(number: int, frame: object) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with stages.heard(_show_stage):
            return body(**values) or 0
    finally:
        signal.signal(signal.SIGTERM, before)
        _tell_of_upgrades()


def _show_stage(what: str, done: int | None, total: int) -> None:
    from . import console

    console.show_stage(what, done, total)


def _tell_of_upgrades() -> None:
    """Say of a library that it was brought up to date, and where it is as it was."""
    files = sys.modules.get("litbase.store.files")
    while files is not None and files.upgraded:
        from . import console

        library, backup, schema = files.upgraded.pop()
        console.say(f"# {library} was brought up to date from schema {schema}; as it was, it is {backup}", "dim")


def _no_such(words: list[str]) -> int:
    if words[0] in GROUPS:
        from . import full

        return full.explain(words[0], words[1:])
    if words[0].startswith("-"):
        raise UsageError(f"there is no option {words[0]} before a command", "litbase --help")
    from difflib import get_close_matches

    near = get_close_matches(words[0], sorted({listed.name.split()[0] for listed in TABLE}), 3, 0.6)
    hint = f"did you mean {' or '.join(f'litbase {name}' for name in near)}?" if near else "litbase --help lists them"
    raise UsageError(f"there is no command “{words[0]}”", hint)


def overview() -> str:
    """The help of litbase itself: every command under the part of the work it serves."""
    width = max(len(listed.name) for listed in TABLE) + 2
    lines = [
        "litbase keeps your sources, notes and concepts, and writes APA 7 that is right.",
        "",
        "Usage: litbase COMMAND …      litbase COMMAND --help tells more, with examples.",
    ]
    for part, title in PARTS.items():
        lines += ["", f"{title}:"]
        lines += [f"  {listed.name:{width}}{listed.help}" for listed in TABLE if listed.part == part]
    lines += [
        "",
        "Everywhere:",
        f"  {'--library PATH':{width + 4}}the library to use (else LITBASE_LIBRARY, else your own)",
        f"  {'--quiet, -q':{width + 4}}say nothing beyond what was asked for",
        f"  {'--no-input':{width + 4}}never ask, also on a terminal",
        f"  {'--debug':{width + 4}}show where an error comes from",
        f"  {'--version, --help':{width + 4}}",
    ]
    return "\n".join(line.rstrip() for line in lines)


def _explain(error: LitbaseError, words: Sequence[str], debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    from . import console

    try:
        if "--json" in words:
            print(console.json_text({"error": {"code": error.code, "message": error.message, "hint": error.hint}}))
        else:
            console.complain(error.message, error.hint)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody listens any more (`litbase … 2>&1 | head -1`); the exit code still tells.
        _silence(sys.stdout, sys.stderr)
    return error.exit_code


def _own_up(error: BaseException, debug: bool) -> int:
    """An error nobody foresaw is litbase's fault: say so without a trace of anybody's notes in it."""
    if debug:
        import traceback

        traceback.print_exception(error)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f" in {where.tb_frame.f_code.co_name}, line {where.tb_lineno}" if where is not None else ""
    print(f"error: a fault in litbase itself ({type(error).__name__}{place})", file=sys.stderr)
    print("\nhint: nothing half done is in your library; --debug shows the whole story for a report", file=sys.stderr)
    return BUG


def _flushed(code: int) -> int:
    # Here, so that a broken pipe is noticed while it can still be handled.
    sys.stdout.flush()
    return code


def _speak_utf8() -> None:
    """Print what the terminal's encoding lacks as escapes rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
