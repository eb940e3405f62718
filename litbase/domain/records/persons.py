"""One person's or group's name put right: each part in its place, in its letters, nothing else in it.

Source: Crossref work, contributor objects (`given`, `family`, `name`, `suffix`); CSL 1.0.2,
"Name Variables"; APA 7, 9.7–9.12.
"""

import re
from collections.abc import Iterator

from litbase.domain.item import Name
from litbase.domain.records import markup, nameparts, shape
from litbase.domain.records.shape import Message
from litbase.domain.text import clean_line

_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "\u00ad": "", "\u200b": "", "`": "’", "´": "’"})
_EDGES = " ,;:*†‡§¶#|/\\_"
_QUOTED = re.compile(r"^[“\"‘][^”\"’]{1,20}[”\"’]\s+(?=\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_STUCK_INITIALS = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_BARE_INITIAL = re.compile(r"(?<![\w.’'-])([^\W\d_])(?![\w.’'])(?=-|\s|$)|(?<=-)([^\W\d_])(?![\w.’'])(?=\s|$|-)")
_DOUBLE_STOP = re.compile(r"\.{2,}")
_STOP_BEHIND_NAME = re.compile(r"(?<=[^\W\d_]{4})\.$")
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,4}")
_WORD = re.compile(r"[^\W\d_]+")
_TURKISH = re.compile(r"[İıĞğŞş]")
_LETTER_APOSTROPHE = re.compile(r"^([DOLMdolm])([’'])\s*(?=\w)")


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
    if family and nameparts.is_group(family) and (not given or nameparts.is_filler(given) or _prose(given, family)):
        whole = family if nameparts.is_filler(given) and not given.casefold().endswith("the") else f"{given} {family}"
        return _group_or_person(whole.strip())
    if not given or not family:
        return [_person(*parts, lusophone) for parts in _whole(family or given, after)]
    return [name] if (name := _person(given, family, after, lusophone)) else []


def _part(value: object) -> str:
    text = clean_line(markup.plain(shape.raw(value))).translate(_HYPHENS).strip(_EDGES)
    return "" if nameparts.JUNK.fullmatch(text) or not _WORD.search(text) else text


def _prose(given: str, family: str) -> bool:
    """Whether a group's name was cut in two: "Gastroenterology" + "Research and Practice"."""
    return " and " in family or " of " in family


def _group_or_person(group: str) -> list[Name]:
    """A group as a literal; a person whose name stands in the group's field as a person; [] for an address."""
    if nameparts.is_affiliation(group):
        return []
    if not nameparts.is_group(group) and (
        re.fullmatch(r"[\w’'-]+(?: [\w’'-]+)?, [\w.’' -]+", group) or _spelt_out(group)
    ):
        return [_person(*parts) for parts in _whole(group, "")]
    group = nameparts.ON_BEHALF.sub("", group)
    return [{"literal": re.sub(r"(?<=\w{4})\.$", "", group)}]


def _spelt_out(name: str) -> bool:
    """Whether a name has an initial amid two or three capitalised words, as only people's names do."""
    return bool(re.fullmatch(r"[^\W\d_a-z][\w’'-]+ (?:[^\W\d_a-z]\. ?){1,2} ?[^\W\d_a-z][\w’'-]+", name))


def _whole(text: str, after: str) -> Iterator[tuple[str, str, str]]:
    """The persons in one field as (given, family, suffix)."""
    text = _bare(text)
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
            return [one for one in text.split(mark) if _WORD.search(one)][:200]
    names = [one.strip() for one in re.split(r",|\s+(?:and|&|und|et)\s+", text) if one.strip()]
    if len(names) < 2 or not (
        len(names) > 2 or re.search(r"\s(?:and|&)\s", text) or (_is_full(names[0]) and _is_full(names[1]))
    ):
        return [text]
    full = [one for one in names if " " in one]
    return full[:200] if len(full) > 1 and _is_full(full[0]) else [text]


def _is_full(name: str) -> bool:
    """Whether a text is a whole name, given name first: an initial or word, then a family name."""
    words = name.split()
    return len(words) > 1 and len(words[-1].strip(".")) > 2 and words[0].casefold() not in nameparts.PARTICLES


def _split(name: str) -> tuple[str, str]:
    """A whole name without a comma as given and family name."""
    words = name.split()
    if len(words) < 2:
        return "", name
    if len(words) == 2 and words[0].casefold() in nameparts.KOREAN_FAMILIES and "-" in words[1]:
        return words[1], words[0]
    place = len(words) - 1
    while (
        place > 1
        and words[place - 1].casefold() in nameparts.PARTICLES
        and words[place - 1].casefold() not in ("e", "y", "i")
    ):
        place -= 1
    return " ".join(words[:place]), " ".join(words[place:])


def _bare(text: str) -> str:
    """A name without titles before it, degrees behind it and a nickname in quotation marks."""
    text = _QUOTED.sub("", text)
    if "." in text or text[:2] in ("Dr", "Pr", "Mr", "Ms", "Mx", "Mi"):
        text = nameparts.HONORIFIC.sub("", text)
    text = nameparts.DEGREE_BEHIND.sub("", text)
    return nameparts.PLAIN_DEGREE.sub("", text)


def _person(given: str, family: str, after: str = "", lusophone: bool = False) -> Name:
    """A person's name with each part in its place; {} where nothing is left."""
    given, family = _bare(given), _bare(family)
    if nameparts.ONLY_DEGREES.fullmatch(after):
        after = ""
    for part, text in (("family", family), ("given", given)):
        if behind := nameparts.SUFFIX_BEHIND.search(text):
            after = after or behind[1]
            family, given = (text[: behind.start()], given) if part == "family" else (family, text[: behind.start()])
    if given and (moved := nameparts.suffix(family)) is not None and family.casefold() not in ("v", "vi"):
        after = after or moved
        given, family = _split(given.rstrip(" ."))
    given, family = given.strip(" ,"), family.strip(" ,")
    if not family:
        given, family = _split(given)
    given, family = _swapped(given, family)
    family = _STOP_BEHIND_NAME.sub("", family)
    given, family, dropping = _particles(given, family, lusophone)
    capitals = family.isupper()
    name: Name = {}
    if family:
        name["family"] = family_letters(family, given)
    if given:
        name["given"] = initials(given_letters(given, capitals))
    if dropping:
        name["dropping-particle"] = dropping
    if after and (written := nameparts.suffix(after) or (after if nameparts.suffix(after) is None else "")):
        name["suffix"] = written
    return name


def _swapped(given: str, family: str) -> tuple[str, str]:
    """Given and family name the right way round where the family name is but initials: "Farsi" + "Z"."""
    bare = family.replace(".", "").replace(" ", "")
    single = len(bare) == 1 or bool(_CONSONANTS.fullmatch(bare) and bare not in ("NG",))
    if single and len(given) > 2 and not _INITIALS.fullmatch(given) and re.search(r"[a-zà-ÿ]{2}", given):
        return (" ".join(bare) if len(bare) > 1 else bare), given.rstrip(".")
    return given, family


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
    if all(w in nameparts.LUSOPHONE for w in moved) or (
        lusophone and all(w in nameparts.LUSOPHONE or w == "de" for w in moved)
    ):
        return " ".join(words[:place]), family, " ".join(moved)
    if moved[-1].isupper():
        moved = [word.capitalize() for word in moved]
    return " ".join(words[:place]), f"{' '.join(moved)} {family}", ""


def _is_particle(word: str, family: str) -> bool:
    return word.islower() or (word.isupper() and len(word) > 1 and family.isupper())


def family_letters(family: str, given: str) -> str:
    """A family name with capitals where it has them: "MCDONALD" is McDonald, "VAN DER BERG" van der Berg.

    A name in small letters gets its capital, unless the person is known to want none.
    """
    if family.islower() and " " not in family:
        return family if nameparts.chosen_lower_case(family, given) else family[:1].upper() + family[1:]
    if not any(len(word) > 1 and word.isupper() for word in re.split(r"[\s-]", family)):
        return family
    words = family.split(" ")
    several = len(words) > 1
    return " ".join(_name_word(word, several and place < len(words) - 1) for place, word in enumerate(words))


def _name_word(word: str, leading: bool) -> str:
    """One word in capitals as a name's word; a particle before another in small letters."""
    if not word.isupper() or len(word.strip(".-’'")) < 2:
        return word
    if leading and word.casefold() in ("van", "von", "der", "den", "de", "la", "del", "du", "da", "dos", "di", "zu"):
        return word.lower()
    if word in ("II", "III", "IV"):
        return word
    return "-".join(_capitalised(part) for part in word.split("-"))


def _capitalised(word: str) -> str:
    if _TURKISH.search(word):
        return word[:1] + word[1:].replace("I", "ı").replace("İ", "i").lower()
    if found := _LETTER_APOSTROPHE.match(word):
        return found[1] + found[2] + _capitalised(word[found.end() :])
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    return word[:1] + word[1:].lower()


def given_letters(given: str, capitals: bool) -> str:
    """A given name with capitals where it has them; short ones without a vowel are initials."""
    if given.islower() and len(given) > 1 and " " not in given and not capitals:
        return given
    return " ".join(_given_word(word, capitals) for word in given.split(" "))


def _given_word(word: str, capitals: bool) -> str:
    bare = word.strip(".")
    if not bare.isupper() or len(bare) < 2 or "." in bare:
        return word
    if "-" in bare:
        return "-".join(_given_word(part, capitals) for part in word.split("-"))
    if len(bare) < 4 and bare.isascii() and not _speakable(bare, capitals):
        return " ".join(f"{letter}." for letter in bare)
    return _capitalised(bare) if capitals or len(bare) > 3 else word


def _speakable(word: str, capitals: bool) -> bool:
    """Whether two or three capitals are a name, as "BO" and "TOM" amid capitals, and no initials."""
    vowels = [letter in "AEIOUY" for letter in word]
    if not capitals:
        return False
    return (
        (vowels[1] and not vowels[0])
        if len(word) == 2
        else vowels in ([False, True, False], [True, False, True], [False, True, True])
    )


def initials(given: str) -> str:
    """Initials with a stop and a blank each: "J.H.T.", "J H T" and "J. H. T." alike are "J. H. T."."""
    given = _DOUBLE_STOP.sub(".", given)
    given = _STUCK_INITIALS.sub(" ", given)
    return _BARE_INITIAL.sub(lambda found: f"{found[1] or found[2]}." if found[0].isupper() else found[0], given)
