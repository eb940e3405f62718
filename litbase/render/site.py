"""A reading list as one HTML page that works from a file: works, public notes, concepts, and a search among them.

Without a script it is a whole page, and a concept's address still narrows it; with its one script it
can be searched. The content security policy names the script and the style sheets by their hashes
and lets nothing else in. The page's second line tells that litbase wrote it, and whether it is still
as it was written.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from litbase.domain.inline import Inlines
from litbase.domain.text import fold

from .html import escaped, inline
from .site_script import SCRIPT
from .site_style import STYLE, unscripted


class Kept(NamedTuple):
    """A public note; `kind` is `note`, `quotation` or `plain words`, and `locator` may be empty."""

    kind: str
    text: str
    locator: str


class Work(NamedTuple):
    """A work of the list: its entry, what is said of it, and its concepts as positions among the site's.

    `concepts` are its own, `under` these and all broader ones.
    """

    id: str
    entry: Inlines
    kept: tuple[Kept, ...]
    concepts: tuple[int, ...]
    under: tuple[int, ...]
    warnings: tuple[str, ...] = ()


class Concept(NamedTuple):
    """A concept of the list, with the positions of those directly above and under it.

    `works` counts the works under it at any depth.
    """

    name: str
    definition: str
    aliases: tuple[str, ...]
    broader: tuple[int, ...]
    narrower: tuple[int, ...]
    works: int


class Site(NamedTuple):
    """All that a reading list shows; works in the order of a reference list, concepts by name."""

    title: str
    about: str
    works: tuple[Work, ...]
    concepts: tuple[Concept, ...]


_MARK = "<!-- litbase site "
_MARKED = re.compile(re.escape(f"<!DOCTYPE html>\n{_MARK}") + r"([0-9a-f]{64}) -->\n(.*)", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
# What could end the block of JSON, or be taken for markup within it.
_JSON_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def page(site: Site) -> str:
    """The page; the same site gives the same bytes.

    Source: Content Security Policy Level 3, "Usage of hashes"; DPUB-ARIA 1.1, doc-bibliography.
    """
    body = "\n".join([*_head(site), *_body(site), ""])
    return f"<!DOCTYPE html>\n{_MARK}{_digest(body)} -->\n{body}"


def written_by(text: str) -> Literal["litbase", "both", "others"]:
    """Who wrote a page: litbase, litbase and then somebody's hand, or others."""
    found = _MARKED.fullmatch(text)
    if found is None:
        return "others"
    return "litbase" if found[1] == _digest(found[2]) else "both"


def _head(site: Site) -> Iterator[str]:
    plainly = unscripted(f"c{number}" for number in range(len(site.concepts)))
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(plainly)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    if site.about:
        yield f'<meta name="description" content="{escaped(" ".join(site.about.split()))}">'
    yield f"<title>{escaped(site.title)}</title>"
    yield f"<style>{STYLE}</style>"
    yield f"<noscript><style>{plainly}</style></noscript>"
    yield "</head>"


def _policy(plainly: str) -> str:
    styles = " ".join(f"'sha256-{_hash(sheet)}'" for sheet in (STYLE, plainly))
    script = f"'sha256-{_hash(SCRIPT)}'"
    return f"default-src 'none'; script-src {script}; style-src {styles}; base-uri 'none'; form-action 'none'"


def _body(site: Site) -> Iterator[str]:
    anchors = _anchors(concept.name for concept in site.concepts)
    yield "<body>"
    yield '<a class="skip" href="#works">Skip to the works</a>'
    yield f'<header><h1 dir="auto">{escaped(site.title)}</h1>'
    yield from (f'<p dir="auto">{escaped(words)}</p>' for words in _paragraphs(site.about))
    yield "</header>"
    yield "<main>"
    yield from _tools(site, anchors)
    yield '<section class="works" id="works" role="doc-bibliography" aria-labelledby="works-h">'
    yield '<h2 id="works-h">Works</h2>'
    yield (
        f'<div class="bar"><p class="told" id="told" role="status">{_counted(len(site.works))}</p>'
        '<button type="button" class="all" id="all" hidden>Show all</button></div>'
    )
    for number, concept in enumerate(site.concepts):
        yield from _panel(site, number, concept, anchors)
    yield '<ul class="list" id="list" role="list">'
    names = _anchors(work.id for work in site.works)
    for work, name in zip(site.works, names, strict=True):
        yield from _work(site, work, name, anchors)
    yield "</ul>"
    yield "</section>"
    yield "</main>"
    yield "<footer><p>References in APA 7 style.</p></footer>"
    yield f'<script type="application/json" id="index">{_index(site, anchors)}</script>'
    yield f"<script>{SCRIPT}</script>"
    yield "</body>"
    yield "</html>"


