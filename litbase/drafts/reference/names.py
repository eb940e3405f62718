"""The names an entry begins with, and those inside it: persons in every order people write, and groups.

Each way of writing is one function that reads a whole list or gives up; `authors` tries them in order.

Source: APA 7, 9.7–9.12.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litbase.domain.item import Name

from .letters import CAPITAL, INITIALS, PARTICLE, SUFFIX, UPPER

_FAMILY = (
    rf"(?:{PARTICLE}\s+){{0,3}}(?:(?:Mac|Nic)\s+an\s+)?(?:[dD]['’]|[dD]e)?{CAPITAL}(?:\s+(?:{PARTICLE}\s+){{0,2}}{CAPITAL}){{0,3}}"
    rf"|{PARTICLE}{CAPITAL}"
)
# "Stern, D. N.", "King, M. L., Jr.", "Stern, DN", with a username or role behind it.
_PERSON = re.compile(
    rf"(?P<family>{_FAMILY}|[a-z]+),?\s+(?P<given>(?!{SUFFIX}){INITIALS}"
    rf"(?:\s(?:de|d[ao]s?)\s{INITIALS}|\s{CAPITAL}(?=,\s+{SUFFIX}))?|(?:{UPPER}\s?){{1,3}}(?![^\W_])|[a-z]\.)"
    rf"(?P<suffix>,?\s+{SUFFIX})?(?P<rest>\s*[\[(][^()\[\]]{{1,60}}[\])])?"
)
# A name in one piece among inverted ones: "Airini, Anae, M.", "Đặng Hoàng Minh, Weiss, B."
_UNINVERTED = re.compile(rf"({CAPITAL}(?:\s+{CAPITAL}){{0,3}}),\s+(?=(?:&\s+)?(?:{_FAMILY}),\s+{INITIALS})")
_COMMA = re.compile(r"[^,]+,\s")
# "Stern DN", "van der Kolk BA"
_VANCOUVER = re.compile(
    rf"(?P<family>{_FAMILY})\s+(?P<given>{UPPER}{{1,4}})(?P<suffix>\s+{SUFFIX})?(?=[,.;:]|\s+and\b|\s*&|\s*$)"
)
# "D. N. Stern", "Judith L. Herman", "bell hooks"
_GIVEN_FIRST = re.compile(
    rf"(?P<given>(?:{INITIALS}|{CAPITAL})(?:\s+(?:{INITIALS}|{UPPER}\b|{CAPITAL}))*?)\s+"
    rf"(?P<family>(?:{PARTICLE}\s+){{0,3}}{CAPITAL})(?P<suffix>,?\s+{SUFFIX})?$"
)
_INITIALS_FIRST = re.compile(
    rf"(?P<given>{INITIALS}(?:\s*{CAPITAL})??)\s*(?P<family>(?:{PARTICLE}\s+){{0,3}}{CAPITAL}(?:\s+{CAPITAL}){{0,2}})"
    rf"(?P<suffix>,?\s+{SUFFIX})?$"
)
# "Herman, Judith L."
_FULL = re.compile(
    rf"(?P<family>{_FAMILY}|[a-z]+(?=, [a-z]+\b(?!\.\S))),\s+(?P<given>(?:{CAPITAL}|[a-z]+(?: [a-z]+)?$)"
    rf"(?:\s+(?:{INITIALS}|{UPPER}\b\.?|{CAPITAL})){{0,3}})(?P<suffix>,?\s+{SUFFIX})?"
)
_BETWEEN = re.compile(r"[\s,;]*(?:(?:&|\band\b|\bund\b|\bet\b(?!\s+al)|…|\.\s?\.\s?\.|\bwith\b)[\s,]*)*")
_OTHERS = re.compile(r"[\s,;&]*\bet\.?\s+al\b\.?|[\s,;&]*\band (?:others|colleagues)\b\.?")
_ROLE = re.compile(r"\s*[(\[]\s*(?P<role>[^()\[\]]{2,60})[)\]]\.?\s*")
_JOINT = re.compile(r",?\s+&\s+|,\s+and\s+|;\s+")
_ROLES = {
    "ed": "editor", "eds": "editor", "editor": "editor", "editors": "editor", "hrsg": "editor", "trans": "translator",
    "translator": "translator", "translators": "translator", "director": "director", "directors": "director",
    "host": "host", "hosts": "host", "guest": "guest", "guest expert": "guest", "producer": "producer",
    "producers": "producer", "executive producer": "executive-producer", "executive producers": "executive-producer",
    "writer": "script-writer", "writers": "script-writer", "narrator": "narrator", "chair": "chair", "chairs": "chair",
    "composer": "composer", "compiler": "compiler", "comp": "compiler", "comps": "compiler",
    "illustrator": "illustrator", "illus": "illustrator", "curator": "curator", "organizer": "organizer",
    "organizers": "organizer", "artist": "author", "singer": "performer",
}  # fmt: skip
GROUP = re.compile(
    r"\b(?:Academ(?:y|ies)|Administration|Agency|Alliance|Assembly|Associat(?:ion|ions|es)|Authority|Bank|Board|Bureau"
    r"|Cent(?:re|er)s?|Clinic|Coalition|Collaborati(?:on|ve)|Collective|College|Commission|Committee|Community"
    r"|Confederation|Congress|Consortium|Corporation|Council|Department|Directorate|Division|Federation|Forum"
    r"|Foundation|Government|Group|Health|Hospital|Initiative|Institut(?:e|es|ion)|International|Laborator(?:y|ies)"
    r"|League|Library|Ministry|Nations?|National|Network|Office|Organi[sz]ations?|Panel|Parliament|Partnership"
    r"|Press|Program(?:me)?|Project|Researchers?|School|Secretariat|Service|Services|Societ(?:y|ies)|Statistics"
    r"|Task Force|Taskforce|Team|Trust|Union|University|Inc|Ltd|Canada|Workgroup)\b"
)


class Contributors(NamedTuple):
    """Names with their role in CSL's words; `others` says that "et al." hides more. `families` as printed."""

    names: tuple[tuple[str, Name], ...]
    others: bool = False

    @property
    def families(self) -> tuple[str, ...]:
        """What each is cited by."""
        return tuple(_known(name) for _, name in self.names)


