"""Where a library is: in a file, by its path, or on a server, by its address."""

from pathlib import Path
from typing import TypeAlias

_SCHEMES = ("postgresql://", "postgres://")


class Server:
    """A library on a PostgreSQL server. Shown anywhere, it is its address without password and options.

    `address` is what libpq takes. `folder` is for what stays on this machine: lookups, texts in the editor.
    """

    __slots__ = ("address", "folder")

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.folder = folder

    @property
    def database(self) -> str:
        """The database that the address names; empty where it leaves that to a service file."""
        return shown(self.address).partition("://")[2].partition("/")[2]

    def __str__(self) -> str:
        return shown(self.address)

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Server) and other.address == self.address

    def __hash__(self) -> int:
        return hash(self.address)


Place: TypeAlias = Path | Server


def is_address(text: str) -> bool:
    """Whether a text is a server's address and not a path."""
    return text.startswith(_SCHEMES)


def shown(address: str) -> str:
    """An address without its password and options, also where it is misspelt: all before the last @ may be secret."""
    scheme, _, rest = address.partition("://")
    before, at, after = rest.rpartition("@")
    user = before.partition(":")[0]
    if any(sign in user for sign in "/?#@"):
        user = "…"
    return f"{scheme}://{user}{at}{after.partition('?')[0].partition('#')[0]}"


def without_password(address: str) -> str:
    """An address as it may be remembered: its password left out, its options kept."""
    plain, _, options = address.partition("?")
    kept = [one for one in options.split("&") if one and "password" not in one.partition("=")[0].lower()]
    return "?".join([shown(plain), *(["&".join(kept)] if kept else [])])


def folder(place: Place) -> Path:
    """The folder on this machine that a library's own files lie in: beside it, or kept for its server."""
    return place.folder if isinstance(place, Server) else place.parent
