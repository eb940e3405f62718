"""A Chromium of the tests' own, spoken to through two pipes, where one is installed.

Source: Chrome DevTools Protocol; `--remote-debugging-pipe` (messages of JSON that end in NUL, on descriptors 3 and 4).
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-pipe", "about:blank",
)  # fmt: skip
SECONDS = 30.0


def installed() -> str | None:
    """The path of the first Chromium there is."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One page: what it is asked, and what happened on it."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._kept = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def open(self, path: Path, width: int = 1000, dark: bool = False, media: str = "") -> None:
        """Show a file in a window so many pixels wide, and forget what happened before."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.events.clear()
        self.ask("Page.navigate", url=path.as_uri())
        ends = time.monotonic() + SECONDS
        while not self.happened("Page.loadEventFired") and time.monotonic() < ends:
            self._take(0.2)

    def happened(self, *names: str) -> list[dict[str, Any]]:
        """The events of these names since the page was opened."""
        return [event["params"] for event in self.events if event["method"] in names]

    def value(self, script: str) -> Any:
        """What a JavaScript expression comes to on the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def promised(self, script: str, seconds: float = SECONDS) -> Any:
        """What a promise on the page comes to, so many seconds waited for."""
        evaluated = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self._asked("Runtime.evaluate", evaluated, seconds)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self, path: Path) -> None:
        """Take a picture of the whole page."""
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its answer."""
        return self._asked(method, params, SECONDS)

    def _asked(self, method: str, params: dict[str, Any], seconds: float) -> Any:
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for answer in self._take(1.0):
                if answer.get("id") == number:
                    assert "error" not in answer, answer
                    return answer["result"]
        raise TimeoutError(method)

    def _take(self, seconds: float) -> list[dict[str, Any]]:
        """The messages that have come; events among them are kept, and a dialog is closed at once."""
        if select.select([self._reading], [], [], seconds)[0]:
            self._kept += os.read(self._reading, 1 << 20)
        *whole, self._kept = self._kept.split(b"\0")
        messages = [json.loads(message) for message in whole]
        self.events += [message for message in messages if "method" in message]
        return messages


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A page in a browser that keeps what it keeps in a folder, and ends with the block."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # Away from 3 and 4, which the launcher overwrites.
    given = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
    program = installed()
    assert program is not None
    launcher = f"import os, sys; os.dup2({given[0]}, 3); os.dup2({given[1]}, 4); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", launcher, program, f"--user-data-dir={folder}", *_QUIET]
    running = subprocess.Popen(
        command, pass_fds=given, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for end in (theirs_in, theirs_out, *given):
        os.close(end)
    try:
        yield Page(ours_in, ours_out)
    finally:
        os.close(ours_in)
        os.close(ours_out)
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
