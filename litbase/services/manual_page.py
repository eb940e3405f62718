"""The manual page: the help of all commands as one page for `man`, and where a person's own pages lie.

Source: groff_man(7), groff_man_style(7), "Portability" (what renders as an ASCII character must be escaped).
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from litbase import __version__
from litbase.errors import LibraryError, LitbaseError
from litbase.store import files

from . import saving


class Command(NamedTuple):
    """A command as its help tells it.

    `name` stands without `litbase`, `arguments` as in its usage line. `about` holds paragraphs; one that
    begins with a blank is kept line by line. `options` are their names, what they take, and what they do.
    """

    name: str
    arguments: str
    about: tuple[str, ...]
    options: tuple[tuple[tuple[str, ...], str, str], ...]
    examples: tuple[str, ...]


class Part(NamedTuple):
    """The commands that serve one part of the work, under its heading."""

    title: str
    commands: tuple[Command, ...]


_EVERYWHERE = (
    (("--library",), "PATH", "The library to use; else LITBASE_LIBRARY; else your own."),
    (("--quiet", "-q"), "", "Say nothing beyond what was asked for."),
    (("--no-input",), "", "Never ask, also on a terminal."),
    (("--debug",), "", "Show where an error comes from."),
    (("--version", "--help"), "", "Say which litbase this is; list its commands."),
)
_ENVIRONMENT = (
    ("LITBASE_LIBRARY", "The library's file, or postgresql://…, where --library names none."),
    ("LITBASE_CONFIG", "The file of settings; your own CSL styles and words lie beside it."),
    ("LITBASE_DEBUG", "Anything: as --debug."),
    ("VISUAL, EDITOR", "The editor that opens for notes and sources."),
    ("NO_COLOR", "Anything: no colours."),
)
# The errors' own codes come from the errors.
_EXIT_CODES = (
    (0, "All is well."),
    (1, "Nothing was found; or, of check, there are findings."),
    (70, "A fault in litbase itself."),
    (130, "Interrupted."),
    (143, "Terminated."),
)
# Characters that roff would print as others, or take for its own.
_ESCAPES = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
_ESCAPED = re.compile(r"[\\\-'`^~\"]")


def page(parts: Sequence[Part]) -> str:
    """The manual page of these commands, in the language of `man`."""
    return "\n".join(_lines(parts)) + "\n"


def install(text: str) -> Path:
    """Put a manual page where `man` finds a person's own; the file written.

    Raises: LibraryError where it cannot be written.

    Source: XDG Base Directory Specification; manpath(5).
    """
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    path = Path(base).expanduser() / "man" / "man1" / "litbase.1"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"cannot make {path.parent}: {files.reason(error)}", "check the path") from error
    saving.save(path, text, force=True)
    return path


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    yield "'\\\" -*- coding: utf-8 -*-"
    yield f'.TH LITBASE 1 "" "litbase {__version__}" "User commands"'
    yield ".SH NAME"
    yield "litbase \\- sources, notes and concepts, and APA 7 that is right"
    yield ".SH SYNOPSIS"
    yield "\\fBlitbase\\fR \\fICOMMAND\\fR \\&..."
    yield ".SH DESCRIPTION"
    yield from _paragraph(
        "litbase keeps the works you read by their DOIs, with your notes and the concepts they speak to; "
        "finds them again while you write; and writes citations and reference lists in APA 7. "
        "Notes are private unless made public. litbase tutorial shows it in ten steps."
    )
    for part in parts:
        yield f".SH {_written(part.title.upper())}"
        for command in part.commands:
            yield from _command(command)
    yield ".SH OPTIONS OF ALL COMMANDS"
    yield from _options(_EVERYWHERE)
    yield ".SH ENVIRONMENT"
    yield from _terms(_ENVIRONMENT)
    yield ".SH EXIT STATUS"
    yield from _terms((str(code), about) for code, about in sorted((*_EXIT_CODES, *_errors())))


def _errors() -> Iterator[tuple[int, str]]:
    """The exit codes of litbase's errors, with what each stands for."""
    for kind in LitbaseError.__subclasses__():
        yield kind.exit_code, (kind.__doc__ or "").partition("\n")[0]


def _command(command: Command) -> Iterator[str]:
    yield f".SS litbase {_written(' '.join([command.name, command.arguments]).strip())}"
    for paragraph in command.about:
        if paragraph.startswith(" "):
            yield from _literal(paragraph.splitlines())
        else:
            yield from _paragraph(paragraph)
    yield from _options(command.options)
    if command.examples:
        yield ".PP"
        yield "Examples:"
        yield from _literal(command.examples)


def _paragraph(text: str) -> Iterator[str]:
    yield ".PP"
    yield _written(" ".join(text.split()))


def _literal(lines: Iterable[str]) -> Iterator[str]:
    """Lines that are printed as they stand."""
    yield from (".PP", ".RS 4", ".EX")
    yield from (_written(line) for line in lines)
    yield from (".EE", ".RE")


def _options(options: Iterable[tuple[tuple[str, ...], str, str]]) -> Iterator[str]:
    for names, takes, about in options:
        yield ".TP"
        yield ", ".join(f"\\fB{_written(name)}\\fR" for name in names) + (
            f" \\fI{_written(takes)}\\fR" if takes else ""
        )
        yield _written(about)


def _terms(terms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, about in terms:
        yield ".TP"
        yield f"\\fB{_written(term)}\\fR"
        yield _written(about)


def _written(text: str) -> str:
    """Text in roff that prints as it is, also at the beginning of a line."""
    safe = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)
    return f"\\&{safe}" if safe.startswith(".") else safe
