"""A parser for lines that are plainly right, so that they need not wait for Typer to load.

It understands exact option names, `--name value`, `--name=value`, flags, words and `--`. On
anything else it steps aside and Typer parses, helps or complains. tests/test_cli_quick.py holds
the two to the same answer on every line that this one takes.
"""

from collections.abc import Sequence
from typing import Any

from .command import Argument, Body, Option, Parameter, parameters


def parse(body: Body, line: Sequence[str]) -> dict[str, Any] | None:
    """The values for a command's parameters, or None where Typer must look at the line."""
    declared = list(parameters(body))
    options = {name: option for option in declared if isinstance(option.spec, Option) for name in option.spec.names}
    values: dict[str, Any] = {}
    words: list[str] = []
    rest = freed(declared, line)
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        option = options.get(name)
        if option is None or (equals and (option.kind == "flag" or not name.startswith("--"))):
            return None
        if option.kind != "flag" and not equals:
            if not rest or rest[0].startswith("-"):
                return None
            value = rest.pop(0)
        if not _take(option, value, values):
            return None
    return values if _place(words, declared, values) else None


def freed(declared: Sequence[Parameter], line: Sequence[str]) -> list[str]:
    """The line with all its words behind `--`, where an argument takes words with a dash for text.

    Such a command has no short options run together: `-author:stern` is a word, not `-a uthor:stern`.
    """
    if not any(isinstance(parameter.spec, Argument) and parameter.spec.free for parameter in declared):
        return list(line)
    valued = {
        name: parameter.kind != "flag"
        for parameter in declared
        if isinstance(parameter.spec, Option)
        for name in parameter.spec.names
    }
    options: list[str] = []
    words: list[str] = []
    rest = list(line)
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        if word.startswith("--") or word in valued:
            options.append(word)
            if valued.get(word) and rest:
                options.append(rest.pop(0))
        else:
            words.append(word)
    return [*options, "--", *words] if words else options


def _take(parameter: Parameter, value: str, values: dict[str, Any]) -> bool:
    """Put an option's value among the values; whether it is of the right kind."""
    assert isinstance(parameter.spec, Option)
    if parameter.spec.choices and value not in parameter.spec.choices:
        return False
    if parameter.kind == "flag":
        values[parameter.name] = True
    elif parameter.kind == "many":
        values.setdefault(parameter.name, []).append(value)
    elif parameter.kind == "number":
        if not (value.isascii() and value.isdigit()):
            return False
        values[parameter.name] = int(value)
    else:
        values[parameter.name] = value
    return True


def _place(words: list[str], declared: Sequence[Parameter], values: dict[str, Any]) -> bool:
    """Give the words to the arguments, in order; whether they fit."""
    arguments = [parameter for parameter in declared if isinstance(parameter.spec, Argument)]
    for position, parameter in enumerate(arguments):
        last = position == len(arguments) - 1
        if parameter.kind == "many" and last:
            if words:
                values[parameter.name], words = words, []
        elif parameter.kind in ("many", "number"):
            return False
        elif words:
            values[parameter.name] = words.pop(0)
        if parameter.required and parameter.name not in values:
            return False
    return not words
