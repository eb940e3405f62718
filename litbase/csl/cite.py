"""What one rendering of one item knows and finds out: handed from element to element."""

from litbase.csl.reference import Reference, Value


class Cite:
    """One item on its way through a layout.

    `calls` and `filled` count the variables asked for and those that had something to say: groups
    compare them before and after. `trail` lists the variables printed; a substitute puts those it
    printed into `silenced`, so that they are not printed twice. `hushed` is an element that prints
    nothing for once: the names a sentence has given already.

    Source: CSL 1.0.2, "Group" and "Substitute".
    """

    __slots__ = ("calls", "fields", "filled", "hushed", "kind", "label", "letter", "locator", "number", "part",
                 "reference", "silenced", "sort_options", "sorting", "trail")  # fmt: skip

    def __init__(
        self, reference: Reference, part: str, letter: str = "", number: int = 1, locator: str = "", label: str = ""
    ) -> None:
        self.reference = reference
        self.fields: dict[str, Value] = reference.fields
        self.kind = reference.type
        self.part = part
        self.letter = letter
        self.number = number
        self.locator = locator
        self.label = label
        self.calls = 0
        self.filled = 0
        self.trail: list[str] = []
        self.silenced: set[str] = set()
        self.hushed: object = None
        self.sorting = False
        self.sort_options: dict[str, str] = {}

    def found(self, variable: str) -> Value | None:
        """The value of a variable still to be printed; asking is what groups count."""
        self.calls += 1
        if variable in self.silenced:
            return None
        return self.fields.get(variable)

    def printed(self, *variables: str) -> None:
        """Note that variables were printed."""
        self.filled += 1
        self.trail.extend(variables)
