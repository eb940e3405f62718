"""litbase's own exports read back: one file of JSON Lines, or a folder with a file a source."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from io import SEEK_END
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from litbase.domain.library import NewSource, Status
from litbase.errors import BadInput, NotFound
from litbase.place import Place
from litbase.readers.opening import refuse_dense
from litbase.store.candidates import Traits
from litbase.store.restoring import Restorer, is_empty
from litbase.store.writer import Writer, write

from .handed import Handed
from .importing import Outcome
from .present import Known, traits

VERSION = 1
# What an export's first line begins with; a folder's header is a file of its own.
_HEADER = '{"litbase":'
_HEADER_FILE = "litbase.json"
_SHOWN = ("type", "title", "author", "editor", "issued", "status")
_LONGEST = 16 * 1024 * 1024  # bytes of one line


class Numbered(NamedTuple):
    """A line of an export and where it stands."""

    file: str
    number: int
    value: dict[str, Any]


class Restored(NamedTuple):
    """What was put back; `whole` where the library was empty before, and is now as it was.

    `statuses` tells how many sources each thing became of.
    """

    whole: bool
    statuses: Counter[Status]
    concepts: int
    changes: int


def is_export(given: Path | Handed) -> bool:
    """Whether a file or folder is one of litbase's own exports.

    Raises: BadInput where it cannot be read.
    """
    if isinstance(given, Path):
        header = given / _HEADER_FILE if given.is_dir() else given
        if not header.is_file():
            return False  # nothing there, or a pipe: what is read from one to look at it is gone
        given = Handed(str(given), header)
    with given.opened() as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").replace(b" ", b"").startswith(_HEADER.encode())


def restore(
    library: Place, given: Path | Handed, dry_run: bool = False, told: Callable[[Outcome], None] = lambda _: None
) -> Restored:
    """Put an export into a library, all or nothing: as it was into an empty one, else what is not there yet.

    What becomes of each source is `told` as it happens; it holds when all has been done.

    Raises: BadInput for an export that is damaged, cut off or of a newer litbase, with its line; LibraryError.
    """
    export = Handed(str(given), given) if isinstance(given, Path) else given
    if not export.path.is_dir():
        _whole_to_the_end(export)
    with closing(_lines(export)) as lines:
        first = next(lines, None)
    if first is None:
        raise BadInput(f"{export.name} is empty", "export the library again")
    _check(first)
    with Known() as known:
        # Looked up before the lock is taken: to read a library beside would let go of it.
        known.ask(library, (_traits(line) for line in _lines(export) if "source" in line.value))
        if dry_run:
            return _foreseen(known, islice(_lines(export), 1, None), told)
        with write(library, "import") as writer:
            return _put_back(writer, known, islice(_lines(export), 1, None), told)


def _put_back(writer: Writer, known: Known, lines: Iterable[Numbered], told: Callable[[Outcome], None]) -> Restored:
    empty = is_empty(writer)
    restored = Restored(empty, Counter(), 0, 0)
    restorer = Restorer(writer, empty)
    for line, outcome in _judged(None if empty else known, lines):
        restored = _counted(restored, line, outcome)
        if outcome:
            told(outcome)
        if outcome is None or outcome.status == "added":
            try:
                restorer.put(line.value)
            except (BadInput, NotFound) as error:
                raise BadInput(f"{line.file}, line {line.number}: {error.message}", error.hint) from error
    restorer.finish()
    return restored


def _foreseen(known: Known, lines: Iterable[Numbered], told: Callable[[Outcome], None]) -> Restored:
    restored = Restored(not known.any_held, Counter(), 0, 0)
    for line, outcome in _judged(known, lines):
        foreseen = outcome._replace(status="would add") if outcome and outcome.status == "added" else outcome
        restored = _counted(restored, line, foreseen)
        if foreseen:
            told(foreseen)
    return restored


def _counted(restored: Restored, line: Numbered, outcome: Outcome | None) -> Restored:
    if outcome:
        restored.statuses[outcome.status] += 1
    if "concept" in line.value:
        return restored._replace(concepts=restored.concepts + 1)
    if "change" in line.value:
        return restored._replace(changes=restored.changes + 1)
    return restored


def _judged(known: Known | None, lines: Iterable[Numbered]) -> Iterator[tuple[Numbered, Outcome | None]]:
    """The lines, and what is to become of each source; `known` is None for an empty library.

    A source in the bin of the library that was exported is left out where it is not here.
    """
    for line in lines:
        if "source" not in line.value:
            yield line, None
        elif known is None:
            yield line, _outcome(line, "added", _key(line))
        elif (held := _held(known, line)) is not None:
            yield line, _outcome(line, "present", held)
        elif line.value["source"].get("deleted") is None:
            known.add(_key(line), _new(line))
            yield line, _outcome(line, "added", _key(line))


def _traits(line: Numbered) -> Traits:
    return traits(_new(line), _uuid(line))


def _uuid(line: Numbered) -> str:
    return str(line.value["source"].get("uuid") or "")


def _held(known: Known, line: Numbered) -> str | None:
    """The citekey of the source that a line's is, by its public id or by what it tells; None where there is none."""
    same = known.by_uuid(_uuid(line))
    if same is not None:
        return same
    held = known.find(_new(line))
    return held.citekey if held is not None and not held.deleted else None


