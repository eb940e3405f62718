"""Two copies of a library written to by chance, few works, keys and concepts between them, so that clashes are many.

What is told by the model: which words were ever said, which of them somebody has taken back, and which notes
were changed in both places since they were one.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from litbase.domain.library import NewConcept, NewSource
from litbase.errors import LitbaseError
from litbase.place import Place
from litbase.services import sync
from litbase.store import whole
from litbase.store.reader import Reader
from litbase.store.writer import Writer, write

NAMES = ("repair", "shame", "holding", "rupture", "kin", "now")
_WORD = re.compile(r"said\d{5}x")
FIELDS = ("title", "publisher", "volume")
Words = tuple[str, str, str]


class Silent:
    """A bar of progress that nobody sees."""

    def step(self) -> None:
        pass


@contextmanager
def progress(total: int, what: str) -> Iterator[Silent]:
    yield Silent()


def synchronise(library: Place, place: Place, dry_run: bool = False) -> sync.Synced:
    return sync.sync(library, place, progress, dry_run)


def contents(place: Place, numbered: bool = True) -> list[str]:
    """All that a library holds but the ledger, one's own rows by no name; history in its order.

    `numbered`: the notes of a source in their order, by which they have numbers.
    """
    with Reader(place) as reader:
        lines = [whole.renamed(line, reader.who, "") for line in whole.lines(reader, whole.Scope(notes="all"))]
    for line in lines:
        if "source" in line and not numbered:
            line["source"]["notes"].sort(key=lambda note: note["uuid"])
    texts = [json.dumps(line, ensure_ascii=False, sort_keys=True) for line in lines if "draft" not in line]
    return sorted(texts, key=lambda text: "" if text.startswith('{"change"') else text)


def notes(place: Place) -> dict[str, Words]:
    """The words of every note, by its public id."""
    with Reader(place) as reader:
        rows = reader._all("SELECT uuid, text, kind, locator FROM note")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def said(place: Place) -> Counter[str]:
    """Every word that somebody has chosen, of items (the bin too) and notes, and how often it stands there."""
    with Reader(place) as reader:
        found = [json.loads(row[0]) for row in reader._all("SELECT item FROM source")]
    texts = [str(item[name]) for item in found for name in FIELDS if name in item]
    return Counter(_WORD.findall(" ".join([*texts, *(words[0] for words in notes(place).values())])))


class World:
    """The copies, and what is known of them."""

    def __init__(self, places: list[Place], seed: int) -> None:
        self.places = places
        self.chance = random.Random(seed)
        self.count = 0
        self.ever: set[str] = set()
        # Of a word that stands twice each of two people may take back one, in a copy of her own; so one is enough.
        self.taken_back: set[str] = set()
        # Of one library that several read, each sees other notes: who can see what is done in a place.
        self.readers: dict[Place, list[Place]] = {}
        # Every note as it was when the places were one.
        self.common: dict[str, Words] = {}

    def word(self) -> str:
        self.count += 1
        return f"said{self.count:05}x"

    def edit(self, place: Place) -> str:
        """One step in one place; what it was."""
        before = self.seen(place)
        deed = self.chance.choice(DEEDS)
        try:
            with write(place, deed.__name__.strip("_")) as writer:
                deed(self, writer)
        except LitbaseError:
            return ""
        now = self.seen(place)
        self.ever |= now.keys()
        self.taken_back |= (before - now).keys()
        return deed.__name__

    def seen(self, place: Place) -> Counter[str]:
        """What is said in a place, to any of its readers."""
        found = Counter[str]()
        for reader in self.readers.get(place, [place]):
            found |= said(reader)
        return found

    def lost(self, place: Place) -> set[str]:
        """What was said, was not taken back, and is nowhere to be read."""
        return self.ever - self.taken_back - self.seen(place).keys()


def foreseen(base: dict[str, Words], one: dict[str, Words], other: dict[str, Words]) -> int:
    """How many notes have been changed in both places, each otherwise."""
    return sum(
        base[uuid] not in (one[uuid], other[uuid]) and one[uuid] != other[uuid]
        for uuid in base.keys() & one.keys() & other.keys()
    )


# -- what can be done


def _all(writer: Writer, sql: str) -> list[Any]:
    return [row[0] for row in writer._connection.execute(sql).fetchall()]


def _key(world: World, writer: Writer, where: str = "deleted IS NULL") -> str:
    found = _all(writer, f"SELECT citekey FROM source WHERE {where} ORDER BY citekey")
    if not found:
        raise LitbaseError("none")
    return str(world.chance.choice(found))


def _concept(world: World, writer: Writer) -> str:
    found = _all(writer, "SELECT name FROM concept ORDER BY folded")
    if not found:
        raise LitbaseError("none")
    return str(world.chance.choice(found))


def _note(world: World, writer: Writer) -> str:
    mine = "owner IN ('', '" + writer._connection.who + "')" if world.chance.random() < 0.9 else "private = 0"
    found = _all(writer, f"SELECT uuid FROM note WHERE {mine} ORDER BY uuid")
    if not found:
        raise LitbaseError("none")
    return str(world.chance.choice(found))


def _item(writer: Writer, key: str) -> dict[str, Any]:
    text = writer._source(key)["item"]
    return {name: value for name, value in json.loads(text).items() if name != "id"}


def _add(world: World, writer: Writer) -> None:
    work = world.chance.randint(1, 7)
    doi = f"10.5555/{work}" if world.chance.random() < 0.8 else None
    item = {"type": "book", "title": world.word(), "author": [{"family": "Stern"}]}
    item |= {"issued": {"date-parts": [[1990 + work]]}} if world.chance.random() < 0.8 else {}
    item |= {"DOI": doi} if doi else {}
    if doi is None or writer.citekey_of(doi) is None:
        aliases = (f"10.5555/{work}.a",) if world.chance.random() < 0.2 else ()
        writer.add_source(NewSource(item, f"stern{1990 + work % 3}", doi, aliases))


def _field(world: World, writer: Writer) -> None:
    key = _key(world, writer)
    item = {**_item(writer, key), world.chance.choice(FIELDS): world.word()}
    if world.chance.random() < 0.1:
        item["DOI"] = f"10.5555/{world.chance.randint(1, 9)}"
    writer.change_item(key, item, {"title": {"origin": "user"}}, item.get("DOI"))


def _notices(world: World, writer: Writer) -> None:
    writer.set_notices(_key(world, writer), [{"kind": "retraction", "doi": world.word()}])


def _answer(world: World, writer: Writer) -> None:
    writer.keep_answer(_key(world, writer), "crossref", "10.5555/x", {"title": world.word()})


def _write(world: World, writer: Writer) -> None:
    private = world.chance.random() < 0.6
    writer.add_note(_key(world, writer, "1 = 1"), world.word(), "note", "p. 3", private)


def _rewrite(world: World, writer: Writer) -> None:
    writer.change_note(_note(world, writer), {"text": world.word()})


def _publish(world: World, writer: Writer) -> None:
    writer.change_note(_note(world, writer), {"private": world.chance.randint(0, 1)})


def _unwrite(world: World, writer: Writer) -> None:
    writer.remove_note(_note(world, writer))


def _tag(world: World, writer: Writer) -> None:
    writer.tag(_key(world, writer), _concept(world, writer))


def _untag(world: World, writer: Writer) -> None:
    writer.untag(_key(world, writer), _concept(world, writer))


def _think(world: World, writer: Writer) -> None:
    above = tuple(_all(writer, "SELECT name FROM concept ORDER BY folded")[: world.chance.randint(0, 1)])
    cues = (world.chance.choice("abc"),)
    writer.add_concept(NewConcept(world.chance.choice(NAMES), (), above, world.chance.choice(("", "x", "y")), cues))


def _rename(world: World, writer: Writer) -> None:
    writer.rename_concept(_concept(world, writer), world.chance.choice(NAMES))


def _define(world: World, writer: Writer) -> None:
    writer.change_concept(_concept(world, writer), world.word(), [world.chance.choice("abc")])


def _alias(world: World, writer: Writer) -> None:
    writer.add_alias(_concept(world, writer), world.chance.choice(NAMES))


def _unalias(world: World, writer: Writer) -> None:
    writer.remove_alias(_concept(world, writer), world.chance.choice(NAMES))


def _under(world: World, writer: Writer) -> None:
    writer.add_broader(_concept(world, writer), _concept(world, writer))


def _not_under(world: World, writer: Writer) -> None:
    writer.remove_broader(_concept(world, writer), _concept(world, writer))


def _unite(world: World, writer: Writer) -> None:
    writer.merge_concepts(_concept(world, writer), _concept(world, writer))


def _forget(world: World, writer: Writer) -> None:
    writer.remove_concept(_concept(world, writer))


def _remove(world: World, writer: Writer) -> None:
    writer.remove_source(_key(world, writer))


def _restore(world: World, writer: Writer) -> None:
    key = _key(world, writer, "deleted IS NOT NULL")
    doi = writer._source(key, deleted=True)["doi"]
    if doi is None or writer.citekey_of(doi) is None:
        writer.restore_source(key)


def _merge(world: World, writer: Writer) -> None:
    kept, gone = _key(world, writer), _key(world, writer)
    if kept != gone:
        writer.merge_sources(kept, gone, _item(writer, kept), {})


def _different(world: World, writer: Writer) -> None:
    one, other = _key(world, writer), _key(world, writer)
    if one != other:
        writer.tell_apart(one, other)


def _undo(world: World, writer: Writer) -> None:
    writer.undo()


def _purge(world: World, writer: Writer) -> None:
    kind = world.chance.randint(0, 2)
    if kind == 0:
        key = _key(world, writer, "deleted IS NOT NULL")
        writer.purge([writer._source(key, deleted=True)["uuid"]], [])
    elif kind == 1:
        writer.purge([], [_note(world, writer)])
    else:
        writer.purge([], [], [_note(world, writer)])


Deed = Callable[[World, Writer], None]
DEEDS: tuple[Deed, ...] = (
    _add, _add, _add, _add, _field, _field, _field, _notices, _answer, _write, _write, _write, _rewrite,
    _rewrite, _rewrite, _publish, _unwrite, _tag, _tag, _untag, _think, _think, _rename, _define, _alias,
    _unalias, _under, _not_under, _unite, _forget, _remove, _remove, _restore, _merge, _different, _undo, _undo,
    _purge,
)  # fmt: skip
