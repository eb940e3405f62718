"""Where a source can be read: its address, and the browser."""

from json import loads

from litbase.domain import doi
from litbase.errors import NotFound
from litbase.place import Place
from litbase.store.reader import Reader

from . import lookup


def address(library: Place, key: str) -> str:
    """The web address of a source: its DOI's, else its URL; only http and https.

    Raises: NotFound for an unknown citekey, or a source that has no address.
    """
    with Reader(library) as reader:
        source = lookup.source(reader, key)
    if source.doi:
        return doi.url(source.doi)
    url = str(loads(source.item).get("URL") or "")
    if not url.lower().startswith(("https://", "http://")):
        raise NotFound(f"{source.citekey} has no DOI and no web address", f"litbase edit {key} --set URL=https://…")
    return url


def browse(url: str) -> bool:
    """Open an address in the user's browser; whether one could be started."""
    import webbrowser

    return webbrowser.open(url)
