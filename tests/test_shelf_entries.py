"""Entries that ship with the shelf are used for what is just as on the shelf, in APA as it came, and nowhere else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase import bundled, config, csl
from litbase.csl import Style

Run = Callable[..., Ran]
KEY = "eubanks2018"


@pytest.fixture
def formatted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the items that the engine is asked for."""
    asked: list[str] = []
    plain = Style.entries

    def entries(self: Style, items: list[dict[str, str]], letters: dict[str, str] | None = None) -> list[csl.Entry]:
        asked.extend(item["id"] for item in items)
        return plain(self, items, letters)

    monkeypatch.setattr(Style, "entries", entries)
    return asked


def added(run: Run) -> None:
    source = next(one for one in bundled.shelf() if one.citekey == KEY)
    assert run("add", source.item["DOI"], "--offline").code == 0


def test_what_comes_from_the_shelf_is_formatted_already(run: Run, formatted: list[str]) -> None:
    added(run)
    listed = run("refs", KEY).out
    assert formatted == []
    run("edit", KEY, "--set", "volume=999")
    assert formatted == [KEY]
    assert run("refs", KEY).out != listed


def test_a_letter_after_the_year_takes_the_engine(run: Run, formatted: list[str], tmp_path: Path) -> None:
    added(run)
    source = next(one for one in bundled.shelf() if one.citekey == KEY)
    twin = {**source.item, "id": "twin", "title": "Another title", "DOI": "10.5555/twin"}
    (tmp_path / "twin.json").write_text(json.dumps([twin]))
    assert run("add", "--from-csl", str(tmp_path / "twin.json")).code == 0
    assert "2018a" in run("refs").out
    assert KEY in formatted


def test_a_users_own_apa_takes_the_engine(run: Run, formatted: list[str]) -> None:
    from litbase.csl.stylefiles import find

    own = config.config_path().parent / "styles" / "apa.csl"
    own.parent.mkdir(parents=True)
    own.write_bytes(Path(find("apa").path).read_bytes())
    added(run)
    assert run("refs", KEY).code == 0
    assert formatted == [KEY]
