"""Plain text: the characters of the tree, without italics."""

from collections.abc import Sequence

from litbase.domain.inline import Inlines, plain
from litbase.render import Listed


def inline(inlines: Inlines) -> str:
    """The characters of a tree."""
    return plain(inlines)


def reference_list(entries: Sequence[Listed], heading: str = "References") -> str:
    """A heading and one entry a paragraph, blank lines between; entries that print nothing are left out."""
    paragraphs = [text for entry in entries if (text := inline(entry.inlines))]
    return "\n\n".join([heading, *paragraphs] if heading else paragraphs) + "\n"
