"""A PostgreSQL cluster for tests: in a temporary folder, on a loopback port, run by an ordinary user.

    with Cluster() as cluster:
        with library(cluster) as address:      a server’s address, password and all, of a new, empty database

`python tests/cluster.py` keeps one until Enter is pressed, to look at it by hand.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

KEEPER = "keeper"  # the cluster's superuser, as whom no test of litbase runs
OWNER = "shelf_owner"
# Nothing here outlives its test; a standby needs the log of all that is written.
_SETTINGS = {
    "listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off", "max_connections": "60",
    "wal_level": "replica", "max_wal_senders": "4", "hot_standby": "on", "lc_messages": "C",
    "shared_buffers": "64MB", "wal_sender_timeout": "2s", "wal_receiver_timeout": "2s",
}  # fmt: skip


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, where they are installed."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*packaged, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def user() -> str | None:
    """Whom the cluster runs as: the one who runs the tests, but no system administrator; None where there is nobody."""
    import pwd

    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


def missing() -> str:
    """Why no cluster can be made; empty where one can."""
    if os.name == "nt":
        return "clusters for tests are made on POSIX systems only"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if programs() is None:
        return "PostgreSQL's server is not installed"
    return "" if user() else "there is no ordinary user to run PostgreSQL as"


class Cluster:
    """A cluster, or a standby of one, that is there as long as the block."""

    def __init__(self, primary: "Cluster | None" = None) -> None:
        folder = programs()
        assert folder is not None, missing()
        self._programs = folder
        self._folder = Path(tempfile.mkdtemp(prefix="litbase-pg-"))
        self.data = self._folder / "data"
        self.port = _free_port()
        self.secret = primary.secret if primary else secrets.token_urlsafe(12)
        self._primary = primary
        self._count = 0

    def __enter__(self) -> "Cluster":
        try:
            self._make()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    # -- its life

    def _make(self) -> None:
        if not os.geteuid():
            shutil.chown(self._folder, user())
        if self._primary:
            address = f"host=127.0.0.1 port={self._primary.port} user={KEEPER} password={self.secret}"
            self._run("pg_basebackup", "-D", str(self.data), "-d", address, "-R", "-X", "stream", "-c", "fast")
        else:
            password = self._folder / "password"
            password.write_text(self.secret)
            password.chmod(0o644)
            wanted = (
                "-U",
                KEEPER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                str(password),
                "-E",
                "UTF8",
                "--locale",
                "C.UTF-8",
            )
            self._run("initdb", "-D", str(self.data), "-N", *wanted)
            self._write("pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n"
                        "host replication all 127.0.0.1/32 scram-sha-256\n")  # fmt: skip
        settings = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._folder)}
        self._write("litbase.conf", "".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        if not self._primary:
            with (self.data / "postgresql.conf").open("a") as file:
                file.write("include 'litbase.conf'\n")

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text)
        if not os.geteuid():
            shutil.chown(path, user())

    def start(self) -> None:
        """Run it, and wait until it answers."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self._folder / "log"), "start")
        if self._primary is None and self._count == 0:
            self.sql(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{self.secret}'")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGKILL)
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def promote(self) -> None:
        """Make a standby the primary."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def log(self) -> str:
        """What the server has written down."""
        return (self._folder / "log").read_text(errors="replace")

    def _run(self, program: str, *arguments: str) -> None:
        import pwd

        as_whom = (
            {} if os.geteuid() else {"user": user(), "group": pwd.getpwnam(str(user())).pw_gid, "extra_groups": []}
        )
        subprocess.run(
            [self._programs / program, *arguments],
            check=True,
            cwd=self._folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            **as_whom,
        )

    # -- what is in it

    def sql(self, statement: str, database: str = "postgres", role: str = KEEPER) -> list[tuple]:
        """Ask something as the superuser, or as another role."""
        import psycopg

        with psycopg.connect(self.url(database, role), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def database(self) -> str:
        """A new, empty database of its owner's."""
        self._count += 1
        name = f"shelf{self._count}"
        self.sql(f"CREATE DATABASE {name} OWNER {OWNER}")
        return name

    def drop(self, database: str) -> None:
        """Take a database away."""
        self.sql(f"DROP DATABASE {database} WITH (FORCE)")

    def url(self, database: str, role: str = OWNER, *others: "Cluster") -> str:
        """The address of a database, password and all; with `others`, of whichever server has it."""
        hosts = ",".join(f"127.0.0.1:{one.port}" for one in (self, *others))
        return f"postgresql://{role}:{self.secret}@{hosts}/{database}"


@contextlib.contextmanager
def library(cluster: Cluster) -> Iterator[str]:
    """The address of a database for one test."""
    name = cluster.database()
    try:
        yield cluster.url(name)
    finally:
        cluster.drop(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    if missing():
        sys.exit(missing())
    with Cluster() as made, library(made) as where:
        input(f"{where}\nEnter takes it away. ")
