"""What the Publication Manual asks of an item's data before `apa.csl` prints them.

A style cannot know that a publisher is the author again, that a page is an article number or that a
podcast's author is its host. Each correction is one small function with its section of the Manual
(7th ed.); it changes a copy of the item. They run in the order of `CORRECTIONS`, and only for APA:
other styles get the item as it is.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from litbase.csl import apa_dates, apa_fields, apa_kinds
from litbase.domain.item import Item

Correction: TypeAlias = Callable[[Item], None]

# Kinds first, for what follows asks for the type; dates and addresses last, for they read the rest.
CORRECTIONS: tuple[Correction, ...] = (
    apa_kinds.reviews_described_in_words,
    apa_kinds.works_in_proceedings,
    apa_kinds.symposia,
    apa_kinds.films_by_their_directors,
    apa_kinds.podcasts_by_their_hosts,
    apa_kinds.roles_that_mix,
    apa_kinds.descriptions,
    apa_kinds.unpublished_theses,
    apa_fields.titles,
    apa_fields.containers,
    apa_fields.editions,
    apa_fields.versions,
    apa_fields.pages,
    apa_fields.article_numbers,
    apa_fields.supplements,
    apa_fields.report_numbers,
    apa_fields.suffixes,
    apa_fields.publishers,
    apa_fields.publisher_is_author,
    apa_fields.dois,
    apa_dates.in_press,
)


def corrected(item: Mapping[str, Any], letter: str = "") -> tuple[Item, str]:
    """An item as APA prints it, and the letter still to be printed; the original is left alone.

    Source: APA 7, chapters 9 and 10.
    """
    copy = {key: value for key, value in item.items() if value not in (None, "", [], {})}
    for correct in CORRECTIONS:
        correct(copy)
    letter = apa_dates.issued_in_words(copy, letter)
    apa_dates.retrieval(copy)
    return copy, letter
