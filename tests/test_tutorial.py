"""The tutorial: every step as it is taken, what may be typed, and that nothing of hers is touched."""

import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran

from litbase.services import tutorial

Run = Callable[..., Ran]
LESSON = tutorial.lesson()
NOTE = next(step for step in LESSON.steps if step.words[:2] == ["note", "add"])
ADD = LESSON.steps[0]


def test_in_a_pipe_it_is_a_script_of_ten_steps(run: Run, library: Path) -> None:
    shown = run("tutorial")
    assert shown.code == 0
    heads = [line for line in shown.lines if line.startswith("Step ")]
    assert heads == [f"Step {number} of 10: {step.title}" for number, step in enumerate(LESSON.steps, 1)]
    assert [line[2:] for line in shown.lines if line.startswith("$ ")] == [step.line for step in LESSON.steps]
    for paragraph in (*LESSON.opening, *LESSON.closing, *(one for step in LESSON.steps for one in step.after)):
        assert paragraph in shown.lines
    assert "error:" not in shown.err
    assert "cited-not-listed: DeYoung" in shown.out
    assert not library.exists()
    # But for the minute of what is undone.
    again = run("tutorial", "--no-input")
    assert (again.code, again.out) == (0, shown.out)
    assert re.sub(r"\d\d:\d\d", "", again.err) == re.sub(r"\d\d:\d\d", "", shown.err)


def test_her_library_settings_and_folder_stay_as_they_are(shelf: Run, library: Path, tmp_path: Path) -> None:
    shelf("config", "set", "mailto", "me@example.org")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    folder, environment = Path.cwd(), dict(os.environ)
    assert shelf("tutorial").code == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert (Path.cwd(), dict(os.environ)) == (folder, environment)


def test_it_can_begin_at_any_step(run: Run) -> None:
    shown = run("tutorial", "--from", "10")
    assert shown.code == 0
    assert [line for line in shown.lines if line.startswith("Step ")] == ["Step 10 of 10: Check a draft"]
    for number in ("0", "11"):
        assert run("tutorial", "--from", number).code == 2


@pytest.mark.parametrize("step", LESSON.steps, ids=lambda step: step.title)
def test_what_a_step_names_is_there(step: tutorial.Step) -> None:
    assert step.line.startswith("litbase ")
    assert len(step.title) <= 30
    assert tutorial.answer(step, step.line) == tutorial.Answer("do", tuple(step.words))
    assert tutorial.answer(step, "").words == tuple(step.words)


@pytest.mark.parametrize(
    ("step", "typed", "move", "about"),
    [
        (ADD, "q", "leave", ""),
        (ADD, " Quit ", "leave", ""),
        (ADD, f"$ {ADD.line}", "do", ""),
        (ADD, ADD.line.replace(" ", "   "), "do", ""),
        (ADD, "ls", "again", "begins with litbase"),
        (ADD, 'litbase search "x', "again", "quotation mark"),
        (ADD, "litbase add 10.1037/a0022141 --offline", "again", "“10.1037/a0022141” stands where"),
        (ADD, "litbase add 10.1037/a0022140", "again", "“--offline” is missing"),
        (ADD, f"{ADD.line} now", "again", "“now” is one word too many"),
        (ADD, "litbase", "again", "“add” is missing"),
        (ADD, "litbase search shame --limit 2", "try", ""),
        (ADD, "litbase concept list", "try", ""),
        (ADD, "litbase remove --help", "try", ""),
        (ADD, "litbase remove safran2011", "again", "“remove” stands where"),
        (ADD, "litbase list --library mine.db", "again", "“list” stands where"),
        (ADD, "litbase refs --output mine.html", "again", "“refs” stands where"),
        (ADD, "litbase refs -omine.html", "again", "“refs” stands where"),
        (ADD, "litbase refs --copy", "again", "“refs” stands where"),
        (NOTE, 'litbase note add tronick1989 "A thought of my own."', "do", ""),
        (NOTE, "litbase note add tronick1989 “With curly marks.”", "do", ""),
        (NOTE, "litbase note add tronick1989 --library=mine.db", "again", "“--library=mine.db” stands where"),
        (NOTE, 'litbase note add stern2004 "A thought of my own."', "again", "“stern2004” stands where"),
    ],
)
def test_what_is_typed_is_understood(step: tutorial.Step, typed: str, move: str, about: str) -> None:
    answer = tutorial.answer(step, typed)
    assert answer.move == move
    assert about in answer.about
    assert (answer.words != ()) == (move in ("do", "try"))


class Terminal:
    """A narrow terminal with the tutorial in it."""

    def __init__(self, folder: Path, library: Path) -> None:
        import fcntl
        import pty
        import termios

        self.shown = ""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
        environment = {"PYTHONPATH": str(ROOT), "TERM": "xterm", "LITBASE_LIBRARY": str(library)}
        self.running = subprocess.Popen(
            [sys.executable, "-m", "litbase", "tutorial"],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env={**os.environ, **environment},
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def until_asked(self) -> str:
        """What is shown until the next question, or the end."""
        new, ends = "", time.monotonic() + 30
        while not new.endswith("\n> ") and time.monotonic() < ends:
            if not select.select([self._ours], [], [], 0.2)[0]:
                continue
            try:
                new += os.read(self._ours, 4096).decode(errors="replace").replace("\r", "")
            except OSError:  # the other end is closed
                break
        self.shown += new
        return new

    def type(self, line: str) -> str:
        """Type a line and press Return; what is shown until the next question."""
        os.write(self._ours, f"{line}\n".encode())
        return self.until_asked()

    def left(self) -> int:
        os.close(self._ours)
        return self.running.wait(20)


@pytest.fixture
def terminal(tmp_path: Path, library: Path) -> Iterator[Terminal]:
    if os.name == "nt":
        pytest.skip("no terminals of this kind here")
    opened = Terminal(tmp_path, library)
    yield opened
    if opened.running.poll() is None:
        opened.running.kill()
        opened.running.wait()


def test_a_terminal_asks_at_every_step_and_ends_well(terminal: Terminal, library: Path) -> None:
    assert "Return begins" in terminal.until_asked()
    assert "Step 1 of 10" in terminal.type("")
    assert "Not quite" in terminal.type("litbase ad 10.1037/a0022140")
    assert "safran2011" in terminal.type(ADD.line)
    for number in range(2, 11):
        assert f"Step {number} of 10" in terminal.type("")
        said = terminal.type("")
        assert "error: " not in said.replace(": 1 error", "")
    assert "thrown away now" in terminal.shown.replace("\n", " ")
    code = terminal.left()
    assert code == 0
    assert not library.exists()


def test_another_look_and_words_of_her_own(terminal: Terminal) -> None:
    terminal.until_asked()
    for _ in range(8):
        said = terminal.type("")
    said = terminal.type("")
    assert "Step 5 of 10" in said
    assert "And now the step" in terminal.type("litbase list --limit 1")
    assert "note 2 kept" in terminal.type('litbase note add tronick1989 "Mine: the still face."')
    assert "Left at step 6" in terminal.type("q")
    assert terminal.left() == 0


def test_the_end_of_input_leaves(terminal: Terminal) -> None:
    terminal.until_asked()
    os.write(terminal._ours, b"\x04")
    assert "--from 1" in terminal.until_asked().replace("\n", " ")
    assert terminal.left() == 0
