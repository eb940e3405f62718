"""A practice of three: the owner of a library on a server, and Anna and Ben, its members."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster import OWNER, Cluster
from cluster import library as database

from litbase.place import Server
from litbase.services import share


@contextmanager
def practice(cluster: Cluster, folder: Path) -> Iterator[dict[str, Server]]:
    """The library as each of them opens it: `owner`, `anna`, `ben`."""
    cluster.sql(f"ALTER ROLE {OWNER} CREATEROLE")
    with database(cluster) as address:
        owner = Server(address, folder)
        share.init(owner)
        for name in ("anna", "ben"):
            share.invite(owner, name)
            cluster.sql(f"ALTER ROLE {name} PASSWORD '{cluster.secret}'")
        yield {
            "owner": owner,
            **{name: Server(address.replace(OWNER, name), folder) for name in ("anna", "ben")},
        }
    cluster.sql(f"ALTER ROLE {OWNER} NOCREATEROLE")
