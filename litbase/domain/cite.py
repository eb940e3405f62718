"""One reference in the text: which work, where in it, and how much of the citation to print."""

from typing import NamedTuple

from litbase.errors import BadInput


class Cite(NamedTuple):
    """A work cited at one place.

    `label` is a CSL locator label ("page", "chapter", …); empty, it is recognised from the locator.
    `prefix` opens a run of cites ("see also"), `suffix` follows the locator. `cited_in` is the id of
    the source that was read where the work itself was not; the locator is then a place in that source.
    """

    id: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    year_only: bool = False
    author_only: bool = False
    cited_in: str | None = None


def parse_cite(value: str) -> Cite:
    """The cite that `stern1985` or `stern1985@p. 45` stands for.

    What follows the first `@` is the locator, in any form `apa.locators` recognises.

    Raises: BadInput where nothing stands before the `@`, or nothing after it.
    """
    key, at, locator = value.partition("@")
    key, locator = key.strip(), " ".join(locator.split())
    if not key or (at and not locator):
        raise BadInput(
            f"cannot read `{value}` as a citation",
            "write a citekey, or a citekey, @ and a place: deyoung2015@p. 45",
        )
    return Cite(key, locator)
