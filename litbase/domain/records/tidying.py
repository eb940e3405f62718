"""The text of a title, step by step: what came damaged or decorated, and what stands at its edges.

Each step is a function of the text alone; STEPS mend any title, EDGES take off what is no part of it.

Source: APA 7, 9.5 (punctuation) and 9.18–9.20 (titles); ISBD for " : " and " /".
"""

import re

from litbase.domain.records import lettering, markup
from litbase.domain.records.changes import Step
from litbase.domain.text import clean_line

# Marks of a footnote behind the last word; behind a symbol or a number a script is part of it.
_FOOTNOTE = re.compile(
    r"(?P<last>[^\W\d_]{4}[)\]”’\"'.?!]?|[)\]”’\"?!])\s?"
    r"(?:<sup>\s*(?P<number>\d{1,2}|[*†‡§¶#]+)\s*</sup>|[*†‡§¶]+|[¹²³])\s*(?P<stop>\.?)\s*$"
)
_NUMBERED = re.compile(r"(?<=[^\W\d_]|[)\]”’])<sup>(\d{1,2})</sup>")
_OPENING_MARK = re.compile(r"^[*†‡§¶]+\s*(?=[^\W\d_])")

# Tokens whose stop belongs to them; an initial's does, and that of "U.S."
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"‘'/-])(?:(?:[^\W\d_]\.)*[^\W\d_]|jr|sr|inc|co|corp|ltd|bros|etc|al|vs|nr|vol|vols|bd|pt|st|dr|prof|mr|mrs|ms|"
    r"ph\.d|cf|approx|dept|univ|spp?|subsp|ssp|nov|comb|linn|lam|hook|eds|edn|figs?|pp|repr|assn|assoc|acad|bzw|usw)\.$",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"^(?:Abstracts?|Book [Rr]eviews?|Reviews?|Correspondence|Letters?(?: to the [Ee]ditor)?|Obituary)(?=[A-Z][a-z])"
)
_LAST_TAGS = re.compile(r"(?:</[a-z]+>)+$")
_END = re.compile(r" ?(?:\.,|[,;:]|(?<= )[/–—-])$")
_SPACED_COLON = re.compile(r"(?<=[^\W_]|[)\]”\"?!>]) : ?(?=\S)")
_TIGHT_COLON = re.compile(r"(?<=[^\W\dA-Z_]{2}):(?=[A-Z][a-z]|A [a-z])")
_LAST = frozenset(",;:/–—-")
_INCHES = re.compile(r'\d"')


def tidy(value: str) -> str:
    """A container's or an event's text without damage, foreign markup or needless blanks."""
    return lettering.quotes(clean_line(lettering.greek(lettering.untex(markup.rich(lettering.restore(value))))))


def blanks(value: str) -> str:
    """A text on one line, without soft hyphens and zero-width spaces."""
    value = clean_line(value)
    return value if value.isascii() else value.replace("\u00ad", "").replace("\u200b", "")


def footnote(value: str) -> str:
    """A title without the mark of a footnote at its end, and the lower ones before it.

    "Studies of repair<sup>2</sup>" loses its 2; "Reaction with CO<sub>2</sub>", "10 cm<sup>2</sup>"
    and "C*" keep theirs.
    """
    if value[:1] in "*†‡§¶":
        value = _OPENING_MARK.sub("", value)
    found = _FOOTNOTE.search(value) if value[-1:] in ">*†‡§¶.¹²³" else None
    if not found:
        return value
    short = f"{value[: found.start()]}{found['last']}{found['stop']}"
    number = found["number"]
    if number and number.isdecimal() and int(number) > 1:
        short = _NUMBERED.sub(lambda one: "" if int(one[1]) < int(number) else one[0], short)
    return short


def quotation(value: str) -> str:
    """A title without a quotation mark that has no partner, and without a spreadsheet's doubled ones."""
    if '""' in value:
        if value.startswith('"') and value.endswith('"') and not value.startswith('""'):
            value = value[1:-1]
        value = value.replace('""', '"')
    if value.count('"') == 1 and '"' in (value[0], value[-1]) and not _INCHES.search(value):
        value = value.strip('"').strip()
    if value.startswith("“") and "”" not in value and value.count("“") == 1:
        value = value[1:].strip()
    if value.endswith("”") and "“" not in value and "„" not in value and value.count("”") == 1:
        value = value[:-1].strip()
    return value


def colon(value: str) -> str:
    """A title with a blank behind a colon and none before it, as in a catalogue's "Title : Subtitle"."""
    if ":" not in value:
        return value
    return _TIGHT_COLON.sub(": ", _SPACED_COLON.sub(": ", value))


def heading(value: str) -> str:
    """A title without the heading of its section that was glued to it: "Book reviewsThe Art of Grief"."""
    return _GLUED.sub("", value) if value[:1] in "ABCLOR" else value


def ending(value: str) -> str:
    """A title without a comma, semicolon, colon, lone dash or catalogue's slash at its end."""
    return _END.sub("", value) if value[-1:] in _LAST else value


def stop(value: str) -> str:
    """A title without its final stop; that of an abbreviation or an ellipsis stays."""
    if value[-1:] not in (".", ">"):
        return value
    bare = _LAST_TAGS.sub("", value)
    if not bare.endswith(".") or bare.endswith("..") or _ABBREVIATION.search(bare[-30:]):
        return value
    return bare[:-1].rstrip() + value[len(bare) :]


STEPS = (
    Step(lettering.restore, "signs lost in transmission restored", True),
    Step(markup.rich, "markup and entities turned into plain text, italics, sub and superscripts"),
    Step(lettering.untex, "LaTeX turned into text"),
    Step(lettering.greek, "Greek letters restored"),
    Step(blanks, "blanks tidied"),
    Step(lettering.quotes, "backslashes taken from quotation marks"),
    Step(markup.unwrap, "formatting of the whole title dropped"),
)
EDGES = (
    Step(footnote, "footnote mark dropped"),
    Step(heading, "heading of the section dropped"),
    Step(quotation, "unpaired quotation mark dropped"),
    Step(colon, "blanks around a colon put right"),
    Step(ending, "punctuation at the end dropped"),
    Step(stop, "final full stop dropped"),
    Step(markup.unwrap, "formatting of the whole title dropped"),
)
