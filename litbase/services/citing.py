"""From what is typed at `cite` to in-text citations."""

from collections.abc import Sequence

from litbase.domain.cite import Cite, parse_cite

from .refer import cite

__all__ = ["cite", "parse"]


def parse(texts: Sequence[str], prefix: str = "", cited_in: str = "") -> list[Cite]:
    """The cites of `KEY` and `KEY@PLACE` texts; the prefix goes before the first of them.

    Raises: BadInput for one that cannot be read.
    """
    cites = [parse_cite(text)._replace(cited_in=cited_in or None) for text in texts]
    return [cites[0]._replace(prefix=prefix), *cites[1:]] if cites and prefix else cites
