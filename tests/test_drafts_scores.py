"""Drafts as people write them are read as a careful reader reads them."""

from pathlib import Path

import pytest
from conftest import SHARED
from draft_scores import folder_score, own_drafts

LEAST = {"in-text": (0.99, 0.98), "entries": (0.95, 0.95), "problems": (0.95, 0.95), "uncited": (0.95, 0.95)}


def _held(folder: Path) -> None:
    score, amiss = folder_score(folder)
    below = {kind for kind, least in LEAST.items() if score[kind][0] < least[0] or score[kind][1] < least[1]}
    assert below == set(), "\n".join([str(score), *amiss])


def test_litbase_reads_its_own_drafts(tmp_path: Path) -> None:
    own_drafts(tmp_path)
    _held(tmp_path)


def test_litbase_reads_the_drafts_beside_the_project() -> None:
    folder = SHARED / "drafts_examples"
    if not folder.is_dir():
        pytest.skip("the example drafts are not beside the project")
    _held(folder)
