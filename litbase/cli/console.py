"""The one door out to a terminal: what is shown is made inert here, and laid out for people or for pipes.

Piped output is plain text, one thing a line, never wrapped or cut. On a terminal rich measures
and colours it; only `Text` is given to rich, never markup.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# What a terminal would obey or be confused by: C0 and C1 controls, bidirectional overrides,
# invisible characters. Tab and newline are layout.
_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ufff9-\ufffb]"
)

# Where a search's snippet marks a match (store/fulltext.py).
_HIT = re.compile("\x02([^\x03]*)\x03")


# From how many things on a bar is worth drawing; for a stage of work on a library, of how many sources, or pages of it.
MANY = 6
LONG = 5_000


class Piece(NamedTuple):
    """Some text and how it looks on a terminal: a style in rich's words, or plain."""

    text: str
    style: str = ""


def inert(text: str) -> str:
    """The text with every active character made visible and harmless."""
    return _ACTIVE.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    # Unicode has a picture for each C0 control; the others are named by their number.
    return chr(0x2400 + code) if code < 0x20 else f"\\u{code:04x}" if code > 0x7F else "\u2421"


def on_terminal() -> bool:
    """Whether a person is looking at standard output."""
    return sys.stdout.isatty()


def width() -> int:
    """The terminal's width in columns."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def line(*pieces: Piece | str, indent: int = 0, cut: bool = False) -> None:
    """Print one line of pieces; on a terminal it wraps at words under its indent, or is cut to one row."""
    parts = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
    if not on_terminal():
        print(inert("".join(part.text for part in parts)))
    elif cut:
        text = _text(parts)
        text.truncate(width(), overflow="ellipsis")
        _rich().print(text, no_wrap=True, overflow="crop", crop=True)
    else:
        _wrapped(_rich(), _text(parts), indent)


def _wrapped(console: "Console", text: "Text", indent: int) -> None:
    """Print a text wrapped at words, all rows but the first under an indent."""
    first, *others = text.wrap(console, width()) or [text]
    console.print(first, no_wrap=True, crop=False)
    if others:
        rest = text[len(first) :]
        blanks = len(rest.plain) - len(rest.plain.lstrip())
        for row in rest[blanks:].wrap(console, max(20, width() - indent)):
            console.print(_text([Piece(" " * indent)]) + row, no_wrap=True, crop=False)


def rows(table: Iterable[Sequence[Piece | str]], flexible: int) -> int:
    """Print a table without rules: aligned on a terminal, where column `flexible` is cut to fit; else tab-separated.

    How many rows there were. Elsewhere than on a terminal each is printed as it comes.
    """
    cells = ([piece if isinstance(piece, Piece) else Piece(piece) for piece in row] for row in table)
    if on_terminal():
        return _aligned(list(cells), flexible)
    count = 0
    for row in cells:
        count += 1
        print("\t".join(inert(piece.text).replace("\t", " ").replace("\n", " ") for piece in row))
    return count


def _aligned(cells: Sequence[Sequence[Piece]], flexible: int) -> int:
    if not cells:
        return 0
    from rich.cells import cell_len

    widths = [max(cell_len(inert(row[column].text)) for row in cells) for column in range(len(cells[0]))]
    others = sum(size for column, size in enumerate(widths) if column != flexible) + 2 * (len(widths) - 1)
    widths[flexible] = max(12, min(widths[flexible], width() - others))
    for row in cells:
        text = _text([])
        for column, piece in enumerate(row):
            cell = _text([piece])
            cell.truncate(widths[column], overflow="ellipsis", pad=column < len(row) - 1)
            text.append_text(cell)
            if column < len(row) - 1:
                text.append("  ")
        _rich().print(text, no_wrap=True, overflow="ignore", crop=True)
    return len(cells)


def columns(text: str) -> int:
    """How many columns a terminal needs for a text; a wide character takes two."""
    return _text([Piece(text)]).cell_len


def fitted(piece: Piece, size: int) -> Piece:
    """A piece made exactly so many columns wide, with blanks or an ellipsis at its end."""
    text = _text([Piece(piece.text.replace("\t", " ").replace("\n", " "))])
    text.truncate(size, overflow="ellipsis", pad=True)
    return Piece(text.plain, piece.style)


def marked(snippet: str) -> list[Piece]:
    """A search's snippet with its matches set off; plain where nobody is looking."""
    pieces: list[Piece] = []
    end = 0
    flat = snippet.replace("\n", " ")
    for found in _HIT.finditer(flat):
        pieces += [Piece(flat[end : found.start()], "dim"), Piece(found[1], "bold yellow")]
        end = found.end()
    return [*pieces, Piece(flat[end:], "dim")]


