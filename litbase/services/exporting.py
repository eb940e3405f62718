"""Exporting: a library or a part of it as litbase's own JSON Lines, CSL-JSON, BibTeX or RIS.

Notes leave only where they are asked for, private ones only where they are asked for by that name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from litbase import __version__
from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.errors import BadInput, LibraryError
from litbase.place import Place
from litbase.spool import Spool
from litbase.store import files, whole
from litbase.store.chunks import chunked
from litbase.store.reader import Reader

from . import lookup, saving
from . import search as searching
from .restoring import VERSION

OWN = "jsonl"
# Formats of other programs, and the module of render/ that writes each.
OTHERS = {"csl-json": "csljson", "bibtex": "bibtex", "ris": "ris"}
FORMATS = (OWN, *OTHERS)
# These have a field for keywords that their readers show: the concepts go there.
_WITH_KEYWORDS = ("bibtex", "ris")


class Wanted(NamedTuple):
    """What to export: some sources, those a question finds, or all where neither is given; and which notes."""

    keys: tuple[str, ...] = ()
    question: searching.Question | None = None
    notes: whole.Notes = "none"


def pieces(library: Place, wanted: Wanted, form: str = OWN) -> Iterator[str]:
    """The export as text, in pieces that follow each other.

    Raises: NotFound for an unknown citekey or concept, or where nothing is found; BadInput for an unknown
    format; LibraryError.
    """
    if form not in FORMATS:
        raise BadInput(f"there is no format “{form}”", f"one of {', '.join(FORMATS)}")
    with Reader(library) as reader:
        chosen = _chosen(reader, library, wanted)
        with reader.snapshot():
            if form == OWN:
                yield from (f"{_compact(line)}\n" for line in _with_ends(reader, chosen, wanted.notes))
            else:
                portions = reader.by_citekey() if chosen is None else chunked(chosen, 200)
                items = (item for sources in portions for item in _items(reader, sources, wanted.notes, form))
                yield from import_module(f"litbase.render.{OTHERS[form]}").pieces(items)


def split(library: Place, wanted: Wanted, folder: Path, force: bool = False) -> int:
    """Write litbase's own export to a folder, a file a source, for git; how many sources.

    Files of sources that have gone are taken away where the whole library is exported. Each file is
    the old one or the new one, never a part.

    Raises: as `pieces`; BadInput for a folder that holds other things, without `force`.
    """
    _fit(folder, force)
    with Reader(library) as reader:
        chosen = _chosen(reader, library, wanted)
        written: set[str] = set()
        _make(folder / "sources")
        with reader.snapshot():
            # The lines come file by file.
            parts = groupby(whole.lines(reader, _scope(chosen, wanted.notes)), _part)
            left = {"concepts", "further", "history"}
            for part, lines in parts:
                left.discard(part)
                if part == "sources":
                    written |= {_save_source(folder, line["source"], wanted.notes) for line in lines}
                else:
                    _save_lines(folder / f"{part}.jsonl", lines, wanted.notes)
            for part in left:
                _save_lines(folder / f"{part}.jsonl", (), wanted.notes)
    _save(folder / "litbase.json", f"{_compact(_header(chosen, wanted.notes))}\n", wanted.notes)
    if chosen is None:
        for path in (folder / "sources").glob("*.json"):
            if path.name not in written:
                path.unlink(missing_ok=True)
    return len(written)


def _part(line: whole.Line) -> str:
    """The file of a folder that a line goes to."""
    kind = next(iter(line))
    return {"concept": "concepts", "source": "sources", "change": "history"}.get(kind, "further")


def _save_source(folder: Path, source: whole.Line, notes: whole.Notes) -> str:
    name = _name(source["citekey"])
    _save(folder / "sources" / name, _laid_out(source), notes)
    return name


def _save_lines(path: Path, lines: Iterable[whole.Line], notes: whole.Notes) -> None:
    """Write lines to a file of the folder, unless it holds the same already."""
    with Spool[bytes]() as held:
        for line in lines:
            held.append(f"{_compact(line)}\n".encode())
        if not path.is_file() or not _holds(path, held):
            saving.save_pieces(path, held, force=True, private=notes == "all")


def _holds(path: Path, pieces: Iterable[bytes]) -> bool:
    with path.open("rb") as file:
        return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)


# Names of devices: on Windows no file can have one, whatever its ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def _name(citekey: str) -> str:
    """The name of a source's file: letters every system takes, and not too many."""
    plain = quote(citekey.lower(), safe="")
    if len(plain) > 80:
        plain = f"{plain[:60]}-{sha256(plain.encode()).hexdigest()[:16]}"
    return f"{'_' if _DEVICES.match(plain) else ''}{plain}.json"


