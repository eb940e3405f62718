"""One exchange over real sockets on loopback, with servers that do wrong what servers can do wrong."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from litbase.errors import Offline, ProviderError, TimedOut, Unreadable
from litbase.providers.http import LARGEST, Client, Reply
from litbase.providers.patience import Clock, Patience

BRIEF = Patience(connect=0.5, read=0.5, total=0.8)
JSON_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"

Play = Callable[[socket.socket], None]


@contextmanager
def server(play: Play, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that reads each request's head and then does as `play` says; gives its host and port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    closing = threading.Event()

    def attend(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(65536) or b"\r\n\r\n"
            play(connection)
            connection.close()

    def accept() -> None:
        while not closing.is_set():
            with suppress(TimeoutError):
                threads.append(threading.Thread(target=attend, args=(listener.accept()[0],), daemon=True))
                threads[-1].start()

    threads: list[threading.Thread] = []
    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        closing.set()
        accepting.join()
        listener.close()
        for thread in threads:
            thread.join(3)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def get(url: str, patience: Patience = BRIEF) -> Reply:
    client = Client("Crossref", patience, Clock())
    try:
        return client.get(url, {}, {}, patience.total)
    finally:
        client.close()


def playing(*pieces: bytes, each: float = 0.0) -> Play:
    def play(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(each)

    return play


# ---- answers that come


def test_an_answer_comes_whole_with_its_headers() -> None:
    with server(playing(JSON_HEAD + b"X-Api-Pool: public\r\ncontent-length: 2\r\n\r\n{}")) as host:
        reply = get(f"http://{host}/works/a%2Fb%3F%23")
    assert (reply.status, reply.body, reply.headers["x-api-pool"]) == (200, b"{}", "public")
    assert reply.url == f"http://{host}/works/a%2Fb%3F%23"


def test_a_connection_serves_again() -> None:
    served: list[int] = []

    def play(connection: socket.socket) -> None:
        for _ in range(3):
            served.append(connection.getpeername()[1])
            connection.sendall(JSON_HEAD + b"content-length: 2\r\n\r\n{}")
            if not connection.recv(65536):
                return

    with server(play) as host:
        client = Client("Crossref", BRIEF, Clock())
        for _ in range(3):
            client.get(f"http://{host}/works", {"rows": "1"}, {}, 1.0)
        client.close()
    assert len(served) == 3
    assert len(set(served)) == 1


# ---- answers that do not come


def test_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Offline, match=rf"127\.0\.0\.1:{port}: it was refused"):
        get(f"http://127.0.0.1:{port}/")


def test_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Offline, match=r"crossref\.example: its name cannot be found \(no DNS\)"):
        get("https://crossref.example/")


def test_a_search_for_the_name_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    found = threading.Event()

    def lost(*_: object, **__: object) -> None:
        found.wait(5)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        get("http://crossref.example/")
    assert time.monotonic() - began < 2
    found.set()


def test_a_server_that_says_nothing() -> None:
    with server(playing(b"", each=0.7)) as host, pytest.raises(TimedOut, match=r"did not answer within 0\.5"):
        get(f"http://{host}/")


def test_a_server_that_hangs_up() -> None:
    with server(playing()) as host, pytest.raises(ProviderError, match="closed the connection without an answer"):
        get(f"http://{host}/")


def test_a_server_that_resets() -> None:
    def play(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    with server(play) as host, pytest.raises(ProviderError, match="reset the connection") as caught:
        get(f"http://{host}/")
    assert not isinstance(caught.value, Offline)


def test_a_server_that_speaks_something_else() -> None:
    with server(playing(b"220 mail.example ESMTP\r\n\r\n")) as host, pytest.raises(Unreadable, match="not HTTP"):
        get(f"http://{host}/")


@pytest.mark.parametrize("slowly", ["head", "body"])
def test_one_byte_at_a_time_ends_at_the_deadline(slowly: str) -> None:
    head = JSON_HEAD + b"content-length: 25\r\n\r\n"
    whole = head if slowly == "head" else head + b" " * 25
    cut = len(whole) - 25
    drops = [whole[place : place + 1] for place in range(cut, len(whole))]
    began = time.monotonic()
    with server(playing(whole[:cut], *drops, each=0.05)) as host:
        with pytest.raises(TimedOut, match=r"did not finish answering within 0\.8 seconds"):
            get(f"http://{host}/")
        assert time.monotonic() - began < 1.5


def test_after_a_deadline_the_next_question_goes_out_on_a_new_line() -> None:
    connections: list[int] = []

    def play(connection: socket.socket) -> None:
        connections.append(connection.getpeername()[1])
        if len(connections) > 1:
            connection.sendall(JSON_HEAD + b"content-length: 2\r\n\r\n{}")
        else:
            playing(*(b"H" for _ in range(15)), each=0.05)(connection)

    with server(play) as host:
        client = Client("Crossref", BRIEF, Clock())
        with pytest.raises(TimedOut):
            client.get(f"http://{host}/", {}, {}, 0.4)
        assert client.get(f"http://{host}/", {}, {}, 0.8).body == b"{}"
        client.close()


# ---- answers that are too much or too little


def test_a_body_that_breaks_off() -> None:
    with (
        server(playing(JSON_HEAD + b"content-length: 90\r\n\r\n{")) as host,
        pytest.raises(Unreadable, match="breaks off"),
    ):
        get(f"http://{host}/")


def test_a_flood_is_not_read_to_its_end() -> None:
    sent = 0

    def play(connection: socket.socket) -> None:
        nonlocal sent
        connection.sendall(JSON_HEAD + b"content-length: 900000000\r\n\r\n")
        while sent < 900_000_000:
            sent += connection.send(b"x" * 65536)

    with server(play) as host, pytest.raises(Unreadable, match="larger than 10 MB"):
        get(f"http://{host}/", BRIEF._replace(total=10.0))
    assert sent < 4 * LARGEST


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"x" * 1_000_000) for _ in range(100)) + packer.flush()
    head = JSON_HEAD + b"content-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(bomb)
    with server(playing(head + bomb)) as host, pytest.raises(Unreadable, match="larger than 10 MB"):
        get(f"http://{host}/", BRIEF._replace(total=10.0))


def test_broken_compression() -> None:
    head = JSON_HEAD + b"content-encoding: gzip\r\ncontent-length: 4\r\n\r\n{}{}"
    with server(playing(head)) as host, pytest.raises(Unreadable, match="compression"):
        get(f"http://{host}/")


# ---- redirects


def redirecting(*places: str) -> Play:
    coming = iter(places)

    def play(connection: socket.socket) -> None:
        for place in coming:
            head = f"HTTP/1.1 301 Moved\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n"
            connection.sendall(head.encode() if place else b"HTTP/1.1 301 Moved\r\ncontent-length: 0\r\n\r\n")
            if not connection.recv(65536):
                return
        connection.sendall(JSON_HEAD + b"content-length: 2\r\n\r\n{}")

    return play


def test_one_redirect_on_the_same_server_is_followed() -> None:
    with server(redirecting("/works/10.5555%2Fnew")) as host:
        assert get(f"http://{host}/works/10.5555%2Fold").url == f"http://{host}/works/10.5555%2Fnew"


def test_a_second_redirect_is_not() -> None:
    with server(redirecting("/b", "/a")) as host, pytest.raises(ProviderError, match="more than once"):
        get(f"http://{host}/a")


@pytest.mark.parametrize(
    "place",
    [
        "http://elsewhere.example/works",
        "//elsewhere.example/works",
        "http://127.0.0.1:1/works",
        "https://127.0.0.1/works",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_a_redirect_elsewhere_is_refused(place: str) -> None:
    with server(redirecting(place)) as host, pytest.raises(ProviderError, match="another server"):
        get(f"http://{host}/works")


@pytest.mark.parametrize("place", ["", "http://127.0.0.1:x/"])
def test_a_redirect_to_nowhere_is_unreadable(place: str) -> None:
    with server(redirecting(place)) as host, pytest.raises(Unreadable, match="redirect"):
        get(f"http://{host}/works")


# ---- certificates, proxies, addresses


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for, and its key."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs the openssl program to make a certificate")
    folder = tmp_path_factory.mktemp("identity")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, "req", *kind, *name, *files], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def secured(identity: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*identity)
    return context


def test_a_certificate_nobody_vouches_for(secured: ssl.SSLContext) -> None:
    play = playing(JSON_HEAD + b"content-length: 2\r\n\r\n{}")
    with server(play, secured) as host, pytest.raises(Offline, match="its certificate is not valid") as caught:
        get(f"https://{host}/")
    assert "verif" not in caught.value.hint.lower()
    assert "insecure" not in caught.value.hint.lower()


def test_ssl_cert_file_is_honoured(
    secured: ssl.SSLContext, identity: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(identity[0]))
    with server(playing(JSON_HEAD + b"content-length: 2\r\n\r\n{}"), secured) as host:
        assert get(f"https://{host}/").body == b"{}"


def test_tls_where_there_is_none() -> None:
    with server(playing(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as host, pytest.raises(ProviderError):
        get(f"https://{host}/")


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_bad_ssl_cert_file_is_named(content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "authorities.pem"
    if content:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(Offline, match="SSL_CERT_FILE"):
        get("https://127.0.0.1:9/")


def test_a_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(playing(JSON_HEAD + b"content-length: 7\r\n\r\n[1,2,3]")) as host:
        monkeypatch.setenv("HTTP_PROXY", f"http://{host}")
        assert get("http://crossref.example/works").body == b"[1,2,3]"
        monkeypatch.setenv("http_proxy", host)
        assert get("http://crossref.example/works").body == b"[1,2,3]"


def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with server(playing(JSON_HEAD + b"content-length: 2\r\n\r\n{}")) as host:
        assert get(f"http://{host}/").body == b"{}"


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    "proxy", ["http://secret:word@127.0.0.1:9", "socks5://127.0.0.1:9", "gopher://127.0.0.1:9", "http://[x"]
)
def test_a_proxy_that_does_not_work_is_named(variable: str, proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, proxy)
    with pytest.raises(Offline, match=variable) as caught:
        get("https://crossref.example/")
    assert "secret" not in caught.value.message + caught.value.hint


def test_a_proxy_that_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(playing(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")) as host:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{host}")
        with pytest.raises(Offline, match="the proxy that HTTPS_PROXY names refused: 407"):
            get("https://crossref.example/")


def test_a_proxy_for_another_scheme_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
    with server(playing(JSON_HEAD + b"content-length: 2\r\n\r\n{}")) as host:
        assert get(f"http://{host}/").body == b"{}"


@pytest.mark.parametrize(
    "address",
    ["", "crossref.example", "ftp://crossref.example", "http://", "http://[::1", "http://a:99999/", "http://a:b/"],
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ProviderError, match="the address configured for Crossref cannot be used"):
        get(address)


def test_a_name_no_dns_allows() -> None:
    with pytest.raises(ProviderError):
        get(f"http://{'a' * 70}.example/")
