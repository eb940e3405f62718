"""The manual page: all the help, as `man` will print it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase.cli import console
from litbase.cli.command import Option, parameters
from litbase.cli.commands import PARTS, TABLE
from litbase.services import manual_page

Run = Callable[..., Ran]
AWKWARD = (
    ".starts with a dot",
    "'starts with a quotation mark'",
    "back\\slash \\fBnot bold\\fR \\n(.l",
    "--option -x ~/.config `code` ^ \"quoted\" 'single'",
    "en – dash, “curly”, … and é",
)


def printed(page: str) -> tuple[str, str]:
    """What `man` shows of a page on a very wide terminal, and what the formatter complained of."""
    if shutil.which("groff") is None:
        pytest.skip("no groff to format manual pages with")
    line = ["groff", "-man", "-Tutf8", "-k", "-ww", "-P-c", "-P-b", "-P-o", "-P-u", "-rLL=400n", "-dAD=l", "-rHY=0"]
    done = subprocess.run(line, input=page.encode(), capture_output=True, check=True)
    return done.stdout.decode(), done.stderr.decode()


def page_of(words: str) -> str:
    command = manual_page.Command(words, words, (words, f"  {words}"), (((words,), words, words),), (words,))
    return manual_page.page([manual_page.Part(words, (command,))])


def test_every_command_option_and_example_is_on_it(run: Run) -> None:
    shown, complaints = printed(run("man").out)
    assert complaints == ""
    lines = {line.strip() for line in shown.splitlines()}
    for listed in TABLE:
        assert any(line.startswith(f"litbase {listed.name}") for line in lines)
        for example in (listed.load().__doc__ or "").partition("Examples:\n")[2].splitlines():
            assert example.strip() in lines
        for one in parameters(listed.load()):
            if isinstance(one.spec, Option):
                assert ", ".join(one.spec.names) in shown
    assert all(title.upper() in lines for title in PARTS.values())


def test_exit_codes_come_from_the_errors(run: Run) -> None:
    shown, _ = printed(run("man").out)
    codes = [line.split()[0] for line in shown.partition("EXIT STATUS")[2].splitlines() if line[7:8].isdigit()]
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "70", "130", "143"]


@pytest.mark.parametrize("words", AWKWARD)
def test_words_print_as_they_are(words: str) -> None:
    shown, complaints = printed(page_of(words))
    assert complaints == ""
    # Heading, usage line, paragraph, kept line, option with its help, example.
    assert shown.count(words) >= 6


def test_install_puts_it_where_man_looks(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    for _ in range(2):
        shown = run("man", "--install")
        assert (shown.code, shown.out) == (0, "")
    path = tmp_path / "share" / "man" / "man1" / "litbase.1"
    assert str(path) in shown.err
    assert path.read_text(encoding="utf-8") == run("man").out
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert run("man", "--install").code == 6


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for man")
def test_on_a_terminal_it_opens_in_man(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = run("man").out
    (tmp_path / "man").write_text('#!/bin/sh\necho opened; cat "$1"\n', encoding="utf-8")
    (tmp_path / "man").chmod(0o755)
    monkeypatch.setattr(console, "on_terminal", lambda: True)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    assert run("man").out == f"opened\n{page}"
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert run("man").out == page
