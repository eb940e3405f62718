"""A work's title: chosen, mended, joined with the subtitle, and given to sentence case.

Source: Crossref work, `title`, `subtitle`, `original-title`; APA 7, 9.18–9.20 and 6.17.
"""

import re
from collections.abc import Callable

from litbase.domain.inline import strip
from litbase.domain.records import notices, shape
from litbase.domain.records.changes import Change, NoticeKind, altered, follow
from litbase.domain.records.lettering import words
from litbase.domain.records.shape import Message
from litbase.domain.records.tidying import EDGES, STEPS
from litbase.domain.text import clean_line, fold
from litbase.errors import BadRecord

_NO_TITLE = re.compile(
    r"\W*(?:no title|untitled|title not available|not available|titre inconnu|sin t[íi]tulo|ohne titel|null|none|n/?a|"
    r"unknown)?\W*",
    re.IGNORECASE,
)
_DELETED = "crossref listing of deleted dois"
# Behind these a subtitle follows without a colon.
_ENDS = ("?", "!", ":", "?”", "!”", '?"', '!"', "—", "–")
_NUMBERED_KINDS = frozenset({"chapter", "entry-encyclopedia"})
_CHAPTER = re.compile(
    r"^(?:chapter|kapitel|chapitre|cap[íi]tulo|hoofdstuk)\s(?:\d{1,3}|[IVXLC]{1,6})\s?[:.–—-]\s?(?=\D)", re.IGNORECASE
)
_COUNTED = re.compile(r"(\d{1,3})\. (?=\D)")
_DOI_NUMBER = re.compile(r"\d{1,4}$")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2}")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+[^\w]*$")
_BEGINNING = re.compile(r"^\W*\w|(?<=\w\w[:.?!] )\w(?!\.)")
_WORD = re.compile(r"[^\W_]+")

_SMALL_WORDS = {
    "en": words("the of and in to for with on from by an at as is are its their between among"),
    "es": words("el los las del en y con por para una un como su al desde entre la"),
    "pt": words("o os as do da dos das em no na nos nas e com por para uma um como ao"),
    "fr": words("le les des du et dans en pour une un sur par aux au la chez entre"),
    "de": words("der die das des dem den und in im mit von zur zum für eine einer auf bei"),
    "nl": words("het een van en in op voor met bij naar aan de door over uit"),
    "it": words("il lo gli della dello delle dei nel nella e con per una un di alla tra"),
    "id": words("dan di dengan untuk pada dari yang dalam terhadap sebagai oleh melalui"),
}


def own_title(
    message: Message, kind: str, evidence: str, sentence_case: Callable[[str, str], str]
) -> tuple[str, list[Change], NoticeKind | None]:
    """The work's title in sentence case, the changes made, and what a prefix said against it.

    `evidence` is the abstract's text.

    Raises: BadRecord where there is no title and nothing to make one of, or where the title
    says that the DOI was deleted.
    """
    given, changes = _given(message, kind)
    whole, made = follow(STEPS, "title", given)
    changes += made
    bare, against = notices.status(whole)
    if against:
        changes.append(Change("title", whole, bare, f"the mark of a {against} taken from the title", True))
    whole, made = follow(EDGES, "title", bare)
    changes += made
    if kind in _NUMBERED_KINDS:
        bare = _unnumbered(whole, shape.doi(message.get("DOI")))
        changes += altered("title", whole, bare, "the number of the chapter dropped")
        whole = bare
    for subtitle in shape.raws(message.get("subtitle")):
        whole = _joined(whole, subtitle, message, changes)
    if not whole or _is_none(strip(whole)):
        raise _untitled()
    cased = clean_line(sentence_case(whole, evidence))
    if cased == whole and whole.isupper() and not _LATIN.search(strip(whole)):
        cased = _calmed(whole)
    return cased, changes + altered("title", whole, cased, "set in sentence case"), against


def _unnumbered(title: str, doi: str) -> str:
    """A chapter's title without its number: "Chapter 3: Grief", and "3. Grief" where the DOI ends in 3 too.

    Without the DOI's word for it, "24. Workshop" may be the twenty-fourth.
    """
    title = _CHAPTER.sub("", title)
    counted, number = _COUNTED.match(title), _DOI_NUMBER.search(doi)
    return title[counted.end() :] if counted and number and int(counted[1]) == int(number[0]) else title


