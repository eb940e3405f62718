"""The cases of tests/apa_cases/, one by one: every in-text form, order and letters (see the README there)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from litbase.apa import Cite, Works, letters, order, parse_cite
from litbase.domain.inline import Inlines, Text

FOLDER = Path(__file__).parent / "apa_cases"
DEFAULT = {"a": "Stern, D. N. (1985). The interpersonal world of the infant"}
SHORTHAND = re.compile(
    r"(?P<names>.*?)\s*\((?P<date>[^()]*)\)\.\s*(?P<title>.*?)(?:\s*\[(?P<kind>[a-z_-]+)(?:\s*\|\s*(?P<container>.*))?\])?$"
)


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            case = json.loads(line)
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['section']}"))
    return found


def item(known_as: str, given: str | dict[str, Any]) -> dict[str, Any]:
    """A case's work as a CSL-JSON item."""
    if not isinstance(given, str):
        return {"id": known_as, **given}
    found = SHORTHAND.fullmatch(given)
    assert found, f"not shorthand: {given}"
    made: dict[str, Any] = {
        "id": known_as,
        "type": found["kind"] or "book",
        "title": found["title"],
        **dates(found["date"]),
    }
    if found["names"]:
        made["author"] = [name(part.strip()) for part in re.split(r"\s+&\s+(?![^{]*\})", found["names"])]
    if found["container"]:
        made["container-title"] = found["container"]
    return made


def name(given: str) -> dict[str, str]:
    if given.startswith("{"):
        return {"literal": given.strip("{}")}
    family, _, rest = given.partition(", ")
    first, _, suffix = rest.partition(", ")
    return {key: value for key, value in (("family", family), ("given", first), ("suffix", suffix)) if value}


def dates(given: str) -> dict[str, Any]:
    if given == "n.d.":
        return {}
    if given == "in press":
        return {"status": "in press"}
    if given.endswith("present"):
        return {"issued": {"literal": given}}
    first, slash, second = given.partition("/")
    if slash:
        return {"original-date": date(first), "issued": date(second)}
    return {"issued": date(given)}


def date(given: str) -> dict[str, Any]:
    circa = given.startswith("ca. ")
    parts = [[int(number) for number in end.split("-")] for end in given.removeprefix("ca. ").split("–")]
    return {"date-parts": parts, **({"circa": True} if circa else {})}


def marked(tree: Inlines) -> str:
    """A tree with its italics between asterisks; upright within italics, too."""
    out = ""
    for node in tree:
        if isinstance(node, Text):
            out += node.text
        else:
            inside = marked(node.children)
            out += f"*{inside}*" if getattr(node, "style", "") in ("italic", "normal") else inside
    return out


def cites(case: dict[str, Any], works: dict[str, Any]) -> list[Cite]:
    return [parse_cite(each) if isinstance(each, str) else Cite(**each) for each in case.get("cite", list(works)[:1])]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    works = case.get("works", DEFAULT)
    items = [item(known_as, given) for known_as, given in works.items()]
    unlisted = [item(known_as, given) for known_as, given in case.get("unlisted", {}).items()]
    together = Works.of(items, unlisted)
    first = case.get("first", True)
    asked = cites(case, works)
    checked: dict[str, Callable[[], object]] = {
        "parenthetical": lambda: marked(together.parenthetical(asked, first)),
        "narrative": lambda: marked(together.narrative(asked, first)),
        "possessive": lambda: marked(together.narrative(asked, first, possessive=True)),
        "order": lambda: order(items),
        "letters": lambda: letters(items),
    }
    keys = [key for key in checked if key in case]
    assert keys, "the case expects nothing"
    assert {key: checked[key]() for key in keys} == {key: case[key] for key in keys}, case["why"]
    assert together.order == order(items)
    assert together.letters == letters(items)


def test_cases_are_many_and_each_says_why() -> None:
    found = [param.values[0] for param in cases()]
    assert len(found) >= 200
    assert all(case["section"] and case["why"] for case in found)
