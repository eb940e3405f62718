"""How well drafts are read: precision and recall over drafts as people write them, with what a careful reader finds."""

import json
import re
from collections import Counter
from pathlib import Path

import docx_drafts
import pytest
from conftest import SHARED

from litbase.domain.text import fold
from litbase.services import check

OWN = Path(__file__).parent / "drafts"
PROBLEMS = {"cited-not-listed", "year-differs", "name-differs", "ambiguous-citation"}
KINDS = {"cited_not_listed", "year_mismatch", "name_mismatch", "ambiguous"}

Counts = dict[str, tuple[int, int, int]]


def _letters(text: object) -> str:
    return re.sub(r"[^a-z0-9/]+", "", fold(str(text or "")))


def _key(work: dict) -> tuple[str, str]:
    names = work.get("authors") or [""]
    return _letters(names[0]), _letters(work.get("year"))


def _told(key: str) -> tuple[str, str]:
    found = re.match(r"(.*?)\s+((?:\d{4}|n\.d|in press|forthcoming).*)$", key)
    name, year = found.groups() if found else (key, "")
    return _letters(re.sub(r"\s+et al\.?$", "", name).split(",")[0]), _letters(year)


def _sets(truth: dict, answer: dict) -> dict[str, tuple[Counter, Counter]]:
    """What should be and what is reported, of four kinds."""
    found = answer["findings"]
    wanted = {
        kinds: {_told(row.get("cited") or row.get("key")) for row in truth["findings"] if row["kind"] in kinds}
        for kinds in (frozenset(KINDS), frozenset({"listed_not_cited"}))
    }
    return {
        "in-text": (
            Counter(
                (c["line"], *_key(w))
                for c in truth["citations"]
                for w in c["works"]
                if w.get("status") != "no_entry_due"
            ),
            Counter(
                (c["line"], *_key(w))
                for c in answer["citations"]
                for w in c["works"]
                if c["form"] != "personal_communication"
            ),
        ),
        "entries": (
            Counter((e["line"], *_key(e)) for e in truth["entries"]),
            Counter((e["line"], *_key(e)) for e in answer["entries"]),
        ),
        "problems": (
            Counter(wanted[frozenset(KINDS)]),
            Counter({_key(w) for f in found if f["code"] in PROBLEMS for w in f["works"]}),
        ),
        "uncited": (
            Counter(wanted[frozenset({"listed_not_cited"})]),
            Counter({_key(w) for f in found if f["code"] == "listed-not-cited" for w in f["works"]}),
        ),
    }


def _score(folder: Path) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Precision and recall of each kind over all drafts of a folder, and what is amiss."""
    right: Counter[str] = Counter()
    want: Counter[str] = Counter()
    have: Counter[str] = Counter()
    amiss = []
    for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8"))["documents"]:
        answer = check.as_json(check.check(truth["file"], (folder / truth["file"]).read_bytes()))
        for kind, (expected, reported) in _sets(truth, answer).items():
            right[kind] += (expected & reported).total()
            want[kind] += expected.total()
            have[kind] += reported.total()
            if expected != reported:
                amiss.append(f"{truth['file']} {kind}: missed {expected - reported} extra {reported - expected}")
    return {kind: (right[kind] / have[kind], right[kind] / want[kind]) for kind in want}, amiss


LEAST = {"in-text": (0.99, 0.98), "entries": (0.95, 0.95), "problems": (0.95, 0.95), "uncited": (0.95, 0.95)}


def _held(folder: Path) -> None:
    score, amiss = _score(folder)
    below = {kind for kind, least in LEAST.items() if score[kind][0] < least[0] or score[kind][1] < least[1]}
    assert below == set(), "\n".join([str(score), *amiss])


def test_litbase_reads_its_own_drafts(tmp_path: Path) -> None:
    for path in OWN.iterdir():
        if path.name.endswith(".docx.txt"):
            docx_drafts.make(path.read_text(encoding="utf-8"), tmp_path / path.stem)
        else:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    _held(tmp_path)


def test_litbase_reads_the_drafts_beside_the_project() -> None:
    folder = SHARED / "drafts_examples"
    if not folder.is_dir():
        pytest.skip("the example drafts are not beside the project")
    _held(folder)
