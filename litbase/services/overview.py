"""The library at a glance: how much there is of what, what stands together, and what is left undone."""

from collections.abc import Mapping, Sequence
from json import loads
from typing import NamedTuple

from litbase.domain.library import NOTE_KINDS, Source
from litbase.domain.standing import grave
from litbase.domain.text import fold
from litbase.place import Place
from litbase.store.figures import Figures

_NEWEST = 5
# A span of years that still fits in sight one by one; a longer one is counted in decades.
_YEARS = 12
_DECADES = 9


class Together(NamedTuple):
    """Two concepts and how many sources stand under both."""

    concepts: tuple[str, str]
    sources: int


class Warned(NamedTuple):
    """A source whose work has been retracted, withdrawn, removed or put in doubt, and the marks for that."""

    source: Source
    marks: tuple[str, ...]


class Overview(NamedTuple):
    """All that `overview` shows.

    `concepts` has those with sources, most sources first, counting only what is tagged with the
    concept itself; `unused` has the others. `years` runs from the oldest to the newest, undated sources
    under None. `untagged` and `unplaced` (a citekey for each quotation without a locator) begin with the newest.
    """

    sources: int
    notes: dict[str, int]
    concepts: dict[str, int]
    unused: tuple[str, ...]
    years: dict[int | None, int]
    types: dict[str, int]
    untagged: tuple[str, ...]
    unplaced: tuple[str, ...]
    together: tuple[Together, ...]
    newest: tuple[Source, ...]
    warned: tuple[Warned, ...]


def overview(library: Place) -> Overview:
    """The library in numbers.

    Raises: NotFound where there is no library; LibraryError.
    """
    with Figures(library) as figures:
        concepts = sorted(figures.concepts(), key=lambda one: (-one.sources, fold(one.name)))
        notes = figures.notes_by_kind()
        marked = ((source, grave(loads(source.notices))) for source in figures.with_notices())
        return Overview(
            figures.count(),
            {kind: notes.get(kind, 0) for kind in NOTE_KINDS},
            {one.name: one.sources for one in concepts if one.sources},
            tuple(one.name for one in concepts if not one.sources),
            figures.sources_by_year(),
            figures.sources_by_type(),
            tuple(figures.untagged()),
            tuple(figures.quotations_without_locator()),
            tuple(Together((one, other), common) for one, other, common in figures.together()),
            tuple(figures.sources("added", _NEWEST)),
            tuple(Warned(source, tuple(one.mark for one in found)) for source, found in marked if found),
        )


def spans(years: Mapping[int | None, int]) -> list[tuple[str, int]]:
    """Sources by year, oldest first, as a person takes them in; undated ones last.

    A short span is told year by year, a longer one by decade, and what is older than nine decades before
    the newest in one line. Years and decades in between that have no source are there, with 0.
    """
    dated = {year: count for year, count in years.items() if year is not None}
    told = _spans_of(dated) if dated else []
    return [*told, ("no year", years[None])] if years.get(None) else told


def _spans_of(dated: Mapping[int, int]) -> list[tuple[str, int]]:
    first, last = min(dated), max(dated)
    if last - first < _YEARS:
        return [(_named(year), dated.get(year, 0)) for year in range(first, last + 1)]
    newest = last // 10 * 10
    start = max(first // 10 * 10, newest - 10 * (_DECADES - 1))
    decades = [(f"{decade}s", _sum(dated, decade, decade + 10)) for decade in range(start, newest + 1, 10)]
    older = _sum(dated, first, start)
    return [(f"before {_named(start)}", older), *decades] if older else decades


def _named(year: int) -> str:
    return str(year) if year > 0 else f"{-year} BCE"


def _sum(dated: Mapping[int, int], start: int, end: int) -> int:
    return sum(count for year, count in dated.items() if start <= year < end)


def few(names: Sequence[str], most: int) -> str:
    """The first of some names, each once, and a sign that there are more: `a, b, c, …`."""
    once = list(dict.fromkeys(names))
    return ", ".join([*once[:most], *(["…"] if len(once) > most else [])])
