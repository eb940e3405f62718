"""What Zotero does in its exports: notes are HTML, and the field "Extra" holds variables, one a line.

Source: Zotero documentation, "Citing Fields from Extra"; Zotero's translators for BibTeX and RIS (notes as HTML).
"""

import re

from litbase.domain import fields
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES, Item
from litbase.domain.kinds import CSL_TYPES
from litbase.domain.records import markup
from litbase.domain.text import clean, clean_line
from litbase.errors import BadInput

from . import dates

_LINE = re.compile(r"([A-Za-z][A-Za-z -]{1,30}):\s*(\S.*)")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote|tr|ul|ol)\s*>|<br\s*/?>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</(?:p|div|h[1-6]|blockquote|ul|ol)\s*>", re.IGNORECASE)
_HTML = re.compile(r"<(?:p|div|br|span|ul|ol|li|h[1-6]|strong|em|a|blockquote)\b", re.IGNORECASE)
_OWN_KEY = frozenset({"citation key", "citation-key"})
_ALONE = frozenset({"PMID", "PMCID", "DOI", "ISBN", "ISSN", "URL"})


def note(value: str) -> str:
    """A note's text; HTML is read as paragraphs and lines."""
    text = clean(value)
    if _HTML.search(text):
        text = _PARAGRAPH_END.sub("\n\n", _BLOCK_END.sub(lambda found: f"{found[0]}\n", text))
        text = "\n".join(clean_line(markup.plain(line)) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def with_extra(item: Item) -> Item:
    """An item with the variables that its `note` holds line by line; what is no variable stays a note.

    A variable that the item has is not changed, save its type.
    """
    text = item.get("note")
    if not isinstance(text, str) or ":" not in text:
        return item
    new = dict(item)
    rest = [line for line in clean(text).split("\n") if not _taken(line.strip(), new)]
    kept = "\n".join(rest).strip()
    if kept:
        new["note"] = kept
    else:
        del new["note"]
    return new


def citekey(item: Item) -> str:
    """The citation key that Better BibTeX pins in Extra; "" where there is none."""
    for line in str(item.get("note") or "").split("\n"):
        found = _LINE.fullmatch(line.strip())
        if found and found[1].lower() in _OWN_KEY:
            return found[2].strip()
    return ""


def _taken(line: str, item: Item) -> bool:
    """Whether a line was a variable; it is in the item then."""
    found = _LINE.fullmatch(line)
    if found is None:
        return False
    label, value = found[1].strip(), found[2].strip()
    if label.lower() in _OWN_KEY:
        return True
    if label.lower() == "type" and value in CSL_TYPES:
        item["type"] = value
        return True
    name = _variable(label)
    if not name or name in item:
        return bool(name) and str(item.get(name)) == value
    if name in NAME_VARIABLES:
        family, _, given = (part.strip() for part in value.partition("||"))
        item[name] = [{"family": family, "given": given} if given else {"literal": family}]
    elif name in DATE_VARIABLES:
        date = dates.read(value).date
        if date is None:
            return False
        item[name] = date
    else:
        item[name] = value
    return True


def _variable(label: str) -> str:
    """The CSL variable a label means; "" for none. Prose with a colon in it means none."""
    if label.upper() in _ALONE:
        return label.upper()
    name = label.lower().replace(" ", "-")
    if name in ("type", "note", "title", "abstract", "annote", "keyword", "references", "source", "status", "section"):
        return ""
    try:
        return fields.known(name) if name == label or label.istitle() else ""
    except BadInput:
        return ""
