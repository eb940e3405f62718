"""doi.org: records of DOIs that are not Crossref's, from whichever agency has them.

doi.org sends a request for CSL-JSON on to DataCite, mEDRA, JaLC … Where it may lead is
decided here, hop by hop: over HTTPS only, three times at most, within one deadline.

Source: DOI Citation Formatter, "DOI content negotiation"; DOI Handbook, 3.8 (resolution).
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from litbase.domain import doi as dois
from litbase.domain.text import clean_line
from litbase.errors import BadInput, BadRecord, NotFound, ProviderError
from litbase.providers import causes
from litbase.providers.http import REDIRECTS, Client, Reply
from litbase.providers.limiter import DOI_ORG, limiter
from litbase.providers.line import Outcome, accepted, in_groups, user_agent
from litbase.providers.outcomes import Answer
from litbase.providers.patience import Clock, Patience
from litbase.providers.retry import persist
from litbase.providers.strict import json_of

WHO = "doi.org"
ACCEPT = "application/vnd.citationstyles.csl+json"
_HOPS = 3


class Settings(NamedTuple):
    """Where DOIs are resolved, and the address the agencies may write to."""

    base_url: str = "https://doi.org"
    mailto: str | None = None


def fetch(
    wanted: Iterable[str], settings: Settings, *, patience: Patience | None = None, clock: Clock | None = None
) -> Iterator[Outcome]:
    """One outcome for each canonical DOI, in the order asked: CSL-JSON as the agency gives it, or why not."""
    patience, clock = patience or Patience(), clock or Clock()

    def ask(group: list[str]) -> dict[str, Outcome]:
        return {doi: _answer(doi, settings, patience, clock) for doi in group}

    return in_groups(wanted, 1, ask)


def _answer(doi: str, settings: Settings, patience: Patience, clock: Clock) -> Answer:
    base = settings.base_url.rstrip("/")
    reply = persist(
        lambda seconds: _resolved(f"{base}/{quote(doi, safe='/')}", settings.mailto, patience, clock, seconds),
        WHO,
        limiter(base, "resolver", DOI_ORG, clock),
        patience,
        clock,
    )
    who = WHO if _host(reply.url) == _host(base) else _host(reply.url)
    if reply.status in (204, 406):
        raise NotFound(f"the agency of {doi} tells nothing of it as CSL-JSON", _own_page(doi))
    if reply.status == 200 and "html" in reply.headers.get("content-type", ""):
        # An agency without metadata sends its page, as does a network that wants one to sign in.
        raise ProviderError(f"{who} sent a web page for {doi}, no record", _own_page(doi))
    try:
        body = json_of(accepted(reply, who), who)
    except NotFound as error:
        raise NotFound(f"{who} has no record of {doi}", "look for a slip in it") from error
    if not isinstance(body, dict):
        raise causes.unreadable(who, "it is no record")
    own = _own_doi(body)
    if own != doi:
        brought = f"that of {own[:80]}" if own else "one without a DOI"
        raise BadRecord(f"asked for the record of {doi}, {who} sent {brought}", "try again later")
    return Answer(own, doi, body, provider="doi.org")


def _resolved(url: str, mailto: str | None, patience: Patience, clock: Clock, seconds: float) -> Reply:
    """The answer at the end of the redirects, all of them within these seconds.

    Raises: Offline, TimedOut, Unreadable, ProviderError.
    """
    ends = clock.now() + seconds
    for _ in range(_HOPS + 1):
        who = _host(url)
        # A line of its own for each host: proxies and certificates are that host's.
        with closing(Client(who, patience, clock)) as client:
            headers = {"Accept": ACCEPT, "User-Agent": user_agent(mailto)}
            reply = client.get(url, {}, headers, max(0.01, ends - clock.now()), follow=False)
        if reply.status not in REDIRECTS:
            return reply
        url = led_to(url, reply.headers.get("location", ""))
    raise ProviderError(f"{WHO} leads on more than {_HOPS} times", "try again later")


def led_to(url: str, location: str) -> str:
    """Where a redirect from `url` leads: an http(s) address without a password, and never from https to http.

    Raises: Unreadable, ProviderError.
    """
    if not location:
        raise causes.unreadable(_host(url), "it is a redirect to nowhere")
    try:
        there = urlsplit(urljoin(url, location))
        sound = bool(there.hostname) and there.port != 0 and there.username is None
    except ValueError as error:
        raise causes.unreadable(_host(url), "it is a redirect to no address") from error
    if not sound or (there.scheme != "https" and there.scheme != urlsplit(url).scheme):
        raise ProviderError(
            f"{_host(url)} sent litbase on to an address it does not follow",
            "a network that wants you to sign in first does this too; otherwise try again later",
        )
    return there._replace(fragment="").geturl()


def _own_doi(body: dict[str, Any]) -> str:
    """The DOI a record says it is of, canonical; empty where it says none."""
    for field in ("DOI", "doi", "id"):
        value = body.get(field)
        if isinstance(value, str) and value:
            try:
                return dois.parse(clean_line(value))
            except BadInput:
                continue
    return ""


def _own_page(doi: str) -> str:
    return f"its own page is {dois.url(doi)}"


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]
