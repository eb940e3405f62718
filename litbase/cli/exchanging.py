"""`import` and `export`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from litbase.errors import BadInput, UsageError
from litbase.spool import Spool

from . import console, outcomes, session
from .command import Argument, DryRun, Json, Option, Yes
from .files import draft

if TYPE_CHECKING:
    from litbase.services.importing import Outcome, Ready, Wish
    from litbase.services.intake import Entry, Fault, Given, Remark

# Rows that are set in columns together.
_ALIGNED = 1000
Notes: TypeAlias = Literal["none", "public", "all"]
# As in services/intake.py and services/exporting.py (tests/test_import.py holds them together).
READ = ("auto", "bibtex", "ris", "csl-json", "jsonl", "dois")
WRITTEN = ("jsonl", "csl-json", "bibtex", "ris")


def import_(
    files: Annotated[Sequence[str], Argument("Files or folders; - is standard input.", "FILE...", "files")],
    *,
    format: Annotated[
        str,
        Option(("--format", "-f"), "bibtex, ris, csl-json, jsonl or dois; seen by itself if left out.", choices=READ),
    ] = "auto",
    from_list: Annotated[
        bool, Option(("--from-list",), "The files are drafts: import the works of their reference lists.")
    ] = False,
    concept: Annotated[
        Sequence[str], Option(("--concept", "-c"), "Tag what is imported with this concept.", "CONCEPT", "concepts")
    ] = (),
    new: Annotated[bool, Option(("--new",), "Make the concepts that are not there yet.")] = False,
    tags: Annotated[bool, Option(("--tags",), "Make concepts of the files' own keywords.")] = False,
    keep_going: Annotated[bool, Option(("--keep-going",), "Import what can be read, and list the rest.")] = False,
    offline: Annotated[bool, Option(("--offline",), "Open no connection.")] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Import sources from BibTeX, RIS and CSL-JSON files, from texts with DOIs, and from litbase's own exports.

    All or nothing, unless --keep-going; nothing twice. Titles are set in sentence case; notes become
    private notes, keywords concepts only with --tags. An export of litbase's own put into an empty library
    restores it, history and all. DOIs are fetched as by `litbase add`.

    Examples:
      litbase import refs.bib
      litbase import zotero.ris --tags --concept attachment --dry-run
      litbase import practice.jsonl
      litbase import refs.bib items.json --keep-going --json
      litbase import dois.txt --format dois --offline
      litbase import post.md --from-list --offline --yes
    """
    from litbase.services import importing, intake

    if not files:
        raise UsageError("there is nothing to import: no file was given", "litbase import refs.bib")
    if from_list and format != "auto":
        raise UsageError("--from-list and --format do not go together", "a draft's format is seen from its name")
    wish = importing.Wish(tuple(concept), new, tags, dry_run)
    if from_list:
        return _lists(files, wish, offline, yes, json)
    with intake.looked_at(files, "" if format == "auto" else format, sys.stdin.buffer) as given:
        exports = [one for one in given if one.form == "jsonl"]
        if exports:
            return _restore(given, exports[0], wish, json)
        return _import(given, wish, keep_going, offline, json)


def _import(given: Sequence["Given"], wish: "Wish", keep_going: bool, offline: bool, json: bool) -> int:
    from litbase.services import intake

    with Spool["Ready"]() as ready, Spool["Outcome"]() as done:
        _prepare(given, ready, done)
        refused = len(done)
        if refused and not json:
            _complain(done)
        if refused and not keep_going:
            error = BadInput(
                f"{_entries(refused)} of {refused + len(ready):,} cannot be read; nothing was imported",
                "mend the file, or --keep-going imports the others",
            )
            if not json:
                raise error
            return _finished(done, [], wish, offline, json, 5)
        dois = [doi for one in given if one.form == "dois" for doi in intake.dois(one)]
        _keep(ready, wish, done)
        return _finished(done, dois, wish, offline, json, 5 if refused else 0)


def _prepare(given: Sequence["Given"], ready: Spool["Ready"], refused: Spool["Outcome"]) -> None:
    """Read all entries of all files; nothing is kept before the last has been read."""
    from litbase.services import importing, intake

    with console.progress(None, "reading") as bar:
        for one in given:
            if one.form == "dois":
                continue
            for entry in importing.ready(one.file, one.form, _without_remarks(intake.entries(one))):
                bar.step()
                if isinstance(entry, importing.Ready):
                    ready.append(entry)
                else:
                    refused.append(entry)


