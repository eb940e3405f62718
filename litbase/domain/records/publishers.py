"""Who published a work, as APA prints it: the imprint, without what makes it a company.

Source: Crossref work, `publisher`, `institution`, `standards-body`, `group-title`; APA 7, 9.29.
"""

import re

from litbase.domain.records import markup, shape
from litbase.domain.records.changes import Part, altered
from litbase.domain.records.lettering import words
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
_PLACE = re.compile(r",\s+[A-Z][\w. -]{2,30}(?:,\s*(?:[A-Z]{2}|D\.C\.|[A-Z][a-z]+))?$")
_STATE_BEHIND = re.compile(r",\s+[A-Z][\w.' -]{2,30},\s*(?:[A-Z]{2}|D\.C\.)$")
_NONE = re.compile(
    r"\W*(?:s\.?\s?n\.?|s\.?\s?l\.?|n\.?p\.?|publisher not (?:identified|known)|test accounts?|crossref test.*|"
    r"self[- ]published|"
    r"jstor|independently published|unknown)?\W*",
    re.IGNORECASE,
)

# Holdings and their legal names, and the name on the book. Publishers' own sites.
IMPRINTS = (
    (r"Routledge\b.*", "Routledge"),
    (r"Springer(?: (?:International|Berlin|Fachmedien|Singapore|New York|US|Netherlands|London)\b.*)?", "Springer"),
    (r"Springer (?:Nature|Science|Basel|Dordrecht|Japan|India|Milan|Paris)\b.*", "Springer"),
    (r"Springer[- ]Verlag.*", "Springer"),
    (r"Palgrave Macmillan\b.*", "Palgrave Macmillan"),
    (r"Birkh[äa]user\b.*", "Birkhäuser"),
    (r"Elsevier(?: (?:BV|B\.V\.|Science|Inc\.?|Ltd\.?|Limited|GmbH|Masson)\b.*)?", "Elsevier"),
    (r"Walter [Dd]e Gruyter\b.*|De Gruyter (?:Mouton|Saur|Oldenbourg)?.*", "De Gruyter"),
    (r"John Wiley (?:&|and) Sons?\b.*", "John Wiley & Sons"),
    (r"Wiley[- ]Blackwell\b.*", "Wiley-Blackwell"),
    (r"Ovid Technologies.*", "Wolters Kluwer"),
    (r"World Scientific\b.*", "World Scientific"),
    (r"Oxford University Press\b.*", "Oxford University Press"),
    (r"Cambridge University Press\b.*", "Cambridge University Press"),
    (r"SAGE Publications\b.*", "SAGE Publications"),
    (r"Taylor (?:&|and) Francis\b.*", "Taylor & Francis"),
    (r"Georg Thieme\b.*|Thieme\b.*", "Thieme"),
    (r"Kluwer Academic\b.*", "Kluwer Academic"),
    (r"S\. ?Karger\b.*|Karger\b.*", "Karger"),
    (r"IEEE Comput\. Soc\b.*", "IEEE Computer Society"),
    (r"Association for Computing Machinery\b.*", "Association for Computing Machinery"),
    (r"Guilford Publications?\b.*|The Guilford Press|Guilford Press", "Guilford Press"),
    (r"Brill\b.*|Koninklijke Brill\b.*", "Brill"),
    (r"Emerald(?: Group)?(?: Publishing)?(?: Limited)?", "Emerald"),
    (r"Bloomsbury\b.*", "Bloomsbury"),
    (r"Hogrefe\b.*", "Hogrefe"),
    (r"Vandenhoeck & Ruprecht\b.*", "Vandenhoeck & Ruprecht"),
    (r"Psychosozial[- ]Verlag\b.*", "Psychosozial-Verlag"),
)  # fmt: skip
_IMPRINTS = [(re.compile(pattern), name) for pattern, name in IMPRINTS]
# A cheap look before two dozen patterns: the first words that any of them begins with.
_IMPRINT_WORDS = words(
    "routledge springer palgrave birkhäuser birkhauser elsevier walter de john wiley wiley-blackwell ovid world "
    "oxford cambridge sage taylor georg thieme kluwer s. s.karger karger ieee association guilford the brill "
    "koninklijke emerald bloomsbury hogrefe vandenhoeck psychosozial springer-verlag psychosozial-verlag"
)

