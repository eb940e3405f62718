"""A work's title: its text mended, joined with the subtitle, and given to sentence case.

Source: Crossref work, `title`, `subtitle`, `original-title`; APA 7, 9.18–9.20 and 6.17.
"""

import re
from collections.abc import Callable

from litbase.domain.inline import strip
from litbase.domain.records import abstracts, lettering, markup, notices, shape
from litbase.domain.records.changes import Change, NoticeKind, Step, altered, follow
from litbase.domain.records.lettering import words
from litbase.domain.records.shape import Message
from litbase.domain.text import clean_line, fold
from litbase.errors import BadRecord

_NO_TITLE = re.compile(
    r"\W*(?:no title|untitled|title not available|not available|"
    r"titre inconnu|sin t[íi]tulo|ohne titel|null|none|n/?a|unknown)?\W*",
    re.IGNORECASE,
)
_DELETED = "crossref listing of deleted dois"

# Marks of a footnote behind the last word; behind a symbol or a number a script is part of it.
_FOOTNOTE = re.compile(
    r"(?P<last>[^\W\d_]{4,}[)\]”’\"'.?!]?|[)\]”’\"?!])\s?(?:(?:<sup>\s*(?P<number>\d{1,2}|[*†‡§¶#]+)\s*</sup>)|(?P<mark>[*†‡§¶]+|[¹²³]))\s*(?P<stop>\.?)\s*$"
)
_NUMBERED = re.compile(r"(?<=[^\W\d_]|[)\]”’])<sup>(\d{1,2})</sup>")
_OPENING_MARK = re.compile(r"^[*†‡§¶]+\s*(?=[^\W\d_])")

# Tokens whose stop belongs to them (APA prints no second one).
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"‘'/-])(?:(?:[^\W\d_]\.)*[^\W\d_]\.|(?:jr|sr|inc|co|corp|ltd|bros|etc|al|vs|no|nos|nr|vol|vols|bd|pt|st|dr|prof|"
    r"mr|mrs|ms|ph\.d|cf|ca|approx|dept|univ|spp?|subsp|ssp|var|nov|comb|syn|mill|linn|lam|hook|sect|ser|ed|eds|"
    r"edn|fig|figs|pp|ch|rev|repr|trans|assn|assoc|acad|bzw|usw|u\.s|e\.g|i\.e|a\.m|p\.m|b\.c|a\.d)\.)$",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:\.,|[,;/]|\s:|:)\s*$")
_SPACED_COLON = re.compile(r"(?<=[^\W_)\]”\"?!>]) : (?=\S)")
_DOUBLED_QUOTE = re.compile(r'""')

_SUBTITLE_END = ("?", "!", ":", "?”", "!”", '?"', '!"', "—", "–")

