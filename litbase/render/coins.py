"""COinS: what reference managers read off a web page.

Source: COinS 1.0; OpenURL 1.0 (Z39.88-2004), key/encoded-value formats `journal`, `book` and `dc`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from litbase.domain.item import names
from litbase.render import plainly

_JOURNAL = {"article-journal", "article-magazine", "article-newspaper", "review", "review-book", "article"}
_GENRES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "article": "preprint", "review": "article", "review-book": "article", "book": "book", "chapter": "bookitem",
    "entry": "bookitem", "entry-dictionary": "bookitem", "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding", "report": "report",
}  # fmt: skip


def context(item: Mapping[str, Any]) -> str:
    """A work as an OpenURL context: `ctx_ver=…&rft.atitle=…`, percent-encoded, not yet escaped for HTML."""
    from urllib.parse import quote_plus

    return "&".join(f"{key}={quote_plus(value)}" for key, value in _pairs(item) if value)


def _pairs(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = plainly.words(item, "type")
    form = "journal" if kind in _JOURNAL else "book" if kind in _GENRES else "dc"
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    if plainly.words(item, "DOI"):
        yield "rft_id", f"info:doi/{plainly.words(item, 'DOI')}"
    elif plainly.words(item, "URL"):
        yield "rft_id", plainly.words(item, "URL")
    yield from _dublin(item) if form == "dc" else _published(item, form)
    date = next(iter(plainly.days(item)), None)
    yield "rft.date", plainly.iso(date) if date else ""


def _dublin(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "rft.type", plainly.words(item, "type")
    yield "rft.title", plainly.words(item, "title")
    yield "rft.publisher", plainly.words(item, "publisher")
    yield from (("rft.creator", ", ".join(_name(name))) for name in names(item, "author"))


def _published(item: Mapping[str, Any], form: str) -> Iterator[tuple[str, str]]:
    genre = _GENRES[plainly.words(item, "type")]
    yield "rft.genre", genre
    if form == "journal":
        title, container = "rft.atitle", "rft.jtitle"
    else:
        title, container = ("rft.btitle", "rft.series") if genre in ("book", "report") else ("rft.atitle", "rft.btitle")
    yield title, plainly.words(item, "title")
    yield container, plainly.words(item, "container-title")
    for key, field in (("volume", "volume"), ("issue", "issue"), ("edition", "edition"), ("pub", "publisher"),
                       ("place", "publisher-place"), ("issn", "ISSN"), ("isbn", "ISBN")):  # fmt: skip
        yield f"rft.{key}", plainly.words(item, field)
    first, last = plainly.pages(item)
    yield from (
        (("rft.pages", f"{first}-{last}"), ("rft.spage", first), ("rft.epage", last))
        if last
        else (("rft.pages", first),)
    )
    yield from _authors(item)


def _authors(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    people = names(item, "author")
    if people and not people[0].get("literal"):
        yield "rft.aulast", plainly.family(people[0])
        yield "rft.aufirst", plainly.given(people[0])
    yield from (("rft.aucorp" if name.get("literal") else "rft.au", ", ".join(_name(name))) for name in people)


def _name(name: Mapping[str, Any]) -> list[str]:
    return [part for part in (plainly.family(dict(name)), plainly.given(dict(name))) if part]
