"""The clipboard: the right program for the desktop, both forms, and plain words where none is there."""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase.errors import NotFound
from litbase.services import clipboard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs' stand-ins are shell scripts")

# Keeps its arguments and its input, like a program that serves the clipboard from the background.
_FAKE = """#!/bin/sh
number=$(ls "{kept}" | wc -l)
{{ printf '%s\\n' "$0" "$@"; printf '\\0'; cat; }} > "{kept}/$number"
(sleep 2) &
"""
_BROKEN = "#!/bin/sh\necho 'Error: cannot open display :9' >&2\nexit 1\n"
HTML, TEXT = "<p>Žižek &amp; <em>Co</em></p>", "Žižek & Co"


class Desktop:
    """A PATH of stand-ins, and what they were given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.programs, self.kept = folder / "programs", folder / "kept"
        self.programs.mkdir()
        self.kept.mkdir()
        for name in ("sh", "ls", "wc", "cat", "sleep"):
            (self.programs / name).symlink_to(
                Path("/bin") / name if (Path("/bin") / name).exists() else f"/usr/bin/{name}"
            )
        monkeypatch.setenv("PATH", str(self.programs))
        for name in ("WAYLAND_DISPLAY", "DISPLAY"):
            monkeypatch.delenv(name, raising=False)

    def install(self, name: str, script: str = _FAKE) -> None:
        path = self.programs / name
        path.write_text(script.format(kept=self.kept) if script == _FAKE else script, encoding="utf-8")
        path.chmod(0o755)

    def calls(self) -> list[tuple[list[str], str]]:
        """Each call's words and input, the first first."""
        found = []
        for path in sorted(self.kept.iterdir(), key=lambda one: int(one.name)):
            words, _, given = path.read_text(encoding="utf-8").partition("\0")
            found.append(([Path(words.splitlines()[0]).name, *words.splitlines()[1:]], given))
        return found


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    monkeypatch.setattr(sys, "platform", "linux")
    return Desktop(tmp_path, monkeypatch)


def test_wayland(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    desktop.install("wl-copy")
    desktop.install("xclip")
    assert "HTML; as plain text" in clipboard.copy(HTML, TEXT)
    (board, html), (primary, text) = desktop.calls()
    assert board == ["wl-copy", "--type", "text/html"]
    assert html.endswith(HTML)
    assert "charset=utf-8" in html
    assert (primary, text) == (["wl-copy", "--primary", "--type", "text/plain"], TEXT)


def test_x11(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    desktop.install("xclip")
    clipboard.copy(HTML, TEXT)
    (board, html), (primary, text) = desktop.calls()
    assert board == ["xclip", "-selection", "clipboard", "-t", "text/html"]
    assert html.endswith(HTML)
    assert (primary[:3], text) == (["xclip", "-selection", "primary"], TEXT)


def test_a_desktop_without_primary_selection(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    desktop.install("wl-copy", '#!/bin/sh\n[ "$1" = --primary ] && exit 1\ncat > /dev/null\n')
    assert clipboard.copy(HTML, TEXT) == "on the clipboard as HTML"


def test_mac(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    desktop.install("osascript")
    assert clipboard.copy(HTML, TEXT) == "on the clipboard as HTML and as plain text"
    ((words, given),) = desktop.calls()
    assert words[:4] == ["osascript", "-l", "JavaScript", "-e"]
    forms = json.loads(given)
    assert forms["html"].endswith(HTML)
    assert forms["text"] == TEXT


@pytest.mark.parametrize(("platform", "program"), [("win32", "powershell"), ("linux", "powershell.exe")])
def test_windows_and_linux_within_it(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, platform: str, program: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    desktop.install(program)
    clipboard.copy(HTML, "one\ntwo")
    ((words, given),) = desktop.calls()
    assert words[0] == program
    assert "-Sta" in words
    forms = {name: b64decode(value) for name, value in json.loads(given).items()}
    assert forms == {"html": clipboard.cf_html(HTML), "text": b"one\r\ntwo"}


def test_the_header_counts_bytes() -> None:
    made = clipboard.cf_html(HTML)
    places = dict(line.split(b":") for line in made.split(b"\r\n")[:5])
    assert made[int(places[b"StartFragment"]) : int(places[b"EndFragment"])].decode() == HTML
    assert made[int(places[b"StartHTML"]) : int(places[b"EndHTML"])].startswith(b"<html>")
    assert int(places[b"EndHTML"]) == len(made)


def test_nothing_there_says_what_to_install(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(NotFound) as caught:
        clipboard.copy(HTML, TEXT)
    assert "wl-clipboard" in caught.value.hint
    assert "xclip" in caught.value.hint


def test_no_desktop_needs_no_program(desktop: Desktop) -> None:
    desktop.install("xclip")
    with pytest.raises(NotFound, match="no desktop"):
        clipboard.copy(HTML, TEXT)
    assert desktop.calls() == []


def test_a_program_that_fails_is_quoted(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9")
    desktop.install("xclip", _BROKEN)
    with pytest.raises(NotFound, match="cannot open display :9"):
        clipboard.copy(HTML, TEXT)


def test_a_program_that_hangs_is_left(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "SECONDS", 0.3)
    monkeypatch.setenv("DISPLAY", ":0")
    desktop.install("xclip", "#!/bin/sh\nexec sleep 5\n")
    with pytest.raises(NotFound, match="no answer"):
        clipboard.copy(HTML, TEXT)


def test_refs_copies_and_says_so(shelf: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "desktop"
    folder.mkdir()
    monkeypatch.setattr(sys, "platform", "linux")
    desktop = Desktop(folder, monkeypatch)
    monkeypatch.setenv("DISPLAY", ":0")
    desktop.install("xclip")
    shown = shelf("refs", "deyoung2015", "eubanks2018", "--copy")
    assert (shown.code, shown.out) == (0, "")
    assert shown.err == "2 entries on the clipboard as HTML; as plain text under the middle mouse button\n"
    html, text = (given for _, given in desktop.calls())
    assert html.count('<p style="margin-left:0.5in;text-indent:-0.5in">') == 2
    assert text == shelf("refs", "deyoung2015", "eubanks2018").out


def test_the_stand_ins_stand(desktop: Desktop) -> None:
    desktop.install("xclip")
    subprocess.run(["xclip", "a b"], input=b"c", check=True, stdout=subprocess.DEVNULL)
    assert desktop.calls() == [(["xclip", "a b"], "c")]
