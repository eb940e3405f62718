"""From a choice of works to what leaves litbase: a reference list in any format, or the items themselves."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from litbase import render
from litbase.domain.inline import Inline, Inlines, Link, Text
from litbase.domain.item import Item
from litbase.domain.text import clean, clean_line
from litbase.errors import UsageError
from litbase.place import Place

from . import printing, refer, search

if TYPE_CHECKING:
    from . import formatting

_WEB = ("html", "html-page", "wordpress")
_PAGED = ("docx", "rtf", "pdf")
_SIZED = ("html-page", *_PAGED)
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
# An address, without the punctuation that ends the sentence it stands in.
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”]")


class Wanted(NamedTuple):
    """What is to be written: a format, what stands around the list, what goes with it.

    `heading` None leaves it to the format. `intro` is a text, its paragraphs parted by blank lines.
    """

    form: str = "text"
    heading: str | None = None
    title: str = ""
    intro: str = ""
    large_print: bool = False
    annotated: bool = False
    plain_words: bool = False
    coins: bool = False
    jsonld: bool = False
    copy: bool = False


class Made(NamedTuple):
    """What was written, the citekeys in it, and what the user should know of it.

    `pasted` and `plain` are the same list for the clipboard, where it is to be copied.
    """

    content: str | bytes
    keys: list[str]
    remarks: list[str]
    pasted: str = ""
    plain: str = ""


def refs(library: Place, keys: Sequence[str], question: search.Question | None, style: str, wanted: Wanted) -> Made:
    """Sources of the library as a list, or as items for another program.

    Raises: UsageError for a wish that the format cannot grant; what `refer.choose` raises; BadInput
    where the format cannot hold the words.
    """
    check(wanted)
    if render.FORMATS[wanted.form].kind == "items":
        works = refer.works(library, keys, question)
        return Made(render.item_writer(wanted.form).listing(works.items), works.keys, works.remarks)
    noted = "public" if wanted.annotated else "plain words" if wanted.plain_words or wanted.form == "pdf" else ""
    chosen = refer.choose(library, keys, question, style, noted)
    return made(chosen.listed, wanted)._replace(remarks=chosen.remarks)


def formatted(works: "formatting.Formatted", wanted: Wanted) -> Made:
    """Items formatted together as a list.

    Raises: UsageError; BadInput where the format cannot hold the words.
    """
    from . import formatting

    check(wanted)
    return made(formatting.listed(works), wanted)


def made(listed: Sequence[refer.Listed], wanted: Wanted) -> Made:
    """Entries as a list in the format that is wanted, and for the clipboard."""
    frame = frame_of(wanted)
    heading = heading_of(wanted)
    content = render.list_writer(wanted.form).reference_list(listed, heading, frame)
    keys = [entry.id for entry in listed]
    if not wanted.copy:
        return Made(content, keys, [])
    plain = render.writer(wanted.form if wanted.form == "md" else "text").reference_list(listed, heading)
    return Made(content, keys, [], pasted(listed, heading), plain)


def pasted(listed: Sequence[refer.Listed], heading: str) -> str:
    """Entries as HTML for the clipboard."""
    from litbase.render import html

    return html.pasted(listed, heading)


def items(given: Sequence[Item], wanted: Wanted) -> Made:
    """Items in a format for another program, each under its own id; those that have none get a citekey."""
    from litbase.domain import citekey

    from . import formatting

    taken = {str(item.get("id") or "") for item in given}
    known = []
    for item in formatting.named(given):
        if item["id"] not in taken:
            item["id"] = citekey.free(citekey.stem(item), taken.__contains__)
            taken.add(item["id"])
        known.append(item)
    return Made(render.item_writer(wanted.form).listing(known), [item["id"] for item in known], [])


def is_items(form: str) -> bool:
    """Whether a format holds items, so that nothing need be formatted."""
    return form in render.FORMATS and render.FORMATS[form].kind == "items"


def check(wanted: Wanted) -> None:
    """Refuse a wish that the format cannot grant.

    Raises: UsageError; BadInput for an unknown format.
    """
    refer.format_of(wanted.form)
    for given, option, forms in (
        (wanted.coins, "--coins", _WEB),
        (wanted.jsonld, "--jsonld", _WEB),
        (wanted.large_print, "--large-print", _SIZED),
        (wanted.title, "--title", _LISTS),
        (wanted.intro, "--intro", _LISTS),
        (wanted.heading, "--heading", _LISTS),
        (wanted.annotated, "--annotated", _LISTS),
        (wanted.plain_words, "--plain-words", _LISTS),
        (wanted.copy, "--copy", _LISTS),
    ):
        if given and wanted.form not in forms:
            raise UsageError(f"the format {wanted.form} takes no {option}", f"it is for {', '.join(forms)}")


def heading_of(wanted: Wanted) -> str:
    """The list's heading: as given, else as the format has it."""
    if wanted.heading is not None:
        return clean_line(wanted.heading)
    return "Further reading" if wanted.form == "pdf" else "References"


def frame_of(wanted: Wanted) -> render.Frame:
    """What stands around the list."""
    paragraphs = [" ".join(part.split()) for part in _PARAGRAPHS.split(clean(wanted.intro))]
    return render.Frame(
        title=clean_line(wanted.title),
        intro=tuple(_linked(paragraph) for paragraph in paragraphs if paragraph),
        large_print=wanted.large_print,
        coins=wanted.coins,
        jsonld=wanted.jsonld,
        sheet=printing.sheet() if wanted.form in _PAGED else render.BARE.sheet,
    )


def save(path: str, made: Made, force: bool) -> None:
    """Write what was made to a file.

    Raises: BadInput, LibraryError.
    """
    from . import saving

    saving.save(Path(path), made.content, force)


def copy(made: Made) -> str:
    """Put a list that was made to be copied on the clipboard; what was done, to follow "the list is".

    Raises: NotFound where no clipboard can be reached.
    """
    # Loads what starts programs, which no other command needs.
    from . import clipboard

    return clipboard.copy(made.pasted, made.plain)


def _linked(paragraph: str) -> Inlines:
    """A paragraph of plain text with its addresses as links."""
    out: list[Inline] = []
    end = 0
    for found in _ADDRESS.finditer(paragraph):
        out += [Text(paragraph[end : found.start()]), Link(found[0], (Text(found[0]),))]
        end = found.end()
    return tuple(node for node in (*out, Text(paragraph[end:])) if not isinstance(node, Text) or node.text)


_LISTS = tuple(name for name, form in render.FORMATS.items() if form.kind != "items")
