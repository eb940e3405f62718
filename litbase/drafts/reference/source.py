"""What follows an entry's date: title, what it appeared in, numbers, publisher, told apart by APA's punctuation.

Each shape (chapter, article, talk, work by itself) is one function over the text; the first that fits has it.

Source: APA 7, 9.18–9.33 and chapter 10.
"""

import re
from typing import Any, NamedTuple

from .letters import UPPER
from .names import given_first

_ABBREVIATED = re.compile(
    rf"(?:^|[\s(\[“\"‘'-])(?:{UPPER}|(?:[A-Za-z]\.)+[A-Za-z]|St|Dr|Mr|Mrs|Ms|Prof|Rev|vs|Vol|Vols|No|Nos|Ch|cf"
    rf"|e\.g|i\.e|Jr|Sr|Inc|Ltd|Pt|Ft|Mt|approx|al|Hon|Gen|Sgt)$"
)
_BOUNDARY = re.compile(r"([.?!…])[\"”’'»)\]]*\s+(?=[^a-z\s,;:)])")
_PAGES = (
    r"(?P<page>(?:(?:pp?|pgs?|S)\.?\s*)?[A-Za-z]{0,3}\d[\w.]*(?:\s?[–—−-]+\s?[A-Za-z]{0,3}\d[\w.]*)?"
    r"(?:,\s*[A-Za-z]?\d+(?:[–—-][A-Za-z]?\d+)?)*\+?)"
)
_ARTICLE = r"(?:Article|Art\.?(?:\s+No\.?)?|Paper)\s*(?:ID\s*)?(?P<article>[A-Za-z]?[\w.-]*\d[\w.-]*)"
_VOLUME = r"(?P<volume>[A-Z]{0,3}\d+[A-Za-z]?(?:[–/-]\d+)?|[IVXLCivxlc]+)"
_WHERE = rf"(?:[,;:]\s*(?:{_ARTICLE}|{_PAGES}))"
_NUMBERS = (
    # , (231), 44–47
    re.compile(rf",\s*\((?P<issue>[^()]{{1,40}})\){_WHERE}?\s*\.?\s*$"),
    # 55(4), 316–340 · 19, Article 3 · 55(4)
    re.compile(rf"(?:,\s*|\s+){_VOLUME}\s*(?:\((?P<issue>[^()]{{1,40}})\))?{_WHERE}?\s*\.?\s*$"),
    # , Vol. 12, No. 3, pp. 45–50
    re.compile(
        rf",?\s*(?:[Vv]ol(?:ume)?\.?)\s*{_VOLUME}(?:,?\s*(?:[Nn]os?\.?"
        rf"|[Ii]ssues?)\s*(?P<issue>[\w–/-]+))?{_WHERE}?\s*\.?\s*$"
    ),
    # 12, no. 3: 45–50
    re.compile(rf",?\s+{_VOLUME},?\s*(?:[Nn]os?\.?|[Ii]ssues?)\s*(?P<issue>[\w–/-]+){_WHERE}?\s*\.?\s*$"),
    # , 44–47
    re.compile(r",\s*(?:(?:pp?\.)\s*)(?P<page>[A-Za-z]?\d+(?:\s?[–—-]\s?[A-Za-z]?\d+)?)\s*\.?\s*$"),
)
_ADVANCE = re.compile(r"\.?\s*Advance online publication\.?", re.IGNORECASE)
_IN = re.compile(r"([.?!\])”\"’])\s+In:?\s+(?=[^a-z\s])")
_EDITORS = re.compile(
    r"(?P<names>[^()]{2,400}?),?\s*\((?P<role>(?:Eds?\b|Trans\b|Hrsg\b|Comps?\b|Series Eds?"
    r"|Volume Ed)[^()]{0,40})\),?\s*"
)
_PARENTHESIS = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*\.?\s*$")
_BRACKET = re.compile(r"\s*\[(?P<inside>[^\[\]]*)\]\s*\.?\s*$")
_EDITION = re.compile(
    r"(?:(?P<number>\d+)(?:st|nd|rd|th)?\s+(?:rev(?:ised)?\.?\s+)?(?:ed\b\.?|edition)"
    r"|(?P<words>(?:[A-Z][\w.’'-]*\s+){1,4}(?:ed\b\.?|edition)|text rev\.))"
)
_PARTS = re.compile(r"\bVols?\.?\s*(?P<volume>[\w–-]+)")
_PAGES_IN = re.compile(
    r"\bpp?\.?\s*(?P<page>[A-Za-z]?\w*\d\w*|[ivxlc]+)(?P<last>\s?[–—-]\s?\w+)?(?P<more>(?:,\s*\d+(?:[–—-]\d+)?)*)"
)
_PEOPLE = re.compile(
    r"(?P<names>.+?),?\s+(?P<role>Eds?\.|Trans\.|Narrs?\.|Illus\.|Compilers?"
    r"|Comps?\.)(?:\s*&\s*(?P<second>Eds?\.|Trans\.))?$"
)
_PEOPLE_ROLES = {
    "Ed": "editor",
    "Eds": "editor",
    "Trans": "translator",
    "Narr": "narrator",
    "Narrs": "narrator",
    "Illus": "illustrator",
}
_NUMBER = re.compile(
    r"(?P<genre>[^()]*?\b(?:Publication|Report|Paper|Catalog|Bulletin|Series|Release|Document|Brief|Policy|Memo"
    r"|Patent|Circular|Order|DHHS|Pub\.)[^()]*?)\s*No\.\s*(?P<number>[\w./ –-]+)$"
    r"|(?:Publication|Report|Pub\.|Item|Accession|Order|UMI)\s+No\.\s*(?P<plain>[\w./ –-]+)$|No\.\s*(?P<bare>[\w./-]+)$"
)
_IDENTIFIER = re.compile(r"(?:[A-Z]{1,8}[\s-]?)?\d[\w./-]{2,}$|[A-Z]{1,8}\s\d+$")
_VERSION = re.compile(r"[Vv]ersion\s+(?P<version>[\w.]+)|^(?P<named>[\w. ]{1,30}) version$")
_SERIES = re.compile(r"(?P<series>[A-Z][^()]*?Series)\s+(?P<number>[\w-]+)(?:,\s*(?:Issue|No\.)\s*(?P<issue>[\w-]+))?$")
_GENRES = re.compile(
    r"\b(?:video|film|movie|documentary|song|album|podcast|episode|webinar|lecture|recording|speech"
    r"|audio(?:book)?|radio"
    r"|broadcast|television|TV|dissertation|thesis|tweet|post|status update|thread|profile|page|data\s?set|data"
    r"|code\s?book|app"
    r"|software|program|apparatus|equipment|lithograph|photographs?|painting|sculpture|graph|map|infographic|poster"
    r"|presentation|session|symposium|slides?|powerpoint|review|interview|special (?:issue|section)|manuscript|draft"
    r"|preprint|brief|fact sheet|press release|report|brochure|pamphlet|handout|comment|letter|editorial|abstract"
    r"|database record|measure|test|scale|questionnaire|unpublished|syllabus|blog|forum|course|workshop|training|guide"
    r"|supplement(?:al)?|(?:large )?language model|correction|erratum|retraction|working paper|white paper"
    r"|conference|testimony|kindle|ebook|DVD|CD)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?P<place>(?:[A-Z][\w.’'-]+(?:\s+(?:[A-Z][\w.’'-]+|upon|on|of))*)(?:,\s+(?:[A-Z]{2}"
    r"|[A-Z][\w. ]+?))?(?:,\s+[A-Z][\w. ]+?)?):\s+(?P<publisher>[A-Z].*)$"
)


