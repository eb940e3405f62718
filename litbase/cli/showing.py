"""`demo`."""

from typing import Annotated

from . import console
from .command import Option


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
