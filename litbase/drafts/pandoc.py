"""Citations in pandoc's syntax, and the mark where the reference list is to stand, found in a draft's source.

    [see @deyoung2015, p. 45; @stern1985]     a parenthesis        [-@stern1985]        the year alone
    @deyoung2015 [p. 45]                      in the sentence      @stern1985's         its owner
    [@badenoch2008 as cited in @holmqvist2022]                     @{key}               any key

An `@` before a word that is no citekey is text, unless it stands in a citation's brackets.

Source: pandoc's manual, "Citation syntax".
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from . import pandoc_marks, pandoc_mask
from .pandoc_mask import TARGET, WALL
from .pandoc_places import Place, place

# The citekey of the source that goes by a key; None where none does.
Known: TypeAlias = Callable[[str], str | None]
LONGEST = 4_000  # characters of a citation in brackets

_KEY = re.compile(
    r"(?<![^\W_])(?<![@/\\-])(?P<year>-?)@(?:\{(?P<braced>[^{}\s\x00-\x02]{1,200})\}"
    r"|(?P<key>[^\W_]\w*(?:[:.#$%&\-+?<>~/]\w+)*))"
)
_TRIMMED = re.compile(r"[:.#$%&\-+?<>~/]|_+\Z")
_OWNER = re.compile(r"(?:['’\u02bc]|&rsquo;|&apos;|&#(?:39|8217|x2019|x27);)s(?![^\W_])", re.IGNORECASE)
_PART = re.compile(rf"[\[\]{WALL}]|(?:\r\n?|\n)[ \t>]*(?=\r|\n)")
_GAP = re.compile(r"[ \t]*(?:\r\n?|\n)?[ \t]*\[")
_VIA = re.compile(
    r"[\s,(]*(?:as\s+)?(?:cited|quoted|discussed|described|reported|mentioned|summari[sz]ed|qtd\.?)\s+(?:in|by)\s*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|&|and|,\s*(?:&|and))?\s*", re.IGNORECASE)
_KEYLIKE = re.compile(r"[a-z]{2,}[_-]?(?:1[5-9]|20)\d\d[a-z]{0,2}", re.IGNORECASE)
# Signs of places that HTML writes as entities.
_SIGNS = {"&ndash;": "–", "&#8211;": "–", "&mdash;": "—", "&nbsp;": " ", "&#160;": " ", "&para;": "¶", "&sect;": "§"}


class Cited(NamedTuple):
    """One work in a citation. `at` is where its key begins in the source, `citekey` empty for an unknown one.

    `prefix` and the place's suffix are source text, markup and all. `read_in` is the work it is cited through.
    """

    key: str
    citekey: str
    at: int
    prefix: str = ""
    place: Place = Place()
    year_only: bool = False
    read_in: "Cited | None" = None


class Citation(NamedTuple):
    """A citation and the stretch of the source it takes the place of.

    A `narrative` one names its first work in the sentence, as an owner where `possessive`; the others, if
    any, stand with it in the parenthesis.
    """

    start: int
    end: int
    works: tuple[Cited, ...]
    narrative: bool = False
    possessive: bool = False


class Scan(NamedTuple):
    """What a source holds: citations in order, marks for the list, and words that look like keys and are none."""

    citations: tuple[Citation, ...]
    marks: tuple[pandoc_marks.Mark, ...]
    strays: tuple[tuple[str, int], ...]

    @property
    def unknown(self) -> list[Cited]:
        """The works whose keys are none of the library's, in order."""
        every = [one for citation in self.citations for work in citation.works for one in (work, work.read_in)]
        return sorted((one for one in every if one is not None and not one.citekey), key=lambda one: one.at)


def scan(source: str, form: str, known: Known) -> Scan:
    """The citations and list marks of a source; `form` is `markdown`, `html` or `text`."""
    marks = pandoc_marks.find(source, form)
    if "@" not in source:
        return Scan((), marks, ())
    return _Scanning(source, pandoc_mask.mask(source, form), form, known).run(marks)


class _Key(NamedTuple):
    """A key where it stands; `end` is behind all that belongs to it."""

    start: int
    end: int
    key: str
    citekey: str
    year_only: bool


