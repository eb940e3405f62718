"""Where in its container a work stands: pages, article number, volume and issue.

Source: Crossref work, `page`, `article-number`, `volume`, `issue`; APA 7, 9.25–9.27;
CSL 1.0.2, "Number Variables" (ranges with a hyphen).
"""

import re

from litbase.domain.records import shape
from litbase.domain.records.changes import Change, Part, altered
from litbase.domain.records.shape import Message

_NOTHING = re.compile(
    r"\W*(?:(?:no|none|null|n\.?/?a\.?|nan|np|na|undefined"
    r"|unknown|tbd|tba|0+|ahead[ -]of[ -]print|online[ -]?(?:first|only)?"
    r"|(?:published |publish )?(?:online )?ahead[ -]of[ -]print|early (?:view|access|online)|first ?(?:online|view)"
    r"|articles? in press|in press|forthcoming|just accepted|epub|preprint|accepted)(?:\W+|$))+\W*",
    re.IGNORECASE,
)
_DASHES = re.compile(r"\s*(?:--+|[‐‑‒–—−-])\s*")
_PAGE_LABEL = re.compile(r"^(?:pages?|pp?|seiten?|str|s(?=[.\s]))\s*[.:]?\s*(?=[\divxlcSe])", re.IGNORECASE)
_ARTICLE_LABEL = re.compile(
    r"^(?:article|art|paper|artikel)\s*(?:no|number|id|nr)?\s*[.:#]?\s*(?=[\w.]*\d)", re.IGNORECASE
)
_PLAIN_RANGE = re.compile(r"(\d+)-(\d+)")
_LETTERED_RANGE = re.compile(r"([A-Za-z]+)(\d+)-([A-Za-z]*)(\d+)")
_PAGED_CHAPTER = re.compile(r"(\d+)-(\d+)-(\1)-(\d+)")
_ITEM = re.compile(r"(?:_\d+|\.\d+|(?<=\d)[a-z])$")
_ELOCATOR = re.compile(r"[eE]\d+|\d{5,}[A-Z]?|0\d{2,}|[eE]?\d+[A-Z]{1,2}\d{2,}|[a-z]{2,5}\d{3,}", re.ASCII)
# A range that does not merely count an article's sheets from 1.
_TELLING = re.compile(r"(?!1-)\d+-\d|[A-Za-z]+\d+-")
_PII = re.compile(r"S\d{15}[\dX]", re.IGNORECASE)
# Publishers that cite by article number and deposit it nowhere but in the DOI: Hindawi, Frontiers.
_DOI_NUMBER = re.compile(r"10\.1155/(?:19|20)\d\d/(\d{5,8})$|10\.3389/f[a-z]+\.(?:19|20)\d\d\.(\d{5,8})$")
_VOLUME_LABEL = re.compile(
    r"^(?:vol(?:ume|\.)?|v\.?|bd\.?|band|tome?|t\.|tomo|jg\.?|jahrgang|том)\s*[.:]?\s*(?=[\divxlc])", re.IGNORECASE
)
_ISSUE_LABEL = re.compile(
    r"^(?:issue|iss\.?|no?\.?|nr\.?|num(?:ber|ero|éro|\.)?|núm(?:ero|\.)?|n[°º]|heft|h\.|№)\s*[.:]?\s*(?=\d)",
    re.IGNORECASE,
)
_YEAR_BEHIND = re.compile(r"^(\d+)\s*\((?:1[5-9]|20)\d\d\)$")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_DATE = re.compile(r"(?:1[5-9]|20)\d\d-\d\d-\d\d")
_SUPPLEMENT = re.compile(r"(?:(\d+)[ _-]+)?suppl(?:ement)?(?:_code)?[. _-]*(\d*)", re.IGNORECASE)


def _is_nothing(text: str) -> bool:
    """Whether a text stands for no page, volume or issue at all."""
    return not text or (not "1" <= text[0] <= "9" and bool(_NOTHING.fullmatch(text)))


def pages(value: object) -> str:
    """A page or range as CSL wants it; "" for "no-no" and the like.

    Hyphens for all dashes, no blanks, no "pp."; `11135-42` is completed to `11135-11142`,
    `E1025-1032` to `E1025-E1032`, `5-5` is `5`, `109b-109` is `109`.
    """
    text = shape.term(value)
    if _is_nothing(text):
        return ""
    if text.isdigit():
        return text
    if found := _PLAIN_RANGE.fullmatch(text):
        return _completed("", found[1], found[2])
    ranges = [_range(_DASHES.sub("-", one.strip())) for one in re.split(r"[,;]", _PAGE_LABEL.sub("", text)[:200])]
    return ", ".join(one for one in ranges if one)


