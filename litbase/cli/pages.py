"""A page to write from, as `concept show --notes` and `search --notes` print it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeAlias

from . import console, session
from .command import Option

if TYPE_CHECKING:
    from litbase.services.page import Kept
    from litbase.services.search import Shown

Notes: TypeAlias = Annotated[
    bool, Option(("--notes",), "A page to write from: citations, quotations with their places, notes.")
]
Format: TypeAlias = Annotated[str, Option(("--format", "-f"), "With --notes: text or md.", choices=("text", "md"))]


def show(heading: str, found: Sequence["Shown"], form: str, json: bool) -> int:
    """Print the page for what was found; the exit code."""
    from litbase.services import page as service

    made = service.page(session.current.library, [one.source for one in found])
    if json:
        entries = [{**entry._asdict(), "kept": [kept._asdict() for kept in entry.kept]} for entry in made.entries]
        console.emit({"schema": "litbase.page/1", "heading": heading, "shelf": made.shelf, "entries": entries})
        return 0
    if form == "md":
        console.raw(service.as_markdown(made, heading).rstrip("\n"))
        return 0
    console.line(console.Piece(heading, "bold"), f"  {made.shelf}")
    for entry in made.entries:
        console.line()
        console.line(console.Piece(entry.title, "bold"), indent=4)
        console.line(
            "  ", console.Piece(entry.citekey, "bold cyan"), f"  {entry.parenthetical}  {entry.narrative}", indent=4
        )
        for kept in entry.kept:
            _print(kept)
    return 0


def _print(kept: "Kept") -> None:
    if kept.kind == "quotation":
        console.line("    ", f"“{kept.text.strip()}” {kept.citation}", indent=4)
        return
    about = ", ".join(word for word in ("" if kept.kind == "note" else kept.kind, kept.locator) if word)
    first, *others = kept.text.splitlines() or [""]
    console.line(
        "    ", console.Piece(f"{about}: " if about else "", "yellow"), console.Piece(first, "italic"), indent=4
    )
    for row in others:
        console.line("    ", console.Piece(row, "italic"), indent=4)
