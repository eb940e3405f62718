"""Inside a parenthesis: what stands between its semicolons, read as works with their dates and places.

A segment is read from its dates outwards: names before each, a place behind it. What cannot be names
makes it no citation.

Source: APA 7, 8.10–8.22.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litbase.domain.text import fold

from . import around, spans, vetoes
from .citations import Cited, Primary, Slips
from .people import Known, Names, before, key, spells
from .reference.letters import CAPITAL, INITIALS, PARTICLE, wordlist
from .reference.names import GROUP
from .roster import Roster
from .spans import Mark
from .vetoes import Lexicon

_SHORT = re.compile(r"[A-Z][\w&./+-]*[A-Z][\w&./+-]*;\s*(?:\d{4}|n\.\s?d\.)")
_SEMICOLON = re.compile(";")
_SAME = re.compile(r"[\s,]*(?:&|and|or)?[\s,]*")
_LETTERS = re.compile(r"\s*(?:,|&|and|[–-])\s*(?:and\s+)?([b-z])(?![\w’']|\.?\s*\d)")
_BRACKETED = re.compile(
    r"\s*[\[(](?:hereafter|hereinafter|henceforth)?[\s:,]*[“\"‘']?([A-Za-z][\w&./ +-]{1,15})[”\"’']?[\])]\s*$"
)
# A day or month before the year is an event's, or a newspaper's: (Richmond, November 2023).
_MONTH = re.compile(
    r",?\s(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Spring|Summer|Autumn|Fall|Winter)(?:\s+\d{1,2},?)?$"
)
_QUOTED = re.compile(r"[“\"‘']([^“”\"]{3,160}?),?[”\"’']$")
_CORPORATE = wordlist(
    """
    of for the on in and & to de des du et la le into against with at by d' und für der den an a
    """
)


class Segment(NamedTuple):
    """A stretch of text with the marks in it."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def cut(text: str, start: int, end: int, marks: Sequence[Mark], inner: Sequence[tuple[int, int]]) -> list[Segment]:
    """The segments between a parenthesis's semicolons; those inside inner parentheses do not count."""
    if text.find(";", start, end) < 0:
        return [Segment(start, end, tuple(marks))]
    stops = [
        found.start()
        for found in _SEMICOLON.finditer(text, start, end)
        if not any(a <= found.start() < b for a, b in inner)
    ]
    if stops and _SHORT.match(text, start, end):
        stops = stops[1:]  # "World Health Organization (WHO; 2019)"
    edges = [start, *(stop + 1 for stop in stops)]
    ends = [*stops, end]
    return [
        Segment(a, b, tuple(mark for mark in marks if a <= mark.start < b)) for a, b in zip(edges, ends, strict=True)
    ]


class Reader(NamedTuple):
    """What segments are read with."""

    text: str
    known: Known
    lexicon: Lexicon
    roster: Roster = Roster()


def read(reader: Reader, segment: Segment, carried: Names | None = None) -> list[Cited]:
    """The works that a segment cites; `carried` are names that stand before its first date."""
    via = next((mark for mark in segment.marks if mark.kind == "via"), None)
    if via is not None:
        return _secondary(reader, segment, via, carried)
    return _works(reader, segment, carried)


def _works(reader: Reader, segment: Segment, carried: Names | None) -> list[Cited]:
    """Works one after the other: names, dates; names, dates."""
    text = reader.text
    found: list[Cited] = []
    names, at = carried, segment.start
    slips = Slips()
    for number, mark in enumerate(mark for mark in segment.marks if mark.kind == "date"):
        between = text[at : mark.start]
        start = mark.start
        if not (names is not None and _SAME.fullmatch(between)):
            if number == 0 and carried is not None and not between.strip():
                names = carried
            else:
                read_names = _names(reader, at, mark.start)
                names, slips = read_names if read_names else (None, Slips())
                start = names.start if names else mark.start
        if names is None or around.is_no_date(text, mark, segment.end, _is_listed(names, reader)):
            names, at = (None, mark.end) if names is None else (names, mark.end)
            continue
        for one in _dated(text, mark, segment, names, start, slips):
            found.append(one)
        slips = slips._replace(no_comma=False)
        at = found[-1].end
    return found


