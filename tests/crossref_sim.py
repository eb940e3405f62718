#!/usr/bin/env python3
# ruff: noqa
# fmt: off
"""Local stand-in for the Crossref REST API, for litbase's tests.

litbase fetches bibliographic records by DOI from https://api.crossref.org.
Tests must not depend on the network, so this server answers the same
requests from recorded messages kept in JSON-lines files, on 127.0.0.1.

    python crossref_sim.py --port 0 crossref_records.jsonl [more.jsonl ...]

The first line printed is the base URL (port 0 picks a free port).
Each input line is {"doi": ..., "message": {...}}, a bare message, or a whole
API answer {"status": "ok", "message": {...}}.

Routes (also under /v1)
    /works/{doi}                  one record; DOI URL-decoded, any letter case
    /works/{doi}/agency           registration agency
    /works/{doi}/transform[/application/vnd.citationstyles.csl+json]
    /works?query.bibliographic=&rows=&offset=&filter=&select=&sort=&order=&cursor=
    /types  /types/{id}
    /doiRA/{doi}                  as on doi.org

Control routes (never logged, limited or faulted)
    /__fault?mode=M&n=N[&match=TEXT][&...]   queue a fault for the next N requests
    /__fault                      show the queue;  /__fault?mode=off clears it
    /__log[?clear=1]              requests seen, oldest first
    /__stats                      counts, peak rate and peak concurrency per pool
    /__reset                      forget faults, log and limiter state
    /__health

Fault modes (n=-1: until cleared; match: only request targets containing TEXT)
    429         retry_after=SECONDS | date:SECONDS | none   (default 1)
    403 404 500 502 503 504       that status with a Crossref-like body
    slow        s=SECONDS before the answer (default 5)
    drip        s=SECONDS, the body spread evenly over that time
    hang        s=SECONDS, then the connection closes without an answer
    reset       TCP reset before any answer
    truncated   full Content-Length, half the body, connection closed
    badjson     complete HTTP answer, JSON cut in half
    html        HTML page with status=CODE (default 200)
    wrongtype   correct JSON labelled type=TYPE (default text/html)
    empty       200 with no body
    nullmsg     200, "message": null
    listmsg     200, "message" is a list
    wrongdoi    200, the record of another DOI
    latin1      200, JSON encoded as ISO-8859-1
    huge        valid JSON of mb=MEGABYTES (default 64), sent in pieces
    gzbomb      gzip body that expands to mb=MEGABYTES (default 200)
    redirect    302 to to=URL (default: the same target, i.e. a loop)

With --enforce the published limits apply per client address:
    pool            requests/s   concurrent
    public-single        5           1
    public-array         1           1
    polite-single       10           3
    polite-array         3           3
    plus               150           -
("single": one record; "array": a list.)  A request is polite when it carries
mailto= in the query or "mailto:" in the User-Agent; plus when it carries a
Crossref-Plus-API-Token header.  Beyond a limit the answer is 429.

From Python:
    with Sim(["crossref_records.jsonl"]) as sim:
        sim.url; sim.fault("503", n=2); sim.log(); sim.stats()

Standard library only.
"""

import argparse
import base64
import collections
import email.utils
import gzip
import http.server
import json
import math
import re
import socket
import struct
import sys
import threading
import time
import unicodedata
import urllib.parse

LIMITS = {  # pool: (requests per second, concurrent requests or None)
    "public-single": (5, 1),
    "public-array": (1, 1),
    "polite-single": (10, 3),
    "polite-array": (3, 3),
    "plus": (150, None),
}

TYPES = [
    ("book-section", "Book Section"), ("monograph", "Monograph"),
    ("report-component", "Report Component"), ("report", "Report"),
    ("peer-review", "Peer Review"), ("book-track", "Book Track"),
    ("journal-article", "Journal Article"), ("book-part", "Part"),
    ("other", "Other"), ("book", "Book"), ("journal-volume", "Journal Volume"),
    ("book-set", "Book Set"), ("reference-entry", "Reference Entry"),
    ("proceedings-article", "Proceedings Article"), ("journal", "Journal"),
    ("component", "Component"), ("book-chapter", "Book Chapter"),
    ("proceedings-series", "Proceedings Series"),
    ("report-series", "Report Series"), ("proceedings", "Proceedings"),
    ("database", "Database"), ("standard", "Standard"),
    ("reference-book", "Reference Book"), ("posted-content", "Posted Content"),
    ("journal-issue", "Journal Issue"), ("dissertation", "Dissertation"),
    ("grant", "Grant"), ("dataset", "Dataset"), ("book-series", "Book Series"),
    ("edited-book", "Edited Book"),
]