_QUOTED_TITLE = re.compile(r"[‘'“\"](?P<title>.{3,400}?),?[’'”\"],\s+(?=[A-Z]|in\s)")
# "Handbook: Vol. 1. History, theory"
_VOLUME_TITLE = re.compile(r":\s+Vol\.\s*(?P<volume>\w+)\.\s+(?P<title>[^.].*)$")


class Source(NamedTuple):
    """Fields found behind the date, in CSL's words; `title` apart."""

    title: str
    fields: dict[str, Any]
    shape: str


def boundaries(text: str) -> list[int]:
    """Where a new element begins: behind a stop that ends no abbreviation, outside parentheses."""
    found = []
    for stop in _BOUNDARY.finditer(text):
        before = text[max(0, stop.start() - 24) : stop.start()]
        if stop[1] == "." and _ABBREVIATED.search(before):
            continue
        if _depth(text, stop.start()):
            continue
        found.append(stop.end())
    return found


def _depth(text: str, at: int) -> int:
    before = text[:at]
    return max(0, before.count("(") - before.count(")")) + max(0, before.count("[") - before.count("]"))


def read(text: str, italics: tuple[tuple[int, int], ...] = ()) -> Source:
    """Title and source of an entry, from what follows its date; `italics` are offsets in the text."""
    text = _quoted_title(_ADVANCE.sub(".", text).strip())
    for shape in (_chapter, _article):
        found = shape(text)
        if found is not None:
            return found
    return _work(text, italics)


