"""The sdist and the wheel: whole, and at work from another folder. The wheel is built from the sdist.

Building uses the hatchling of the development environment, so that no package index is needed.
"""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from litbase import __version__, bundled

ROOT = Path(__file__).parents[1]
RUNNABLE = (ROOT / "litbase" / "cli" / "front.py").is_file()

READ_ALL = """
import json
import litbase
from litbase import bundled
print(json.dumps({
    "package": litbase.__file__,
    "data": str(bundled.folder("data")),
    "styles": sorted(path.name for path in bundled.style_folder().iterdir()),
    "citekeys": [source.citekey for source in bundled.shelf()],
    "concepts": [concept.name for concept in bundled.concepts()],
    "words": bundled.word_lists(),
}))
"""


def run(*command: str | Path, folder: Path, **variables: str) -> str:
    """What a command prints; its own words where it fails."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **variables}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def shipped(folder: str) -> set[PurePosixPath]:
    """The files of a folder of the project that should travel, relative to the project."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {PurePosixPath(path.relative_to(ROOT).as_posix()) for path in files if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sdist, and one wheel made from it."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the project with the wheel installed in it, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--no-deps", "--no-index", "--no-compile", "--target", folder, wheel, folder=folder)
    return folder


def test_the_sdist_is_complete(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as sdist:
        there = {PurePosixPath(*PurePosixPath(name).parts[1:]) for name in sdist.getnames()}
    folders = (shipped(name) for name in ("litbase", "data", "styles", "tests"))
    files = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "pyproject.toml")
    assert set().union(*folders, map(PurePosixPath, files)) - there == set()
    assert archive.name == f"litbase-{__version__}.tar.gz"


def test_the_wheel_is_complete_and_holds_nothing_else(built: Path) -> None:
    (archive,) = built.glob("*.whl")
    with zipfile.ZipFile(archive) as wheel:
        there = {PurePosixPath(name) for name in wheel.namelist()}
        entry_points = wheel.read(f"litbase-{__version__}.dist-info/entry_points.txt").decode()
    package = {path for path in there if path.parts[0] == "litbase"}
    beside = {"litbase" / path for path in shipped("data") | shipped("styles")}
    assert package == shipped("litbase") | beside
    assert {path.parts[0] for path in there - package} == {f"litbase-{__version__}.dist-info"}
    assert "litbase = litbase.__main__:main" in entry_points


def test_what_ships_is_found_from_another_folder(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run(sys.executable, "-c", READ_ALL, folder=tmp_path, PYTHONPATH=str(installed)))
    assert Path(found["package"]).parent == installed / "litbase"
    assert Path(found["data"]) == installed / "litbase" / "data"
    assert found["styles"] == sorted(path.name for path in (ROOT / "styles").iterdir())
    assert found["citekeys"] == [source.citekey for source in bundled.shelf()]
    assert found["concepts"] == [concept.name for concept in bundled.concepts()]
    assert found["words"] == bundled.word_lists()


@pytest.mark.skipif(not RUNNABLE, reason="litbase/cli/front.py is not there yet")
def test_the_command_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    command = installed / "bin" / "litbase"
    assert "Usage" in run(sys.executable, command, "--help", folder=tmp_path, PYTHONPATH=str(installed))


def test_a_checkout_reads_its_own_folders() -> None:
    assert bundled.folder("data") == ROOT / "data"
    assert bundled.style_folder() == ROOT / "styles"
