"""The words names are made of that are not names: particles, suffixes, degrees, titles, groups."""

import re

from litbase.domain.records.lettering import words

# Particles that belong to the family name (APA 7, 9.8), however a record parts them.
PARTICLES = words(
    "van von vom zu zum zur de del della dello dei degli di du des le la les los las den der het 't ’t op ten ter te "
    "bin ibn ben bint abu abd el al ul ez af av tho thor san santa st. d’ d' "
    "l’ l' olde oude da do dos das e y i"
)
# "And" between two family names; no particle of the name behind it.
AND = frozenset({"e", "y", "i"})
# Those that Portuguese cites behind the given name: "Castro, E. M. de".
LUSOPHONE = frozenset({"da", "do", "dos", "das", "e"})
LUSOPHONE_SIGNS = re.compile(r"[ãõ]|\b(?:dos|das|da|do)\b|Bra[sz]il|Portugal|Universidade|Editora|SciELO")

SUFFIXES = {
    "jr": "Jr.", "jnr": "Jr.", "junior": "Jr.", "sr": "Sr.", "snr": "Sr.", "ii": "II", "iii": "III", "iv": "IV",
    "v": "V", "vi": "VI", "2nd": "II", "3rd": "III", "4th": "IV", "esq": "",
}  # fmt: skip
# Portuguese words for junior, grandson and nephew are part of the family name: "Bender Filho".
LUSOPHONE_SUFFIXES = frozenset({"filho", "neto", "júnior", "sobrinho"})
SUFFIX_BEHIND = re.compile(r"[\s,]+\(?(jr|jnr|sr|snr|ii|iii|iv|2nd|3rd|4th|esq)\.?\)?$", re.IGNORECASE)

_DEGREE = (
    r"Ph\.?\s?D|D\.?Phil|Psy\.?D|Ed\.?D|Dr\.?P\.?H|D\.?Sc|Sc\.?D|M\.?Phil|M\.?P\.?H|M\.?S\.?W|M\.?Sc|B\.?Sc|M\.?B\.?A|"
    r"M\.?D|D\.?O|M\.?A|B\.?A|M\.?S|B\.?S|M\.?Ed|B\.?Ed|J\.?D|LL\.?[BM]|M\.?B\.?B\.?S|MBChB|B\.?M|D\.?M\.?D|D\.?D\.?S|D\.?V\.?M|"
    r"R\.?N|B\.?S\.?N|M\.?S\.?N|D\.?N\.?P|A\.?P\.?R\.?N|N\.?P|P\.?A|Pharm\.?D|R\.?Ph|L\.?C\.?S\.?W|L\.?M\.?F\.?T|L\.?P\.?C|"
    r"L\.?M\.?H\.?C|A\.?B\.?P\.?P|FRCP\w*|MRCP\w*|FRCS\w*|MRCPsych|FRCPsych|FACP|FACS|FAAN|FAPA|CPsych|C\.?Psychol|Dr\.?\s?med|habil|"
    r"Dipl\.?-?\w*|OTR(?:/L)?|R\.?D|PT|DPT|CCC-SLP|BCBA(?:-D)?|Prof|Dr"
)
# Behind a comma all degrees count; without one only those that no name looks like.
DEGREE_BEHIND = re.compile(rf"(?:\s*,\s*(?:{_DEGREE})\.?(?![\w’'-]))+$")
PLAIN_DEGREE = re.compile(
    r"(?:\s+(?:Ph\.?\s?D|D\.?Phil|Psy\.?D|Ed\.?D|DrPH|D\.Sc|Sc\.D|M\.?Phil|MPH|M\.?Sc|B\.?Sc|MBA|MBBS|MBChB|LCSW|"
    r"LMFT|PharmD|FRCP\w*|MRCPsych|FRCPsych)\.?(?![\w’'-]))+$"
)
# Behind a given name these are initials.
FAMILY_DEGREE = re.compile(r"(?:\s+(?:M\.?D|M\.A|B\.A|M\.S)\.?(?![\w’'-]))+$")
INITIALS_BEHIND = re.compile(r"^[^\s,]+,\s*(?:[A-Z]\.\s?){1,4}$")
ONLY_DEGREES = re.compile(rf"(?:[\s,]*(?:{_DEGREE})\.?(?![\w’'-]))+[\s.]*")
HONORIFIC = re.compile(
    r"^(?:(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms|Mx|Miss|Dipl|Ing|Assoc|Asst|Doz|Priv|PD|univ|med|habil)\.?(?:[-\s]|(?<=\.)))+\s*(?=\w)",
)

