"""One contributor's name put right: each part in its place, and nothing else in it.

Source: Crossref work, contributor objects (`given`, `family`, `name`, `suffix`); CSL 1.0.2,
"Name Variables"; APA 7, 9.7–9.12.
"""

import re
from collections.abc import Iterator

from litbase.domain.inline import strip
from litbase.domain.item import Name
from litbase.domain.records import markup, nameparts, shape
from litbase.domain.records.namecase import family_letters, given_letters, initials
from litbase.domain.records.shape import Message
from litbase.domain.text import clean_line

_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "\u00ad": "", "\u200b": "", "`": "’", "´": "’"})
_EDGES = " ,;:*†‡§¶#|/\\_"
_LETTERS = re.compile(r"[^\W\d_]")
_FOOTNOTE = re.compile(r"<sup>[^<]*</sup>")
_QUOTED = re.compile(r"^[“\"‘][^”\"’]{1,20}[”\"’]\s+(?=\w)")
_NUMBER_BEHIND = re.compile(r"(?<=[^\W\d_]{2})\d[\d,]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_STOP_BEHIND_NAME = re.compile(r"(?<=[^\W\d_]{4})\.$")
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,4}")
_SPELT_OUT = re.compile(r"[^\W\d_a-z][\w’'-]+ (?:[^\W\d_a-z]\. ?){1,2} ?[^\W\d_a-z][\w’'-]+")
_TURNED = re.compile(r"[\w’'-]+(?: [\w’'-]+)?, [\w.’' -]+")
_AND = re.compile(r"\s(?:and|&|und|et)\s")
_AND_OR_COMMA = re.compile(r",|\s(?:and|&|und|et)\s")


def people(given_as: Message, lusophone: bool = False) -> list[Name]:
    """The names in one contributor object: usually one, several where a list stands in one field.

    None for what is no name. `lusophone`: the record is Brazilian or Portuguese, where "de" is
    cited behind the given name.
    """
    given, family = _part(given_as.get("given")), _part(given_as.get("family"))
    group = _part(given_as.get("name")) or _part(given_as.get("literal"))
    after = _part(given_as.get("suffix"))
    if group and not family:
        return _group_or_person(group)
    if family and nameparts.is_group(family):
        if not given or nameparts.is_filler(given):
            return _group_or_person(f"the {family}" if given.casefold().endswith("the") else family)
        if " and " in family or " of " in family:
            return _group_or_person(f"{given} {family}")
    if (
        len(given) > 2
        and given.isalpha()
        and given.istitle()
        and family.isalpha()
        and family.istitle()
        and family[1:]
        and not after
    ):
        # Most names are two words with a capital each: nothing below would change them.
        return [{"family": family, "given": given}]
    if given and family:
        return [name] if (name := _person(given, family, after, lusophone)) else []
    return [name for parts in _whole(family or given, after) if (name := _person(*parts, lusophone))]


def _part(value: object) -> str:
    """One field of a contributor as plain text; "" for junk and for what holds no letter."""
    if not value:
        return ""
    text = shape.raw(value)
    if text.isalpha() and text.isascii() and text.istitle():
        return "" if text == "None" else text
    if "<" in text or "&" in text:
        text = strip(_FOOTNOTE.sub("", markup.rich(text)))
    text = clean_line(text)[:5_000]
    if not text.isascii() or "`" in text:
        text = text.translate(_HYPHENS)
    text = text.strip(_EDGES)
    if len(text) < 60 and nameparts.JUNK.fullmatch(text):
        return ""
    return text if _LETTERS.search(text) else ""


def _group_or_person(group: str) -> list[Name]:
    """A group as a literal; a person whose name stands in the group's field as a person; [] for an address."""
    if nameparts.is_affiliation(group):
        return []
    if not nameparts.is_group(group) and (_TURNED.fullmatch(group) or _SPELT_OUT.fullmatch(group)):
        return [name for parts in _whole(group, "") if (name := _person(*parts))]
    return [{"literal": _STOP_BEHIND_NAME.sub("", nameparts.ON_BEHALF.sub("", group))}]


def _whole(text: str, after: str) -> Iterator[tuple[str, str, str]]:
    """The persons in one field as (given, family, suffix)."""
    text = text if nameparts.INITIALS_BEHIND.match(text) else nameparts.FAMILY_DEGREE.sub("", _bare(text))
    if behind := nameparts.SUFFIX_BEHIND.search(text):
        text, after = text[: behind.start()], after or behind[1]
    for one in _listed(text):
        first, comma, last = one.partition(",")
        if comma and last.strip():
            yield last.strip(), first.strip(), after
        else:
            yield (*_split(one.strip(" ,")), after)


def _listed(text: str) -> list[str]:
    """The single names of a list; a name "Family, Given" is one."""
    for mark in (";", "|"):
        if mark in text:
            return [one for one in text.split(mark) if _LETTERS.search(one)][: shape.MOST]
    names = [one.strip() for one in _AND_OR_COMMA.split(text) if one.strip()]
    if len(names) < 2 or not _is_full(names[0]):
        return [text]
    if len(names) == 2 and not _AND.search(text) and not _is_full(names[1]):
        return [text]
    # What is cut off at the end of a field has no family name; it is no one.
    full = [one for one in names if " " in one]
    return full[: shape.MOST] if len(full) > 1 else [text]


