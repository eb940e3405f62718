"""`add`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import LitbaseError, UsageError

from . import console, files, outcomes, session
from .command import Argument, DryRun, Json, Option

if TYPE_CHECKING:
    from litbase.services.add import Outcome, Wish

# For so many additions at the most, concepts are suggested at once.
_FEW = 5


def add(
    identifiers: Annotated[
        Sequence[str],
        Argument("DOI, ISBN, arXiv or PubMed number, link, words; - is standard input.", "[IDENTIFIER]..."),
    ] = (),
    *,
    concept: Annotated[
        Sequence[str],
        Option(("--concept", "-c"), "Tag what is added with this concept; may be repeated.", "CONCEPT", "concepts"),
    ] = (),
    new: Annotated[bool, Option(("--new",), "Make the concepts that are not there yet.")] = False,
    note: Annotated[str, Option(("--note",), "Keep this note, private, on what is added.", "TEXT")] = "",
    first: Annotated[bool, Option(("--first",), "Of words, take the first work found without asking.")] = False,
    offline: Annotated[bool, Option(("--offline",), "Use the bundled shelf only; open no connection.")] = False,
    manual: Annotated[
        str, Option(("--manual",), "By hand: article, book, chapter, report, thesis or web.", "TYPE")
    ] = "",
    set: Annotated[
        Sequence[str], Option(("--set", "-s"), "With --manual: a field, instead of the editor.", "FIELD=VALUE")
    ] = (),
    from_csl: Annotated[
        str, Option(("--from-csl",), "Take the items of a CSL-JSON file; - is standard input.", "FILE", "files")
    ] = "",
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Add sources by DOI, ISBN, arXiv or PubMed number, or by words: fetched, cleaned, and kept.

    A DOI may come bare, as a link, percent-encoded, or inside a publisher's address. Words are looked
    for in Crossref, and you choose of the best three. Without a network, works on the bundled shelf
    are added from it. What fails is printed on standard error with its reason after a #, in a form
    that `litbase add -` takes again.

    Examples:
      litbase add 10.1037/pst0000185 --concept repair
      litbase add https://doi.org/10.4324/9781315723709 --note "Ask about chapter 6"
      litbase add - < dois.txt 2> failed.txt
      litbase add eubanks muran safran alliance rupture repair --first
      litbase add --manual book --set "author=Ogden, Thomas H." --set year=1994 --set "title=Subjects of analysis"
      litbase add --from-csl items.json
    """
    from litbase.services import add as service

    wish = service.Wish(tuple(concept), new, note, dry_run, offline)
    if manual or from_csl:
        if identifiers or (manual and from_csl) or (set and not manual):
            raise UsageError("an identifier, --manual and --from-csl are three ways to add", "give one of them")
        done = _by_hand(manual, set, wish) if manual else _from_csl(from_csl, wish)
        for outcome in () if json else done:
            _print(outcome)
    else:
        wanted = _identifiers(identifiers)
        if not offline:
            _introduce()
        if _are_words(identifiers) and not offline:
            from . import looking

            found = looking.choose(" ".join(identifiers), first)
            if found is None:
                return 1
            wanted = [found]
        done = _fetched(wanted, wish, json)
    if note and not dry_run and any(outcome.error is None for outcome in done):
        from . import notes

        notes.mind(note)
    return _close(done, wish, json)


def _fetched(wanted: Sequence[str], wish: "Wish", json: bool) -> list["Outcome"]:
    """Add by identifiers, each told as soon as it is known."""
    from litbase.services import add as service
    from litbase.services import contact

    done: list[Outcome] = []
    try:
        with console.progress(len(wanted), "adding") as bar:
            for outcome in service.add(session.current.library, wanted, wish, contact.settings()):
                done.append(outcome)
                bar.step()
                if not json:
                    _print(outcome)
    except (KeyboardInterrupt, SystemExit):
        console.warn(f"# stopped: {outcomes.count(one.status for one in done)} of {len(wanted)}")
        raise
    return done


def _by_hand(kind: str, set: Sequence[str], wish: "Wish") -> list["Outcome"]:
    from litbase.services import edit, manual

    from . import editor

    empty = manual.form(kind)
    if set:
        item = manual.item_of({"type": kind, **edit.assignments(set)})
        return manual.keep(session.current.library, [item], wish, "user")
    with editor.draft(empty, f"{kind}.txt") as draft:
        return manual.keep(session.current.library, [manual.item_of_form(draft.text)], wish, "user")


