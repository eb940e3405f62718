"""What the shell may complete: citekeys and concepts from the library, styles from those at hand."""

from litbase.errors import LitbaseError

from . import session


def citekeys(incomplete: str) -> list[str]:
    """The citekeys that begin so; none where there is no library to ask."""
    from litbase.services import search

    try:
        return search.citekeys(session.current.library, incomplete.lower())
    except LitbaseError:
        return []


def concepts(incomplete: str) -> list[str]:
    """The concepts and aliases that begin so; none where there is no library to ask."""
    from litbase.services import concepts as service

    try:
        names = service.names(session.current.library)
    except LitbaseError:
        return []
    return [name for name in names if name.casefold().startswith(incomplete.casefold())]


def styles(incomplete: str) -> list[str]:
    """The styles that begin so: litbase's own, and the stock style."""
    from litbase.services import refer

    return [name for name in refer.style_names() if name.startswith(incomplete)]