def _calmed(title: str) -> str:
    """A title in capitals of an alphabet sentence case has no words of: small letters, initials left alone.

    Names lose their capitals, which only someone who reads the language can give back.
    """
    words_of = title.split(" ")
    calm = [word if _INITIAL.match(word) else word.lower() for word in words_of]
    return _BEGINNING.sub(lambda found: found[0].upper(), " ".join(calm))


def _untitled() -> BadRecord:
    return BadRecord("the record has no title", "add the work by hand if you know its title")


def _is_none(text: str) -> bool:
    return len(text) < 60 and bool(_NO_TITLE.fullmatch(text))


def _some(message: Message, name: str) -> list[str]:
    """The texts of a field that say something."""
    return [text for text in shape.raws(message.get(name)) if not _is_none(text)]


def _given(message: Message, kind: str) -> tuple[str, list[Change]]:
    """The title as it came: the first that holds anything, and for a book without one its series' title."""
    titles = _some(message, "title")
    doi = shape.doi(message.get("DOI"))
    if (titles and doi and titles[0].strip().lower() == doi) or _DELETED in map(
        str.casefold, shape.lines(message.get("container-title"))
    ):
        raise BadRecord("the DOI was deleted: the record has the DOI for its title", "look for the work by its title")
    originals = _some(message, "original-title")
    if titles:
        left_out = [altered("title", clean_line(other), "", "a further title left out") for other in titles[1:]]
        left_out += [
            altered("title", clean_line(other), "", "the title in its original language left out")
            for other in originals
            if fold(other) != fold(titles[0])
        ]
        return titles[0], [change for changes in left_out for change in changes]
    for name in ("original-title", "short-title", *(("container-title",) if kind == "book" else ())):
        if found := _some(message, name):
            return found[0], [Change("title", "", clean_line(found[0]), f"taken from {name}", True)]
    raise _untitled()


def _joined(title: str, given: str, message: Message, changes: list[Change]) -> str:
    """Title and subtitle as one, unless the title has it already or it is no subtitle at all."""
    subtitle, _ = follow((*STEPS, *EDGES), "subtitle", given)
    if not subtitle or _is_none(strip(subtitle)):
        return title
    if reason := _no_subtitle(title, subtitle, message):
        changes.append(Change("subtitle", subtitle, "", f"left out: {reason}"))
        return title
    if len(_letters(title)) > 12 and _letters(subtitle).startswith(_letters(title)):
        return subtitle
    if subtitle.startswith(("(", "[")) or strip(title).endswith(_ENDS):
        return f"{title} {subtitle}"
    return f"{title}: {subtitle}"


def _no_subtitle(title: str, subtitle: str, message: Message) -> str:
    """Why a subtitle is none; "" where it is one."""
    bare, whole = _letters(subtitle), f" {_letters(title)}"
    if whole.endswith(f" {bare}") or (" " in bare and f" {bare} " in whole):
        return "the title holds it already"
    digits = bare.replace(" ", "")
    if digits.isdigit() and digits in _letters(shape.doi(message.get("DOI"))).replace(" ", ""):
        return "it is a number out of the DOI"
    if _translated(title, subtitle):
        return "it is the title in another language"
    return "it is an author's affiliation" if bare in map(_letters, _affiliations(message)) else ""


def _letters(text: str) -> str:
    return " ".join(_WORD.findall(fold(strip(text))))


def _affiliations(message: Message) -> list[str]:
    return [
        shape.line(place.get("name"))
        for author in shape.mappings(message.get("author"))
        for place in shape.mappings(author.get("affiliation"))
    ]


def _translated(title: str, subtitle: str) -> bool:
    """Whether both are in languages that can be told and that differ."""
    if len(subtitle) < len(title) / 2:
        return False
    first, second = _language(strip(title)), _language(strip(subtitle))
    return bool(first and second and first != second)


def _language(text: str) -> str:
    """The language most of a text's small words belong to; "" where too few tell."""
    used = set(_WORD.findall(text.lower()))
    score = {code: len(used & small) for code, small in _SMALL_WORDS.items()}
    best, next_best = sorted(score.values(), reverse=True)[:2]
    return max(score, key=lambda code: score[code]) if best > max(1, next_best) else ""
