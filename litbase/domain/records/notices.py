"""Retractions, concerns, corrections and new versions, from the three places that tell of them.

Source: Crossref, "Retractions and corrections" (`updated-by` on the work, `update-to` on the
notice); publishers that mend a record in place give its own DOI in `update-to`.
"""

import re

from litbase.domain.records import shape
from litbase.domain.records.changes import Notice, NoticeKind, Relation
from litbase.domain.records.dates import iso
from litbase.domain.records.shape import Message

KINDS: dict[str, NoticeKind] = {
    "retraction": "retraction",
    "retracted": "retraction",
    "partial-retraction": "partial-retraction",
    "withdrawal": "withdrawal",
    "withdrawn": "withdrawal",
    "removal": "removal",
    "removed": "removal",
    "expression-of-concern": "concern",
    "concern": "concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "err": "correction",
    "addendum": "addendum",
    "clarification": "clarification",
    "new-version": "new-version",
    "new-edition": "new-edition",
}

_STATUS = "retracted|withdrawn|removed|partially retracted|temporary removal"
_PREFIX = re.compile(
    rf"[\[(]?({_STATUS})(?:\s+(?:article|paper|chapter|manuscript))?\s*(?:[\])]\s*:?|[:–—-])\s*", re.IGNORECASE
)
_SUFFIX = re.compile(
    rf"\s*(?:[\[(]\s*({_STATUS})(?:\s+(?:article|paper|chapter)[^\])]{{0,60}})?\s*[\])]"
    r"|[:–—-]\s*(RETRACTED|WITHDRAWN|REMOVED)(?: ARTICLE)?)\s*$",
    re.IGNORECASE,
)
_STATUS_KINDS: dict[str, NoticeKind] = {
    "retracted": "retraction",
    "partially retracted": "partial-retraction",
    "withdrawn": "withdrawal",
    "removed": "removal",
    "temporary removal": "removal",
}


def status(title: str) -> tuple[str, NoticeKind | None]:
    """A title without "RETRACTED:" or "(Withdrawn)", and what that said about the work.

    "Retraction of …" and "Correction to: …" are titles of notices; they stay.
    """
    lowered = title.casefold()
    if not any(word in lowered for word in ("retracted", "withdrawn", "remov")):
        return title, None
    prefix = _PREFIX.match(title)
    # "Withdrawn: Growing up with silence" may be a title; in capitals it is the publisher's stamp.
    if prefix and prefix.end() < len(title) and ("etracted" in prefix[1] or prefix[1].isupper()):
        return title[prefix.end() :], _STATUS_KINDS[" ".join(prefix[1].lower().split())]
    suffix = _SUFFIX.search(title)
    if suffix and suffix.start() > 0:
        word = suffix[1] or suffix[2]
        return title[: suffix.start()], _STATUS_KINDS[" ".join(word.lower().split())]
    return title, None


def notices(message: Message, from_title: NoticeKind | None = None) -> tuple[Notice, ...]:
    """All that is said for or against the work, once each, the gravest source first.

    An event told by publisher and Retraction Watch alike is one notice. A new version or edition
    under the work's own DOI is routine and none.
    """
    own = shape.doi(message.get("DOI"))
    found: dict[tuple[str, str, str], Notice] = {}
    for field in ("updated-by", "update-to"):
        for one in shape.mappings(message.get(field)):
            kind = _kind(one)
            other = shape.doi(one.get("DOI"))
            if kind is None or (kind in ("new-version", "new-edition") and other in ("", own)):
                continue
            this = field == "updated-by" or other in ("", own)
            said = shape.line(one.get("source"))
            notice = Notice(
                kind, other, iso(one.get("updated")), f"{field}:{said}" if said else field, "this" if this else "other"
            )
            found.setdefault((kind, other, notice.affects), notice)
    if from_title and not any(n.affects == "this" and n.kind == from_title for n in found.values()):
        found["title", "", "this"] = Notice(from_title, "", None, "title")
    return tuple(found.values())


def _kind(update: Message) -> NoticeKind | None:
    word = shape.line(update.get("type")) or shape.line(update.get("label"))
    return KINDS.get(word.lower().replace("_", "-").replace(" ", "-"))


def relations(message: Message) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    """The works this one is tied to, and further DOIs of the work itself.

    Source: Crossref, "Relationships between works"; "cites" is left to the reference list.
    """
    own = shape.doi(message.get("DOI"))
    ties: dict[Relation, None] = {}
    aliases = [doi for one in shape.lines(message.get("aliases")) if (doi := shape.doi(one))]
    for name, ends in shape.mapping(message.get("relation")).items():
        kind = shape.line(name).lower()
        for end in shape.mappings(ends):
            other = shape.doi(end.get("id"))
            if not other or other == own or kind in ("cites", "references"):
                continue
            if kind in ("is-identical-to", "is-same-as"):
                aliases.append(other)
            else:
                ties[Relation(kind, other)] = None
    return tuple(ties), tuple(dict.fromkeys(doi for doi in aliases if doi != own))
