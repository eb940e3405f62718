"""From what is typed at `cite` to an in-text citation in APA 7."""

from collections.abc import Sequence
from json import loads
from typing import NamedTuple

from litbase import apa
from litbase.domain.cite import Cite, parse_cite
from litbase.errors import UsageError
from litbase.place import Place
from litbase.store.reader import Reader

from . import lookup
from .refer import writer_of


class Wanted(NamedTuple):
    """A citation as it is asked for: `KEY` and `KEY@PLACE` texts, and how to print them.

    `see` stands before the works after the first; `among` are other works of the same text.
    """

    cites: tuple[str, ...]
    prefix: str = ""
    see: str = ""
    suffix: str = ""
    cited_in: str = ""
    year_only: bool = False
    author_only: bool = False
    narrative: bool = False
    possessive: bool = False
    again: bool = False
    among: tuple[str, ...] = ()


def cite(library: Place, wanted: Wanted, form: str = "text") -> str:
    """The in-text citation of these sources.

    Raises: NotFound for an unknown citekey; BadInput for an unreadable cite or an unknown format;
    UsageError for forms that exclude one another.
    """
    writer = writer_of(form)
    if wanted.year_only and wanted.author_only:
        raise UsageError("a citation is of the year or of the author alone, not both", "give one of the two")
    cites = parsed(wanted)
    keys = [key for one in cites for key in (one.id, one.cited_in) if key]
    with Reader(library) as reader:
        found = {key: lookup.source(reader, key) for key in (*keys, *wanted.among)}
    known = [
        one._replace(id=found[one.id].citekey, cited_in=found[one.cited_in].citekey if one.cited_in else None)
        for one in cites
    ]
    # A work known only through another stands in no list, so it asks for no letter or initial there.
    listed = {one.cited_in or one.id for one in known} | {found[key].citekey for key in wanted.among}
    items = {source.citekey: loads(source.item) for source in found.values()}
    works = apa.Works.of(
        [item for key, item in items.items() if key in listed],
        [item for key, item in items.items() if key not in listed],
    )
    first = not wanted.again
    if wanted.narrative or wanted.possessive:
        return writer.inline(works.narrative(known, first, wanted.possessive))
    return writer.inline(works.parenthetical(known, first))


def parsed(wanted: Wanted) -> Sequence[Cite]:
    """The cites of a citation, in the order typed.

    Raises: BadInput for one that cannot be read.
    """
    cites = [
        parse_cite(text)._replace(
            cited_in=wanted.cited_in or None, year_only=wanted.year_only, author_only=wanted.author_only
        )
        for text in wanted.cites
    ]
    first_after = 1 if len(cites) > 1 else 0
    if wanted.see:
        cites[first_after] = cites[first_after]._replace(prefix=wanted.see)
    if wanted.prefix:
        cites[0] = cites[0]._replace(prefix=wanted.prefix)
    if wanted.suffix:
        cites[-1] = cites[-1]._replace(suffix=wanted.suffix)
    return cites