def _from_csl(file: str, wish: "Wish") -> list["Outcome"]:
    from litbase.services import formatting, manual

    return manual.keep(session.current.library, formatting.read(files.text(file)), wish, "csl-json")


def _close(done: Sequence["Outcome"], wish: "Wish", json: bool) -> int:
    """The end of an addition: JSON or a count, the entries made ready; the exit code."""
    if json:
        console.emit({"schema": "litbase.add/1", "sources": [_json(outcome) for outcome in done]})
    if len(done) > 1:
        console.say(f"# {outcomes.count(one.status for one in done)}")
    kept = [outcome for outcome in done if outcome.status == "added"]
    # What comes from the shelf has its entry from there.
    unformatted = [outcome.citekey for outcome in kept if outcome.origin != "shelf"]
    if unformatted:
        from litbase.services import refer

        refer.keep_entries(session.current.library, unformatted)
    if 0 < len(kept) <= _FEW and not json and not wish.concepts:
        _suggest(kept)
    return next((outcome.error.exit_code for outcome in done if outcome.error), 0)


def _suggest(kept: Sequence["Outcome"]) -> None:
    """Name the concepts that sources just added without any may speak to."""
    from litbase.services import suggest

    library = session.current.library
    reading = suggest.adviser_on(library, [outcome.citekey for outcome in kept])
    for key, seen in reading.seen.items():
        names = [] if seen.concepts else [one.concept for one in suggest.advise(reading, key, (), True).suggestions]
        if names:
            console.say(f"# {key} may speak to {', '.join(names)}: litbase concept suggest {key}", "dim")


def _are_words(given: Sequence[str]) -> bool:
    """Whether the line holds nothing but words to look for."""
    from litbase.domain.identifiers import identify

    several = len(" ".join(given).split()) > 1  # one word is a slip, not a search
    try:
        return several and "-" not in given and all(identify(word).kind == "words" for word in given)
    except LitbaseError:
        return False  # an identifier with a slip in it: whoever adds it says which


def _identifiers(words: Sequence[str]) -> list[str]:
    """The identifiers on the line, and those on standard input where a `-` stands.

    On standard input one a line; what follows a blank and a # is a remark.
    """
    found: list[str] = []
    for word in words:
        found += _from_input() if word == "-" else [word]
    if not found:
        raise UsageError("there is nothing to add: no identifier was given", "litbase add 10.1037/pst0000185")
    return found


def _from_input() -> list[str]:
    text = files.text("-")
    lines = (line.split(" # ")[0].strip() for line in text.splitlines() if not line.startswith("#"))
    return [line for line in lines if line]


def _introduce() -> None:
    """Ask a person at a terminal, once, for an address to go with requests to Crossref."""
    from litbase import config

    if session.current.may_ask and "mailto" not in config.settings():
        console.say("Crossref answers faster and more reliably when it knows whom to write to if something goes wrong.")
        console.say("It is sent to Crossref, and to Open Library and PubMed where you ask those; to nobody else.")
        address = console.ask("Your e-mail address (empty for none):") or ""
        config.save("mailto", address)


def _print(outcome: "Outcome") -> None:
    if outcome.error is not None:
        console.warn(f"{outcome.asked} # {outcome.error.message}")
        if outcome.error.hint and console.on_terminal():
            console.say(f"# {outcome.error.hint}", "dim")
        return
    from litbase.domain import brief

    item = outcome.item
    told = "" if outcome.status == "added" else f"({outcomes.WORDS[outcome.status]}) "
    shown = (brief.byline(item) or "—", brief.when(item), brief.title(item))
    if console.on_terminal():
        key = console.Piece(outcome.citekey, "bold cyan")
        console.line(
            key,
            "  ",
            console.Piece(told, "yellow"),
            f"{shown[0]} ({shown[1]}). ",
            console.Piece(shown[2], "bold"),
            indent=4,
        )
    else:
        console.rows([(outcome.citekey, *shown, outcomes.WORDS[outcome.status])], flexible=3)
    for remark in outcome.remarks:
        console.say(f"    {remark}" if console.on_terminal() else f"# {outcome.citekey}: {remark}", "dim")


def _json(outcome: "Outcome") -> dict[str, object]:
    shown: dict[str, object] = {"identifier": outcome.asked, "status": outcome.status}
    if outcome.error is not None:
        error = outcome.error
        return {**shown, "error": {"code": error.code, "message": error.message, "hint": error.hint}}
    return {
        **shown,
        "citekey": outcome.citekey,
        "origin": outcome.origin,
        "item": outcome.item,
        "remarks": list(outcome.remarks),
    }