def _quoted_title(text: str) -> str:
    """A title in quotation marks before a comma, as Harvard has it, set as APA would: with a stop behind it."""
    found = _QUOTED_TITLE.match(text)
    if not found:
        return text
    rest = "In " + text[found.end() + 3 :] if text.startswith("in ", found.end()) else text[found.end() :]
    return f"{found['title']}{'' if found['title'][-1] in '?!' else '.'} {rest}"


def _chapter(text: str) -> Source | None:
    """ "Title. In A. Editor (Ed.), Book (pp. 1–9). Publisher." """
    for found in _IN.finditer(f".  {text}" if text.startswith("In ") else text):
        whole = f".  {text}" if text.startswith("In ") else text
        rest = whole[found.end() :]
        editors = _EDITORS.match(rest)
        plain = (
            re.search(r"\bpp?\.\s*\w*\d", rest) or len(boundaries(rest)) < 2 or re.search(r"\((?:Vol|\d+\w\w ed)", rest)
        )
        if not editors and not plain:
            continue
        title = (
            whole[: found.start() + 1].strip(" .")
            if whole[found.start()] == "."
            else whole[: found.start() + 1].strip()
        )
        fields: dict[str, Any] = {}
        if editors:
            roles = (
                {"editor", "translator"}
                if "Trans" in editors["role"] and "Ed" in editors["role"]
                else {"translator" if "Trans" in editors["role"] else "editor"}
            )
            for role in sorted(roles):
                fields[role] = list(given_first(editors["names"]))
            rest = rest[editors.end() :]
        book, publisher = _split(rest)
        book, inner = _stripped(book)
        numbers = None if publisher else _numbers(book)
        if numbers:
            book = numbers[0]
            inner |= numbers[1]
        fields |= inner
        fields["container-title"] = book
        _publisher(publisher, fields)
        title, own = _stripped(title)
        return Source(title, {**own, **fields}, "chapter")
    return None


def _article(text: str) -> Source | None:
    """ "Title. Journal, 55(4), 316–340." """
    found = _numbers(text)
    if found is None:
        return None
    head, fields = found
    starts = boundaries(head)
    if not starts:
        return None
    title, container = head[: starts[-1]].strip(), head[starts[-1] :].strip(" ,.")
    if not container or (container[:1].isdigit() and len(container) < 5):
        return None
    title, own = _stripped(title)
    return Source(title, {**own, "container-title": container, **fields}, "article")


def _numbers(text: str) -> tuple[str, dict[str, Any]] | None:
    """What stands before volume, issue and pages at the end of a text, and those."""
    for pattern in _NUMBERS:
        found = pattern.search(text, max(0, len(text) - 120))
        if found and (found.start() > 0):
            values = found.groupdict()
            if (
                pattern is _NUMBERS[1]
                and not (values.get("issue") or values.get("page") or values.get("article"))
                and text[found.start()] != ","
            ):
                continue
            fields: dict[str, Any] = {}
            for name in ("volume", "issue"):
                if values.get(name):
                    fields[name] = values[name].strip()
            page = values.get("article") or values.get("page")
            if values.get("article"):
                fields["number"] = values["article"].rstrip(".")
            elif page:
                fields["page"] = pages(page)
            return text[: found.start()], fields
    return None


def pages(printed: str) -> str:
    """Pages as CSL has them: "316-340"."""
    bare = (
        re.sub(r"^(?:pp?|pgs?|S)\.?\s*(?=[\dA-Za-z])", "", printed.strip().rstrip("."))
        if re.match(r"pp?\.|pgs?\.|S\.", printed)
        else printed.strip().rstrip(".")
    )
    return re.sub(r"\s?[–—−-]+\s?", "-", bare)


def _work(text: str, italics: tuple[tuple[int, int], ...]) -> Source:
    """ "Title (2nd ed.). Publisher." and all that is like it."""
    title, rest = _split(text, italics)
    title, fields = _stripped(title)
    container = re.match(r"On\s+(?=[A-Z])", rest)
    if container:
        album, rest = _split(rest[container.end() :])
        fields["container-title"] = album
    _publisher(rest, fields)
    return Source(title, fields, "work")


