"""In-text citations, parenthetical and narrative, as trees.

Cites are put in order, dates of one author joined, and each part written: an author, its dates, a place.
Which names and letters to print comes from the set of works; nothing here looks beyond it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from litbase.domain.cite import Cite
from litbase.domain.inline import Inlines, Link, Text, text

from . import dates
from .keys import Key
from .likeness import shown
from .locators import locator_text

if TYPE_CHECKING:
    from .works import Seen, Works

# Cites of one author whose dates are printed together.
Part = tuple[Cite, ...]


def parenthetical(
    works: "Works", cites: Sequence[Cite], first: "Seen" = True, href: Callable[[str], str] | None = None
) -> Inlines:
    """One parenthesis for the cites given: in list order, each run after its prefix, years joined.

    With `href`, each work leads to the address it gives for the id of the work that was read.

    Raises: NotFound for an id that is none of the works'.
    Source: APA 7, 8.11, 8.12, 8.17.
    """
    met = _met(works, first)
    written: list[Inlines] = []
    for run in _runs(cites):
        for index, part in enumerate(_parts(works, _ordered(works, _once(run)))):
            prefix = text(f"{run[0].prefix.strip()} ") if index == 0 and run[0].prefix.strip() else ()
            written.append((*prefix, *(_linked(works, part, met, href) if href else _enclosed(works, part, met))))
            met |= works.groups(part)
    return (*text("("), *_joined(written, "; "), *text(")")) if written else ()


def narrative(works: "Works", cites: Sequence[Cite], first: "Seen" = True, possessive: bool = False) -> Inlines:
    """The cites as part of a sentence, in the order given: "Stern (1985, 2004) and Aron (1996)".

    Raises: NotFound for an id that is none of the works'.
    Source: APA 7, 8.11, 8.12, 8.17, 8.21.
    """
    met = _met(works, first)
    written: list[Inlines] = []
    for part in _parts(works, _once(cites)):
        prefix = part[0].prefix.strip()
        written.append((*text(f"{prefix} " if prefix else ""), *_running(works, part, met, possessive)))
        met |= works.groups(part)
    if len(written) < 3:
        return _joined(written, " and ")
    return (*_joined(written[:-1], ", "), *text(", and "), *written[-1])


def _met(works: "Works", first: "Seen") -> set[str]:
    """The groups a reader has been told the abbreviations of."""
    if isinstance(first, bool):
        return set() if first else set(works.abbreviations)
    return set(first)


def _once(cites: Iterable[Cite]) -> list[Cite]:
    return list(dict.fromkeys(cites))


def _runs(cites: Sequence[Cite]) -> list[list[Cite]]:
    """Cites parted where a prefix ("see also") opens a new run. Source: APA 7, 8.12."""
    runs: list[list[Cite]] = []
    for cite in cites:
        if cite.prefix.strip() or not runs:
            runs.append([])
        runs[-1].append(cite)
    return runs


def _ordered(works: "Works", cites: Sequence[Cite]) -> list[Cite]:
    """Cites in the order of the list; those that print the same author together, by their dates.

    Source: APA 7, 8.12.
    """
    place = {cite.id: works.work(cite.id).key for cite in cites}
    first: dict[Hashable, Key] = {}
    for cite in sorted(cites, key=lambda cite: place[cite.id]):
        first.setdefault(_spelled(works, cite), place[cite.id])
    return sorted(
        cites,
        key=lambda cite: (first[_spelled(works, cite)], place[cite.id].date, place[cite.id], cite.id),
    )


def _parts(works: "Works", cites: Sequence[Cite]) -> list[Part]:
    """Neighbouring cites of one author as one part, unless a place or remark stands between their dates.

    Source: APA 7, 8.12.
    """
    parts: list[list[Cite]] = []
    for cite in cites:
        if parts and _joins(works, parts[-1][-1], cite):
            parts[-1].append(cite)
        else:
            parts.append([cite])
    return [tuple(part) for part in parts]


def _joins(works: "Works", one: Cite, next_one: Cite) -> bool:
    if one.id == next_one.id or one.cited_in or next_one.cited_in:
        return False
    if one.locator or one.suffix or next_one.prefix.strip():
        return False
    if any(cite.author_only or works.work(cite.id).personal for cite in (one, next_one)):
        return False
    return one.year_only == next_one.year_only and _spelled(works, one) == _spelled(works, next_one)


def _spelled(works: "Works", cite: Cite) -> Hashable:
    """The author part as its first citation has it: alike for works whose years can be joined."""
    names = _names(works, cite.id, set(), "[]")
    return (tuple(names), _is_cut(works, cite.id)) if names else works.look.titles[cite.id]


def _enclosed(works: "Works", part: Part, met: set[str]) -> Inlines:
    """A part as it stands inside a parenthesis: "Stern, 1985, 2004, p. 45"."""
    cite = part[0]
    author = () if _is_nameless(works, cite) else _author(works, cite.id, met, "&")
    when = () if cite.author_only else _when(works, part, met)
    return _joined([author, *when], ", " if _is_dated(works, cite) else " ")


def _linked(works: "Works", part: Part, met: set[str], href: Callable[[str], str]) -> Inlines:
    """As `_enclosed`, each work a link: the first with its author, further dates of that author alone."""
    pieces = [_enclosed(works, part[:1], met), *(_joined(_when(works, (cite,), met), ", ") for cite in part[1:])]
    links = [(Link(href(cite.cited_in or cite.id), piece),) for cite, piece in zip(part, pieces, strict=True)]
    return _joined(links, ", " if _is_dated(works, part[0]) else " ")


def _is_dated(works: "Works", cite: Cite) -> bool:
    """Whether a citation has a date to set between author and place. Source: APA 7, 11.9."""
    work = works.work(cite.id)
    return work.dated or work.personal or cite.cited_in is not None


def _is_nameless(works: "Works", cite: Cite) -> bool:
    """Whether only the year is to be printed, and there is one to print."""
    return cite.year_only and not cite.author_only and _is_dated(works, cite)


def _running(works: "Works", part: Part, met: set[str], possessive: bool) -> Inlines:
    """A part as it stands in a sentence: "Stern (1985)"; a group's abbreviation joins the date."""
    cite = part[0]
    when = [] if cite.author_only else _when(works, part, met)
    if _is_nameless(works, cite):
        return (*text("("), *_joined(when, ", "), *text(")"))
    if not _is_dated(works, cite):
        return _enclosed(works, part, met)
    author, abbreviation = _head(works, cite.id, met)
    enclosed = _joined([text(abbreviation), *when], ", ")
    owner = text("’s") if possessive else ()
    return (*author, *owner, *((*text(" ("), *enclosed, *text(")")) if enclosed else ()))


