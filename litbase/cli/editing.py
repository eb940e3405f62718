"""`edit` and `remove`."""

from collections.abc import Sequence
from typing import Annotated

from litbase.errors import UsageError

from . import console, editor, session
from .command import Argument, Json, Key, Option, Yes


def edit(
    key: Key,
    *,
    set: Annotated[
        Sequence[str], Option(("--set", "-s"), "Set a field; an empty value takes it away.", "FIELD=VALUE")
    ] = (),
    json: Json = False,
) -> int:
    """Correct a source: field by field, or all of it in your editor.

    What you set is yours: nothing that litbase fetches or cleans later changes it.

    Examples:
      litbase edit deyoung2015 --set year=2015 --set "publisher=Routledge"
      litbase edit deyoung2015 --set "author=DeYoung, Patricia A."
      litbase edit deyoung2015
    """
    from litbase.services import edit as service
    from litbase.services import refer

    if set:
        changed = service.apply(session.current.library, key, service.assignments(set))
    else:
        source, form = service.form(session.current.library, key)
        with editor.draft(form, f"{source.citekey}.txt") as draft:
            changed = service.apply(session.current.library, source.citekey, service.form_changes(form, draft.text))
    if changed:
        refer.keep_entries(session.current.library, [key])
    if json:
        fields = {name: {"before": before, "after": after} for name, (before, after) in changed.items()}
        console.emit({"schema": "litbase.edit/1", "citekey": key, "changed": fields})
        return 0
    for name, (before, after) in changed.items():
        console.line(console.Piece(f"{name}: ", "dim"), before or "—", " → ", console.Piece(after or "—", "bold"))
    if not changed:
        console.say("nothing changed")
    return 0


def remove(
    keys: Annotated[Sequence[str], Argument("The sources' citekeys.", "KEY...", "citekeys")],
    *,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Put sources in the bin, with their notes. Adding one again takes it out.

    A terminal asks first; elsewhere --yes is needed.

    Examples:
      litbase remove deyoung2015 --yes
      litbase remove eubanks2018 tronick1989 --yes
    """
    from litbase.services import edit as service

    found = service.named(session.current.library, keys)
    if not yes:
        if not session.current.may_ask:
            raise UsageError("removing sources needs --yes where nobody can be asked", "add --yes")
        for source in found:
            console.line(
                console.Piece(source.citekey, "bold cyan"),
                f"  {source.byline} ({source.year or 'n.d.'}). {source.title}",
                indent=4,
            )
        if not console.agreed(f"put {'it' if len(found) == 1 else f'these {len(found)}'} in the bin?"):
            console.say("kept")
            return 0
    service.remove(session.current.library, [source.citekey for source in found])
    if json:
        console.emit({"schema": "litbase.remove/1", "removed": [source.citekey for source in found]})
    else:
        console.say(
            f"{', '.join(source.citekey for source in found)} put in the bin; adding the DOI again takes it out"
        )
    return 0
