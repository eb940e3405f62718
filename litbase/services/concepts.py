"""The vocabulary: listing it, adding to it, and tagging sources with it.

litbase ships a vocabulary of the user's field. A concept of it enters the library when it is first
used, with its definition, aliases and broader concepts; a word that neither knows is only taken
when the user says so.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from litbase import bundled
from litbase.domain.library import Concept, NewConcept
from litbase.domain.text import clean, clean_line, fold
from litbase.errors import BadInput, NotFound
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import Writer, write

from . import lookup

AnyConcept: TypeAlias = Concept | NewConcept


class Tagged(NamedTuple):
    """What tagging did to one source: the concepts it has now that it had not, and those it had already."""

    citekey: str
    added: tuple[str, ...]
    present: tuple[str, ...]


class Plan(NamedTuple):
    """Concepts by the names they go by, and those of them that must first enter the library."""

    names: tuple[str, ...]
    new: tuple[NewConcept, ...]


def vocabulary(library: Place) -> list[Concept]:
    """Every concept of the library, by name."""
    with Reader(library) as reader:
        return reader.concepts()


def vocabulary_if_any(library: Place) -> list[Concept]:
    """Every concept of the library, by name; none where there is no library yet."""
    try:
        return vocabulary(library)
    except NotFound:
        return []


def tree(concepts: Sequence[AnyConcept]) -> Iterator[tuple[int, AnyConcept]]:
    """The vocabulary as lines of a tree: (depth, concept), those under nothing at depth 0.

    A concept under two others stands under both.
    """
    names = {concept.name for concept in concepts}
    under: dict[str, list[AnyConcept]] = {}
    for concept in concepts:
        for broader in [name for name in concept.broader if name in names] or [""]:
            under.setdefault(broader, []).append(concept)

    def below(name: str, depth: int) -> Iterator[tuple[int, AnyConcept]]:
        for concept in sorted(under.get(name, ()), key=lambda one: fold(one.name)):
            yield depth, concept
            yield from below(concept.name, depth + 1)

    return below("", 0)


def names(library: Place) -> list[str]:
    """Every name and alias that can be typed: the library's, and those litbase ships."""
    shipped = _shipped().values()
    known = {name for one in shipped for name in (one.name, *one.aliases)}
    try:
        with Reader(library) as reader:
            known.update(reader.concept_names())
    except NotFound:
        pass  # no library yet: what ships is what there is
    return sorted(known)


def plan(library: Place, wanted: Sequence[str], create: bool = False) -> Plan:
    """What it takes to use concepts by these names or aliases.

    Raises: NotFound, with the nearest names, for one that neither the library nor the shipped
    vocabulary knows, unless `create`.
    """
    have = _known(library)
    shipped = _shipped()
    found: list[str] = []
    new: dict[str, NewConcept] = {}
    for text in wanted:
        name = clean_line(text)
        if not name:
            raise BadInput("a concept needs a name", "litbase concept list")
        if fold(name) in have:
            found.append(have[fold(name)])
        elif fold(name) in shipped:
            for concept in _with_broader(shipped[fold(name)], shipped, have):
                new.setdefault(concept.name, concept)
            found.append(shipped[fold(name)].name)
        elif create:
            new.setdefault(name, NewConcept(name))
            found.append(name)
        else:
            raise lookup.no_concept(
                name,
                [*have.values(), *(one.name for one in shipped.values()), *have, *shipped],
                "litbase concept list --all shows what there is; --new makes a new one",
            )
    return Plan(tuple(dict.fromkeys(found)), tuple(new.values()))


def enter(writer: Writer, concepts: Sequence[NewConcept]) -> None:
    """Put planned concepts into the library, those left out that have come in since."""
    for concept in concepts:
        if not writer.has_concept(concept.name):
            free = tuple(alias for alias in concept.aliases if not writer.has_concept(alias))
            writer.add_concept(concept._replace(aliases=free))


def tag(library: Place, keys: Sequence[str], wanted: Sequence[str], create: bool = False) -> list[Tagged]:
    """Tag sources with concepts, all or none.

    Raises: NotFound for an unknown citekey or concept, with the nearest.
    """
    with Reader(library) as reader:
        citekeys = [source.citekey for source in lookup.sources(reader, keys)]
    planned = plan(library, wanted, create)
    with write(library, "tag") as writer:
        enter(writer, planned.new)
        return [_tagged(key, {name: writer.tag(key, name) for name in planned.names}) for key in citekeys]


