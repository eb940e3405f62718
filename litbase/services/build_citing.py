"""From the citations of a draft to their texts: one set of works for all of it, groups named in full once.

What the writer has put before and behind a work (`see also`, `and *passim*`) travels as a token through
the engines and comes out as it was written, markup and all.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from litbase import apa, csl
from litbase.domain.cite import Cite
from litbase.domain.inline import Inline, Inlines, Link, Text, plain
from litbase.domain.item import Item
from litbase.drafts.pandoc import Citation, Cited

Href = Callable[[str], str]


class Wanted(NamedTuple):
    """What is to be made of a draft: a format (empty: the draft's own), a style, the list's heading, links or none."""

    form: str = ""
    style: str = "apa"
    heading: str = "References"
    linked: bool = True


# Tokens are private-use characters that no engine and no writer touches.
_OPEN, _BEHIND, _CLOSE = "\U000ffff0", "\U000ffff1", "\U000ffff2"
_TOKEN = re.compile(f"(?:,? )?{_BEHIND}(\\d+){_CLOSE}|{_OPEN}(\\d+){_CLOSE}")


class Kept:
    """Pieces of finished text under tokens, to be put in when all else is written."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def token(self, piece: str) -> str:
        """A token that stands for a piece."""
        return f"{_OPEN}{self._keep(piece)}{_CLOSE}"

    def behind(self, piece: str) -> str:
        """A token for a piece that brings its own comma or blank and takes the place of the one before it."""
        return f"{_BEHIND}{self._keep(piece)}{_CLOSE}"

    def _keep(self, piece: str) -> int:
        self._pieces.append(piece)
        return len(self._pieces) - 1

    def restore(self, text: str) -> str:
        """A text with its tokens made good."""
        return _TOKEN.sub(lambda found: self._pieces[int(found[1] or found[2])], text)


class Written(NamedTuple):
    """The citations of a draft as trees, and the keys of the works that each leads to, in order."""

    citations: list[Inlines]
    keys: list[list[str]]


def listed(citations: Sequence[Citation]) -> list[str]:
    """The citekeys that belong in the reference list: works read, not those cited through them."""
    every = [(work.read_in or work).citekey for citation in citations for work in citation.works]
    return list(dict.fromkeys(every))


def written(
    citations: Sequence[Citation],
    items: Mapping[str, Item],
    more: Sequence[str],
    style: csl.Style,
    kept: Kept,
    href: Href,
) -> Written:
    """The texts of citations in a style.

    `items` are the works by citekey, `more` the citekeys of works that the list holds beside those cited
    here. Links lead to what `href` gives for a citekey.
    """
    own = list(dict.fromkeys([*listed(citations), *more]))
    unlisted = [key for key in items if key not in own]
    works = apa.Works.of([items[key] for key in own], [items[key] for key in unlisted])
    keys = [listed([citation]) for citation in citations]
    if style.is_apa:
        return Written(_in_apa(citations, works, kept, href), keys)
    engine = _Engine(style, own, [items[key] for key in own], works.letters, items, kept, href)
    return Written([engine.citation(citation) for citation in citations], keys)


def _in_apa(citations: Sequence[Citation], works: apa.Works, kept: Kept, href: Href) -> list[Inlines]:
    """Citations in APA, in order of the text. Source: APA 7, 8.10–8.22."""
    met: set[str] = set()
    found: list[Inlines] = []
    for citation in citations:
        cites = [_cite(work, kept) for work in citation.works]
        if citation.narrative:
            found.append(_narrative(works, cites, met, citation.possessive, href))
        else:
            found.append(works.parenthetical(cites, met, href))
        met |= works.groups(cites)
    return found


def _cite(work: Cited, kept: Kept) -> Cite:
    where = work.place
    return Cite(
        work.citekey,
        where.value if where.label else where.locator,
        where.label,
        kept.token(work.prefix) if work.prefix else "",
        kept.behind(where.suffix) if where.suffix else "",
        year_only=work.year_only,
        cited_in=work.read_in.citekey if work.read_in else None,
    )


def _narrative(works: apa.Works, cites: Sequence[Cite], met: set[str], possessive: bool, href: Href) -> Inlines:
    """A work in the sentence; those cited with it join its parenthesis."""
    first = cites[0]
    head = works.narrative(first, met, possessive)
    leads_to = href(first.cited_in or first.id)
    if len(cites) == 1:
        return (Link(leads_to, head),)
    rest = works.parenthetical(cites[1:], met | works.groups(first), href)
    if head[-1:] != (Text(")"),):
        return (Link(leads_to, head), Text(" "), *rest)
    return (Link(leads_to, head[:-1]), Text("; "), *rest[1:])


class _Engine(NamedTuple):
    """Citations in other styles, by the CSL engine; a work cited through another is said in words."""

    style: csl.Style
    keys: list[str]
    items: list[Item]
    letters: Mapping[str, str]
    every: Mapping[str, Item]
    kept: Kept
    href: Href

    def citation(self, citation: Citation) -> Inlines:
        cites = [self._cite(work) for work in citation.works]
        tree: Inlines | None = None
        if citation.narrative:
            tree = self.style.narrative(cites[0], self.items, self.letters)
            if tree is not None and citation.possessive:
                tree = _owned(tree)
            if tree is not None and len(cites) > 1:
                tree = (*tree, Text(" "), *self.style.citation(cites[1:], self.items, self.letters))
        if tree is None:
            tree = self.style.citation(cites, self.items, self.letters)
        keys = listed([citation])
        return (Link(self.href(keys[0]), tree),) if len(keys) == 1 else tree

    def _cite(self, work: Cited) -> csl.Cite:
        where = work.place
        read = (work.read_in or work).citekey
        single = bool(where.value)
        suffix = ("" if single or not where.locator else f", {where.locator}") + where.suffix
        through = self._original(work) if work.read_in else ""
        prefix = " ".join(part for part in (work.prefix, through) if part)
        return csl.Cite(
            self.keys.index(read),
            where.value if single else "",
            where.label or "page",
            self.kept.token(prefix) if prefix else "",
            self.kept.token(suffix) if suffix else "",
        )

    def _original(self, work: Cited) -> str:
        """The work behind the one that was read, in words: `Bowlby, 1982, as cited in`."""
        tree = self.style.citation([csl.Cite(0)], [self.every[work.citekey]])
        return f"{plain(tree).strip('()[] ')}, as cited in"


def _owned(tree: Inlines) -> Inlines:
    """A narrative citation as an owner: `’s` before the parenthesis, or at the end where there is none."""
    for at in range(len(tree) - 1, -1, -1):
        node = tree[at]
        if isinstance(node, Text) and " (" in node.text:
            head, _, tail = node.text.rpartition(" (")
            return (*tree[:at], Text(f"{head}’s ({tail}"), *tree[at + 1 :])
    return (*tree, Text("’s"))


def leading(tree: Inlines, addresses: Collection[str]) -> Inlines:
    """A tree whose links lead to these addresses; others are words: some works stand in no list."""
    out: list[Inline] = []
    for node in tree:
        if isinstance(node, Link) and node.href not in addresses:
            out.extend(node.children)
        else:
            out.append(node)
    return tuple(out)


def restored(tree: Inlines, kept: Kept) -> Inlines:
    """A tree with its tokens made good, for formats that are no text."""
    out: list[Inline] = []
    for node in tree:
        if not isinstance(node, Text):
            out.append(node._replace(children=restored(node.children, kept)))
        elif out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(Text(kept.restore(node.text)) if isinstance(node, Text) else node for node in out)


def anchored(tree: Inlines, opening: Callable[[str], str], closing: Callable[[str], str]) -> Inlines:
    """A tree whose links are tokens around their words; the two functions give them for an address."""
    out: list[Inline] = []
    for node in tree:
        if isinstance(node, Link):
            inside = anchored(node.children, opening, closing)
            out += [Text(opening(node.href)), *inside, Text(closing(node.href))]
        else:
            out.append(node)
    return tuple(out)
