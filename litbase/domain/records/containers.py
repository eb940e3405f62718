"""What holds a work: the journal, the book and its series, edition and volume, the conference.

Source: Crossref work, `container-title`, `edition-number`, `event`; APA 7, 9.23–9.28 and 10.2–10.5.
"""

import re
from collections.abc import Callable

from litbase.domain.inline import strip
from litbase.domain.records import pages, shape, tidying
from litbase.domain.records.changes import Change, Part, Step, altered, follow
from litbase.domain.records.dates import parts
from litbase.domain.records.lettering import words
from litbase.domain.records.shape import Message
from litbase.domain.text import clean_line, fold

_IN_BOOK = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary"})

_SERIES = re.compile(
    r"\b(?:series|lecture notes|studies in|studies on|\w*briefs?|library of|synthese library|contributions to"
    r"|communications in"
    r"|advances in|progress in|topics in|research notes|monographs?|special papers|proceedings in|texts in|methods in"
    r"|international handbooks?|handbooks? of .* series"
    r"|perspectives in|developments in|collection|cahiers|reihe|beitr[äa]ge"
    r"|schriften|studien zu|forschung zu|abhandlungen|colecci[óo]n"
    r"|collana|bibliothek|biblioteca|library|spie proceedings"
    r"|directions in|issues in|themes in|frontiers in|foundations and trends|undergraduate|graduate texts|ifip|"
    r"smart innovation|nato )\b",
    re.IGNORECASE,
)
_BOOKISH = re.compile(
    r"\b(?:proceedings of|a (?:primer|guide|history|handbook)|(?:19|20)\d\d\b|[ivx]{2,}$)", re.IGNORECASE
)

_CONFERENCE = re.compile(
    r"\b(?:proceedings|conference|conf\.|symposium|workshop|congress|congreso|congresso|congrès|kongress|konferenz|tagung|"
    r"meeting|colloqui\w+|convention|summit|forum|jornadas|simposio|annual|proc\.)\b|\b(?:19|20)\d\d\b|\b[A-Z]{3,}\b",
    re.IGNORECASE,
)
_ACRONYM_BEHIND = re.compile(r"(?:\s+on)?\s+[-–]\s+[\w./ -]{2,40}\s?['’‘]\d\d\.?$")
_MEDIUM = re.compile(r"\s*[\[(](?:online|print|internet|electronic|cd-rom)[\])]$", re.IGNORECASE)

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
             "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}  # fmt: skip
_ORDINAL_WORDS = "|".join(_ORDINALS)
_EDITION = re.compile(
    rf"\W*(?:(\d{{1,2}})(?:\s?(?:st|nd|rd|th|ª|º|\.))?(?:\s?/\s?e)?|({_ORDINAL_WORDS}))\W*(?:ed(?:n|s|ition)?|aufl(?:age)?|édition|edici[óo]n|e)?\.?\W*",
    re.IGNORECASE,
)
# "… 3rd edition", but "…, second edition" only behind a mark: "The first edition" is a title.
_EDITION_BEHIND = re.compile(
    r"(?: ?[,:;.([–—-]{0,2} ?[([]?(\d{1,2}) ?(?:st|nd|rd|th)"
    rf"|(?: ?[,:;.–—-] ?| ?[(\[])({_ORDINAL_WORDS}))\s+(?:ed\.?|edn\.?|edition)\s*[)\]]?$",
    re.IGNORECASE,
)
_NO_EDITION = re.compile(r"\W*(?:0+|na|n/a|none|null|not applicable)?\W*", re.IGNORECASE)
_VOLUME_BEHIND = re.compile(r"\s*[,:;.(–—-]\s*\(?vol(?:ume|\.)?\s*(\d{1,3}|[IVXL]+)\)?$", re.IGNORECASE)
_VOLUME_INSIDE = re.compile(
    r"^(.{3,}?)\s*[,:;.–—-]\s*vol(?:ume|\.)?\s*(\d{1,3}|[IVXL]+)\s*[:.,–—-]\s*(?=\S)(.{3,})$", re.IGNORECASE
)

_STEPS = (
    Step(tidying.tidy, "markup, entities and blanks tidied"),
    Step(strip, "italics taken out"),
    Step(tidying.colon, "blanks around a colon put right"),
    Step(tidying.ending, "punctuation at the end dropped"),
    Step(lambda text: _MEDIUM.sub("", text), "the medium left out"),
    Step(lambda text: text if _abbreviated(text) else tidying.stop(text), "final full stop dropped"),
)
_RICH_STEPS = (_STEPS[0], *_STEPS[2:])


def _abbreviated(text: str) -> bool:
    """Whether a title is one in abbreviated words, "Phys. Rev. Lett.", which end in stops."""
    return text.count(".") * 2 > text.count(" ") + 1


def edition(value: object) -> str:
    """An edition as a number, or in words where it has none; "" for a first, "0" and "1/e".

    Source: APA 7, 9.19 (a first edition is not mentioned); 4.2 million Crossref records say "0" or "1".
    """
    text = shape.term(value)
    if _NO_EDITION.fullmatch(text):
        return ""
    if found := _EDITION.fullmatch(text):
        number = int(found[1]) if found[1] else _ORDINALS[found[2].lower()]
        return str(number) if number > 1 else ""
    return text


