"""psycopg's layer over libpq, loaded without what litbase never uses of psycopg.

`import psycopg` loads its asynchronous half too, asyncio with it, and makes adapters for every type of PostgreSQL's:
that costs two to three times what a whole command costs otherwise. `psycopg.pq` needs none of it, but Python runs
a package before a module of it. So the packages on the way wait: such a package is there by its name, its modules
can be had, and it runs as soon as anybody, litbase or not, asks it for anything else.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Self

# `psycopg_binary` asks for its own version's number, which takes all of importlib.metadata; `ctypes.util` looks for
# libraries, by psycopg's pure Python half alone.
_WAITING = ("psycopg", "psycopg_binary", "ctypes.util")


class _Waiting(ModuleType):
    """A module that runs when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if "__path__" in vars(self) and find_spec(f"{self.__name__}.{name}"):
            return import_module(f"{self.__name__}.{name}")
        spec = self.__spec__
        # Whether it is a package is asked of every module that something is imported from.
        if spec is None or spec.loader is None or name == "__path__":
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec.loader.exec_module(self)
        return getattr(self, name)


def load() -> None:
    """Have `psycopg.pq` and `psycopg.errors` loaded.

    Raises: ImportError where psycopg, or libpq for it, is not installed.
    """
    if "psycopg.pq" not in sys.modules:
        for name in _WAITING:
            _wait(name)
        # All that psycopg.errors wants of asyncio.
        asyncio = _wait("asyncio")
        if isinstance(asyncio, _Waiting):
            vars(asyncio)["CancelledError"] = import_module("asyncio.exceptions").CancelledError
        # And all that psycopg.pq wants of what is there for older Pythons, typing_extensions among it.
        compat = _wait("psycopg._compat")
        if isinstance(compat, _Waiting):
            vars(compat)["Self"] = Self
    import_module("psycopg.pq")


def _wait(name: str) -> ModuleType | None:
    """A module that waits; the one there is, where it has been loaded, and none where it cannot be found."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None:
        return None
    module = sys.modules[name] = module_from_spec(spec)
    module.__class__ = _Waiting
    package, _, own = name.rpartition(".")
    if package:
        setattr(import_module(package), own, module)
    return module
