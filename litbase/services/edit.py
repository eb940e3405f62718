"""Correcting sources by hand, and putting them in the bin. What is set by hand is marked as the user's."""

import json
from collections.abc import Mapping, Sequence

from litbase.domain import fields
from litbase.domain.item import Item
from litbase.domain.library import Source
from litbase.errors import BadInput
from litbase.place import Place
from litbase.store.reader import Reader
from litbase.store.writer import write

from . import lookup

_HEAD = """\
# {citekey}: correct what is wrong, then save and close. Lines that begin with # are left out.
# Names: Family, Given; Family, Given; {{A Group}}.  Dates: 2015, 2015-09, 2015-09-14, n.d., in press.
"""


def form(library: Place, key: str) -> tuple[Source, str]:
    """A source and its fields as a form to edit.

    Raises: NotFound, naming the nearest citekeys.
    """
    with Reader(library) as reader:
        source = lookup.source(reader, key)
    lines = [f"{name}: {text}".replace("\n", "\n  ") for name, text in fields.form(json.loads(source.item)).items()]
    return source, _HEAD.format(citekey=source.citekey) + "\n".join(lines) + "\n"


def form_changes(before: str, after: str) -> dict[str, str]:
    """The fields that an edited form sets otherwise than it did before; one left out is set to nothing.

    Raises: BadInput for a line before the first field, or an unknown field.
    """
    old, new = _read_form(before), _read_form(after)
    changed = {name: text for name, text in new.items() if old.get(name) != text}
    return {**changed, **{name: "" for name in old if name not in new}}


def _read_form(text: str) -> dict[str, str]:
    """A form's fields. An indented line goes on with the one above."""
    found: dict[str, str] = {}
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        name, colon, value = line.partition(":")
        if line.startswith("#"):
            continue
        if colon and name and " " not in name:
            current = fields.known(name)
            found[current] = value.strip()
        elif current and line.startswith(" "):
            found[current] += "\n" + line.strip()
        elif line.strip():
            raise BadInput(f"line {number} of the form is no field: “{line.strip()[:60]}”", "write field: value")
    return found


def assignments(pairs: Sequence[str]) -> dict[str, str]:
    """The fields of `FIELD=VALUE` texts.

    Raises: BadInput for one without `=`, or with an unknown field.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f"“{pair}” sets nothing", "write --set FIELD=VALUE, for example --set year=2015")
        found[fields.known(field)] = value
    return found


def apply(library: Place, key: str, changes: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Set fields of a source from text; what changed, as field → (before, after).

    Raises: NotFound; BadInput for a value that cannot be read or a DOI that another source has.
    """
    with Reader(library) as reader:
        source = lookup.source(reader, key)
        before: Item = json.loads(source.item)
        after = before
        for field, value in changes.items():
            after = fields.changed(after, field, value)
        new_doi = after.get("DOI")
        holder = reader.source_by_doi(new_doi) if new_doi else None
    if holder is not None and holder.uuid != source.uuid:
        raise BadInput(f"{holder.citekey} already has the DOI {new_doi}", f"litbase show {holder.citekey}")
    shown_before, shown_after = fields.form(before), fields.form(after)
    names = [name for name in (*shown_before, *shown_after) if shown_before.get(name) != shown_after.get(name)]
    changed = {name: (shown_before.get(name, ""), shown_after.get(name, "")) for name in dict.fromkeys(names)}
    if changed:
        provenance = json.loads(source.provenance) | {name: {"origin": "user"} for name in changed}
        with write(library, "edit") as writer:
            writer.change_item(source.citekey, after, provenance, new_doi)
    return changed


def remove(library: Place, keys: Sequence[str]) -> list[Source]:
    """Put sources in the bin, all or none, with their notes and concepts.

    Raises: NotFound for an unknown citekey.
    """
    found = named(library, keys)
    with write(library, "remove") as writer:
        for source in found:
            writer.remove_source(source.citekey)
    return found


def named(library: Place, keys: Sequence[str]) -> list[Source]:
    """The sources of these citekeys.

    Raises: NotFound for an unknown one.
    """
    with Reader(library) as reader:
        return lookup.sources(reader, keys)
