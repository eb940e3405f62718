"""`litbase check --online` as it is typed: what is printed, what is sent, how it ends."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import settled
from crossref_sim import Sim
from online_cases import CANARY, WORKS, draft

CITED = "She stays with it (Elsen, 2017)."
ELSEN = (
    "Elsen, T. (2017). Co-regulation across the screen. Cyberpractice, Behavior, and Networks, 20(9), 555–560. "
    "https://doi.org/10.5555/elsen.2017"
)


@pytest.fixture(scope="module")
def running() -> Iterator[Sim]:
    with Sim([WORKS]) as sim:
        yield sim


def post(folder: Path, entry: str) -> str:
    path = folder / "post.txt"
    path.write_text(draft([entry]).replace("stays here.", f"stays here. {CITED}"), encoding="utf-8")
    return str(path)


def test_a_right_entry_is_found_and_nothing_said(sim: Sim, run: Callable, tmp_path: Path) -> None:
    ran = run("check", post(tmp_path, ELSEN), "--online")
    assert (ran.code, ran.out) == (0, "")
    assert settled(sim)


def test_a_slip_is_told_and_ends_in_one(sim: Sim, run: Callable, tmp_path: Path) -> None:
    path = post(tmp_path, ELSEN.replace("20(9)", "30(9)"))
    ran = run("check", path, "--online")
    assert ran.code == 1
    assert f"{path}:7:1: differs-from-record: " in ran.out
    assert "volume “30”, there “20”" in ran.out
    assert run("check", path).code == 0


def test_only_the_entry_is_sent(sim: Sim, run: Callable, tmp_path: Path) -> None:
    run("check", post(tmp_path, ELSEN.partition(" https:")[0]), "--online")
    sent = json.dumps(settled(sim)).lower()
    assert "regulation" in sent
    assert CANARY not in sent
    assert str(tmp_path).lower() not in sent


def test_json_has_what_became_of_each_entry(sim: Sim, run: Callable, tmp_path: Path) -> None:
    path = post(tmp_path, ELSEN)
    (entry,) = run("check", path, "--online", "--json").json["drafts"][0]["entries"]
    assert entry["record"]["state"] == "same"
    assert entry["record"]["doi"] == "10.5555/elsen.2017"
    assert "record" not in run("check", path, "--json").json["drafts"][0]["entries"][0]


def test_fresh_asks_again(sim: Sim, run: Callable, tmp_path: Path) -> None:
    path = post(tmp_path, ELSEN)
    run("check", path, "--online")
    settled(sim)
    sim.log(clear=True)
    run("check", path, "--online")
    assert settled(sim) == []
    run("check", path, "--fresh")
    assert settled(sim)


def test_without_a_network_the_rest_is_checked(run: Callable, tmp_path: Path) -> None:
    path = post(tmp_path, ELSEN)
    ran = run("check", path, "--online")
    assert ran.code == 0
    assert "1 entry was not checked online: " in ran.err
    text = Path(path).read_text(encoding="utf-8").replace("Elsen, 2017)", "Fairlie, 2001)")
    Path(path).write_text(text, encoding="utf-8")
    ran = run("check", path, "--online")
    assert ran.code == 1
    assert "listed-not-cited" in ran.out


def test_fix_adds_the_doi_that_was_found(sim: Sim, run: Callable, tmp_path: Path) -> None:
    path, out = post(tmp_path, ELSEN.partition(" https:")[0]), tmp_path / "mended.txt"
    assert run("check", path, "--online", "--fix", "-o", str(out)).code == 0
    assert ELSEN in out.read_text(encoding="utf-8")
