"""`overview` and `concept map`."""

from collections.abc import Sequence
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from litbase.domain import brief, kinds
from litbase.errors import UsageError

from . import console, session
from .command import Json, Option

if TYPE_CHECKING:
    from litbase.domain.library import Source
    from litbase.services.overview import Overview

    from .blocks import Block

# How many rows a glance takes in.
_CONCEPTS = 12
_TYPES = 8
_PAIRS = 8
_NAMES = 3


def overview(*, json: Json = False) -> int:
    """Show the library at a glance: how much of what, what stands together, what is left undone.

    A source under several concepts counts for each; a concept counts what is tagged with itself,
    not what stands under its narrower ones. --json has every row, not only the first ones.

    Examples:
      litbase overview
      litbase overview --json
    """
    from litbase.services import overview as service

    found = service.overview(session.current.library)
    if json:
        console.emit(_json(found))
        return 0
    if not found.sources:
        console.say("no sources yet; litbase add 10.1037/pst0000185 adds one")
        return 0
    from . import blocks

    _print_counts(found)
    console.line()
    blocks.show([block for block in _blocks(found) if block.table])
    return 0


def map_(
    *,
    output: Annotated[str, Option(("--output", "-o"), "The file to write: .svg or .html.", "FILE", "files")] = "",
    force: Annotated[bool, Option(("--force",), "Write over a file that is there.")] = False,
) -> int:
    """Draw your concepts as a map: circles sized by sources, lines by the works they have in common.

    An .html page holds the map and the same as tables; it needs no network and runs no script.
    The same library gives the same map, to the byte.

    Examples:
      litbase concept map -o map.svg
      litbase concept map -o map.html --force
    """
    from litbase.services import concept_map as service

    if not output:
        raise UsageError("a map needs a file to go to", "litbase concept map -o map.svg")
    made = service.write(session.current.library, Path(output), force)
    if not made.nodes:
        console.say("no concept has a source yet; litbase tag KEY CONCEPT gives it one")
        return 1
    left = f"the {len(made.nodes)} with most sources of " if len(made.nodes) < made.concepts else ""
    console.say(f"wrote {output}: {left}{_counted(made.concepts, 'concept')}")
    return 0


def _print_counts(found: "Overview") -> None:
    plain = found.notes["plain words"]
    counts = [
        _counted(found.sources, "source"),
        _counted(found.notes["note"], "note"),
        _counted(found.notes["quotation"], "quotation"),
        *([f"{plain:,} in plain words"] if plain else []),
        _counted(len(found.concepts) + len(found.unused), "concept"),
    ]
    console.line(console.Piece(" · ".join(counts), "bold"))


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _blocks(found: "Overview") -> "list[Block]":
    from litbase.services.overview import spans

    types = [(kinds.shown(name), count) for name, count in found.types.items()]
    return [
        _warned(found),
        _bars("Sources by concept", list(found.concepts.items()), _CONCEPTS, "litbase concept list shows all {}"),
        _bars("Sources by year", spans(found.years)),
        _bars("Sources by type", types, _TYPES, "{} types in all"),
        _together(found),
        _undone(found),
        _newest(found),
    ]


def _bars(heading: str, counts: Sequence[tuple[str, int]], most: int = 0, more: str = "") -> "Block":
    from .blocks import Bar, Block

    longest = max((count for _, count in counts), default=1)
    shown = counts[:most] if most else counts
    left = more.format(len(counts)) if len(shown) < len(counts) else ""
    return Block(heading, [(name, count, Bar(count / longest)) for name, count in shown], 2, left)


def _warned(found: "Overview") -> "Block":
    from .blocks import Block

    rows = [
        (
            console.Piece(", ".join(one.marks), "bold red"),
            console.Piece(one.source.citekey, "bold cyan"),
            one.source.title,
        )
        for one in found.warned
    ]
    return Block("Retracted, withdrawn or in doubt", rows, 2)


def _together(found: "Overview") -> "Block":
    from .blocks import Block

    shown = found.together[:_PAIRS]
    more = f"{len(found.together):,} pairs in all; litbase concept map -o map.html draws them"
    return Block(
        "Concepts that stand together most",
        [(" + ".join(pair.concepts), pair.sources) for pair in shown],
        0,
        more if len(shown) < len(found.together) else "",
    )


def _undone(found: "Overview") -> "Block":
    from litbase.services.overview import few

    from .blocks import Block

    left = (
        ("sources without a concept", found.untagged),
        ("quotations without locator", found.unplaced),
        ("concepts without sources", found.unused),
    )
    rows = [(about, len(names), console.Piece(few(names, _NAMES), "dim")) for about, names in left if names]
    return Block("Left to do", rows, 2)


def _newest(found: "Overview") -> "Block":
    from .blocks import Block

    rows = [(console.Piece(one.citekey, "bold cyan"), _in_brief(one)) for one in found.newest]
    return Block("Newest additions", rows, 1)


def _in_brief(source: "Source") -> str:
    return f"{source.byline or '—'} ({brief.when(loads(source.item))}). {source.title}"


def _json(found: "Overview") -> dict[str, object]:
    dated = {year: count for year, count in found.years.items() if year is not None}
    return {
        "schema": "litbase.overview/1",
        "sources": found.sources,
        "notes": found.notes,
        "concepts": [{"name": name, "sources": count} for name, count in found.concepts.items()],
        "concepts_without_sources": list(found.unused),
        "years": [{"year": year, "sources": count} for year, count in dated.items()],
        "undated": found.years.get(None, 0),
        "types": [{"type": name, "sources": count} for name, count in found.types.items()],
        "untagged": list(found.untagged),
        "quotations_without_locator": list(found.unplaced),
        "together": [{"concepts": list(pair.concepts), "sources": pair.sources} for pair in found.together],
        "newest": [one.citekey for one in found.newest],
        "retracted": [{"citekey": one.source.citekey, "marks": list(one.marks)} for one in found.warned],
    }
