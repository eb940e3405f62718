"""What ships with litbase: the starter shelf, the vocabulary, the word lists and litbase's own CSL styles.

In a wheel `data/` and `styles/` lie inside the package; in a checkout, and so in an editable
install, they lie beside it. Nothing is opened before it is asked for. data/README.md describes
the files field by field.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from litbase.domain.item import Item
from litbase.errors import LitbaseError

_PACKAGE = Path(__file__).parent


class ShelfSource(NamedTuple):
    """One source of the starter shelf; `doi_confirmed` is None where the work has no DOI.

    `verified` holds the addresses where the facts were read, `printed` the strings other public
    reference lists print for the work. `caveat` is a sentence for the user, or empty.
    """

    citekey: str
    item: Item
    concepts: tuple[str, ...]
    note: str
    verified: tuple[str, ...]
    printed: tuple[str, ...]
    confidence: str
    doi_confirmed: bool | None
    caveat: str


class ShelfConcept(NamedTuple):
    """One concept of the vocabulary; `cues` are words in a text that suggest it, not names for it."""

    name: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    definition: str
    cues: tuple[str, ...]


def folder(name: Literal["data", "styles"], package: Path = _PACKAGE) -> Path:
    """The folder of that name that came with litbase, wherever litbase is installed.

    Raises: LitbaseError where the installation lacks it.
    """
    inside = package / name
    if inside.is_dir():
        return inside
    beside = package.parent / name
    # Without a pyproject.toml the folder above is site-packages, where a `data` would be someone else's.
    if beside.is_dir() and (package.parent / "pyproject.toml").is_file():
        return beside
    raise LitbaseError(f"litbase's folder `{name}` is not where it was installed", "install litbase again")


def style_folder() -> Path:
    """The folder of litbase's own CSL styles."""
    return folder("styles")


def shelf() -> list[ShelfSource]:
    """Every source of the starter shelf, in the shelf's order; each call makes new ones."""
    return [_shelf_source(line) for line in _lines("shelf.jsonl")]


def shelf_source(doi: str) -> ShelfSource | None:
    """The shelf's source with that DOI (bare, `10.…`, in any letter case), or None."""
    line = _lines_by_doi().get(doi.lower())
    return _shelf_source(line) if line is not None else None


def shelf_entries() -> dict[str, Any]:
    """The finished APA entries of the shelf, as `inline.from_json` takes them, by the digests of their items."""
    rows = map(json.loads, _lines("shelf_apa.jsonl"))
    return {row["digest"]: row["inlines"] for row in rows}


def concepts() -> list[ShelfConcept]:
    """Every concept of the vocabulary, in its order; broader concepts may come after narrower ones."""
    return [_concept(json.loads(line)) for line in _lines("concepts.jsonl")]


def word_lists() -> dict[str, list[str]]:
    """The word lists by name: the lines of `data/words/NAME.txt` without blank lines and `#` comments."""
    return {path.stem: list(_words(path)) for path in sorted((folder("data") / "words").glob("*.txt"))}


def word_list(name: str) -> list[str]:
    """One word list, `data/words/NAME.txt`, as `word_lists` has it."""
    return list(_words(folder("data") / "words" / f"{name}.txt"))


def _words(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        word = line.strip()
        if word and not word.startswith("#"):
            yield word


def _lines(name: str) -> list[str]:
    # Split at newlines alone: JSON leaves U+2028 and its like unescaped.
    return (folder("data") / name).read_text(encoding="utf-8").rstrip("\n").split("\n")


@cache
def _lines_by_doi() -> dict[str, str]:
    # Lines, not sources: a caller may change the item it is given.
    items = ((json.loads(line)["item"], line) for line in _lines("shelf.jsonl"))
    return {item["DOI"]: line for item, line in items if "DOI" in item}


def _shelf_source(line: str) -> ShelfSource:
    row: dict[str, Any] = json.loads(line)
    return ShelfSource(
        citekey=row["citekey"],
        item=row["item"],
        concepts=tuple(row["concepts"]),
        note=row["note"],
        verified=tuple(row["verified"]),
        printed=tuple(row.get("printed", ())),
        confidence=row["confidence"],
        doi_confirmed=row.get("doi_confirmed"),
        caveat=row.get("caveat", ""),
    )


def _concept(row: dict[str, Any]) -> ShelfConcept:
    return ShelfConcept(
        name=row["name"],
        aliases=tuple(row["aliases"]),
        broader=tuple(row["broader"]),
        definition=row["definition"],
        cues=tuple(row["cues"]),
    )
