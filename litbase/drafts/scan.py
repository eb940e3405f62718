"""From a draft's prose to its citations: parentheses that hold dates, and the names before them.

Linear in the text: each parenthesis is looked at once, and never further than `people.REACH` to its left.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litbase.domain.text import fold

from . import around, roster, segments, spans, vetoes
from .citations import Citation, Cited, Form, Shorter
from .draft import Draft
from .people import Known, Names, before, key
from .reference.letters import CAPITAL, PARTICLE
from .roster import Roster
from .segments import Reader, Segment
from .spans import Mark, Parenthesis
from .vetoes import Lexicon

_ADDRESS = re.compile(r"(?:https?://|www\.|\bdoi:\s?10\.|\b10\.\d{4,9}/)\S+|\S+@\S+\.\w+")
_POSSESSIVE = re.compile(r"(?:['’ʼ]s|(?<=[sxz])['’ʼ])\s*$")
_LOCATOR_ALONE = re.compile(r"\((?P<locator>(?:pp?|paras?|ch|chap|sec|section|chapter)\.?\s*[\w–—.,: -]{1,30})\)", re.I)
_LONGEST_TITLE = 160  # characters of a title that is mentioned with its year
_WORD = re.compile(r"[^\s“”\"‘’*_]+")
_SENTENCE = 400  # characters of a sentence behind a citation in which its year alone can stand again
_FAR = 120  # characters within which a listed author may stand before the year
_CAPITALISED = re.compile(rf"(?:{PARTICLE}\s+){{0,3}}{CAPITAL}['’ʼ]?")
_MORE = re.compile(rf"(?:(?:,? (?:and|&) |, )(?:{PARTICLE}\s+){{0,2}}{CAPITAL})+|,? et al\b\.?|,? and colleagues")
_OWNS = re.compile(r"['’ʼ]s?\b|['’ʼ]\s")
_TOUCHES = re.compile(r"[^\W\d_][.’'s]*,?\s$")
_ROLE = re.compile(r"(?:[Ee]ds?|[Tt]rans)\.?,\s*")
_AT = re.compile(r"\b(?:at|near|outside|inside)\s+(?:the\s+)?$|(?<!\bas)(?<!\bsee)(?<!ed)\s+in\s+$")
_NAME = rf"(?P<name>(?:{PARTICLE}\s+){{0,3}}{CAPITAL})"
_OWNER = 48  # characters within which a name stands before a year it owns
_OWNED = re.compile(rf"{_NAME}(?:['’ʼ]s?|s['’ʼ])\s+(?:[a-z]+\s+){{0,2}}$")
_ITS_AUTHOR = re.compile(rf"\s+(?:[a-z]+,?\s+){{1,3}}{_NAME}(?!\w|['’ʼ]|\s*\()")
_STOP = re.compile(r"[.?!][”\"’)]*\s+[A-Z“\"]")


class Scanned(NamedTuple):
    """The citations of a draft in order, and the abbreviations its text introduces, with where."""

    citations: tuple[Citation, ...]
    abbreviations: tuple[tuple[str, str], ...]


def scan(
    draft: Draft, prose: Sequence[tuple[int, int, int]], known: Known, lexicon: Lexicon, listed: Roster | None = None
) -> Scanned:
    """The citations in a draft's prose, given as (block, start, end)."""
    found: list[Citation] = []
    learned: list[tuple[str, str]] = []
    masked = (-1, "")
    for number, start, end in prose:
        block = draft.blocks[number]
        if masked[0] != number:  # once a block: a long list in one has prose between all its entries
            masked = (number, _masked(block.text))
        text = masked[1]
        reader = Reader(text, known, lexicon, listed or Roster())
        slanted = block.italics
        marked = spans.find(text, start, end)
        for loose in marked.loose:
            citation = _bare(reader, number, loose, start) or _worded(reader, number, loose)
            if citation is not None:
                found.append(citation._replace(text=block.text[citation.start : citation.end]))
        for parenthesis in marked.parentheses:
            earlier = found[-1] if found and found[-1].block == number else None
            citation = _citation(reader, number, parenthesis, slanted, block.kind == "heading", earlier)
            if citation is None:
                continue
            learned += _introduced(citation)
            found.append(_with_locator(citation._replace(text=block.text[citation.start : citation.end]), text))
    return Scanned(tuple(sorted(found, key=lambda one: (one.block, one.start))), tuple(learned))


