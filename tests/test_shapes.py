"""CSL-JSON whose variables have not the shapes that CSL-JSON gives them: told at the door, and survived behind it."""

import json
import sqlite3
from pathlib import Path

import pytest

from litbase.domain import admit, fields, item
from litbase.errors import BadInput

WORK = {"type": "book", "title": "A work", "author": [{"family": "Stern"}], "issued": {"date-parts": [[2004]]}}
ODD = [
    ("type", []), ("type", {}), ("type", 5), ("type", ["book"]), ("author", "Stern"), ("author", True),
    ("author", [None]), ("author", [[]]), ("author", {"family": "Stern"}), ("author", [{"family": ["Stern"]}]),
    ("editor", 1), ("issued", "2004"), ("issued", 2004), ("issued", [[2004]]), ("issued", {"date-parts": "2004"}),
    ("issued", {"date-parts": [2004]}), ("issued", {"date-parts": [[10**30]]}), ("issued", {"date-parts": [["soon"]]}),
    ("accessed", {"date-parts": [[2004, {}]]}), ("issued", {"raw": []}), ("issued", {"date-parts": [[2004.5]]}),
]  # fmt: skip
LAWFUL = [
    ("author", []), ("author", None), ("issued", None), ("issued", {"date-parts": [[None]]}),
    ("issued", {"raw": "2004"}),
    ("issued", {"date-parts": [["2004", "05"], ["2004", "06"]]}), ("issued", {"literal": "soon"}), ("volume", 5),
    ("author", [{"family": "Stern", "comma-suffix": True, "given": None}]), ("issued", {"date-parts": [[-44, 3, 15]]}),
    ("issued", {"date-parts": [[2004]], "season": 1, "circa": True}), ("ISSN", ["1234-5678"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), ODD)
@pytest.mark.parametrize("line", [("format",), ("add", "--from-csl")])
def test_what_has_no_shape_is_refused(run, library: Path, tmp_path: Path, line, name: str, value: object) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([WORK, {**WORK, name: value}]))
    shown = run(*line, str(path))
    assert shown.code == 5
    assert "element 2" in shown.err
    assert not library.exists()


@pytest.mark.parametrize(("name", "value"), LAWFUL)
def test_what_is_lawful_is_taken_and_shown(run, tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{**WORK, name: value}]))
    assert run("format", str(path)).code == 0
    key = run("add", "--from-csl", str(path), "--json").json["sources"][0]["citekey"]
    for line in (("show", key), ("refs",), ("cite", key), ("list",)):
        assert run(*line).code == 0, line


def test_a_number_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="without end"):
        admit.items([{**WORK, "volume": float("inf")}])


@pytest.mark.parametrize(("name", "value"), [one for one in ODD if one[0] != "type"])
def test_an_odd_item_that_is_there_already_is_shown(shelf, library: Path, name: str, value: object) -> None:
    connection = sqlite3.connect(library)
    odd = json.dumps({**WORK, "id": "tronick1989", name: value})
    connection.execute("UPDATE source SET item = ? WHERE citekey = 'tronick1989'", (odd,))
    connection.commit()
    connection.close()
    for line in (("show", "tronick1989"), ("show", "tronick1989", "--json"), ("refs",), ("list",), ("doctor",)):
        assert shelf(*line).code in (0, 1), line
    assert shelf("edit", "tronick1989", "--set", "title=Another").code == 0
    assert fields.form(json.loads(odd))["title"] == "A work"


FIGURES = ["9" * 5000, "²", "٣", "9" * 5000 + "-5", "9" * 5000 + "-" + "9" * 5000]


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "ieee"])
@pytest.mark.parametrize("figures", FIGURES, ids=lambda text: text[:3] + text[-2:])
def test_figures_without_end_are_text(run, tmp_path: Path, style: str, figures: str) -> None:
    counted = ("title", "volume", "issue", "page", "edition", "number-of-volumes", "part-number", "archive")
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{**WORK, **dict.fromkeys(counted, figures)}, WORK]))
    shown = run("format", str(path), "--style", style)
    assert shown.code == 0, shown.err
    assert figures.split("-")[0] in shown.out


def test_a_place_without_end_is_text(shelf) -> None:
    assert "9" * 5000 in shelf("cite", "tronick1989@p. " + "9" * 5000 + "-5").out


def test_no_year_is_larger_than_the_library_can_hold() -> None:
    assert item.year({"issued": {"date-parts": [[10**30]]}}) is None
    assert item.year({"issued": {"date-parts": [[float("inf")]]}}) is None
    assert item.year({"issued": {"date-parts": [[2004]]}}) == 2004
