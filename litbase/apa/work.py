"""What is known of a work before it stands beside others: its authors, years, and place in any list."""

from collections.abc import Sequence
from typing import NamedTuple

from litbase.domain.item import Item

from . import authors, dates
from .ids import ids
from .keys import Key, key
from .names import Author


class Work(NamedTuple):
    """An item as citations see it.

    `names` is empty where the title stands for the author; `year` is what a citation prints, without a
    letter; `personal` works are cited in the text only.
    """

    item: Item
    names: tuple[Author, ...]
    year: str
    personal: bool
    key: Key

    @property
    def original(self) -> str:
        """The year of first publication where it is another; else empty. Source: APA 7, 8.15."""
        return dates.original_year_text(self.item)

    @property
    def dated(self) -> bool:
        """Whether its citations have a date, be it "n.d."; a constitution has none. Source: APA 7, 11.9."""
        return self.year != dates.NO_DATE or self.item.get("type") not in authors.LEGAL


def work(item: Item) -> Work:
    """An item, read once for everything that depends on several works."""
    names = authors.authors(item)
    return Work(
        item,
        names,
        dates.year_text(item),
        authors.is_personal(item),
        key(item, names),
    )


def works_by_id(items: Sequence[Item]) -> dict[str, Work]:
    """The works of a list by the ids they go by (see `ids`), each once."""
    return {known_as: work(item) for known_as, item in dict(zip(ids(items), items, strict=True)).items()}