# Crossref prefixes that belong to one imprint of a holding that deposits under its own name.
IMPRINT_PREFIXES = {"10.4324": "Routledge", "10.1201": "CRC Press", "10.4135": "SAGE Publications"}
_HOLDINGS = re.compile(r"Informa|Taylor (?:&|and) Francis", re.IGNORECASE)

# Preprint servers by DOI prefix, where neither institution nor group title names one.
SERVERS = {
    "10.1101": "bioRxiv", "10.64898": "bioRxiv", "10.31234": "PsyArXiv", "10.31235": "SocArXiv",
    "10.31219": "OSF Preprints", "10.31222": "MetaArXiv", "10.31224": "engrXiv", "10.31730": "AfricArXiv",
    "10.31223": "EarthArXiv", "10.35542": "EdArXiv", "10.31236": "SportRxiv", "10.51224": "SportRxiv",
    "10.31231": "MindRxiv", "10.31226": "PaleorXiv", "10.31233": "PaleorXiv", "10.31228": "LawArXiv",
    "10.31229": "LIS Scholarship Archive", "10.31227": "INA-Rxiv", "10.32942": "EcoEvoRxiv",
    "10.2139": "SSRN", "10.20944": "Preprints.org", "10.21203": "Research Square", "10.26434": "ChemRxiv",
    "10.36227": "TechRxiv", "10.1590": "SciELO Preprints", "10.5194": "EGUsphere", "10.22541": "Authorea",
    "10.33774": "Cambridge Open Engage", "10.2196": "JMIR Preprints", "10.3762": "Beilstein Archives",
    "10.48550": "arXiv", "10.14293": "ScienceOpen Preprints", "10.1002": "ESS Open Archive",
    "10.1364": "Optica Open", "10.62329": "Curvenote",
}  # fmt: skip
_SERVER = re.compile(
    r"\w*(?:rxiv|arxiv)\b.*|SSRN.*|Open Science Framework|OSF.*|"
    r"Preprints?(?:\.org)?|Research Square|Authorea|Thesis Commons",
    re.IGNORECASE,
)
_SERVER_NAMES = {"open science framework": "OSF Preprints", "osf": "OSF Preprints", "ssrn": "SSRN"}


def house(value: object, place: str = "") -> str:
    """A publisher's name without brackets, legal form, place and holding; "" for "[s.n.]".

    "American Psychological Association (APA)" loses its bracket, "Boehlau Verlag Ges.m.b.H. & Co.
    KG" all behind "Verlag", "Routledge, Taylor & Francis Group" all behind the comma.
    """
    name = clean_line(markup.plain(shape.raw(value)))[:300].strip(" ,;:")
    if _NONE.fullmatch(name):
        return ""
    name = _unbracketed(name)
    if name.partition(" ")[0].rstrip(",").casefold() in _IMPRINT_WORDS:
        for pattern, imprint in _IMPRINTS:
            if pattern.fullmatch(name):
                return imprint
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


_SMALL = frozenset({"OF", "AND", "FOR", "IN", "ON", "DE", "DU", "LA", "DER", "UND"})


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
    if _SERVER.fullmatch(group):
        return _SERVER_NAMES.get(group.casefold(), group)
    prefix = shape.doi(message.get("DOI")).partition("/")[0]
    return SERVERS.get(prefix) or house(message.get("publisher"))


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
    elif _HOLDINGS.search(given) and prefix in IMPRINT_PREFIXES:
        name = IMPRINT_PREFIXES[prefix]
    else:
        name = house(given, place)
    fields = {"publisher": name} if name else {}
    if place and kind in ("book", "chapter", "entry-encyclopedia", "entry-dictionary", "report", "paper-conference"):
        fields["publisher-place"] = place
    return Part(fields, altered("publisher", given, name, "named as APA names it"))