def _dated(text: str, mark: Mark, segment: Segment, names: Names, start: int, slips: Slips) -> list[Cited]:
    """The work of one date, and those of the bare letters behind it: (2003a, b)."""
    year = spans.year(text[mark.start : mark.end])
    found = [_cited(names, year, start, mark.end, slips)]
    at = mark.end
    while year[-1:].isalpha() and year[:1].isdigit():
        letter = _LETTERS.match(text, at, segment.end)
        if not letter:
            break
        at = letter.end()
        found.append(_cited(names, year[:-1] + letter[1], start, at, slips))
    locator = around.LOCATOR.match(text, at, segment.end)
    if locator and not spans.find(locator["locator"]).loose:
        found[-1] = found[-1]._replace(locator=" ".join(locator["locator"].split()).strip(" ,:;."), end=locator.end())
    return found


def _cited(names: Names, year: str, start: int, end: int, slips: Slips) -> Cited:
    return Cited(
        names.authors,
        year,
        start,
        end,
        names.et_al,
        initials=names.initials,
        weak=names.weak,
        others=names.others,
        abbreviation=names.latin.strip("[]") if names.latin.startswith("[") else "",
        title=names.title,
        slips=slips,
    )


def _names(reader: Reader, start: int, end: int) -> tuple[Names, Slips] | None:
    """The names that fill a stretch of a segment, or end it; None where they cannot be names."""
    text = reader.text
    stretch = text[start:end]
    bare = stretch.rstrip()
    comma = bare.endswith((",", ",”", ",’", ',"'))
    bare = bare.rstrip(" ,")
    if _MONTH.search(bare):
        return None
    locator = around.LOCATOR.match(bare)
    lead = locator.end() if locator and locator.start() == 0 and bare[locator.end() : locator.end() + 1] in ",;" else 0
    lead += len(bare[lead:]) - len(bare[lead:].lstrip(" ,;&"))
    prefix = around.prefix(bare, lead)
    begin = prefix.end() if prefix else lead
    whole = bare[begin:].lstrip(" ,;&")
    begin = len(bare) - len(whole)
    if not whole:
        return None
    abbreviation = ""
    bracketed = _BRACKETED.search(whole)
    if bracketed and bracketed.start():
        abbreviation = bracketed[1].strip()
        whole = whole[: bracketed.start()].rstrip(" ,")
    slips = Slips(no_comma=not comma)
    quoted = _QUOTED.match(whole)
    if quoted:
        return Names((quoted[1],), start + begin, group=True, title=True), slips._replace(no_comma=False)
    found = _whole(reader, whole, start + begin) or _ending(reader, start, start + begin, start + begin + len(whole))
    if found is None:
        return None
    if abbreviation:
        found = found._replace(latin=f"[{abbreviation}]")
    if found.latin and not found.latin.startswith("[") and found.latin != "et al.":
        slips = slips._replace(et_al=found.latin)
    return found, slips._replace(joined_by=found.joined_by)


_ONE = re.compile(
    rf"(?P<initials>(?:(?!Ste?\.){INITIALS}\s*)?)(?P<name>(?:{PARTICLE}\s+){{0,3}}{CAPITAL}"
    rf"(?:\s+(?:(?:{PARTICLE}|an)\s+){{0,2}}{CAPITAL}){{0,3}})"
    r"(?P<suffix>,?\s+(?:Jr|Sr|II|III|IV)\b\.?)?"
)


def _whole(reader: Reader, words: str, start: int) -> Names | None:
    """Names that are all there is: a known group, persons, or a group."""
    known = reader.known.groups.get(key(words))
    if known:
        return Names((known,), start, group=True)
    joint = re.search(r",?\s+(&|and)\s+(?:the\s+)?", words)
    while joint:
        halves = words[: joint.start()], words[joint.end() :]
        named = [reader.known.groups.get(key(half)) for half in halves]
        if all(named):
            return Names(tuple(name for name in named if name), start, joined_by=joint[1], group=True)
        joint = re.compile(r",?\s+(&|and)\s+(?:the\s+)?").search(words, joint.end())
    et_al = re.search(
        r"[,\s]+(et\.?\s*al\b\.?|et\s+coll\.)$|[,\s]+(?:and|&)\s+(?:colleagues|others|associates)$", words
    )
    listed = words[: et_al.start()] if et_al else words
    joined = re.search(r"\s(&|and)\s", listed)
    parts = [part for part in re.split(r",?\s+(?:&|and)\s+|,\s*", re.sub(r",(\s+(?:Jr|Sr)\b)", r"\1", listed)) if part]
    ahead = _beside(parts, listed, reader)
    if ahead:
        return _whole(reader, words[ahead:], start + ahead)
    persons = [_ONE.fullmatch(part) for part in parts]
    if persons and all(one and _is_person(one, reader, len(parts)) for one in persons):
        if len(parts) == 1 and not et_al and _refused(parts[0], reader):
            return None
        if any(_has_given(one, reader) for one in persons if one):
            # No citation gives a given name; a credit does: (Bill Withers, 1972).
            return None
        names = tuple(_family(one, reader) for one in persons if one)
        first = persons[0]
        return Names(
            names,
            start,
            bool(et_al),
            first["initials"].strip() if first else "",
            joined[1] if joined and len(parts) > 1 else "",
            (et_al[1] or "") if et_al else "",
        )
    return _corporate(words, start, reader)


