"""What `check --fix` does about a citation: the shortest edits to APA's form, where only one thing can be meant."""

import re
from collections.abc import Iterator, Sequence

from litbase.domain import doi as dois
from litbase.domain import inline
from litbase.domain.inline import Link, Text
from litbase.drafts import Entry, Reading, Work
from litbase.drafts.mending import Edit

from . import check_written as written

# An edit in a citation's own words: where, and what stands there then.
Change = tuple[int, int, str]
_ET_AL = re.compile(r",?\s+et\.?\s+al\b\.?")
_CITED_IN = re.compile(r"(?P<comma>,?)(?P<blank>\s+)(?:as\s+)?(?:cited|quoted|qtd\.?)\s+in\b")


def citation(reading: Reading, work: Work, widened: bool) -> tuple[Edit, ...]:
    """The edits for one work as it is cited; `widened` where all its names are needed to tell works apart."""
    block = reading.citations[work.citation].block
    words = reading.draft.blocks[block].text[work.cited.start : work.cited.end]
    changes = [*_names(reading, work, words, widened), *_signs(work, words), *_place(work, words)]
    start = work.cited.start
    return tuple(Edit(block, start + first, start + last, inline.text(new)) for first, last, new in changes)


def _names(reading: Reading, work: Work, words: str, widened: bool) -> Iterator[Change]:
    """All names but the first as "et al.", both names for it, or the right word between them."""
    cited, slips = work.cited, work.cited.slips
    joint = "and" if cited.narrated else "&"
    if len(work.authors) > 2 and not cited.et_al and not widened:
        first = words.find(work.authors[0])
        begin = first + len(work.authors[0])
        last = words.rfind(work.authors[-1], begin)
        if first >= 0 and last >= 0 and not re.search(r"[;()]|\d", words[begin:last]):
            yield begin, last + len(work.authors[-1]), " et al."
        return
    shortened = _ET_AL.search(words)
    if work.match.needless_et_al:
        names = reading.entries[work.match.entries[0]].reference.authors
        if shortened and work.match.agreement == "listed" and len(names) == 2:
            yield shortened.start(), shortened.end(), f" {joint} {names[1]}"
        return
    if slips.et_al and shortened:
        comma = "," if words[shortened.end() : shortened.end() + 1].isspace() and not cited.narrated else ""
        yield shortened.start(), shortened.end(), " et al." + comma
    if slips.joined_by and slips.joined_by != joint and work.authors:
        found = re.search(rf"(?<=\s){slips.joined_by}(?=\s+(?:[A-Z]\.[ -]?)*{re.escape(work.authors[-1])})", words)
        if found:
            yield found.start(), found.end(), joint


def _signs(work: Work, words: str) -> Iterator[Change]:
    """The comma before the year, and the words before a source at second hand."""
    slips, year = work.cited.slips, work.cited.year
    if slips.no_comma and not slips.et_al and not work.cited.secondary and year:
        found = re.search(rf"(?<=[^\s,])\s+(?={re.escape(year)})", words)
        if found:
            yield found.start(), found.start(), ","
    if slips.cited_in:
        found = _CITED_IN.search(words)
        if found:
            yield found.start(), found.end(), f",{found['blank']}as cited in"


def _place(work: Work, words: str) -> Iterator[Change]:
    """The label of a page."""
    place = work.cited.locator or ""
    right = written.labelled(place)
    if right == place or not place:
        return
    found = re.search(rf"\s*[,:]?\s*{re.escape(place)}$", words)
    if found:
        yield found.start(), found.end(), f", {right}"


def sorted_works(reading: Reading, works: Sequence[Work], right: Sequence[Work]) -> tuple[Edit, ...]:
    """The works of one parenthesis put in order, where nothing but semicolons stands between them."""
    block = reading.citations[works[0].citation].block
    text = reading.draft.blocks[block].text
    start, end = works[0].cited.start, works[-1].cited.end
    pieces = [text[one.cited.start : one.cited.end] for one in right]
    if not re.fullmatch(
        r"\s*;\s*".join(re.escape(text[one.cited.start : one.cited.end]) for one in works), text[start:end]
    ):
        return ()
    return (Edit(block, start, end, inline.text("; ".join(pieces))),)


def doi_added(one: Entry, doi: str) -> tuple[Edit, ...]:
    """A DOI put behind an entry that has no address."""
    if one.reference.item.get("URL"):
        return ()
    address = dois.url(doi)
    stop = " " if one.text.rstrip().endswith((".", "?", "!")) else ". "
    return (Edit(one.block, one.end, one.end, (Text(stop), Link(address, inline.text(address))), last=True),)