def _bare(reader: Reader, block: int, mark: Mark, start: int) -> Citation | None:
    """A citation without parentheses, where there can be no doubt: "Milner 1952" of the list, "Baucom et al., 2009"."""
    text = reader.text
    if not _TOUCHES.search(text, max(start, mark.start - 40), mark.start):
        return None
    names = before(text, mark.start, reader.known, reader.lexicon, start=start)
    year = spans.year(text[mark.start : mark.end])
    names = _dated(names, year, reader) if names else None
    if names is None or around.is_no_date(text, mark, mark.end):
        return None
    listed = (key(names.authors[0]), year.rpartition("/")[2]) in reader.known.dated
    adjacent = text[mark.start - 2 : mark.start - 1] != "," and key(names.authors[0]) in reader.known.families
    if vetoes.is_other(names.authors[0]) or not (
        listed or adjacent or (names.et_al and names.latin) or (names.joined_by == "&" and len(names.authors) == 2)
    ):
        return None
    work = Cited(names.authors, year, names.start, mark.end, names.et_al, initials=names.initials, narrated=True)
    return Citation(block, names.start, mark.end, "", "narrative", (work,))


def _dated(names: Names, year: str, reader: Reader) -> Names:
    """Names, or the last of them where only those have a work of that year in the list."""
    last = year.rpartition("/")[2]
    for one in (Shorter(names.authors, names.start), *names.others):
        if (key(one.authors[0]), last) in reader.known.dated:
            return names._replace(authors=one.authors, start=one.start, others=())
    return names


def _worded(reader: Reader, block: int, mark: Mark) -> Citation | None:
    """A work of the list in words: "Benjamin’s 1999 paper", "in her 1999 paper Benjamin"."""
    text = reader.text
    year = spans.year(text[mark.start : mark.end])
    before_it = _OWNED.search(text, max(0, mark.start - _OWNER), mark.start)
    behind = _ITS_AUTHOR.match(text, mark.end, mark.end + _FAR)
    for found in (before_it, behind):
        name = found["name"] if found else ""
        if found and (key(name), year) in reader.known.dated:
            start, end = min(found.start("name"), mark.start), max(mark.end, found.end("name"))
            work = Cited((name,), year, start, end, narrated=True)
            return Citation(block, start, end, "", "narrative", (work,))
    return None


def _masked(text: str) -> str:
    """The text with its addresses made unreadable, letter for letter."""
    if "/" not in text and "@" not in text and "www." not in text:
        return text
    return _ADDRESS.sub(lambda found: _hidden(found[0]), text)


def _hidden(address: str) -> str:
    # A closing bracket behind an address belongs to the sentence.
    tail = len(address)
    while (
        tail
        and address[tail - 1] in ").,;]"
        and address[:tail].count("(") < address[:tail].count(")") + (address[tail - 1] != ")")
    ):
        tail -= 1
    return "\x01" * tail + address[tail:]


def _introduced(citation: Citation) -> list[tuple[str, str]]:
    return [(work.abbreviation, work.authors[0]) for work in citation.works if work.abbreviation and work.authors]


def _citation(
    reader: Reader,
    block: int,
    parenthesis: Parenthesis,
    italics: Sequence[tuple[int, int]],
    heading: bool,
    earlier: Citation | None,
) -> Citation | None:
    """What a parenthesis cites; None where it is no citation. `earlier` is the citation before it in its block."""
    text = reader.text
    inside = parenthesis.start + 1, parenthesis.end - 1
    if any(mark.kind == "personal" for mark in parenthesis.marks):
        return _personal(reader, block, parenthesis)
    parts = segments.cut(text, *inside, parenthesis.marks, parenthesis.inner)
    first = parts[0]
    lead = _lead(text, first)
    outside = parenthesis.start
    names: Names | None = None
    if lead in ("date", "via"):
        names = before(text, outside, reader.known, reader.lexicon)
        if names is not None and _is_refused(text, names, outside, reader, italics, heading, lead == "via"):
            names = None
        if lead == "date" and (names is None or not _is_listed(names, reader)):
            names = _far(reader, first, outside, only_owners=names is not None) or names
        if lead == "date":
            names = _spoken(reader, first, outside, names)
        if lead == "date" and names is None and earlier is not None:
            names = _same_again(reader, first, outside, earlier)
    else:
        names = segments.abbreviated(reader, first, outside)
    works: list[Cited] = []
    narrative = False
    for number, part in enumerate(parts):
        if not part.marks:
            continue
        carried = names if number == 0 else _again(works, text, part)
        if number and carried is not None:
            part = part._replace(start=next(mark.start for mark in part.marks if mark.kind == "date"))
        if number == 0 and lead == "date" and names is None:
            continue
        if number == 0 and names is not None and lead != "via":
            date = next(mark for mark in part.marks if mark.kind == "date")
            part = part._replace(start=date.start)
        read = segments.read(reader, part, carried)
        if number == 0 and read and names is not None:
            narrative = names.start < outside
            read = [_narrated(work, names) for work in read]
        works += read
    if not works:
        return None
    begin = names.start if narrative and names is not None else parenthesis.start
    form: Form = "secondary" if any(work.secondary for work in works) else "narrative" if narrative else "parenthetical"
    return Citation(block, begin, parenthesis.end, "", form, tuple(works))


