"""`shelf list` and `shelf add`: the starter shelf."""

from collections.abc import Sequence
from typing import Annotated

from litbase.errors import UsageError

from . import console, session
from .command import Argument, Json, Keys, Option


def list_(*, keys: Keys = False, json: Json = False) -> int:
    """List the works that come with litbase: 60 of relational psychotherapy, verified.

    Examples:
      litbase shelf list
    """
    from litbase.services import shelf

    found = shelf.works()
    if json:
        console.emit({"schema": "litbase.shelf/1", "works": [one._asdict() for one in found]})
    elif keys:
        for one in found:
            console.raw(one.citekey)
    else:
        console.rows(
            ((console.Piece(one.citekey, "bold cyan"), one.byline or "—", one.when, one.title) for one in found),
            flexible=3,
        )
    return 0


def add(
    keys: Annotated[Sequence[str], Argument("Their keys on the shelf.", "[KEY]...")] = (),
    *,
    all: Annotated[bool, Option(("--all",), "The whole shelf.")] = False,
    json: Json = False,
) -> int:
    """Take works over from the shelf, with their concepts and a line in plain words. Needs no network.

    Examples:
      litbase shelf add bowlby1969 benjamin2004
      litbase shelf add --all
    """
    from litbase.services import shelf

    if not keys and not all:
        raise UsageError("say which works, or --all", "litbase shelf list shows them")
    taken, there = shelf.take(session.current.library, () if all else keys)
    if json:
        console.emit({"schema": "litbase.shelf-add/1", "added": taken, "present": there})
    else:
        known = f", {len(there)} {'was' if len(there) == 1 else 'were'} there already" if there else ""
        console.say(f"{len(taken)} taken from the shelf{known}")
    return 0
