"""Abstracts as plain paragraphs."""

import re

from litbase.domain.records import markup
from litbase.domain.records.lettering import mend
from litbase.domain.text import clean, clean_line

_PARAGRAPH = re.compile(r"</?(?:[A-Za-z][\w.-]*:)?(?:p|sec|abstract|list|list-item|div|li|ul|ol)\b[^<>]*>|<br\s*/?>")
_TITLE = re.compile(r"<((?:[A-Za-z][\w.-]*:)?title)\b[^<>]*>([^\x00]{0,300}?)</\1>")
_LONGEST = 60_000
_WORDS = "abstract|summary|zusammenfassung|résumé|resumen|resumo|riassunto|samenvatting|sammendrag|sammanfattning"
_HEADING = re.compile(rf"(?:{_WORDS})\s*[.:]?", re.IGNORECASE)
_LEADING = re.compile(rf"^(?i:{_WORDS})(?:\s*[.:–—-]\s*|\s+(?=[A-ZÀ-Þ“\"]))")


def abstract(value: object) -> str:
    """An abstract's text, a blank line between paragraphs; "" where there is none.

    Headings of sections stand before their first paragraph ("Methods: We asked …"); the heading
    "Abstract" itself is dropped.

    Source: Crossref, "Abstracts" (JATS face markup in the field `abstract`).
    """
    if not isinstance(value, str):
        return ""
    text = clean(mend(value[:_LONGEST]))
    if "<" not in text and "&" not in text:
        return _LEADING.sub("", clean_line(text), count=1)
    if "&lt;" in text:
        text = markup.entities(text)
    # \x01 ends a paragraph, \x02 a heading: neither can stand in a text that was made fit to keep.
    text = _PARAGRAPH.sub("\x01", _TITLE.sub("\x01\\2\x02", text))
    paragraphs: list[str] = []
    for block in text.split("\x01"):
        *headings, body = (clean_line(markup.plain(part)) for part in block.split("\x02"))
        heading = " ".join(one.rstrip(":. ") for one in headings if one and not _HEADING.fullmatch(one))
        if heading:
            paragraphs.append(f"{heading}:")
        if body:
            # A heading that stood in a block of its own waits for the paragraph behind it.
            if paragraphs and paragraphs[-1].endswith(":") and len(paragraphs[-1]) < 80:
                paragraphs[-1] += f" {body}"
            else:
                paragraphs.append(body)
    return _LEADING.sub("", "\n\n".join(paragraphs), count=1)
