"""Faults of the table (tests/faults.md) that have no better place, and the table held to the tests it names."""

import gzip
import http.server
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from bombs import MEGABYTE, weighed
from conftest import ROOT, Ran
from fuzz import kept

Run = Callable[..., Ran]
TABLE = ROOT / "tests" / "faults.md"


def test_every_fault_has_a_test_that_is_there() -> None:
    """The table names for each fault the tests that bring it about, as `file::name`."""
    rows = dict(re.findall(r"^\| (\w\d+) \| .*? \| (.*?) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    counts = {"K": 6, "D": 7, "C": 7, "V": 3, "N": 11, "I": 17, "S": 6}
    assert set(rows) == {f"{kind}{number + 1}" for kind, count in counts.items() for number in range(count)}
    for fault, named in rows.items():
        tests = re.findall(r"`([\w/]+)::(\w+)`", named)
        assert tests, fault
        for room, name in tests:
            text = (ROOT / "tests" / f"{room}.py").read_text(encoding="utf-8")
            assert re.search(rf"^\s*(?:def|class) {name}\b", text, re.MULTILINE), (fault, room, name)


# ---- N9


@pytest.fixture
def swelling() -> Iterator[str]:
    """A server whose every answer is half a megabyte that opens to five hundred."""
    body = gzip.compress(b" " * MEGABYTE, 9) * 500

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in (("Content-Type", "application/json"), ("Content-Encoding", "gzip")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # the reader has had enough
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells memory otherwise")
def test_an_answer_that_swells_takes_no_memory(swelling: str, tmp_path: Path) -> None:
    ran = weighed(("add", "10.1234/swelling"), tmp_path, {"LITBASE_CROSSREF_URL": swelling})
    assert ran.code == 4
    assert ran.memory < 150 * MEGABYTE


# ---- I8, I9


def test_no_format_is_read_by_a_spreadsheet() -> None:
    """Nothing litbase writes is CSV; were there such a format, cells beginning with = + - @ had to be made inert."""
    from litbase.cli.exchanging import WRITTEN
    from litbase.render import FORMATS

    assert not {"csv", "tsv", "xlsx"} & {*FORMATS, *WRITTEN}


KEYS = ["../../x", "..", "CON", "nul", "a/b", "a\\b", "/etc/passwd", "C:x", "x" * 300, "-rf", "é", ".", "a\nb"]


@pytest.mark.parametrize("key", KEYS)
def test_no_citekey_leads_out_of_a_folder(run: Run, tmp_path: Path, key: str) -> None:
    """An export may name its sources as it likes; the folder it is split into holds a plain file for each."""
    lines = [json.loads(line) for line in kept("jsonl")[0].splitlines()]
    for line in lines:
        if line.get("source", {}).get("citekey") == "stern2004":
            line["source"]["citekey"] = key
    path, folder = tmp_path / "odd.jsonl", tmp_path / "in" / "folder"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    folder.parent.mkdir()
    assert run("import", str(path)).code == 0
    before = {one for one in tmp_path.rglob("*") if folder not in one.parents}
    assert run("export", "--split", str(folder)).code == 0
    assert {one for one in tmp_path.rglob("*") if folder not in (one, *one.parents)} == before
    written = [one.name for one in (folder / "sources").iterdir()]
    assert len(written) == 2
    for name in written:
        assert re.fullmatch(r"[\w%.-]{1,120}\.json", name)
        assert name.partition(".")[0] not in ("con", "nul")
    there = ("--library", str(tmp_path / "other.db"))
    assert run(*there, "import", str(folder)).code == 0
    assert run(*there, "list", "--keys").out == run("list", "--keys").out


# ---- I15, I16, I17


def test_a_note_of_ten_megabytes_is_kept_or_refused(shelf: Run, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "litbase", "note", "add", "tronick1989", "-"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    text = "A long note. \x00\x1b[31m\n" * (10 * MEGABYTE // 20)
    done = subprocess.run(line, input=text, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr) in ((0, False), (5, False))
    assert "A long note" not in done.stderr
    shown = shelf("note", "list", "tronick1989", "--json").json["notes"]
    assert len(shown) == (2 if done.returncode == 0 else 1)
    assert not any("\x00" in one["text"] or "\x1b" in one["text"] for one in shown)


@pytest.mark.parametrize(("encoding", "code"), [("utf-16", 5), ("cp1252", 5), ("utf-8-sig", 0)])
def test_a_note_in_another_encoding_is_told(shelf: Run, encoding: str, code: int) -> None:
    line = [sys.executable, "-m", "litbase", "note", "add", "tronick1989", "-"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, input="Käll, née".encode(encoding), env=env, capture_output=True, check=False)
    assert done.returncode == code
    assert (b"is not UTF-8" in done.stderr) == bool(code)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("line", [["refs"], ["show", "tronick1989"], ["--help"], ["show", "nobödy’s字"]])
def test_a_screen_of_few_letters_breaks_nothing(shelf: Run, encoding: str, line: list[str]) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-m", "litbase", *line], env=env, capture_output=True, check=False)
    assert done.returncode == (3 if line[-1].startswith("no") else 0)
    assert b"Traceback" not in done.stderr


def test_an_editor_in_a_folder_with_blanks_and_an_option(shelf: Run, tmp_path: Path, monkeypatch) -> None:
    """As `code --wait`: the option is the editor's; a shell's signs are letters."""
    editor = tmp_path / "my editor; touch bad"
    editor.write_text('#!/bin/sh\n[ "$1" = --wait ] || exit 9\nprintf "Written there" > "$2"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    monkeypatch.chdir(tmp_path)
    assert shelf("note", "add", "tronick1989").code == 0
    assert shelf("note", "list", "tronick1989", "--json").json["notes"][-1]["text"] == "Written there"
    assert not list(tmp_path.glob("bad*"))


# ---- S1, S2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_whatever_the_umask_nothing_is_open_to_others(spawn: Run, tmp_path: Path, library: Path, umask: int) -> None:
    private = tmp_path / "private.jsonl"
    before = os.umask(umask)
    try:
        for line in (
            ("add", "10.1037/pst0000185", "--offline", "--note", "Hers."),
            ("config", "set", "mailto", "her@example.org"), ("backup",), ("refs",),
            ("export", "--with-private", "-o", str(private)),
        ):  # fmt: skip
            shown = spawn(*line)
            assert shown.code == 0, (line, shown)
    finally:
        os.umask(before)
    config = Path(os.environ["LITBASE_CONFIG"])
    for path in (private, library, config, *library.parent.rglob("*"), library.parent, config.parent):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_an_address_is_in_the_settings_alone(crossref, run: Run, tmp_path: Path, library: Path, monkeypatch) -> None:
    """The address for Crossref: not in the library, an export, an error, or what --debug shows."""
    address = "canary.address@example.org"
    monkeypatch.setenv("LITBASE_CROSSREF_URL", crossref.url)
    assert run("config", "set", "mailto", address).code == 0
    assert run("add", "10.5555/jrp.2015.0012").code == 0
    told = []
    for line in (
        ("export", "--with-private"), ("--debug", "add", "10.5555/none.such"), ("history", "--json"), ("doctor",),
        ("show", "--json", *run("list", "--keys").lines[:1]), ("--debug", "refs", "--style", "none such"), ("backup",),
    ):  # fmt: skip
        shown = run(*line)
        told += [shown.out, shown.err]
    assert not any(address in one for one in told)
    for path in library.parent.rglob("*"):
        assert path.is_dir() or address.encode() not in path.read_bytes(), path
