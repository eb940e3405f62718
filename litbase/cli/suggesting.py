"""`concept suggest`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, Json, Option

if TYPE_CHECKING:
    from litbase.domain.suggest import Suggestion
    from litbase.services.suggest import Advice, Adviser

_ANSWERS = "[y]es, [n]o, [a]ll for this source, [q]uit"


def suggest(
    keys: Annotated[
        Sequence[str],
        Argument("The sources' citekeys; those without any concept where none is given.", "[KEY]...", "citekeys"),
    ] = (),
    *,
    all: Annotated[bool, Option(("--all",), "For every source.")] = False,
    yes: Annotated[bool, Option(("--yes", "-y"), "Tag the sources with all that is suggested.")] = False,
    narrowest: Annotated[
        bool, Option(("--narrowest",), "Leave out concepts that stand above one the source has or would get.")
    ] = False,
    limit: Annotated[int, Option(("--limit", "-n"), "At most so many for each source.", "N")] = 0,
    json: Json = False,
) -> int:
    """Suggest concepts for sources, each with its reasons.

    From titles, keywords, notes and abstracts by the vocabulary's names and cues, and from your own tagging so
    far. On a terminal each is put to you; elsewhere they are listed, and nothing is tagged without --yes.

    Examples:
      litbase concept suggest tronick1989 deyoung2015
      litbase concept suggest --all
      litbase concept suggest --all --limit 3 --json
    """
    from litbase.services import suggest as service

    if keys and all:
        raise UsageError("--all means every source, and some are named", "leave out one or the other")
    if limit < 0:
        raise UsageError(f"--limit {limit} makes no sense", "--limit 3 suggests at most three; 0 all")
    library = session.current.library
    reading = service.adviser(library)
    wanted = service.chosen(reading, library, keys, all)
    if not (yes or json) and console.on_terminal() and session.current.may_ask:
        return _ask_for_each(reading, wanted, not narrowest, limit)
    found = [service.advise(reading, key, (), not narrowest, limit) for key in wanted]
    if yes:
        service.accept(library, {one.source.citekey: [made.concept for made in one.suggestions] for one in found})
    if json:
        console.emit({"schema": "litbase.suggestions/1", "tagged": yes, "sources": [_json(one) for one in found]})
    else:
        _list(found, yes)
    return 0 if any(one.suggestions for one in found) else 1


def _list(found: Sequence["Advice"], tagged: bool) -> None:
    some = [one for one in found if one.suggestions]
    if console.on_terminal():
        for one in some:
            _heading(one)
            for made in one.suggestions:
                console.line("  ", *_shown(made), indent=6)
    else:
        console.rows(
            (
                (one.source.citekey, made.concept, f"{made.chance:.2f}", "; ".join(made.reasons))
                for one in some
                for made in one.suggestions
            ),
            flexible=3,
        )
    count = sum(len(one.suggestions) for one in some)
    of = f"{len(some)} source{'' if len(some) == 1 else 's'}"
    if not count:
        console.say("nothing to suggest" if found else "every source has concepts; --all suggests for those too")
    else:
        console.say(f"# {count} concept{'' if count == 1 else 's'} {'tagged on' if tagged else 'suggested for'} {of}")


def _ask_for_each(reading: "Adviser", wanted: Sequence[str], broader: bool, limit: int) -> int:
    """Put each suggestion to the person; what she takes for a source is kept before the next source."""
    from litbase.services import suggest as service

    kept = put = 0
    for key in wanted:
        accepted, asked, stopped = _put(reading, key, broader, limit)
        put += asked
        for one in service.accept(session.current.library, {key: accepted}):
            kept += len(one.added)
            console.say(f"{one.citekey} tagged {', '.join(one.added)}")
        if stopped:
            break
    if not put:
        console.say("nothing to suggest" if wanted else "every source has concepts; --all suggests for those too")
    return 0 if kept else 1


def _put(reading: "Adviser", key: str, broader: bool, limit: int) -> tuple[list[str], int, bool]:
    """The concepts she takes for one source, how many she was asked about, and whether she wants no more.

    What hid a broader concept may be declined: the broader one then comes up.
    """
    from litbase.services import suggest as service

    accepted: list[str] = []
    declined: list[str] = []
    while not limit or len(accepted) + len(declined) < limit:
        advice = service.advise(reading, key, declined, broader)
        left = [made for made in advice.suggestions if made.concept not in accepted]
        if not left:
            break
        if not (accepted or declined):
            _heading(advice)
        answer = _answer(left[0])
        if answer == "q":
            return accepted, len(accepted) + len(declined), True
        if answer == "a":
            room = len(left) if not limit else limit - len(accepted) - len(declined)
            accepted += [made.concept for made in left[:room]]
            break
        (accepted if answer == "y" else declined).append(left[0].concept)
    return accepted, len(accepted) + len(declined), False


def _answer(made: "Suggestion") -> str:
    console.line("  ", *_shown(made), indent=6)
    while True:
        # No answer is no: the end of the input must not ask for ever.
        answer = (console.ask(f"  {made.concept}? {_ANSWERS}:") or "n").lower()[0]
        if answer in "ynaq":
            return answer


def _heading(advice: "Advice") -> None:
    source = advice.source
    console.line(
        console.Piece(source.citekey, "bold cyan"),
        "  ",
        f"{source.byline or '—'} ({source.year or 'n.d.'}). ",
        console.Piece(source.title, "bold"),
        indent=4,
    )


def _shown(made: "Suggestion") -> list["console.Piece | str"]:
    return [
        console.Piece(made.concept, "bold green"),
        console.Piece(f"  {round(made.chance * 100)} %  ", "yellow"),
        console.Piece("; ".join(made.reasons), "dim"),
    ]


def _json(advice: "Advice") -> dict[str, object]:
    return {
        "citekey": advice.source.citekey,
        "title": advice.source.title,
        "suggestions": [
            {"concept": made.concept, "chance": made.chance, "reasons": list(made.reasons)}
            for made in advice.suggestions
        ],
    }
