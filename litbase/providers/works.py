"""Crossref's `/works`: one record by its DOI, or a list of records.

What comes back is a record or one of litbase's errors; which status, label or shape of
answer means what is decided here.

Source: Crossref REST API documentation, `/works`; status codes as observed (404 in plain text,
400 with a list of reasons, 5xx as web pages).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from litbase.domain.text import clean_line
from litbase.errors import NotFound, ProviderError
from litbase.providers import CROSSREF as WHO
from litbase.providers import causes
from litbase.providers.http import Client, Reply
from litbase.providers.limiter import POOLS, limiter
from litbase.providers.patience import Clock, Patience
from litbase.providers.retry import persist
from litbase.providers.strict import json_of


class Works:
    """`/works` of one server, over one line that stays open until the block ends."""

    def __init__(
        self, base_url: str, mailto: str | None, patience: Patience | None = None, clock: Clock | None = None
    ) -> None:
        self._base_url = base_url
        self._mailto = mailto
        self._patience = patience or Patience()
        self._clock = clock or Clock()
        self._client = Client(WHO, self._patience, self._clock)

    def __enter__(self) -> "Works":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def one(self, doi: str) -> tuple[dict[str, Any], str]:
        """The record for a DOI, and the DOI it was found under in the end: another one for an alias.

        Raises: NotFound, ProviderError.
        """
        reply = self._asked("single", doi=doi).one()
        return _message(json_of(reply, WHO)), _doi_in(reply.url) or doi

    def many(self, **grammar: Any) -> list[dict[str, Any]]:
        """The records of a list, described in habanero's words (`filter`, `limit`, `query_bibliographic` …).

        Raises: ProviderError.
        """
        try:
            records = self._asked("list", **grammar).many()
        except NotFound as error:
            raise ProviderError(f"{WHO} has no list of records at this address", "") from error
        return [record for record in records if isinstance(record, dict)]

    def _asked(self, kind: str, **grammar: Any) -> Any:
        from litbase.providers.grammar import Carried

        pace = limiter(self._base_url, kind, POOLS[self._mailto is not None, kind], self._clock)

        def carry(url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
            def send(seconds: float) -> Reply:
                return self._client.get(url, params, headers, seconds)

            return _accepted(persist(send, WHO, pace, self._patience, self._clock))

        return Carried(carry, _listing, self._base_url, self._mailto, **grammar)


def _accepted(reply: Reply) -> Reply:
    """An answer with status 200.

    Raises: NotFound for 404, ProviderError for every other status.
    """
    if reply.status == 200:
        return reply
    if reply.status == 404:
        raise NotFound(f"{WHO} knows nothing by that DOI")
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "a status HTTP does not know"
    raise ProviderError(f"{WHO} refused the request: {reply.status} {phrase}", "try again later")


def _listing(reply: Reply) -> dict[str, Any]:
    """The JSON of a list, as much of it as habanero looks at.

    A cursor to a next page is taken out: litbase asks for one page, and a server that
    promised endless ones would be asked endlessly.
    """
    message = _message(json_of(reply, WHO))
    items = message.get("items")
    if not isinstance(items, list):
        raise causes.unreadable(WHO, "it is not a list of records")
    return {"message": {"items": items, "total-results": len(items)}}


def _message(answer: Any) -> dict[str, Any]:
    """The message in Crossref's envelope."""
    message = answer.get("message") if isinstance(answer, dict) else None
    if isinstance(message, dict):
        return message
    held = "null" if message is None else "a list" if isinstance(message, list) else "no record"
    raise causes.unreadable(WHO, f"its message is {held}")


def _doi_in(url: str) -> str:
    """The DOI in the address of a record; empty where it is no such address."""
    return clean_line(unquote(urlsplit(url).path.partition("/works/")[2]))
