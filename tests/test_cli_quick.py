"""The quick parser and Typer read every line alike that the quick one takes at all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.cli import full, quick
from litbase.cli.command import Option, parameters
from litbase.cli.commands import TABLE, Listed


@st.composite
def lines(draw: st.DrawFn, listed: Listed) -> list[str]:
    """A line someone may type for a command: words, its own options with and without values, and nonsense."""
    names = [name for p in parameters(listed.load()) if isinstance(p.spec, Option) for name in p.spec.names]
    choices = [choice for p in parameters(listed.load()) if isinstance(p.spec, Option) for choice in p.spec.choices]
    word = st.sampled_from(["deyoung2015", "repair", "a b", "-", "--", "", "7", "-x", "--nonsense", "é", "=", *choices])
    option = st.sampled_from([*names, "--help"]) if names else word
    joined = st.builds(lambda name, value: f"{name}={value}", option, word)
    return draw(st.lists(st.one_of(word, option, joined), max_size=6))


@pytest.mark.parametrize("listed", TABLE, ids=lambda listed: listed.name)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_quick_and_full_agree(listed: Listed, data: st.DataObject) -> None:
    line = data.draw(lines(listed))
    taken = quick.parse(listed.load(), line)
    if taken is not None:
        answer = full.parse(listed, line)
        assert isinstance(answer, dict), "Typer refuses what the quick parser takes"
        assert _whole(listed, answer) == _whole(listed, taken)


def _whole(listed: Listed, values: dict[str, object]) -> dict[str, object]:
    """The values with the defaults of what was not given."""
    defaults = {parameter.name: parameter.default for parameter in parameters(listed.load())}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in {**defaults, **values}.items()}


@pytest.mark.parametrize(
    ("command", "line", "values"),
    [
        (
            "search",
            ["repair", "--year", "2010..", "-c", "a", "--concept=b"],
            {"query": ["repair"], "year": "2010..", "concept": ["a", "b"]},
        ),
        ("list", ["--limit", "5", "--json"], {"limit": 5, "json": True}),
        ("note add", ["key", "--", "--not-an-option"], {"key": "key", "text": ["--not-an-option"]}),
        ("add", ["-"], {"identifiers": ["-"]}),
    ],
)
def test_plain_lines_are_taken(command: str, line: list[str], values: dict[str, object]) -> None:
    listed = next(listed for listed in TABLE if listed.name == command)
    assert quick.parse(listed.load(), line) == values


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("search", ["--help"]),
        ("search", ["--yeer", "2010"]),
        ("search", ["--year"]),
        ("search", ["--json=1"]),
        ("list", ["--limit", "five"]),
        ("list", ["--sort", "colour"]),
        ("list", ["word"]),
        ("show", []),
        ("list", ["-nx", "5"]),
    ],
)
def test_what_is_not_plain_is_left_to_typer(command: str, line: list[str]) -> None:
    listed = next(listed for listed in TABLE if listed.name == command)
    assert quick.parse(listed.load(), line) is None
