"""A reading list for a blog's resources page: what is public of a library, as one HTML page.

Private notes are left behind where notes are read; nothing after that sees them. Neither the number
of a source's notes nor a date goes further, so that a private note changes no byte of the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from json import loads
from pathlib import Path
from typing import NamedTuple

from litbase.domain.library import Concept, Note, Source
from litbase.domain.standing import grave
from litbase.domain.text import clean, clean_line, fold
from litbase.errors import BadInput, LibraryError
from litbase.place import Place
from litbase.render import site as render
from litbase.store import files
from litbase.store.reader import Reader

from . import refer, saving, search

PAGE = "index.html"


class Wanted(NamedTuple):
    """What a reading list is to show.

    Of the sources that `question` finds, or of all, those with a public note or a line in plain
    words; with `all_sources` the others too.
    """

    title: str = "Reading list"
    about: str = ""
    question: search.Question | None = None
    all_sources: bool = False


class Read(NamedTuple):
    """A reading list before it is written: the citekeys on it, and what the user should know."""

    site: render.Site
    keys: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def notes(self) -> int:
        """How many public notes it shows."""
        return sum(len(work.kept) for work in self.site.works)


def read(library: Place, wanted: Wanted) -> Read:
    """The reading list of a library.

    Raises: NotFound for an unknown concept; BadInput for an unreadable search; LibraryError.
    """
    # In an order of its own, a search finds all; best first, it ranks only the newest of very many.
    asked = wanted.question._replace(order="author") if wanted.question else None
    found = search.search(library, asked).hits if asked else list(search.every(library))
    with Reader(library) as reader:
        public = {one.source.citekey: _public(reader.notes(one.source.id)) for one in found}
        vocabulary = reader.concepts()
    shown = [one for one in found if wanted.all_sources or public[one.source.citekey]]
    sources = {one.source.citekey: one.source for one in shown}
    # No keys at all would mean all sources.
    chosen = refer.choose(library, list(sources), None) if sources else refer.Chosen([], [])
    carried = {one.source.citekey: one.concepts for one in shown}
    listed = [entry for entry in chosen.listed if entry.id in sources]
    above = _above(vocabulary)
    under = {entry.id: _upwards(carried[entry.id], above) for entry in listed}
    concepts, numbers = _concepts(vocabulary, under.values())
    works = tuple(
        render.Work(
            entry.id,
            entry.inlines,
            public[entry.id],
            _positions(carried[entry.id], numbers),
            _positions(under[entry.id], numbers),
            _warnings(sources[entry.id]),
        )
        for entry in listed
    )
    site = render.Site(clean_line(wanted.title) or Wanted().title, clean(wanted.about).strip(), works, concepts)
    return Read(site, tuple(entry.id for entry in listed), tuple(chosen.remarks))


def write(made: Read, folder: Path, force: bool = False) -> bool:
    """Write a reading list into a folder, which is made where there is none; whether anything had changed.

    A page that litbase wrote is replaced in one step; other files are left alone.

    Raises: BadInput for a page that is not litbase's or has been changed since, without `force`;
    LibraryError where the folder or the page cannot be written.
    """
    path = folder / PAGE
    text = render.page(made.site)
    before = _before(path)
    if before == text:
        return False
    if before is not None and not force:
        _refuse_others(path, before)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BadInput(f"{folder} is not a folder", "name a folder to put the page in") from error
    except OSError as error:
        raise LibraryError(f"cannot make {folder}: {files.reason(error)}", "check the path") from error
    saving.save(path, text, force=True)
    return True


def stands(folder: Path) -> bool:
    """Whether a page of litbase's is in the folder."""
    before = _before(folder / PAGE)
    return before is not None and render.written_by(before) != "others"


def _before(path: Path) -> str | None:
    """The page that is there; None where there is none, the empty text for one that cannot be litbase's."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (UnicodeDecodeError, IsADirectoryError):
        return ""
    except OSError as error:
        raise LibraryError(f"cannot read {path}: {files.reason(error)}", "check the path") from error


def _refuse_others(path: Path, before: str) -> None:
    author = render.written_by(before)
    if author == "others":
        raise BadInput(f"{path} is there already and not from litbase", "name another folder; --force writes over it")
    if author == "both":
        raise BadInput(f"{path} has been changed since litbase wrote it", "--force writes over the changes")


def _public(notes: Sequence[Note]) -> tuple[render.Kept, ...]:
    """The public notes of a source, oldest first: the one place where private ones are left behind."""
    return tuple(render.Kept(note.kind, note.text, note.locator) for note in notes if not note.private)


def _above(vocabulary: Sequence[Concept]) -> dict[str, tuple[str, ...]]:
    return {concept.name: concept.broader for concept in vocabulary}


def _upwards(names: Iterable[str], above: Mapping[str, Sequence[str]]) -> set[str]:
    """Concepts and all that stand above them, at any height."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += above.get(name, ())
    return seen


def _concepts(
    vocabulary: Sequence[Concept], under: Iterable[set[str]]
) -> tuple[tuple[render.Concept, ...], dict[str, int]]:
    """The concepts of the works shown and those above them, by name, and the position of each."""
    counts: dict[str, int] = {}
    for names in under:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    known = sorted((one for one in vocabulary if one.name in counts), key=lambda one: fold(one.name))
    numbers = {one.name: number for number, one in enumerate(known)}
    narrower: dict[str, list[str]] = {}
    for one in known:
        for name in one.broader:
            narrower.setdefault(name, []).append(one.name)
    made = tuple(
        render.Concept(
            one.name,
            one.definition,
            one.aliases,
            _positions(one.broader, numbers),
            _positions(narrower.get(one.name, ()), numbers),
            counts[one.name],
        )
        for one in known
    )
    return made, numbers


def _positions(names: Iterable[str], numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[name] for name in names if name in numbers))


def _warnings(source: Source) -> tuple[str, ...]:
    """A sentence for each grave notice on a work."""
    return tuple(
        f"This work {standing.sentence}" + (f" ({standing.date})." if standing.date else ".")
        for standing in grave(loads(source.notices))
    )
