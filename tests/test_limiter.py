"""Keeping to Crossref's limits, and waiting between tries, with a clock whose waits take no time."""

from collections.abc import Callable, Iterator
from email.utils import formatdate
from threading import Thread

import pytest

from litbase.errors import Limited, ProviderError, TimedOut
from litbase.providers.http import Reply
from litbase.providers.limiter import POOLS, Limit, Limiter, limit_in, limiter
from litbase.providers.patience import Clock, Patience
from litbase.providers.retry import persist, retry_after

NOON = 1_800_000_000.0


class Hands:
    """The hands of a clock that only moves when somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return Clock(lambda: hands.now, lambda: NOON + hands.now, hands.sleep, lambda: 0.5)


def starts(limiter: Limiter, hands: Hands, count: int) -> list[float]:
    found = []
    for _ in range(count):
        with limiter.turn():
            found.append(hands.now)
    return found


# ---- the pace


@pytest.mark.parametrize(("pool", "limit"), POOLS.items())
def test_no_second_holds_more_requests_than_the_limit(
    pool: tuple[bool, str], limit: Limit, hands: Hands, clock: Clock
) -> None:
    times = starts(Limiter(limit, clock), hands, 30)
    for begin in times:
        assert sum(begin <= time < begin + 1.0 for time in times) <= limit.requests
    assert times[-1] < 30 / limit.requests * 1.1


def test_the_first_request_does_not_wait(hands: Hands, clock: Clock) -> None:
    assert starts(Limiter(Limit(1, 1, 1), clock), hands, 1) == [0.0]
    assert hands.slept == []


def test_what_the_headers_say_counts(hands: Hands, clock: Clock) -> None:
    pace = Limiter(Limit(10, 1, 3), clock)
    headers = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "10s", "x-concurrency-limit": "1"}
    with pace.turn():
        pace.learn(headers, hands.now)
    assert pace.limit == Limit(2, 10, 1)
    assert starts(pace, hands, 2) == pytest.approx([5.25, 10.5])


def test_the_pace_counts_from_when_a_request_went_out(hands: Hands, clock: Clock) -> None:
    pace = Limiter(Limit(1, 1, 1), clock)
    with pace.turn():
        hands.now = 3.0  # so long it took to open the connection
        pace.learn({}, sent=3.0)
    assert starts(pace, hands, 1) == pytest.approx([4.05])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"},
        {"x-rate-limit-limit": "-3", "x-rate-limit-interval": "-1s"},
        {"x-rate-limit-limit": "many", "x-rate-limit-interval": "soon", "x-concurrency-limit": "²"},
        {"x-rate-limit-limit": "1", "x-rate-limit-interval": "24h"},
        {"x-rate-limit-limit": "1" * 400, "x-rate-limit-interval": ""},
    ],
)
def test_headers_that_make_no_sense_change_nothing(headers: dict[str, str]) -> None:
    assert limit_in(headers, Limit(5, 1, 1)) == Limit(5, 1, 1)


@pytest.mark.parametrize(("text", "seconds"), [("1s", 1), ("60", 60), ("2m", 120)])
def test_intervals_have_units(text: str, seconds: float) -> None:
    assert limit_in({"x-rate-limit-limit": "50", "x-rate-limit-interval": text}, Limit(5, 1, 1)).seconds == seconds


def test_no_more_are_under_way_at_once_than_allowed() -> None:
    pace = Limiter(Limit(1000, 1, 2), Clock(sleep=lambda _: None))
    under_way, most = [], []

    def work() -> None:
        with pace.turn():
            under_way.append(1)
            most.append(len(under_way))
            under_way.pop()

    threads = [Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(most) == 20
    assert max(most) <= 2


def test_a_turn_that_fails_is_given_back(hands: Hands, clock: Clock) -> None:
    pace = Limiter(Limit(5, 1, 1), clock)
    with pytest.raises(ZeroDivisionError), pace.turn():
        1 / 0  # noqa: B018
    assert len(starts(pace, hands, 1)) == 1


def test_one_server_and_kind_have_one_limiter(clock: Clock) -> None:
    limit = POOLS[False, "single"]
    one = limiter("https://a.example", "single", limit, clock)
    assert limiter("https://a.example", "single", limit, clock) is one
    assert limiter("https://b.example", "single", limit, clock) is not one
    assert limiter("https://a.example", "list", limit, clock) is not one


# ---- Retry-After


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 2.5 ", 2.5),
        ("0", 0.0),
        (formatdate(NOON + 30, usegmt=True), 30.0),
        (formatdate(NOON + 30, usegmt=True).replace("GMT", "-0000"), 30.0),
        (formatdate(NOON - 30, usegmt=True), 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("1e3", 0.0),
        ("٣", 0.0),
        ("Fri, 99 Zed 2020 99:99:99 GMT", 0.0),
        ("Mon, 01 Jan 99999 00:00:00 GMT", 0.0),
    ],
)
def test_retry_after_in_every_form(value: str, seconds: float) -> None:
    assert retry_after(value, NOON) == pytest.approx(seconds)


def test_a_huge_retry_after_is_huge() -> None:
    assert retry_after("9" * 5_000, NOON) > 1e200


# ---- trying again


def reply(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, named, b"", "http://crossref.example/works", 0.0)


def run(
    outcomes: list[Reply | ProviderError], hands: Hands, clock: Clock, each: float = 0.1, **patience: float
) -> tuple[Reply, list[float]]:
    """What `persist` makes of these outcomes, each of which takes so many seconds; and the deadlines it gave."""
    left: list[float] = []
    coming: Iterator[Reply | ProviderError] = iter(outcomes)

    def send(seconds: float) -> Reply:
        left.append(seconds)
        hands.now += each
        outcome = next(coming)
        if isinstance(outcome, ProviderError):
            raise outcome
        return outcome

    pace = Limiter(Limit(1000, 1, 1), clock)
    return persist(send, "Crossref", pace, Patience()._replace(**patience), clock), left


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_passes(status: int, hands: Hands, clock: Clock) -> None:
    answer, left = run([reply(status), reply(status), reply(200)], hands, clock)
    assert answer.status == 200
    assert left[0] == 20.0
    assert left[2] < left[1] < left[0]


@pytest.mark.parametrize("status", [200, 400, 403, 404, 501])
def test_a_final_answer_is_not_asked_for_again(status: int, hands: Hands, clock: Clock) -> None:
    answer, left = run([reply(status)], hands, clock)
    assert answer.status == status
    assert len(left) == 1


def test_the_pauses_grow_and_vary(hands: Hands, clock: Clock) -> None:
    run([reply(503), reply(503), reply(200)], hands, clock)
    assert hands.slept == pytest.approx([0.5, 1.0])
    hands.slept.clear()
    run([reply(503), reply(503), reply(200)], hands, clock._replace(chance=lambda: 0.9))
    assert hands.slept == pytest.approx([0.7, 1.4])


def test_a_time_out_is_tried_again_within_the_deadline(hands: Hands, clock: Clock) -> None:
    late = TimedOut("late")
    assert run([late, reply(200)], hands, clock)[0].status == 200
    with pytest.raises(TimedOut):
        run([late, late, reply(200)], hands, clock, each=15)


def test_three_tries_and_no_more(hands: Hands, clock: Clock) -> None:
    with pytest.raises(ProviderError, match="503 Service Unavailable"):
        run([reply(503)] * 3 + [reply(200)], hands, clock)
    with pytest.raises(Limited, match="429"):
        run([reply(429)] * 3 + [reply(200)], hands, clock)


def test_other_failures_are_not_tried_again(hands: Hands, clock: Clock) -> None:
    with pytest.raises(ProviderError, match="broke"):
        run([ProviderError("broke"), reply(200)], hands, clock)


def test_an_asked_for_wait_is_kept_and_does_not_cost_the_deadline(hands: Hands, clock: Clock) -> None:
    answer, left = run([reply(429, retry_after="25"), reply(503, retry_after="30"), reply(200)], hands, clock)
    assert answer.status == 200
    assert hands.slept == pytest.approx([25, 30])
    assert left[2] == pytest.approx(19.8)


@pytest.mark.parametrize("value", ["61", "9" * 400, formatdate(NOON + 86_400, usegmt=True)])
def test_a_longer_wait_than_a_minute_is_refused_at_once(value: str, hands: Hands, clock: Clock) -> None:
    with pytest.raises(Limited, match="asks to wait"):
        run([reply(429, retry_after=value), reply(200)], hands, clock)
    assert hands.slept == []


def test_waits_add_up_to_a_minute_at_most(hands: Hands, clock: Clock) -> None:
    with pytest.raises(Limited, match="asks to wait"):
        run([reply(429, retry_after="40"), reply(429, retry_after="30"), reply(200)], hands, clock)
    assert sum(hands.slept) == 40


def test_waiting_for_ones_turn_does_not_cost_the_deadline(hands: Hands, clock: Clock) -> None:
    pace = Limiter(Limit(1, 30, 1), clock)
    given: list[float] = []
    send: Callable[[float], Reply] = lambda seconds: given.append(seconds) or reply(200)  # type: ignore[func-returns-value]  # noqa: E731
    for _ in range(3):
        persist(send, "Crossref", pace, Patience(), clock)
    assert hands.now == pytest.approx(63.0)
    assert given == [20.0, 20.0, 20.0]