def parted_title(text: str) -> tuple[str, dict[str, str]]:
    """A book's title without the edition and volume written into it, and those two as variables.

    "Group Therapy, 3rd Edition" and "Selected Papers, Volume II" lose what follows the comma;
    "Set - Volume II: Title" becomes "Set: Vol. 2. Title".

    Source: APA 7, 9.19 and 10.2, examples of multivolume works.
    """
    fields: dict[str, str] = {}
    if (found := _EDITION_BEHIND.search(text)) and found.start() > 2:
        text = text[: found.start()]
        number = int(found[1]) if found[1] else _ORDINALS[found[2].lower()]
        if number > 1:
            fields["edition"] = str(number)
    if found := _VOLUME_INSIDE.match(text):
        text = f"{found[1]}: Vol. {pages.arabic(found[2])}. {found[3]}"
    elif (found := _VOLUME_BEHIND.search(text)) and found.start() > 2:
        text = text[: found.start()]
        fields["volume"] = pages.arabic(found[1])
    return text, fields


def journal(titles: list[str]) -> str:
    """A journal's full name among its names: not an abbreviation, not a nickname without blanks."""
    return max(titles, key=lambda name: ("." not in name, " " in name.strip(), len(name)))


_SMALL = words("of and the for in on to a an de la le du des e y et und der die das von zur für del di da do")
_CAPITALS = re.compile(r"\b(?:OF|AND|FOR|DE|LA|DER|UND|DEL|DI|DA|DO)\b")


def _uncapitalised(name: str) -> str:
    """A journal's name in capitals, told from an acronym by its small words, in title case."""
    if not name.isupper() or not _CAPITALS.search(name):
        return name
    parts = name.lower().split()
    return " ".join(w if place and w in _SMALL else w[:1].upper() + w[1:] for place, w in enumerate(parts))


def parted(titles: list[str]) -> tuple[str, str]:
    """A book's title and its series', told apart; the series is "" where there is none.

    Two titles come in any order. Words such as "Lecture Notes" or "Beiträge" mark a series; where
    nothing does, Crossref's newer records name the series first.
    """
    if len(titles) < 2:
        return (titles[0] if titles else "", "")

    def serial(name: str) -> int:
        return (2 if _SERIES.search(name) else 0) - (1 if _BOOKISH.search(name) else 0) - (1 if ":" in name else 0)

    first, second = titles[:2]
    return (first, second) if serial(second) > serial(first) else (second, first)


def container(message: Message, kind: str, sentence_case: Callable[[str, str], str]) -> Part:
    """The variables `container-title` and `collection-title`, and what a book's title held besides.

    A journal keeps its capitals; a chapter's book is set in sentence case; a book's own container
    is its series. Conferences keep their names.
    """
    given = shape.raws(message.get("container-title"))
    if not given or kind in ("article", "thesis", "standard", "document"):
        return Part({}, [])
    if kind in ("article-journal", "post-weblog"):
        chosen = journal(given)
        name, changes = follow(_STEPS, "container-title", chosen)
        full = _uncapitalised(name)
        changes = (
            altered("container-title", clean_line(given[0]), clean_line(chosen), "the journal's full name") + changes
        )
        changes += altered("container-title", name, full, "the journal's name in capitals and small letters")
        return Part({"container-title": full} if full else {}, changes)
    titles: list[str] = []
    changes = []
    for one in given:
        text, made = follow(_RICH_STEPS if kind in _IN_BOOK else _STEPS, "container-title", one)
        changes += made
        if text and fold(text) not in map(fold, titles):
            titles.append(text)
    if not titles:
        return Part({}, changes)
    if kind in ("book", "report"):
        return Part({"collection-title": titles[0]}, changes)
    if kind == "dataset":
        return _repository(titles[0], message, changes)
    main, series = parted(titles)
    held = _held(main, kind, sentence_case)
    fields = {"collection-title": series} if series else {}
    return Part({**held.fields, **fields}, changes + held.changes)


def _held(main: str, kind: str, sentence_case: Callable[[str, str], str]) -> Part:
    """A book's or proceedings' title as the variable `container-title`, with edition and volume parted from it."""
    fields: dict[str, str] = {}
    text = main
    if kind in _IN_BOOK:
        text, fields = parted_title(main)
    else:
        text = _ACRONYM_BEHIND.sub("", main)
    changes = altered("container-title", main, text, "edition, volume and acronym taken from the title")
    if kind in _IN_BOOK or not _CONFERENCE.search(text):
        cased = clean_line(sentence_case(text, ""))
        changes += altered("container-title", text, cased, "set in sentence case")
        text = cased
    return Part({"container-title": text, **fields}, changes)


def _repository(name: str, message: Message, changes: list[Change]) -> Part:
    """A data set's archive, unless it is named as publisher too or is a mere address."""
    if name.lower().startswith(("http://", "https://")) or fold(name) == fold(shape.line(message.get("publisher"))):
        return Part({}, altered("container-title", name, "", "the archive is named as publisher"))
    return Part({"container-title": name}, changes)


def own_edition(message: Message, kind: str) -> Part:
    """The variable `edition`."""
    given = shape.line(message.get("edition-number"))
    number = edition(given)
    return Part(
        {"edition": number} if number else {},
        altered(
            "edition", given, number, "a number from the second on" if number else "a first edition is not mentioned"
        ),
    )


def event(message: Message, kind: str) -> Part:
    """The conference at which a paper was given: `event-title`, `event-place`, `event-date`."""
    if kind != "paper-conference":
        return Part({}, [])
    given = shape.mapping(message.get("event"))
    fields: dict[str, object] = {}
    if name := strip(tidying.tidy(shape.raw(given.get("name")))):
        fields["event-title"] = name
    if place := shape.line(given.get("location")):
        fields["event-place"] = place
    days = [day for day in (parts(given.get("start")), parts(given.get("end"))) if day]
    if days:
        fields["event-date"] = {"date-parts": days if days[0] != days[-1] else days[:1]}
    return Part(fields, [])