def unmarked(snippet: str) -> str:
    """A search's snippet as plain text."""
    return _HIT.sub(r"\1", snippet).replace("\n", " ")


def raw(text: str) -> None:
    """Print finished output (a reference list, HTML) as it is, but inert; on a terminal links and all stay text."""
    print(inert(text))


def emit(value: object) -> None:
    """Print a value as JSON, whole: a terminal gets its active characters as escapes."""
    print(json_text(value))


def emit_list(head: Mapping[str, object], name: str, elements: Iterable[object]) -> None:
    """Print an object that holds a list, as `emit` would, one element after the other."""
    empty = json_text({**head, name: []})
    end = empty[empty.rindex("]") :]
    margin = "\n    " if on_terminal() else ""
    print(empty.removesuffix(end), end="")
    before = margin
    for element in elements:
        print(before + json_text(element).replace("\n", margin), end="")
        before = f",{margin or ' '}"
    print(("\n  " if on_terminal() and before != margin else "") + end)


def json_text(value: object) -> str:
    """A value as JSON. Beyond ASCII only where the stream takes it and no terminal obeys it."""
    safe = on_terminal() or (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(value, ensure_ascii=safe, indent=2 if on_terminal() else None)


def compact(value: object) -> str:
    """A value as one line of JSON, for a line-by-line protocol; ASCII, so that no stream can spoil it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def say(text: str, style: str = "") -> None:
    """Talk to the person on standard error; silent under --quiet."""
    from . import session

    if not session.current.quiet:
        _talk(text, style)


def warn(text: str) -> None:
    """Tell the person on standard error what they must know, also under --quiet."""
    _talk(text, "yellow")


def complain(message: str, hint: str) -> None:
    """Print an error: what is the matter, and what to do."""
    _talk(f"error: {message}", "red")
    if hint:
        _talk(f"\nhint: {hint}")


def _talk(text: str, style: str = "") -> None:
    if sys.stderr.isatty():
        for row in text.split("\n"):
            _wrapped(_rich(stderr=True), _text([Piece(row, style)]), len(row) - len(row.lstrip()))
    else:
        print(inert(text), file=sys.stderr)


def ask(question: str) -> str | None:
    """One answer from the person at the terminal; None where they gave none."""
    sys.stderr.write(inert(question) + " ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    return answer.strip() or None


def agreed(question: str) -> bool:
    """Whether the person says yes."""
    return (ask(f"{question} [y/N]") or "").lower() in ("y", "yes")


def progress(total: int | None, what: str) -> "Progress":
    """A progress bar on standard error for work on many things; None where nobody knows yet on how many."""
    return Progress(total, what)


class _Live:
    """The console that a bar is drawn on: whatever is printed meanwhile must go above the bar."""

    console: "Console | None" = None
    stage: "Any" = None


def show_stage(what: str, done: int | None, total: int) -> None:
    """Show how far a stage of long work has come, as `stages.Listener` says; what is short is not worth it."""
    from . import session

    if not what:
        _end_stage()
    elif _Live.stage is not None:
        _Live.stage.update(_Live.stage.task_ids[0], completed=done or 0)
    elif total >= LONG and _Live.console is None and sys.stderr.isatty() and not session.current.quiet:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
        console = _rich(stderr=not on_terminal())
        _Live.stage = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
        _Live.stage.add_task(inert(what), total=None if done is None else total)
        _Live.console = console
        _Live.stage.start()


def _end_stage() -> None:
    if _Live.stage is not None:
        _Live.stage.stop()
        _Live.stage = _Live.console = None


class Progress:
    """A bar that moves on a terminal and is nothing elsewhere; use it in a `with` block."""

    def __init__(self, total: int | None, what: str) -> None:
        self._bar: Any = None
        self._task: Any = None
        from . import session

        if sys.stderr.isatty() and not session.current.quiet and (total is None or total >= MANY):
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
            console = _rich(stderr=not on_terminal())
            self._bar = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
            self._task = self._bar.add_task(inert(what), total=total)

    def __enter__(self) -> "Progress":
        if self._bar is not None:
            _Live.console = self._bar.console
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            _Live.console = None

    def step(self) -> None:
        """One more is done."""
        if self._bar is not None:
            self._bar.advance(self._task)


def _text(pieces: Sequence[Piece]) -> "Text":
    from rich.text import Text

    text = Text()
    for piece in pieces:
        text.append(inert(piece.text), style=piece.style or None)
    return text


def _rich(stderr: bool = False) -> "Console":
    from rich.console import Console

    return _Live.console or Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=False)
