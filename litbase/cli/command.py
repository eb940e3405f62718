"""How a command says what it takes: the parameters of a plain function, annotated.

The declaration is read twice: by `quick`, which parses a well-formed line without loading
anything, and by `full`, where Typer parses the rest, writes the help and completes words.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, get_args

Complete: TypeAlias = Literal["", "citekeys", "concepts", "files", "styles"]
# What a command's function returns: its exit code, or None for 0.
Body: TypeAlias = Callable[..., int | None]


class Argument(NamedTuple):
    """A positional parameter; a `free` one takes words that begin with one dash for text (`-author:stern`)."""

    help: str
    metavar: str = ""
    complete: Complete = ""
    free: bool = False


class Option(NamedTuple):
    """A named parameter; `names` are its spellings, the long one first."""

    names: tuple[str, ...]
    help: str
    metavar: str = ""
    complete: Complete = ""
    choices: tuple[str, ...] = ()


class Parameter(NamedTuple):
    """One parameter of a command: its name in the function, its kind, whether it must be given."""

    name: str
    kind: Literal["flag", "text", "number", "many"]
    required: bool
    default: Any
    spec: Argument | Option


def parameters(body: Body) -> Iterator[Parameter]:
    """The parameters of a command, in the order of its function.

    `inspect` would say the same, for a third of a start.
    """
    annotations: dict[str, Any] = body.__annotations__
    names = [name for name in annotations if name != "return"]
    positional = body.__defaults__ or ()
    count = body.__code__.co_argcount
    defaults = dict(zip(names[count - len(positional) : count], positional, strict=True))
    defaults.update(body.__kwdefaults__ or {})
    for name in names:
        kind = annotations[name].__origin__
        yield Parameter(name, _kind(kind), name not in defaults, defaults.get(name), annotations[name].__metadata__[0])


def _kind(annotation: Any) -> Literal["flag", "text", "number", "many"]:
    if annotation is bool:
        return "flag"
    if annotation is int or int in get_args(annotation):
        return "number"
    return "many" if getattr(annotation, "__origin__", None) is Sequence else "text"


# What many commands take alike.
Json: TypeAlias = Annotated[bool, Option(("--json",), "Print JSON for programs; its shape is a promise.")]
Keys: TypeAlias = Annotated[bool, Option(("--keys",), "Print citekeys only, one a line, for pipes.")]
Key: TypeAlias = Annotated[str, Argument("The source's citekey.", "KEY", "citekeys")]
DryRun: TypeAlias = Annotated[bool, Option(("--dry-run",), "Say what would be done, and do nothing.")]
Yes: TypeAlias = Annotated[bool, Option(("--yes", "-y"), "Do not ask first.")]
