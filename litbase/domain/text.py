"""The one door in for text: what every string passes before it is kept.

Control characters, lone surrogates and bidirectional overrides have no place in a title or
a note; they are taken out here once, so that no later room needs to think of them.
"""

import re
import unicodedata

# C0 but tab and newline, DEL, C1, lone surrogates, bidirectional controls, noncharacters,
# the byte-order mark and the invisible operators.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BLANKS = re.compile(r"\s+")


def clean(value: str) -> str:
    """Text of several lines made fit to keep: NFC, line ends as newlines, nothing invisible that acts."""
    if value.isascii() and value.isprintable():
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value))


def clean_line(value: str) -> str:
    """Text of one line made fit to keep: as `clean`, with every run of blanks as one space."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return _BLANKS.sub(" ", clean(value)).strip()


def fold(value: str) -> str:
    """A form for comparing: lower case, diacritics off, ligatures and widths resolved.

    "Bödeker" and "bodeker" fold to the same; the result is never shown.
    """
    if value.isascii():
        return value.lower()
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