def _beside(parts: Sequence[str], words: str, reader: Reader) -> int:
    """How far what stands before names reaches, a subject or a place: "(in ADHD, Gawrilow & Gollwitzer, 2008)"."""
    if len(parts) < 2 or not _refused(parts[0], reader) or _refused(parts[1], reader):
        return 0
    return words.find(parts[1], len(parts[0]))


def _is_person(one: re.Match[str], reader: Reader, count: int) -> bool:
    """Whether one of several names can be a person's: two capitals and no word of a group."""
    words = one["name"].split()
    if GROUP.search(one["name"]) and len(words) > 1 and key(one["name"]) not in reader.known.families:
        return False
    return len(words) < 4 or key(one["name"]) in reader.known.families


def _has_given(one: re.Match[str], reader: Reader) -> bool:
    """Whether a name comes with a given name and is not on the list."""
    words = one["name"].split()
    known = any(key(" ".join(words[cut_at:])) in reader.known.families for cut_at in range(len(words)))
    return len(words) > 1 and fold(words[0]) in reader.lexicon.given and not known


def _family(one: re.Match[str], reader: Reader) -> str:
    """The family name of a name in a parenthesis: without a given name people sometimes put before it."""
    words = " ".join(one["name"].split()).split(" ")
    if key(" ".join(words)) in reader.known.families:
        return " ".join(words)
    if len(words) > 1 and fold(words[0]) in reader.lexicon.given:
        for cut_at in range(1, len(words)):
            if key(" ".join(words[cut_at:])) in reader.known.families:
                return " ".join(words[cut_at:])
        return " ".join(words[1:])
    return " ".join(words)


def _refused(name: str, reader: Reader) -> bool:
    """Whether a lone name is a place, a month, a publisher … and not on the list."""
    if key(name) in reader.known.families:
        return False
    if vetoes.is_event(name):
        return True
    return (
        vetoes.is_other(name)
        or reader.lexicon.is_place(name)
        or vetoes.is_publisher(name)
        or fold(name) in reader.lexicon.things
    )


def _corporate(words: str, start: int, reader: Reader) -> Names | None:
    """A group by its form: capitals, joined by small words; a single group's name may hold "and" and commas."""
    plain = words.removeprefix("the ").removeprefix("The ")
    tokens = plain.split()
    if not tokens or len(tokens) > 18 or vetoes.is_publisher(plain) or _refused(plain, reader):
        return None
    capitals = sum(1 for token in tokens if token[:1].isupper() or token[:1].isdigit())
    small = sum(1 for token in tokens if token[:1].islower() and token.strip(",.") not in _CORPORATE)
    if not tokens[0][:1].isupper() or small > (1 if GROUP.search(plain) else 0) or ":" in plain or "=" in plain:
        return None
    if vetoes.is_other(tokens[0]) and not GROUP.search(plain):
        return None
    if any(re.search(r"\d", token) for token in tokens):
        return None  # "Handout 7.2", "R 4.0.3"; a group of the list has been found before
    acronym = len(tokens) == 1 and tokens[0].isupper() and len(tokens[0]) > 1
    if not (acronym or GROUP.search(plain) or capitals > 1):
        return None
    places = [part for part in re.split(r",\s*", plain) if part]
    if len(places) > 1 and all(reader.lexicon.is_place(part) or len(part) <= 3 for part in places):
        return None
    return Names((plain,), start + len(words) - len(plain), group=True)