def _head(works: "Works", known_as: str, met: set[str]) -> tuple[Inlines, str]:
    """The author of a narrative citation, and the abbreviation still to be told."""
    names = _names(works, known_as, met, "()")
    last = _last_group(works, known_as)
    if not last or last in met or _is_cut(works, known_as):
        return _author(works, known_as, met, "and"), ""
    return text(_list([*names[:-1], last], "and", cut=False)), works.abbreviations[last]


def _last_group(works: "Works", known_as: str) -> str:
    """The last name of a work where it is a group with an abbreviation."""
    last = works.work(known_as).names[-1:]
    return next((name.surname for name in last if name.group and name.surname in works.abbreviations), "")


def _author(works: "Works", known_as: str, met: set[str], conjunction: str) -> Inlines:
    """The author part: names, or the title of a work without any. Source: APA 7, 8.14, 8.17."""
    names = _names(works, known_as, met, "[]" if conjunction == "&" else "()")
    if not names:
        return works.look.titles[known_as]
    return text(_list(names, conjunction, _is_cut(works, known_as)))


def _names(works: "Works", known_as: str, met: set[str], brackets: str) -> list[str]:
    """The names a citation prints; at its first mention a group's abbreviation follows it. Source: 8.21."""
    work = works.work(known_as)
    if work.personal:
        return [name.full for name in work.names]
    out: list[str] = []
    for name, printed in zip(
        work.names, shown(work.names, works.look.surnames)[: works.shown.get(known_as, 2)], strict=False
    ):
        short = works.abbreviations.get(name.surname, "") if name.group else ""
        if short and name.surname not in met:
            printed = f"{printed} {brackets[0]}{short}{brackets[1]}"
        out.append(short if short and name.surname in met else printed)
    return out


