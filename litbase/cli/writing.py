"""`refs`, `cite` and `format`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from litbase.errors import BadInput

from . import console, files, session
from .command import Argument, Json, Option

_Form = Annotated[str, Option(("--format", "-f"), "text, md or html.", choices=("text", "md", "html"))]
_Style = Annotated[
    str,
    Option(("--style",), "A CSL style: apa, further-reading, any stock style's name, or a path.", "STYLE", "styles"),
]
_Out = Annotated[str, Option(("--output", "-o"), "Write to this file instead.", "FILE", "files")]
_Force = Annotated[bool, Option(("--force",), "Write over a file that is there.")]
_Heading = Annotated[str, Option(("--heading",), "The list's heading; empty for none.", "TEXT")]


def refs(
    keys: Annotated[
        Sequence[str], Argument("The sources' citekeys; all sources where nothing is given.", "[KEY]...", "citekeys")
    ] = (),
    *,
    concept: Annotated[
        Sequence[str], Option(("--concept", "-c"), "The sources under this concept.", "CONCEPT", "concepts")
    ] = (),
    search: Annotated[str, Option(("--search",), "The sources that this search finds.", "WORDS")] = "",
    style: _Style = "apa",
    format: _Form = "text",
    heading: _Heading = "References",
    annotated: Annotated[bool, Option(("--annotated",), "Put each source's public notes under its entry.")] = False,
    output: _Out = "",
    force: _Force = False,
    json: Json = False,
) -> int:
    """Write a reference list, in APA 7 or any CSL style.

    Examples:
      litbase refs deyoung2015 eubanks2018
      litbase refs --concept repair --format html -o references.html
      litbase refs --concept repair --annotated
      litbase refs --search "holding environment" --style further-reading --heading "Further reading"
    """
    from litbase.services import refer
    from litbase.services.search import Question

    question = Question(search, tuple(concept)) if search or concept else None
    if json:
        made = refer.refs(session.current.library, keys, question, style, "text", "", annotated)
        shown = refer.refs(session.current.library, keys, question, style, "html", "", annotated)
        console.emit(
            {"schema": "litbase.refs/1", "style": style, "keys": made.keys, "text": made.text, "html": shown.text}
        )
    else:
        made = refer.refs(session.current.library, keys, question, style, format, heading, annotated)
        if made.keys:
            _deliver(made.text, output, force)
    for remark in made.remarks:
        console.warn(remark)
    if not made.keys:
        console.say("no sources to list")
    return 0 if made.keys else 1


def cite(
    cites: Annotated[
        Sequence[str],
        Argument("A citekey, or a citekey, @ and a place: 'tronick1989@p. 112'.", "KEY[@PLACE]...", "citekeys"),
    ],
    *,
    narrative: Annotated[bool, Option(("--narrative", "-n"), "As part of a sentence: Stern (2004).")] = False,
    possessive: Annotated[bool, Option(("--possessive",), "As an owner in a sentence: Stern's (2004).")] = False,
    prefix: Annotated[str, Option(("--prefix",), "Words before the first work: e.g.,.", "WORDS")] = "",
    see: Annotated[str, Option(("--see",), "Words before the works after the first: see also.", "WORDS")] = "",
    suffix: Annotated[str, Option(("--suffix",), "Words after the last work: for a review.", "WORDS")] = "",
    as_cited_in: Annotated[str, Option(("--as-cited-in",), "The source you read it in.", "KEY", "citekeys")] = "",
    year_only: Annotated[bool, Option(("--year-only",), "The year alone: the sentence has the name.")] = False,
    author_only: Annotated[bool, Option(("--author-only",), "The author alone.")] = False,
    again: Annotated[bool, Option(("--again",), "Not the first time: groups by their abbreviation.")] = False,
    among: Annotated[
        Sequence[str],
        Option(("--among",), "Another work of the same text, for letters and initials.", "KEY", "citekeys"),
    ] = (),
    format: _Form = "text",
    json: Json = False,
) -> int:
    """Write an APA 7 in-text citation, ready to paste.

    Letters (2015a), initials and the names before "et al." depend on the other works of a text:
    name them with --among where they matter.

    Examples:
      litbase cite deyoung2015
      litbase cite 'tronick1989@p. 112' deyoung2015 --see "see also"
      litbase cite deyoung2015 --narrative
      litbase cite bowlby1982 --as-cited-in deyoung2015
      litbase cite wampold2015 --among wampold2015b
    """
    from litbase.services import citing

    wanted = citing.Wanted(
        tuple(cites),
        prefix,
        see,
        suffix,
        as_cited_in,
        year_only,
        author_only,
        narrative,
        possessive,
        again,
        tuple(among),
    )
    text = citing.cite(session.current.library, wanted, format)
    if json:
        console.emit({"schema": "litbase.cite/1", "narrative": narrative or possessive, "text": text})
    else:
        console.raw(text)
    return 0


def format_(
    file: Annotated[str, Argument("A file of CSL-JSON items; - is standard input.", "[FILE|-]", "files")] = "-",
    *,
    lines: Annotated[bool, Option(("--lines",), "One array of items a line in, one JSON object a line out.")] = False,
    style: _Style = "apa",
    format: _Form = "text",
    heading: _Heading = "References",
    output: _Out = "",
    force: _Force = False,
    json: Json = False,
) -> int:
    """Format CSL-JSON as a reference list and in-text citations. No library is touched.

    Examples:
      litbase format items.json
      litbase format items.json --format html -o references.html
      cat items.json | litbase format - --json
      litbase format many.jsonl --lines
    """
    from litbase.services import formatting

    opened = formatting.open_style(style)
    text = files.text(file)
    if lines:
        for number, line in formatting.lines(text):
            try:
                made = formatting.format_items(formatting.read(line), opened)
            except BadInput as error:
                raise BadInput(f"line {number}: {error.message}", error.hint) from error
            print(console.compact(formatting.as_json(made)))
        return 0
    made = formatting.format_items(formatting.read(text), opened)
    if json:
        console.emit(formatting.as_json(made))
    else:
        _deliver(formatting.reference_list(made, format, heading), output, force)
    for problem in made.problems:
        console.warn(problem)
    return 0


def _deliver(text: str, output: str, force: bool) -> None:
    """Print a text, or write it whole to a file.

    Raises: BadInput for a file that is there, without --force; LibraryError where it cannot be written.
    """
    if not output:
        console.raw(text.rstrip("\n"))
        return
    from litbase.services import saving

    saving.save(Path(output), text, force)
    console.say(f"wrote {output}")
