"""Names as BibTeX and RIS write them, made CSL's. Particles stay with the family name, as litbase keeps them.

Source: BibTeX, "Tame the BeaST", 11 (the forms of a name); biblatex manual, 3.7 (name parts);
RIS Format Specifications, "AU".
"""

import re
from collections.abc import Iterator

from litbase.domain.item import Name
from litbase.domain.records import nameparts, persons
from litbase.domain.text import clean_line

from . import latex

_OTHERS = re.compile(r"(?:others|et\.?\s+al\.?)\.?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_PART = re.compile(r"(given|family|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.DOTALL)


def bibtex(value: str) -> list[Name]:
    """The names of an author or editor field; "and others" names nobody."""
    names = (_bibtex(text.strip()) for text in _outside(value, _AND))
    return [name for name in names if any(name.values())]


def ris(text: str) -> list[Name]:
    """The name on one line of RIS: `Family, Given, Suffix`, or a group's name without a comma."""
    parts = [clean_line(part) for part in text.split(",")]
    if len(parts) > 1 and parts[0] and not nameparts.is_group(text):
        return [_person(parts[0], " ".join(filter(None, parts[1:2])), " ".join(filter(None, parts[2:])))]
    group = clean_line(text).rstrip(",")
    if not group or _OTHERS.fullmatch(group):
        return []
    known = " " not in group and (not group.isupper() or len(group.strip(".")) < 2)
    return [{"family": group}] if known else persons.people({"name": group})


def _bibtex(text: str) -> Name:
    """One name; {} for none."""
    if not text or _OTHERS.fullmatch(text):
        return {}
    if _is_braced(text):
        return {"literal": clean_line(latex.text(text))}
    parts = list(_outside(text, re.compile(r"\s*,\s*")))
    if any(_PART.match(part) for part in parts):
        return _extended(parts)
    if len(parts) == 1:
        return _in_order(text)
    family, *rest = parts
    given, suffix = (rest[1], rest[0]) if len(rest) > 1 else (rest[0], "")
    if nameparts.suffix(_shown(given)) and len(rest) > 1:  # Family, Given, Jr. as many type it
        given, suffix = suffix, given
    if not _shown(given) and not suffix:
        return _alone(family)
    return _person(_shown(family), _shown(given), _shown(suffix))


def _alone(text: str) -> Name:
    shown = _shown(text)
    return {"literal": shown} if " " in shown or nameparts.is_group(shown) else {"family": shown}


def _in_order(text: str) -> Name:
    """A name without a comma: given names, particles in small letters, family name."""
    shown = _shown(text)
    if nameparts.is_group(shown):
        return {"literal": shown}
    words = [word for word in _outside(text, re.compile(r"[\s~]+")) if word]
    if len(words) < 2:
        return {"family": shown}
    first = next((at for at, word in enumerate(words[:-1]) if at and _is_small(word)), len(words) - 1)
    # A suffix without a comma, "Ann Lee Jr.", is no family name.
    last = len(words) - 1 if len(words) - first > 1 and nameparts.suffix(_shown(words[-1])) else len(words)
    if last == len(words) and first == len(words) - 1 and len(words) > 2 and nameparts.suffix(_shown(words[-1])):
        first, last = first - 1, last - 1
    given, family, suffix = words[:first], words[first:last], words[last:]
    return _person(*(_shown(" ".join(part)) for part in (family, given, suffix)))


def _is_small(word: str) -> bool:
    """Whether a word counts as a particle: its first letter outside of braces is small."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = [c for c in latex.text(word) if c.isalpha()]
    return bool(letters) and letters[0].islower()


def _extended(parts: list[str]) -> Name:
    """biblatex's `given=Daniel, family=Stern, prefix=von`."""
    found = {match[1]: _shown(match[2].strip('" ')) for part in parts if (match := _PART.match(part))}
    family = " ".join(filter(None, (found.get("prefix", ""), found.get("family", ""))))
    return _person(family, found.get("given", ""), found.get("suffix", ""))


def _person(family: str, given: str, suffix: str) -> Name:
    """A person's name; a particle that the file puts behind the given name is one to be cited there."""
    words = given.split()
    kept = len(words)
    while kept > 1 and words[kept - 1].islower() and words[kept - 1] in nameparts.PARTICLES:
        kept -= 1
    written = (nameparts.suffix(suffix) or suffix) if suffix else ""
    name = {
        "family": family,
        "given": " ".join(words[:kept]),
        "dropping-particle": " ".join(words[kept:]),
        "suffix": written,
    }
    return {part: text for part, text in name.items() if text}


def _shown(text: str) -> str:
    return clean_line(latex.text(text))


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for at, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return at == len(text) - 1
    return False


def _outside(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """The parts of a text between separators that stand outside of braces."""
    if "{" not in text:
        yield from separator.split(text)
        return
    depth, begin = 0, 0
    for found in re.compile(rf"\\.|[{{}}]|{separator.pattern}", separator.flags | re.DOTALL).finditer(text):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif depth == 0 and not found[0].startswith("\\"):
            yield text[begin : found.start()]
            begin = found.end()
    yield text[begin:]
