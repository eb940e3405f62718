"""Is this work in the library already? Asked of thousands of entries at once, and of each other."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from litbase.domain import brief
from litbase.domain.inline import strip
from litbase.domain.item import Item, year
from litbase.domain.library import NewSource
from litbase.domain.text import fold
from litbase.errors import NotFound
from litbase.place import Place
from litbase.store.identities import identities
from litbase.store.reader import Reader

# Of one title, two editions, printings or articles differ in these; where both tell, both must agree.
_TELLING = ("container-title", "volume", "issue", "page", "number", "edition", "version")


class Held(NamedTuple):
    """A source that is there, as far as another entry must be told from it; `deleted`: it is in the bin."""

    citekey: str
    dois: tuple[str, ...]
    title: str
    deleted: bool


class Known:
    """The works a library holds and those that have been put to it since.

    A class, for it grows while an import goes on. All reading is done when it is made: a library that is
    being written to cannot be read beside.
    """

    def __init__(self, library: Place, asked: Iterable[NewSource]) -> None:
        self._by_doi: dict[str, Held] = {}
        self._by_key: dict[str, Held] = {}
        self._by_work: dict[tuple[str, str, int | None], list[Held]] = {}
        self._items: dict[str, Item] = {}
        self._revived: set[str] = set()
        try:
            with Reader(library) as reader:
                for one in identities(reader):
                    work = (_letters(one.title), fold(one.byline), one.year)
                    self._put(Held(one.citekey, one.dois, work[0], one.deleted), work)
                for key in {held.citekey for new in asked for held in self._alike(new)}:
                    source = reader.source(key)
                    self._items[key] = json.loads(source.item) if source else {}
        except NotFound:
            pass  # no library yet: nothing is in it

    def add(self, key: str, new: NewSource) -> None:
        """A work has been kept under that citekey."""
        work = _work(new.item)
        self._items[key] = new.item
        self._put(Held(key, (new.doi,) if new.doi else (), work[0], False), work)

    def revive(self, held: Held) -> None:
        """A work has come out of the bin."""
        self._revived.add(held.citekey)

    def find(self, new: NewSource) -> Held | None:
        """The source that is this work: the one with its DOI, or with its title, names and year or citekey.

        One without that DOI must have nothing that tells the two apart: another DOI, volume, page …
        """
        held = self._by_doi.get(new.doi or "") or next((one for one in self._alike(new) if self._agree(one, new)), None)
        return held._replace(deleted=False) if held and held.citekey in self._revived else held

    def _put(self, held: Held, work: tuple[str, str, int | None]) -> None:
        for doi in held.dois:
            if doi not in self._by_doi or self._by_doi[doi].deleted:
                self._by_doi[doi] = held
        self._by_key[held.citekey.lower()] = held
        if not held.deleted:
            self._by_work.setdefault(work, []).append(held)

    def _alike(self, new: NewSource) -> Sequence[Held]:
        """Sources with the entry's title, and its names and year or its citekey."""
        work = _work(new.item)
        same_key = self._by_key.get(new.citekey.lower())
        named = [same_key] if same_key and same_key.title == work[0] and not same_key.deleted else []
        return [*named, *self._by_work.get(work, ())] if work[0] else []

    def _agree(self, held: Held, new: NewSource) -> bool:
        if held.dois and new.doi:
            return False
        item = self._items.get(held.citekey, {})
        return all(
            _letters(str(item[name])) == _letters(str(new.item[name]))
            for name in _TELLING
            if item.get(name) and new.item.get(name)
        )


def _work(item: Item) -> tuple[str, str, int | None]:
    return _letters(brief.title(item)), fold(brief.byline(item)), year(item)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(strip(text))).strip()
