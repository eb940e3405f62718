"""What is handed to `import`: files, folders and standard input, each told for what it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from litbase import readers
from litbase.errors import BadInput, NotFound
from litbase.readers import Listing, opening

from . import restoring

LARGEST = opening.LARGEST
FORMATS = (*readers.FORMATS, "dois", "jsonl")
# In a folder these are looked into; whatever else lies there is not for importing.
_ENDINGS = frozenset({".bib", ".bibtex", ".ris", ".json", ".txt", ".md", ".csv", ".tsv", ".doi"})


class Given(NamedTuple):
    """One file and what is in it: a listing of entries, DOIs, or an export of litbase's own at `export`."""

    file: str
    listing: Listing | None = None
    dois: tuple[str, ...] = ()
    export: Path | None = None


def read(words: Sequence[str], form: str, stdin: bytes | None) -> Iterator[Given]:
    """Each file that was named, and each in a folder that was; `-` is `stdin`.

    Raises: NotFound for a path that is not there; BadInput for a file that cannot be read or holds nothing
    to import, or a folder in which there is no such file.
    """
    for word in words:
        path = Path(word)
        if word == "-":
            yield _given("standard input", stdin or b"", form)
        elif form in ("", "jsonl") and restoring.is_export(path):
            yield Given(word, export=path)
        elif form == "jsonl":
            raise _missing(path) or BadInput(f"{word} is no export of litbase’s", "litbase export writes one")
        elif path.is_dir():
            yield from _folder(path, form)
        else:
            yield _given(word, _content(path), form)


def _folder(folder: Path, form: str) -> Iterator[Given]:
    """The files of a folder, at any depth, that have something to import; the others are passed over."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
    found = 0
    for path in files:
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        given = _given_if_any(path, form)
        if given is not None:
            found += 1
            yield given
    if not found:
        raise BadInput(
            f"there is nothing to import in the folder {folder}", "BibTeX, RIS, CSL-JSON, or texts with DOIs"
        )


def _given_if_any(path: Path, form: str) -> Given | None:
    """A folder's file; one of a text's ending that holds neither entries nor DOIs is none."""
    content = _content(path)
    if path.suffix.lower() in (".bib", ".bibtex", ".ris"):
        return _given(str(path), content, form)
    try:
        return _given(str(path), content, form)
    except BadInput:
        return None


def _given(name: str, content: bytes, form: str) -> Given:
    if form == "dois":
        return Given(name, dois=tuple(readers.dois(name, content)))
    listing = readers.read(name, content, form)
    return Given(name, listing) if listing.form != "dois" else Given(name, dois=tuple(readers.dois(name, content)))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > opening.LARGEST:
            raise opening.too_large(str(path), path.stat().st_size)
        # A pipe or a device has no size, and may have no end.
        with path.open("rb") as file:
            return file.read(opening.LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {path}", "check the path") from error
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}", "check the path") from error


def _missing(path: Path) -> NotFound | None:
    return None if path.exists() else NotFound(f"there is no file {path}", "check the path")
