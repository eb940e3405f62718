"""The order of a bibliography as its style wants it.

Source: CSL 1.0.2, "Sorting".
"""

from collections.abc import Sequence
from typing import Any

from citeproc import model  # noqa: TID253  subclassed; this module is imported inside functions only

from litbase.csl.cite import Cite
from litbase.csl.dates import sort_key
from litbase.csl.elements import Element
from litbase.csl.marks import visible
from litbase.csl.numbers import is_whole
from litbase.csl.reference import Person, Reference, When
from litbase.domain.text import fold


class Sort(Element, model.Sort):  # type: ignore[misc]
    """The keys of an order, the weightiest first."""

    def ordered(self, references: Sequence[Reference], part: str, numbers: Sequence[int] = ()) -> list[int]:
        """The positions of the references in the style's order; what has no key stands last.

        `numbers` are the citation numbers they have, where they have any.
        """
        order = list(range(len(references)))
        given = numbers or [position + 1 for position in order]
        for key in reversed([kid for kid in self.kids if isinstance(kid, Key)]):
            values = [key.value(reference, part, given[position]) for position, reference in enumerate(references)]
            counts = all(is_whole(value) for value in values if value)
            filled = [position for position in order if values[position]]
            empty = [position for position in order if not values[position]]
            filled.sort(
                key=lambda position: (int(values[position]), "") if counts else (0, values[position]),
                reverse=key.get("sort") == "descending",
            )
            order = filled + empty
        return order


class Key(Element, model.Key):  # type: ignore[misc]
    """One variable or macro to sort by."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.variable = self.get("variable")
        self.options = {"name-as-sort-order": "all"}
        for name in ("names-min", "names-use-first", "names-use-last"):
            if self.get(name) is not None:
                self.options[name.replace("names", "et-al")] = self.get(name)

    def value(self, reference: Reference, part: str, number: int) -> str:
        """What one item sorts by under this key, folded for comparing."""
        if self.variable == "citation-number":
            return str(number)
        if self.variable is None:
            cite = Cite(reference, part)
            cite.sorting = True
            cite.sort_options = self.options
            return _folded(self.sheet.macro(self.get("macro")).put(cite))
        value = reference.fields.get(self.variable)
        if isinstance(value, When):
            return sort_key(value)
        if isinstance(value, list):
            return _folded(" ".join(_sorted_name(person) for person in value))
        return _folded(value or "")


def _sorted_name(person: Person) -> str:
    return " ".join(filter(None, [person.family, person.given, person.suffix]))


def _folded(text: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in fold(visible(text)))
    return " ".join(words.split())
