"""What went wrong on the network, in plain words: every failure of httpx2, ssl and sockets as one of ours.

Each cause keeps its own words, since "no such name", "refused" and "a bad certificate" call
for different remedies. No hint ever suggests to trust less.
"""

import socket
import ssl
from collections.abc import Iterator

from litbase.domain.text import clean_line
from litbase.errors import Offline, ProviderError, TimedOut, Unreadable
from litbase.providers.patience import Patience

_ONLINE = "is this computer online? Everything but fetching works without a connection"
_LATER = "try again later"
_SHORT = 120  # characters of a foreign message that an error quotes


def unreadable(who: str, cause: str) -> Unreadable:
    """The error for an answer that is not what the provider promises."""
    return Unreadable(
        f"{who} sent something unreadable: {cause}",
        "a network that wants you to sign in first does this too; otherwise try again later",
    )


def unconnected(error: Exception, who: str, host: str, proxy: str, patience: Patience) -> ProviderError:
    """The error for a request that brought no answer.

    `proxy` is the name of the variable that names the proxy in use, or empty.
    """
    import httpx2

    if isinstance(error, httpx2.ConnectTimeout):
        return TimedOut(f"no connection to {_target(host, proxy)} within {patience.connect:g} seconds", _ONLINE)
    if isinstance(error, httpx2.TimeoutException):
        return TimedOut(f"{who} ({host}) did not answer within {patience.read:g} seconds", _LATER)
    if isinstance(error, httpx2.ProxyError):
        return Offline(f"the proxy that {proxy} names refused: {said(error)}", _proxy_hint(proxy))
    if isinstance(error, httpx2.ConnectError):
        return _unopened(error, host, proxy)
    if isinstance(error, (httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError, UnicodeError)):
        return ProviderError(
            f"{who} cannot be asked at {host or 'this address'}", "check the address configured for it"
        )
    if isinstance(error, httpx2.RemoteProtocolError) and "without sending a response" not in str(error):
        return unreadable(who, "it is not HTTP")
    broken = "reset the connection" if _first(error, ConnectionResetError) else "closed the connection"
    return ProviderError(f"{who} ({host}) {broken} without an answer", _LATER)


def no_address(who: str) -> ProviderError:
    """The error for a configured address no request can go to; not quoted, for it may hold a password."""
    return ProviderError(f"the address configured for {who} cannot be used", "it looks like `https://api.crossref.org`")


def broken_off(error: Exception, who: str, host: str, patience: Patience) -> ProviderError:
    """The error for an answer whose body did not come whole."""
    import httpx2

    if isinstance(error, httpx2.TimeoutException):
        return TimedOut(f"{who} ({host}) stopped answering for {patience.read:g} seconds", _LATER)
    if isinstance(error, httpx2.DecodingError):
        return unreadable(who, "its compression is broken")
    return unreadable(who, "it breaks off")


def late(who: str, host: str, seconds: float) -> TimedOut:
    """The error for an answer that came too slowly, or in drops."""
    return TimedOut(f"{who} ({host}) did not finish answering within {seconds:g} seconds", _LATER)


def unsafe(error: Exception, variable: str) -> Offline:
    """The error for certificates that cannot be loaded; `variable` names the file or folder they should be in."""
    if not variable:
        return Offline(f"this computer's certificates cannot be read: {said(error)}", "")
    return Offline(
        f"{variable} names certificates that cannot be read: {said(error)}",
        f"correct {variable}, or unset it to use this computer's own certificates",
    )


def unusable_proxy(variable: str, cause: str) -> Offline:
    """The error for a proxy litbase cannot speak to."""
    return Offline(f"{variable} names a proxy litbase cannot use: {cause}", _proxy_hint(variable))


def said(error: BaseException) -> str:
    """What a foreign error says of itself, fit for one line."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return clean_line(str(text))[:_SHORT] or type(error).__name__


def _unopened(error: Exception, host: str, proxy: str) -> Offline:
    target = _target(host, proxy)
    hint = _proxy_hint(proxy) if proxy else _ONLINE
    certificate = _first(error, ssl.SSLCertVerificationError)
    if isinstance(certificate, ssl.SSLCertVerificationError):
        reason = clean_line(certificate.verify_message or str(certificate))[:_SHORT]
        return Offline(
            f"no safe connection to {target}: its certificate is not valid ({reason})",
            "a network that wants you to sign in first does this, or a wrong date on this computer; "
            "if your network has a certificate authority of its own, SSL_CERT_FILE can name its certificate",
        )
    if _first(error, ssl.SSLError):
        return Offline(f"no safe connection to {target}: it does not speak TLS as it should", _LATER)
    if _first(error, socket.gaierror):
        return Offline(f"no connection to {target}: its name cannot be found (no DNS)", hint)
    if _first(error, ConnectionRefusedError):
        return Offline(f"no connection to {target}: it was refused", hint)
    cause = _first(error, OSError) or error
    return Offline(f"no connection to {target}: {said(cause)}", hint)


def _target(host: str, proxy: str) -> str:
    return f"the proxy that {proxy} names" if proxy else host


def _proxy_hint(variable: str) -> str:
    return f"correct {variable}, or unset it to connect directly"


def _first(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    return next((cause for cause in _chain(error) if isinstance(cause, kind)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, nearest first."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__
