"""Where the reference list of a draft is to stand: a mark alone in its line, or a heading that waits for it.

    <!-- references -->     {{references}}     ::: references :::     ::: {#refs}
                                                                      :::
Source: pandoc's manual, "Placement of the bibliography".
"""

import re
from typing import NamedTuple

from .pandoc_mask import LINE, code

_WORD = r"(?:references|reference[ -]list|refs|bibliography)"
_END = r"(?:\r\n?|\n)"
_BODY = (
    rf"<!--\s*{_WORD}\s*-->|\{{\{{\s*{_WORD}\s*\}}\}}|:{{3,}}[ \t]*{_WORD}[ \t]*:{{3,}}"
    rf"|:{{3,}}[ \t]*\{{\s*#refs\b[^{{}}\r\n]*\}}[ \t]*:*[ \t]*(?:{_END}(?!:{{3,}}[ \t]*(?:\r|\n|\Z)).*)*?{_END}:{{3,}}"
    r"|<div\s+id=[\"']?refs[\"']?[^<>]*>\s*</div>"
)
_LINED = re.compile(rf"^[ \t]*(?:{_BODY})(?=[ \t]*(?:\r|\n|\Z))", re.IGNORECASE | re.MULTILINE)
_PAGED = re.compile(rf"<p>\s*(?:{_BODY})\s*</p>|{_BODY}", re.IGNORECASE)
_TITLES = (
    r"(?:references|reference list|list of references|bibliography|works cited|literature|literature cited|sources"
    r"|works consulted)"
)
_WAITING = {
    "markdown": re.compile(
        rf"(?:#{{1,6}}[ \t]+|\*\*){_TITLES}:?(?:[ \t]*#+|\*\*|[ \t]*\{{[^{{}}\r\n]*\}})?", re.IGNORECASE
    ),
    "text": re.compile(rf"{_TITLES}:?", re.IGNORECASE),
    "html": re.compile(rf"<h[1-6][^<>]*>\s*{_TITLES}:?\s*</h[1-6]>", re.IGNORECASE),
}
_HEADING = {
    "markdown": re.compile(r"#{1,6}[ \t]+\S.*|\*\*.{1,80}\*\*|={3,}|-{3,}"),
    "text": re.compile(rf"{_TITLES}:?", re.IGNORECASE),
    "html": re.compile(r".*</h[1-6]>", re.IGNORECASE | re.DOTALL),
}
_TAIL = re.compile(r"(?:\s*</(?:body|html|main|article|section|div)\s*>)+\s*\Z", re.IGNORECASE)
_FLAGS = re.IGNORECASE | re.MULTILINE


class Mark(NamedTuple):
    """A stretch of the source that the list takes the place of; `headed` where a heading stands over it."""

    start: int
    end: int
    headed: bool


def find(source: str, form: str) -> tuple[Mark, ...]:
    """The marks of a source, those in code left out."""
    pattern = _PAGED if form == "html" else _LINED
    found = [one.span() for one in pattern.finditer(source)]
    if not found:
        return ()
    hidden = code(source, form)
    return tuple(
        Mark(start, end, _headed(source, start, form))
        for start, end in found
        if not any(first <= start < last for first, last in hidden)
    )


def waiting(source: str, form: str) -> Mark | None:
    """The place behind a heading for the list that ends the source with nothing under it."""
    at = end(source, form)
    before = source[:at].rstrip()
    last = before.rfind("<h") if form == "html" else max(before.rfind("\n"), before.rfind("\r")) + 1
    if last < 0 or not _WAITING[form].fullmatch(before[last:].strip()):
        return None
    return Mark(len(before), len(before), headed=True)


def lists(source: str, form: str) -> list[int]:
    """Where headings of reference lists stand, those in code left out."""
    hidden = code(source, form)
    pattern = _WAITING[form]
    anywhere = pattern if form == "html" else re.compile(rf"^(?:{pattern.pattern})(?=[ \t]*(?:\r|\n|\Z))", _FLAGS)
    found = [one.start() for one in anywhere.finditer(source)]
    return [at for at in found if not any(first <= at < last for first, last in hidden)]


def end(source: str, form: str) -> int:
    """Where a source's text ends: in HTML before the tags that close the page."""
    tail = _TAIL.search(source, max(0, len(source) - 2_000)) if form == "html" else None
    return tail.start() if tail else len(source)


def _headed(source: str, start: int, form: str) -> bool:
    """Whether what stands before a mark, blank lines aside, is a heading."""
    before = source[:start].rstrip()
    last = before[before.rfind("<h") :] if form == "html" else LINE.split(before[-400:])[-1]
    return bool(last) and _HEADING[form].fullmatch(last.strip()) is not None
