"""A title cut into words and the gaps between them, with the places where a sentence starts.

Inline tags, punctuation and a possessive "’s" belong to the gaps, so a word is letters and
digits only, and joining gaps and words in turn gives the title back, letter for letter.
"""

import re
from typing import NamedTuple, TypeAlias


def bag(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_WORD = re.compile(
    r"<[^<>]*>"  # a tag is no word, but must be stepped over
    r"|(?<=[\w.])['’][sS](?![^\W_])"  # nor is the 's of "Freud's"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., D.C., e.g.
    r"|[^\W_]+(?:['’](?![sS](?![^\W_]))[^\W_]+)*",  # don't and O'Brien are words
)
_NOCASE = re.compile(r"<span\s[^<>]*nocase[^<>]*>")
# A mark that ends a sentence, whatever closes after it, then a blank or an opening quotation mark.
_STOP = re.compile(r"([:?!.…])(?:</?\w[^<>]*>|[\"”’'»)\]])*\s")
_CLOSED = re.compile(r"[?!.…][\"”’'»]")
_DASH = re.compile(r"—|\s[–-]{1,3}\s")
_PLAIN_GAPS = frozenset((" ", "-", "–", "/", ", "))
_ARTICLES = frozenset(("the", "a", "an"))
# What opens a title or a saying within the title.
_QUOTED = ('"', "“", "‘", "«", "<i>")
_ROMAN = re.compile(r"[ivx]+")

# After these a full stop ends no sentence.
_ABBREVIATIONS = bag(
    "vs v dr mr mrs ms mx prof st ste mt ft jr sr rev gen col sgt capt lt hon rep sen gov pres fr no nos vol "
    "vols ed eds pp fig figs al etc cf ca approx dept univ assn bros co corp inc ltd sp spp var subsp"
)


# From the first word of a name to the one after its last.
Stretch: TypeAlias = tuple[int, int]


class Tokens(NamedTuple):
    """A title in pieces: `gaps[i]` stands before `words[i]`, and one last gap ends it."""

    words: list[str]
    lowers: list[str]  # each word in lower case, apostrophes straight
    gaps: list[str]
    starts: list[bool]  # whether a title, subtitle or sentence begins with the word
    kept: frozenset[int]  # words inside a nocase span, never to be touched


def cut(title: str) -> Tokens:
    """The words and gaps of a title."""
    words: list[str] = []
    gaps: list[str] = []
    kept: list[int] = []
    nocase = 0
    position = 0
    for match in _WORD.finditer(title):
        word = match[0]
        if word[0] in "<'’":
            nocase = _inside(word, nocase)
            continue
        begin = match.start()
        if nocase:
            kept.append(len(words))
        gaps.append(title[position:begin])
        words.append(word)
        position = match.end()
    gaps.append(title[position:])
    lowers = [word.lower().replace("’", "'") for word in words]
    return Tokens(words, lowers, gaps, _starts(words, lowers, gaps), frozenset(kept))


def join(words: list[str], gaps: list[str]) -> str:
    """The title whose pieces these are."""
    pieces = [piece for pair in zip(gaps, words, strict=False) for piece in pair]
    pieces.append(gaps[-1])
    return "".join(pieces)


def _inside(tag: str, depth: int) -> int:
    """How many spans are open inside a nocase span, itself counted, after this tag."""
    if depth:
        return depth + (tag.startswith("<span") - tag.startswith("</span"))
    return 1 if _NOCASE.match(tag) else 0


def _starts(words: list[str], lowers: list[str], gaps: list[str]) -> list[bool]:
    if not lowers:
        return []
    quoted = gaps[0].lstrip()[:1] in ('"', "“", "‘", "'", "«") if gaps[0] else False
    translated = gaps[-1].startswith("]")
    starts = [True]
    for index in range(1, len(lowers)):
        gap = gaps[index]
        starts.append(
            gap not in _PLAIN_GAPS
            and (
                _opens(gap, lowers[index - 1], quoted)
                or (translated and gap.endswith("["))
                or (lowers[index] in _ARTICLES and words[index][0].isupper() and gap.endswith(_QUOTED))
            )
        )
    return starts


def _opens(gap: str, before: str, quoted: bool) -> bool:
    """Whether a sentence begins after this gap, `before` being the word that ends there.

    A question inside quotation marks ends a sentence only where the title begins with the
    quotation ("Who am I?" Identity in …), not amid one (asking "Why me?" of the dying).
    """
    if _DASH.search(gap):
        return True
    stop = _STOP.search(gap)
    if stop is None:
        return False
    if stop[1] == ".":
        return (
            before not in _ABBREVIATIONS
            and before[-1] != "."
            and (len(before) > 1 or before.isdigit() or bool(_ROMAN.fullmatch(before)))
        )
    return quoted or not _CLOSED.search(gap)