def _split(text: str, italics: tuple[tuple[int, int], ...] = ()) -> tuple[str, str]:
    """A title and what follows it. Titles may hold stops; whoever published is one element, the last."""
    text = text.strip()
    starts = boundaries(text)
    if not starts:
        return text, ""
    # A title in italics ends where they do; otherwise it ends at the last stop that a source can follow.
    slanted = [end for begin, end in italics if begin < 4]
    if slanted:
        after = [start for start in starts if start >= slanted[0]]
        if after:
            return text[: after[0]].strip(), text[after[0] :].strip()
    # Parentheses and brackets belong to the title; where they close, it is over.
    closed = [start for start in starts if re.search(r"[)\]][.\s]*$", text[:start])]
    start = closed[0] if closed else starts[-1]
    if not closed and text[start - 2 : start - 1] in "?!" and _in_sentence_case(text[start:]):
        return text, ""
    return text[:start].strip(), text[start:].strip()


def described(title: str) -> tuple[str, dict[str, Any]]:
    """A title and what the parentheses and brackets behind it say of the work."""
    return _stripped(title)


def _in_sentence_case(text: str) -> bool:
    """Whether words are in small letters that a publisher's or a site's name would give capitals."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 1 and 2 * sum(word.islower() for word in words) >= len(words)


def _stripped(title: str) -> tuple[str, dict[str, Any]]:
    """A title without the parentheses and brackets that describe the work, and what they say."""
    fields: dict[str, Any] = {}
    title = title.strip()
    while True:
        bracket = _BRACKET.search(title)
        if bracket and bracket.start() == 0:
            fields["genre"] = bracket["inside"]
            return "", fields
        if bracket and _GENRES.search(bracket["inside"]):
            fields.setdefault("genre", bracket["inside"].strip())
            title = title[: bracket.start()].rstrip()
            continue
        parenthesis = _PARENTHESIS.search(title)
        if parenthesis and parenthesis.start() > 0 and _described(parenthesis["inside"], fields):
            title = title[: parenthesis.start()].rstrip()
            continue
        break
    if title.endswith(".") and not title.endswith("..."):
        title = title[:-1]
    volume = _VOLUME_TITLE.search(title)
    if volume:
        fields |= {"volume": volume["volume"], "volume-title": volume["title"].strip()}
        title = title[: volume.start()]
    quoted = re.fullmatch(r"[“\"]([^“”\"]+?)[.,]?[”\"]", title)
    return (quoted[1] if quoted else title).strip(), fields


def _described(inside: str, fields: dict[str, Any]) -> bool:
    """Whether a parenthesis behind a title speaks of the work; what it says goes into the fields."""
    people = _PEOPLE.match(inside)
    if people:
        for role in (people["role"], people["second"]):
            if role:
                fields[_PEOPLE_ROLES.get(role.strip("."), "editor")] = list(given_first(people["names"]))
        return True
    found = False
    edition = _EDITION.search(inside)
    if edition and len(inside) < 60:
        words = [part.strip() for part in re.split(r"[,;]", inside) if _EDITION.search(part) or "rev." in part]
        fields["edition"] = (
            edition["number"]
            if edition["number"] and len(words) < 2 and "rev" not in words[0].lower()
            else ", ".join(words)
        )
        found = True
    volume = _PARTS.search(inside)
    if volume and len(inside) < 60:
        fields["volume"] = volume["volume"]
        found = True
    page = _PAGES_IN.search(inside)
    if page and len(inside) < 80:
        fields["page"] = pages(page["page"] + (page["last"] or "") + (page["more"] or ""))
        found = True
    version = _VERSION.search(inside)
    if version:
        fields["version"] = version["version"] or version["named"]
        found = True
    if found:
        number = re.match(r"([^;]+);", inside)
        if number and version:
            fields["number"] = number[1].strip()
        return True
    series = _SERIES.match(inside)
    if series:
        fields |= {"collection-title": series["series"], "collection-number": series["number"]}
        if series["issue"]:
            fields["issue"] = series["issue"]
        return True
    number = _NUMBER.match(inside)
    if number:
        fields["number"] = next(group for group in (number["number"], number["plain"], number["bare"]) if group).strip()
        if number["genre"]:
            fields.setdefault("genre", number["genre"].strip())
        return True
    if _IDENTIFIER.fullmatch(inside.strip()):
        fields["number"] = inside.strip()
        return True
    return False


def _publisher(text: str, fields: dict[str, Any]) -> None:
    """What is left: who published, and in older lists where."""
    text = text.strip().strip(".,; ") + ("." if re.search(r"\b(?:Inc|Co|Ltd|Corp)\.\s*$", text) else "")
    if not text:
        return
    placed = _PLACE.match(text)
    if placed and len(placed["place"]) < 60:
        fields["publisher-place"], fields["publisher"] = placed["place"], placed["publisher"]
    else:
        fields["publisher"] = text