class _Scanning:
    """A source being searched; `masked` is what of it can hold citations."""

    def __init__(self, source: str, masked: str, form: str, known: Known) -> None:
        self.source, self.masked, self.form, self.known = source, masked, form, known
        self.keys = [self._key(found) for found in _KEY.finditer(masked)]
        self.starts = [key.start for key in self.keys]
        self.closing: dict[int, int] = {}
        self.links: list[tuple[int, int]] = []

    def run(self, marks: tuple[pandoc_marks.Mark, ...]) -> Scan:
        groups = deque(self._groups())
        citations: list[Citation] = []
        strays: list[tuple[str, int]] = []
        at = 0
        for key in self.keys:
            if key.start < at or self._in_link(key.start):
                continue
            while groups and groups[0][1] <= key.start:
                groups.popleft()
            if groups and groups[0][0] < key.start:
                start, end = groups.popleft()
                citation: Citation | None = Citation(start, end, self._works(start + 1, end - 1))
            else:
                citation = self._bare(key)
            if citation is not None:
                citations.append(citation)
                at = citation.end
            elif _KEYLIKE.fullmatch(key.key):
                strays.append((key.key, key.start))
        return Scan(tuple(citations), marks, tuple(strays))

    def _key(self, found: "re.Match[str]") -> _Key:
        """A key, cut back to one the library has where only its beginning is one: `@stern1985/@aron1996`."""
        start, end = found.span()
        year_only = bool(found["year"])
        if found["braced"]:
            return _Key(start, end, found["braced"], self.known(found["braced"]) or "", year_only)
        whole = found["key"]
        for cut in (len(whole), *(one.start() for one in reversed(list(_TRIMMED.finditer(whole))))):
            citekey = self.known(whole[:cut])
            if citekey:
                return _Key(start, end - len(whole) + cut, whole[:cut], citekey, year_only)
        bare = whole.rstrip("_")
        return _Key(start, end - len(whole) + len(bare), bare, "", year_only)

    def _within(self, start: int, end: int) -> list[_Key]:
        return self.keys[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _groups(self) -> list[tuple[int, int]]:
        """The innermost brackets that hold a key, in order; links and footnotes are none."""
        found: list[tuple[int, int]] = []
        open_at: list[int] = []
        for part in _PART.finditer(self.masked):
            if part[0] == "[":
                open_at.append(part.start())
            elif part[0] != "]":
                open_at.clear()
            elif open_at:
                start, end = open_at.pop(), part.end()
                self.closing[start] = end
                inner = bool(found) and found[-1][0] > start
                if self.masked[end : end + 1] == TARGET:
                    self.links.append((start, end))
                if inner or end - start > LONGEST or not self._within(start, end) or self._is_link(start, end):
                    continue
                found.append((start, end))
        self.links.sort()
        return sorted(found)

    def _in_link(self, at: int) -> bool:
        """Whether a place is in the words of a link: no link can stand in another."""
        number = bisect_left(self.links, (at, 0)) - 1
        return number >= 0 and at < self.links[number][1]

    def _is_link(self, start: int, end: int) -> bool:
        """Whether brackets are a link's or a note's."""
        return self.masked[end : end + 1] == TARGET or self.source[start - 1 : start] == "^"

    def _bare(self, key: _Key) -> Citation | None:
        """A key in the sentence, with `’s` and the brackets behind it, if there are any."""
        if not key.citekey:
            return None
        owner = None if key.year_only else _OWNER.match(self.source, key.end)
        end = owner.end() if owner else key.end
        gap = _GAP.match(self.masked, end)
        works: tuple[Cited, ...] = (Cited(key.key, key.citekey, key.start, year_only=key.year_only),)
        if gap and (closed := self.closing.get(gap.end() - 1)) and not self._is_link(gap.end() - 1, closed):
            more = self._behind(key, gap.end(), closed - 1)
            if more:
                works, end = more, closed
        return Citation(key.start, end, works, not key.year_only, bool(owner))

    def _behind(self, key: _Key, start: int, end: int) -> tuple[Cited, ...]:
        """A key with what the brackets behind it say; empty where they are a citation of their own."""
        head = self.masked.find(";", start, end)
        head = end if head < 0 else head
        inside = self._within(start, head)
        own = Cited(key.key, key.citekey, key.start, year_only=key.year_only)
        if self.source[start:end].strip().startswith("^") or not self.source[start:end].strip():
            return ()
        if not inside:
            own = own._replace(place=self._place(start, head, bracketed=True))
        elif len(inside) == 1 and _VIA.fullmatch(self.source, start, inside[0].start):
            read_in = Cited(inside[0].key, inside[0].citekey, inside[0].start)
            own = own._replace(read_in=read_in, place=self._place(inside[0].end, head))
        else:
            return ()
        return (own, *(self._works(head + 1, end) if head < end else ()))

    def _works(self, start: int, end: int) -> tuple[Cited, ...]:
        """The works between brackets: parts at semicolons, words without a key kept with the part before."""
        works: list[Cited] = []
        waiting = ""
        for first, last in _parts(self.masked, start, end):
            keys = self._within(first, last)
            if keys:
                works += self._part(keys, first, last, waiting)
                waiting = ""
            elif works:
                words = f"; {self.source[first:last].strip()}"
                works[-1] = works[-1]._replace(place=works[-1].place._replace(suffix=works[-1].place.suffix + words))
            else:
                waiting = f"{self.source[first:last].strip()}; "
        return tuple(works)

    def _part(self, keys: Sequence[_Key], start: int, end: int, waiting: str) -> list[Cited]:
        """The works of one part: one as a rule, two where one is cited in the other or a comma joins them."""
        works: list[Cited] = []
        prefix = (waiting + self.source[start : keys[0].start].strip()).strip()
        through = False
        for position, key in enumerate(keys):
            last = position + 1 == len(keys)
            stop = end if last else keys[position + 1].start
            between = self.source[key.end : stop]
            if through:
                read_in = Cited(key.key, key.citekey, key.start)
                works[-1] = works[-1]._replace(read_in=read_in, place=self._place(key.end, stop))
                through = False
                continue
            work = Cited(key.key, key.citekey, key.start, prefix, year_only=key.year_only)
            prefix = ""
            through = not last and _VIA.fullmatch(between) is not None
            if not through and not (not last and _JOINT.fullmatch(between)):
                found = self._place(key.end, stop)
                if not last:
                    prefix, found = found.suffix.strip(" ,"), found._replace(suffix="")
                work = work._replace(place=found)
            works.append(work)
        return works

    def _place(self, start: int, end: int, bracketed: bool = False) -> Place:
        """The place in a stretch of the source; behind a bracket no comma is needed before words."""
        rest = self.source[start:end]
        if self.form == "html":
            for entity, sign in _SIGNS.items():
                rest = rest.replace(entity, sign)
        found = place(rest)
        if bracketed and found.suffix and not found.locator:
            return found._replace(suffix=f", {found.suffix.strip(' ,')}")
        return found


def _parts(masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between semicolons; what stands in braces is not looked into."""
    depth = 0
    first = start
    for at in range(start, end):
        sign = masked[at]
        depth += (sign == "{") - (sign == "}")
        if sign == ";" and depth <= 0:
            yield first, at
            first = at + 1
    yield first, end