def _is_full(name: str) -> bool:
    """Whether a text is a whole name, given name first: an initial or word, then a family name."""
    first, *others = name.split()
    return bool(others) and len(others[-1].strip(".")) > 2 and first.casefold() not in nameparts.PARTICLES


def _split(name: str) -> tuple[str, str]:
    """A whole name without a comma as given and family name, a particle with the latter."""
    words = name.split()
    if len(words) < 2:
        return "", name
    if len(words) == 2 and words[0].casefold() in nameparts.KOREAN_FAMILIES and "-" in words[1]:
        return words[1], words[0]
    place = len(words) - 1
    while place > 1 and words[place - 1].casefold() in nameparts.PARTICLES - nameparts.AND:
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


def _bare(text: str) -> str:
    """A name without titles before it, degrees and footnote numbers behind it and a nickname in quotation marks."""
    if not text.isalpha():
        text = _NUMBER_BEHIND.sub("", text)
        text = _QUOTED.sub("", text)
        text = nameparts.HONORIFIC.sub("", text)
        if "," in text:
            text = nameparts.DEGREE_BEHIND.sub("", text)
        text = nameparts.PLAIN_DEGREE.sub("", text)
    return text


def _person(given: str, family: str, after: str = "", lusophone: bool = False) -> Name:
    """A person's name with each part in its place; {} where nothing is left."""
    given, family = _bare(given), nameparts.FAMILY_DEGREE.sub("", _bare(family))
    if after and nameparts.ONLY_DEGREES.fullmatch(after):
        after = ""
    if behind := nameparts.SUFFIX_BEHIND.search(family):
        family, after = family[: behind.start()], after or behind[1]
    if behind := nameparts.SUFFIX_BEHIND.search(given):
        given, after = given[: behind.start()], after or behind[1]
    given, family, after = _suffixed(given.strip(" ,"), family.strip(" ,"), after)
    if not family:
        given, family = _split(given)
    given, family = _swapped(given, family)
    family = _STOP_BEHIND_NAME.sub("", family)
    given, family, dropping = _particles(given, family, lusophone)
    name: Name = {}
    if not nameparts.chosen_lower_case(family, given):
        capitals = family.isupper()
        given, family = given_letters(given, capitals), family_letters(family)
    if family:
        name["family"] = family
    if given:
        name["given"] = initials(given)
    if dropping:
        name["dropping-particle"] = dropping
    if after and (written := nameparts.suffix(after)):
        name["suffix"] = written
    return name


def _suffixed(given: str, family: str, after: str) -> tuple[str, str, str]:
    """A suffix that took the family name's place, "H. H. Shugart." + "Jr", with the name it follows."""
    if " " not in given:
        return given, family, after
    if family.casefold() in nameparts.LUSOPHONE_SUFFIXES and len(given.split()[-1].strip(".")) > 1:
        given, first = _split(given)
        return given, f"{first} {family}", after
    moved = nameparts.suffix(family)
    if moved is None or family.casefold() in ("v", "vi"):
        return given, family, after
    given, family = _split(given.rstrip(" ."))
    return given, family, after or moved


def _swapped(given: str, family: str) -> tuple[str, str]:
    """Given and family name the right way round where the family name is but initials: "Farsi" + "Z"."""
    bare = family.replace(".", "").replace(" ", "")
    if len(bare) > 4 or len(given) < 3 or not any(letter.islower() for letter in given[1:]):
        return given, family
    if len(bare) != 1 and not (_CONSONANTS.fullmatch(bare) and bare != "NG"):
        return given, family
    if _INITIALS.fullmatch(given):
        return given, family
    return " ".join(bare) if bare.isupper() else bare.upper(), given.rstrip(".")


def _particles(given: str, family: str, lusophone: bool) -> tuple[str, str, str]:
    """Particles at the end of the given name brought to the family name, or named as dropping ones.

    "Ivo van" + "Vulpen" is "van Vulpen"; in a Brazilian record "Elias Silva de" + "Medeiros" keeps
    "de" behind the given name.
    """
    words = given.split()
    place = len(words)
    while place > 1 and words[place - 1].casefold() in nameparts.PARTICLES and _is_particle(words[place - 1], family):
        place -= 1
    if place == len(words):
        return given, family, ""
    moved = words[place:]
    if set(moved) <= (nameparts.LUSOPHONE | {"de"} if lusophone else nameparts.LUSOPHONE):
        return " ".join(words[:place]), family, " ".join(moved)
    if moved[-1].isupper():
        moved = [word.capitalize() for word in moved]
    return " ".join(words[:place]), f"{' '.join(moved)} {family}", ""


def _is_particle(word: str, family: str) -> bool:
    """Whether it is written as one: in small letters, or in capitals as the family name is."""
    return word.islower() or (word.isupper() and len(word) > 1 and family.isupper())