def untag(library: Place, key: str, wanted: Sequence[str]) -> Tagged:
    """Take concepts off a source; `added` holds those it had.

    Raises: NotFound for an unknown citekey or concept, with the nearest.
    """
    with Reader(library) as reader:
        citekey = lookup.source(reader, key).citekey
        lookup.concept_groups(reader, wanted)
    with write(library, "untag") as writer:
        return _tagged(citekey, {name: writer.untag(citekey, name) for name in wanted})


def _tagged(key: str, done: dict[str, bool]) -> Tagged:
    return Tagged(
        key,
        tuple(name for name, changed in done.items() if changed),
        tuple(name for name, changed in done.items() if not changed),
    )


def add(
    library: Place,
    name: str,
    aliases: Sequence[str] = (),
    broader: Sequence[str] = (),
    definition: str = "",
) -> NewConcept:
    """Add a concept; its definition, aliases and broader concepts default to the shipped ones of that name.

    Raises: BadInput where a name is taken; NotFound for an unknown broader concept.
    """
    shipped = _shipped().get(fold(clean_line(name)))
    if shipped is not None and not (aliases or broader or definition):
        new = shipped
    else:
        new = NewConcept(
            clean_line(name),
            tuple(dict.fromkeys(clean_line(alias) for alias in aliases)),
            definition=clean(definition).strip(),
        )
    if not new.name:
        raise BadInput("a concept needs a name", 'litbase concept add "mutual recognition"')
    above = plan(library, broader or new.broader)
    have = _known(library)
    taken = [one for one in (new.name, *aliases) if fold(one) in have]
    if taken:
        raise BadInput(f"“{taken[0]}” is already a concept, or another name of one", "litbase concept list")
    new = new._replace(broader=above.names)
    with write(library, "concept add") as writer:
        enter(writer, [*above.new, new])
    return new


def alias(library: Place, name: str, aliases: Sequence[str], remove: bool = False) -> None:
    """Give a concept other names, or take them from it, all or none.

    Raises: NotFound, with the nearest; BadInput where a name is taken.
    """
    found = _resolved(library, name)
    with write(library, "concept alias") as writer:
        for text in aliases:
            if remove:
                writer.remove_alias(found, text)
            else:
                writer.add_alias(found, _fit(text))


def broader(library: Place, name: str, above: Sequence[str], remove: bool = False) -> None:
    """Put a concept under others, or take it from under them, all or none.

    Raises: NotFound, with the nearest; BadInput where that would make a circle.
    """
    found = _resolved(library, name)
    planned = plan(library, above) if not remove else Plan(tuple(_resolved(library, one) for one in above), ())
    with write(library, "concept broader") as writer:
        enter(writer, planned.new)
        for one in planned.names:
            if remove:
                writer.remove_broader(found, one)
            else:
                writer.add_broader(found, one)


def rename(library: Place, name: str, new: str) -> None:
    """Give a concept another name; the old one stays as an alias.

    Raises: NotFound, with the nearest; BadInput where another concept has the name.
    """
    found = _resolved(library, name)
    with write(library, "concept rename") as writer:
        writer.rename_concept(found, _fit(new))


def merge(library: Place, name: str, into: str) -> int:
    """Unite a concept with another; how many sources went over.

    Raises: NotFound, with the nearest; BadInput where the two are one.
    """
    gone, kept = _resolved(library, name), _resolved(library, into)
    with write(library, "concept merge") as writer:
        return writer.merge_concepts(gone, kept)


def remove(library: Place, name: str) -> int:
    """Take a concept out of the vocabulary and off its sources; how many had it.

    Raises: NotFound, with the nearest.
    """
    found = _resolved(library, name)
    with write(library, "concept remove") as writer:
        return writer.remove_concept(found)


def define(library: Place, name: str, definition: str | None, cues: Sequence[str] | None) -> None:
    """Set what a concept means, and the words in a text that suggest it.

    Raises: NotFound, with the nearest.
    """
    found = _resolved(library, name)
    with write(library, "concept edit") as writer:
        kept = None if definition is None else clean(definition).strip()
        writer.change_concept(found, kept, None if cues is None else [clean_line(cue) for cue in cues])


