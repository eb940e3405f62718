"""`build`, `uses` and `drafts`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, files, session
from .command import Argument, Json, Key, Option

if TYPE_CHECKING:
    from litbase.services.build import Built


def build(
    draft: Annotated[str, Argument("The draft: Markdown, HTML, docx or text; - is standard input.", "DRAFT", "files")],
    *,
    output: Annotated[
        str, Option(("--output", "-o"), "Write to this file; its ending tells the format.", "FILE", "files")
    ] = "",
    format: Annotated[str, Option(("--format", "-f"), "md, html, html-page, text or docx.", "FORMAT")] = "",
    style: Annotated[
        str, Option(("--style",), "A CSL style: apa, any stock style's name, or a path.", "STYLE", "styles")
    ] = "apa",
    heading: Annotated[str, Option(("--heading",), "The list's heading; empty for none.", "TEXT")] = "References",
    no_links: Annotated[bool, Option(("--no-links",), "Citations and entries without links to each other.")] = False,
    force: Annotated[bool, Option(("--force",), "Write over a file that is there.")] = False,
    json: Json = False,
) -> int:
    """Write out a draft's citations, and its reference list.

    In the draft a citation is [@deyoung2015, p. 45; see also @stern1985], @deyoung2015 [p. 45], [-@deyoung2015],
    or [@badenoch2008 as cited in @holmqvist2022]. The list goes where the draft has <!-- references --> or
    {{references}}, else to its end. All else stays as it is. An unknown citekey stops the command, and nothing
    is written. With --format html there is no page around the text.

    Examples:
      litbase build post.md -o post.html
      litbase build post.md -o finished.docx --heading Sources
      echo 'As @deyoung2015 [p. 45] says.' | litbase build - --format html
      echo '[see @deyoung2015; @bowlby1982]' | litbase build - --format text --json
    """
    from litbase.services import build as service
    from litbase.services.build_citing import Wanted

    if output and draft != "-" and Path(output).resolve() == Path(draft).resolve():
        raise UsageError("the draft itself would be written over, and its citekeys lost", "name another file with -o")
    ending = Path(output).suffix.lower().removeprefix(".")
    form = format or service.ENDINGS.get(ending, "")
    if format and format not in service.FORMATS:
        raise UsageError(f"there is no format “{format}” for drafts", f"one of {', '.join(service.FORMATS)}")
    if output and not form and ending:
        raise UsageError(f"what is to be written to {output}?", f"--format {', '.join(service.FORMATS)}")
    content = files.draft(draft)
    made = service.build(session.current.library, draft, content, Wanted(form, style, heading, not no_links))
    _deliver(made, output, force, json)
    for remark in made.remarks:
        console.warn(remark)
    from litbase.services import ledger

    ledger.remember(session.current.library, draft, made.uses, content, made.title)
    return 0


def _deliver(made: "Built", output: str, force: bool, json: bool) -> None:
    """Print a finished draft, or save it; say what was done.

    Raises: UsageError for a docx with nowhere to go; BadInput, LibraryError as `saving.save`.
    """
    if made.form == "docx" and not output:
        raise UsageError("a docx cannot be printed", "name a file with -o")
    if output:
        from litbase.services import saving

        saving.save(Path(output), made.content, force)
    if json:
        text = {} if output else {"text": made.content.decode("utf-8", errors="replace")}
        console.emit(
            {
                "schema": "litbase.build/1",
                "output": output or None,
                "format": made.form,
                "citations": made.citations,
                "keys": made.keys,
                "remarks": made.remarks,
                **text,
            }
        )
    elif output:
        cited = _counted(made.citations, "citation")
        console.say(f"wrote {output}: {cited}, {_counted(len(made.keys), 'entry', 'entries')}")
    elif console.on_terminal():
        console.raw(made.content.decode("utf-8", errors="replace").rstrip("\n"))
    else:
        # A pipe gets the bytes: the draft's own line ends and encoding.
        sys.stdout.flush()
        sys.stdout.buffer.write(made.content)


def uses(key: Key, *, json: Json = False) -> int:
    """Show which drafts cite a source, and where.

    Drafts are known once `check` or `build` has seen them. One citation a line: path:line:column: text.

    Examples:
      echo 'See [@deyoung2015].' > new.md && litbase build new.md -o new.html && litbase uses deyoung2015
    """
    from litbase.services import ledger

    found = ledger.uses(session.current.library, key)
    if json:
        console.emit({"schema": "litbase.uses/1", "citekey": key, "uses": [one._asdict() for one in found]})
        return 0 if found else 1
    for one in found:
        gone = [console.Piece("  (the draft is gone)", "yellow")] if one.missing else []
        place = f"{_near(one.path)}:{one.line}:{one.column}: "
        console.line(console.Piece(place, "dim"), one.text, *gone, indent=4)
    if not found:
        console.say(f"no draft that litbase has seen cites {key}")
    return 0 if found else 1


def drafts(
    *,
    forget: Annotated[str, Option(("--forget",), "Take this draft out of the list.", "FILE", "files")] = "",
    json: Json = False,
) -> int:
    """List the drafts that litbase has seen, and how much they cite.

    A draft is known once `check` or `build` has read it, and found again when it has moved; one that is
    gone stays in the list until it is forgotten.

    Examples:
      litbase drafts
      litbase build post.md -o post.html && litbase drafts --json
    """
    from litbase.services import ledger

    if forget:
        console.say(f"forgot {ledger.forget(session.current.library, forget)}")
        return 0
    found = ledger.drafts(session.current.library)
    if json:
        console.emit({"schema": "litbase.drafts/1", "drafts": [one._asdict() for one in found]})
        return 0
    rows = [
        (
            console.Piece(_near(one.path), "bold"),
            one.title,
            _counted(one.citations, "citation"),
            _counted(one.sources, "source"),
            console.Piece("gone" if one.missing else one.seen[:10], "yellow" if one.missing else "dim"),
        )
        for one in found
    ]
    console.rows(rows, flexible=1)
    if not found:
        console.say("no draft has been seen yet: litbase check, or litbase build")
    return 0


def _near(path: str) -> str:
    """A path as short as it can be said from here."""
    here = f"{Path.cwd()}{os.sep}"
    return path.removeprefix(here)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
