"""Works that look alike in the text, and what tells them apart: initials, more names, whole titles."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from litbase.domain.inline import Inlines

from . import titles
from .names import Author
from .work import Work


class Look(NamedTuple):
    """How the works of a set are called in its text.

    `surnames` (case folded) are those that first authors with different initials share; `titles` has,
    by id, the title that stands for the author of each work without one.
    """

    surnames: frozenset[str]
    titles: Mapping[str, Inlines]


def look(listed: Mapping[str, Work], unlisted: Mapping[str, Work] | None = None) -> Look:
    """How the works of a list, and those cited only through others, are called.

    Source: APA 7, 8.14, 8.20.
    """
    return Look(_like_surnames(listed.values()), _cited_titles({**(unlisted or {}), **listed}))


def _like_surnames(works: Iterable[Work]) -> frozenset[str]:
    """The surnames that need initials.

    Only first authors count; authors of one work who share a surname need nothing, and so do
    different people whose initials are the same.

    Source: APA 7, 8.20.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for first in work.names[:1]:
            if not first.group:
                found[first.surname.casefold()].add(first.initials)
    return frozenset(surname for surname, initials in found.items() if len(initials) > 1)


def _cited_titles(works: Mapping[str, Work]) -> dict[str, Inlines]:
    """The titles of works without author: short ones, unless a reader would take two works for one.

    Source: APA 7, 8.14.
    """
    untold = {known_as: work.item for known_as, work in works.items() if not work.names}
    full = {known_as: titles.in_text(item, short=False) for known_as, item in untold.items()}
    meant: dict[Inlines, set[Inlines]] = defaultdict(set)
    short = {known_as: titles.in_text(item) for known_as, item in untold.items()}
    for known_as, title in short.items():
        meant[title].add(full[known_as])
    return {known_as: title if len(meant[title]) == 1 else full[known_as] for known_as, title in short.items()}


def shown(names: Sequence[Author], surnames: frozenset[str]) -> tuple[str, ...]:
    """The names of a work as a citation writes them, abbreviations aside.

    Source: APA 7, 8.17 and 8.20.
    """
    if not names:
        return ()
    first = names[0]
    head = first.full if not first.group and first.surname.casefold() in surnames else first.surname
    return (head, *(name.surname for name in names[1:]))


def whole(known_as: str, work: Work, seen: Look) -> Hashable:
    """The whole author part of a work's citation, no name hidden: equal for works a reader cannot tell apart.

    Source: APA 7, 8.19.
    """
    return shown(work.names, seen.surnames) or seen.titles[known_as]


def widened(works: Mapping[str, Work], surnames: frozenset[str]) -> dict[str, int]:
    """How many names each work of three or more shows before "et al.", by id.

    One, unless another work of the same year would then look the same; then as many as tell the two
    apart. "et al." never stands for a single name: where it would, all names are shown.

    Source: APA 7, 8.17 and 8.18.
    """
    rivals: dict[Hashable, list[tuple[str, ...]]] = defaultdict(list)
    many: dict[str, tuple[Hashable, tuple[str, ...]]] = {}
    for known_as, work in works.items():
        names = shown(work.names, surnames)
        if len(names) > 2:
            start = (names[0], work.original, work.year)
            rivals[start].append(names)
            many[known_as] = (start, names)
    return {known_as: _needed(names, rivals[start]) for known_as, (start, names) in many.items()}


def _needed(names: tuple[str, ...], rivals: Iterable[tuple[str, ...]]) -> int:
    needed = max((_common(names, other) + 1 for other in rivals if other != names), default=1)
    return needed if needed == 1 or needed < len(names) - 1 else len(names)


def _common(names: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many names two lists begin with alike."""
    return next(
        (count for count, (one, two) in enumerate(zip(names, other, strict=False)) if one != two),
        min(len(names), len(other)),
    )