def _again(works: list[Cited], text: str, segment: Segment) -> Names | None:
    """The names of the work before, where a segment has none of its own: (Feldman, 2003; 2007)."""
    date = next((mark for mark in segment.marks if mark.kind == "date"), None)
    if not works or date is None or works[-1].secondary:
        return None
    if not around.is_prefix(text[segment.start : date.start]):
        return None
    last = works[-1]
    return Names(last.authors, segment.start, last.et_al, last.initials)


def _far(reader: Reader, segment: Segment, outside: int, only_owners: bool) -> Names | None:
    """An author of the list named earlier in the sentence, whose work has that year: "Bowlby’s secure base (1988)".

    `only_owners`: only with a possessive, as what stands before the year could be a name itself.
    """
    text = reader.text
    year = spans.year(text[segment.marks[0].start : segment.marks[0].end])
    floor = max(0, outside - _FAR, text.rfind("\n", 0, outside) + 1)
    stretch = text[floor:outside]
    stops = [stop.end() for stop in _STOP.finditer(stretch)]
    begin = max([stops[-1] - 1 if stops else 0, stretch.rfind(")") + 1, stretch.rfind("(") + 1])
    for word in reversed(list(_CAPITALISED.finditer(stretch, begin))):
        name = _POSSESSIVE.sub("", word[0])
        if (key(name), year) in reader.known.dated:
            end = floor + word.start() + len(name)
            more = _MORE.match(text, end, outside)
            end = more.end() if more else end
            owner = _POSSESSIVE.search(text[:end][-3:]) or _OWNS.match(text, end)
            return before(text, end, reader.known, reader.lexicon) if owner or not only_owners else None
    return None


def _spoken(reader: Reader, segment: Segment, outside: int, names: Names | None) -> Names | None:
    """Names as they were read, or, where the list has no such work, as its authors are spoken of."""
    year = spans.year(reader.text[segment.marks[0].start : segment.marks[0].end])
    if names is not None and roster.is_exact(reader.roster, names, year):
        return names
    return roster.find(reader.roster, reader.text, outside, year) or names


def _same_again(reader: Reader, segment: Segment, outside: int, earlier: Citation) -> Names | None:
    """Whose words were cited before in the sentence, where a parenthesis has but their year: (1988, p. 532)."""
    year = spans.year(reader.text[segment.marks[0].start : segment.marks[0].end])
    last = earlier.works[-1]
    stretch = reader.text[earlier.end : outside]
    if not last.narrated or not last.authors or len(stretch) > _SENTENCE or _STOP.search(stretch):
        return None
    dated = (key(last.authors[0]), year) in reader.known.dated
    return Names(last.authors, outside, last.et_al, last.initials) if dated else None


def _narrated(work: Cited, names: Names) -> Cited:
    """A work of the sentence's own names: their slips are the sentence's."""
    odd = names.latin if names.latin and not names.latin.startswith("[") and names.latin.rstrip(",") != "et al." else ""
    short = names.latin.strip("[]") if names.latin.startswith("[") else ""
    slips = work.slips._replace(joined_by=names.joined_by, no_comma=False, et_al=odd)
    start = names.start if not work.secondary else min(work.start, names.start)
    return work._replace(start=start, slips=slips, abbreviation=short or work.abbreviation, narrated=True)


