"""An entry of arXiv's feed, as JSON, made into an item: a preprint, dated by its first version.

Source: arXiv API User's Manual, 3.3.2 (entry metadata); arXiv, "DOIs for arXiv articles"; APA 7, 10.8.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from litbase.domain.foreign.fields import whole
from litbase.domain.records import dates, shape, shaped
from litbase.domain.records.changes import Cleaned, Notice, Relation

_NUMBER = re.compile(r"arxiv\.org/abs/(.+?)(?:v\d+)?$")
_WITHDRAWN = re.compile(r"\b(?:this|the)\b[^.]{0,60}\b(?:has been|is|was)\b[^.]{0,20}\bwithdrawn\b|^withdrawn\b", re.I)


def clean(body: Mapping[str, Any], sentence_case: Callable[[str, str], str]) -> Cleaned:
    """The item of one entry; the article it became, where arXiv names its DOI, as a relation.

    Raises: BadRecord where there is no title.
    """
    number = _NUMBER.search(_text(body, "id"))
    message = {
        "title": _text(body, "title"),
        "author": [name for one in shape.mappings(body.get("author")) for name in whole(_text(one, "name"))],
        "issued": {"date-parts": [dates.parts({"raw": _text(body, "published")})]},
        "abstract": _text(body, "summary"),
        "publisher": "arXiv",
        "DOI": f"10.48550/arxiv.{number[1]}" if number else "",
        "URL": _text(body, "id"),
    }
    cleaned = shaped(message, "article", sentence_case)
    article = shape.doi(_text(body, "doi"))
    comment = _text(body, "comment")
    withdrawn = _WITHDRAWN.search(comment) or _WITHDRAWN.search(_text(body, "summary")[:200])
    return cleaned._replace(
        relations=(Relation("is-preprint-of", article),) if article else (),
        notices=cleaned.notices + ((Notice("withdrawal", "", None, "comment"),) if withdrawn else ()),
    )


def _text(element: Mapping[str, Any], name: str) -> str:
    """The text of an element's first child of that name; "" where it has none."""
    first = next(iter(element.get(name) or []), "") if isinstance(element.get(name), list) else element.get(name)
    return shape.line(first.get("#text") if isinstance(first, Mapping) else first)