def _range(text: str) -> str:
    text = text.strip("-.")
    if found := _PLAIN_RANGE.fullmatch(text):
        return _completed("", found[1], found[2])
    if found := _LETTERED_RANGE.fullmatch(text):
        if not found[3] or found[3].casefold() == found[1].casefold():
            return _completed(found[1], found[2], found[4])
        return text
    if found := _PAGED_CHAPTER.fullmatch(text):
        # Pages numbered by chapter hold a hyphen themselves; only a dash can part two of them.
        return f"{found[1]}-{found[2]}–{found[3]}-{found[4]}"
    first, dash, last = text.partition("-")
    if dash and "-" not in last:
        if first.casefold() == last.casefold():
            return first
        if last.isdigit() and _ITEM.sub("", first) == last:
            return last
        if "_" in last and first.isdigit():
            return f"{first}-{_ITEM.sub('', last)}"
    return text


def _completed(letters: str, first: str, last: str) -> str:
    """A range with its second number in full; a second that cannot be one is an item on the page."""
    if len(last) < len(first):
        full = first[: len(first) - len(last)] + last
        if int(full) < int(first):
            return letters + first
        last = full
    if int(first) == int(last):
        return letters + first
    return f"{letters}{first}-{letters}{last}"


def place(message: Message, kind: str) -> Part:
    """The variables `page` and `number`: pages, or in their stead the number of an article.

    An article number stands in its own field, or is all that stands under `page`: `e33693`,
    `100378`, `05LT01`. Pages that merely count an article's sheets, 1-14, give way to its number.
    """
    given = shape.term(message.get("page"))
    page = pages(given)
    if kind not in ("article-journal", "paper-conference"):
        return Part({"page": page} if page else {}, _told(given, page))
    numbered = shape.term(message.get("article-number"))
    number = "" if _is_nothing(numbered) or _PII.fullmatch(numbered) else _ARTICLE_LABEL.sub("", numbered)
    if number and _TELLING.match(page):
        return Part({"page": page}, _told(given, page) + altered("number", numbered, "", "the pages tell more"))
    if number:
        changes = altered("number", numbered, number, "the label left out")
        return Part({"number": number}, changes + altered("page", given, "", "the article has a number"))
    changes = altered("number", numbered, "", "no article number")
    inner = _DOI_NUMBER.match(shape.doi(message.get("DOI"))) if not page or page.startswith("1-") else None
    if inner:
        number = (inner[1] or inner[2]).lstrip("0")
        changes += altered("number", "", number, "the DOI tells it") + altered(
            "page", given, "", "the article has a number"
        )
        return Part({"number": number}, changes)
    if _ARTICLE_LABEL.match(given) or ("-" not in given and _ELOCATOR.fullmatch(page)):
        number = _ARTICLE_LABEL.sub("", given)
        return Part({"number": number}, [*changes, Change("page", given, "", "an article number stood under page")])
    return Part({"page": page} if page else {}, changes + _told(given, page))


def _told(given: str, page: str) -> list[Change]:
    return altered("page", given, page, "written in full, with a hyphen" if page else "no page")


def volume(value: object) -> str:
    """A volume's number: no label, no year in brackets, Arabic numerals; "" for "ahead of print".

    Source: APA 7, 9.25.
    """
    text = shape.term(value)
    if _is_nothing(text):
        return ""
    if text.isdigit():
        return _unpadded(text)
    text = _VOLUME_LABEL.sub("", text)
    if found := _YEAR_BEHIND.match(text):
        text = found[1]
    return arabic(_unpadded(text))


def issue(value: object) -> str:
    """An issue's number: no label, "Suppl." as APA writes it; "" for a date or "online first"."""
    text = shape.term(value)
    if _is_nothing(text) or _DATE.fullmatch(text):
        return ""
    if text.isdigit():
        return _unpadded(text)
    text = _unpadded(_ISSUE_LABEL.sub("", text))
    if found := _SUPPLEMENT.fullmatch(text):
        supplement = f"Suppl. {found[2]}" if found[2] else "Suppl."
        return f"{found[1]}, {supplement}" if found[1] else supplement
    return text


def arabic(text: str) -> str:
    """A Roman numeral as an Arabic one; any other text, single C, D and M among them, as it is."""
    if not text or len(text) > 15 or text.upper() in ("C", "D", "M") or not _ROMAN.fullmatch(text):
        return text
    values = [_ROMAN_VALUES[letter] for letter in text.lower()]
    return str(sum(-v if any(later > v for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values)))


def _unpadded(text: str) -> str:
    return text.lstrip("0") if text.isdigit() else _DASHES.sub("-", text)


def numbering(message: Message, kind: str) -> Part:
    """The variables `volume` and `issue`."""
    inner = shape.mapping(message.get("journal-issue"))
    fields: dict[str, str] = {}
    changes = []
    for name, reading in (("volume", volume), ("issue", issue)):
        given = shape.term(message.get(name)) or (shape.term(inner.get(name)) if name == "issue" else "")
        number = reading(given)
        if number:
            fields[name] = number
        changes += altered(name, given, number, "written as APA does" if number else f"no {name}")
    return Part(fields, changes)
