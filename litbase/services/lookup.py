"""Finding by name: the source of a citekey, the concepts of what was typed, and the nearest where there is none."""

from collections.abc import Iterable, Sequence

from litbase.domain.library import Source
from litbase.errors import NotFound
from litbase.store.reader import Reader


def source(reader: Reader, key: str) -> Source:
    """The source with that citekey, or once known by it.

    Raises: NotFound, naming the nearest.
    """
    found = reader.source(key)
    if found is None:
        raise NotFound(f"no source with the citekey “{key}”", _near_sources(reader, key))
    return found


def sources(reader: Reader, keys: Iterable[str]) -> list[Source]:
    """The sources of several citekeys, in the order asked, each once.

    Raises: NotFound for the first that is not there.
    """
    found = (source(reader, key) for key in keys)
    return list({each.id: each for each in found}.values())


def _near_sources(reader: Reader, key: str) -> str:
    from litbase.match import nearest

    near = [reader.source(name) for name in nearest(key, reader.citekeys_like(key), cutoff=60)]
    shown = [f"{one.citekey} ({one.byline}, {one.year or 'n.d.'}, {one.title})" for one in near if one is not None]
    return f"did you mean {'; or '.join(shown)}?" if shown else "litbase list shows them all"


def concept_groups(reader: Reader, names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """For each name or alias of a concept the private ids that answer to it: its own, and all narrower ones.

    A name that begins with `=` means that concept alone.

    Raises: NotFound, naming the nearest.
    """
    groups = []
    for name in names:
        concept_id = reader.concept_id(name.removeprefix("="))
        if concept_id is None:
            raise no_concept(name.removeprefix("="), reader.concept_names())
        groups.append((concept_id,) if name.startswith("=") else tuple(reader.narrower(concept_id)))
    return tuple(groups)


def no_concept(name: str, known: Iterable[str], advice: str = "litbase concept list shows them") -> NotFound:
    """The error for a concept that is not in the vocabulary, with the nearest that are."""
    from litbase.match import nearest

    near = nearest(name, known, cutoff=60)
    return NotFound(f"no concept “{name}”", f"did you mean {' or '.join(near)}?" if near else advice)
