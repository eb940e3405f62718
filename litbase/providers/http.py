"""One exchange with one server: a GET, bounded in time and size.

Everything a server may do wrong on the way ends here in one of litbase's errors: it may not
answer, drip, never end, send more than it should, or lead elsewhere.
"""

import os
import threading
from collections.abc import Mapping
from concurrent.futures import Future, wait
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from litbase.errors import ProviderError
from litbase.providers import causes
from litbase.providers.patience import Clock, Patience

if TYPE_CHECKING:
    import ssl

    import httpx2

LARGEST = 10_000_000  # bytes of a body, unpacked; fifty long records are a fifth of that
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Reply(NamedTuple):
    """An answer that came whole: its status, headers in lower case, body, and the URL that gave it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    sent: float
    """When its request went out, by the clock."""


class Client:
    """A line to one server: opened at the first question, kept open for the next ones.

    `who` is the server's name in error messages.
    """

    def __init__(self, who: str, patience: Patience, clock: Clock) -> None:
        self.who = who
        self._patience = patience
        self._clock = clock
        self._line: httpx2.Client | None = None
        self._proxy = ""

    def close(self) -> None:
        """Closes the line; the next question would open another."""
        if self._line:
            self._line.close()
            self._line = None

    def get(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str], seconds: float, follow: bool = True
    ) -> Reply:
        """The answer to a GET, whatever its status, one redirect on the same server followed.

        Without `follow` a redirect is an answer like any other: its reader decides where to go.
        No step of it takes longer than `seconds`, not even the search for the server's name:
        the exchange runs in a thread of its own, which is left behind where it does not end.

        Raises: Offline, TimedOut, Unreadable, ProviderError.
        """
        line = self._line = self._line or self._opened(url)
        exchange = _aside(partial(self._exchange, line, url, params, headers, seconds, follow))
        wait([exchange], timeout=seconds)
        if not exchange.done():
            self._line = None
            exchange.add_done_callback(lambda _: line.close())
            raise causes.late(self.who, _host(url), self._patience.total)
        return exchange.result()

    def _opened(self, url: str) -> "httpx2.Client":
        import httpx2

        if not _is_address(url):
            raise causes.no_address(self.who)
        proxy, self._proxy = _proxy_for(url)
        try:
            transport = httpx2.HTTPTransport(verify=_certificates(), proxy=proxy)
        except ImportError as error:
            raise causes.unusable_proxy(self._proxy, "it is a SOCKS proxy") from error
        except (ValueError, httpx2.InvalidURL) as error:
            raise causes.unusable_proxy(self._proxy, "it is not the address of an HTTP proxy") from error
        return httpx2.Client(transport=transport, headers={"Accept": "application/json"})

    def _exchange(
        self,
        line: "httpx2.Client",
        url: str,
        params: Mapping[str, str],
        headers: Mapping[str, str],
        seconds: float,
        follow: bool,
    ) -> Reply:
        ends = self._clock.now() + seconds
        reply = self._one(line, url, params, headers, ends)
        if follow and reply.status in REDIRECTS:
            reply = self._one(line, self._led_to(reply), {}, headers, ends)
            if reply.status in REDIRECTS:
                raise self._astray("more than once")
        return reply

    def _one(
        self,
        line: "httpx2.Client",
        url: str,
        params: Mapping[str, str],
        headers: Mapping[str, str],
        ends: float,
    ) -> Reply:
        import httpx2

        patience, clock = self._patience, self._clock
        sent = clock.now()

        def watch(event: str, _: object) -> None:
            nonlocal sent
            if event == "http11.send_request_headers.started":
                sent = clock.now()

        try:
            request = line.build_request(
                "GET",
                url,
                params=params or None,
                headers=headers,
                timeout=httpx2.Timeout(patience.read, connect=patience.connect),
                extensions={"trace": watch},
            )
            response = line.send(request, stream=True)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            raise causes.unconnected(error, self.who, _host(url), self._proxy, patience) from error
        try:
            body = self._body(response, ends)
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as error:
            raise causes.broken_off(error, self.who, _host(url), patience) from error
        finally:
            response.close()
        return Reply(response.status_code, dict(response.headers), body, str(request.url), sent)

    def _body(self, response: "httpx2.Response", ends: float) -> bytes:
        """The body, unpacked piece by piece, so that neither a flood nor a bomb is ever held."""
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > LARGEST:
                raise causes.unreadable(self.who, f"it is larger than {LARGEST // 1_000_000} MB")
            if self._clock.now() > ends:
                raise causes.late(self.who, _host(str(response.url)), self._patience.total)
        return bytes(body)

    def _led_to(self, reply: Reply) -> str:
        """Where a redirect leads, if that is the same server under the same scheme.

        Raises: Unreadable, ProviderError.
        """
        import httpx2

        here = httpx2.URL(reply.url)
        try:
            there = here.join(reply.headers["location"])
        except KeyError as error:
            raise causes.unreadable(self.who, "it is a redirect to nowhere") from error
        except httpx2.InvalidURL as error:
            raise causes.unreadable(self.who, "it is a redirect to no address") from error
        if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
            raise self._astray("to another server")
        return str(here.copy_with(raw_path=there.raw_path))

    def _astray(self, where: str) -> ProviderError:
        return ProviderError(
            f"{self.who} sent litbase on {where}, which it does not follow",
            "a network that wants you to sign in first does this too; otherwise try again later",
        )


class _Handover(Future[Reply]):
    """What a thread leaves for the one that waits for it: its result, or whatever it raised."""

    def __enter__(self) -> "_Handover":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self.set_exception(error)
        return True


def _aside(exchange: "partial[Reply]") -> _Handover:
    handover = _Handover()

    def run() -> None:
        with handover:
            handover.set_result(exchange())

    threading.Thread(target=run, name="litbase-http", daemon=True).start()
    return handover


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        return False


def _host(url: str) -> str:
    """The server of a URL as errors name it: host, and port where one is given."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _certificates() -> "ssl.SSLContext":
    import ssl

    import httpx2

    variable = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "")
    try:
        return httpx2.create_ssl_context()
    except (OSError, ssl.SSLError) as error:
        raise causes.unsafe(error, variable) from error


def _proxy_for(url: str) -> tuple[str | None, str]:
    """The proxy for a URL and the name of the variable that names it; None and empty where there is none."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    proxies = getproxies()
    scheme = next((scheme for scheme in (parts.scheme, "all") if proxies.get(scheme)), "")
    if not scheme or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None, ""
    proxy = proxies[scheme]
    variable = next((name for name in os.environ if name.lower() == f"{scheme}_proxy"), "the system's settings")
    return proxy if "://" in proxy else f"http://{proxy}", variable
