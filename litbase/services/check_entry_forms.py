"""Rules about how entries are written, and what `check --fix` makes of them; a slip that many share is told once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from litbase.domain import doi as dois
from litbase.domain import inline
from litbase.domain.inline import Inlines, Link
from litbase.drafts import Entry, Reading
from litbase.drafts.mending import Edit

from . import check_written as written
from .check_finding import Finding
from .check_forms import is_apa

# From how many entries on a slip they share is told once for all.
_MANY = 4
_NO_DOI = "most journal articles have a DOI; none is given"
# Names of tests, bodies and programmes keep their capitals.
_NAMED = re.compile(
    r"(?:[A-Z][\w’-]*\s+(?:(?:of|for|the|and|in|on|to|with)\s+){0,3}){1,8}(?:Scales?|Inventory|Measures?|Questionnaire|Index"
    r"|Tests?|Interview|Survey|Checklist|Schedule|System|Act|Study|Trial|Association|Society|Commission|Program(?:me)?"
    r"|Project|Battery|Profile|Model|Protocol|Framework|Guidelines?|Declaration)\b(?:\s+\([^()]*\))?"
)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def without_doi(reading: Reading) -> Iterator[Finding]:
    """Journal articles with volume and pages, and no DOI: most have one.

    Source: APA 7, 9.34.
    """
    if not is_apa(reading):
        return
    found = [one for one in reading.entries if _lacks_doi(one)]
    yield from _together(
        "doi-missing", found, lambda one: f"{written.entry(one)}: {_NO_DOI}", _NO_DOI,
        "look it up at https://search.crossref.org",
    )  # fmt: skip


def _lacks_doi(one: Entry) -> bool:
    item = one.reference.item
    return item["type"] == "article-journal" and bool(item.get("volume")) and not item.get("DOI")


def entry_forms(reading: Reading) -> Iterator[Finding]:
    """Entries that are not written as APA writes them; a slip that many share is told once.

    Source: APA 7, 9.8, 9.19, 9.29, 9.35.
    """
    if not is_apa(reading):
        if reading.entries:
            yield _finding(
                "apa-form", reading.entries[0],
                "most entries of the list are not in APA style, so their forms are not looked at",
                "litbase refs writes APA lists from your library",
            )  # fmt: skip
        return
    for slip in _SLIPS:
        found = [one for one in reading.entries if slip.stands_in(one)]
        mends = {id(one): _mends(reading, one, slip) for one in found}
        yield from _together("apa-form", found, lambda _, told=slip.told: told, slip.told, slip.hint, mends)  # type: ignore[misc]


# What is to be where in an entry's text: a pattern, and what it becomes.
Cure: TypeAlias = tuple[str, Inlines]


class Slip(NamedTuple):
    """A way of writing that is not APA's; `cure` says what is to be where, as far as that is certain."""

    stands_in: Callable[[Entry], bool]
    told: str
    hint: str
    cure: Callable[[Entry], Cure | None] = lambda _: None


def _mends(reading: Reading, one: Entry, slip: Slip) -> tuple[Edit, ...]:
    """The cure of a slip in an entry; none where its words are not found just once."""
    cure = slip.cure(one)
    text = reading.draft.blocks[one.block].text[one.start : one.end]
    found = list(re.finditer(cure[0], text)) if cure else []
    if cure is None or len(found) != 1:
        return ()
    return (Edit(one.block, one.start + found[0].start(), one.start + found[0].end(), cure[1]),)


def _hyphened(one: Entry) -> bool:
    page = str(one.reference.item.get("page", ""))
    first, hyphen, last = page.partition("-")
    return bool(hyphen) and f"{first}-{last}" in one.text


def _dashed(one: Entry) -> Cure:
    first, _, last = str(one.reference.item["page"]).partition("-")
    return rf"(?<={re.escape(first)})-(?={re.escape(last)}(?!\d))", inline.text("–")


def _old_link(one: Entry) -> bool:
    return bool(one.reference.printed_link) and not one.reference.printed_link.startswith("http")


def _linked(one: Entry) -> Cure | None:
    doi = one.reference.item.get("DOI")
    if not doi:
        return None
    address = dois.url(str(doi))
    return rf"{re.escape(one.reference.printed_link)}(?:\.(?=\s*$))?", (Link(address, inline.text(address)),)


