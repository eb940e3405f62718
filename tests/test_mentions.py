"""Every command and option that a text speaks of is there: README's and the hints of errors, wherever they stand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.cli.command import Option, parameters
from litbase.cli.commands import GROUPS, find

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/faults.md")]
# A mention ends where a clause does; what stands in its place was filled in.
_MENTION = re.compile(r"\blitbase((?:[ \n]+(?!litbase\b)(?:[A-Za-z0-9@./:{}…“”'_-]+))+)")
# Options of every command, and Typer's own.
_EVERYWHERE = {"--help", "--version", "--library", "--debug", "--quiet", "--no-input", "--json"}


def strings(path: Path) -> Iterator[str]:
    """The texts of a module, what is filled in as `{}`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def mentions(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands a text speaks of, each with its options: (name, options)."""
    for found in _MENTION.finditer(text):
        words = found[1].split()
        listed = find(words[2:] if words[0] == "--library" else words)
        if listed is not None:
            yield listed[0].name, [word.rstrip(".:") for word in listed[1] if word.startswith("--")]


def options(name: str) -> set[str]:
    """The options a command takes."""
    listed = find(name.split())
    assert listed is not None
    return {
        spelling for one in parameters(listed[0].load()) if isinstance(one.spec, Option) for spelling in one.spec.names
    }


@pytest.mark.parametrize("path", [*TEXTS, *sorted((ROOT / "litbase").rglob("*.py"))], ids=lambda path: path.name)
def test_what_is_spoken_of_is_there(path: Path) -> None:
    texts = [path.read_text(encoding="utf-8")] if path.suffix == ".md" else list(strings(path))
    for name, asked in (mention for text in texts for mention in mentions(text)):
        missing = set(asked) - options(name) - _EVERYWHERE
        assert not missing, f"{path.name} speaks of litbase {name} {' '.join(missing)}"
    for backticked in re.findall(r"`litbase ([a-z][a-z -]*)", "\n".join(texts)):
        words = backticked.split()
        assert find(words) or words[0] in GROUPS or words[0] == "COMMAND", f"{path.name} speaks of litbase {backticked}"


def test_a_mention_of_what_is_not_there_is_seen() -> None:
    assert list(mentions("so `litbase export --notes all -o FILE` writes; litbase --library a.db undo --json")) == [
        ("export", ["--notes"]),
        ("undo", ["--json"]),
    ]
    assert "--notes" not in options("export")