AGENCIES = {  # DOI prefix: agency, for DOIs that are not Crossref's
    "10.5281": "datacite", "10.48550": "datacite", "10.17605": "datacite",
    "10.6084": "datacite", "10.5061": "datacite", "10.15468": "datacite",
    "10.7910": "datacite", "10.25384": "datacite",
    "10.1400": "medra", "10.1430": "medra",
    "10.11467": "jalc", "10.3743": "kisti", "10.6220": "airiti",
    "10.7666": "istic", "10.2777": "op", "10.5240": "eidr",
}
AGENCY_LABELS = {
    "crossref": "Crossref", "datacite": "DataCite", "medra": "mEDRA",
    "jalc": "JaLC", "kisti": "KISTI", "airiti": "Airiti", "istic": "ISTIC",
    "op": "OP", "eidr": "EIDR", "public": "Public",
}

LIST_PARAMS = {
    "query", "rows", "offset", "filter", "select", "sort", "order", "facet",
    "sample", "cursor", "mailto",
}
FIELD_QUERIES = {
    "query.affiliation", "query.author", "query.bibliographic", "query.chair",
    "query.container-title", "query.contributor", "query.degree",
    "query.description", "query.editor", "query.event-acronym",
    "query.event-location", "query.event-name", "query.event-sponsor",
    "query.event-theme", "query.funder-name", "query.publisher-location",
    "query.publisher-name", "query.standards-body-acronym",
    "query.standards-body-name", "query.title", "query.translator",
}
FILTERS = {
    "doi", "type", "updates", "update-type", "is-update", "has-update",
    "prefix", "member", "issn", "isbn", "container-title", "has-abstract",
    "has-orcid", "has-references", "has-relation", "from-pub-date",
    "until-pub-date", "from-print-pub-date", "until-print-pub-date",
    "from-online-pub-date", "until-online-pub-date",
}
JSON_TYPE = "application/json"
JSON_UTF8 = "application/json;charset=utf-8"


# ---------------------------------------------------------------- records

def norm_doi(text):
    """Bare, lower-case DOI from a path segment, URL or doi: form."""
    text = text.strip()
    text = re.sub(r"^(?:https?:/{1,2})?(?:dx\.)?doi\.org/", "", text, flags=re.I)
    text = re.sub(r"^doi:\s*", "", text, flags=re.I)
    return text.lower()