def _old_resolver(one: Entry) -> bool:
    return re.match(r"https?://dx\.doi\.org|http://doi\.org", one.reference.printed_link) is not None


def _resolved(_: Entry) -> Cure:
    return r"https?://(?:dx\.)?doi\.org/", inline.text("https://doi.org/")


def _hidden_doi(one: Entry) -> bool:
    printed = one.reference.printed_link
    return printed.startswith("http") and not re.match(r"https?://(?:dx\.)?doi\.org/", printed)


_LAST_AUTHOR = re.compile(r",?\s+and\s+(?=[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,2},\s+[^\W\d_]\.)")


def _and_for_ampersand(one: Entry) -> bool:
    head = one.text[: one.text.find("(")] if "(" in one.text else ""
    return _LAST_AUTHOR.search(head) is not None


def _joined(_: Entry) -> Cure:
    return _LAST_AUTHOR.pattern, inline.text(", & ")


def _placed(one: Entry) -> bool:
    return bool(one.reference.item.get("publisher-place"))


def _unplaced(one: Entry) -> Cure:
    return rf"(?<=\s){re.escape(str(one.reference.item['publisher-place']))}\s*:\s*", ()


def _needlessly_retrieved(one: Entry) -> bool:
    return re.search(_RETRIEVED, one.text) is not None


_RETRIEVED = r"\bRetrieved from:?\s+(?=https?://)"


def _cut_short(one: Entry) -> bool:
    return one.reference.others


def _title_case(one: Entry) -> bool:
    """Whether a person's work stands in title case: nearly all longer words but the first have capitals."""
    item = one.reference.item
    if not any("family" in name for role in ("author", "editor") for name in item.get(role, ())):
        return False
    title = _NAMED.sub(" ", str(item.get("title", "")))
    words = _LONG_WORD.findall(re.sub(r"(?:^|[:?!.]\s+)\W*\w+", " ", title))
    words = [
        word for word in words if word.lower() not in ("with", "from", "into", "that", "this", "when", "upon", "over")
    ]
    raised = sum(word[0].isupper() for word in words)
    return len(words) > 5 and raised >= 0.85 * len(words)


_SLIPS = (
    Slip(_hyphened, "a hyphen stands in the page range", "set an en dash: 163–174", _dashed),
    Slip(_old_link, "the DOI is not given as a link", "write https://doi.org/ and the DOI", _linked),
    Slip(_old_resolver, "the DOI’s address is an old one", "write https://doi.org/ and the DOI", _resolved),
    Slip(_hidden_doi, "a DOI stands inside another address", "write https://doi.org/ and the DOI"),
    Slip(_and_for_ampersand, "“and” stands before the last author", "write “&” in the list", _joined),
    Slip(_placed, "the publisher’s place is given", "APA 7 gives the publisher alone", _unplaced),
    Slip(
        _needlessly_retrieved, "“Retrieved from” stands before the address", "give the address alone",
        lambda _: (_RETRIEVED, ()),
    ),
    Slip(_cut_short, "“et al.” stands for authors", "an entry names up to 20 authors"),
    Slip(_title_case, "the title is in title case", "APA sets titles of works in sentence case"),
)  # fmt: skip


def _together(
    code: str,
    found: Sequence[Entry],
    told: Callable[[Entry], str],
    shared: str,
    hint: str,
    mends: Mapping[int, tuple[Edit, ...]] = MappingProxyType({}),
) -> Iterator[Finding]:
    """A finding for each entry; one for all where they are many. `mends` are theirs, by the entry's identity."""
    if len(found) < _MANY:
        yield from (_finding(code, one, told(one), hint)._replace(mends=mends.get(id(one), ())) for one in found)
        return
    lines = ", ".join(str(one.place.line) for one in found)
    yield _finding(code, found[0], f"{shared}, in {len(found)} entries (lines {lines})", hint)._replace(
        works=tuple((one.reference.authors, one.reference.year) for one in found),
        mends=tuple(edit for one in found for edit in mends.get(id(one), ())),
    )


def _finding(code: str, one: Entry, message: str, hint: str) -> Finding:
    """A finding at an entry."""
    work = (one.reference.authors, one.reference.year or None)
    return Finding(code, one.place.line, one.place.column, message, hint, one.place.line, (work,))
