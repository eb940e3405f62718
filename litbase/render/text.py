"""Plain text: the characters of the tree, without italics."""

from collections.abc import Sequence

from litbase.domain.inline import Inlines, plain
from litbase.render import BARE, Frame, Listed, notes


def inline(inlines: Inlines) -> str:
    """The characters of a tree."""
    return plain(inlines)


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """A heading and one entry a paragraph, blank lines between; entries that print nothing are left out."""
    above = [*([frame.title] if frame.title else []), *map(inline, frame.intro), *([heading] if heading else [])]
    return "\n\n".join([*above, *(_entry(entry) for entry in entries if inline(entry.inlines))]) + "\n"


def _entry(entry: Listed) -> str:
    """An entry, and its notes under it, indented. Source: APA 7, 9.51."""
    return "\n\n".join([inline(entry.inlines), *(f"    {inline(note)}" for note in notes(entry))])