def export(library: Place) -> list[dict[str, Any]]:
    """The vocabulary as JSON values, in the form that `import_` reads and data/concepts.jsonl has."""
    return [
        {
            "name": concept.name,
            "aliases": list(concept.aliases),
            "broader": list(concept.broader),
            "definition": concept.definition,
            "cues": list(concept.cues),
        }
        for concept in vocabulary(library)
    ]


def import_(library: Place, rows: Sequence[object]) -> list[str]:
    """Add concepts from JSON values, all or none; the names of those that were not there.

    Raises: BadInput for a value that is no concept, with its number, or a broader concept that is nowhere.
    """
    read = [_read(row, number) for number, row in enumerate(rows, 1)]
    have = _known(library)
    new = {fold(one.name): one for one in read if fold(one.name) not in have}
    for one in new.values():
        for above in one.broader:
            if fold(above) not in have and fold(above) not in new:
                raise BadInput(f"“{one.name}” stands under “{above}”, which is nowhere", "put that concept in too")
    added: list[str] = []
    with write(library, "concept import") as writer:
        # First the names, then the tree: a broader concept may come after a narrower one.
        for one in new.values():
            free = tuple(dict.fromkeys(a for a in one.aliases if fold(a) not in new and not writer.has_concept(a)))
            if not writer.has_concept(one.name):
                writer.add_concept(one._replace(aliases=free, broader=()))
                added.append(one.name)
        for one in new.values():
            for above in one.broader:
                writer.add_broader(one.name, above)
    return added


def _read(row: object, number: int) -> NewConcept:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not clean_line(row["name"]):
        raise BadInput(f"concept {number} has no name", 'a concept is {"name": "…", "aliases": […], "broader": […]}')

    def texts(field: str) -> tuple[str, ...]:
        value = row.get(field) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BadInput(f"concept {number}: {field} is not a list of texts", f'"{field}": ["…", "…"]')
        return tuple(filter(None, map(clean_line, value)))

    meaning = row.get("definition") or ""
    if not isinstance(meaning, str):
        raise BadInput(f"concept {number}: the definition is not a text", '"definition": "…"')
    return NewConcept(
        clean_line(row["name"]), texts("aliases"), texts("broader"), clean(meaning).strip(), texts("cues")
    )


def _resolved(library: Place, name: str) -> str:
    """The name of the library's concept that is meant.

    Raises: NotFound, with the nearest.
    """
    have = _known(library)
    if fold(clean_line(name)) not in have:
        raise lookup.no_concept(clean_line(name), [*dict.fromkeys(have.values()), *have])
    return have[fold(clean_line(name))]


def _fit(text: str) -> str:
    name = clean_line(text)
    if not name:
        raise BadInput("a concept needs a name", "litbase concept list")
    return name


def shipped_vocabulary() -> list[NewConcept]:
    """The vocabulary that litbase ships, by name."""
    return sorted({one.name: one for one in _shipped().values()}.values(), key=lambda one: fold(one.name))


def _known(library: Place) -> dict[str, str]:
    """The library's concepts by every folded name; empty where there is no library yet."""
    try:
        with Reader(library) as reader:
            concepts = reader.vocabulary()
    except NotFound:
        return {}
    return {fold(name): concept.name for concept in concepts for name in (concept.name, *concept.aliases)}


def _shipped() -> dict[str, NewConcept]:
    concepts = [NewConcept(one.name, one.aliases, one.broader, one.definition, one.cues) for one in bundled.concepts()]
    by_alias = {fold(alias): one for one in concepts for alias in one.aliases}
    return {**by_alias, **{fold(one.name): one for one in concepts}}


def _with_broader(concept: NewConcept, shipped: dict[str, NewConcept], have: dict[str, str]) -> list[NewConcept]:
    """A shipped concept behind all broader ones that the library lacks, in the order they must enter."""
    above = [shipped[fold(name)] for name in concept.broader if fold(name) not in have]
    first = [one for broader in above for one in _with_broader(broader, shipped, have)]
    under = tuple(have.get(fold(name), name) for name in concept.broader)
    return [*first, concept._replace(broader=under)]
