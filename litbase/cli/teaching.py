"""`man` and `tutorial`."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, Body, Option, parameters
from .commands import PARTS, TABLE, Listed

if TYPE_CHECKING:
    from litbase.services.manual_page import Command
    from litbase.services.tutorial import Lesson, Step


def man(
    *, install: Annotated[bool, Option(("--install",), "Put the page where `man litbase` finds it.")] = False
) -> int:
    """Show litbase's manual page: the help of every command, on one page.

    On a terminal the page opens in `man`; elsewhere its source is printed.

    Examples:
      litbase man --install
      litbase man > litbase.1
    """
    from litbase.services import manual_page

    parts = [
        manual_page.Part(title, tuple(_told(listed) for listed in TABLE if listed.part == part))
        for part, title in PARTS.items()
    ]
    text = manual_page.page(parts)
    if install:
        path = manual_page.install(text)
        console.say(f"wrote {path}; man litbase shows it, and where it does not: man {path}")
        return 0
    if not (console.on_terminal() and _shown_by_man(text)):
        print(text, end="")
    return 0


def _told(listed: Listed) -> "Command":
    """A command with all that its declaration and its docstring say."""
    from inspect import cleandoc

    from litbase.services.manual_page import Command

    body = listed.load()
    about, _, examples = cleandoc(body.__doc__ or "").partition("Examples:\n")
    return Command(
        listed.name,
        " ".join(_arguments(body)),
        tuple(paragraph for paragraph in about.rstrip().split("\n\n") if paragraph),
        tuple(_options(body)),
        tuple(line.strip() for line in examples.splitlines() if line.strip()),
    )


def _arguments(body: Body) -> Iterator[str]:
    declared = list(parameters(body))
    if any(isinstance(one.spec, Option) for one in declared):
        yield "[OPTION]..."
    for one in declared:
        if isinstance(one.spec, Argument):
            yield one.spec.metavar or one.name.upper()


def _options(body: Body) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for one in parameters(body):
        if isinstance(one.spec, Option):
            takes = "" if one.kind == "flag" else "|".join(one.spec.choices) or one.spec.metavar or "VALUE"
            yield one.spec.names, takes, one.spec.help


def _shown_by_man(text: str) -> bool:
    """Whether there is a `man` here, and it has shown the page."""
    import shutil
    import subprocess
    from tempfile import TemporaryDirectory

    program = shutil.which("man")
    if program is None:
        return False
    with TemporaryDirectory(prefix="litbase-man-") as folder:
        path = Path(folder) / "litbase.1"
        path.write_text(text, encoding="utf-8")
        return subprocess.run([program, str(path)], check=False).returncode == 0


def tutorial(
    *, start: Annotated[int, Option(("--from",), "Begin at this step; those before it are taken for you.", "STEP")] = 1
) -> int:
    """Learn litbase in ten steps, by doing them, in a library that is thrown away at the end.

    Your own library is not touched and no network is needed. At each step you type the line that is
    shown, or press Return to see it done; q leaves. With --no-input, or in a pipe, all is printed.

    Examples:
      litbase tutorial
      litbase tutorial --from 8
      litbase tutorial --no-input
    """
    from litbase.services import tutorial as service

    lesson = service.lesson()
    if not 1 <= start <= len(lesson.steps):
        raise UsageError(f"there is no step {start}", f"one of 1 to {len(lesson.steps)}")
    asks = session.current.may_ask and console.on_terminal()
    with _practice(lesson) as library:
        for step in lesson.steps[: start - 1]:
            _run_unseen(library, step.words)
        return _taught(library, lesson, start, asks)


def _taught(library: str, lesson: "Lesson", start: int, asks: bool) -> int:
    """Go through the steps from one on; the exit code."""
    _say(lesson.opening)
    if asks and not _goes_on("Return begins, q leaves."):
        return _left(start)
    for number, step in enumerate(lesson.steps[start - 1 :], start):
        console.line()
        console.line(console.Piece(f"Step {number} of {len(lesson.steps)}: {step.title}", "bold"))
        _say(step.about)
        console.line()
        console.line(console.Piece(f"$ {step.line}", "bold green"), indent=4)
        words = _wished(library, step) if asks else step.words
        if words is None:
            return _left(number)
        code = _run(library, words)
        if code != step.code:
            return code
        _say(step.after)
        if asks and number < len(lesson.steps) and not _goes_on("Return goes on, q leaves."):
            return _left(number + 1)
    _say(lesson.closing)
    return 0


def _say(paragraphs: Sequence[str]) -> None:
    for paragraph in paragraphs:
        console.line()
        console.line(paragraph)


def _wished(library: str, step: "Step") -> Sequence[str] | None:
    """Ask until the step is typed or asked for; the words to run, or None where she leaves."""
    from litbase.services.tutorial import answer

    console.line()
    console.line(console.Piece("Type it, or just press Return.", "dim"))
    while True:
        asked = answer(step, _typed())
        if asked.move == "try":
            _run(library, asked.words)
            console.line(console.Piece("And now the step: type it, or just press Return.", "dim"))
        elif asked.move == "again":
            console.line(console.Piece(asked.about, "yellow"))
            console.line(console.Piece("Once more, or just press Return; q leaves.", "dim"))
        else:
            return asked.words if asked.move == "do" else None


def _goes_on(question: str) -> bool:
    console.line()
    console.line(console.Piece(question, "dim"))
    return not _typed().lower().startswith("q")


def _left(number: int) -> int:
    console.line()
    console.line(f"Left at step {number}. To go on from there: litbase tutorial --from {number}")
    return 0


def _typed() -> str:
    """A line from the person, with the keys that shells have for mending it; the end of input leaves."""
    # Not every system has it; `input` uses it where it is loaded.
    with suppress(ImportError):
        import readline  # noqa: F401
    try:
        return input("> ").strip()
    except EOFError:
        return "q"


def _run(library: str, words: Sequence[str]) -> int:
    from . import front

    return front.run(["--library", library, "--no-input", *words])


def _run_unseen(library: str, words: Sequence[str]) -> None:
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        _run(library, words)


@contextmanager
def _practice(lesson: "Lesson") -> Iterator[str]:
    """A library's file in a folder of its own, with the drafts beside it, for as long as it is used."""
    from contextlib import chdir
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="litbase-tutorial-") as folder:
        for name, text in lesson.drafts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        # Her settings stay hers: no style or address of her own has a part in this.
        with chdir(folder), _environment({"LITBASE_CONFIG": f"{folder}/config.toml"}):
            yield f"{folder}/practice.db"


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """The environment with other values, until the block ends."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
