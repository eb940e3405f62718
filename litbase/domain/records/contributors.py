"""Who made a work, in which role: lists of names put right, duplicates and addresses left out.

Source: Crossref work, `author`, `editor`, `translator`, `chair` and the `role` inside a contributor;
CSL 1.0.2, "Name Variables"; APA 7, 9.7–9.12.
"""

from litbase.domain.item import Name
from litbase.domain.records import nameparts, persons, shape
from litbase.domain.records.changes import Change, Part
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
    lists: dict[str, list[Name]] = {}
    changes: list[Change] = []
    for field, role in ROLES.items():
        for given in shape.mappings(message.get(field)):
            told = _told_role(given) if field == "author" else None
            names = [name for name in persons.people(given, lusophone) if name]
            _note(field, given, names, changes)
            if told != "":
                lists.setdefault(told or role, []).extend(names)
    for role, names in lists.items():
        lists[role] = _once(role, names, changes)
    if kind in _WITHOUT_EDITORS and (editors := lists.pop("editor", None)):
        changes.append(Change("editor", _listed(editors), "", "APA names no editors here"))
    if kind == "document" and not lists.get("author") and lists.get("editor"):
        lists["author"] = lists.pop("editor")
        changes.append(Change("author", "", _listed(lists["author"]), "the editor wrote it"))
    return Part({role: names for role, names in lists.items() if names}, changes)


def _told_role(given: Message) -> str | None:
    """The role a contributor object names itself, in the form Crossref has used since 2026; None where it does not."""
    for one in shape.mappings(given.get("role")):
        role = shape.line(one.get("role")).lower()
        if role in _TOLD_ROLES:
            return _TOLD_ROLES[role]
    return None


def _once(role: str, names: list[Name], changes: list[Change]) -> list[Name]:
    """Each name once, in order."""
    seen: dict[tuple[str, str], Name] = {}
    for name in names:
        key = (fold(str(name.get("literal") or name.get("family", ""))), fold(str(name.get("given", ""))))
        if key in seen:
            changes.append(Change(role, written(name), "", "named twice", True))
        else:
            seen[key] = name
    return list(seen.values())


def _note(field: str, given: Message, names: list[Name], changes: list[Change]) -> None:
    """One change for a contributor that came out otherwise; a stop or blank at an initial is not told."""
    before = ", ".join(text for part in ("family", "given", "suffix", "name") if (text := shape.line(given.get(part))))
    after = _listed(names)
    if before == after or fold(before).replace(".", "").replace(" ", "") == fold(after).replace(".", "").replace(
        " ", ""
    ):
        if before != after:
            changes.append(Change(field, before, after, "capitals and initials as APA writes them"))
        return
    if before:
        changes.append(Change(field, before, after, "name put right" if names else "no name", True))


def written(name: Name) -> str:
    """A name on one line, family name first."""
    if "literal" in name:
        return str(name["literal"])
    return ", ".join(str(name[part]) for part in ("family", "given", "dropping-particle", "suffix") if name.get(part))


def _listed(names: list[Name]) -> str:
    return "; ".join(written(name) for name in names)


def _lusophone(message: Message) -> bool:
    """Whether the record is Brazilian or Portuguese: by its language, else by its people's names and places."""
    language = shape.line(message.get("language")).lower()[:2]
    if language == "pt":
        return True
    if language not in ("", "en", "es"):
        return False
    for given in shape.mappings(message.get("author")):
        texts = [given.get("given"), given.get("family")]
        texts += [place.get("name") for place in shape.mappings(given.get("affiliation"))]
        if any(isinstance(text, str) and nameparts.LUSOPHONE_SIGNS.search(text) for text in texts):
            return True
    return False
