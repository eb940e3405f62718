"""Names that stand before a date: read backwards from it, word by word, a bounded way.

Backwards, because the date is where a citation is recognised and the sentence before the names can be anything.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from litbase.domain.text import fold

from .citations import Shorter
from .reference.letters import INITIALS, LETTER, PARTICLES, UPPER, wordlist
from .reference.names import GROUP
from .vetoes import STARTERS, Lexicon, is_other

NEAR = 64  # characters before a date that names are looked for in
_SPARE = 16  # of them must be left of the names, or it is looked further
REACH = 320  # as far as this
_TOKEN = re.compile(
    rf"(?P<initials>(?!Ste?\.|Dr\.|Mr\.|Ms\.|Mrs\.){INITIALS}(?!{LETTER}))"
    rf"|(?P<word>{LETTER}+(?:['’ʼ‘`–-]{LETTER}+)*\.?)|(?P<sign>&|,|;|\S)"
)
_POSSESSIVE = re.compile(r"(?:['’ʼ]s|(?<=[sxz])['’ʼ])\s*$")
_CAPITAL = re.compile(rf"(?:[a-z]{{1,3}}['’ʼ-]?)?{UPPER}|{LETTER}['’ʼ]{UPPER}")
_OTHERS = re.compile(
    r"(?:,?\s+(?P<latin>et\.?\s*al\b\.?|et\s+coll\.)|,?\s+(?:and|&)\s+(?:(?:his|her|their|other|many|several)\s+)?"
    r"(?:colleagues?|others|associates|coworkers|co-workers|coauthors|co-authors|collaborators|co-researchers"
    r"|team|group|lab|friends|co\.|students))$"
)
_SHORT = re.compile(r"\s[\[(]([A-Z][\w&./+-]{1,11})[\])]$")
_ACRONYM = re.compile(r"[A-Z][A-Z&./-]{1,9}(?:\s[A-Z]{2,6})?$")
_PARTICLES = frozenset(PARTICLES)
_CONNECTORS = wordlist(
    """
    of for the on in and & to de des du et la le into against with at by d' l' und für der den
    """
)
# Particles that stay with a name also where they have a capital.
_LEADING = frozenset(
    ("de", "del", "della", "di", "da", "dos", "du", "van", "von", "la", "le", "el", "al", "ten", "ter")
)
_JOINED = _PARTICLES | {"st.", "ste."}
_SUFFIXES = frozenset(("jr.", "jr", "sr.", "sr", "ii", "iii", "iv"))
_TITLES = frozenset(("dr.", "dr", "prof.", "prof", "professor", "mr.", "mrs.", "ms."))


class Known(NamedTuple):
    """What the reference list tells of names; keys are as `key` makes them. `dated`: first author and year."""

    families: frozenset[str] = frozenset()
    groups: dict[str, str] = {}  # noqa: RUF012 (never written to)
    titles: dict[str, str] = {}  # noqa: RUF012 (never written to)
    dated: frozenset[tuple[str, str]] = frozenset()


class Names(NamedTuple):
    """Names found before a date; `start` is where they begin in the text.

    `weak` ones are accepted only if the list has them. `others` are other readings, shorter ones.
    """

    authors: tuple[str, ...]
    start: int
    et_al: bool = False
    initials: str = ""
    joined_by: str = ""
    latin: str = ""
    weak: bool = False
    others: tuple[Shorter, ...] = ()
    group: bool = False
    title: bool = False


class Token(NamedTuple):
    """A word, a run of initials, or a sign, with its place in the text."""

    text: str
    kind: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """A name for comparing: letters and digits, folded; ø, ß and their like as two letters or one."""
    folded = fold(name).translate(_LETTERS).replace("&", "and").removeprefix("the ")
    return "".join(c for c in folded if c.isalnum())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


def before(text: str, end: int, known: Known, lexicon: Lexicon, inside: bool = False, start: int = 0) -> Names | None:
    """The names that end at `end`; None where there are none.

    `inside`: within a parenthesis, where two words with capitals are one family name.
    """
    near = _read(text, end, known, lexicon, inside, start, NEAR)
    # The names of groups are long, and what of one is near may pass for a shorter one.
    long = near is not None and near.group and " " in near.authors[0]
    if near is None or (not long and near.start > max(start, end - NEAR) + _SPARE):
        return near
    return _read(text, end, known, lexicon, inside, start, REACH)


def _read(text: str, end: int, known: Known, lexicon: Lexicon, inside: bool, start: int, reach: int) -> Names | None:
    """As `before`, looking so many characters back."""
    floor = max(start, end - reach, text.rfind("\n", start, end) + 1)
    stretch = text[floor:end].rstrip(" ,")
    short = _SHORT.search(stretch) if not inside else None
    if short:
        stretch = stretch[: short.start()].rstrip(" ,")
    # No name reaches over the end of a parenthesis.
    closed = stretch.rfind(")") + 1
    floor, stretch = floor + closed, stretch[closed:]
    stretch = _POSSESSIVE.sub("", stretch) if not inside else stretch
    others = _OTHERS.search(stretch)
    latin = ""
    if others:
        latin = others["latin"] or ""
        stretch = stretch[: others.start()].rstrip(" ,")
    stretch = _POSSESSIVE.sub("", stretch)
    tokens = [Token(t[0], str(t.lastgroup), floor + t.start(), floor + t.end()) for t in _TOKEN.finditer(stretch)]
    if not tokens:
        return None
    group = _known_group(tokens, known) if others else _groups(tokens, known)
    if group is not None:
        return (
            group._replace(et_al=True, latin=latin)
            if others
            else group._replace(latin=f"[{short[1]}]" if short else "")
        )
    if short and not others:
        return None
    found = _couple(tokens, known) or _people(tokens, known, lexicon, inside, bool(others))
    return found._replace(et_al=bool(others), latin=latin) if found else None


def _couple(tokens: list[Token], known: Known) -> Names | None:
    """Two authors of one name, of the list: "the Gottmans (1999)"."""
    if len(tokens) < 2 or tokens[-2].text.lower() != "the":
        return None
    name = tokens[-1].text.removesuffix("s")
    plural = tokens[-1].text != name and key(tokens[-1].text) not in known.families
    return Names((name, name), tokens[-1].start) if plural and key(name) in known.families else None


def _groups(tokens: list[Token], known: Known) -> Names | None:
    """A group that the tokens end in, with the one it is joined to: "the X Association and the Y Foundation"."""
    last = _known_group(tokens, known)
    if last is None and not _is_joined(tokens, known):
        last = _group(tokens)
    if last is None:
        return None
    ahead = [token for token in tokens if token.end <= last.start]
    while ahead and ahead[-1].text.lower() == "the":
        ahead.pop()
    if len(ahead) < 3 or ahead[-1].text not in ("and", "&"):
        return last
    first = _known_group(ahead[:-1], known) or _group(ahead[:-1])
    if first is None or _ACRONYM.fullmatch(first.authors[0]):
        return last
    shorter = (Shorter(last.authors, last.start),)
    return Names((*first.authors, *last.authors), first.start, joined_by=ahead[-1].text, others=shorter, group=True)


def _is_joined(tokens: list[Token], known: Known) -> bool:
    """Whether the last word is a person of the list that "and" joins to what stands before."""
    return len(tokens) > 1 and tokens[-2].text in ("and", "&") and key(tokens[-1].text) in known.families


def _known_group(tokens: list[Token], known: Known) -> Names | None:
    """A group or title of the list, or an abbreviation of one, that these words end in."""
    if not known.groups and not known.titles:
        return None
    spelled = ""
    best: Names | None = None
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 24), -1):
        letters = key(tokens[index].text)
        spelled = letters + spelled
        if letters and spelled in known.groups:
            best = Names((known.groups[spelled],), tokens[index].start, group=True)
    return best


def _group(tokens: list[Token]) -> Names | None:
    """A group by its words: capitals and what joins them, one of them such as groups have (Association, Institute)."""
    last = tokens[-1]
    if last.kind == "word" and _ACRONYM.fullmatch(last.text):
        if is_other(last.text):
            return None
        return Names((last.text,), last.start, group=True)
    first = len(tokens)
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 18), -1):
        token = tokens[index]
        joins = token.text in _CONNECTORS and index < len(tokens) - 1
        if token.text == "the" and index and tokens[index - 1].text in ("and", "&"):
            break
        if not (joins or _is_capital(token) or token.text == "U.S."):
            break
        if token.kind == "word" and token.text.endswith(".") and len(token.text) > 3:
            break
        first = index
    while first < len(tokens) and (tokens[first].text in _CONNECTORS or tokens[first].text.lower() in STARTERS):
        first += 1
    run = tokens[first:]
    if len(run) < 2 or not _is_capital(run[-1]):
        return None
    words = " ".join(token.text for token in run)
    if not GROUP.search(words):
        return None
    return Names((words.replace(" ,", ","),), run[0].start, group=True)


def _is_capital(token: Token) -> bool:
    return token.kind != "sign" and _CAPITAL.match(token.text) is not None


def _people(tokens: list[Token], known: Known, lexicon: Lexicon, inside: bool, others: bool) -> Names | None:
    """Persons, the last one first: "A, B, and C"."""
    names: list[tuple[str, str, int]] = []
    joined_by = ""
    index = len(tokens) - 1
    weak = False
    while index >= 0:
        one = _person(tokens, index, known, lexicon, inside)
        if one is None:
            break
        surname, initials, first, doubtful = one
        beside = first == 0 or tokens[first - 1].text != ","
        if names and beside and lexicon.is_place(surname) and key(surname) not in known.families:
            break  # "in Poland, Doliński et al.", but not "Kivlighan, London, and Miles"
        names.insert(0, (surname, initials, tokens[first].start))
        weak = doubtful if len(names) == 1 else weak
        index = first - 1
        sign = tokens[index].text if index >= 0 else ""
        if sign in ("and", "&") and not joined_by:
            joined_by = sign
            index -= 1
            if index >= 0 and tokens[index].text == ",":
                index -= 1
        elif sign == "," and (joined_by or others or inside):
            index -= 1
        else:
            break
    if not names:
        return None
    authors = tuple(name for name, _, _ in names)
    readings = tuple(Shorter(authors[cut:], names[cut][2]) for cut in range(1, len(authors)))
    return Names(
        authors,
        names[0][2],
        initials=names[0][1],
        joined_by=joined_by if len(names) > 1 else "",
        weak=weak,
        others=readings,
    )


def _person(
    tokens: list[Token], last: int, known: Known, lexicon: Lexicon, inside: bool
) -> tuple[str, str, int, bool] | None:
    """The person whose name ends at a token: family name, initials, first token, whether it may be no name."""
    inverted = _inverted(tokens, last)
    if inverted is not None:
        return inverted
    if tokens[last].text.lower() in _SUFFIXES and last:
        last -= 1
        last -= tokens[last].text == "," and last > 0
    if tokens[last].kind != "word" or tokens[last].text.endswith("."):
        return None
    if not _is_capital(tokens[last]) and key(tokens[last].text) not in known.families:
        return None
    first = last
    while first > 0 and last - first < 6 and _belongs(tokens, first - 1):
        first -= 1
    while first < last and tokens[first].kind == "word" and tokens[first].text.lower() in _PARTICLES:
        if key(" ".join(token.text for token in tokens[first : last + 1])) in known.families or _leads(
            tokens, first, last
        ):
            break
        first += 1
    return _surname(tokens, first, last, known, lexicon, inside)


def _inverted(tokens: list[Token], last: int) -> tuple[str, str, int, bool] | None:
    """A name as lists have it: "Hawkley, L. C."."""
    if tokens[last].kind != "initials" or last < 2 or tokens[last - 1].text != "," or tokens[last - 2].kind != "word":
        return None
    name = tokens[last - 2]
    return (
        (name.text, tokens[last].text, last - 2, False) if _is_capital(name) and not name.text.endswith(".") else None
    )


def _leads(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a particle belongs to the name behind it."""
    word = tokens[first].text
    if word.istitle():
        return word.lower() in _LEADING
    return word.islower() and word not in ("e", "y", "in", "do", "la", "te") and tokens[first].end < tokens[last].start


