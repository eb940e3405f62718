"""Reading what other programs keep: BibTeX, RIS and CSL-JSON files, and texts with DOIs in them.

    with open("refs.bib", "rb") as file:
        form = form_of("refs.bib", file)
        for one in entries("refs.bib", file, form):      an Entry, with its number and line, in CSL's words; a Fault:
            …                                            what could not be read, and why; at the end a Remark

    opening → bibtex (latex, names, bibfields), ris, csljson     a file becomes entries, one after the other
    tidying                                                       an entry becomes an item as litbase keeps it

A file may hold a million entries, for no more of it is held than one of them needs. `read` holds a small one whole.
A new format is one module and one line in FORMATS.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple

from litbase.domain import doi
from litbase.errors import BadInput

from . import bibtex, csljson, opening, ris
from .entry import Entry, Fault, Listing

__all__ = [
    "FORMATS", "Entry", "Fault", "Listing", "Remark", "dois", "dois_in", "entries", "form_of", "read", "recognised",
]  # fmt: skip


class Remark(NamedTuple):
    """A sentence on how a file was read."""

    text: str


class Format(NamedTuple):
    """How a format is read, and what a file in it looks like."""

    read: Callable[[opening.Text], Iterator[Entry | Fault]]
    looks_like: Callable[[str], bool]


# Asked in this order.
FORMATS = {
    "csl-json": Format(csljson.read, lambda text: bool(csljson.LOOKS_LIKE.match(text))),
    "bibtex": Format(bibtex.read, lambda text: bool(bibtex.LOOKS_LIKE.search(text))),
    "ris": Format(ris.read, lambda text: bool(ris.LOOKS_LIKE.search(text))),
}

# What people also have, and where to get what litbase reads.
_OTHERS = (
    (re.compile(r"^PMID- ?\d", re.MULTILINE), "a MEDLINE file", "litbase add takes PubMed numbers; or export as RIS"),
    (re.compile(r"^%[0A-Z] ", re.MULTILINE), "an EndNote file", "export it as RIS or BibTeX"),
    (re.compile(r"<rdf:RDF"), "Zotero RDF", "export it as BibTeX or RIS, with notes"),
    (re.compile(r"<(?:xml|records)\b|^<\?xml"), "an XML file", "export it as RIS, BibTeX or CSL-JSON"),
    (re.compile(r"^FN |^PT J", re.MULTILINE), "a Web of Science file", "export it as RIS or BibTeX"),
)


def recognised(text: str) -> str:
    """The format of a text by what stands in it: one of FORMATS, `dois` where it only holds DOIs; "" for none."""
    for name, form in FORMATS.items():
        if form.looks_like(text):
            return name
    return "dois" if doi.find_all(text) else ""


def form_of(name: str, file: BinaryIO) -> str:
    """The format of a file by what stands in its beginning: one of FORMATS, or `dois` where it only holds DOIs.

    Raises: BadInput for a file that is in no known format, or cannot be read.
    """
    only_dois, size, beginning = False, 0, ""
    for portion in opening.Text(name, file).portions():
        known = recognised(portion)
        if known in FORMATS:
            return known
        only_dois = only_dois or known == "dois"
        beginning = beginning or portion[:20_000]
        size += len(portion)
        if size > opening.LARGEST:
            break
    if only_dois:
        return "dois"
    raise _unknown(name, beginning)


def entries(name: str, file: BinaryIO, form: str) -> Iterator[Entry | Fault | Remark]:
    """The entries of a file in one of FORMATS, in its order.

    Raises: BadInput for a file that cannot be read, or holds no entry, or hardly anything else than faults.
    """
    text = opening.Text(name, file)
    try:
        yield from _few_faults(map(_bounded, FORMATS[form].read(text)))
    except BadInput as error:
        named = error.message.startswith(name)
        raise BadInput(error.message if named else f"{name}: {error.message}", error.hint) from error
    yield from map(Remark, text.remarks)


def dois_in(name: str, file: BinaryIO) -> list[str]:
    """Every DOI in a text, each once.

    Raises: BadInput where there is none, or more than anybody has fetched, or the file cannot be read.
    """
    found: dict[str, None] = {}
    for portion in opening.Text(name, file).portions():
        found |= dict.fromkeys(doi.find_all(portion))
        if len(found) > opening.MOST:
            raise BadInput(f"{name} holds more than {opening.MOST:,} DOIs, which would take days to fetch", "split it")
    if not found:
        raise BadInput(f"there is no DOI in {name}", "a DOI looks like 10.1037/pst0000185")
    return list(found)


def read(name: str, content: bytes, form: str = "") -> Listing:
    """The entries of a small file, held whole, in the format given or the one it is in; for `dois` there are none.

    Raises: BadInput for a file that cannot be read, is in no known format, holds no entry, or too much.
    """
    if len(content) > opening.LARGEST:
        raise opening.too_large(name, len(content))
    known = form or form_of(name, BytesIO(content))
    if known == "dois":
        return Listing("dois", ())
    found = list(islice(entries(name, BytesIO(content), known), opening.MOST + 1))
    if len(found) > opening.MOST:
        raise BadInput(f"{name}: {len(found):,} entries are more than litbase reads at once", "split the file")
    return Listing(
        known,
        tuple(one for one in found if isinstance(one, Entry)),
        tuple(one for one in found if isinstance(one, Fault)),
        tuple(one.text for one in found if isinstance(one, Remark)),
    )


def dois(name: str, content: bytes) -> list[str]:
    """Every DOI in a small text, each once; raises as `dois_in`."""
    return dois_in(name, BytesIO(content))


def _few_faults(found: Iterable[Entry | Fault]) -> Iterator[Entry | Fault]:
    faults = 0
    for one in found:
        faults += isinstance(one, Fault)
        if faults > opening.MOST:
            raise BadInput(f"more than {opening.MOST:,} of its entries cannot be read", "is it what it should be?")
        yield one


def _bounded(one: Entry | Fault) -> Entry | Fault:
    """An entry of which a field is longer than litbase keeps becomes a fault."""
    if isinstance(one, Fault):
        return one
    too_long = next((name for name, value in one.item.items() if len(str(value)) > opening.LONGEST), "")
    return Fault(one.number, one.line, f"the field {too_long} is longer than litbase keeps") if too_long else one


def _unknown(name: str, text: str) -> BadInput:
    for pattern, what, hint in _OTHERS:
        if pattern.search(text[:20_000]):
            return BadInput(f"{name} is {what}, which litbase does not read", hint)
    return BadInput(
        f"there is nothing in {name} that litbase can import", "BibTeX, RIS, CSL-JSON, litbase's own export, or DOIs"
    )
