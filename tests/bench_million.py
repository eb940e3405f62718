"""A library of a million sources in a file: what loading it and every kind of search cost, against a thousand.

`LITBASE_BENCH_SOURCES` says how many instead of a million; `LITBASE_BENCH_LIBRARY` names a file where such a library
is kept between runs, for making it takes minutes and eight gigabytes.
"""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import build, compare, items, memory, say, spent

from litbase import bundled

MANY = int(os.environ.get("LITBASE_BENCH_SOURCES", "1000000"))
FEW = 1000
ASKED = 200
ADDED = 8
# Most starts of Python a command may cost, and what the same may cost more than among a thousand sources.
MOST = 10.0
CONCEPT = 7.0
GROWTH = 1.3
MEMORY = 64

SEARCHES = (
    ("concept", ["search", "--concept", "attachment"]),
    ("concept and word", ["search", "concept:repair", "word77"]),
    ("concept and very common word", ["search", "concept:repair", "empathy"]),
    ("very common word", ["search", "repair"]),
    ("phrase", ["search", '"holding environment"']),
    ("author and years", ["search", "author:kovacs", "year:1990..2010"]),
    ("show", ["show", "work7"]),
)


def million(folder: Path) -> None:
    """A million sources in a file, against a thousand."""
    small = folder / "few" / "library.db"
    build(small, FEW)
    large = library_of(folder)
    for name, line in SEARCHES:
        much = compare(f"{name}, {MANY:,}", line, large, CONCEPT if name == "concept" else MOST)
        few = compare(f"    among {FEW:,}", line, small, MOST)
        say("    the one against the other", f"{much / few:.2f} ×", f"at most {GROWTH}" if name == "concept" else "")
    most = max(memory(line, large) for _, line in SEARCHES)
    say("the most memory any of them takes", f"{most:.0f} MiB", f"at most {MEMORY}")
    mixed(large, MOST)
    _added(large, small)


def library_of(folder: Path) -> Path:
    """The file that holds so many, made where there is none yet."""
    large = Path(os.environ.get("LITBASE_BENCH_LIBRARY") or folder / "many" / "library.db")
    if not large.exists():
        _loaded(large)
    return large


def _loaded(library: Path) -> None:
    """Make the library; what it takes to make up the works is not counted."""
    gc.set_threshold(50_000, 20, 20)  # as every litbase command has it (litbase/__main__.py)
    begun = time.process_time()
    for _ in items(MANY):
        pass
    making = time.process_time() - begun
    build(library, MANY)
    taken = time.process_time() - begun - 2 * making
    say(f"{MANY:,} sources loaded", f"{MANY / taken:,.0f} a second", "at least 5,000")


def mixed(library: Path | str, limit: float) -> None:
    """Many searches of all kinds, each a process of its own: the median and what all but a twentieth stay below."""
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    litbase = str(Path(sys.executable).with_name("litbase"))
    bare = statistics.median(spent([sys.executable, "-c", "pass"], environment) for _ in range(ASKED // 4))
    costs = sorted((spent([litbase, *line], environment) / bare, line) for line in queries(ASKED))
    say(f"{ASKED} mixed queries, the median", f"{costs[ASKED // 2][0]:.2f} × python -c pass")
    say("    95 of 100 below", f"{costs[ASKED * 95 // 100][0]:.2f} ×", f"at most {limit:g}")
    cost, line = costs[-1]
    say("    the dearest", f"{cost:.2f} ×", " ".join(line))


def queries(count: int, seed: int = 9) -> Iterator[list[str]]:
    """Searches as people ask them: words common and rare, phrases, names, years, concepts, and these together."""
    chance = random.Random(seed)
    words = ("repair", "rupture", "alliance", "shame", "reverie", "empathy", "silence", "kinship")
    names = ("kovacs", "iwatason", "grieve", "adlerberg", "farrowova", "lindqvist")
    concepts = ("attachment", "repair", "trauma", "empathy")
    for number in range(count):
        word, other = chance.sample(words, 2)
        rare, name, concept = f"word{chance.randint(0, 5000)}", chance.choice(names), chance.choice(concepts)
        year = chance.randint(1955, 2010)
        yield ["search", *(
            [word], [rare], [word, other], [word, rare], [f'"{word} {other}"'], [f"author:{name}"],
            [f"author:{name}", f"year:{year}..{year + 8}"], ["--concept", concept], [f"concept:{concept}", word],
            [f"concept:{concept}", rare], [word, "OR", rare], [rare, f"-{word}"], [f"{rare[:6]}*"],
            [word, "type:book"], [f"concept:{concept}", f"year:{year}"], [f"title:{word}", f"author:{name}"],
        )[number % 16]]  # fmt: skip


def _added(large: Path, small: Path) -> None:
    """Works of the shelf that ships with litbase, added one by one."""
    dois = [str(source.item["DOI"]) for source in bundled.shelf() if "DOI" in source.item][:ADDED]
    much, few = (statistics.median(adding(library, dois)) for library in (large, small))
    say(f"add, {MANY:,}", f"{much:.2f} × python -c pass", f"{much / few:.2f} × the same among {FEW:,}")


def adding(library: Path | str, dois: list[str]) -> Iterator[float]:
    """What each costs in starts of Python, after a first that makes the day’s backup."""
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    litbase = str(Path(sys.executable).with_name("litbase"))
    spent([litbase, "add", "--offline", dois[0]], environment)
    for doi in dois[1:]:
        yield spent([litbase, "add", "--offline", doi], environment) / spent(
            [sys.executable, "-c", "pass"], environment
        )
