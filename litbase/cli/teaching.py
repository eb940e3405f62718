"""`man` and `tutorial`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from . import console
from .command import Argument, Body, Option, parameters
from .commands import PARTS, TABLE, Listed

if TYPE_CHECKING:
    from litbase.services.manual_page import Command


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
    from pathlib import Path
    from tempfile import TemporaryDirectory

    program = shutil.which("man")
    if program is None:
        return False
    with TemporaryDirectory(prefix="litbase-man-") as folder:
        path = Path(folder) / "litbase.1"
        path.write_text(text, encoding="utf-8")
        return subprocess.run([program, str(path)], check=False).returncode == 0