def _is_cut(works: "Works", known_as: str) -> bool:
    """Whether "et al." stands for some of the names."""
    work = works.work(known_as)
    return not work.personal and len(work.names) > works.shown.get(known_as, 2)


def _list(names: Sequence[str], conjunction: str, cut: bool) -> str:
    """Names as a list. Source: APA 7, 8.17 and 8.18."""
    if cut:
        return f"{names[0]} et al." if len(names) == 1 else f"{', '.join(names)}, et al."
    if len(names) < 3:
        return f" {conjunction} ".join(names)
    return f"{', '.join(names[:-1])}, {conjunction} {names[-1]}"


def _when(works: "Works", part: Part, met: set[str]) -> list[Inlines]:
    """What follows the author: dates, the source a work was read in, a place, a remark."""
    cite = part[-1]
    work = works.work(cite.id)
    if work.personal:
        # Source: APA 7, 8.9.
        told = [text("personal communication"), text(dates.full_text(work.item))]
    elif cite.cited_in is not None:
        told = _second_hand(works, cite, cite.cited_in, met)
    else:
        told = [text(_date(works, one.id)) for one in part]
    read = works.work(cite.cited_in or cite.id)
    place = locator_text(cite.locator, cite.label, str(read.item.get("type") or ""))
    return [found for found in (*told, text(place), text(cite.suffix.strip(" ,"))) if found]


def _second_hand(works: "Works", cite: Cite, read: str, met: set[str]) -> list[Inlines]:
    """A work known through another: "1982, as cited in Lyon et al., 2014"; no "n.d." where its year is unknown.

    Source: APA 7, 8.6.
    """
    original = _date(works, cite.id)
    source = _joined([_author(works, read, met, "&"), text(_date(works, read))], ", ")
    return [text("" if original.startswith(dates.NO_DATE) else original), (*text("as cited in "), *source)]


def _date(works: "Works", known_as: str) -> str:
    """The date with its letter, after the first publication of a republished work: "1923/1961a".

    Source: APA 7, 8.15, 8.19.
    """
    work = works.work(known_as)
    if not work.dated:
        return ""
    dated = work.year + works.letters.get(known_as, "")
    return f"{work.original}/{dated}" if work.original else dated


def _joined(pieces: Iterable[Inlines], mark: str) -> Inlines:
    """Pieces that say something, with a mark between."""
    out: Inlines = ()
    for piece in filter(None, pieces):
        out = (*_marked(out, mark), *piece) if out else piece
    return out


def _marked(tree: Inlines, mark: str) -> Inlines:
    """A tree with a mark after it; a comma goes inside closing quotation marks. Source: APA 7, 6.7."""
    last = tree[-1]
    if not mark.startswith(",") or not isinstance(last, Text) or not last.text.endswith("”"):
        return (*tree, Text(mark))
    # An apostrophe before the closing mark is one of a quotation only where a single mark has opened.
    closing = "’”" if last.text.endswith("’”") and "‘" in last.text else "”"
    return (*tree[:-1], Text(f"{last.text.removesuffix(closing)},{closing}{mark[1:]}"))
