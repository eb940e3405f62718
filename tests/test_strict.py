"""JSON read strictly: what is not quite JSON is called unreadable, with its cause."""

import pytest

from litbase.errors import Unreadable
from litbase.providers.http import Reply
from litbase.providers.strict import json_of


def answer(body: bytes, label: str | None = "application/json;charset=utf-8") -> Reply:
    return Reply(200, {"content-type": label} if label is not None else {}, body, "http://crossref.example/", 0.0)


@pytest.mark.parametrize("label", ["application/json", "Application/JSON; charset=UTF-8", "application/vnd.x+json"])
def test_json_is_read_under_its_labels(label: str) -> None:
    assert json_of(answer('{"a": ["é", 1.5]}'.encode(), label), "Crossref") == {"a": ["é", 1.5]}


@pytest.mark.parametrize(
    ("body", "label", "cause"),
    [
        (b"{}", "text/html", "calls itself a web page"),
        (b"<html>Sign in</html>", "text/html; charset=utf-8", "calls itself a web page"),
        (b"{}", "text/plain", "not labelled as JSON"),
        (b"{}", "", "does not say what it is"),
        (b"{}", None, "does not say what it is"),
        (b"", "application/json", "empty"),
        (b'{"a": "\xe9"}', "application/json", "not UTF-8"),
        (b'{"a": ', "application/json", "not JSON"),
        (b"Resource not found.", "application/json", "not JSON"),
        (b'{"a": NaN}', "application/json", "not JSON"),
        (b'{"a": -Infinity}', "application/json", "not JSON"),
        (b'{"a": 1e999}', "application/json", "not JSON"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "application/json", "not JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "application/json", "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "application/json", "nested too deeply"),
    ],
)
def test_what_is_not_quite_json_is_unreadable(body: bytes, label: str | None, cause: str) -> None:
    with pytest.raises(Unreadable, match=f"Crossref sent something unreadable: it.*{cause}"):
        json_of(answer(body, label), "Crossref")


def test_half_a_surrogate_pair_does_not_get_in() -> None:
    value = json_of(answer(rb'{"a": "\ud83d\ude42 \ud83d \uDE42", "b": "\\ud83d"}'), "Crossref")
    assert value == {"a": "🙂 ? ?", "b": "\\ud83d"}
    assert str(value).encode("utf-8")
