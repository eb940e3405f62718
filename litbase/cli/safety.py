"""`backup …`, `doctor` and `purge`: that nothing is lost, and that what should be gone is gone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, DryRun, Json, Option, Yes

if TYPE_CHECKING:
    from litbase.services.backup import Backup, Verdict
    from litbase.services.purge import Condemned, Erased

_WHY = {
    "day": "of the day",
    "hand": "made by hand",
    "schema": "before a migration",
    "replaced": "kept when another took its place",
}
_Name = Annotated[str, Argument("A backup's name or the beginning of it, a time, or a path.", "[BACKUP]", "files")]


def backup(*, json: Json = False) -> int:
    """Make a backup of the library now, and look into it.

    Backups lie in the folder `backups` beside the library. litbase makes one by itself before each migration and
    once a day when something has changed; of those it keeps seven days, four weeks and twelve months.
    See also `litbase backup list`, `backup verify` and `backup restore`.

    Examples:
      litbase backup
      litbase backup --json
    """
    from litbase.services import backup as service

    made, verdict = service.make(session.current.library)
    if json:
        console.emit({"schema": "litbase.backup/1", "backup": {**_json(made), **_verdict(verdict)}})
    else:
        console.say(f"{verdict.sources:,} sources and {verdict.notes:,} notes are in {made.path}")
    return 0


def backup_list(*, json: Json = False) -> int:
    """List the backups there are, newest first.

    Examples:
      litbase backup && litbase backup list
    """
    from litbase.services import backup as service

    found = service.listed(session.current.library)
    if json:
        console.emit({"schema": "litbase.backups/1", "backups": [_json(one) for one in found]})
        return 0
    console.rows(
        ((one.path.name, _when(one.made), _WHY[one.why], f"{one.size / 1_000_000:.1f} MB") for one in found), flexible=0
    )
    if not found:
        console.say("there is no backup yet; litbase backup makes one")
    return 0


def backup_verify(
    names: Annotated[Sequence[str], Argument("Backups; all where none is named.", "[BACKUP]...", "files")] = (),
    *,
    json: Json = False,
) -> int:
    """Look into backups: is each one whole, and what does it hold? Exit code 1 where one is not.

    Examples:
      litbase backup && litbase backup verify
    """
    from litbase.services import backup as service

    found = service.verify(session.current.library, names)
    if json:
        shown = [{"path": str(path), **_verdict(verdict)} for path, verdict in found]
        console.emit({"schema": "litbase.verify/1", "backups": shown})
    for path, verdict in () if json else found:
        good = f"{verdict.sources:,} sources, {verdict.notes:,} notes, schema {verdict.schema}"
        said = console.Piece(verdict.trouble, "red") if verdict.trouble else console.Piece(good, "green")
        console.line(path.name, "  ", said)
    return 1 if any(verdict.trouble for _, verdict in found) else 0


def backup_restore(name: _Name = "", *, yes: Yes = False, json: Json = False) -> int:
    """Put a backup in the place of the library: the newest one, or the one you name.

    The library that is there now is kept among the backups, damaged or not, and its name is told: restoring
    that one takes the restoration back. A terminal asks first; elsewhere --yes is needed.

    Examples:
      litbase backup && litbase backup restore --yes
    """
    from litbase.services import backup as service

    library = session.current.library
    path, made = service.when(library, name)
    if not yes:
        if not session.current.may_ask:
            raise UsageError("restoring needs --yes where nobody can be asked", "add --yes")
        if not console.agreed(f"put {path.name}{f' of {_when(made)}' if made else ''} in the place of {library}?"):
            console.say("nothing was changed")
            return 0
    done = service.restore(library, path)
    if json:
        aside = str(done.aside) if done.aside else None
        shown = {"restored": str(path), "kept": aside, **_verdict(done.verdict)}
        console.emit({"schema": "litbase.restore/1", **shown})
        return 0
    console.say(f"{library} is {path.name} again: {done.verdict.sources:,} sources, {done.verdict.notes:,} notes")
    if done.aside:
        console.say(f"what was there before is {done.aside}")
    return 0


def _when(made: str) -> str:
    return made[:16].replace("T", " ") + " UTC"


def _json(one: "Backup") -> dict[str, object]:
    return {"path": str(one.path), "made": one.made, "why": one.why, "bytes": one.size}


def _verdict(verdict: "Verdict") -> dict[str, object]:
    good = {"schema_version": verdict.schema, "sources": verdict.sources, "notes": verdict.notes}
    return {"good": not verdict.trouble, "trouble": verdict.trouble, **({} if verdict.trouble else good)}


def doctor(
    *,
    fix: Annotated[
        bool, Option(("--fix",), "Mend what can be made again, on a copy that then takes the library's place.")
    ] = False,
    json: Json = False,
) -> int:
    """See whether the library is whole, safe where it lies, and fit to make entries of. Exit code 1 with errors.

    Looked at are the file, its keys and its index, rights, backups, a folder that another program copies,
    what interrupted runs have left, and sources that lack what an APA entry of their type needs. That a work
    has no author, or no date, is a hint where works of its type may have none; hints leave the exit code 0.

    Examples:
      litbase doctor || echo "there is something to see to"
      litbase doctor --fix || litbase doctor --json
    """
    from litbase.services import doctor as service

    library = session.current.library
    done = service.fix(library) if fix else None
    found = done.left if done else service.examine(library)
    mended = done.mended if done else []
    errors = sum(one.severity == "error" for one in found)
    if json:
        console.emit(
            {
                "schema": "litbase.doctor/1",
                "findings": [one._asdict() for one in found],
                "mended": [one._asdict() for one in mended],
                "kept": str(done.aside) if done and done.aside else None,
            }
        )
        return 1 if errors else 0
    for one in mended:
        console.say(f"mended: {one.message}")
    if done and done.aside:
        console.say(f"the library as it was is {done.aside}")
    for one in found:
        looks = "yellow" if one.severity == "error" else "dim"
        console.line(console.Piece(f"{one.code}: ", looks), one.message, indent=4)
        for path in one.about if one.code in ("leftover", "unsaved") else ():
            console.line("    ", path, indent=4)
        console.line(console.Piece(f"    {one.hint}", "dim"), indent=4)
    hints = len(found) - errors
    told = [
        f"{count} {word}{'s' if count != 1 else ''}" for count, word in ((errors, "error"), (hints, "hint")) if count
    ]
    console.say(("" if errors else "all is well: ") + ", ".join(told) if told else "all is well")
    return 1 if errors else 0


def purge(
    keys: Annotated[
        Sequence[str],
        Argument("Sources by citekey; all that is in the bin where none is named.", "[KEY]...", "citekeys"),
    ] = (),
    *,
    note: Annotated[str, Option(("--note",), "Only this note of the source, by its number.", "NUMBER")] = "",
    earlier: Annotated[
        bool, Option(("--earlier",), "Only what notes said before, and removed notes; what they say now stays.")
    ] = False,
    backups: Annotated[bool, Option(("--backups",), "Remove the backups that hold it, too.")] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Erase for good what is in the bin, or the sources you name: it cannot be undone.

    Gone are the source, its notes, its words in the index, its rendered entries, the provider's answer and
    what history kept; that something was erased, and when, stays. Backups that still hold it are named.
    A terminal asks first; elsewhere --yes is needed.

    Examples:
      litbase purge deyoung2015 --dry-run
      litbase purge tronick1989 --note 1 --yes
      litbase purge --earlier --yes
      litbase remove deyoung2015 --yes && litbase purge --yes
    """
    from litbase.services import purge as service

    library = session.current.library
    if note and (len(keys) != 1 or earlier):
        raise UsageError("--note takes one source", "litbase purge KEY --note NUMBER")
    if note:
        condemned = service.note(library, keys[0], note)
    elif earlier:
        condemned = service.earlier(library, keys)
    else:
        condemned = service.named(library, keys) if keys else service.binned(library)
    told = _condemned(condemned)
    if not dry_run and not yes and condemned.uuids:
        if not session.current.may_ask:
            raise UsageError("erasing needs --yes where nobody can be asked", "add --yes, or --dry-run to see what")
        _list(condemned)
        if not console.agreed(f"erase {told} for good?"):
            console.say("kept")
            return 0
    found = None if dry_run else service.erase(library, condemned, backups)
    if json:
        console.emit({"schema": "litbase.purge/1", "dry_run": dry_run, **_purged(condemned, found)})
        return 0
    if found is None:
        _list(condemned)
        console.say(f"{told} would be erased" if condemned.uuids else "there is nothing to erase")
        return 0
    console.say(f"{told} erased for good")
    if not found.squeezed:
        console.warn("the file could not be written anew; it is as long as before")
    if found.backups:
        console.warn(f"still in {len(found.backups)} backup{'s' if len(found.backups) > 1 else ''}:")
    for path in found.backups:
        console.warn(f"  {path}")
    return 0


def _list(condemned: "Condemned") -> None:
    for source in condemned.sources:
        about = f"{source.byline} ({source.year or 'n.d.'}). {source.title}"
        console.line(console.Piece(source.citekey, "bold cyan"), f"  {about}", indent=4)
    for note in condemned.notes:
        console.line(console.Piece(note.citekey, "bold cyan"), f"  {note.kind} {note.number}")
    for removed in condemned.removed:
        console.line(console.Piece(removed.citekey or "—", "bold cyan"), f"  a note removed {_when(removed.removed)}")


def _condemned(condemned: "Condemned") -> str:
    counts = (
        (len(condemned.sources), "source", "sources"),
        (len(condemned.notes) + len(condemned.removed), "note", "notes"),
        (condemned.texts, "earlier text", "earlier texts"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count) or "nothing"


def _purged(condemned: "Condemned", found: "Erased | None") -> dict[str, object]:
    return {
        "sources": [source.citekey for source in condemned.sources],
        "notes": [*[note.uuid for note in condemned.notes], *[note.uuid for note in condemned.removed]],
        "earlier_texts": condemned.texts,
        "backups": [str(path) for path in found.backups] if found else [],
    }
