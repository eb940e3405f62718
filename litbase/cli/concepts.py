"""`tag`, `untag`, and `concept list`, `concept show`, `concept add`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from . import console, pages, session
from .command import Argument, Json, Key, Option

if TYPE_CHECKING:
    from litbase.domain.library import Concept, NewConcept
    from litbase.services.concepts import Tagged

_Concepts = Annotated[Sequence[str], Argument("Concepts, by name or alias.", "CONCEPT...", "concepts")]


def tag(
    key: Key,
    concepts: _Concepts,
    *,
    new: Annotated[bool, Option(("--new",), "Make the concepts that are not there yet.")] = False,
    json: Json = False,
) -> int:
    """Tag a source with concepts. An alias means its concept; a new word needs --new.

    Examples:
      litbase tag deyoung2015 repair "relational psychotherapy"
      litbase tag tronick1989 "present moment" --new
    """
    from litbase.services import concepts as service

    done = service.tag(session.current.library, [key], concepts, new)
    if json:
        console.emit({"schema": "litbase.tag/1", "sources": [one._asdict() for one in done]})
    for one in () if json else done:
        _say(one, "tagged", "already has")
    return 0


def untag(key: Key, concepts: _Concepts, *, json: Json = False) -> int:
    """Take concepts off a source.

    Examples:
      litbase untag deyoung2015 repair
    """
    from litbase.services import concepts as service

    done = service.untag(session.current.library, key, concepts)
    if json:
        console.emit(
            {"schema": "litbase.untag/1", "citekey": done.citekey, "removed": done.added, "absent": done.present}
        )
    else:
        _say(done, "no longer has", "did not have")
    return 0


def _say(one: "Tagged", changed: str, unchanged: str) -> None:
    for words, names in ((changed, one.added), (unchanged, one.present)):
        if names:
            console.say(f"{one.citekey} {words} {', '.join(names)}")


def list_(
    *,
    all: Annotated[bool, Option(("--all",), "Also what litbase ships and you have not used yet.")] = False,
    json: Json = False,
) -> int:
    """List the vocabulary as a tree, with how many sources each concept has.

    Examples:
      litbase concept list
      litbase concept list --all
    """
    from litbase.services import concepts as service

    found: list[Concept | NewConcept] = [*service.vocabulary_if_any(session.current.library)]
    if all:
        names = {concept.name for concept in found}
        found += [concept for concept in service.shipped_vocabulary() if concept.name not in names]
    if json:
        console.emit({"schema": "litbase.concepts/1", "concepts": [_json(concept) for concept in found]})
        return 0
    for depth, concept in service.tree(found):
        count = getattr(concept, "sources", None)
        aliases = f"  ({', '.join(concept.aliases)})" if concept.aliases else ""
        shown = "not used yet" if count is None else str(count)
        console.line(
            "  " * depth,
            console.Piece(concept.name, "bold"),
            console.Piece(f"  {shown}", "green"),
            console.Piece(aliases, "dim"),
            indent=4 + 2 * depth,
        )
    if not found:
        console.say("no concepts yet; litbase concept list --all shows those that litbase ships")
    return 0


def show(
    name: Annotated[str, Argument("A concept, by name or alias.", "CONCEPT", "concepts")],
    *,
    notes: pages.Notes = False,
    format: pages.Format = "text",
    json: Json = False,
) -> int:
    """Show a concept: what it means, what stands above and below it, and its sources, newest first.

    With --notes it is a page to write from: each source with its citation, your quotations and notes.

    Examples:
      litbase concept show repair
      litbase concept show repair --notes
      litbase concept show repair --notes --format md
      litbase concept show "rupture and repair" --json
    """
    from litbase.services import search as service

    found, under, sources = service.concept(session.current.library, name)
    if notes:
        return pages.show(found.name, sources, format, json)
    if json:
        keys = [one.source.citekey for one in sources]
        console.emit({"schema": "litbase.concept/1", "concept": {**_json(found), "narrower": under, "citekeys": keys}})
        return 0
    console.line(console.Piece(found.name, "bold"))
    for label, text in (
        ("", found.definition),
        ("also: ", ", ".join(found.aliases)),
        ("under: ", ", ".join(found.broader)),
        ("above: ", ", ".join(under)),
    ):
        if text:
            console.line("  ", console.Piece(label, "dim"), text, indent=4)
    years = [one.source.year for one in sources if one.source.year]
    if sources:
        span = f", {min(years)} to {max(years)}" if years and min(years) != max(years) else ""
        console.line("  ", console.Piece(f"{len(sources)} source{'s' if len(sources) != 1 else ''}{span}", "green"))
        console.rows(
            (
                (
                    "  ",
                    console.Piece(one.source.citekey, "bold cyan"),
                    one.source.byline,
                    str(one.source.year or "n.d."),
                    one.source.title,
                )
                for one in sources
            ),
            flexible=4,
        )
    return 0


def add(
    name: Annotated[str, Argument("The concept's name.", "CONCEPT")],
    *,
    alias: Annotated[Sequence[str], Option(("--alias", "-a"), "Another name for it; may be repeated.", "NAME")] = (),
    broader: Annotated[
        Sequence[str], Option(("--broader", "-b"), "A concept it stands under; may be repeated.", "CONCEPT", "concepts")
    ] = (),
    definition: Annotated[str, Option(("--definition", "-d"), "What it means.", "TEXT")] = "",
    json: Json = False,
) -> int:
    """Add a concept. One that litbase ships comes with its definition, aliases and place in the tree.

    Examples:
      litbase concept add thirdness
      litbase concept add "moment of meeting" --alias "now moment" --broader intersubjectivity
    """
    from litbase.services import concepts as service

    made = service.add(session.current.library, name, alias, broader, definition)
    if json:
        console.emit({"schema": "litbase.concept/1", "concept": _json(made)})
    else:
        console.say(f"added the concept {made.name}" + (f", under {', '.join(made.broader)}" if made.broader else ""))
    return 0


def _json(concept: "Concept | NewConcept") -> dict[str, object]:
    return {
        "name": concept.name,
        "aliases": list(concept.aliases),
        "broader": list(concept.broader),
        "definition": concept.definition,
        "sources": getattr(concept, "sources", 0),
    }