def _belongs(tokens: list[Token], index: int) -> bool:
    """Whether a token may be part of a name that goes on to its right."""
    token = tokens[index]
    if token.kind == "initials":
        return True
    if token.kind != "word":
        return False
    if token.text == "an" and index and tokens[index - 1].text in ("Mac", "Nic"):
        return True
    if token.text.lower() in _PARTICLES:
        return token.text.islower() or token.text.istitle()
    if token.text.lower() in _TITLES:
        return False
    stop = token.text.endswith(".") and token.text not in ("St.", "Ste.")
    return not stop and _is_capital(token) and not _POSSESSIVE.search(token.text)


def _surname(
    tokens: list[Token], first: int, last: int, known: Known, lexicon: Lexicon, inside: bool
) -> tuple[str, str, int, bool] | None:
    """Which words of a run are the family name."""
    words = [token.text for token in tokens[first : last + 1]]
    for cut in range(len(words)):
        if key(" ".join(words[cut:])) in known.families and tokens[first + cut].kind == "word":
            start, initials = _given(tokens, first, first + cut, lexicon)
            return " ".join(words[cut:]), initials, start, False
    while len(words) > 1 and (words[0].lower() in STARTERS or (words[0].isupper() and len(words[0]) > 3)):
        del words[0]
        first += 1
    if words[0].lower() in STARTERS:
        return None
    base = len(words) - 1
    while base > 0 and words[base - 1].lower() in _JOINED and tokens[first + base - 1].kind == "word":
        base -= 1
    capitals = [
        word
        for word, token in zip(words, tokens[first : last + 1], strict=True)
        if token.kind == "word" and _is_capital(token)
    ]
    initialed = [index for index in range(first, last + 1) if tokens[index].kind == "initials"]
    if initialed:
        after = initialed[-1] + 1
        given = tokens[after - 1].text
        return " ".join(token.text for token in tokens[after : last + 1]), given, first, False
    if len(capitals) < 2 or base == 0:
        doubtful = not inside and lexicon.is_ordinary(words[-1]) and _opens_sentence(tokens, first)
        return " ".join(words), "", first, doubtful
    if fold(words[0]) in lexicon.given:
        return " ".join(words[base:]), "", first, lexicon.is_ordinary(words[-1])
    if inside:
        return " ".join(words), "", first, False
    return (
        " ".join(words[base:]),
        "",
        first + base if lexicon.is_ordinary(words[0]) else first,
        lexicon.is_ordinary(words[-1]),
    )


