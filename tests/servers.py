"""Local stand-ins for the providers other than Crossref: each answers from the tests' own records.

A server is one function from a request to an answer; what it was asked is written down. Faults
are answers too: a test puts a function of its own in the place of a server's.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

CSL = "application/vnd.citationstyles.csl+json"


class Asked(NamedTuple):
    """A request as a server saw it."""

    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


class Given(NamedTuple):
    """What a server answers."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {"Content-Type": "application/json"}


Answering = Callable[[Asked], Given]


class Server:
    """A server on loopback: its address, and what it was asked so far, oldest first."""

    def __init__(self, url: str, answering: Answering) -> None:
        self.url = url
        self.answering = answering
        self.asked: list[Asked] = []


@contextmanager
def serving(answering: Answering) -> Iterator[Server]:
    """A server that answers as the function says, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            params = {name: values[0] for name, values in parse_qs(parts.query).items()}
            asked = Asked(unquote(parts.path), params, {name.lower(): value for name, value in self.headers.items()})
            server.asked.append(asked)
            given = server.answering(asked)
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self.wfile.write(given.body)

        def log_message(self, *_: object) -> None:
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    server = Server(f"http://127.0.0.1:{listener.server_address[1]}", answering)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def as_json(value: object, label: str = "application/json", status: int = 200) -> Given:
    return Given(json.dumps(value).encode(), status, {"Content-Type": label})


def page(status: int = 200) -> Given:
    return Given(b"<!doctype html><title>Sign in</title>", status, {"Content-Type": "text/html"})


def led_to(url: str, status: int = 302) -> Given:
    return Given(b"", status, {"Location": url})


def agency(records: Mapping[str, dict[str, Any]]) -> Answering:
    """A resolver that is the agency too: CSL-JSON by DOI, lower-cased."""

    def answer(asked: Asked) -> Given:
        found = records.get(asked.path.removeprefix("/").lower())
        if found is None:
            return page(404)
        return as_json(found, f"{CSL}; charset=utf-8") if asked.headers["accept"] == CSL else page()

    return answer


def open_library(editions: Mapping[str, dict[str, Any]], views: Mapping[str, dict[str, Any]]) -> Answering:
    """Open Library's Books API: editions and, for `jscmd=data`, other views of them, by ISBN."""

    def answer(asked: Asked) -> Given:
        if asked.path != "/api/books" or asked.params.get("format") != "json":
            return page(404)
        keys = asked.params["bibkeys"].split(",")
        if asked.params["jscmd"] == "data":
            return as_json({key: views[key[5:]] for key in keys if key[5:] in views})
        return as_json(
            {
                key: {"bib_key": key, "preview": "noview", "details": editions[key[5:]]}
                for key in keys
                if key[5:] in editions
            }
        )

    return answer


def arxiv(entries: Mapping[str, str]) -> Answering:
    """arXiv's query API: Atom entries by number without version."""

    def answer(asked: Asked) -> Given:
        if asked.path != "/api/query":
            return page(404)
        held = [
            entries[one.partition("v")[0]]
            for one in asked.params["id_list"].split(",")
            if one.partition("v")[0] in entries
        ]
        feed = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{"".join(held)}</feed>'
        )
        return Given(feed.encode(), 200, {"Content-Type": "application/atom+xml; charset=UTF-8"})

    return answer


def ncbi(summaries: Mapping[str, Mapping[str, dict[str, Any]]]) -> Answering:
    """NCBI's ESummary: summaries by database and number; an unknown one is an error amid the others."""

    def answer(asked: Asked) -> Given:
        if asked.path != "/entrez/eutils/esummary.fcgi" or asked.params.get("retmode") != "json":
            return page(400)
        held = summaries[asked.params["db"]]
        uids = asked.params["id"].split(",")
        missing = "cannot get document summary"
        result = {uid: held.get(uid) or {"uid": uid, "error": missing} for uid in uids}
        return as_json({"header": {"type": "esummary", "version": "0.3"}, "result": {"uids": uids, **result}})

    return answer
