"""Where litbase's files are, and the few settings a person has made."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from litbase.errors import BadInput, LibraryError
from litbase.place import Place, Server, is_address

# What `config` knows, and the values of a setting that does not take any text.
KNOWN: dict[str, tuple[str, ...]] = {"mailto": (), "paper": ("letter", "a4")}
# Source: XDG Base Directory Specification: the variable, and where the folder is without it, below the home folder.
_XDG = {"user_data_path": ("XDG_DATA_HOME", ".local/share"), "user_config_path": ("XDG_CONFIG_HOME", ".config")}


def library_place(option: str | None = None) -> Place:
    """Where the library is: the option, else LITBASE_LIBRARY, else `library.db` in the user's data folder.

    Raises: LibraryError where there is no home folder to put it in.
    """
    chosen = option or os.environ.get("LITBASE_LIBRARY")
    if chosen and is_address(chosen):
        return _server(chosen)
    if chosen:
        return _expanded(chosen)
    return _folder("user_data_path") / "library.db"


def _server(address: str) -> Server:
    from hashlib import sha256

    # A folder of its own for each library, whose name tells nothing and does not change with the password.
    digest = sha256(str(Server(address, Path())).encode()).hexdigest()[:16]
    return Server(address, _folder("user_data_path") / "servers" / digest)


def config_path() -> Path:
    """The file of settings: LITBASE_CONFIG, else `config.toml` in the user's configuration folder."""
    chosen = os.environ.get("LITBASE_CONFIG")
    return _expanded(chosen) if chosen else _folder("user_config_path") / "config.toml"


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise LibraryError(f"cannot tell whose home folder {path} is in", "give a whole path") from error


def _folder(kind: str) -> Path:
    # Where platformdirs would find it too; its import costs as much as half of what a command may.
    variable, usual = _XDG[kind]
    if sys.platform == "linux" and os.environ.get("HOME", "").startswith("/"):
        chosen = os.environ.get(variable, "").strip()
        return Path(chosen if chosen.startswith("/") else f"{os.environ['HOME']}/{usual}") / "litbase"
    import platformdirs

    try:
        path: Path = getattr(platformdirs, kind)("litbase", appauthor=False)
    except RuntimeError as error:
        raise LibraryError("there is no home folder", "name the library with --library or LITBASE_LIBRARY") from error
    return path


def settings() -> dict[str, Any]:
    """The settings as they stand in the file; empty where there is none.

    Raises: BadInput where the file is not TOML.
    """
    import tomllib

    path = config_path()
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as TOML: {error}", "mend the file, or move it away") from error
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {error.strerror}", "check the path") from error


def setting(name: str) -> str:
    """A setting as it stands in the file; empty where it is not set.

    Raises: BadInput where the file is not TOML, or holds a value that the setting does not take.
    """
    value = str(settings().get(name) or "").strip()
    return _fitting(name, value) if value else ""


def _fitting(name: str, value: str) -> str:
    choices = KNOWN[name]
    if choices and value.lower() not in choices:
        raise BadInput(f"{name} cannot be “{value}”", f"litbase config set {name} {'|'.join(choices)}")
    return value.lower() if choices else value


def save(name: str, value: str) -> Path:
    """Set one setting and write the file whole, for its owner only; the path written.

    Raises: BadInput for a value that it does not take; LibraryError where the file cannot be written.
    """
    import json

    values = {**settings(), name: _fitting(name, value)}
    # A TOML basic string takes JSON's escapes.
    lines = [f"{key} = {json.dumps(text)}" for key, text in values.items() if isinstance(text, str)]
    path = config_path()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        handle = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise LibraryError(f"cannot write {path}: {error.strerror}", "check the path") from error
    return path
