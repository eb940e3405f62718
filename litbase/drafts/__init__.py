"""Reading drafts: blog posts, handouts and chapters in prose, with citations in the text and a list at the end.

    reading = read("post.md", Path("post.md").read_bytes(), lexicon)
    reading.entries          the reference list, each entry a CSL item
    reading.citations        every citation, each work with what the list has for it

    opening → plain, markdown, html, docx     a file becomes blocks of text that know their places
    listing → reference/                      the list found and its entries read
    scan → spans, segments, people, vetoes    citations found: dates first, then what stands around them
    matching                                  which entry each of them means

What is said about it all is `check`'s affair (services/check.py).
"""

from . import opening
from .citations import Citation, Cited, Primary, Slips
from .draft import Block, Draft, Place
from .entries import Entry
from .listing import Section
from .matching import Match
from .reading import Reading, Work, of
from .vetoes import Lexicon

__all__ = [
    "Block",
    "Citation",
    "Cited",
    "Draft",
    "Entry",
    "Lexicon",
    "Match",
    "Place",
    "Primary",
    "Reading",
    "Section",
    "Slips",
    "Work",
    "read",
]


def read(path: str, content: bytes, lexicon: Lexicon | None = None) -> Reading:
    """The draft in a file's bytes, its list and its citations; `path` is how the user calls it, `-` for standard input.

    Raises: BadInput for what cannot be read.
    """
    return of(opening.draft(path, content), lexicon or Lexicon())
