"""Rules about text and list together: what is cited and not listed, listed and not cited, or nearly so."""

from collections.abc import Iterator

from litbase.drafts import Reading, Work
from litbase.drafts.people import key

from . import check_written as written
from .check_finding import Finding

Keyed = tuple[str, str]


def cited_not_listed(reading: Reading) -> Iterator[Finding]:
    """Works cited that no entry is there for, each once, at its first citation.

    Source: APA 7, 8.4.
    """
    yield from _missing(reading) if reading.entries else _unlisted(reading)


def _unlisted(reading: Reading) -> Iterator[Finding]:
    """One finding for a draft that has no list at all."""
    works = {_key(work): work for work in reversed(reading.works) if _due(reading, work)}
    if works:
        every = sorted(works.values(), key=lambda work: (work.citation, work.cited.start))
        number = f"{len(every)} works are" if len(every) > 1 else "a work is"
        one = _at(
            reading, every[0], "cited-not-listed", f"{number} cited, and there is no reference list",
            "add a list under the heading “References”",
        )  # fmt: skip
        yield one._replace(works=tuple((work.authors, work.cited.year) for work in every))


def _missing(reading: Reading) -> Iterator[Finding]:
    found: dict[Keyed, list[Work]] = {}
    for work in reading.works:
        if work.match.agreement == "none" and _due(reading, work):
            found.setdefault(_key(work), []).append(work)
    for works in found.values():
        first = works[0]
        named = max(works, key=lambda one: len(one.authors))
        often = f" (cited {len(works)} times)" if len(works) > 1 else ""
        near = _same_author(reading, first)
        hint = f"the list has {near}; is that meant?" if near else "add its entry, or take the citation out"
        yield _at(
            reading, first, "cited-not-listed",
            f"{written.cited(named.authors, first.cited.year, named.cited.et_al)} is not in the reference "
            f"list{often}", hint,
        )  # fmt: skip


def _due(reading: Reading, work: Work) -> bool:
    """Whether a work needs an entry at all."""
    return reading.citations[work.citation].form != "personal_communication" and bool(work.authors)


def _key(work: Work) -> Keyed:
    return key(work.authors[0]), work.cited.year or ""


def _same_author(reading: Reading, work: Work) -> str:
    """The entries of the same first author, as a reminder."""
    first = key(work.authors[0])
    same = [one for one in reading.entries if one.reference.authors and key(one.reference.authors[0]) == first]
    return " and ".join(written.entry(one) for one in same[:3])


def listed_not_cited(reading: Reading) -> Iterator[Finding]:
    """Entries that nothing cites; lists of further reading are exempt.

    Source: APA 7, 8.4.
    """
    cited = reading.cited_entries
    if not reading.citations:
        return
    plain = {one.section for one in reading.entries if not one.further}
    used = {reading.entries[number].section for number in cited}
    for number, one in enumerate(reading.entries):
        exempt = one.further and (bool(plain) or one.section not in used)
        if number in cited or exempt:
            continue
        work = (one.reference.authors, one.reference.year)
        yield Finding(
            "listed-not-cited", one.place.line, one.place.column, f"{written.entry(one)} is listed but not cited",
            "cite it, or take it out of the list", one.place.line, (work,),
        )  # fmt: skip


def near_matches(reading: Reading) -> Iterator[Finding]:
    """Citations that differ from an entry in the year or in the names, each once.

    Source: APA 7, 8.10, 8.17.
    """
    seen: set[tuple[tuple[str, ...], str]] = set()
    for work in reading.works:
        kind = work.match.agreement
        wanted = (tuple(key(name) for name in work.authors), work.cited.year or "")
        if kind not in ("year", "name") or wanted in seen:
            continue
        seen.add(wanted)
        entries = [reading.entries[number] for number in work.match.entries]
        have = " or ".join(f"{written.named(one.reference.authors)}, {one.reference.year}" for one in entries)
        cited = f"{written.named(work.authors, work.cited.et_al)}, {work.cited.year}"
        yield _at(
            reading, work, f"{kind}-differs", f"{cited} is cited; the list has {have}",
            "make text and list agree", entries[0].place.line,
        )  # fmt: skip


def ambiguous(reading: Reading) -> Iterator[Finding]:
    """Citations that more than one entry fits, each once.

    Source: APA 7, 8.18–8.20.
    """
    seen: set[tuple[tuple[str, ...], str]] = set()
    for work in reading.works:
        wanted = (tuple(key(name) for name in work.authors), work.cited.year or "")
        if work.match.agreement != "ambiguous" or wanted in seen:
            continue
        seen.add(wanted)
        entries = [reading.entries[number] for number in work.match.entries]
        years = {one.reference.year for one in entries}
        lines = " and ".join(str(one.place.line) for one in entries)
        hint = "say which: " + " or ".join(sorted(years)) if len(years) > 1 else _tell_apart(reading, work)
        cited = written.cited(work.authors, work.cited.year, work.cited.et_al)
        yield _at(
            reading, work, "ambiguous-citation", f"{cited} fits {len(entries)} entries (lines {lines})", hint,
            entries[0].place.line,
        )  # fmt: skip


def _tell_apart(reading: Reading, work: Work) -> str:
    entries = [reading.entries[number].reference.authors for number in work.match.entries]
    if len(set(entries)) > 1:
        return "name as many authors as tell them apart before “et al.”"
    return "add initials if the authors are different people, else letters to the years"


def secondary(reading: Reading) -> Iterator[Finding]:
    """Works cited at second hand: each original once per source, and originals with several sources.

    Source: APA 7, 8.6.
    """
    found: dict[tuple[tuple[str, ...], str], dict[Keyed, Work]] = {}
    for work in reading.works:
        primary = work.cited.primary
        if work.cited.secondary and primary is not None:
            original = (tuple(key(name) for name in primary.authors), primary.year or "")
            found.setdefault(original, {}).setdefault(_key(work), work)
    for sources in found.values():
        works = list(sources.values())
        primary = works[0].cited.primary
        assert primary is not None
        named = written.cited(primary.authors, primary.year, primary.et_al)
        for work in works:
            missing = " (the year of the original is not given)" if primary.year is None else ""
            source = written.cited(work.authors, work.cited.year, work.cited.et_al)
            yield _at(
                reading, work, "secondary-citation", f"{named} is cited through {source}{missing}",
                "if you can, read the original and cite that",
            )  # fmt: skip
        if len(works) > 1:
            through = " and ".join(written.cited(one.authors, one.cited.year, one.cited.et_al) for one in works)
            yield _at(
                reading, works[1], "secondary-two-sources", f"{named} is cited through {through}",
                "name the one you read it in, or read the original",
            )  # fmt: skip


def _at(reading: Reading, work: Work, code: str, message: str, hint: str, entry_line: int | None = None) -> Finding:
    """A finding where a work is cited."""
    citation = reading.citations[work.citation]
    place = reading.draft.place(reading.draft.blocks[citation.block], work.cited.start)
    return Finding(code, place.line, place.column, message, hint, entry_line, ((work.authors, work.cited.year),))