def _ending(reader: Reader, floor: int, start: int, end: int) -> Names | None:
    """Names at the end of other words: "(a phrase of Winnicott’s, 1971)"."""
    found = before(reader.text, end, reader.known, reader.lexicon, inside=True, start=floor)
    if found is None or found.start <= start - 1:
        return found if found and _is_listed(found, reader) else None
    if not _is_listed(found, reader):
        listed = [one for one in found.others if _is_listed(found._replace(authors=one.authors), reader)]
        found = found._replace(authors=listed[0].authors, start=listed[0].start, others=()) if listed else found
    lead = reader.text[start : found.start]
    if _is_listed(found, reader):
        return found
    refused = any(_refused(name, reader) for name in found.authors)
    if refused or vetoes.tells_place(lead) or vetoes.is_about_media(lead) or not re.search(r"[^\W\d_]\W*$", lead):
        return None
    if re.search(r"[^\s,:(“\"]\s*$", lead) and not lead.rstrip()[-1:].isalnum():
        return None
    return found


def _is_listed(found: Names, reader: Reader) -> bool:
    return all(key(name) in reader.known.families or key(name) in reader.known.groups for name in found.authors)


def _secondary(reader: Reader, segment: Segment, via: Mark, carried: Names | None) -> list[Cited]:
    """ "Winnicott, 1953, as cited in Phillips, 1988": the source is cited, the original named."""
    after = Segment(via.end, segment.end, tuple(mark for mark in segment.marks if mark.start >= via.end))
    sources = _works(reader, after, None)
    if not sources:
        return []
    text = reader.text
    dates = [mark for mark in segment.marks if mark.kind == "date" and mark.end <= via.start]
    primary: Primary | None = None
    start = segment.start + len(text[segment.start : segment.end]) - len(text[segment.start : segment.end].lstrip())
    if carried is not None:
        year = spans.year(text[dates[0].start : dates[0].end]) if dates else None
        primary = Primary(carried.authors, year, carried.et_al)
    elif dates:
        originals = _works(reader, segment._replace(end=via.start, marks=tuple(dates)), None)
        if originals:
            primary = Primary(originals[-1].authors, originals[-1].year, originals[-1].et_al)
    else:
        named = _names(reader, segment.start, via.start)
        primary = Primary(named[0].authors, None, named[0].et_al) if named else None
    between = text[dates[-1].end if dates else segment.start : via.start]
    phrase = " ".join(text[via.start : via.end].split()).lower()
    slip = "" if phrase == "as cited in" else phrase
    missing = bool(primary) and carried is None and "," not in between
    return [
        sources[0]._replace(
            start=start,
            secondary=True,
            primary=primary,
            slips=sources[0].slips._replace(cited_in="," if missing and not slip else slip),
        ),
        *sources[1:],
    ]


def abbreviated(reader: Reader, segment: Segment, end: int) -> Names | None:
    """The group in the sentence whose abbreviation opens a parenthesis: "World Health Organization (WHO, 2019)"."""
    text = reader.text
    dates = [mark for mark in segment.marks if mark.kind == "date"]
    if not dates:
        return None
    short = text[segment.start : dates[0].start].strip(" ,;()[]")
    if not re.fullmatch(r"[A-Z][\w&./+-]{1,11}", short) or sum(c.isupper() for c in short) < 2:
        return None
    return spelled_out(text, end, short, reader)


def spelled_out(text: str, end: int, short: str, reader: Reader) -> Names | None:
    """The words before `end` that an abbreviation abbreviates."""
    group = before(text, end, reader.known, reader.lexicon)
    listed = group is not None and key(group.authors[-1]) in reader.known.groups
    if group is not None and group.group and (listed or spells(group.authors[-1], short, loose=True)):
        return group._replace(latin=f"[{short}]")
    floor = max(0, end - 200, text.rfind("\n", 0, end) + 1)
    words = list(re.finditer(r"[^\W\d_][\w’'.&-]*|&", text[floor:end]))[-16:]
    for index in range(len(words) - 1, -1, -1):
        name = text[floor + words[index].start() : end].strip()
        if words[index][0][:1].isupper() and re.fullmatch(r"[\w\s’'.,&/-]+", name) and spells(name, short):
            return Names((" ".join(name.split()),), floor + words[index].start(), group=True, latin=f"[{short}]")
    return None
