"""`refs`, `cite` and `format`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import BadInput, UsageError

from . import console, files, session
from .command import Argument, Json, Option

if TYPE_CHECKING:
    from litbase.services.deliver import Made, Wanted

# As in litbase/render (tests/test_render_formats.py holds the two together).
LISTS = ("text", "md", "html", "html-page", "wordpress", "docx", "rtf", "pdf")
ITEMS = ("csl-json", "bibtex", "ris")
FRAGMENTS = ("text", "md", "html")

_Form = Annotated[
    str, Option(("--format", "-f"), f"{', '.join((*LISTS, *ITEMS[:-1]))} or {ITEMS[-1]}.", choices=LISTS + ITEMS)
]
_Inline = Annotated[str, Option(("--format", "-f"), "text, md or html.", choices=FRAGMENTS)]
_Style = Annotated[
    str,
    Option(("--style",), "A CSL style: apa, further-reading, any stock style's name, or a path.", "STYLE", "styles"),
]
_Out = Annotated[str, Option(("--output", "-o"), "Write to this file instead.", "FILE", "files")]
_Force = Annotated[bool, Option(("--force",), "Write over a file that is there.")]
_Heading = Annotated[
    str | None,
    Option(("--heading",), "The list's heading (References; in a pdf Further reading); empty for none.", "TEXT"),
]
_Title = Annotated[str, Option(("--title",), "A title above all, as for a handout.", "TEXT")]
_Intro = Annotated[
    str, Option(("--intro",), "Your own words before the list: a text file, - for standard input.", "FILE", "files")
]
_Large = Annotated[bool, Option(("--large-print",), "Larger type, in html-page, docx, rtf and pdf.")]
_Coins = Annotated[bool, Option(("--coins",), "In HTML: what Zotero and its like read off a page.")]
_Jsonld = Annotated[bool, Option(("--jsonld",), "In HTML: what search engines read off a page.")]
_Copy = Annotated[bool, Option(("--copy",), "Put the list on the clipboard, as HTML and as text, to paste.")]


def refs(
    keys: Annotated[
        Sequence[str], Argument("The sources' citekeys; all sources where nothing is given.", "[KEY]...", "citekeys")
    ] = (),
    *,
    concept: Annotated[
        Sequence[str], Option(("--concept", "-c"), "The sources under this concept.", "CONCEPT", "concepts")
    ] = (),
    search: Annotated[str, Option(("--search",), "The sources that this search finds.", "WORDS")] = "",
    draft: Annotated[str, Option(("--draft",), "The sources that this draft cites.", "DRAFT", "files")] = "",
    style: _Style = "apa",
    format: _Form = "text",
    heading: _Heading = None,
    annotated: Annotated[bool, Option(("--annotated",), "Put each source's public notes under its entry.")] = False,
    plain_words: Annotated[
        bool, Option(("--plain-words",), "Put only the public lines in plain words there; a pdf always does.")
    ] = False,
    title: _Title = "",
    intro: _Intro = "",
    large_print: _Large = False,
    coins: _Coins = False,
    jsonld: _Jsonld = False,
    copy: _Copy = False,
    output: _Out = "",
    force: _Force = False,
    json: Json = False,
) -> int:
    """Write a reference list, in APA 7 or any CSL style, to paste, to print or to hand out.

    With csl-json, bibtex or ris: the works themselves, for another program.

    Examples:
      litbase refs deyoung2015 eubanks2018
      litbase refs --concept repair --format html -o references.html
      litbase refs --concept repair --annotated
      litbase refs --draft post.md
      litbase refs --search "holding environment" --style further-reading --heading "Further reading"
      litbase refs --concept repair --format docx -o references.docx
      litbase refs --concept attachment --format pdf --title "On attachment" --large-print -o handout.pdf
      litbase refs --concept repair --format bibtex > references.bib
    """
    from litbase.services import deliver
    from litbase.services.search import Question

    _one_way_out(json, output, copy)
    library = session.current.library
    if draft:
        from litbase.services import build

        cited = build.cited(library, draft, files.draft(draft))
        if not cited:
            console.say(f"{draft} cites nothing that the library holds")
            return 1
        keys = [*keys, *cited]
    question = Question(search, tuple(concept)) if search or concept else None
    wanted = deliver.Wanted(
        format, heading, title, _intro(intro), large_print, annotated, plain_words, coins, jsonld, copy
    )
    if json:
        bare = deliver.Wanted("text", "", annotated=annotated, plain_words=plain_words)
        made = deliver.refs(library, keys, question, style, bare)
        shown = deliver.refs(library, keys, question, style, bare._replace(form="html"))
        console.emit(
            {"schema": "litbase.refs/1", "style": style, "keys": made.keys, "text": made.content, "html": shown.content}
        )
    else:
        made = deliver.refs(library, keys, question, style, wanted)
        if made.keys:
            _deliver(made, wanted, output, force, copy)
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
    format: _Inline = "text",
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
    heading: _Heading = None,
    title: _Title = "",
    intro: _Intro = "",
    large_print: _Large = False,
    coins: _Coins = False,
    jsonld: _Jsonld = False,
    copy: _Copy = False,
    output: _Out = "",
    force: _Force = False,
    json: Json = False,
) -> int:
    """Format CSL-JSON as a reference list and in-text citations. No library is touched.

    Examples:
      litbase format items.json
      litbase format items.json --format html -o references.html
      litbase format items.json --format wordpress --heading Sources
      cat items.json | litbase format - --json
      litbase format many.jsonl --lines
    """
    from litbase.services import deliver, formatting

    wanted = deliver.Wanted(format, heading, title, _intro(intro), large_print, coins=coins, jsonld=jsonld, copy=copy)
    deliver.check(wanted)
    _one_way_out(json, output, copy)
    opened = formatting.open_style(style)
    text = files.text(file)
    if lines:
        for number, line in formatting.lines(text):
            try:
                works = formatting.format_items(formatting.read(line), opened)
            except BadInput as error:
                raise BadInput(f"line {number}: {error.message}", error.hint) from error
            print(console.compact(formatting.as_json(works)))
        return 0
    items = formatting.read(text)
    if deliver.is_items(format) and not json:
        _deliver(deliver.items(items, wanted), wanted, output, force, copy)
        return 0
    works = formatting.format_items(items, opened)
    if json:
        console.emit(formatting.as_json(works))
    else:
        _deliver(deliver.formatted(works, wanted), wanted, output, force, copy)
    for problem in works.problems:
        console.warn(problem)
    return 0


def _one_way_out(json: bool, output: str, copy: bool) -> None:
    """JSON is printed, and goes nowhere else.

    Raises: UsageError.
    """
    for given, option in ((copy, "--copy"), (output, "--output")):
        if json and given:
            raise UsageError(f"--json and {option} do not go together", f"leave {option} out: JSON is printed")


def _intro(file: str) -> str:
    """The user's own words; none where no file is named.

    Raises: NotFound, BadInput.
    """
    return files.text(file) if file else ""


def _deliver(made: "Made", wanted: "Wanted", output: str, force: bool, copy: bool) -> None:
    """Print what was made, write it whole to a file, or put it on the clipboard.

    Raises: UsageError for bytes on a terminal; BadInput for a file that is there, without --force;
    NotFound where no clipboard can be reached; LibraryError where the file cannot be written.
    """
    from litbase.services import deliver

    if copy:
        console.say(f"{_entries(made)} {deliver.copy(made)}")
    if output:
        deliver.save(output, made, force)
        console.say(f"wrote {output}")
    elif isinstance(made.content, bytes) and not copy:
        if console.on_terminal():
            hint = f"litbase refs … --format {wanted.form} -o references.{wanted.form}"
            raise UsageError(f"{wanted.form} is no text: name a file for it with -o", hint)
        sys.stdout.buffer.write(made.content)
    elif not copy:
        console.raw(str(made.content).rstrip("\n"))


def _entries(made: "Made") -> str:
    return "1 entry" if len(made.keys) == 1 else f"{len(made.keys)} entries"
