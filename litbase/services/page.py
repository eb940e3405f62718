"""A page to write from: sources with their in-text citations ready, quotations with theirs, and notes."""

from collections import Counter
from collections.abc import Sequence
from json import loads
from typing import NamedTuple

from litbase import apa
from litbase.domain import brief, item
from litbase.domain.inline import plain
from litbase.domain.library import Note, Source
from litbase.place import Place
from litbase.store.reader import Reader


class Kept(NamedTuple):
    """A note or quotation; `citation` is what goes after a quotation: `(Stern, 2004, p. 75)`."""

    kind: str
    text: str
    locator: str
    private: bool
    citation: str


class Entry(NamedTuple):
    """A source on the page, with its citation in parentheses and in a sentence."""

    citekey: str
    title: str
    parenthetical: str
    narrative: str
    kept: tuple[Kept, ...]


class Page(NamedTuple):
    """The sources asked for, in their order, and a sentence on how old and how narrow the shelf is."""

    entries: list[Entry]
    shelf: str


def page(library: Place, sources: Sequence[Source]) -> Page:
    """The page for these sources, cited as works of one text.

    Raises: LibraryError.
    """
    works = apa.Works.of([loads(source.item) for source in sources])
    with Reader(library) as reader:
        entries = [_entry(works, source, reader.notes(source.id)) for source in sources]
    return Page(entries, shelf(sources))


def _entry(works: apa.Works, source: Source, notes: Sequence[Note]) -> Entry:
    one = apa.Cite(source.citekey)
    kept = tuple(
        Kept(note.kind, note.text, note.locator, note.private, _cited(works, source.citekey, note)) for note in notes
    )
    # Quotations first: they are what is looked for.
    ordered = tuple(sorted(kept, key=lambda note: note.kind != "quotation"))
    return Entry(source.citekey, source.title, plain(works.parenthetical([one])), plain(works.narrative(one)), ordered)


def _cited(works: apa.Works, key: str, note: Note) -> str:
    return plain(works.parenthetical([apa.Cite(key, note.locator)])) if note.kind == "quotation" else ""


def shelf(sources: Sequence[Source]) -> str:
    """How old and how narrow a set of sources is: `9 sources, 1985 to 2014, 6 by Safran`."""
    count = f"{len(sources)} source{'s' if len(sources) != 1 else ''}"
    years = sorted(source.year for source in sources if source.year is not None)
    if not years:
        return count
    span = f"{years[0]} to {years[-1]}" if years[0] != years[-1] else str(years[0])
    people = Counter(family for source in sources for family in _families(source))
    most, times = people.most_common(1)[0] if people else ("", 0)
    # By one hand: at least three, and a third of the whole.
    narrow = f", {times} by {most}" if times >= 3 and times * 3 >= len(sources) else ""
    return f"{count}, {span}{narrow}"


def _families(source: Source) -> set[str]:
    return {item.family(name) for name in brief.leading(loads(source.item))}


def as_markdown(made: Page, heading: str) -> str:
    """The page as Markdown: a heading, then a list with quotations and notes under each source."""
    from litbase import render
    from litbase.domain.inline import text

    def written(value: str) -> str:
        return render.writer("md").inline(text(" ".join(value.split())))

    lines = [f"## {written(heading)}", "", f"{made.shelf}", ""]
    for entry in made.entries:
        lines.append(f"- {written(entry.title)} {written(entry.parenthetical)}")
        for kept in entry.kept:
            if kept.kind == "quotation":
                lines.append(f"    - “{written(kept.text)}” {written(kept.citation)}")
            else:
                place = f"{written(kept.locator)}: " if kept.locator else ""
                lines.append(f"    - {place}{written(kept.text)}")
    return "\n".join(lines) + "\n"