_FUNCTION_WORDS = {
    "en": words("the of and in to for with on from by an at as is are its their between among"),
    "es": words("el los las del en y con por para una un como su al desde entre la"),
    "pt": words("o os as do da dos das em no na nos nas e com por para uma um como ao"),
    "fr": words("le les des du et dans en pour une un sur par aux au la chez entre"),
    "de": words("der die das des dem den und in im mit von zur zum für eine einer auf bei"),
    "nl": words("het een van en in op voor met bij naar aan de door over uit"),
    "it": words("il lo gli della dello delle dei nel nella e con per una un di alla tra"),
    "id": words("dan di dengan untuk pada dari yang dalam terhadap sebagai oleh melalui"),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def tidy(value: str) -> str:
    """A title's or a container's text without damage, foreign markup or needless blanks."""
    return clean_line(lettering.greek(lettering.untex(lettering.restore(markup.rich(value)))))


def _mended(value: str) -> str:
    return lettering.restore(value) if "\ufffd" in value or "?" in value else value


def _blanks(value: str) -> str:
    value = clean_line(value)
    return value.replace("\u00ad", "").replace("\u200b", "") if not value.isascii() else value


def footnote(value: str) -> str:
    """A title without the mark of a footnote at its end, and the lower ones before it.

    "Studies of repair<sup>2</sup>" loses its 2; "Reaction with CO<sub>2</sub>", "10 cm<sup>2</sup>"
    and "C*" keep theirs.
    """
    value = _OPENING_MARK.sub("", value)
    found = _FOOTNOTE.search(value) if value[-1:] in ">*†‡§¶.¹²³" else None
    if not found:
        return value
    short = f"{value[: found.start()]}{found['last']}{found['stop']}"
    number = found["number"]
    if number and number.isdigit() and int(number) > 1:
        short = _NUMBERED.sub(lambda one: "" if int(one[1]) < int(number) else one[0], short)
    return short


def quotation(value: str) -> str:
    """A title without a quotation mark that has no partner, and without a spreadsheet's doubled ones."""
    if '""' in value:
        if value.startswith('"') and value.endswith('"') and not value.startswith('""'):
            value = value[1:-1]
        value = _DOUBLED_QUOTE.sub('"', value)
    if value.count('"') == 1 and '"' in (value[0], value[-1]) and not re.search(r'\d"', value):
        value = value.strip('"').strip()
    if value.startswith("“") and "”" not in value and value.count("“") == 1:
        value = value[1:].strip()
    if value.endswith("”") and "“" not in value and value.count("”") == 1:
        value = value[:-1].strip()
    return value


def ending(value: str) -> str:
    """A title without a comma, slash or colon at its end, nor a blank before a colon inside it.

    The latter are a library catalogue's signs (ISBD), "Title : subtitle /".
    """
    if " :" in value:
        value = _SPACED_COLON.sub(": ", value)
    return _END.sub("", value) if value and value[-1] in ".,;/: " and _END.search(value) else value


def stop(value: str) -> str:
    """A title without its final stop; that of an abbreviation or an ellipsis stays.

    Source: APA 7, 9.5: the period is the entry's, not the title's.
    """
    bare = re.sub(r"(?:</[a-z]+>)+$", "", value)
    if not bare.endswith(".") or bare.endswith(("..", "…")):
        return value
    if _ABBREVIATION.search(bare):
        return value
    return bare[:-1].rstrip() + value[len(bare) :]


_STEPS = (
    Step(_mended, "signs lost in transmission restored", True),
    Step(markup.rich, "markup reduced to italics, sub and superscripts"),
    Step(lettering.untex, "LaTeX turned into text"),
    Step(lettering.greek, "Greek letters restored"),
    Step(_blanks, "blanks tidied"),
    Step(lettering.quotes, "backslashes taken from quotation marks"),
    Step(markup.unwrap, "formatting of the whole title dropped"),
)
_EDGES = (
    Step(footnote, "footnote mark dropped"),
    Step(quotation, "unpaired quotation mark dropped"),
    Step(ending, "punctuation at the end dropped"),
    Step(stop, "final full stop dropped"),
)


def own_title(
    message: Message, kind: str, sentence_case: Callable[[str, str], str]
) -> tuple[str, list[Change], NoticeKind | None]:
    """The work's title in sentence case, the changes made, and what a prefix said against it.

    Raises: BadRecord where there is no title and nothing to make one of, or where the title
    says that the DOI was deleted.
    """
    given, changes = _given(message, kind)
    whole, more = follow(_STEPS, "title", given)
    changes += more
    whole, against = _without_status(whole, changes)
    whole, more = follow(_EDGES, "title", whole)
    changes += more
    for subtitle in _subtitles(message):
        whole = _joined(whole, subtitle, message, changes)
    if _NO_TITLE.fullmatch(strip(whole)):
        raise _untitled()
    cased = clean_line(sentence_case(whole, abstracts.abstract(message.get("abstract"))))
    changes += altered("title", whole, cased, "set in sentence case")
    return cased, changes, against


def _untitled() -> BadRecord:
    return BadRecord("the record has no title", "add the work by hand if you know its title")


def _given(message: Message, kind: str) -> tuple[str, list[Change]]:
    """The title as it came: the first that holds anything, and for a book without one its series' title."""
    titles = [title for title in shape.raws(message.get("title")) if not _NO_TITLE.fullmatch(title)]
    doi = shape.doi(message.get("DOI"))
    containers = [container.casefold() for container in shape.lines(message.get("container-title"))]
    if _DELETED in containers or (titles and doi and titles[0].strip().lower() == doi):
        raise BadRecord("the DOI was deleted: the record has the DOI for its title", "look for the work by its title")
    others = ["original-title", "short-title"] + (["container-title"] if kind == "book" else [])
    changes: list[Change] = []
    for name in others:
        found = [one for one in shape.raws(message.get(name)) if not _NO_TITLE.fullmatch(one)]
        if not titles and found:
            titles = found[:1]
            changes.append(Change("title", "", clean_line(found[0]), f"taken from {name}", True))
        elif titles and found and name == "original-title" and fold(found[0]) != fold(titles[0]):
            changes.append(Change("title", clean_line(found[0]), "", "the title in its original language left out"))
    if not titles:
        raise _untitled()
    for other in titles[1:]:
        changes += altered("title", clean_line(other), "", "a further title left out")
    return titles[0], changes


def _without_status(title: str, changes: list[Change]) -> tuple[str, NoticeKind | None]:
    bare, against = notices.status(title)
    if against:
        changes.append(Change("title", title, bare, f"the mark of a {against} taken from the title", True))
    return bare, against


def _subtitles(message: Message) -> list[str]:
    subtitles = []
    for given in shape.raws(message.get("subtitle")):
        text, _ = follow((*_STEPS, *_EDGES), "subtitle", given)
        if text and not _NO_TITLE.fullmatch(strip(text)):
            subtitles.append(text)
    return subtitles


def _joined(title: str, subtitle: str, message: Message, changes: list[Change]) -> str:
    """ "Title: Subtitle", unless the title has it already or it is no subtitle at all."""
    reason = ""
    if (bare := _letters(subtitle)) in _letters(title):
        reason = "the title holds it already"
    elif bare and _letters(title) in bare and len(_letters(title)) > 12:
        return subtitle
    elif _translated(title, subtitle):
        reason = "it is the title in another language"
    elif bare in {_letters(one) for one in _affiliations(message)}:
        reason = "it is an author's affiliation"
    if reason:
        changes.append(Change("subtitle", subtitle, "", f"left out: {reason}", "holds" not in reason))
        return title
    if re.match(r"[(\[]", subtitle):
        return f"{title} {subtitle}"
    text = strip(title)
    return f"{title} {subtitle}" if text.endswith(_SUBTITLE_END) else f"{title}: {subtitle}"


def _letters(text: str) -> str:
    return "".join(_WORD.findall(fold(strip(text))))


def _affiliations(message: Message) -> list[str]:
    return [
        shape.line(place.get("name"))
        for author in shape.mappings(message.get("author"))
        for place in shape.mappings(author.get("affiliation"))
    ]


def _translated(title: str, subtitle: str) -> bool:
    """Whether both are in languages that can be told and that differ."""
    first, second = _language(strip(title)), _language(strip(subtitle))
    return bool(first and second and first != second and len(subtitle) > len(title) / 2)


def _language(text: str) -> str:
    """The language most of a text's small words belong to; "" where too few tell."""
    words = [word.lower() for word in _WORD.findall(text)]
    score = {code: sum(word in small for word in words) for code, small in _FUNCTION_WORDS.items()}
    best = sorted(score.values(), reverse=True)
    return max(score, key=lambda code: score[code]) if best[0] >= 2 and best[0] > best[1] else ""
