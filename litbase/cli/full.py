"""Typer over the declared commands: help, complaints, completion, and every line that is not plain.

Typer only parses here. The command runs after it has returned, so that an interrupt or an error
in a command is the command's, not the parser's.
"""

import inspect
import io
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

from . import completion, console, quick
from .command import Argument, Body, Parameter, parameters
from .commands import GROUPS, TABLE, Listed

if TYPE_CHECKING:
    import typer

EVERYWHERE = "Everywhere: --library PATH, --quiet, --no-input, --debug (see litbase --help)."


def parse(listed: Listed, line: Sequence[str]) -> dict[str, Any] | int:
    """The values for a command's parameters, or the exit code where Typer has said all there is to say."""
    words = listed.name.split()
    return _run(_app([listed]), [*words, *quick.freed(list(parameters(listed.load())), line)])


def explain(group: str, line: Sequence[str]) -> int:
    """Print the help of a group of commands, or complain about the line; the exit code."""
    found = [listed for listed in TABLE if listed.name.split()[0] == group]
    answer = _run(_app(found), [group, *line])
    return answer if isinstance(answer, int) else 0


def complete() -> int:
    """Answer the shell's question what could come next (in the environment variables Typer has set)."""
    answer = _run(_app(TABLE, completes=True), [])
    return answer if isinstance(answer, int) else 0


def install_completion(shell: str, show: bool) -> int:
    """Print the completion script of a shell, or install it for the user; the exit code."""
    from typer._completion_shared import get_completion_script, install

    if show:
        print(get_completion_script(prog_name="litbase", complete_var="_LITBASE_COMPLETE", shell=shell))
        return 0
    _, path = install(shell=shell, prog_name="litbase", complete_var="_LITBASE_COMPLETE")
    print(f"completion for {shell} is in {path}; new shells have it")
    return 0


def _run(app: "typer.Typer", line: list[str]) -> dict[str, Any] | int:
    import typer
    from typer.exceptions import TyperException

    command = typer.main.get_command(app)
    try:
        answer = command.main(line, prog_name="litbase", complete_var="_LITBASE_COMPLETE", standalone_mode=False)
    except TyperException as error:
        show = getattr(error, "show", None)
        if show is not None:
            told = io.StringIO()
            show(told)
            # It quotes the line, which may hold anything.
            print(console.inert(told.getvalue()), end="", file=sys.stderr)
        return 2
    return answer if isinstance(answer, dict | int) else 0


def _app(commands: Sequence[Listed], completes: bool = False) -> "typer.Typer":
    import typer

    plain: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}
    app = typer.Typer(add_completion=completes, epilog=EVERYWHERE, no_args_is_help=True, **plain)

    @app.callback()
    def root() -> None:
        """litbase: sources, notes and concepts in the terminal, and APA 7 that is right."""

    groups: dict[str, typer.Typer] = {}
    for listed in commands:
        if listed.name in GROUPS and len(commands) > 1:
            continue  # a command that is a group too: the group's name completes to its commands
        *group, name = listed.name.split()
        target = app
        for depth, word in enumerate(group, 1):
            path = " ".join(group[:depth])
            if path not in groups:
                groups[path] = typer.Typer(no_args_is_help=True, **plain)
                target.add_typer(groups[path], name=word, help=GROUPS[path])
            target = groups[path]
        body = listed.load()
        target.command(name, help=_help(body), short_help=listed.help, epilog=EVERYWHERE)(_adapted(typer, body))
    return app


def _help(body: Body) -> str:
    """A command's docstring with its indented examples kept as they stand."""
    return "\n\n".join(
        "\b\n" + paragraph if paragraph.startswith(("  ", "Examples:")) else paragraph
        for paragraph in (inspect.getdoc(body) or "").split("\n\n")
    )


def _adapted(typer: ModuleType, body: Body) -> Callable[..., dict[str, Any]]:
    """A function with Typer's annotations that returns the values it was called with."""

    def collect(**values: Any) -> dict[str, Any]:
        # What was not given stays away, so that the function's own defaults hold.
        return {
            name: value for name, value in values.items() if value is not None and value is not False and value != []
        }

    found = [(parameter, _annotation(typer, parameter)) for parameter in parameters(body)]
    signature = [
        inspect.Parameter(
            parameter.name, inspect.Parameter.KEYWORD_ONLY, default=_default(parameter), annotation=annotation
        )
        for parameter, annotation in found
    ]
    collect.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    collect.__annotations__ = {parameter.name: annotation for parameter, annotation in found}
    collect.__name__ = body.__name__
    return collect


def _default(parameter: Parameter) -> Any:
    if parameter.required:
        return inspect.Parameter.empty
    return [] if parameter.kind == "many" else parameter.default


def _annotation(typer: ModuleType, parameter: Parameter) -> Any:
    kinds: dict[str, Any] = {"flag": bool, "text": str, "number": int, "many": list[str]}
    kind = kinds[parameter.kind]
    if not parameter.required and parameter.default is None:
        kind = kind | None
    spec = parameter.spec
    common: dict[str, Any] = {"help": spec.help, "metavar": spec.metavar or None, "show_default": False}
    if spec.complete and spec.complete != "files":
        common["autocompletion"] = getattr(completion, spec.complete)
    if isinstance(spec, Argument):
        return Annotated[kind, typer.Argument(**common)]
    if spec.choices:
        common["click_type"] = typer.main.TyperChoice(spec.choices)
    return Annotated[kind, typer.Option(*spec.names, **common)]
