"""Reading what other programs keep: BibTeX, RIS and CSL-JSON files, and texts with DOIs in them.

    listing = read("refs.bib", Path("refs.bib").read_bytes())
    listing.entries        each with its number and line, in CSL's words
    listing.faults         what could not be read, and why

    opening → bibtex (latex, names, bibfields), ris, csljson     a file becomes entries
    tidying                                                       an entry becomes an item as litbase keeps it

A new format is one module and one line in FORMATS.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from litbase.domain import doi
from litbase.errors import BadInput

from . import bibtex, csljson, opening, ris
from .entry import Entry, Fault, Listing

__all__ = ["FORMATS", "Entry", "Fault", "Listing", "dois", "read", "recognised"]


class Format(NamedTuple):
    """How a format is read, what a file in it looks like, and the signs that its structure is made of."""

    read: Callable[[str], Listing]
    looks_like: Callable[[str], bool]
    signs: str


# Asked in this order.
FORMATS = {
    "csl-json": Format(csljson.read, lambda text: bool(csljson.LOOKS_LIKE.match(text)), "[{:"),
    "bibtex": Format(bibtex.read, lambda text: bool(bibtex.LOOKS_LIKE.search(text)), "@={"),
    "ris": Format(ris.read, lambda text: bool(ris.LOOKS_LIKE.search(text)), "\n"),
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


def read(name: str, content: bytes, form: str = "") -> Listing:
    """The entries of a file, in the format given or the one it is in; for `dois` there are none.

    Raises: BadInput for a file that cannot be read, is in no known format, or holds no entry.
    """
    opened = opening.text(name, content)
    known = form or recognised(opened.text)
    if known in FORMATS:
        try:
            opening.refuse_dense(opened.text, FORMATS[known].signs)
            found = FORMATS[known].read(opened.text)
        except BadInput as error:
            raise BadInput(f"{name}: {error.message}", error.hint) from error
        return _bounded(found)._replace(remarks=(*opened.remarks, *found.remarks))
    if known == "dois":
        return Listing("dois", (), (), opened.remarks)
    raise _unknown(name, opened.text)


def _bounded(listing: Listing) -> Listing:
    """The listing without entries of which a field is longer than litbase keeps; they become faults."""
    faults = [
        Fault(entry.number, entry.line, f"the field {name} is longer than litbase keeps")
        for entry in listing.entries
        if (name := next((name for name, one in entry.item.items() if len(str(one)) > opening.LONGEST), ""))
    ]
    refused = {fault.number for fault in faults}
    left = tuple(entry for entry in listing.entries if entry.number not in refused) if refused else listing.entries
    return listing._replace(entries=left, faults=(*listing.faults, *faults))


def dois(name: str, content: bytes) -> list[str]:
    """Every DOI in a text, each once.

    Raises: BadInput where there is none, or the file cannot be read.
    """
    found = doi.find_all(opening.text(name, content).text)
    if not found:
        raise BadInput(f"there is no DOI in {name}", "a DOI looks like 10.1037/pst0000185")
    return found


def _unknown(name: str, text: str) -> BadInput:
    for pattern, what, hint in _OTHERS:
        if pattern.search(text[:20_000]):
            return BadInput(f"{name} is {what}, which litbase does not read", hint)
    return BadInput(
        f"there is nothing in {name} that litbase can import", "BibTeX, RIS, CSL-JSON, litbase's own export, or DOIs"
    )
