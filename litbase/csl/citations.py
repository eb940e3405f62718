"""Citations in the text, for styles other than APA, as the style's citation layout prints them.

citeproc-py neither disambiguates nor collapses; numbers in a row are collapsed here, names are
told apart by the letters the caller gives.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from litbase.csl import Cite as Asked
from litbase.csl.cite import Cite
from litbase.csl.marks import PIECE, PIECE_END, tree
from litbase.csl.punctuation import settled
from litbase.csl.reference import reference
from litbase.csl.sheet import Sheet
from litbase.domain.inline import Inlines
from litbase.domain.item import Item


def citation(
    sheet: Sheet, asked: Sequence[Asked], items: Sequence[Item], letters: Mapping[str, str], numbers: Sequence[int]
) -> Inlines:
    """Works cited together, in the style's order; `numbers` are those of all items."""
    layout = sheet.layouts.get("citation")
    if layout is None:
        return ()
    cites = [(one, _cite(sheet, one, items, letters, numbers)) for one in asked]
    sort = sheet.sorts.get("citation")
    if sort is not None and len(cites) > 1:
        order = sort.ordered([cite.reference for _, cite in cites], "citation", [cite.number for _, cite in cites])
        cites = [cites[position] for position in order]
    if sheet.collapses_numbers and len(cites) > 2 and not any(_dressed(one) for one, _ in cites):
        text = _collapsed(layout, [cite for _, cite in cites])
    else:
        text = layout.between.join(
            _around(one.prefix, before=True) + layout.inner(cite) + _around(one.suffix) for one, cite in cites
        )
    return tree(settled(layout.dressed(text), sheet.quotes))


def narrative(
    sheet: Sheet, asked: Asked, items: Sequence[Item], letters: Mapping[str, str], numbers: Sequence[int]
) -> Inlines | None:
    """A work named in the sentence, the rest of its citation behind the names."""
    layout = sheet.layouts.get("citation")
    if layout is None:
        return None
    cite = _cite(sheet, asked, items, letters, numbers)
    names, element = sheet.first_names(layout, cite)
    if not names:
        return None
    rest = _cite(sheet, asked, items, letters, numbers)
    rest.hushed = element
    inner = layout.inner(rest)
    text = names + (" " + layout.dressed(inner + _around(asked.suffix)) if inner else "")
    return tree(settled(text, sheet.quotes))


def _cite(
    sheet: Sheet, asked: Asked, items: Sequence[Item], letters: Mapping[str, str], numbers: Sequence[int]
) -> Cite:
    item = items[asked.position]
    letter = letters.get(str(item.get("id") or ""), "").lstrip("-")
    number = numbers[asked.position]
    return Cite(reference(item, sheet.wanted), "citation", letter, number, asked.locator, asked.label)


def _dressed(asked: Asked) -> bool:
    return bool(asked.locator or asked.prefix or asked.suffix)


def _around(text: str, before: bool = False) -> str:
    if not text:
        return ""
    if before:
        return PIECE + text + PIECE_END + ("" if text[-1].isspace() else " ")
    return ("" if text[0].isspace() or text[0] in ",;:." else " ") + PIECE + text + PIECE_END


def _collapsed(layout: "object", cites: list[Cite]) -> str:
    """Numbers with every run of three or more as a range.

    Source: CSL 1.0.2, "Cite Collapsing", citation-number.
    """
    runs: list[list[Cite]] = [[cites[0]]]
    for one, two in pairwise(cites):
        if two.number == one.number + 1:
            runs[-1].append(two)
        else:
            runs.append([two])
    out: list[str] = []
    for run in runs:
        texts = [layout.inner(cite) for cite in run]  # type: ignore[attr-defined]
        out += [f"{texts[0]}–{texts[-1]}"] if len(run) > 2 else texts
    return str(layout.between.join(out))  # type: ignore[attr-defined]