def _lead(text: str, segment: Segment) -> str:
    """What a segment begins with: a date, "as cited in", or something else."""
    begin = segment.start + len(text[segment.start : segment.end]) - len(text[segment.start : segment.end].lstrip())
    role = _ROLE.match(text, begin, segment.end)
    begin = role.end() if role else begin
    first = segment.marks[0] if segment.marks else None
    return first.kind if first is not None and first.start <= begin else "names"


def _is_refused(
    text: str,
    names: Names,
    outside: int,
    reader: Reader,
    italics: Sequence[tuple[int, int]],
    heading: bool,
    via: bool,
) -> bool:
    """Whether the words before a date in parentheses are no author: a place, an event, a title."""
    listed = _is_listed(names, reader)
    words = text[names.start : outside].strip()
    if _is_title(text, outside, names, reader):
        return True
    if listed and not names.weak:
        return False
    if "©" in text:
        return True
    person = fold(words.split(" ")[0]) in reader.lexicon.given
    if heading or names.weak or (not person and any(a <= names.start < b for a, b in italics)):
        return True
    before_it = text[max(0, names.start - 40) : names.start]
    alone = len(names.authors) == 1 and not names.et_al
    if not alone:
        return False
    name = names.authors[0]
    if (
        vetoes.is_event(words)
        or vetoes.is_other(name)
        or reader.lexicon.is_place(name)
        or fold(name) in reader.lexicon.things
        or _AT.search(before_it)
    ):
        return True
    if re.search(
        r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Oo]ur|[Mm]y|[Hh]er|[Hh]is|[Tt]heir|[Ii]ts|[Ee]ach|[Ee]very)\s+$",
        before_it,
    ):
        return not names.group
    if re.search(r"[“\"‘]$", before_it) or re.search(r"[”\"’]$", words):
        return True
    if re.search(r"\d\W*$", before_it[-3:]):
        return True
    return not via and not names.group and vetoes.is_about_media(before_it[-24:])


def _is_listed(names: Names, reader: Reader) -> bool:
    """Whether the list has all of these names, be it of other works."""
    return all(key(name) in reader.known.families or key(name) in reader.known.groups for name in names.authors)


def _is_title(text: str, outside: int, names: Names, reader: Reader) -> bool:
    """Whether the words are a title of the list, mentioned with its year: "Mindsight (2010)"."""
    if not reader.known.titles or all(key(name) in reader.known.families for name in names.authors):
        return False
    floor = max(0, outside - _LONGEST_TITLE, text.rfind("\n", 0, outside) + 1)
    spelled = ""
    for word in reversed(_WORD.findall(text[floor:outside])):
        spelled = key(word) + spelled
        if spelled in reader.known.titles:
            return True
    return False


def _personal(reader: Reader, block: int, parenthesis: Parenthesis) -> Citation | None:
    """ "(L. Tremblay, personal communication, May 4, 2023)", or with the name in the sentence."""
    text = reader.text
    mark = next(mark for mark in parenthesis.marks if mark.kind == "personal")
    year = next((spans.year(text[date.start : date.end]) for date in parenthesis.marks if date.kind == "date"), None)
    named = text[parenthesis.start + 1 : mark.start].strip(" ,")
    if named:
        names = before(text, mark.start, reader.known, reader.lexicon, inside=True, start=parenthesis.start + 1)
    else:
        names = before(text, parenthesis.start, reader.known, reader.lexicon)
    begin = names.start if names and not named else parenthesis.start
    authors = names.authors if names else ()
    work = Cited(authors, year, begin, parenthesis.end, initials=names.initials if names else "")
    return Citation(block, begin, parenthesis.end, "", "personal_communication", (work,))


def _with_locator(citation: Citation, text: str) -> Citation:
    """A narrative citation with the place that its sentence gives behind a quotation: … “…” (p. 56)."""
    last = citation.works[-1]
    if citation.form != "narrative" or len(citation.works) > 1 or last.locator:
        return citation
    rest = text[citation.end : citation.end + 600]
    stop = _STOP.search(rest)
    found = _LOCATOR_ALONE.search(rest, 0, stop.start() + 1 if stop else len(rest))
    if not found or "(" in rest[: found.start()]:
        return citation
    return citation._replace(works=(last._replace(locator=found["locator"].strip(" .")),))
