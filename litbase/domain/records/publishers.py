"""Who published a work, as APA prints it: the imprint, without what makes it a company.

Source: Crossref work, `publisher`, `institution`, `standards-body`, `group-title`; APA 7, 9.29.
"""

import re

from litbase.domain.records import markup, shape
from litbase.domain.records.changes import Part, altered
from litbase.domain.records.imprints import BY_PREFIX, HOLDINGS, SERVER, SERVER_NAMES, imprint, server_of
from litbase.domain.records.shape import Message
from litbase.domain.text import clean_line

_BRACKET = re.compile(r"\s*[\[(]([^()\[\]]{1,60})[\])]")
_COUNTRY = re.compile(r"\s*\((?:United States|United Kingdom|Germany|France|Canada|Netherlands|USA|UK|US)\)")
# Legal forms, and what they drag along: ", Inc.", "Ges.m.b.H. & Co. KG", "S.A. de C.V.".
_FORM = (
    r"Inc|Incorporated|Ltda?|Limited|LLC|L\.L\.C|LLP|LP|PLC|Plc|plc|GmbH|G\.m\.b\.H|Ges\.m\.b\.H|gGmbH|mbH|AG|KG|KGaA|OHG|UG|"
    r"BV|B\.V|NV|N\.V|"
    r"SA|S\.A|SAS|S\.A\.S|SARL|S\.à\.r\.l|Sàrl|SL|S\.L|SpA|S\.p\.A|Srl|S\.r\.l|S\.R\.L|Pty|Pte|Pvt|Private|"
    r"Corp|Zrt|Kft|Nyrt|Oy|Oyj|AB|A/S|ApS|d\.o\.o|s\.r\.o|a\.s|o\.o|Sp\. z o\.o|K\.K|Bhd|Sdn|Lt|DE CV|de C\.?V|PLLC|"
    r"e\.V|e\.K|Ges|Cie|SE|EURL|OOO|JSC|LLC\.|Co|& Co"
)
_FORMS = re.compile(rf"(?:[\s,]+(?:&\s*)?(?:{_FORM})\.?)+\s*$")
_STATE_BEHIND = re.compile(r",\s+[A-Z][\w.' -]{2,30},\s*(?:[A-Z]{2}|D\.C\.)$")
_NONE = re.compile(
    r"\W*(?:s\.?\s?n\.?|s\.?\s?l\.?|n\.?p\.?|publisher not (?:identified|known)|test accounts?|crossref test.*|"
    r"self[- ]published|independently published|jstor|unknown)?\W*",
    re.IGNORECASE,
)
_SMALL = frozenset({"OF", "AND", "FOR", "IN", "ON", "DE", "DU", "LA", "DER", "UND"})


def house(value: object, place: str = "") -> str:
    """A publisher's name without brackets, legal form, place and holding; "" for "[s.n.]".

    "American Psychological Association (APA)" loses its bracket, "Boehlau Verlag Ges.m.b.H. & Co.
    KG" all behind "Verlag", "Routledge, Taylor & Francis Group" all behind the comma.
    """
    name = clean_line(markup.plain(shape.raw(value)))[:300].strip(" ,;:")
    if _NONE.fullmatch(name):
        return ""
    name = _unbracketed(name)
    if known := imprint(name):
        return known
    if place and name.endswith(place) and name[: -len(place)].rstrip().endswith(","):
        name = name[: -len(place)].rstrip(" ,")
    name = _STATE_BEHIND.sub("", name)
    shorter = _FORMS.sub("", name).rstrip(" ,&")
    # A name that is nothing but a legal form is a name.
    name = shorter if len(shorter) > 2 else name
    return _lowered(name.rstrip(",;:"))


def _unbracketed(name: str) -> str:
    """A name without an abbreviation of itself, a parent house or a country in brackets."""
    if "(" not in name and "[" not in name:
        return name
    found = _BRACKET.search(name)
    if found and found.start() > 2:
        inner = found[1]
        if _COUNTRY.match(found[0]) or (len(inner) <= 12 and sum(c.isupper() for c in inner) >= 2):
            return (name[: found.start()] + name[found.end() :]).strip(" ,")
    return name


def _lowered(name: str) -> str:
    """A name in CAPITALS of several long words with capitals at their beginnings only."""
    parts = name.split()
    if not name.isupper() or len(parts) < 2 or max(map(len, parts)) < 5:
        return name
    return " ".join(word.lower() if word in _SMALL else word.capitalize() for word in parts)


def institution(message: Message) -> str:
    """The first institution's name, which may be given in a list or alone; "" where none is named.

    Source: Crossref work, `institution` (an object in old answers, a list in newer ones).
    """
    for one in shape.mappings(message.get("institution")):
        name = _COUNTRY.sub("", shape.line(one.get("name")))
        if name:
            return _unbracketed(re.sub(r"^Open Access ", "", name))
    return ""


def server(message: Message) -> str:
    """The preprint server: by institution, else by a group title that is one, else by DOI prefix."""
    named = institution(message)
    if named:
        return named
    group = shape.line(message.get("group-title"))
    if SERVER.fullmatch(group):
        return SERVER_NAMES.get(group.casefold(), group)
    return server_of(shape.doi(message.get("DOI"))) or house(message.get("publisher"))


def publisher(message: Message, kind: str) -> Part:
    """The variables `publisher` and `publisher-place`.

    None for an article in a journal. For a preprint the server, for a thesis the university, for
    a report the body that issued it, for a blog none (the blog is the container).
    """
    given = shape.line(message.get("publisher"))
    place = shape.line(message.get("publisher-location"))
    if kind in ("article-journal", "post-weblog"):
        return Part({}, [])
    prefix = shape.doi(message.get("DOI")).partition("/")[0]
    if kind == "article":
        name = server(message)
    elif kind == "thesis":
        name = institution(message) or re.sub(r",? (?:University )?Librar(?:y|ies)\b.*$", "", house(given, place))
    elif kind == "report":
        name = institution(message) or house(given, place)
    elif kind == "standard":
        name = house(shape.mapping(message.get("standards-body")).get("name"), place) or house(given, place)
    elif prefix in BY_PREFIX and HOLDINGS.search(given):
        name = BY_PREFIX[prefix]
    else:
        name = house(given, place)
    fields = {"publisher": name} if name else {}
    if place and kind in ("book", "chapter", "entry-encyclopedia", "entry-dictionary", "report", "paper-conference"):
        fields["publisher-place"] = place
    return Part(fields, altered("publisher", given, name, "named as APA names it"))