def _given(tokens: list[Token], first: int, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """Where a person's name begins whose family name begins at `at`, and their initials."""
    start, initials = at, ""
    while start > first:
        token = tokens[start - 1]
        if token.kind == "initials":
            initials = token.text
        elif fold(token.text) not in lexicon.given:
            break
        start -= 1
    return start, initials


def _opens_sentence(tokens: list[Token], first: int) -> bool:
    return first == 0 or tokens[first - 1].text.endswith((".", "!", "?", ":", "”", '"'))


def spells(words: str, abbreviation: str, loose: bool = False) -> bool:
    """Whether an abbreviation is made of the first letters of a name: small words may give one or none.

    `loose`: other words may give none either, but the first must: NICE, the National Institute for Health
    and Care Excellence.
    """
    letters = [c.lower() for c in abbreviation if c.isalnum()]
    found = [(word[0].lower(), word in _CONNECTORS) for word in re.findall(r"[^\W\d_]+|&", words)]
    if len(letters) < 2 or not found or found[0][0] != letters[0]:
        return False
    reachable = {0}
    for letter, small in found:
        taken = {at + 1 for at in reachable if at < len(letters) and letters[at] == letter}
        reachable = taken | (reachable - {0} if loose else reachable if small else set())
        if not reachable:
            return False
    capitals = sum(not small for _, small in found)
    return len(letters) in reachable and len(letters) * 2 >= capitals
