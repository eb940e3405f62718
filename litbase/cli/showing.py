"""`demo`, `config` and `completion`."""

import os
from pathlib import Path
from typing import Annotated

from litbase.errors import BadInput, UsageError

from . import console
from .command import Argument, Json, Option


def demo(
    *, keep: Annotated[str, Option(("--keep",), "Keep the demo's library in this file.", "FILE", "files")] = ""
) -> int:
    """See litbase at work: sources of the bundled shelf added, searched, cited and listed, without a network.

    The library is a temporary one; your own is not touched.

    Examples:
      litbase demo
      litbase demo --keep practice.db
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="litbase-demo-") as folder:
        code = _show(keep or f"{folder}/library.db")
    if code == 0:
        console.line()
        console.line(console.Piece("Next: litbase add DOI keeps a source in your own library; litbase --help.", "dim"))
    return code


def _show(library: str) -> int:
    from litbase.services.showcase import STEPS

    from . import front

    for step in STEPS:
        if step.about:
            console.line()
            console.line(console.Piece(f"# {step.about}", "dim"))
        console.line(console.Piece("$ " + step.line, "bold green"), indent=4)
        code = front.run(["--library", library, "--no-input", *step.words])
        if code:
            return code
    return 0


def config(
    name: Annotated[str, Argument("The setting: mailto.", "[NAME]")] = "",
    value: Annotated[str, Argument("Its new value; left out, it is shown.", "[VALUE]")] = "",
    *,
    path: Annotated[bool, Option(("--path",), "Print where the settings are kept.")] = False,
    json: Json = False,
) -> int:
    """Show or change a setting. `mailto` is the address that goes to Crossref with requests.

    Examples:
      litbase config
      litbase config mailto me@example.org
      litbase config --path
    """
    from litbase import config as settings

    if path:
        console.raw(str(settings.config_path()))
        return 0
    if name and name not in settings.KNOWN:
        raise BadInput(f"there is no setting “{name}”", f"one of {', '.join(settings.KNOWN)}")
    if value:
        settings.save(name, value)
        console.say(f"{name} set in {settings.config_path()}")
        return 0
    found = {key: text for key, text in settings.settings().items() if not name or key == name}
    if json:
        console.emit({"schema": "litbase.config/1", "settings": found})
        return 0
    for key, text in found.items():
        console.line(f"{key} = {text}")
    return 0


def completion(
    shell: Annotated[str, Argument("bash, zsh or fish; your own where none is named.", "[SHELL]")] = "",
    *,
    show: Annotated[bool, Option(("--show",), "Print the script instead of installing it.")] = False,
) -> int:
    """Install completion of commands, citekeys and concepts for your shell.

    Examples:
      litbase completion
      litbase completion zsh --show
    """
    from . import full

    wanted = shell or Path(os.environ.get("SHELL", "")).name
    if wanted not in ("bash", "zsh", "fish"):
        raise UsageError(f"there is no completion for “{wanted}”", "bash, zsh or fish")
    return full.install_completion(wanted, show)