def _known(name: Name) -> str:
    if "literal" in name:
        return str(re.sub(r"\s*(?:\[[^\[\]]*\]|\([A-Z][\w&-]{1,11}\))$", "", str(name["literal"])))
    particle = name.get("non-dropping-particle")
    return f"{particle} {name['family']}" if particle else str(name["family"])


def authors(text: str, given: frozenset[str] = frozenset()) -> Contributors:
    """The names at the head of an entry. `given` are given names, folded, that tell "Ann Lee" from a group."""
    text = text.strip(" ,.;:") + ("." if re.search(rf"(?:\b{UPPER}|\bJr|\bSr|\bal)\.\s*$", text) else "")
    text, role = _role(text)
    # Who helped is named in the entry, and not cited. Source: APA 7, 9.8.
    text = re.sub(rf"(?<={UPPER}\.)\s+with\s+.+$", "", text)
    others = bool(_OTHERS.search(text))
    text = _OTHERS.sub("", text).strip(" ,")
    for read in (_inverted, _vancouver, _all_full, _full, _initials_first, _single):
        found = read(text)
        if found:
            return Contributors(tuple((one[0] or role, one[1]) for one in found), others)
    if given:
        named = [_given_first(part, given) for part in _parts(text)]
        if named and all(named):
            return Contributors(tuple((role, name) for name in named if name), others)
    return Contributors(tuple((role, {"literal": part}) for part in _groups(text)), others)


def given_first(text: str) -> tuple[Name, ...]:
    """Names in natural order, as editors stand inside an entry: "G. Y. Iwamasa & P. A. Hays"."""
    text = _OTHERS.sub("", text).strip(" ,")
    inverted = _inverted(text)
    if inverted:
        return tuple(name for _, name in inverted)
    found: list[Name] = []
    for part in _parts(text):
        one = _INITIALS_FIRST.match(part) or _GIVEN_FIRST.match(part)
        found.append(_name(one) if one else {"literal": part})
    return tuple(found)


def is_person(text: str) -> bool:
    """Whether a text begins with a person's name in reference order: "Stern, D. N."."""
    return _PERSON.match(text) is not None and _COMMA.match(text) is not None


def is_vancouver(text: str) -> bool:
    """Whether a text is names with bare initials behind them: "Stern DN, Sander LW, et al"."""
    return bool(_vancouver(_OTHERS.sub("", text).strip(" ,.")))


Found = list[tuple[str, Name]]


def _inverted(text: str) -> Found:
    """ "Stern, D. N., & Aron, L." with groups among them; nothing where no person is."""
    found: Found = []
    at, persons = 0, 0
    while at < len(text):
        one = _PERSON.match(text, at)
        if one and (one["given"].endswith(".") or "," in text[one.start() : one.start("given")]):
            rest = one["rest"] or ""
            found.append((_role_of(rest), _name(one, rest)))
            persons += 1
            at = one.end()
        else:
            alone = _UNINVERTED.match(text, at)
            if alone:
                found.append(("", {"literal": alone[1]}))
                at = alone.end()
                continue
            if not persons:
                return []
            joint = _JOINT.search(text, at)
            end = joint.start() if joint and joint.start() > at else len(text)
            group = re.split(r",\s+(?=" + rf"(?:{_FAMILY}),\s+{INITIALS})", text[at:end])[0].strip(" ,.")
            group = re.sub(r"^\(with\s+|\)$", "", group)
            natural = _INITIALS_FIRST.match(group)
            if group:
                found.append(("", _name(natural) if natural and not GROUP.search(group) else {"literal": group}))
            at = max(end, at + 1)
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
    return found


def _vancouver(text: str) -> Found:
    """ "Stern DN, Sander LW": all of it, or nothing."""
    return _all(_VANCOUVER, text)


