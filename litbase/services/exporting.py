"""Exporting: a library or a part of it as litbase's own JSON Lines, CSL-JSON, BibTeX or RIS.

Notes leave only where they are asked for, private ones only where they are asked for by that name.
"""

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from litbase import __version__
from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.errors import BadInput, LibraryError
from litbase.place import Place
from litbase.store import files, whole
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
        if form == OWN:
            yield from (f"{_compact(line)}\n" for line in _with_ends(reader, chosen, wanted.notes))
        else:
            sources = reader.sources("key") if chosen is None else chosen
            items = [_item(reader, source, wanted.notes, form) for source in sources]
            yield import_module(f"litbase.render.{OTHERS[form]}").listing(items)


def split(library: Place, wanted: Wanted, folder: Path, force: bool = False) -> int:
    """Write litbase's own export to a folder, a file a source, for git; how many sources.

    Files of sources that have gone are taken away where the whole library is exported. Each file is
    the old one or the new one, never a part.

    Raises: as `pieces`; BadInput for a folder that holds other things, without `force`.
    """
    _fit(folder, force)
    with Reader(library) as reader:
        chosen = _chosen(reader, library, wanted)
        parts: dict[str, list[dict[str, Any]]] = {"concepts": [], "further": [], "history": []}
        written: set[str] = set()
        _make(folder / "sources")
        for line in whole.lines(reader, _scope(chosen, wanted.notes)):
            kind = next(iter(line))
            if kind == "source":
                name = _name(line["source"]["citekey"])
                written.add(name)
                _save(folder / "sources" / name, _laid_out(line["source"]), wanted.notes)
            else:
                parts[{"concept": "concepts", "change": "history"}.get(kind, "further")].append(line)
    for name, lines in parts.items():
        _save(folder / f"{name}.jsonl", "".join(f"{_compact(line)}\n" for line in lines), wanted.notes)
    _save(folder / "litbase.json", f"{_compact(_header(chosen, wanted.notes))}\n", wanted.notes)
    if chosen is None:
        for path in (folder / "sources").glob("*.json"):
            if path.name not in written:
                path.unlink(missing_ok=True)
    return len(written)


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


def _item(reader: Reader, source: Source, notes: whole.Notes, form: str) -> Item:
    """An item with its concepts and notes, as far as the format has room for them."""
    item: Item = json.loads(source.item)
    concepts = reader.concepts_of([source.id]).get(source.id, []) if form in _WITH_KEYWORDS else []
    if concepts:
        old = [word.strip() for word in str(item.get("keyword") or "").split(";") if word.strip()]
        item["keyword"] = "; ".join(dict.fromkeys((*concepts, *old)))
    kept = [note.text for note in reader.notes(source.id) if notes == "all" or (notes == "public" and not note.private)]
    return {**item, "annote": "\n\n".join(kept)} if kept else item


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
