"""Sources without an identifier to fetch them by: typed in, or given as CSL-JSON."""

from collections.abc import Mapping, Sequence

from litbase.domain import citekey, doi, fields
from litbase.domain.item import Item
from litbase.domain.library import NewSource
from litbase.errors import BadInput
from litbase.place import Place
from litbase.store.writer import write

from . import annotate, concepts, edit
from .add import Outcome, Wish

# What a form asks for, by type of work; every other field can be typed in too.
_ASKED = {
    "article": ("author", "issued", "title", "container-title", "volume", "issue", "page", "DOI"),
    "book": ("author", "editor", "issued", "title", "edition", "publisher", "ISBN", "DOI"),
    "chapter": ("author", "issued", "title", "editor", "container-title", "edition", "page", "publisher", "DOI"),
    "report": ("author", "issued", "title", "number", "publisher", "URL"),
    "thesis": ("author", "issued", "title", "genre", "publisher", "URL"),
    "web": ("author", "issued", "title", "container-title", "URL"),
}
_HEAD = """\
# A source by hand: fill in what there is, then save and close. Lines that begin with # are left out.
# Names: Family, Given; Family, Given; {A Group}.  Dates: 2015, 2015-09, 2015-09-14, n.d., in press.
"""


def form(kind: str) -> str:
    """An empty form for a type of work.

    Raises: BadInput for a type that there is no form for.
    """
    if kind not in _ASKED:
        raise BadInput(f"there is no form for “{kind}”", f"one of {', '.join(_ASKED)}")
    return _HEAD + f"type: {kind}\n" + "".join(f"{name}: \n" for name in _ASKED[kind])


def item_of(values: Mapping[str, str]) -> Item:
    """An item from fields and their texts, as `edit --set` takes them.

    Raises: BadInput for an unknown field, a value that cannot be read, or the lack of a title.
    """
    item: Item = {"type": "document"}
    for name, text in values.items():
        if text.strip():
            item = fields.changed(item, name, text)
    if not item.get("title"):
        raise BadInput("a source needs a title", "type it in after `title:`, or --set title=…")
    return item


def item_of_form(text: str) -> Item:
    """An item from a form that was filled in.

    Raises: BadInput as `item_of`, and for a line that is no field.
    """
    return item_of(edit.form_changes("", text))


def keep(library: Place, items: Sequence[Item], wish: Wish, origin: str) -> list[Outcome]:
    """Keep items as sources, all or none; one whose DOI is there already is left as it is.

    `origin` is where the fields came from: "user" for what was typed, "csl-json" for a file.

    Raises: NotFound for an unknown concept; BadInput for an item without a title or with a broken DOI.
    """
    ready = [(item, _doi(item, number)) for number, item in enumerate(items, 1)]
    planned = concepts.plan(library, wish.concepts, wish.new_concepts)
    if wish.note:
        annotate.fit(wish.note)
    if wish.dry_run:
        return [Outcome("", "would add", citekey.stem(item), item, origin) for item, _ in ready]
    outcomes = []
    with write(library, "add") as writer:
        concepts.enter(writer, planned.new)
        for item, identifier in ready:
            held = writer.citekey_of(identifier) if identifier else None
            kept = {**item, "DOI": identifier} if identifier else item
            names = {name: {"origin": "user"} for name in kept if name != "id"} if origin == "user" else {}
            new = NewSource(kept, _wished(item), doi=identifier, provenance={"*": {"origin": origin}, **names})
            key = held or writer.add_source(new)
            for name in planned.names:
                writer.tag(key, name)
            if wish.note:
                writer.add_note(key, annotate.fit(wish.note), "note", "", private=True)
            outcomes.append(Outcome(identifier or key, "present" if held else "added", key, kept, origin))
    return outcomes


def _doi(item: Item, number: int) -> str | None:
    if not str(item.get("title") or "").strip():
        raise BadInput(f"item {number} has no title", "a source needs one")
    text = str(item.get("DOI") or "")
    return doi.parse(text) if text else None


def _wished(item: Item) -> str:
    """The citekey an item brings with it where it is fit to be one, else the one it would get."""
    own = str(item.get("id") or "")
    return own if citekey.valid(own) and not own.isdigit() else citekey.stem(item)
