"""habanero on litbase's line: it does the grammar of Crossref's API, litbase's HTTP carries it.

habanero writes the address, the parameters, the filters and the User-Agent. What it does not
do (encode DOIs, pace, retry, bound, follow an alias) happens below `_req`, the one method
through which its requests go.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

# A subclass needs its base while the module loads; works.py imports this module inside a function.
from habanero.habanero_utils import make_ua  # noqa: TID253
from habanero.request_class import Request  # noqa: TID253

from litbase import __version__
from litbase.providers.http import Reply

Carry = Callable[[str, Mapping[str, str], Mapping[str, str]], Reply]
"""Takes a URL, parameters and headers, and brings the answer."""


class Carried(Request):  # type: ignore[misc]
    """habanero's request to `/works`, carried by `carry`; `read` makes an answer the JSON of a list."""

    def __init__(
        self,
        carry: Carry,
        read: Callable[[Reply], dict[str, Any]],
        base_url: str,
        mailto: str | None,
        doi: str = "",
        **grammar: Any,
    ) -> None:
        works = f"{base_url.rstrip('/')}/works/"
        super().__init__(mailto, f"litbase/{__version__}", None, works, quote(doi, safe=""), **grammar)
        self._carry = carry
        self._read = read

    def one(self) -> Reply:
        """The answer for the one record that `doi` names."""
        return self._sent({})

    def many(self) -> list[Any]:
        """The records of the list that filter, query and limit describe."""
        items: list[Any] = self.do_request()["message"]["items"]
        return items

    def _req(self, payload: Mapping[str, str], should_warn: bool) -> dict[str, Any]:
        return self._read(self._sent(payload))

    def _sent(self, payload: Mapping[str, str]) -> Reply:
        return self._carry(self._url(), payload, make_ua(self.mailto, self.ua_string))
