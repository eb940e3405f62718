"""Titles in the text: what stands in a citation where a work has no author.

Titles are kept in sentence case; in the text they take title case, and italics or quotation marks
as their entry has them.
"""

import re
from collections.abc import Mapping
from typing import Any

from litbase.domain.inline import Inline, Inlines, Span, Text, parse, plain, strip

from .authors import LEGAL
from .dates import year_text

# Source: APA 7, 6.17: words of three letters or fewer that are not major.
_MINOR = frozenset(
    (
        "a", "an", "the", "and", "as", "but", "for", "if", "nor", "or", "so", "yet",
        "at", "by", "in", "of", "off", "on", "per", "to", "up", "via", "v", "vs",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\s/–—]+")
_ADDRESS = re.compile(r"://|@|\w\.\w")
_STARTS = re.compile(r"(?:^|[:.?!]\s|—\s*)[\s\"“‘'«(\[]*$")
_ABBREVIATED = re.compile(r"(?:\b(?:vs?|dr|mrs?|ms|st|no|vol|eds?)|\b[A-Za-z])\.\s*$", re.IGNORECASE)

# Abbreviations of statutes that no title case touches.
_LAW = frozenset(("amend.", "art.", "ch.", "cl.", "sec.", "et", "seq."))

_ALWAYS_ITALIC = frozenset(("legal_case", "hearing", "post", "webpage"))
_NEVER_MARKED = frozenset(("bill", "legislation", "regulation", "treaty"))
_STATUTES = frozenset(("bill", "legislation", "regulation"))


def in_text(item: Mapping[str, Any], short: bool = True) -> Inlines:
    """A title as it stands for the author in a citation, dressed as in the entry.

    Italic for what stands alone, quotation marks for what is part of a greater whole, cases in
    italics, statutes plain. `short` leaves out the subtitle; a title-short is taken at its word.
    A work without title goes by its description in brackets.

    Source: APA 7, 8.14, 6.17, 11.4–11.9.
    """
    title = str(item.get("title") or "")
    if not strip(title).strip():
        return _description(item)
    own = str(item.get("title-short") or item.get("shortTitle") or "") if short else ""
    tree = parse(own or title)
    if not own:
        tree = _cut(tree, item, short)
    kind = item.get("type")
    if kind not in ("legal_case", "post"):
        tree = title_cased(tree) if _english(item) else tree
    tree = _curled(tree)
    if kind in _NEVER_MARKED:
        return tree
    if kind in _ALWAYS_ITALIC or not item.get("container-title"):
        return (Span("italic", _upright(tree)),)
    return _merged((Text("“"), *_map(tree, str.maketrans("“”", "‘’")), Text("”")))


def sorting_title(item: Mapping[str, Any]) -> str:
    """The words a work is alphabetised by where it has no author: its whole title, or what stands for it.

    Source: APA 7, 9.49.
    """
    return strip(str(item.get("title") or "")) or plain(_description(item))


def _description(item: Mapping[str, Any]) -> Inlines:
    """What an untitled work is called: its number if it is a bill or report, else "[Photograph of …]".

    Source: APA 7, 9.22.
    """
    if item.get("type") in ("bill", "report") and item.get("number"):
        return (Text(strip(str(item["number"]))),)
    described = item.get("genre") or item.get("medium")
    if described:
        return (Text("["), *parse(str(described)), Text("]"))
    reviewed = item.get("reviewed-title")
    if reviewed:
        return (Text("[Review of "), Span("italic", title_cased(parse(str(reviewed)))), Text("]"))
    return (Text("[Untitled]"),)


def _english(item: Mapping[str, Any]) -> bool:
    """Whether the capitals of title case belong to the title's language."""
    return str(item.get("language") or "en").lower().startswith("en")


def _cut(tree: Inlines, item: Mapping[str, Any], short: bool) -> Inlines:
    """A title without what a citation leaves out: a translation in brackets, the year of an act, the subtitle."""
    whole = plain(tree)
    keep = re.sub(r"\s*\[[^\[\]]*\]$", "", whole)
    if item.get("type") in _STATUTES:
        keep = re.sub(r"\s*\([^()]*\)$", "", keep)
        keep = re.sub(rf",?\s+of\s+{re.escape(year_text(item))}$", "", keep)
    if short and item.get("type") not in LEGAL:
        keep = re.split(r":\s|\s[–—]\s", keep, maxsplit=1)[0]
    return _take(tree, len(keep)) if keep.strip() else tree


def _take(tree: Inlines, count: int) -> Inlines:
    """The first characters of a tree."""
    out: list[Inline] = []
    for node in tree:
        if count <= 0:
            break
        size = len(plain((node,)))
        out.append(
            Text(node.text[:count]) if isinstance(node, Text) else node._replace(children=_take(node.children, count))
        )
        count -= size
    return tuple(out)


def _upright(tree: Inlines) -> Inlines:
    """Italics inside italics, turned upright. Source: APA 7, 6.23."""
    return tuple(
        node._replace(style="normal") if isinstance(node, Span) and node.style == "italic" else node for node in tree
    )


def title_cased(tree: Inlines) -> Inlines:
    """A title of sentence case in title case: every word a capital but the small ones inside.

    Source: APA 7, 6.17.
    """
    return _laid_on(tree, iter(title_case(plain(tree))))


def title_case(title: str) -> str:
    """A plain title in title case; as long as it was, letter for letter.

    Words with a capital or digit of their own stay as they are. Small words (articles, and conjunctions
    and prepositions of three letters or fewer) are raised only where a title or subtitle begins, and at the very end.

    Source: APA 7, 6.17.
    """
    words = list(_WORD.finditer(title))
    out: list[str] = []
    end = 0
    for word in words:
        before = title[: word.start()]
        starts = bool(_STARTS.search(before)) and not _ABBREVIATED.search(before)
        out += title[end : word.start()], _raised(word[0], starts or word is words[-1])
        end = word.end()
    return "".join(out) + title[end:]


def _raised(word: str, always: bool) -> str:
    """One word; of a hyphened one, small parts between others stay small: Follow-Up, Face-to-Face."""
    if _ADDRESS.search(word.strip(".,;:?!")) or word in _LAW:
        return word
    parts = word.split("-")
    small = range(1, len(parts) - 1) if len(parts) > 1 else range(0 if always else 1)
    return "-".join(part if at in small and _bare(part) in _MINOR else _capital(part) for at, part in enumerate(parts))


def _bare(word: str) -> str:
    return word.strip("“”‘’\"'«»()[]{}.,;:?!…")


def _capital(word: str) -> str:
    """A word with a capital, if it has none nor a digit at its head."""
    letters = _bare(word)
    if not letters[:1].isalpha() or not letters.islower():
        return word
    at = word.index(letters)
    capital = word[at].upper()
    return word[:at] + capital + word[at + 1 :] if len(capital) == 1 else word


def _laid_on(tree: Inlines, characters: Any) -> Inlines:
    """The same tree with other characters, one for one."""
    out: list[Inline] = []
    for node in tree:
        if isinstance(node, Text):
            out.append(Text("".join(next(characters) for _ in node.text)))
        else:
            out.append(node._replace(children=_laid_on(node.children, characters)))
    return tuple(out)


def _map(tree: Inlines, table: dict[int, int]) -> Inlines:
    return _laid_on(tree, iter(plain(tree).translate(table)))


def _merged(tree: Inlines) -> Inlines:
    """Neighbouring runs of characters as one."""
    out: list[Inline] = []
    for node in tree:
        before = out[-1] if out else None
        if isinstance(node, Text) and isinstance(before, Text):
            out[-1] = Text(before.text + node.text)
        else:
            out.append(node)
    return tuple(out)


def _curled(tree: Inlines) -> Inlines:
    """Straight quotation marks and apostrophes made typographic."""
    text = plain(tree)
    if "'" not in text and '"' not in text:
        return tree
    text = re.sub(r"(^|[\s(\[—–-])\"", r"\1“", text).replace('"', "”")
    return _laid_on(tree, iter(text.replace("'", "’")))
