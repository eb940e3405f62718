"""`duplicates` and `merge`: two sources of one work."""

from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, DryRun, Json, Option, Yes

if TYPE_CHECKING:
    from litbase.services.duplicates import Pair


def duplicates(*, json: Json = False) -> int:
    """List sources that may be the same work, the likest first, with what tells them apart.

    Examples:
      litbase duplicates
      litbase duplicates --json
    """
    from litbase.services import duplicates as service

    found = list(service.pairs(session.current.library))
    if json:
        console.emit({"schema": "litbase.duplicates/1", "pairs": [_pair(one) for one in found]})
        return 0
    for one in found:
        sure = "the same work" if one.likeness.verdict == "same" else "perhaps the same work"
        console.line(console.Piece(f"{one.likeness.score:.0f} of 100, {sure}", "yellow"))
        for source in (one.first, one.second):
            title = f"{source.byline} ({source.year or 'n.d.'}). {source.title}"
            console.line("  ", console.Piece(source.citekey, "bold cyan"), f"  {title}", indent=4)
        console.line("  ", console.Piece(_apart(one), "dim"), indent=4)
    if found:
        console.say("litbase merge KEY OTHER unites two; --not-same tells them apart for good")
    else:
        console.say("no two sources look like one work")
    return 0


def _pair(one: "Pair") -> dict[str, object]:
    return {
        "first": one.first.citekey,
        "second": one.second.citekey,
        "score": round(one.likeness.score, 1),
        "verdict": one.likeness.verdict,
        "distances": one.likeness.distances._asdict(),
    }


def _apart(one: "Pair") -> str:
    """The distances between two works in words: `year 0.20, pages 1.00`."""
    far = {name: far for name, far in one.likeness.distances._asdict().items() if isinstance(far, float) and far > 0}
    return ", ".join(f"{name} {far:.2f}" for name, far in far.items()) or "nothing tells them apart"


def merge(
    kept: Annotated[str, Argument("The source that stays.", "KEY", "citekeys")],
    other: Annotated[str, Argument("The source that goes over into it.", "OTHER", "citekeys")],
    *,
    not_same: Annotated[bool, Option(("--not-same",), "They are different works: never ask again.")] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Unite two sources of one work: fields, notes, concepts and citekeys. `litbase undo` takes it back.

    The first one's fields stay, the other's fill what it lacks; what you have set by hand wins. The
    other citekey goes on meaning the source.

    Examples:
      litbase merge eubanks2018 safran2011 --dry-run
      litbase merge eubanks2018 safran2011 --yes
      litbase merge eubanks2018 safran2011 --not-same
    """
    from litbase.services import merge as service
    from litbase.services import refer

    library = session.current.library
    if not_same:
        service.tell_apart(library, kept, other)
        console.say(f"{kept} and {other} are different works")
        return 0
    into, out, changes = service.plan(library, kept, other)
    if json:
        shown = {name: {"before": before, "after": after} for name, (before, after) in changes.items()}
        console.emit({"schema": "litbase.merge/1", "kept": into.citekey, "gone": out.citekey, "changes": shown})
    else:
        for source in (into, out):
            title = f"{source.byline} ({source.year or 'n.d.'}). {source.title}"
            console.line(console.Piece(source.citekey, "bold cyan"), f"  {title}", indent=4)
        for name, (before, after) in changes.items():
            console.line(
                "  ", console.Piece(f"{name}: ", "dim"), before or "—", " → ", console.Piece(after or "—", "bold")
            )
    if dry_run:
        return 0
    if not yes:
        if not session.current.may_ask:
            raise UsageError("merging needs --yes where nobody can be asked", "add --yes, or --dry-run to look")
        if not console.agreed(f"unite {out.citekey} with {into.citekey}?"):
            console.say("left as they are")
            return 0
    service.merge(library, into.citekey, out.citekey)
    refer.keep_entries(library, [into.citekey])
    console.say(f"{out.citekey} is now {into.citekey} (litbase undo)")
    return 0
