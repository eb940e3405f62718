"""The worst files of each kind are read, or refused, in less than 250 MB of memory; `make faults` tries them all."""

import sys
from pathlib import Path

import pytest
from bombs import BOMBS, MOST_MEMORY, Ran, measured, wrong

# Of each kind the one that costs most, or a tall one that costs nothing.
SOME = (
    "swelling.docx", "entities.docx", "tags.html", "table.md", "build.html", "paragraphs.md", "hundred.txt",
    "dense.bib", "names.ris", "long.ris", "nested.json", "hundred.json", "nested.jsonl", "long.jsonl", "deep.csl",
    "entities.csl", "fields.bib",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells memory otherwise")
@pytest.mark.parametrize("name", SOME)
def test_no_file_takes_all_memory(name: str, tmp_path: Path) -> None:
    ran = measured(name, tmp_path)
    assert wrong(ran) == [], ran
    assert ran.memory > 0


def test_every_kind_is_tried() -> None:
    endings = {Path(name).suffix for name in BOMBS}
    assert endings == {".docx", ".html", ".md", ".txt", ".bib", ".ris", ".json", ".jsonl", ".csl"}
    assert endings - {Path(name).suffix for name in SOME} == set()


def test_what_is_too_much_is_seen() -> None:
    assert wrong(Ran(0, MOST_MEMORY, 1, "")) == ["250 MB of memory"]
    assert wrong(Ran(-9, 0, 1, "")) == ["exit code -9: "]
    assert wrong(Ran(70, 0, 1, "Traceback")) == ["exit code 70: Traceback", "a traceback"]
