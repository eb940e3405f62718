"""Measuring: works and libraries made up for it, and what a command costs as ratios that hold on any machine.

A command's cost is its user and system time as a whole process over that of `python -c pass`, the two run in
turn; the median of the pairs is printed beside the most it may be.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from litbase.domain.item import Item
from litbase.domain.library import NewConcept, NewSource
from litbase.store.writer import write

PAIRS = 21
_WORDS = (
    "attachment", "repair", "rupture", "alliance", "therapy", "relational", "trauma", "affect", "regulation",
    "mentalizing", "holding", "environment", "infant", "caregiver", "empathy", "recognition", "enactment",
    "reverie", "grief", "kinship", "shame", "silence",
)  # fmt: skip
_FAMILIES = (
    "Adler", "Benitez", "Castellan", "Dvorak", "Eriksen", "Farrow", "Grieve", "Halloran", "Iwata", "Jansen",
    "Kovacs", "Lindqvist",
)  # fmt: skip
_ENDINGS = ("", "son", "ova", "berg")


def items(count: int, seed: int = 1) -> Iterator[Item]:
    """Made-up works of the field: articles, books and chapters, abstracts of some hundred words."""
    chance = random.Random(seed)
    for number in range(count):
        title = " ".join(chance.choices(_WORDS, k=7)).capitalize()
        people = [
            {"family": chance.choice(_FAMILIES) + chance.choice(_ENDINGS), "given": f"{chance.choice('ABCDEFG')}. K."}
            for _ in range(chance.randint(1, 4))
        ]
        item: Item = {
            "type": chance.choice(["article-journal", "article-journal", "book", "chapter"]),
            "title": title,
            "author": people,
            "issued": {"date-parts": [[chance.randint(1950, 2024)]]},
            "DOI": f"10.5555/bench.{number}",
            "abstract": " ".join(chance.choices([*_WORDS, f"word{chance.randint(0, 5000)}"], k=100)),
        }
        if item["type"] != "book":
            item |= {
                "container-title": "Journal of Made-Up Therapy",
                "volume": str(chance.randint(1, 60)),
                "page": "1-10",
            }
        if item["type"] != "article-journal":
            item["publisher"] = "Mock Press"
        yield item


def build(library: Path, count: int, notes: int = 0) -> None:
    """A library of so many sources, each under one of four concepts and with so many notes."""
    concepts = ("attachment", "repair", "trauma", "empathy")
    with write(library, "bench") as writer:
        for name in concepts:
            writer.add_concept(NewConcept(name))
        for number, item in enumerate(items(count)):
            key = writer.add_source(NewSource(item, f"work{number}", doi=item["DOI"]))
            writer.tag(key, concepts[number % len(concepts)])
            for _ in range(notes):
                writer.add_note(key, f"The holding {item['title'].split()[0]} of it, page {number}.", "note", "", True)


def spent(command: list[str], environment: dict[str, str]) -> float:
    """User and system seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()[-500:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(name: str, line: list[str], library: Path | str, most: float) -> float:
    """Print and answer what a litbase command costs in starts of Python."""
    config = str(Path(library).parent / "config.toml")
    environment = {**os.environ, "LITBASE_LIBRARY": str(library), "LITBASE_CONFIG": config}
    litbase = [str(Path(sys.executable).with_name("litbase")), *line]
    spent(litbase, environment)
    pairs = [(spent(litbase, environment), spent([sys.executable, "-c", "pass"], environment)) for _ in range(PAIRS)]
    ratio = statistics.median(ours for ours, _ in pairs) / statistics.median(bare for _, bare in pairs)
    say(name, f"{ratio:.2f} × python -c pass", f"at most {most:g}")
    return ratio


def say(name: str, figure: str, limit: str = "") -> None:
    """Print one figure."""
    print(f"  {name:<52} {figure:<28} {limit}", flush=True)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def memory(line: list[str], library: Path | str) -> float:
    """The most memory a litbase command takes, in MiB; asked of a small process, as what starts it counts too."""
    ask = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
    ask += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", ask, str(Path(sys.executable).with_name("litbase")), *line]
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    return int(subprocess.run(command, env=environment, capture_output=True, check=True).stdout) / 1024