def save(library: Place, wanted: Wanted, form: str, path: Path, force: bool = False) -> None:
    """Write an export to a file, whole or not at all.

    Raises: as `pieces`; BadInput for a folder, or a file that is there without `force`.
    """
    saving.save_pieces(path, pieces(library, wanted, form), force, private=wanted.notes == "all")


def _chosen(reader: Reader, library: Place, wanted: Wanted) -> list[Source] | None:
    """The sources that are named or found; None for all."""
    if not wanted.keys and wanted.question is None:
        return None
    named = lookup.sources(reader, wanted.keys)
    found = [hit.source for hit in searching.search(library, wanted.question).hits] if wanted.question else []
    return list({source.id: source for source in (*named, *found)}.values())


def _scope(chosen: Sequence[Source] | None, notes: whole.Notes) -> whole.Scope:
    return whole.Scope(None if chosen is None else frozenset(source.id for source in chosen), notes)


def _header(chosen: object, notes: whole.Notes) -> dict[str, Any]:
    return {
        "litbase": "library" if chosen is None else "selection",
        "version": VERSION,
        "written_by": __version__,
        "notes": notes,
    }


def _with_ends(reader: Reader, chosen: list[Source] | None, notes: whole.Notes) -> Iterator[dict[str, Any]]:
    """The lines between a header and an end by which a cut-off file is known."""
    yield _header(chosen, notes)
    count = 0
    for line in whole.lines(reader, _scope(chosen, notes)):
        count += 1
        yield line
    yield {"end": count}


def _items(reader: Reader, sources: Sequence[Source], notes: whole.Notes, form: str) -> Iterator[Item]:
    """Items with their concepts and notes, as far as the format has room for them."""
    ids = [source.id for source in sources]
    concepts = reader.concepts_of(ids) if form in _WITH_KEYWORDS else {}
    texts = reader.note_texts(ids, private=notes == "all") if notes != "none" else {}
    for source in sources:
        item: Item = json.loads(source.item)
        if source.id in concepts:
            old = [word.strip() for word in str(item.get("keyword") or "").split(";") if word.strip()]
            item["keyword"] = "; ".join(dict.fromkeys((*concepts[source.id], *old)))
        kept = texts.get(source.id)
        yield {**item, "annote": "\n\n".join(kept)} if kept else item


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _laid_out(value: object) -> str:
    """JSON with a field a line and its names in order, so that a change shows as the line it is on."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _fit(folder: Path, force: bool) -> None:
    """Refuse a folder that holds anything but an export, what belongs to git and the like aside."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file", "name a folder")
    if force or not folder.is_dir() or (folder / "litbase.json").is_file():
        return
    if any(not path.name.startswith(".") for path in folder.iterdir()):
        raise BadInput(f"{folder} holds other things", "name an empty folder; --force writes into this one")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"cannot make the folder {folder}: {files.reason(error)}", "check the path") from error


def _save(path: Path, text: str, notes: whole.Notes) -> None:
    """Write a file of the folder; one that is the same already is left alone, for git's and backups' sake."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    saving.save_pieces(path, (text,), force=True, private=notes == "all")
