"""axe-core asked about a page in a real browser, and a reading list of thousands to ask it about."""

from functools import cache
from importlib import resources
from typing import Any

import browsing

from litbase.domain.inline import Link, Span, Text
from litbase.render import site as render

# Every rule that is on by default; what passes is only counted.
_RUN = """axe.run({resultTypes: ['violations']}).then(
  found => found.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)]))"""
# Works out of sight are not laid out until they are looked for. axe asks each element for its look, and each
# time the browser lays out all of them anew: minutes for thousands. Laid out once, it takes seconds, and sees more.
_LAID_OUT = """for (const sheet of document.styleSheets)
  sheet.insertRule('* { content-visibility: visible !important }', sheet.cssRules.length)"""
# Longer than axe takes for thousands of works on a slow machine.
_SECONDS = 300.0
_KEPT = (
    (1, render.Kept("plain words", "On what happens between two people when something breaks.", "")),
    (3, render.Kept("quotation", "Nothing was so broken that it could not be spoken about.", "p. 45")),
    (4, render.Kept("note", "Read with the film.\n\nAnd again later.", "")),
)


@cache
def _script() -> str:
    return resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def broken(page: browsing.Page) -> list[tuple[str, list[str]]]:
    """The rules that the page shown breaks, each with where."""
    # Sent without an answer to carry back: the script's own value is the whole of axe.
    page.ask("Runtime.evaluate", expression=_script(), returnByValue=False)
    page.value(_LAID_OUT)
    told: Any = page.promised(_RUN, _SECONDS)
    return [(rule, where) for rule, where in told]


def reading_list(count: int) -> render.Site:
    """So many works with all that a work may have, under sixty concepts."""
    concepts = tuple(
        render.Concept(
            f"concept number {number}",
            f"What {number} means, in a sentence of some length.",
            (f"alias {number}",),
            (number - 1,) if number % 5 else (),
            (number + 1,) if number % 5 != 4 else (),
            count // 60,
        )
        for number in range(60)
    )
    return render.Site("Reading list", "A few words.", tuple(map(_work, range(count))), concepts)


def _work(number: int) -> render.Work:
    address = f"https://doi.org/10.5555/mending.{number}"
    entry = (
        Text(
            f"Okafor, A., & Bell, C. ({1950 + number % 70}). Mending {number}: A study of how what breaks is mended. "
        ),
        Span("italic", (Text("Journal of Quiet Rooms"),)),
        Text(", "),
        Span("italic", (Text("12"),)),
        Text("(3), 45–61. "),
        Link(address, (Text(address),)),
    )
    # A line in plain words on each, a quotation on every third, a note on every fourth.
    kept = tuple(one for every, one in _KEPT if number % every == 0)
    concepts = tuple(sorted({number % 60, (number * 7 + 1) % 60}))
    warnings = ("This work was retracted.",) if number % 500 == 0 else ()
    return render.Work(f"w{number}", entry, kept, concepts, concepts, warnings)