def _all(pattern: re.Pattern[str], text: str) -> Found:
    found: Found = []
    at = 0
    while at < len(text):
        one = pattern.match(text, at)
        if not one:
            return []
        found.append(("", _name(one)))
        between = _BETWEEN.match(text, one.end())
        at = between.end() if between else one.end()
        at += len(text[at:]) - len(text[at:].lstrip(". "))
    return found


def is_full(text: str) -> bool:
    """Whether a text is nothing but names with given names in full, family names first."""
    text = text.strip(" ,.")
    return bool(_all_full(text) or _full(text))


def _all_full(text: str) -> Found:
    """ "Anda, Robert F., Porter, Laura E., & Brown, David W.": two or more, and nothing else."""
    found = _all(_FULL, text)
    return found if len(found) > 1 and not any(GROUP.search(one[1]["family"]) for one in found) else []


def _full(text: str) -> Found:
    """ "Herman, Judith L., and Bessel van der Kolk", as MLA and Chicago have it."""
    first = _FULL.match(text)
    if not first or GROUP.search(first[0]):
        return []
    found: Found = [("", _name(first))]
    rest = text[first.end() :].strip()
    if not rest:
        # "Smith, Jones" is two names; a given name alone is believed where it comes with more.
        return found if len(first["given"].split()) > 1 or text.count(",") == 1 else []
    if not re.match(r"[,;&]|and\b", rest):
        return []
    for part in _parts(re.sub(r"^[\s,;&]*(?:and\s+)?", "", rest)):
        inverted = _FULL.fullmatch(part)
        one = inverted or _INITIALS_FIRST.match(part) or _GIVEN_FIRST.match(part)
        if not one:
            return []
        found.append(("", _name(one)))
    return found


def _initials_first(text: str) -> Found:
    """ "D. N. Stern and L. Aron": every part, or nothing."""
    found: Found = []
    for part in _parts(text):
        one = _INITIALS_FIRST.match(part)
        if not one or GROUP.search(part):
            return []
        found.append(("", _name(one)))
    return found


def _single(text: str) -> Found:
    """Names of one word each: "First, Second, & Third"."""
    parts = _parts(text)
    alone = len(parts) > 2 and ("&" in text or " and " in text) and all(re.fullmatch(CAPITAL, part) for part in parts)
    return [("", {"family": part}) for part in parts] if alone else []


def _given_first(part: str, given: frozenset[str]) -> Name | None:
    one = _GIVEN_FIRST.match(part)
    if not one or GROUP.search(part) or one["given"].split()[0].strip(".").lower() not in given:
        return None
    return _name(one)


def _parts(text: str) -> list[str]:
    """A list of names at its commas and its "and"; generations stay with their name."""
    text = re.sub(rf",\s+({SUFFIX})", r" \1", text)
    return [part for part in re.split(r",?\s+(?:&|and)\s+|[,;]\s*(?:&\s*|and\s+)?", text) if part.strip()]


def _groups(text: str) -> Iterator[str]:
    """One group, or two joined by an ampersand where each is one by itself."""
    halves = re.split(r",?\s+&\s+", text)
    parted = re.split(r",\s+&\s+", text)
    if len(parted) == 2 and not GROUP.search(text):
        yield from parted
    elif len(halves) > 1 and all(len(half.split()) > 1 for half in halves) and _are_groups(halves):
        yield from halves
    elif text:
        yield text


def _are_groups(halves: list[str]) -> bool:
    """Whether each half is a group, and not "Health & Human Services" cut in two."""
    ends = all(GROUP.fullmatch(half.split()[-1]) for half in halves[:-1])
    return ends or all(GROUP.search(half) for half in halves)


def _name(found: re.Match[str], rest: str = "") -> Name:
    family = " ".join(found["family"].split())
    given = found["given"].strip()
    if re.fullmatch(rf"(?:{UPPER}\s?)+", given) and len(given.replace(" ", "")) <= 4:
        given = " ".join(f"{letter}." for letter in given.replace(" ", ""))
    name: Name = {"family": family, "given": re.sub(rf"\.(?={UPPER})", ". ", given)}
    if found["suffix"]:
        name["suffix"] = found["suffix"].strip(" ,")
    user = re.search(r"\[(@[^\[\]]+)\]", rest)
    if user:
        name["given"] = f"{name['given']} [{user[1]}]"
    return name


def _role(text: str) -> tuple[str, str]:
    """The text without a role at its end that holds for all its names, and that role."""
    found = next(reversed(list(_ROLE.finditer(text))), None)
    if found and found.end() >= len(text.rstrip(" .")) and _role_of(found[0]):
        before = text[: found.start()]
        if not _ROLE.search(before) or found["role"].rstrip(".").lower().endswith("s"):
            return before.rstrip(" ,"), _role_of(found[0])
    return text, "author"


def _role_of(text: str) -> str:
    found = _ROLE.match(text)
    if not found:
        return ""
    words = re.split(r"\s*(?:&|,|and)\s*", found["role"].strip(" ."))
    return next((role for word in words if (role := _ROLES.get(word.strip(" .").lower()))), "")
