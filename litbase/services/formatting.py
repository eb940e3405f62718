"""CSL-JSON in, references and citations out; no library is touched."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litbase import apa, csl, render
from litbase.domain import admit
from litbase.domain.inline import Inlines
from litbase.domain.item import Item
from litbase.errors import BadInput
from litbase.readers.opening import refuse_dense

from .refer import Listed, style_folders


class Formatted(NamedTuple):
    """Items formatted together. Everything by position is in input order; `order` is the list's."""

    style: str
    ids: list[str]
    entries: list[Inlines]
    order: list[str]
    parenthetical: list[Inlines]
    narrative: list[Inlines | None]
    problems: list[str]
    items: list[Item]


def read(text: str) -> list[Item]:
    """The items of a CSL-JSON text.

    Raises: BadInput for what is no JSON, or no items, with the line and column where JSON ends.
    """
    if not text.strip():
        raise BadInput("there is nothing to format: the input is empty", "give an array of CSL-JSON items")
    refuse_dense(text, "[{:")
    try:
        return admit.items(json.loads(text))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"this is not JSON: {error.msg.lower()} ({where})", "an array of CSL-JSON items") from error
    except RecursionError as error:
        raise BadInput("the JSON is nested too deeply", "an array of CSL-JSON items") from error


def format_items(items: Sequence[Item], style: csl.Style) -> Formatted:
    """Items as one reference list and as in-text citations, each cited for the first time."""
    known = named(items)
    ids = [item["id"] for item in known]
    works = apa.Works.of(known)
    entries = style.entries(known, works.letters)
    if style.is_apa:
        parenthetical = [works.parenthetical([apa.Cite(one)]) for one in ids]
        narrative: list[Inlines | None] = [works.narrative(apa.Cite(one)) for one in ids]
        order = works.order
    else:
        cites = [csl.Cite(position) for position in range(len(known))]
        parenthetical = [style.citation([one], known, works.letters) for one in cites]
        narrative = [style.narrative(one, known, works.letters) for one in cites]
        order = style.order(known)
    problems = [f"{entry.id}: {problem}" for entry in entries for problem in entry.problems]
    return Formatted(style.name, ids, [e.inlines for e in entries], order, parenthetical, narrative, problems, known)


def as_json(formatted: Formatted) -> dict[str, object]:
    """The promised shape of `litbase format --json`."""
    html, text = render.writer("html").inline, render.writer("text").inline
    return {
        "schema": "litbase.format/1",
        "style": formatted.style,
        "entries": [
            {"id": one, "html": html(entry), "text": text(entry)}
            for one, entry in zip(formatted.ids, formatted.entries, strict=True)
        ],
        "order": formatted.order,
        "citations": [
            {"id": one, "parenthetical": text(inside), "narrative": None if named is None else text(named)}
            for one, inside, named in zip(formatted.ids, formatted.parenthetical, formatted.narrative, strict=True)
        ],
    }


def listed(formatted: Formatted) -> list[Listed]:
    """The entries in list order, each with its item."""
    by_id = dict(zip(formatted.ids, zip(formatted.entries, formatted.items, strict=True), strict=True))
    return [Listed(one, by_id[one][0], (), by_id[one][1]) for one in formatted.order if by_id[one][0]]


def named(items: Sequence[Item]) -> list[Item]:
    """The items, each under the id that litbase knows it by."""
    return [{**item, "id": known_as} for item, known_as in zip(items, apa.ids(items), strict=True)]


def open_style(name: str) -> csl.Style:
    """A style by name or path, the user's folder first.

    Raises: NotFound, BadInput.
    """
    return csl.open_style(name, style_folders())


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold anything, numbered from 1."""
    return ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())
