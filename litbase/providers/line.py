"""One provider's line for the length of one job: paced, patient, and deaf to what is no answer.

What the small providers share: a GET by path, the statuses that mean something everywhere, and
asking for many identifiers in groups, each with an outcome of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus

from litbase import __version__
from litbase.errors import BadInput, NotFound, ProviderError
from litbase.providers.http import Client, Reply
from litbase.providers.limiter import Limit, limiter
from litbase.providers.outcomes import Answer, Refusal, hopeless
from litbase.providers.patience import Clock, Patience
from litbase.providers.retry import persist

Outcome = Answer | Refusal


class Line:
    """GET requests to one server below `base_url`; `who` is its name in messages.

    `contact` is the address its keeper may write to, sent in the User-Agent and nowhere else.
    """

    def __init__(
        self,
        who: str,
        base_url: str,
        limit: Limit,
        contact: str | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.who = who
        self._base_url = base_url.rstrip("/")
        self._patience = patience or Patience()
        self._clock = clock or Clock()
        self._pace = limiter(self._base_url, who, limit, self._clock)
        self._client = Client(who, self._patience, self._clock)
        self._headers = {"User-Agent": user_agent(contact)}

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str, params: Mapping[str, str], accept: str = "application/json") -> Reply:
        """The answer to a question, once its status is 200.

        Raises: NotFound for 404 and 410; Limited, TimedOut, Offline, Unreadable, ProviderError.
        """
        headers = {**self._headers, "Accept": accept}
        url = f"{self._base_url}{path}"
        reply = persist(
            lambda seconds: self._client.get(url, params, headers, seconds),
            self.who,
            self._pace,
            self._patience,
            self._clock,
        )
        return accepted(reply, self.who)


def user_agent(contact: str | None) -> str:
    """How litbase names itself, with the address to write to where there is one."""
    return f"litbase/{__version__} (mailto:{contact})" if contact else f"litbase/{__version__}"


def accepted(reply: Reply, who: str) -> Reply:
    """An answer whose status is 200.

    Raises: NotFound for 404 and 410; ProviderError for every other status.
    """
    if reply.status == 200:
        return reply
    if reply.status in (404, 410):
        raise NotFound(f"{who} knows nothing by that identifier", "look for a slip in it")
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "a status HTTP does not know"
    hint = "it may want an address to write to: `litbase config mailto`" if reply.status == 403 else "try again later"
    raise ProviderError(f"{who} refused the request: {reply.status} {phrase}", hint)


def in_groups(
    identifiers: Iterable[str], size: int, ask: Callable[[list[str]], Mapping[str, Outcome]]
) -> Iterator[Outcome]:
    """One outcome for each identifier, in order, `size` of them asked for at a time.

    `ask` has an outcome for each of its group, or raises one cause for all. Once the provider
    cannot be reached or keeps failing, the rest is refused with that cause and not asked for.
    """
    failures: list[ProviderError] = []
    wanted = list(identifiers)
    for start in range(0, len(wanted), size):
        group = wanted[start : start + size]
        cause = hopeless(failures)
        if cause is not None:
            yield from (Refusal(one, cause) for one in group)
            continue
        try:
            outcomes = ask(list(dict.fromkeys(group)))
        except (NotFound, BadInput) as error:
            failures.clear()
            yield from (Refusal(one, error) for one in group)
            continue
        except ProviderError as error:
            failures.append(error)
            yield from (Refusal(one, error) for one in group)
            continue
        failures.clear()
        yield from (outcomes[one] for one in group)
