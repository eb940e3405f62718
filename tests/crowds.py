"""Many litbases at once on one library, and servers in trouble: the parts of `make faults` that need company."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import records
from crossref_sim import FAULT_MODES, Sim
from scenes import DOIS, Ended, environment

if TYPE_CHECKING:
    from faults import Tally

ROOT = Path(__file__).parent.parent
# How each fault of the server may end, the first record being asked for: exit codes.
ENDS = {"404": (3,), "wrongdoi": (5,), "nullmsg": (4, 5), "listmsg": (4, 5)}
WELL = (0, 4)


def together(folder: Path, lines: Sequence[Sequence[str]], url: str = "http://127.0.0.1:9") -> list[Ended]:
    """Commands begun at the same moment on one library; how each ended."""
    env = {**os.environ, **environment(folder), "PYTHONPATH": str(ROOT), "LITBASE_CROSSREF_URL": url}
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "litbase", *line], env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for line in lines
    ]  # fmt: skip
    ended = []
    for process in begun:
        out, err = process.communicate(timeout=600)
        ended.append(Ended(process.returncode, out, err))
    return ended


def count(folder: Path) -> int:
    """How many sources a folder's library has."""
    connection = sqlite3.connect(folder / "library.db")
    found = connection.execute("SELECT count(*) FROM source WHERE deleted IS NULL").fetchone()[0]
    connection.close()
    return int(found)


def failures(ended: Sequence[Ended], wanted: int = 0) -> list[str]:
    """Those that did not end as wanted, with what they said."""
    return [f"exit code {one.code}: {one.err.strip()[-200:]}" for one in ended if one.code != wanted]


def crowds(tally: "Tally", place: Path, dois: int = 50, writers: int = 10, abreast: int = 10) -> None:
    """Ten writers of fifty sources each, the same source ten times, ten first runs, and a lock held by another."""
    many = [record["DOI"] for record in records.many(dois * writers)]
    with Sim([records.write(place / "many.jsonl", records.many(dois * writers))]) as sim:
        alone, crowd = _folder(place, "alone"), _folder(place, "crowd")
        began = time.monotonic()
        wrong = failures(together(alone, [["add", *many]], sim.url))
        one = time.monotonic() - began
        began = time.monotonic()
        parts = [["add", *many[start::writers]] for start in range(writers)]
        wrong += failures(together(crowd, parts, sim.url))
        took = time.monotonic() - began
        wrong += [f"{count(where)} of {len(many)} sources" for where in (alone, crowd) if count(where) != len(many)]
        fault = f"{writers} writers of {dois} sources each"
        tally.count(fault, wrong)
        tally.show(fault)
        print(f"        {took:.1f} s, {took / one:.2f} times that of one writer of all ({one:.1f} s)")
    same = [["add", DOIS[0], "--offline"]] * abreast
    _one(tally, "one source added ten times at once", _folder(place, "same"), same, 1)
    first = [["add", doi, "--offline"] for doi in DOIS[:abreast]]
    _one(tally, "ten first runs at once", _folder(place, "first"), first, len(first))
    _held(tally, _folder(place, "held"))


def _one(tally: "Tally", fault: str, folder: Path, lines: Sequence[Sequence[str]], wanted: int) -> None:
    wrong = failures(together(folder, lines))
    tally.count(fault, [*wrong, *([] if count(folder) == wanted else [f"{count(folder)} sources"])])
    tally.show(fault)


def _held(tally: "Tally", folder: Path, seconds: float = 2.0) -> None:
    """A lock that is held for a while is waited for; `tests/test_store_file.py` has the one that is held for ever."""
    fault = "a lock held by another for two seconds"
    together(folder, [["add", DOIS[0], "--offline"]])
    other = sqlite3.connect(folder / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    process = subprocess.Popen(
        [sys.executable, "-m", "litbase", "add", DOIS[1], "--offline"],
        env={**os.environ, **environment(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    early = process.poll() is not None
    other.execute("ROLLBACK")
    other.close()
    wrong = [] if process.wait(timeout=60) == 0 else ["it gave up"]
    tally.count(fault, [*wrong, *(["it did not wait"] if early else [])])
    tally.show(fault)


def servers(tally: "Tally", place: Path) -> None:
    """Every fault the stand-in for Crossref knows, for one source and for a batch."""
    fault = "a server in trouble"
    with Sim([records.write(place / "few.jsonl", records.RECORDS)]) as sim:
        for mode in sorted(FAULT_MODES - {"off"} if isinstance(FAULT_MODES, set) else set(FAULT_MODES) - {"off"}):
            for number, asked in enumerate((records.DOIS[:1], records.DOIS)):
                sim.reset()
                sim.fault(mode, n=-1, match="/works", s=25, mb=40)
                folder = _folder(place, f"{mode}-{number}")
                began = time.monotonic()
                ended = together(folder, [["add", *asked]], sim.url)[0]
                took = time.monotonic() - began
                added = sum(line.endswith("\tadded") for line in ended.out.splitlines())
                held = count(folder) if (folder / "library.db").exists() else 0
                wrong = [] if added == held else [f"{added} told as added, {held} there"]
                wrong += ["a traceback"] if "Traceback" in ended.err else []
                wrong += [] if ended.code in ENDS.get(mode, WELL) else [f"exit code {ended.code}: {ended.err[-200:]}"]
                wrong += [] if took < 75 else [f"{took:.0f} seconds"]
                tally.count(fault, wrong, f"{mode}, {len(asked)} asked for")
    tally.show(fault)


def _folder(place: Path, name: str) -> Path:
    folder = place / "crowds" / name
    folder.mkdir(parents=True, mode=0o700)
    return folder