def _without_remarks(found: Iterable["Entry | Fault | Remark"]) -> Iterator["Entry | Fault"]:
    """Entries and faults; remarks on the file are told."""
    from litbase.services.intake import Remark

    for one in found:
        if isinstance(one, Remark):
            console.warn(f"# {one.text}")
        else:
            yield one


def _keep(ready: "Spool[Ready] | Sequence[Ready]", wish: "Wish", done: Spool["Outcome"]) -> None:
    from litbase.services import importing

    with console.progress(len(ready), "keeping") as bar:
        for outcome in importing.keep(session.current.library, ready, wish) if ready else ():
            done.append(outcome)
            bar.step()


def _complain(refused: Iterable["Outcome"]) -> None:
    for one in refused:
        console.warn(f"{one.file}:{one.line}: entry {one.number}: {one.reason}")


def _finished(done: Spool["Outcome"], dois: Sequence[str], wish: "Wish", offline: bool, json: bool, code: int) -> int:
    """Show what became of each entry, and fetch what the files only named; the exit code of it all."""
    if json:
        fetched, failed = _fetched(dois, wish, offline)
        console.emit_list({"schema": "litbase.import/1"}, "sources", chain(map(_json, done), fetched))
        return code or failed
    new = (one for one in done if one.status not in ("present", "refused"))
    while some := list(islice(new, _ALIGNED)):
        console.rows(map(_row, some), flexible=3)
    for one in done:
        for remark in one.remarks:
            console.say(f"# {one.citekey}: {remark}", "dim")
    if done or not dois:
        console.say(f"# {outcomes.count(one.status for one in done)}")
    return code or (_added(dois, wish, offline) if dois else 0)


def _added(dois: Sequence[str], wish: "Wish", offline: bool) -> int:
    """Add by DOI, as `litbase add` does."""
    from . import adding

    return adding.add(
        list(dict.fromkeys(dois)),
        concept=wish.concepts,
        new=wish.new_concepts,
        offline=offline,
        dry_run=wish.dry_run,
    )


def _fetched(dois: Sequence[str], wish: "Wish", offline: bool) -> tuple[list[dict[str, object]], int]:
    """Add by DOI without talk: what became of each, and the exit code of the first that failed."""
    if not dois:
        return [], 0
    from litbase.services import add as service
    from litbase.services import contact

    wished = service.Wish(wish.concepts, wish.new_concepts, "", wish.dry_run, offline)
    done = list(service.add(session.current.library, list(dict.fromkeys(dois)), wished, contact.settings()))
    shown: list[dict[str, object]] = [
        {"identifier": one.asked, "status": one.status, "citekey": one.citekey, "item": one.item}
        if one.error is None
        else {"identifier": one.asked, "status": one.status, "reason": one.error.message}
        for one in done
    ]
    return shown, next((one.error.exit_code for one in done if one.error), 0)


def _row(one: "Outcome") -> tuple[console.Piece | str, ...]:
    from litbase.domain import brief

    shown = (brief.byline(one.item) or "—", brief.when(one.item), brief.title(one.item))
    return (console.Piece(one.citekey, "bold cyan"), *shown, console.Piece(outcomes.WORDS[one.status], "dim"))


def _json(one: "Outcome") -> dict[str, object]:
    place: dict[str, object] = {"file": one.file, "entry": one.number, "line": one.line, "status": one.status}
    if one.status == "refused":
        return {**place, "reason": one.reason}
    return {**place, "citekey": one.citekey, "item": one.item, "remarks": list(one.remarks)}


def _entries(count: int) -> str:
    return f"{count:,} entr{'y' if count == 1 else 'ies'}"


def _restore(given: Sequence["Given"], export: "Given", wish: "Wish", json: bool) -> int:
    """Put an export of litbase's own back."""
    from litbase.services import restoring

    if len(given) > 1:
        raise UsageError("an export of litbase’s own is imported by itself", f"litbase import {export.file}")
    if wish.concepts or wish.tags:
        raise UsageError("an export brings its own concepts", "leave out --concept and --tags")
    with Spool["Outcome"]() as outcomes_of:
        told = outcomes_of.append if json else _untold
        done = restoring.restore(session.current.library, export.handed, wish.dry_run, told)
        if json:
            return _finished(outcomes_of, [], wish, True, json, 0)
    what = "the whole library, as it was" if done.whole else "what was not there yet"
    verb = "would restore" if wish.dry_run else "restored"
    console.say(f"# {verb} {what}: {outcomes.count(done.statuses)}; {done.concepts:,} concepts in the file")
    return 0


def _untold(_: "Outcome") -> None:
    """What becomes of each source is told under --json only."""


