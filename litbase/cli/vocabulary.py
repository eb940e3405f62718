"""The vocabulary kept in order: `concept alias|broader|rename|merge|remove|edit|export|import`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from litbase.errors import BadInput, UsageError

from . import console, files, session
from .command import Argument, Json, Option, Yes

_Name = Annotated[str, Argument("A concept, by name or alias.", "CONCEPT", "concepts")]
_Remove = Annotated[bool, Option(("--remove",), "Take it away instead.")]


def alias(
    name: _Name,
    aliases: Annotated[Sequence[str], Argument("Other names for it.", "ALIAS...")],
    *,
    remove: _Remove = False,
) -> int:
    """Give a concept other names: whoever types one means the concept.

    Examples:
      litbase concept alias repair "mending" "making up"
      litbase concept alias repair reparation --remove
    """
    from litbase.services import concepts as service

    service.alias(session.current.library, name, aliases, remove)
    console.say(f"{name} {'no longer goes' if remove else 'also goes'} by {', '.join(aliases)}")
    return 0


def broader(
    name: _Name,
    above: Annotated[Sequence[str], Argument("The concepts it stands under.", "BROADER...", "concepts")],
    *,
    remove: _Remove = False,
) -> int:
    """Put a concept under broader ones: a search for those finds it too.

    Examples:
      litbase concept broader repair empathy
      litbase concept broader repair "therapeutic relationship" --remove
    """
    from litbase.services import concepts as service

    service.broader(session.current.library, name, above, remove)
    console.say(f"{name} {'no longer stands' if remove else 'stands'} under {', '.join(above)}")
    return 0


def rename(name: _Name, new: Annotated[str, Argument("Its new name.", "NAME")]) -> int:
    """Give a concept another name. The old one stays as an alias.

    Examples:
      litbase concept rename repair "relational mending"
    """
    from litbase.services import concepts as service

    service.rename(session.current.library, name, new)
    console.say(f"{name} is now {new}, and still goes by {name}")
    return 0


def merge(
    name: _Name,
    into: Annotated[str, Argument("The concept that stays.", "INTO", "concepts")],
    *,
    yes: Yes = False,
) -> int:
    """Unite a concept with another: sources, names and narrower concepts go over. `litbase undo` takes it back.

    Examples:
      litbase concept merge repair "therapeutic relationship" --yes
    """
    from litbase.services import concepts as service

    if not _sure(f"unite “{name}” with “{into}”?", yes):
        return 0
    moved = service.merge(session.current.library, name, into)
    console.say(f"{name} is part of {into}; {moved} source{'s' if moved != 1 else ''} went over (litbase undo)")
    return 0


def remove(name: _Name, *, yes: Yes = False) -> int:
    """Take a concept out of the vocabulary and off its sources. `litbase undo` takes it back.

    Examples:
      litbase concept remove repair --yes
    """
    from litbase.services import concepts as service

    if not _sure(f"take “{name}” out of the vocabulary and off its sources?", yes):
        return 0
    had = service.remove(session.current.library, name)
    console.say(f"{name} removed, from {had} source{'s' if had != 1 else ''} (litbase undo)")
    return 0


def edit(
    name: _Name,
    *,
    definition: Annotated[str | None, Option(("--definition", "-d"), "What it means.", "TEXT")] = None,
    cue: Annotated[
        Sequence[str], Option(("--cue",), "A word in a text that suggests it; may be repeated.", "WORD")
    ] = (),
) -> int:
    """Set what a concept means, and the words in a text that suggest it.

    Examples:
      litbase concept edit repair --definition "Finding the way back to contact." --cue mending --cue rupture
    """
    from litbase.services import concepts as service

    if definition is None and not cue:
        raise UsageError("there is nothing to set", "give --definition or --cue")
    service.define(session.current.library, name, definition, cue or None)
    console.say(f"{name} set")
    return 0


def export(
    *,
    output: Annotated[str, Option(("--output", "-o"), "Write to this file instead.", "FILE", "files")] = "",
    force: Annotated[bool, Option(("--force",), "Write over a file that is there.")] = False,
) -> int:
    """Write the vocabulary as JSON Lines, one concept a line, for another library or a backup.

    Examples:
      litbase concept export > concepts.jsonl
      litbase concept export -o vocabulary.jsonl
    """
    from litbase.services import concepts as service

    lines = [console.compact(row) for row in service.export(session.current.library)]
    if output:
        from litbase.services import saving

        saving.save(Path(output), "".join(line + "\n" for line in lines), force)
        console.say(f"wrote {len(lines)} concepts to {output}")
        return 0
    for line in lines:
        print(line)
    return 0


def import_(
    file: Annotated[str, Argument("A file of JSON Lines; - is standard input.", "FILE|-", "files")],
    *,
    json: Json = False,
) -> int:
    """Add the concepts of a file that are not there yet, all or none.

    Examples:
      litbase concept import concepts.jsonl
    """
    from json import JSONDecodeError, loads

    from litbase.services import concepts as service

    rows: list[object] = []
    for number, line in enumerate(files.text(file).splitlines(), 1):
        if line.strip():
            try:
                rows.append(loads(line))
            except (JSONDecodeError, RecursionError) as error:
                raise BadInput(f"line {number} of {file} is not JSON", "one concept a line") from error
    if not rows:
        raise BadInput(
            f"there are no concepts in {file}", "one JSON object a line: litbase concept export shows the form"
        )
    added = service.import_(session.current.library, rows)
    if json:
        console.emit({"schema": "litbase.concept-import/1", "added": added})
    else:
        console.say(f"{len(added)} of {len(rows)} concepts added; the others were there")
    return 0


def _sure(question: str, yes: bool) -> bool:
    if yes:
        return True
    if not session.current.may_ask:
        raise UsageError("this needs --yes where nobody can be asked", "add --yes")
    if console.agreed(question):
        return True
    console.say("left as it is")
    return False
