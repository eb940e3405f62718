"""Is this work in the library already? Asked of thousands of entries at once, and of each other."""

import json
import re
from collections.abc import Iterable, Iterator

from litbase.domain import brief
from litbase.domain.inline import strip
from litbase.domain.item import Item, year
from litbase.domain.library import NewSource
from litbase.domain.text import fold
from litbase.errors import NotFound
from litbase.place import Place
from litbase.store.candidates import Candidates, Held, Traits, Work
from litbase.store.connection import Row
from litbase.store.identities import Identity
from litbase.store.reader import Reader

# Of one title, two editions, printings or articles differ in these; where both tell, both must agree.
_TELLING = ("container-title", "volume", "issue", "page", "number", "edition", "version")


class Known(Candidates):
    """What of a library works could be, and those that have been put to it since. Use it in a `with` block.

    All reading of the library is done by `ask`, before anything is written: a library that is being written to
    cannot be read beside.
    """

    def __init__(self) -> None:
        super().__init__(_told, _briefly)

    def ask(self, library: Place, asked: Iterable[Traits]) -> None:
        """Look these works up, if there is a library."""
        try:
            with Reader(library) as reader, reader.snapshot():
                self.look(reader, asked)
        except NotFound:
            pass  # no library yet: nothing is in it

    def add(self, key: str, new: NewSource) -> None:
        """A work has been kept under that citekey."""
        self.put(traits(new)._replace(citekey=key))

    def find(self, new: NewSource) -> Held | None:
        """The source that is this work: the one with its DOI, or with its title, names and year or citekey.

        One without that DOI must have nothing that tells the two apart: another DOI, volume, page …
        """
        asked = traits(new)
        return self.by_doi(new.doi or "") or next((one for one in self._alike(asked) if _agree(one, asked)), None)

    def _alike(self, asked: Traits) -> Iterator[Held]:
        """Sources with the entry's title, and its names and year or its citekey."""
        if asked.work.title:
            same_key = self.by_key(asked.citekey)
            if same_key and same_key.title == asked.work.title:
                yield same_key
            # Two with DOIs of their own are never one, and there may be thousands of one title.
            yield from self.by_work(asked.work, any_doi=not asked.dois)


def traits(new: NewSource, uuid: str = "") -> Traits:
    """What a work is told from others by; `uuid` is the public id it has in another library."""
    dois = (new.doi,) if new.doi else ()
    return Traits(new.citekey, dois, _work(new.item), _telling(new.item), uuid)


def _agree(held: Held, asked: Traits) -> bool:
    if held.has_doi and asked.dois:
        return False
    return all(held.telling[name] == asked.telling[name] for name in held.telling.keys() & asked.telling.keys())


def _told(one: Identity) -> Traits:
    work = Work(_letters(one.title), fold(one.byline), one.year)
    return Traits(one.citekey, one.dois, work, _telling(json.loads(one.item)), one.uuid, one.deleted)


def _briefly(row: Row) -> Work:
    return Work(_letters(row["title"]), fold(row["byline"]), row["year"])


def _work(item: Item) -> Work:
    return Work(_letters(brief.title(item)), fold(brief.byline(item)), year(item))


def _telling(item: Item) -> dict[str, str]:
    return {name: _letters(str(item[name])) for name in _TELLING if item.get(name)}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(strip(text))).strip()
