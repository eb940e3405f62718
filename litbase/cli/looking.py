"""Words instead of an identifier: the best three of what Crossref finds, and which of them is meant."""

from typing import TYPE_CHECKING

from litbase.domain import brief

from . import console, session

if TYPE_CHECKING:
    from litbase.services.lookfor import Found


def choose(words: str, first: bool) -> str | None:
    """The DOI of the work that the words mean; None where nobody says which.

    A clear first is taken, where a person is there to see it or has said `first`; of several a person
    at the terminal chooses. The others are printed, ready to be added by their DOIs.
    """
    from litbase.services import contact, lookfor

    looked = lookfor.look_for(words, contact.settings().crossref)
    best = looked.found[0]
    if first or (looked.clear and session.current.may_ask):
        return best.answer.doi
    for number, one in enumerate(looked.found, 1):
        _print(number, one)
    if not session.current.may_ask:
        console.say("which of these is meant? litbase add DOI adds one; --first takes the first")
        return None
    answer = console.ask(f"which one? 1 to {len(looked.found)}, or nothing:") or ""
    return looked.found[int(answer) - 1].answer.doi if answer in map(str, range(1, len(looked.found) + 1)) else None


def _print(number: int, one: "Found") -> None:
    title = f"{brief.byline(one.item) or '—'} ({brief.when(one.item)}). {brief.title(one.item)}"
    container = str(one.item.get("container-title") or one.item.get("publisher") or "")
    if console.on_terminal():
        console.line(console.Piece(f"{number}  {one.score:.0f}  ", "bold cyan"), title, indent=7)
        console.line("       ", console.Piece(f"{container}  {one.answer.doi}", "dim"), indent=7)
    else:
        console.rows([(one.answer.doi, f"{one.score:.0f}", title, container)], flexible=2)
