"""`refresh` and `clean`: sources fetched and cleaned again."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, DryRun, Json, Option

if TYPE_CHECKING:
    from litbase.services.refresh import Renewed

_Keys = Annotated[Sequence[str], Argument("The sources' citekeys.", "[KEY]...", "citekeys")]
_All = Annotated[bool, Option(("--all",), "All sources.")]


def refresh(keys: _Keys = (), *, all: _All = False, dry_run: DryRun = False, json: Json = False) -> int:
    """Fetch sources again and show what has changed: corrections, print dates, retractions.

    A field that you have set by hand is never overwritten.

    Examples:
      litbase refresh eubanks2018 --dry-run
      litbase refresh --all
    """
    from litbase.services import contact
    from litbase.services import refresh as service

    wanted = _wanted(keys, all)
    return _report("refresh", service.refresh(session.current.library, wanted, contact.settings(), dry_run), json)


def clean(keys: _Keys = (), *, all: _All = False, dry_run: DryRun = False, json: Json = False) -> int:
    """Clean the provider's answers that are kept again, by the rules of this litbase. Needs no network.

    A field that you have set by hand is never overwritten.

    Examples:
      litbase clean --all --dry-run
      litbase clean --all
    """
    from litbase.services import refresh as service

    return _report("clean", service.clean(session.current.library, _wanted(keys, all), dry_run), json)


def _wanted(keys: Sequence[str], all: bool) -> Sequence[str]:
    if not keys and not all:
        raise UsageError("say which sources, or --all", "litbase list shows them")
    return () if all else keys


def _report(command: str, renewed: Iterable["Renewed"], json: bool) -> int:
    from litbase.services import refer

    done: list[Renewed] = []
    for one in renewed:
        done.append(one)
        if not json:
            _print(one)
    changed = [one.citekey for one in done if one.changes]
    if json:
        console.emit({"schema": f"litbase.{command}/1", "sources": [_json(one) for one in done]})
    else:
        failed = sum(one.error is not None for one in done)
        console.say(f"{len(done)} looked at, {len(changed)} changed" + (f", {failed} not reached" if failed else ""))
    if changed:
        refer.keep_entries(session.current.library, changed)
    return next((one.error.exit_code for one in done if one.error), 0)


def _print(one: "Renewed") -> None:
    if one.error is not None:
        console.warn(f"{one.citekey} # {one.error.message}")
    if one.changes:
        console.line(console.Piece(one.citekey, "bold cyan"))
    for name, (before, after) in one.changes.items():
        console.line("  ", console.Piece(f"{name}: ", "dim"), before or "—", " → ", console.Piece(after or "—", "bold"))
    for warning in one.warnings:
        console.warn(warning)


def _json(one: "Renewed") -> dict[str, object]:
    changes = {name: {"before": before, "after": after} for name, (before, after) in one.changes.items()}
    error = None if one.error is None else {"code": one.error.code, "message": one.error.message}
    return {"citekey": one.citekey, "changes": changes, "warnings": list(one.warnings), "error": error}
