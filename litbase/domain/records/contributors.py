"""Who made a work, in which role: lists of names put right, duplicates and addresses left out.

Source: Crossref work, `author`, `editor`, `translator`, `chair` and the `role` inside a contributor;
CSL 1.0.2, "Name Variables"; APA 7, 9.7–9.12.
"""

from litbase.domain.item import Name
from litbase.domain.records import nameparts, persons, shape
from litbase.domain.records.changes import Change, Part, altered
from litbase.domain.records.shape import Message
from litbase.domain.text import fold

ROLES = {"author": "author", "editor": "editor", "translator": "translator", "chair": "chair"}
_TOLD_ROLES = {
    "author": "author",
    "first-author": "author",
    "editor": "editor",
    "chair": "chair",
    "translator": "translator",
    "reviewer": "author",
    "review-assistant": "",
    "stats-reviewer": "",
    "reader": "",
}
# APA names no editors for these; Crossref has the journal's handling editor there.
_WITHOUT_EDITORS = frozenset({"article-journal", "article", "post-weblog", "thesis", "dataset"})


def contributors(message: Message, kind: str) -> Part:
    """The name variables of the item, each name once, and what had to be done to them."""
    lusophone = _lusophone(message)
    lists: dict[str, list[tuple[Name, str]]] = {}
    changes: list[Change] = []
    for field, role in ROLES.items():
        told_of: list[tuple[Message, list[Name]]] = []
        for given in shape.mappings(message.get(field)):
            told = _told_role(given) if field == "author" and "role" in given else None
            names = persons.people(given, lusophone)
            told_of.append((given, names))
            if told != "":
                orcid = shape.line(given.get("ORCID"))[-19:] if len(names) == 1 else ""
                lists.setdefault(told or role, []).extend((name, orcid) for name in names)
        changes += _told(field, told_of)
    fields = {role: _once(role, names, changes) for role, names in lists.items() if names}
    if kind in _WITHOUT_EDITORS and "editor" in fields:
        changes.append(Change("editor", _listed(fields.pop("editor")), "", "APA names no editors here"))
    if kind == "document" and "editor" in fields and "author" not in fields:
        fields["author"] = fields.pop("editor")
        changes.append(Change("author", "", _listed(fields["author"]), "the editor wrote it"))
    return Part(dict(fields), changes)


def _told_role(given: Message) -> str | None:
    """The role a contributor object names itself, in the form Crossref has used since 2026; None where it does not."""
    for one in shape.mappings(given.get("role")):
        role = shape.line(one.get("role")).lower()
        if role in _TOLD_ROLES:
            return _TOLD_ROLES[role]
    return None


def _once(role: str, names: list[tuple[Name, str]], changes: list[Change]) -> list[Name]:
    """Each name once, in order; an institution named after one person and another is their address.

    The same family name under the same ORCID is the same person, however the given name is spelt;
    so are "M. Reni" and "Michele Reni", as a list that mixes both has taken in another list.
    """
    seen: dict[tuple[str, str], Name] = {}
    known: dict[tuple[str, str], Name] = {}
    addresses: dict[tuple[str, str], None] = {}
    for name, orcid in names:
        literal = str(name.get("literal", ""))
        family, given = fold(literal or str(name.get("family", ""))), str(name.get("given", ""))
        key, short = (family, fold(given)), (family, fold(_initials(given)))
        if key in seen and literal and nameparts.PLACE.search(literal):
            addresses[key] = None
            continue
        other = known.get((family, orcid)) if orcid else None
        if key not in seen and other is None and given and short in known and _mixed(given, known[short]):
            other = known[short]
            other["given"] = max(given, str(other["given"]), key=len)
        if key in seen or other is not None:
            changes.append(Change(role, written(name), "", "named twice", True))
            continue
        seen[key] = known[family, orcid] = name
        known.setdefault(short, name)
    if len(addresses) < len(seen):
        changes += [Change(role, written(seen.pop(key)), "", "the authors' address", True) for key in addresses]
    return list(seen.values())


def _initials(given: str) -> str:
    return "".join(word[0] for word in given.replace("-", " ").split())


def _mixed(given: str, other: Name) -> bool:
    """Whether one of two given names is but the initials of the other."""
    return _is_short(given) != _is_short(str(other.get("given", "")))


def _is_short(given: str) -> bool:
    return all(len(word.strip(".")) == 1 for word in given.replace("-", " ").split())


def _told(field: str, told_of: list[tuple[Message, list[Name]]]) -> list[Change]:
    """What was done to the names of one field: one change each, and one for all whose letters alone changed."""
    changes, plain_before, plain_after = [], [], []
    for given, names in told_of:
        before = ", ".join([text for part in _PARTS if part in given and (text := shape.line(given[part]))])
        after = _listed(names)
        if before == after or not before:
            continue
        if _letters(before) == _letters(after):
            plain_before.append(before)
            plain_after.append(after)
        else:
            changes.append(Change(field, before, after, "name put right" if names else "no name", True))
    reason = "capitals, initials and hyphens as APA has them"
    return changes + altered(field, "; ".join(plain_before), "; ".join(plain_after), reason)


_WRITTEN = ("family", "given", "dropping-particle", "suffix")
_PARTS = ("family", "given", "suffix", "name")
_NO_LETTERS = str.maketrans("", "", " .-‐‑,")


def _letters(name: str) -> str:
    return fold(name).translate(_NO_LETTERS)


def written(name: Name) -> str:
    """A name on one line, family name first."""
    if "literal" in name:
        return str(name["literal"])
    return ", ".join([str(name[part]) for part in _WRITTEN if name.get(part)])


def _listed(names: list[Name]) -> str:
    return "; ".join(written(name) for name in names)


def _lusophone(message: Message) -> bool:
    """Whether the record is Brazilian or Portuguese, which matters to given names that end in "de" alone.

    By its language, else by its people's names and places.
    """
    people = shape.mappings(message.get("author")) + shape.mappings(message.get("editor"))
    if not any(isinstance(one.get("given"), str) and one["given"].rstrip().endswith(" de") for one in people):
        return False
    language = shape.line(message.get("language")).lower()[:2]
    if language == "pt":
        return True
    if language not in ("", "en", "es"):
        return False
    texts = [message.get("publisher")]
    for given in people:
        texts += [given.get("given"), given.get("family")]
        texts += [place.get("name") for place in shape.mappings(given.get("affiliation"))]
    return bool(nameparts.LUSOPHONE_SIGNS.search("\n".join(text for text in texts if isinstance(text, str))))
