"""The works of one text, and all that follows from their standing together.

`Works.of` works it out once, from the items alone; nothing of it is ever stored on a source, since
the next text has other works in it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from litbase.domain.cite import Cite
from litbase.domain.inline import Inlines
from litbase.domain.item import Item
from litbase.errors import NotFound

from .groups import abbreviations
from .letters import letters_of
from .likeness import Look, look, widened
from .order import ordered
from .work import Work, works_by_id

# Whether groups are named for the first time: yes, no, or all but these.
Seen = bool | Collection[str]


class Works(NamedTuple):
    """Works cited together; see `Works.of`. `order` and `letters` speak of those in the reference list."""

    works: Mapping[str, Work]
    order: list[str]
    letters: Mapping[str, str]
    look: Look
    shown: Mapping[str, int]
    abbreviations: Mapping[str, str]

    @classmethod
    def of(
        cls,
        items: Sequence[Item],
        unlisted: Sequence[Item] = (),
        abbreviations_known: Mapping[str, str] | None = None,
    ) -> "Works":
        """The works of a reference list, ready to be cited.

        `unlisted` are works cited through others ("as cited in"), which no list holds; personal
        communications may stand among either. Ids are those `apa.ids` gives. `abbreviations_known` maps
        names of groups to their abbreviations.

        Source: APA 7, 8.17–8.21, 9.43–9.49.
        """
        own = works_by_id(items)
        everything = {**works_by_id(unlisted), **own}
        public = {known_as: work for known_as, work in everything.items() if not work.personal}
        order = ordered(own)
        seen = look({known_as: own[known_as] for known_as in order}, everything)
        return cls(
            works=everything,
            order=order,
            letters=letters_of(own, order, seen),
            look=seen,
            shown=widened(public, seen.surnames),
            abbreviations=abbreviations(everything.values(), abbreviations_known),
        )

    def work(self, known_as: str) -> Work:
        """The work of an id.

        Raises: NotFound where the id is none of these works'.
        """
        try:
            return self.works[known_as]
        except KeyError:
            raise NotFound(
                f"no work with the id `{known_as}` among the {len(self.works)} being cited",
                "cite a work by the id it has in the list; capitals and small letters differ",
            ) from None

    def parenthetical(
        self, cites: Sequence[Cite], first: Seen = True, href: Callable[[str], str] | None = None
    ) -> Inlines:
        """One parenthesis for one or more cites: "(Aron, 1996; Stern, 1985, p. 45)".

        `first` says whether groups are named for the first time: yes, no, or all but those named here,
        as `groups` returns them. Cites stand in list order; a prefix ("see also") opens a run of its own.
        `href` gives the address that a work's id leads to, where citations are to be links.

        Raises: NotFound for an id that is none of these works'.
        Source: APA 7, 8.11–8.22.
        """
        from . import citation  # a list alone needs none of it

        return citation.parenthetical(self, cites, first, href)

    def narrative(self, cites: Cite | Sequence[Cite], first: Seen = True, possessive: bool = False) -> Inlines:
        """The cites as part of a sentence: "Stern (1985)", "Freud and Breuer’s (1895)".

        Several stand in the order given. `first` as in `parenthetical`.

        Raises: NotFound for an id that is none of these works'.
        Source: APA 7, 8.11, 8.17, 8.21.
        """
        from . import citation  # a list alone needs none of it

        return citation.narrative(self, (cites,) if isinstance(cites, Cite) else cites, first, possessive)

    def groups(self, cites: Cite | Sequence[Cite]) -> frozenset[str]:
        """The groups whose abbreviations a citation of these would introduce, to be passed on as `first`.

        Raises: NotFound for an id that is none of these works'.
        Source: APA 7, 8.21.
        """
        every = (cites,) if isinstance(cites, Cite) else cites
        known = [k for cite in every for k in (cite.id, cite.cited_in) if k]
        names = {name.surname for k in known for name in self.work(k).names[: self.shown.get(k, 2)] if name.group}
        return frozenset(names & self.abbreviations.keys())
