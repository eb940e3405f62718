"""JSON-LD after schema.org: what search engines read off a web page.

Source: schema.org, ScholarlyArticle, Book, Chapter, and the property `citation`; JSON-LD 1.1, "Embedding
JSON-LD in HTML Documents".
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from litbase.domain.item import Name, names
from litbase.render import is_web, plainly

_TYPES = {
    "article": "ScholarlyArticle", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "book": "Book", "chapter": "Chapter", "dataset": "Dataset",
    "motion_picture": "Movie", "paper-conference": "ScholarlyArticle", "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting", "report": "Report", "review": "Review", "review-book": "Review",
    "software": "SoftwareApplication", "song": "MusicRecording", "thesis": "Thesis", "webpage": "WebPage",
}  # fmt: skip
_CONTAINERS = {
    "article-journal": "Periodical", "article-magazine": "Periodical", "article-newspaper": "Newspaper",
    "review": "Periodical", "review-book": "Periodical", "chapter": "Book", "post-weblog": "Blog",
}  # fmt: skip
# In a string these could end the script element, or be run by a blog as a shortcode.
_ACTIVE = re.compile(r"[<>&\[\]\u2028\u2029]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def graph(items: Sequence[Mapping[str, Any]]) -> str:
    """The works as what the page cites; fit to stand in a script element."""
    cited = [_work(item) for item in items]
    told = json.dumps(
        {"@context": "https://schema.org", "@type": "CreativeWork", "citation": cited}, ensure_ascii=False
    )
    return _STRING.sub(lambda found: _ACTIVE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", found[0]), told)


def _work(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = plainly.words(item, "type")
    date = next(iter(plainly.days(item)), None)
    address = plainly.web(item)
    first, last = plainly.pages(item)
    work: dict[str, Any] = {
        "@type": _TYPES.get(kind, "CreativeWork"),
        "name": plainly.words(item, "title"),
        "author": [_person(name) for name in names(item, "author")],
        "editor": [] if kind == "chapter" else [_person(name) for name in names(item, "editor")],
        "datePublished": plainly.iso(date) if date else "",
        "isPartOf": _container(item),
        "pageStart": first,
        "pageEnd": last,
        "isbn": plainly.words(item, "ISBN") if kind == "book" else "",
        "publisher": _group(plainly.words(item, "publisher")),
        "inLanguage": plainly.words(item, "language"),
        "url": address if is_web(address) else "",
    }
    return {field: value for field, value in work.items() if value}


def _container(item: Mapping[str, Any]) -> dict[str, Any]:
    title = plainly.words(item, "container-title")
    if not title:
        return {}
    kind = plainly.words(item, "type")
    container = {
        "@type": _CONTAINERS.get(kind, "CreativeWork"),
        "name": title,
        "issn": plainly.words(item, "ISSN"),
        "isbn": plainly.words(item, "ISBN") if kind == "chapter" else "",
        "editor": [_person(name) for name in names(item, "editor")] if kind == "chapter" else [],
    }
    known: dict[str, Any] = {field: value for field, value in container.items() if value}
    for kind, field, value in (
        ("PublicationVolume", "volumeNumber", plainly.words(item, "volume")),
        ("PublicationIssue", "issueNumber", plainly.words(item, "issue")),
    ):
        if value and container["@type"] == "Periodical":
            known = {"@type": kind, field: value, "isPartOf": known}
    return known


def _person(name: Name) -> dict[str, str]:
    if name.get("literal"):
        return _group(plainly.family(name))
    parts = {"familyName": plainly.family(name), "givenName": plainly.given(name)}
    suffix = plainly.words(name, "suffix")
    known = {part: value for part, value in (*parts.items(), ("honorificSuffix", suffix)) if value}
    return {"@type": "Person", "name": " ".join(v for v in (parts["givenName"], parts["familyName"]) if v), **known}


def _group(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}