def tokens(text):
    text = re.sub(r"<[^>]+>", " ", text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.findall(r"\w+", text)


def names(people):
    for person in people or []:
        if isinstance(person, dict):
            yield " ".join(str(person.get(k) or "")
                           for k in ("given", "family", "name", "suffix"))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def year_of(message, key="issued"):
    try:
        return message[key]["date-parts"][0][0]
    except (KeyError, IndexError, TypeError):
        return None


def date_of(message, *keys):
    """(y, m, d) with missing parts as 1, or None."""
    for key in keys:
        try:
            parts = [p for p in message[key]["date-parts"][0] if p]
        except (KeyError, IndexError, TypeError):
            continue
        if parts:
            return tuple(int(p) for p in (parts + [1, 1])[:3])
    return None


class Store:
    """Records by DOI, with a small inverted index for queries."""

    FIELDS = ("bibliographic", "title", "author", "editor", "container-title",
              "publisher-name", "translator")

    def __init__(self, paths=()):
        self.by_doi = {}
        self.index = {f: collections.defaultdict(set) for f in self.FIELDS}
        for path in paths:
            self.load(path)

    def load(self, path):
        opener = gzip.open if str(path).endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise SystemExit(f"{path}:{number}: {error}")
                self.add(record.get("message", record)
                         if isinstance(record, dict) else {},
                         record.get("doi"))

    def add(self, message, doi=None):
        doi = norm_doi(doi or message.get("DOI") or "")
        if not doi or doi in self.by_doi:
            return
        self.by_doi[doi] = message
        title = " ".join([*strings(message.get("title")),
                          *strings(message.get("subtitle"))])
        container = " ".join([*strings(message.get("container-title")),
                              *strings(message.get("short-container-title"))])
        author = " ".join(names(message.get("author")))
        editor = " ".join(names(message.get("editor")))
        year = year_of(message)
        parts = {
            "title": title, "container-title": container, "author": author,
            "editor": editor,
            "publisher-name": str(message.get("publisher") or ""),
            "translator": " ".join(names(message.get("translator"))),
            "bibliographic": " ".join([
                title, container, author, editor, str(year or ""),
                str(message.get("volume") or ""), str(message.get("page") or ""),
                " ".join(strings(message.get("ISSN"))),
                " ".join(strings(message.get("ISBN")))]),
        }
        for field, text in parts.items():
            for token in set(tokens(text)):
                self.index[field][token].add(doi)

    def get(self, doi):
        return self.by_doi.get(norm_doi(doi))

    def query(self, field, text):
        """{doi: score} by idf-weighted token overlap."""
        postings = self.index.get(field)
        if postings is None:
            postings = self.index["bibliographic"]
        scores = collections.defaultdict(float)
        total = len(self.by_doi) + 1
        for token in set(tokens(text)):
            hits = postings.get(token, ())
            weight = math.log(1 + total / (1 + len(hits)))
            for doi in hits:
                scores[doi] += weight
        return scores


def matches(message, name, value):
    value = value.strip()
    if name in ("is-update", "has-update", "has-abstract", "has-orcid",
                "has-references", "has-relation"):
        present = {
            "is-update": bool(message.get("update-to")),
            "has-update": bool(message.get("updated-by")),
            "has-abstract": bool(message.get("abstract")),
            "has-orcid": any(isinstance(a, dict) and a.get("ORCID")
                             for a in message.get("author") or []),
            "has-references": bool(message.get("reference")),
            "has-relation": bool(message.get("relation")),
        }[name]
        return present == (value.lower() in ("1", "t", "true"))
    if name == "doi":
        return norm_doi(message.get("DOI") or "") == norm_doi(value)
    if name == "updates":
        return any(norm_doi(u.get("DOI") or "") == norm_doi(value)
                   for u in message.get("update-to") or [])
    if name == "update-type":
        return any(u.get("type") == value for u in message.get("update-to") or [])
    if name == "type":
        return message.get("type") == value
    if name == "prefix":
        return norm_doi(message.get("DOI") or "").split("/")[0] == value.lower()
    if name == "member":
        return str(message.get("member") or "").rsplit("/", 1)[-1] == value
    if name in ("issn", "isbn"):
        want = re.sub(r"[^0-9Xx]", "", value.rsplit("/", 1)[-1]).upper()
        return any(re.sub(r"[^0-9Xx]", "", x.rsplit("/", 1)[-1]).upper() == want
                   for x in strings(message.get(name.upper())))
    if name == "container-title":
        return value in (message.get("container-title") or [])
    found = re.match(r"(from|until)-(print-|online-)?pub-date$", name)
    if found:
        key = {None: ("published", "issued"), "print-": ("published-print",),
               "online-": ("published-online",)}[found[2]]
        date = date_of(message, *key)
        given = [int(p) for p in re.findall(r"\d+", value)[:3]]
        if date is None or not given:
            return False
        head = date[:len(given)]
        return head >= tuple(given) if found[1] == "from" else head <= tuple(given)
    return False


def csl(message):
    """The flattened form that content negotiation returns."""
    out = dict(message)
    for key in ("title", "container-title", "short-container-title",
                "original-title", "short-title", "subtitle"):
        values = list(strings(out.get(key)))
        if key in out and key not in ("original-title", "short-title", "subtitle"):
            out[key] = values[0] if values else ""
    for key in ("indexed", "institution", "content-domain", "resource"):
        out.pop(key, None)
    return out


# ---------------------------------------------------------------- limiter

class Limiter:
    """Sliding one-second window and in-flight count per client and pool."""

    def __init__(self):
        self.lock = threading.Lock()
        self.clear()

    def clear(self):
        self.window = collections.defaultdict(collections.deque)
        self.inflight = collections.Counter()
        self.peak_rate = collections.Counter()
        self.peak_inflight = collections.Counter()

    def enter(self, client, pool, enforce):
        """(allowed, reason, in flight); call leave() afterwards in any case."""
        now = time.monotonic()
        limit, concurrent = LIMITS[pool]
        key = (client, pool)
        with self.lock:
            seen = self.window[key]
            while seen and now - seen[0] >= 1.0:
                seen.popleft()
            self.inflight[key] += 1
            flying = self.inflight[key]
            self.peak_inflight[pool] = max(self.peak_inflight[pool], flying)
            if enforce and concurrent is not None and flying > concurrent:
                return False, "concurrency", flying
            if enforce and len(seen) >= limit:
                return False, "rate", flying
            seen.append(now)
            self.peak_rate[pool] = max(self.peak_rate[pool], len(seen))
            return True, "", flying

    def leave(self, client, pool):
        with self.lock:
            self.inflight[(client, pool)] -= 1


# ---------------------------------------------------------------- handler

class Answer(Exception):
    """A finished answer: status, body bytes, content type, extra headers."""

    def __init__(self, status, body=b"", ctype=JSON_TYPE, headers=()):
        super().__init__(status)
        self.status = status
        self.body = body.encode("utf-8") if isinstance(body, str) else body
        self.ctype = ctype
        self.headers = list(headers)


def dump(value):
    # Crossref escapes slashes; a slash can only occur inside a JSON string.
    return json.dumps(value, ensure_ascii=False,
                      separators=(",", ":")).replace("/", "\\/")


def envelope(kind, message):
    return {"status": "ok", "message-type": kind, "message-version": "1.0.0",
            "message": message}


def invalid(kind, value, text):
    return Answer(400, dump({
        "status": "failed", "message-type": "validation-failure",
        "message": [{"type": kind, "value": value, "message": text}]}), JSON_UTF8)


ELB_PAGE = ("<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n"
            "<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Jetty(9.4.40.v20210413)"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 120

    def version_string(self):
        return self.server_version

    def log_message(self, fmt, *args):
        if self.server.sim.verbose:
            sys.stderr.write(fmt % args + "\n")

    # -- sending

    def pack(self, answer, pool):
        """Header block and body of an answer, gzip-coded if the client asks."""
        body = answer.body
        extra = list(answer.headers)
        accepts = self.headers.get("Accept-Encoding", "")
        named = {k.lower() for k, _ in extra}
        if len(body) > 1400 and "gzip" in accepts and "content-encoding" not in named:
            body = gzip.compress(body, 5)
            extra.append(("content-encoding", "gzip"))
            extra.append(("vary", "Accept-Encoding"))
        lines = [("date", email.utils.formatdate(usegmt=True)),
                 ("content-type", answer.ctype)]
        if pool is not None:
            limit, concurrent = LIMITS[pool]
            lines += [
                ("access-control-expose-headers", "Link"),
                ("access-control-allow-headers",
                 "X-Requested-With, Accept, Accept-Encoding, Accept-Charset, "
                 "Accept-Language, Accept-Ranges, Cache-Control"),
                ("access-control-allow-origin", "*"),
                ("server", self.server_version),
                ("x-rate-limit-limit", str(limit)),
                ("x-rate-limit-interval", "1s"),
                ("x-api-pool", pool),
                ("permissions-policy", "interest-cohort=()"),
            ]
            if concurrent is not None:
                lines.append(("x-concurrency-limit", str(concurrent)))
        lines += extra
        names_seen = {k.lower() for k, _ in lines}
        if "content-length" not in names_seen and "transfer-encoding" not in names_seen:
            lines.append(("content-length", str(len(body))))
        reason = self.responses.get(answer.status, ("",))[0]
        head = f"HTTP/1.1 {answer.status} {reason}\r\n" + "".join(
            f"{k}: {v}\r\n" for k, v in lines) + "\r\n"
        return head.encode("latin-1"), b"" if self.command == "HEAD" else body

    def send(self, answer, pool):
        head, body = self.pack(answer, pool)
        self.wfile.write(head + body)

    def hang_up(self, reset=False):
        self.close_connection = True
        try:
            if reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                           struct.pack("ii", 1, 0))
                self.connection.close()
            else:
                self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    # -- dispatch

    def do_GET(self):
        sim = self.server.sim
        raw, _, query = self.path.partition("?")
        params = urllib.parse.parse_qs(query, keep_blank_values=True)
        if raw.startswith("/__"):
            self.send(sim.control(raw, params), None)
            return
        path = re.sub(r"^/v1(?=/)", "", raw)
        single = bool(re.match(r"/(works|types|members|journals|funders|prefixes)/.", path)
                      ) or path.startswith("/doiRA/")
        pool, mailto = self.pool_of(params, single)
        client = self.client_address[0]
        started = time.time()
        entry = {
            "t": round(started, 4), "method": self.command, "target": self.path,
            "path": urllib.parse.unquote(path), "params": params,
            "user_agent": self.headers.get("User-Agent"), "mailto": mailto,
            "pool": pool, "accept": self.headers.get("Accept"),
            "accept_encoding": self.headers.get("Accept-Encoding"),
            "client_port": self.client_address[1], "status": None,
            "fault": None, "limited": None,
        }
        allowed, why, flying = sim.limiter.enter(client, pool, sim.enforce)
        entry["inflight"] = flying
        try:
            if not allowed:
                entry["limited"], entry["status"] = why, 429
                self.send(self.too_many(sim.retry_after), None)
                return
            if sim.latency:
                time.sleep(sim.latency)
            fault = sim.take_fault(self.path)
            try:
                answer = self.route(path, params, sim.store)
            except Answer as early:
                answer = early
            if fault:
                entry["fault"] = fault["mode"]
                entry["status"] = self.apply_fault(fault, answer, pool, path)
            else:
                entry["status"] = answer.status
                self.send(answer, pool)
        except (BrokenPipeError, ConnectionError, socket.timeout):
            self.close_connection = True
            entry["client_gone"] = True
        finally:
            entry["ms"] = round((time.time() - started) * 1000, 1)
            sim.limiter.leave(client, pool)
            sim.record(entry)

    do_HEAD = do_GET

    def pool_of(self, params, single):
        agent = self.headers.get("User-Agent", "") or ""
        found = re.search(r"mailto:\s*([^\s;)>]+@[^\s;)>]+)", agent, re.I)
        mailto = (params.get("mailto") or [None])[0] or (found[1] if found else None)
        if self.headers.get("Crossref-Plus-API-Token"):
            return "plus", mailto
        kind = "polite" if mailto and "@" in mailto else "public"
        return f"{kind}-{'single' if single else 'array'}", mailto

    @staticmethod
    def too_many(retry_after):
        headers = []
        text = str(retry_after)
        if text.startswith("date:"):
            headers.append(("retry-after", email.utils.formatdate(
                time.time() + float(text[5:]), usegmt=True)))
        elif text.lower() not in ("none", ""):
            headers.append(("retry-after", text))
        return Answer(429, "<html><body><h1>429 Too Many Requests</h1>\nYou have sent "
                      "too many requests in a given amount of time.\n</body></html>\n",
                      "text/html", headers)

    # -- real answers

    def route(self, path, params, store):
        decoded = urllib.parse.unquote(path)
        if decoded in ("/works", "/works/"):
            return self.works(params, store)
        if decoded.startswith("/works/"):
            return self.work(decoded[len("/works/"):], params, store)
        if decoded.startswith("/doiRA/"):
            return self.doi_ra(decoded[len("/doiRA/"):], store)
        if decoded.rstrip("/") == "/types":
            items = [{"id": i, "label": label} for i, label in TYPES]
            return Answer(200, dump(envelope("type-list", {
                "total-results": len(items), "items": items})), JSON_UTF8)
        if decoded.startswith("/types/"):
            for ident, label in TYPES:
                if ident == decoded[len("/types/"):]:
                    return Answer(200, dump(envelope(
                        "type", {"id": ident, "label": label})), JSON_UTF8)
        return Answer(404, "Resource not found.", "text/plain")

    def work(self, rest, params, store):
        for name in params:
            if name.startswith("query."):
                return invalid("parameter-not-allowed", "query.*",
                               "This route does not support field query parameters")
            if name in LIST_PARAMS - {"mailto"}:
                return invalid("parameter-not-allowed", name,
                               f"This route does not support {name}")
        message = store.get(rest)
        if message is not None:
            return Answer(200, dump(envelope("work", message)))
        found = re.match(r"(.+?)/(agency|transform(?:/.*)?)$", rest, re.S)
        if found:
            doi, verb = found[1], found[2]
            message = store.get(doi)
            if verb == "agency":
                agency = "crossref" if message is not None else \
                    AGENCIES.get(norm_doi(doi).split("/")[0])
                if agency:
                    return Answer(200, dump(envelope("work-agency", {
                        "DOI": norm_doi(doi), "agency": {
                            "id": agency, "label": AGENCY_LABELS[agency]}})),
                        JSON_UTF8)
                # labelled JSON although the body is plain text, as observed
                return Answer(404, "Resource not found.", JSON_UTF8)
            if message is not None:
                return Answer(200, dump(csl(message)),
                              "application/vnd.citationstyles.csl+json")
        return Answer(404, "Resource not found.", "text/plain")

    def doi_ra(self, rest, store):
        out = []
        for doi in rest.split(","):
            agency = "crossref" if store.get(doi) is not None else \
                AGENCIES.get(norm_doi(doi).split("/")[0])
            if not re.match(r"10\.\d{4,9}/\S", norm_doi(doi)):
                out.append({"DOI": doi, "status": "Invalid DOI"})
            elif agency:
                out.append({"DOI": doi, "RA": AGENCY_LABELS[agency]})
            else:
                out.append({"DOI": doi, "status": "DOI does not exist"})
        return Answer(200, json.dumps(out, indent=2), JSON_UTF8)

    def number(self, params, name, default, top):
        if name not in params:
            return default
        text = params[name][0]
        if not re.fullmatch(r"\d+", text) or int(text) > top:
            raise invalid("integer-not-valid", text,
                          f"Integer specified as {text} but must be a positive "
                          f"integer less than or equal to {top}. ")
        return int(text)

    def works(self, params, store):
        for name in params:
            if name.startswith("query.") and name not in FIELD_QUERIES:
                return invalid("parameter-not-allowed", name,
                               f"Field query {name} is not available for this route")
            if name not in LIST_PARAMS and name not in FIELD_QUERIES:
                return invalid("parameter-not-found", name,
                               "This route does not support this parameter")
        rows = self.number(params, "rows", 20, 1000)
        offset = self.number(params, "offset", 0, 10000)
        if offset + rows > 10000 and "cursor" not in params:
            return invalid("integer-not-valid", str(offset),
                           "Sum of offset and rows must not exceed 10000. ")
        scores, terms = None, None
        for name, values in params.items():
            if name != "query" and not name.startswith("query."):
                continue
            text = " ".join(values)
            if name == "query":
                terms = text
            field = name.partition(".")[2] or "bibliographic"
            if field == "contributor":
                field = "author"
            part = store.query(field, text)
            scores = dict(part) if scores is None else {
                d: s + part[d] for d, s in scores.items() if d in part}
        found = scores if scores is not None else dict.fromkeys(store.by_doi, 0.0)
        wanted = collections.defaultdict(list)
        for chunk in ",".join(params.get("filter", [])).split(","):
            if not chunk:
                continue
            name, colon, value = chunk.partition(":")
            if not colon or name not in FILTERS:
                return invalid("filter-not-available", name,
                               f"Filter '{name}' is not available for this route")
            wanted[name].append(value)
        for name, values in wanted.items():
            found = {d: s for d, s in found.items()
                     if any(matches(store.by_doi[d], name, v) for v in values)}
        sort = params.get("sort", ["score" if scores is not None else "updated"])[0]
        keyed = {
            "score": lambda d: found[d], "relevance": lambda d: found[d],
            "published": lambda d: date_of(store.by_doi[d], "published", "issued") or (0,),
            "issued": lambda d: date_of(store.by_doi[d], "issued") or (0,),
            "updated": lambda d: date_of(store.by_doi[d], "deposited") or (0,),
            "deposited": lambda d: date_of(store.by_doi[d], "deposited") or (0,),
            "indexed": lambda d: date_of(store.by_doi[d], "indexed") or (0,),
            "created": lambda d: date_of(store.by_doi[d], "created") or (0,),
            "is-referenced-by-count":
                lambda d: store.by_doi[d].get("is-referenced-by-count") or 0,
            "references-count":
                lambda d: store.by_doi[d].get("references-count") or 0,
        }
        if sort not in keyed:
            return invalid("sort-criteria-not-available", sort,
                           f"Sort criteria '{sort}' is not available for this route")
        descending = params.get("order", ["desc"])[0] != "asc"
        order = sorted(sorted(found), key=keyed[sort], reverse=descending)
        body = {"facets": {}, "total-results": len(order), "items": [],
                "items-per-page": rows,
                "query": {"start-index": offset, "search-terms": terms}}
        if "cursor" in params:
            cursor = params["cursor"][0]
            try:
                offset = 0 if cursor == "*" else int(
                    base64.urlsafe_b64decode(cursor.encode()).decode())
            except (ValueError, UnicodeError):
                return Answer(404, dump({
                    "status": "failed", "message-type": "resource-failure",
                    "message": [{"type": "cursor-invalid", "value": cursor,
                                 "message": "Cursor specified but it is invalid"}]}))
            body["next-cursor"] = base64.urlsafe_b64encode(
                str(offset + rows).encode()).decode()
        select = [s for s in ",".join(params.get("select", [])).split(",") if s]
        for doi in order[offset:offset + rows]:
            item = dict(store.by_doi[doi], score=round(found[doi], 6))
            if select:
                item = {k: item[k] for k in select if k in item}
            body["items"].append(item)
        return Answer(200, dump(envelope("work-list", body)))

    # -- faults

    def apply_fault(self, fault, answer, pool, path):
        mode = fault["mode"]

        def opt(name, default):
            return fault.get(name, default)

        if mode == "429":
            self.send(self.too_many(opt("retry_after", "1")), None)
            return 429
        if mode in ("502", "503", "504"):
            label = {"502": "502 Bad Gateway", "503": "503 Service Temporarily Unavailable",
                     "504": "504 Gateway Time-out"}[mode]
            headers = [("server", "awselb/2.0")]
            if "retry_after" in fault:
                headers.append(("retry-after", fault["retry_after"]))
            self.send(Answer(int(mode), ELB_PAGE.format(label), "text/html", headers), None)
            return int(mode)
        if mode == "500":
            self.send(Answer(500, dump({
                "status": "error", "message-type": "exception", "message-version": "1.0.0",
                "message": {"name": "class clojure.lang.ExceptionInfo",
                            "description": "clojure.lang.ExceptionInfo: Response Exception",
                            "message": "Response Exception", "stack": [], "cause": None}})),
                pool)
            return 500
        if mode == "403":
            self.send(Answer(403, ELB_PAGE.format("403 Forbidden"), "text/html",
                             [("server", "awselb/2.0")]), None)
            return 403
        if mode == "404":
            self.send(Answer(404, "Resource not found.", "text/plain"), pool)
            return 404
        if mode == "slow":
            time.sleep(float(opt("s", 5)))
            self.send(answer, pool)
            return answer.status
        if mode == "hang":
            time.sleep(float(opt("s", 30)))
            self.hang_up()
            return 0
        if mode == "reset":
            self.hang_up(reset=True)
            return 0
        if mode == "drip":
            head, body = self.pack(answer, pool)
            self.wfile.write(head)
            pieces = max(1, min(len(body), 40))
            step = -(-len(body) // pieces) or 1
            for start in range(0, len(body), step):
                self.wfile.write(body[start:start + step])
                self.wfile.flush()
                time.sleep(float(opt("s", 5)) / pieces)
            return answer.status
        if mode == "truncated":
            head, body = self.pack(answer, pool)
            self.wfile.write(head + body[:len(body) // 2])
            self.wfile.flush()
            self.hang_up()
            return answer.status
        if mode == "badjson":
            answer.body = answer.body[:len(answer.body) // 2]
            self.send(answer, pool)
            return answer.status
        if mode == "html":
            status = int(opt("status", 200))
            page = ("<!DOCTYPE html><html><head><title>Sign in to the network</title>"
                    "</head><body><h1>Please sign in</h1></body></html>")
            self.send(Answer(status, page, "text/html; charset=utf-8"), None)
            return status
        if mode == "wrongtype":
            answer.ctype = opt("type", "text/html")
            self.send(answer, pool)
            return answer.status
        if mode == "empty":
            self.send(Answer(200, b""), pool)
            return 200
        if mode in ("nullmsg", "listmsg"):
            value = None if mode == "nullmsg" else []
            self.send(Answer(200, dump(envelope("work", value))), pool)
            return 200
        if mode == "wrongdoi":
            asked = norm_doi(urllib.parse.unquote(path)[len("/works/"):])
            for doi, message in self.server.sim.store.by_doi.items():
                if doi != asked:
                    self.send(Answer(200, dump(envelope("work", message))), pool)
                    break
            return 200
        if mode == "latin1":
            answer.body = answer.body.decode("utf-8").encode("latin-1", "replace")
            self.send(answer, pool)
            return answer.status
        if mode in ("huge", "gzbomb"):
            size = int(float(opt("mb", 64 if mode == "huge" else 200)) * 1_000_000)
            first = (b'{"status":"ok","message-type":"work","message-version":"1.0.0",'
                     b'"message":{"DOI":"10.5555\\/huge","type":"journal-article",'
                     b'"title":["Huge"],"abstract":"')
            last = b'"}}'
            block = b"x" * 65536
            if mode == "gzbomb":
                packer = gzip.zlib.compressobj(9, gzip.zlib.DEFLATED, 31)
                out = [packer.compress(first)]
                for _ in range(size // len(block)):
                    out.append(packer.compress(block))
                out += [packer.compress(last), packer.flush()]
                self.send(Answer(200, b"".join(out), JSON_TYPE,
                                 [("content-encoding", "gzip")]), pool)
                return 200
            count = size // len(block)
            total = len(first) + count * len(block) + len(last)
            head, _ = self.pack(Answer(200, b"", JSON_TYPE,
                                       [("content-length", str(total))]), pool)
            self.wfile.write(head + first)
            for _ in range(count):
                self.wfile.write(block)
            self.wfile.write(last)
            return 200
        if mode == "redirect":
            self.send(Answer(302, b"", "text/html",
                             [("location", opt("to", self.path))]), pool)
            return 302
        self.send(answer, pool)
        return answer.status


FAULT_MODES = {
    "429", "403", "404", "500", "502", "503", "504", "slow", "drip", "hang",
    "reset", "truncated", "badjson", "html", "wrongtype", "empty", "nullmsg",
    "listmsg", "wrongdoi", "latin1", "huge", "gzbomb", "redirect",
}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        if self.sim.verbose:
            super().handle_error(request, client_address)


class Sim:
    """The server with its records, faults, log and limiter."""

    def __init__(self, paths=(), port=0, host="127.0.0.1", enforce=False,
                 latency=0.0, retry_after="1", verbose=False):
        self.store = Store(paths)
        self.enforce, self.latency = enforce, latency
        self.retry_after, self.verbose = retry_after, verbose
        self.limiter = Limiter()
        self.lock = threading.Lock()
        self.faults, self.entries = [], []
        self.httpd = Server((host, port), Handler)
        self.httpd.sim = self
        self.port = self.httpd.server_address[1]
        self.url = f"http://{host}:{self.port}"
        self.thread = None

    def start(self):
        self.thread = threading.Thread(target=self.httpd.serve_forever,
                                       kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        return self

    def stop(self):
        self.httpd.shutdown()
        self.httpd.server_close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc):
        self.stop()

    # -- faults and log

    def fault(self, mode, n=1, match=None, **options):
        mode = str(mode)
        if mode in ("off", "none"):
            with self.lock:
                self.faults.clear()
            return
        if mode not in FAULT_MODES:
            raise ValueError(f"unknown fault mode {mode!r}")
        with self.lock:
            self.faults.append({"mode": mode, "n": int(n), "match": match,
                                **{k: str(v) for k, v in options.items()}})

    def take_fault(self, target):
        plain = urllib.parse.unquote(target).lower()
        with self.lock:
            for fault in self.faults:
                if fault["match"] and fault["match"].lower() not in plain:
                    continue
                if fault["n"] > 0:
                    fault["n"] -= 1
                    if fault["n"] == 0:
                        self.faults.remove(fault)
                return dict(fault)
        return None

    def record(self, entry):
        with self.lock:
            self.entries.append(entry)

    def log(self, clear=False):
        with self.lock:
            out = sorted(self.entries, key=lambda e: e["t"])
            if clear:
                self.entries = []
        return out

    def stats(self):
        log = self.log()
        return {
            "records": len(self.store.by_doi), "requests": len(log),
            "by_status": dict(collections.Counter(str(e["status"]) for e in log)),
            "by_pool": dict(collections.Counter(e["pool"] for e in log)),
            "limited": sum(1 for e in log if e["limited"]),
            "without_mailto": sum(1 for e in log if not e["mailto"]),
            "without_user_agent": sum(1 for e in log if not e["user_agent"]),
            "connections": len({e["client_port"] for e in log}),
            "repeated_targets": {t: c for t, c in collections.Counter(
                e["target"] for e in log).items() if c > 1},
            "peak_per_second": dict(self.limiter.peak_rate),
            "peak_concurrent": dict(self.limiter.peak_inflight),
        }

    def reset(self):
        with self.lock:
            self.faults.clear()
            self.entries = []
        self.limiter.clear()

    def control(self, path, params):
        flat = {k: v[-1] for k, v in params.items()}
        if path == "/__health":
            value = {"ok": True, "records": len(self.store.by_doi),
                     "enforce": self.enforce}
        elif path == "/__log":
            value = self.log(clear=flat.get("clear") in ("1", "true"))
        elif path == "/__stats":
            value = self.stats()
        elif path == "/__reset":
            self.reset()
            value = {"ok": True}
        elif path == "/__fault":
            if "mode" in flat:
                try:
                    self.fault(**flat)
                except (ValueError, TypeError) as error:
                    return Answer(400, json.dumps({"error": str(error)}))
            with self.lock:
                value = {"faults": list(self.faults)}
        else:
            return Answer(404, json.dumps({"error": "no such control route"}))
        return Answer(200, json.dumps(value, ensure_ascii=False, indent=1))


def main(argv=None):
    parser = argparse.ArgumentParser(
        description="Serve recorded Crossref records on 127.0.0.1.")
    parser.add_argument("files", nargs="+", help="JSON-lines files of records")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--enforce", action="store_true",
                        help="apply the published rate and concurrency limits")
    parser.add_argument("--latency", type=float, default=0.0,
                        help="seconds before every answer")
    parser.add_argument("--retry-after", default="1",
                        help="Retry-After of limiter answers: seconds, date:SECONDS or none")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args(argv)
    sim = Sim(args.files, args.port, args.host, args.enforce, args.latency,
              args.retry_after, args.verbose)
    print(sim.url, flush=True)
    print(f"{len(sim.store.by_doi)} records, limits "
          f"{'enforced' if sim.enforce else 'not enforced'}", file=sys.stderr, flush=True)
    try:
        sim.httpd.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass
    finally:
        sim.httpd.server_close()


if __name__ == "__main__":
    main()