def _tools(site: Site, anchors: Sequence[str]) -> Iterator[str]:
    """The search, which the script uncovers, and the concepts."""
    yield '<div class="tools">'
    yield '<div id="search" role="search" hidden><label for="words">Search the list</label>'
    yield '<input type="search" id="words" autocomplete="off" spellcheck="false"></div>'
    yield f'<nav aria-label="Concepts"{"" if site.concepts else " hidden"}>'
    yield '<details id="concepts"><summary>Concepts</summary><ul role="list">'
    for concept, anchor in zip(site.concepts, anchors, strict=True):
        count = f'<span class="count">{concept.works:,}</span><span class="unseen"> works</span>'
        name = f'<bdi>{escaped(concept.name)}</bdi> <span class="number">{count}</span>'
        yield f'<li><a href="#concept-{anchor}">{name}</a></li>'
    yield "</ul></details></nav>"
    yield "</div>"


def _panel(site: Site, number: int, concept: Concept, anchors: Sequence[str]) -> Iterator[str]:
    """What a concept means, and what stands above and under it: in sight when it is chosen."""
    yield f'<div class="panel c{number}" id="concept-{anchors[number]}" tabindex="-1" hidden>'
    yield f'<h3 dir="auto">{escaped(concept.name)}</h3>'
    yield from (f'<p dir="auto">{escaped(words)}</p>' for words in _paragraphs(concept.definition))
    for about, numbers in (("Broader", concept.broader), ("Narrower", concept.narrower)):
        if numbers:
            yield f'<p class="about">{about}: {_links(site, numbers, anchors)}</p>'
    yield '<p class="about unscripted"><a href="#works">Show all works</a></p>'
    yield "</div>"


def _work(site: Site, work: Work, anchor: str, anchors: Sequence[str]) -> Iterator[str]:
    classes = " ".join(f"c{number}" for number in work.under)
    yield f'<li id="ref-{anchor}"' + (f' class="{classes}">' if classes else ">")
    yield f'<p class="entry" dir="auto">{inline(work.entry, True)}</p>'
    yield from (f'<p class="warned">{escaped(warning)}</p>' for warning in work.warnings)
    yield from map(_kept, sorted(work.kept, key=lambda kept: _ORDER.index(kept.kind)))
    if work.concepts:
        yield f'<p class="about"><span class="unseen">Concepts: </span>{_links(site, work.concepts, anchors)}</p>'
    yield "</li>"


_ORDER = ("plain words", "quotation", "note")


def _kept(kept: Kept) -> str:
    place = f" ({kept.locator})" if kept.locator else ""
    if kept.kind == "quotation":
        *others, last = _paragraphs(f"“{kept.text.strip()}”") or [""]
        inside = "".join(f"<p>{escaped(words)}</p>" for words in (*others, last + place))
        return f'<blockquote dir="auto">{inside}</blockquote>'
    look = "plainly" if kept.kind == "plain words" else "note"
    *others, last = _paragraphs(kept.text) or [""]
    inside = "</p><p>".join(map(escaped, (*others, last + place)))
    return f'<div class="{look}" dir="auto"><p>{inside}</p></div>'


def _links(site: Site, numbers: Iterable[int], anchors: Sequence[str]) -> str:
    """Concepts as links, each in its own direction of writing."""
    return " · ".join(
        f'<a href="#concept-{anchors[number]}"><bdi>{escaped(site.concepts[number].name)}</bdi></a>'
        for number in numbers
    )


def _index(site: Site, anchors: Sequence[str]) -> str:
    """What the script must know beside what stands on the page: each work's concepts, and their other names."""
    concepts = [
        {"id": anchor, "words": " ; ".join((concept.name, *concept.aliases))}
        for concept, anchor in zip(site.concepts, anchors, strict=True)
    ]
    index = {"concepts": concepts, "works": [work.under for work in site.works]}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)


def _anchors(names: Iterable[str]) -> list[str]:
    """For each name letters that may stand in an address as they are, no two alike: `secure-base`."""
    taken: dict[str, None] = {}
    for position, name in enumerate(names, 1):
        slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or str(position)
        number, found = 2, slug
        while found in taken:
            number, found = number + 1, f"{slug}-{number}"
        taken[found] = None
    return list(taken)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _BLANK_LINES.split(text.strip()) if part.strip()]


def _counted(count: int) -> str:
    return f"{count:,} work" if count == 1 else f"{count:,} works"


def _digest(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def _hash(text: str) -> str:
    """A script or style sheet as a content security policy names it."""
    from base64 import b64encode
    from hashlib import sha256

    return b64encode(sha256(text.encode()).digest()).decode()
