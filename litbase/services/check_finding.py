"""What `check` says about a draft: findings, the codes they have, and what each code means."""

from typing import Literal, NamedTuple, TypeAlias

from litbase.drafts.mending import Edit
from litbase.errors import UsageError

Severity: TypeAlias = Literal["error", "warning", "hint"]


class Finding(NamedTuple):
    """One thing to look at. Line and column count from 1 in the draft's file; `works` are (authors, year).

    `message` states what is there, `hint` what to do. `entry_line` is the entry's, where one is concerned.
    `mends` are what `check --fix` does about it, where only one thing can be right.
    """

    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    entry_line: int | None = None
    works: tuple[tuple[tuple[str, ...], str | None], ...] = ()
    mends: tuple[Edit, ...] = ()

    @property
    def severity(self) -> Severity:
        """How sure and how grave: an error misleads readers, a warning is against APA, a hint is advice."""
        return CODES[self.code].severity


class Code(NamedTuple):
    """A kind of finding. `story` is what `check --explain` prints."""

    severity: Severity
    title: str
    story: str


CODES: dict[str, Code] = {
    "cited-not-listed": Code(
        "error",
        "cited in the text, missing from the list",
        "Every work cited in the text needs an entry, so that readers can find it (APA 7, 8.4). Works known "
        "only through"
        " another (“as cited in”) and personal communications need none. Add the entry, or take the citation out.",
    ),
    "listed-not-cited": Code(
        "warning",
        "in the list, cited nowhere",
        "A reference list holds what the text cites and nothing else (APA 7, 8.4). Cite the work where you "
        "drew on it, or"
        " move the entry to a list of further reading, which litbase leaves alone.",
    ),
    "year-differs": Code(
        "error",
        "the years in text and list differ",
        "The names agree with an entry and the year nearly does: one of the two is a slip. Where a work has appeared"
        " before, cite both years: (Freud, 1923/1961) (APA 7, 8.15).",
    ),
    "name-differs": Code(
        "error",
        "the names in text and list differ",
        "The year agrees with an entry and the names nearly do: a letter is wrong, an author is missing, or "
        "“et al.” is."
        " Two authors are both named in every citation; three or more are the first and “et al.” (APA 7, 8.17).",
    ),
    "ambiguous-citation": Code(
        "error",
        "more than one entry fits",
        "Works of the same authors and year get letters, in the text and in the list: 2003a, 2003b (APA 7, "
        "8.19). Different"
        " people of one family name get initials (8.20), and “et al.” is widened until it tells works apart (8.18).",
    ),
    "secondary-citation": Code(
        "hint",
        "cited at second hand",
        "The work was read about in another, which is what the list must hold; the original needs no entry. "
        "Where you can,"
        " read the original and cite that (APA 7, 8.6).",
    ),
    "secondary-two-sources": Code(
        "warning",
        "one original, cited through different works",
        "The same original is cited at second hand through two works or more. Each may be right, but readers "
        "will wonder"
        " which one you read it in; the original itself would serve better (APA 7, 8.6).",
    ),
    "journal-as-author": Code(
        "warning",
        "a journal stands where authors belong",
        "An entry begins with the people or the group that wrote the work. A journal’s name in their place "
        "usually comes"
        " from a web page whose authors were overlooked; it belongs behind the title (APA 7, 9.7 and 9.25).",
    ),
    "incomplete-entry": Code(
        "warning",
        "an entry lacks a part",
        "An entry has an author, a date, a title and a source (APA 7, 9.4). What cannot be known is replaced "
        "by rule: “n.d.”"
        " for the date, the title in the author’s place (9.12, 9.17).",
    ),
    "order": Code(
        "hint",
        "the list is out of order",
        "Entries stand in the alphabetical order of their first authors, works of one author by year, one "
        "author before the"
        " same author with others (APA 7, 9.44–9.48).",
    ),
    "apa-form": Code(
        "hint",
        "not the form APA asks for",
        "What is meant is clear, how it is written is not APA’s: “and” in sentences and “&” in parentheses, a "
        "comma before"
        " the year, “et al.” for three or more authors, a DOI as a link, titles in sentence case (APA 7, 8.17, "
        "9.19, 9.35).",
    ),
    "quotation-without-locator": Code(
        "warning",
        "a quotation without its place",
        "A quotation needs the page, or another place a reader can find it by: a paragraph, a heading, a time"
        " (APA 7, 8.25 and 8.28).",
    ),
    "quotation-differs": Code(
        "warning",
        "a quotation differs from the one you kept",
        "The words quoted are not those of a quotation kept on this source in your library.",
    ),
    "doi-missing": Code(
        "hint",
        "an entry without its DOI",
        "A DOI is given wherever a work has one, printed or online (APA 7, 9.34).",
    ),
    "doi-elsewhere": Code(
        "warning",
        "a DOI leads to another work",
        "A DOI names one work. Where two entries carry the same one, or a citation’s link another than its "
        "entry, one of them"
        " was copied wrongly. With --online, so was one that leads to another work or to none.",
    ),
    "duplicate-entry": Code(
        "warning",
        "the same work twice",
        "A work has one entry, however often it is cited. Two entries may differ in how they were copied: keep the one"
        " that is right.",
    ),
    "differs-from-record": Code(
        "warning",
        "an entry differs from the publisher’s record",
        "Crossref has the work, and some field of the entry is another there: its title, journal, names, volume or"
        " pages. Publishers err too: look at the work itself. Years one or two apart are never held against an entry.",
    ),
    "not-in-crossref": Code(
        "hint",
        "not found in Crossref",
        "No record of this work was found. That says little: books, reports, web pages and older articles are often not"
        " registered. See that the words of the entry are right.",
    ),
    "retracted": Code(
        "error",
        "the work has been retracted or withdrawn",
        "With --online: its publisher has taken the work back. Cite it only to speak of that, and say so in the entry"
        " (APA 7, 10.1, example 11).",
    ),
    "corrected": Code(
        "hint",
        "a correction to the work has been published, or a concern about it",
        "With --online: read the notice, and see whether what you took from the work still stands.",
    ),
    "in-library": Code(
        "hint",
        "cited and not listed, but in your library",
        "The work cited is among your sources: the hint has its entry, ready to paste into the list.",
    ),
}


def code(name: str) -> Code:
    """A code by name.

    Raises: UsageError, naming the nearest.
    """
    found = CODES.get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, CODES, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"the codes are {', '.join(CODES)}"
        raise UsageError(f"there is no code “{name}”", hint)
    return found
