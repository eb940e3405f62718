"""Sections of `make bench` on what comes in and goes out: imports and exports of every format, and libraries moved.

    LITBASE_BENCH_SOURCES=20000 python tests/bench.py exchange moving

The long forms take 1,000,000 sources in litbase's own format, 200,000 in the others, and move 100,000; the variable
scales them down, it is the number of the first. Each is done in full and by half: memory must be the same.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cluster as clusters
from measuring import build, items, say

MOST = int(os.environ.get("LITBASE_BENCH_SOURCES", "1000000"))
# litbase as a child of a small process, for what starts it counts as its memory too.
_ASK = (
    "import resource, subprocess, sys; code = subprocess.run(sys.argv[2:], stdout=open(sys.argv[1], 'wb')).returncode;"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)"
)
_CONCEPTS = ("attachment", "repair", "trauma", "empathy")


def ran(place: str, folder: Path, *line: str, out: str = os.devnull) -> tuple[float, float, float]:
    """litbase run on a library: seconds, CPU seconds, and MiB of memory at the most."""
    environment = {**os.environ, "LITBASE_LIBRARY": place, "LITBASE_CONFIG": str(folder / "config.toml")}
    litbase = str(Path(sys.executable).with_name("litbase"))
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _ASK, out, litbase, *line], env=environment, capture_output=True, check=True
    )
    code, memory, spent = done.stdout.split()
    if int(code):
        raise SystemExit(f"litbase {' '.join(line)} failed: {done.stderr.decode()[-500:]}")
    return time.monotonic() - begun, float(spent), int(memory) / 1024


def measure(name: str, most: float, count: int, work: Callable[[], tuple[float, float, float]]) -> None:
    """Print what one run took."""
    taken, spent, memory = work()
    say(name, f"{taken:.0f} s, {count / taken:,.0f} a second, CPU {spent:.0f} s", "")
    say("    its memory", f"{memory:.0f} MiB", f"at most {most:g}")


def exchange(folder: Path) -> None:
    """Imports and exports of every format, whole and by half: seconds, and the most memory taken."""
    for form, most, count in (("jsonl", 64, MOST), *((form, 100, MOST // 5) for form in ("csl-json", "ris", "bibtex"))):
        for number in (count // 2, count):
            given, library = folder / f"given.{form}", folder / form / "library.db"
            write(given, form, number)
            line = ("import", str(given), "--quiet", "--offline")
            name = f"{form}, {number:,} sources"
            measure(f"import of {name}", most, number, lambda line=line, at=library: ran(str(at), folder, *line))  # type: ignore[misc]
            given.unlink()
            line = ("export", "--format", form, "-o", str(given), "--quiet")
            measure(f"export of {name}", most, number, lambda line=line, at=library: ran(str(at), folder, *line))  # type: ignore[misc]
            given.unlink()
            library.unlink()


def write(path: Path, form: str, count: int) -> None:
    """A file of made-up works in one of the formats."""
    from importlib import import_module

    works = ({**item, "id": f"work{number}"} for number, item in enumerate(items(count)))
    with path.open("w", encoding="utf-8") as file:
        if form == "jsonl":
            file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _own(works))
        else:
            module = {"csl-json": "csljson"}.get(form, form)
            file.writelines(import_module(f"litbase.render.{module}").pieces(works))


def _own(works: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    """An export of litbase's own, each source under one of four concepts and with a line of history."""
    at = "2026-01-01T00:00:00.000Z"
    yield {"litbase": "library", "version": 1, "written_by": "bench", "notes": "all"}
    for number, name in enumerate(_CONCEPTS):
        concept = {"uuid": f"concept-{number}", "name": name, "definition": "", "cues": [], "created": at}
        yield {"concept": {**concept, "aliases": [], "broader": []}}
    count = 0
    for count, item in enumerate(works, 1):
        source = {"uuid": f"source-{count:08}", "citekey": item["id"], "doi": item["DOI"], "item": item}
        source |= {"added": at, "modified": at, "deleted": None, "provenance": {}, "notices": []}
        concepts = [_CONCEPTS[count % len(_CONCEPTS)]]
        yield {"source": {**source, "aliases": [], "doi_aliases": [], "concepts": concepts, "notes": [], "answers": []}}
    for number in range(1, count + 1):
        change = {"step": "step", "at": at, "who": "", "command": "bench", "entity": "source"}
        yield {
            "change": {**change, "key": f"source-{number:08}", "before": None, "after": {"citekey": f"work{number}"}}
        }
    yield {"end": len(_CONCEPTS) + 2 * count}


def moving(folder: Path) -> None:
    """A library moved to a server and back: seconds, memory, and the same export, byte for byte."""
    if reason := clusters.missing():
        say("moved", reason)
        return
    count = MOST // 10
    first, again = folder / "first" / "library.db", folder / "again" / "library.db"
    build(first, count, notes=1)
    with clusters.Cluster() as cluster, clusters.library(cluster) as address:
        for name, place, to in (("to a server", str(first), address), ("and back", address, str(again))):
            measure(
                f"{count:,} sources moved {name}", 100, count, lambda a=place, b=to: ran(a, folder, "move", "--to", b)
            )  # type: ignore[misc]
        line = ("export", "--with-private", "--quiet", "-o", str(folder / "server.jsonl"))
        measure(f"export of {count:,} from the server", 64, count, lambda: ran(address, folder, *line))
    for place in (first, again):
        line = ("export", "--with-private", "--quiet", "-o", str(folder / f"{place.parent.name}.jsonl"))
        ran(str(place), folder, *line)
    same = (folder / "first.jsonl").read_bytes() == (folder / "again.jsonl").read_bytes()
    say("exports before and after", "the same, byte for byte" if same else "DIFFERENT", "the same")
