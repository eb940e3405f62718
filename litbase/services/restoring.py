"""litbase's own exports read back: one file of JSON Lines, or a folder with a file a source."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from litbase.domain.library import NewSource
from litbase.errors import BadInput, NotFound
from litbase.place import Place
from litbase.readers.opening import refuse_dense
from litbase.store.identities import identities
from litbase.store.reader import Reader
from litbase.store.restoring import Restorer, is_empty
from litbase.store.writer import write

from .importing import Outcome
from .present import Known

VERSION = 1
# What an export's first line begins with; a folder's header is a file of its own.
_HEADER = '{"litbase":'
_HEADER_FILE = "litbase.json"
_SHOWN = ("type", "title", "author", "editor", "issued", "status")
_LONGEST = 16 * 1024 * 1024  # bytes of one line


# What a library holds, by work, and citekeys by public id.
_There: TypeAlias = tuple[Known, dict[str, str]]


class Numbered(NamedTuple):
    """A line of an export and where it stands."""

    file: str
    number: int
    value: dict[str, Any]


class Restored(NamedTuple):
    """What was put back; `whole` where the library was empty before, and is now as it was."""

    whole: bool
    outcomes: list[Outcome]
    concepts: int
    changes: int


def is_export(path: Path) -> bool:
    """Whether a file or folder is one of litbase's own exports.

    Raises: BadInput where it cannot be read.
    """
    header = path / _HEADER_FILE if path.is_dir() else path
    if header.exists() and not header.is_file():
        return False  # what is read from a pipe to look at it is gone
    try:
        with header.open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").replace(b" ", b"").startswith(_HEADER.encode())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}", "check the path") from error


def restore(library: Place, path: Path, dry_run: bool = False) -> Restored:
    """Put an export into a library, all or nothing: as it was into an empty one, else what is not there yet.

    Raises: BadInput for an export that is damaged, cut off or of a newer litbase, with its line; LibraryError.
    """
    if path.is_file():
        _whole_to_the_end(path)
    found = _lines(path)
    first = next(found, None)
    if first is None:
        raise BadInput(f"{path} is empty", "export the library again")
    _check(first)
    if dry_run:
        return _foreseen(library, path, found)
    # Looked up before the lock is taken: to read a library beside would let go of it.
    there = _there(library, path)
    with write(library, "import") as writer:
        empty = is_empty(writer)
        restored = Restored(empty, [], 0, 0)
        restorer = Restorer(writer, empty)
        for line in _wanted(None if empty else there, found, restored.outcomes):
            restored = _counted(restored, line)
            try:
                restorer.put(line.value)
            except (BadInput, NotFound) as error:
                raise BadInput(f"{line.file}, line {line.number}: {error.message}", error.hint) from error
        restorer.finish()
    return restored


def _counted(restored: Restored, line: Numbered) -> Restored:
    if "concept" in line.value:
        return restored._replace(concepts=restored.concepts + 1)
    if "change" in line.value:
        return restored._replace(changes=restored.changes + 1)
    return restored


def _wanted(there: _There | None, lines: Iterable[Numbered], outcomes: list[Outcome]) -> Iterator[Numbered]:
    """The lines to be put back; of sources those that are not there yet. What becomes of each goes to `outcomes`.

    `there` is None for an empty library.
    """
    if there is None:
        for line in lines:
            if "source" in line.value:
                outcomes.append(_outcome(line, "added", _key(line)))
            yield line
        return
    known, uuids = there
    for line in lines:
        if "source" not in line.value:
            yield line
            continue
        held = uuids.get(str(line.value["source"].get("uuid"))) or _held(known, line)
        if held is None and line.value["source"].get("deleted") is None:
            known.add(_key(line), _new(line))
            outcomes.append(_outcome(line, "added", _key(line)))
            yield line
        elif held is not None:
            outcomes.append(_outcome(line, "present", held))


def _there(library: Place, path: Path) -> _There:
    """What the library holds; the export is gone through once more, rather than held."""
    try:
        with Reader(library) as reader:
            uuids = {one.uuid: one.citekey for one in identities(reader)}
    except NotFound:
        uuids = {}
    asked = (_new(line) for line in _lines(path) if "source" in line.value) if uuids else ()
    return Known(library, asked), uuids


def _foreseen(library: Place, path: Path, lines: Iterable[Numbered]) -> Restored:
    outcomes: list[Outcome] = []
    there = _there(library, path)
    restored = Restored(not there[1], outcomes, 0, 0)
    for line in _wanted(there, lines, outcomes):
        restored = _counted(restored, line)
    foreseen = [one._replace(status="would add") if one.status == "added" else one for one in outcomes]
    return restored._replace(outcomes=foreseen)


def _held(known: Known, line: Numbered) -> str | None:
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


def _lines(path: Path) -> Iterator[Numbered]:
    """The header, then every line of an export, whole or a file a source."""
    if path.is_dir():
        yield from _folder(path)
        return
    count = -1  # the header is not counted
    for line in _file(path):
        if "end" not in line.value:
            count += 1
            yield line
        elif line.value["end"] != count:
            raise BadInput(
                f"{path} has {count:,} lines where its end speaks of {line.value['end']}", "export the library again"
            )


def _whole_to_the_end(path: Path) -> None:
    """Refuse a file that was cut off, before anything is begun.

    Raises: BadInput.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 200))
            last = file.read().rstrip().rpartition(b"\n")[2]
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}", "check the path") from error
    if not last.startswith(b'{"end":'):
        raise BadInput(f"{path} is cut off: its last line is missing", "was the export or the download finished?")


def _file(path: Path) -> Iterator[Numbered]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST + 1), b""), 1):
                if len(line) > _LONGEST:
                    raise BadInput(f"{path}, line {number}: longer than litbase reads", "export the library again")
                if line.strip():
                    yield Numbered(str(path), number, _object(path, number, line))
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}", "check the path") from error


def _object(path: Path, number: int, text: bytes) -> dict[str, Any]:
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
    yield from _file(path / _HEADER_FILE)
    yield from _file_if_any(path / "concepts.jsonl")
    sources = [Numbered(str(file), 1, {"source": _whole(file)}) for file in sorted((path / "sources").glob("*.json"))]
    yield from sorted(
        sources, key=lambda line: (str(line.value["source"].get("added")), str(line.value["source"].get("uuid")))
    )
    yield from chain(_file_if_any(path / "further.jsonl"), _file_if_any(path / "history.jsonl"))


def _file_if_any(path: Path) -> Iterator[Numbered]:
    return _file(path) if path.is_file() else iter(())


def _whole(path: Path) -> dict[str, Any]:
    """A source's own file."""
    try:
        return _object(path, 1, path.read_bytes())
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}", "check the path") from error