def _new(line: Numbered) -> NewSource:
    """A line's source, as far as it must be known to tell whether it is there.

    Raises: BadInput where it is none.
    """
    source = line.value["source"]
    if not isinstance(source, dict) or not isinstance(source.get("item"), dict):
        raise BadInput(f"{line.file}, line {line.number}: this source is not whole", "export the library again")
    return NewSource(source["item"], str(source.get("citekey") or ""), doi=source.get("doi"))


def _key(line: Numbered) -> str:
    source = line.value["source"]
    return str(source.get("citekey") or "") if isinstance(source, dict) else ""


def _outcome(line: Numbered, status: Any, key: str) -> Outcome:
    source = line.value["source"]
    item = source.get("item") if isinstance(source, dict) else None
    # What is shown of it; an export may have hundreds of thousands of them.
    brief = {name: item[name] for name in _SHOWN if name in item} if isinstance(item, dict) else {}
    return Outcome(line.file, line.number, line.number, status, key, brief)


def _check(first: Numbered) -> None:
    """Whether this litbase can read the export whose header this is."""
    version = first.value.get("version")
    if "litbase" not in first.value or not isinstance(version, int):
        raise BadInput(f"{first.file} does not begin as a litbase export does", "export the library again")
    if version > VERSION:
        written_by = str(first.value.get("written_by", "?"))[:20]
        raise BadInput(f"{first.file} was written by litbase {written_by}", f"use litbase {written_by} or newer")


# -- reading


def _lines(export: Handed) -> Generator[Numbered, None, None]:
    """The header, then every line of an export, whole or a file a source."""
    if export.path.is_dir():
        yield from _folder(export.path)
        return
    count = -1  # the header is not counted
    for line in _file(export):
        if "end" not in line.value:
            count += 1
            yield line
        elif line.value["end"] != count:
            raise BadInput(
                f"{export.name} has {count:,} lines where its end speaks of {line.value['end']}",
                "export the library again",
            )


def _whole_to_the_end(export: Handed) -> None:
    """Refuse a file that was cut off, before anything is begun.

    Raises: BadInput.
    """
    with export.opened() as file:
        file.seek(max(0, file.seek(0, SEEK_END) - 200))
        last = file.read().rstrip().rpartition(b"\n")[2]
    if not last.startswith(b'{"end":'):
        raise BadInput(
            f"{export.name} is cut off: its last line is missing", "was the export or the download finished?"
        )


def _file(export: Handed) -> Iterator[Numbered]:
    name = export.name
    with export.opened() as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST + 1), b""), 1):
            if len(line) > _LONGEST:
                raise BadInput(f"{name}, line {number}: longer than litbase reads", "export the library again")
            if line.strip():
                yield Numbered(name, number, _object(name, number, line))


def _object(path: str, number: int, text: bytes) -> dict[str, Any]:
    refuse_dense(text, "[{:,")
    try:
        value = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{path}, line {number}: this is not JSON", "was the export or the download finished?"
        ) from error
    if not isinstance(value, dict) or not value:
        raise BadInput(f"{path}, line {number}: this is nothing a litbase export holds", "export the library again")
    return value


def _folder(path: Path) -> Iterator[Numbered]:
    """A folder's files in the order in which they must be put back; sources in the order they were added."""
    yield from _file_if_any(path / _HEADER_FILE, needed=True)
    yield from _file_if_any(path / "concepts.jsonl")
    for *_, name in sorted(_placed(file) for file in (path / "sources").glob("*.json")):
        file = path / "sources" / name
        yield Numbered(str(file), 1, {"source": _whole(file)})
    yield from chain(_file_if_any(path / "further.jsonl"), _file_if_any(path / "history.jsonl"))


def _placed(file: Path) -> tuple[str, str, str]:
    """By what the files of sources are put in order: a folder may hold more of them than memory does."""
    source = _whole(file)
    return str(source.get("added")), str(source.get("uuid")), file.name


def _file_if_any(path: Path, needed: bool = False) -> Iterator[Numbered]:
    return _file(Handed(str(path), path)) if needed or path.is_file() else iter(())


def _whole(path: Path) -> dict[str, Any]:
    """A source's own file."""
    with Handed(str(path), path).opened() as file:
        return _object(str(path), 1, file.read(_LONGEST + 1))
