"""What each everyday command loads: reading commands never pay for fetching, writing or rendering.

Counted in fresh interpreters by Python's own import log, on a library of one source.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from litbase import bundled

# Each costs more to load than all else a reading command does; pydantic comes with newer typers.
HEAVY = {"habanero", "httpx2", "sqlite_utils", "citeproc", "rich", "lxml", "pydantic", "psycopg"}


def loaded(*arguments: str, library: Path | str, whole: bool = False) -> set[str]:
    """The top-level modules that `litbase ARGUMENTS` loads, all of them by their whole names with `whole`.

    The command must succeed.
    """
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "litbase", *arguments],
        env={
            **os.environ,
            "LITBASE_LIBRARY": str(library),
            "LITBASE_CONFIG": str(Path(library).parent / "config.toml"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    log = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    # import time:      self [us] |  cumulative |   name, indented by depth
    names = {line.rsplit("|", 1)[1].strip() for line in log}
    return names if whole else {name.split(".")[0] for name in names}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library holding one source of the bundled shelf, added without the network."""
    path = tmp_path_factory.mktemp("library") / "library.db"
    loaded("add", "--offline", source().item["DOI"], "--concept", "repair", library=path)
    assert path.is_file()
    return path


def source() -> bundled.ShelfSource:
    """A source of the shelf that speaks to repair and has a DOI to add it by."""
    return next(source for source in bundled.shelf() if "DOI" in source.item and "repair" in source.concepts)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("search", "repair"),
        ("show", source().citekey),
        ("list",),
        ("refs", "--concept", "repair"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_reading_command_loads_nothing_heavy(arguments: tuple[str, ...], library: Path) -> None:
    modules = loaded(*arguments, library=library)
    assert "litbase" in modules
    assert modules & HEAVY == set()


def test_the_log_shows_what_is_loaded(tmp_path: Path) -> None:
    # A library is made by sqlite-utils: were the log misread, this would be missing too.
    assert "sqlite_utils" in loaded("add", "--offline", source().item["DOI"], library=tmp_path / "library.db")


def test_adding_from_the_shelf_loads_neither_rules_for_records_nor_the_engine(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "litbase", "add", "--offline", source().item["DOI"]],
        env={**os.environ, "LITBASE_LIBRARY": str(tmp_path / "library.db")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert "litbase.services.shelved" in done.stderr
    assert "litbase.domain.records" not in done.stderr
    assert not {"citeproc", "lxml"} & {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
