"""Interruptions, pipes, folders that are not what they should be, read-only disks, and migrations that fail."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import records
from conftest import ROOT, Ran
from crossref_sim import Sim
from faults import may_mount

from litbase import __main__
from litbase.store import backups, files, schema
from litbase.store.reader import Reader

Run = Callable[..., Ran]


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Sim]:
    """A stand-in for Crossref that takes its time with each list of records."""
    with Sim([records.write(tmp_path / "many.jsonl", records.many(150))]) as sim:
        sim.fault("slow", n=-1, match="filter=", s=1.0)
        yield sim


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_stopped_keeps_what_it_has(library: Path, slow: Sim, number: int, code: int) -> None:
    dois = [record["DOI"] for record in records.many(150)]
    process = subprocess.Popen(
        [sys.executable, "-m", "litbase", "add", *dois],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LITBASE_CROSSREF_URL": slow.url, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in err
    printed = [line.split("\t")[0] for line in (first + out).splitlines()]
    assert 0 < len(printed) < 150
    assert f"of {len(dois)}" in err
    with Reader(library) as reader:
        assert set(printed) <= set(reader.citekeys())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_an_interrupt_at_a_prompt(shelf: Run, library: Path) -> None:
    import pty

    child, handle = pty.fork()
    if not child:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "litbase", "remove", "tronick1989"])
    told = b""
    while b"[y/N]" not in told:
        told += os.read(handle, 4096)
    os.write(handle, b"\x03")
    _, status = os.waitpid(child, 0)
    os.close(handle)
    assert os.waitstatus_to_exitcode(status) == 130
    assert shelf("show", "tronick1989").code == 0


def test_an_interrupt_before_anything_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "litbase.cli.front":
                raise KeyboardInterrupt

    for name in [name for name in sys.modules if name.startswith("litbase.cli.front")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130


@pytest.mark.skipif(os.name == "nt", reason="the line is a shell's")
@pytest.mark.parametrize("line", ["list", "list --json", "refs", "--help", "show deyoung2015 tronick1989"])
def test_a_reader_that_has_had_enough(shelf: Run, line: str) -> None:
    script = f'set -o pipefail; "{sys.executable}" -m litbase {line} | true'
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="the line is a shell's")
@pytest.mark.parametrize("line", ["show nobody", "--library /dev/null list", "show nobody --json"])
def test_an_error_that_nobody_hears_has_its_exit_code(shelf: Run, line: str) -> None:
    script = f'"{sys.executable}" -m litbase {line} 2>&1 | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == (6 if "null" in line else 3)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no such pipes")
def test_a_pipe_by_name_is_read_once_and_whole(spawn: Run, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@book{a, title={First}}\n@book{b, title={Second}}\n")
    script = f'exec "{sys.executable}" -m litbase import <(cat {tmp_path / "refs.bib"})'
    done = subprocess.run(["bash", "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0
    assert len(spawn("list", "--keys").lines) == 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such device")
@pytest.mark.parametrize("line", [["import"], ["check"], ["format"], ["add", "--from-csl"], ["refs", "--style"]])
def test_a_file_without_end_is_refused(shelf: Run, line: list[str]) -> None:
    assert shelf(*line, "/dev/zero").code in (3, 5)


@pytest.mark.parametrize("line", [["--library", "", "list"], ["--library=", "list"], ["list", "--library"]])
def test_a_library_without_a_name_is_not_the_users_own(shelf: Run, line: list[str]) -> None:
    assert shelf(*line).code == 2


class TestWhereItCannotBe:
    def test_a_file_in_the_folders_place(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        for line in (("add", "10.1037/pst0000185", "--offline"), ("list",), ("backup",), ("doctor",)):
            shown = run("--library", str(tmp_path / "file" / "library.db"), *line)
            assert shown.code in (3, 6), (line, shown)
            assert "file" in shown.err
        assert (tmp_path / "file").read_text() == "x"

    def test_a_folder_in_the_files_place(self, run: Run, tmp_path: Path) -> None:
        for line in (
            ("add", "10.1037/pst0000185", "--offline"),
            ("list",),
            ("doctor",),
            ("backup", "restore", "--yes"),
        ):
            assert run("--library", str(tmp_path), *line).code in (1, 3, 6), line
        assert tmp_path.is_dir()

    @pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
    def test_links_that_go_round(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "one").symlink_to(tmp_path / "two")
        (tmp_path / "two").symlink_to(tmp_path / "one")
        for line in (("add", "10.1037/pst0000185", "--offline"), ("list",), ("doctor",)):
            for place in ("one", "one/library.db"):
                assert run("--library", str(tmp_path / place), *line).code in (1, 3, 6), (line, place)

    def test_no_home(self, spawn: Run, tmp_path: Path) -> None:
        nowhere = {"LITBASE_LIBRARY": "~nobody-of-that-name/library.db"}
        shown = spawn("list", env=nowhere)
        assert shown.code == 6
        assert "home folder" in shown.err

    @pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")
    def test_a_link_to_a_library_is_that_library(self, shelf: Run, library: Path, tmp_path: Path) -> None:
        link = tmp_path / "link.db"
        link.symlink_to(library)
        assert len(shelf("--library", str(link), "list", "--keys").lines) == 6
        assert shelf("--library", str(link), "note", "add", "tronick1989", "By the link.").code == 0
        assert len(shelf("note", "list", "tronick1989", "--json").json["notes"]) == 2
        assert shelf("--library", str(link), "backup").code == 0
        assert shelf("--library", str(link), "backup", "restore", "--yes").code == 0
        assert len(shelf("list", "--keys").lines) == 6
        assert link.is_symlink()


def test_a_read_only_disk_is_read(shelf: Run, library: Path, tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("only the system administrator may mount a read-only disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)
    try:
        (disk / "library.db").write_bytes(library.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        there = ("--library", str(disk / "library.db"))
        for line in (("list",), ("search", "repair"), ("show", "tronick1989"), ("refs",), ("note", "list")):
            assert shelf(*there, *line).code == 0, line
        for line in (
            ("note", "add", "tronick1989", "x"), ("tag", "tronick1989", "repair"), ("remove", "tronick1989", "--yes"),
            ("add", "10.1111/famp.12171", "--offline"), ("backup",), ("purge", "tronick1989", "--yes"), ("undo",),
        ):  # fmt: skip
            shown = shelf(*there, *line)
            assert shown.code == 6, (line, shown)
            assert str(disk) in shown.err
        assert shelf(*there, "doctor").code in (0, 1)
        assert shelf("refs", "-o", str(disk / "page.txt")).code == 6
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_a_list_is_written_over_nothing_by_accident(shelf: Run, tmp_path: Path, form: str) -> None:
    target, folder = tmp_path / "page", tmp_path / "folder"
    target.write_text("mine")
    (folder / "inside").mkdir(parents=True)
    line = ("refs", "--format", form, "-o")
    assert shelf(*line, str(target)).code == 5
    assert target.read_text() == "mine"
    assert shelf(*line, str(folder), "--force").code == 5
    assert (folder / "inside").is_dir()
    assert shelf(*line, str(tmp_path / "none" / "page")).code == 6
    assert shelf(*line, str(target), "--force").code == 0
    assert target.read_bytes() != b"mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_migration_that_fails_leaves_everything(shelf: Run, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(library)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = library.read_bytes()

    def fail(connection: sqlite3.Connection, written_by: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("CREATE TABLE half (x)")
            connection.execute("INSERT INTO nowhere VALUES (1)")
        finally:
            connection.execute("ROLLBACK")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrate", fail)
        shown = shelf("list")
    assert shown.code == 6
    (backup,) = backups.backups(library)
    assert str(backup.path) in shown.err
    assert files.schema_of(library) == 1
    assert library.read_bytes() == before
    assert shelf("list").code == 0
    assert files.schema_of(library) == schema.SCHEMA


def test_a_killed_writers_journal_is_played_back_by_the_next_reader(shelf: Run, library: Path) -> None:
    before = shelf("list", "--json").out
    script = (
        "import sqlite3, os, signal, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE');"
        "[c.execute('UPDATE source SET title = ?', ('x' * n,)) for n in range(1, 3000, 300)];"
        "c.execute('UPDATE change SET command = ?', ('y' * 9000,)); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(library)], check=False)
    assert library.with_name("library.db-journal").exists()
    assert shelf("list", "--json").out == before
    assert not library.with_name("library.db-journal").exists()


def test_a_journal_of_another_library_does_no_harm(shelf: Run, library: Path) -> None:
    before = shelf("list", "--json").out
    library.with_name("library.db-journal").write_bytes(os.urandom(9000))
    assert shelf("list", "--json").out == before
    assert shelf("note", "add", "tronick1989", "Another.").code == 0
