"""Atom feeds read safely: no document type, no entities of their own, no bottomless nesting.

Entries become JSON values, so that they are kept like every other provider's answer.

Source: RFC 4287 (Atom); Python, "XML security".
"""

from typing import Any
from xml.parsers import expat

from litbase.providers import causes
from litbase.providers.http import Reply

ATOM = "http://www.w3.org/2005/Atom"
_DEEPEST = 30
_MOST = 100_000  # elements


class _Refused(ValueError):
    """What no feed of a provider holds."""


def entries_of(reply: Reply, who: str) -> list[dict[str, Any]]:
    """The entries of a feed as JSON values, in order.

    An element is its text where it has neither attributes nor children; else an object with its
    attributes, its text under "#text", and under each child's name, without prefix, a list of them.

    Raises: Unreadable, with the cause.
    """
    label = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "html" in label or not (label in ("application/xml", "text/xml") or label.endswith("+xml")):
        raise causes.unreadable(who, "it is not labelled as Atom")
    try:
        root = _Tree().read(reply.body)
    except _Refused as error:
        raise causes.unreadable(who, str(error)) from error
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise causes.unreadable(who, "it is not XML" if reply.body.strip() else "it is empty") from error
    name, feed = root
    if name != f"{ATOM} feed" or not isinstance(feed, dict):
        raise causes.unreadable(who, "it is not an Atom feed")
    return [entry for entry in feed.get("entry", []) if isinstance(entry, dict)]


class _Tree:
    """A document being read: the open elements as (name, value, pieces of text)."""

    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self._root: tuple[str, Any] = ("", None)
        self._count = 0

    def read(self, body: bytes) -> tuple[str, Any]:
        """The root element's name, with its namespace, and its value.

        Raises: _Refused; expat's errors.
        """
        # The encoding a document declares could be any codec; providers promise UTF-8.
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.EntityDeclHandler = _no_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(body, True)
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST:
            raise _Refused("its XML is nested too deeply or has too many parts")
        self._open.append((name, dict(attributes), []))

    def _text(self, piece: str) -> None:
        if self._open:
            self._open[-1][2].append(piece)

    def _end(self, name: str) -> None:
        _, value, pieces = self._open.pop()
        text = "".join(pieces).strip()
        if value and text:
            value["#text"] = text
        found = value or text
        if self._open:
            self._open[-1][1].setdefault(name.rpartition(" ")[2], []).append(found)
        else:
            self._root = (name, found)


def _no_document_type(*_: object) -> None:
    raise _Refused("it holds a document type or entities of its own")