# "Null", "Nan" and "Na" are family names; in these letters they are a program's.
JUNK = re.compile(
    r"\W*(?:join\s*\(.*|(?i:et\.?\s?al\.?)|null|NULL|none|None|NaN|nan|undefined|[Nn]/[Aa]|"
    r"(?i:unknown(?: author)?|no authors?(?: listed)?|not available|authors?|various authors|s\.\s?n\.))?\W*"
)

# A word that no person's name holds makes a group; the weaker ones need company.
GROUP = re.compile(
    r"\b(?:group|groups|committee|subcommittee|consortium|collaborations?|collaborators|collaborative|investigators|society|association|"
    r"network|institutes?|instituto|university|universit[àäéy]t?|universidad|universidade|department|ministry|council|organi[sz]ation|"
    r"foundation|commission|agency|bureau|federation|initiative|program|programme|task ?force|working party|academy|"
    r"corporation|laboratory|laboratories|administration|authority|registry|secretariat|editors?|editorial|office|staff|"
    r"hospital|centre|center|centers|centres|service|services|team|"
    r"trialists|researchers|board of|"
    r"company|nations|alliance|coalition|partnership|panel|taskforce|college of|school of|museum|"
    r"library|government|press|project|collection|"
    r"arbeitsgruppe|arbeitskreis|gesellschaft|verein|institut|ministerium|"
    r"comit[ée]|soci[ée]t[ée]|sociedad|sociedade|asociaci[óo]n|associa[çc][ãa]o|fundaci[óo]n|funda[çc][ãa]o)\b"
    r"|\b(?:inc|ltd|llc|gmbh|plc)\.?$|\bCo\.$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(?<=\w) (?:of|for|on|in) (?=\w)|^[^\W_]+ and | and [^\W_]+$")
ON_BEHALF = re.compile(
    r"^(?:(?:and|on behalf of|for and on behalf of|for|in collaboration with|with|as part of|from)\s+)+(?=the\b|[A-Z])",
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?:(?:and|on|behalf|of|for|the|in|with|collaboration)\s*)+", re.IGNORECASE)
_ADDRESS = re.compile(
    r"@|corresponding author|\be-?mail\b|^(?:\(.*?\)\s*)?(?:"
    r"ph\.?\s?d|m\.?sc|m\.?d|b\.?sc|m\.?a|"
    r"professor|associate professor|assistant professor|lecturer|student|department of|dept)\b",
    re.IGNORECASE,
)

KOREAN_FAMILIES = words(
    "ahn an bae baek bang byun cha chang cho choe choi chu chun chung gang go gu gwak gwon ha ham "
    "han heo hong huh hur "
    "hwang hyun im jang jeon jeong ji jin jo joo ju jun jung kang kim ko koo ku kwak kwon lee lim "
    "ma min moon mun na nam "
    "noh oh paik pak park pyo rhee rim roh ryu seo seok seong shim shin sim sin so sohn son song suh sung uhm um wang "
    "won woo yang yeo yeom yi yim yoo yoon you yu yun"
)


def is_group(name: str) -> bool:
    """Whether a name is that of a group: it holds a word no person is called by, of two words at least."""
    return " " in name and bool(GROUP.search(name) or (_ENGLISH.search(name) and name.count(" ") > 1))


def is_filler(given: str) -> bool:
    """Whether a "given name" is what stands before a group: "for the"."""
    return bool(_FILLER.fullmatch(given))


PLACE = re.compile(
    r"\b(?:universit|universid|institut|academ|akadem|faculty|department|school|hospital|college|laborator|liceum|polite[ck]h)",
    re.IGNORECASE,
)


def is_affiliation(name: str) -> bool:
    """Whether a "group author" is someone's post and address."""
    return bool(_ADDRESS.search(name)) or (name.count(",") >= 2 and bool(GROUP.search(name)))


def suffix(value: str) -> str | None:
    """A suffix as APA writes it; "" for one that is dropped, None for what is no suffix."""
    return SUFFIXES.get(value.strip(" .,()").casefold())


def chosen_lower_case(family: str, given: str) -> bool:
    """Whether a person is known to write the name without capitals."""
    family, given = family.casefold(), given.casefold().replace(" ", "")
    known = {"hooks": "bell", "boyd": "danah", "cummings": "e.e.", "brown": "adriennemaree", "lang": "k.d."}
    return known.get(family) == given
