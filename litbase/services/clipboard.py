"""The clipboard: a list as HTML for editors and as plain text for everything else, by the system's own programs.

macOS and Windows hold both forms at once. wl-copy and xclip offer one: there the HTML goes to the
clipboard and the plain text to the primary selection, which the middle mouse button pastes.
"""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from tempfile import TemporaryFile

from litbase.errors import NotFound

SECONDS = 15.0
_INSTALL = "install wl-clipboard (on Wayland) or xclip (on X11), as in: sudo apt install wl-clipboard; or write -o FILE"
# Some programs take HTML without a word on its encoding for Latin-1.
_ENCODING = '<meta http-equiv="content-type" content="text/html; charset=utf-8">'
_JXA = """
ObjC.import('AppKit');
var given = $.NSFileHandle.fileHandleWithStandardInput.readDataToEndOfFile;
var forms = JSON.parse(ObjC.unwrap($.NSString.alloc.initWithDataEncoding(given, $.NSUTF8StringEncoding)));
var board = $.NSPasteboard.generalPasteboard;
board.clearContents;
board.setStringForType(forms.html, 'public.html');
board.setStringForType(forms.text, 'public.utf8-plain-text');
"""
_POWERSHELL = """
$ErrorActionPreference = 'Stop'
$forms = [Console]::In.ReadToEnd() | ConvertFrom-Json
Add-Type -AssemblyName System.Windows.Forms
$board = New-Object System.Windows.Forms.DataObject
$html = [Convert]::FromBase64String($forms.html)
$board.SetData('HTML Format', (New-Object System.IO.MemoryStream(,$html)))
$board.SetText([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($forms.text)), 'UnicodeText')
[System.Windows.Forms.Clipboard]::SetDataObject($board, $true)
"""


def copy(html: str, text: str) -> str:
    """Put both forms on the clipboard; a sentence on what was done.

    Raises: NotFound where there is no program for it, or it cannot reach a clipboard.
    """
    if sys.platform == "darwin":
        return _mac(html, text)
    if sys.platform == "win32":
        return _windows("powershell", html, text)
    if os.environ.get("WAYLAND_DISPLAY") and shutil.which("wl-copy"):
        return _linux(["wl-copy", "--type", "text/html"], ["wl-copy", "--primary", "--type", "text/plain"], html, text)
    if os.environ.get("DISPLAY") and shutil.which("xclip"):
        board, primary = ("xclip", "-selection", "clipboard"), ("xclip", "-selection", "primary")
        return _linux([*board, "-t", "text/html"], [*primary, "-t", "UTF8_STRING"], html, text)
    if shutil.which("powershell.exe"):
        # Linux within Windows: the clipboard is Windows'.
        return _windows("powershell.exe", html, text)
    if not (os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")):
        raise NotFound("there is no desktop here, and so no clipboard", "write -o FILE instead")
    raise NotFound("no program was found that reaches the clipboard", _INSTALL)


def _linux(board: list[str], primary: list[str], html: str, text: str) -> str:
    _run(board, _ENCODING + html)
    try:
        _run(primary, text)
    except NotFound:
        # Some desktops have no primary selection; the HTML is where it was asked for.
        return "on the clipboard as HTML"
    return "on the clipboard as HTML; as plain text under the middle mouse button"


def _mac(html: str, text: str) -> str:
    _run(["osascript", "-l", "JavaScript", "-e", _JXA], json.dumps({"html": _ENCODING + html, "text": text}))
    return "on the clipboard as HTML and as plain text"


def _windows(program: str, html: str, text: str) -> str:
    forms = {"html": cf_html(html), "text": text.replace("\n", "\r\n").encode()}
    given = json.dumps({name: b64encode(value).decode("ascii") for name, value in forms.items()})
    _run([program, "-NoProfile", "-NonInteractive", "-Sta", "-Command", _POWERSHELL], given)
    return "on the clipboard as HTML and as plain text"


def cf_html(html: str) -> bytes:
    """HTML as Windows keeps it: after a header that counts bytes.

    Source: Microsoft, "HTML Clipboard Format".
    """
    header = "Version:0.9\r\nStartHTML:{:010d}\r\nEndHTML:{:010d}\r\nStartFragment:{:010d}\r\nEndFragment:{:010d}\r\n"
    before, after = b"<html><body>\r\n<!--StartFragment-->", b"<!--EndFragment-->\r\n</body></html>"
    body = html.encode()
    start = len(header.format(0, 0, 0, 0))
    first = start + len(before)
    last = first + len(body)
    return header.format(start, last + len(after), first, last).encode() + before + body + after


def _run(command: list[str], given: str) -> None:
    """Run a program with a text on its standard input.

    These programs live on in the background to serve what they were given, and hold their streams
    open: their complaints go to a file, for a pipe would never end.

    Raises: NotFound where it is not there, fails, or takes too long.
    """
    with TemporaryFile() as complaints:
        try:
            subprocess.run(
                command, input=given.encode(), stdout=complaints, stderr=complaints, timeout=SECONDS, check=True
            )
        except FileNotFoundError as error:
            raise NotFound(f"{command[0]} was not found", _INSTALL) from error
        except (subprocess.SubprocessError, OSError) as error:
            complaints.seek(0)
            said = complaints.read(300).decode(errors="replace").strip().splitlines()
            reason = said[-1] if said else "it gave no answer"
            raise NotFound(f"{command[0]} could not reach the clipboard: {reason}", "write -o FILE instead") from error