def _lists(drafts: Sequence[str], wish: "Wish", offline: bool, yes: bool, json: bool) -> int:
    """Import the reference lists of drafts: what is found is fetched, what is guessed is asked about."""
    from litbase.services import contact, listed

    dois: list[str] = []
    guessed: list[Ready] = []
    for file in drafts:
        content = draft(file)
        with console.progress(listed.count(file, content), "looking up") as bar:
            settings = None if offline else contact.settings().crossref
            found = listed.read(file, content, session.current.library, settings, bar.step)
        for remark in found.remarks:
            console.warn(f"# {remark}")
        dois += found.dois
        guessed += found.guessed
    # Asked before anything is fetched: where nobody can say yes, nothing is done.
    wanted = _looked_through(guessed, yes or wish.dry_run)
    with Spool["Outcome"]() as done:
        _keep(wanted, wish, done)
        return _finished(done, dois, wish, offline, json, 0)


def _looked_through(guessed: Sequence["Ready"], yes: bool) -> Sequence["Ready"]:
    """The guesses the user takes, each shown field by field."""
    from litbase.services import listed

    if not guessed or yes:
        return guessed
    if not session.current.may_ask:
        raise UsageError(
            f"{_entries(len(guessed))} could only be read from the list and needs a yes", "add --yes to take them all"
        )
    taken: list[Ready] = []
    for one in guessed:
        for name, text in listed.shown(one):
            console.line(console.Piece(f"  {name}: ", "dim"), text, indent=4)
        if console.agreed(f"add {one.new.citekey}?"):
            taken.append(one)
    return taken


def export(
    keys: Annotated[
        Sequence[str], Argument("The sources' citekeys; all where nothing is given.", "[KEY]...", "citekeys")
    ] = (),
    *,
    concept: Annotated[
        Sequence[str], Option(("--concept", "-c"), "The sources under this concept.", "CONCEPT", "concepts")
    ] = (),
    search: Annotated[str, Option(("--search",), "The sources that this search finds.", "WORDS")] = "",
    format: Annotated[
        str, Option(("--format", "-f"), "jsonl (litbase's own, lossless), csl-json, bibtex or ris.", choices=WRITTEN)
    ] = "jsonl",
    output: Annotated[str, Option(("--output", "-o"), "Write to this file instead.", "FILE", "files")] = "",
    split: Annotated[str, Option(("--split",), "Write a folder, a file a source, for git.", "DIR", "files")] = "",
    with_notes: Annotated[bool, Option(("--with-notes",), "Public notes too.")] = False,
    with_private: Annotated[
        bool, Option(("--with-private",), "Private notes too, and which drafts cite what.")
    ] = False,
    force: Annotated[bool, Option(("--force",), "Write over a file that is there.")] = False,
) -> int:
    """Export the library or a part of it: whole and lossless, or for another program.

    jsonl holds everything: ids, keys, concepts, raw answers and history, in lines of JSON that `litbase import`
    puts back as they were. Notes leave only with --with-notes, private ones only with --with-private.

    Examples:
      litbase export --with-private -o practice-all.jsonl
      litbase export --concept repair --format bibtex > repair.bib
      litbase export tronick1989 deyoung2015 --format ris
      litbase export --split shelf
    """
    from litbase.services import exporting
    from litbase.services.search import Question

    question = Question(search, tuple(concept)) if concept or search else None
    notes: Notes = "all" if with_private else "public" if with_notes else "none"
    wanted = exporting.Wanted(tuple(keys), question, notes)
    library = session.current.library
    if split:
        if format != "jsonl" or output:
            raise UsageError("--split writes litbase’s own format to a folder", "leave out --format and --output")
        count = exporting.split(library, wanted, Path(split), force)
        console.say(f"wrote {count:,} sources to the folder {split}{_kept_back(notes)}")
        return 0
    if output:
        exporting.save(library, wanted, format, Path(output), force)
        console.say(f"wrote {output}{_kept_back(notes)}")
        return 0
    with Spool[str]() as pieces:
        # Whoever reads this may take his time, and nobody could write to the library meanwhile.
        for piece in exporting.pieces(library, wanted, format):
            pieces.append(piece)
        for piece in pieces:
            _print(piece)
    return 0


def _print(piece: str) -> None:
    """A piece of an export: to a terminal inert, to a pipe or file as it is, in UTF-8 whatever the locale."""
    if console.on_terminal():
        console.raw(piece.removesuffix("\n"))
    else:
        sys.stdout.buffer.write(piece.encode())


def _kept_back(notes: Notes) -> str:
    """What did not leave, so that an export is not taken for a backup."""
    return {"none": " (without notes)", "public": " (without private notes)"}.get(notes, "")
