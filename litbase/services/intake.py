"""What is handed to `import`: files, folders and standard input, each told for what it is."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from litbase import readers
from litbase.errors import BadInput
from litbase.readers import Entry, Fault, Remark

from . import handed, restoring
from .handed import Handed

__all__ = ["FORMATS", "Entry", "Fault", "Given", "Remark", "dois", "entries", "looked_at"]

FORMATS = (*readers.FORMATS, "dois", "jsonl")
# In a folder these are looked into; whatever else lies there is not for importing.
_ENDINGS = frozenset({".bib", ".bibtex", ".ris", ".json", ".txt", ".md", ".csv", ".tsv", ".doi"})
_LISTS = frozenset({".bib", ".bibtex", ".ris"})


class Given(NamedTuple):
    """One thing to import and its format, one of FORMATS; `jsonl` is an export of litbase's own, file or folder."""

    handed: Handed
    form: str

    @property
    def file(self) -> str:
        """The name it is shown by."""
        return self.handed.name


@contextmanager
def looked_at(words: Sequence[str], form: str, stdin: BinaryIO) -> Iterator[list[Given]]:
    """Each file that was named, and each in a folder that was, with its format; `-` is `stdin`.

    Raises: NotFound for a path that is not there; BadInput for a file that cannot be read or holds nothing
    to import, or a folder in which there is no such file.
    """
    with ExitStack() as stack:
        yield [one for word in words for one in _of(word, form, stdin, stack)]


def entries(given: Given) -> Iterator[Entry | Fault | Remark]:
    """The entries of a file, one after the other.

    Raises: BadInput where it cannot be read.
    """
    with given.handed.opened() as file:
        yield from readers.entries(given.file, file, given.form)


def dois(given: Given) -> list[str]:
    """Every DOI of a text.

    Raises: BadInput where there is none, or it cannot be read.
    """
    with given.handed.opened() as file:
        return readers.dois_in(given.file, file)


def _of(word: str, form: str, stdin: BinaryIO, stack: ExitStack) -> Iterator[Given]:
    path = Path(word)
    if word == "-":
        yield _told(stack.enter_context(closing(handed.stdin(stdin))), form)
    elif form in ("", "jsonl") and restoring.is_export(path):
        yield Given(Handed(word, path), "jsonl")
    elif form == "jsonl" and path.is_dir():
        raise BadInput(f"{word} is no export of litbase’s", "litbase export writes one")
    elif path.is_dir():
        yield from _folder(path, form)
    else:
        yield _told(stack.enter_context(closing(handed.file(path))), form)


def _told(given: Handed, form: str) -> Given:
    """A file with its format, the one that was named or the one it is in."""
    if form in ("", "jsonl") and restoring.is_export(given):
        return Given(given, "jsonl")
    if form == "jsonl":
        raise BadInput(f"{given.name} is no export of litbase’s", "litbase export writes one")
    return _given(given, form)


def _folder(folder: Path, form: str) -> Iterator[Given]:
    """The files of a folder, at any depth, that have something to import; the others are passed over."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
    found = 0
    for path in files:
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if given := _given_if_any(Handed(str(path), path), form):
            found += 1
            yield given
    if not found:
        raise BadInput(
            f"there is nothing to import in the folder {folder}", "BibTeX, RIS, CSL-JSON, or texts with DOIs"
        )


def _given_if_any(one: Handed, form: str) -> Given | None:
    """A folder's file; one of a text's ending that holds neither entries nor DOIs is none."""
    if one.path.suffix.lower() in _LISTS:
        return _given(one, form)
    with suppress(BadInput):
        given = _given(one, form)
        for _ in entries(given) if given.form != "dois" else ():
            pass
        return given
    return None


def _given(one: Handed, form: str) -> Given:
    with one.opened() as file:
        return Given(one, form or readers.form_of(one.name, file))
