"""README shows what litbase does: its tour is run, line by line, and its output compared."""

import os
import shutil
from pathlib import Path

import pytest
import tour


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the tour is typed into bash on a terminal")
def test_the_tour_prints_what_readme_says(tmp_path: Path) -> None:
    text = tour.README.read_text(encoding="utf-8")
    assert tour.played(text, tmp_path) == text


def test_readme_opens_with_the_two_commands() -> None:
    text = tour.README.read_text(encoding="utf-8")
    assert 0 < text.index("make demo") < text.index("make test") < text.index("## ")
