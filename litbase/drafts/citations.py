"""Nouns for what stands in a text: citations, and the works each of them mentions."""

from typing import Literal, NamedTuple, TypeAlias

Form: TypeAlias = Literal["narrative", "parenthetical", "secondary", "personal_communication"]


class Slips(NamedTuple):
    """What about the form of one work in a citation is not APA's; see `check`'s rule `apa-form`."""

    joined_by: str = ""  # "&" or "and", as written
    no_comma: bool = False
    et_al: str = ""  # "et al." as written, where it is written otherwise
    cited_in: str = ""  # "as cited in" as written, where it is written otherwise


class Primary(NamedTuple):
    """The work that was read about in another; its year is None where none is given."""

    authors: tuple[str, ...]
    year: str | None
    et_al: bool = False


class Shorter(NamedTuple):
    """The last of some names, and where in the block they begin."""

    authors: tuple[str, ...]
    start: int


class Cited(NamedTuple):
    """One work in a citation, as it is written there.

    `authors` are family names or groups; empty where a secondary citation names none. `initials` are the
    first author's, where given. `start` and `end` are offsets in the block. `others` are other readings
    of the authors, and where they begin ("Freud and Jung (1912)" may speak of Jung's work alone). `narrated`
    works are named by the sentence, the others in the parenthesis.
    """

    authors: tuple[str, ...]
    year: str | None
    start: int
    end: int
    et_al: bool = False
    locator: str | None = None
    secondary: bool = False
    primary: Primary | None = None
    initials: str = ""
    abbreviation: str = ""
    title: bool = False
    weak: bool = False
    narrated: bool = False
    others: tuple[Shorter, ...] = ()
    slips: Slips = Slips()


class Citation(NamedTuple):
    """A citation: a parenthesis, with the names before it where they belong to the sentence."""

    block: int
    start: int
    end: int
    text: str
    form: Form
    works: tuple[Cited, ...]
