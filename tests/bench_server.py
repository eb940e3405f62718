"""A library of a million sources on a PostgreSQL server: what a command costs here, and the question there.

`LITBASE_BENCH_SOURCES` says how many instead of a million; `LITBASE_BENCH_LIBRARY` names a file where such a library
is kept between runs.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

import cluster as clusters
from bench_million import ADDED, FEW, MANY, SEARCHES, adding, library_of, mixed
from measuring import build, compare, memory, say, spent

from litbase import bundled
from litbase.place import Place, Server
from litbase.services.search import Question, settled
from litbase.store.reader import Reader

# Most starts of Python a command may cost; most times of what the same question costs in a file; memory in MiB.
CLIENT = 15
QUESTION = 2
MEMORY = 64
# Own private notes, of which every tenth holds the word that is looked for.
NOTES = 100_000
TIMES = 25


def server(folder: Path) -> None:
    """A million sources on a server: the whole command against Python, the question against a file's."""
    if reason := clusters.missing():
        say("a server", reason)
        return
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    small, large = folder / "few" / "library.db", library_of(folder)
    if not small.exists():
        build(small, FEW)
    with clusters.Cluster() as cluster, clusters.library(cluster) as few, clusters.library(cluster) as many:
        _moved(small, few, FEW)
        _moved(large, many, MANY)
        for name, line in SEARCHES:
            much = compare(f"{name}, {MANY:,}", line, many, CLIENT)
            say("    the one against the other", f"{much / compare(f'    among {FEW:,}', line, few, CLIENT):.2f} ×")
        _added(many, few, small)
        mixed(many, CLIENT)
        most = max(memory(line, many) for _, line in SEARCHES)
        say("the most memory any of them takes", f"{most:.0f} MiB", f"at most {MEMORY}")
        there = Server(many, folder)
        for name, line in SEARCHES:
            if line[0] == "search":
                _asked(name, " ".join(line[1:]).replace("--concept ", "concept:"), large, there)
        _noted(cluster, there)
        for word in ("repair", "word77", "murmur"):
            took = statistics.median(_taken(there, word) for _ in range(TIMES))
            say(f"{word}, beside {NOTES:,} own private notes", f"{took:.1f} ms")


def _moved(library: Path, address: str, count: int) -> None:
    """Take a library to a server with `litbase move`, which reads both ends again."""
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    begun = time.monotonic()
    own = spent([str(Path(sys.executable).with_name("litbase")), "move", "--to", address], environment)
    say(f"{count:,} sources moved and compared", f"{count / (time.monotonic() - begun):,.0f} a second")
    say("    by the client's own time", f"{count / own:,.0f} a second")


def _added(many: str, few: str, file: Path) -> None:
    dois = [str(source.item["DOI"]) for source in bundled.shelf() if "DOI" in source.item][:ADDED]
    much, little, here = (statistics.median(adding(place, dois)) for place in (many, few, file))
    say(f"add, {MANY:,}", f"{much:.2f} × python -c pass", f"{much / here:.2f} × the same in a file of {FEW:,}")
    say("    the one against the other", f"{much / little:.2f} ×")


def _asked(name: str, text: str, file: Path, there: Server) -> None:
    """One question in turn to both, each open already."""
    took = [[_taken(place, text) for _ in range(TIMES)] for place in (file, there)]
    here, away = (statistics.median(one) for one in took)
    within = statistics.median(_executed(there, text) for _ in range(TIMES))
    say(f"{name}, the question itself", f"{within:.2f} ms, {within / here:.2f} × a file's", f"at most {QUESTION}")
    say("    with its way there and back, and planning", f"{away:.2f} ms, {away / here:.2f} × a file's")


def _executed(there: Server, text: str) -> float:
    """Milliseconds that the server works at a question's statements, by its own clock."""
    asked: list[tuple[str, list[object]]] = []
    with Reader(there) as reader:
        wanted = settled(reader, Question(text))
        wire = reader._connection._wire  # type: ignore[union-attr]
        plain = wire.ask

        def ask(sql: str, values: list[object]) -> object:
            asked.append((sql, values))
            return plain(sql, values)

        wire.ask = ask
        reader.search(wanted, 20)
        del wire.ask
        told = [plain(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", values).rows for sql, values in asked]
    return sum(float(json.loads(rows[0][0])[0]["Execution Time"]) for rows in told)


def _taken(place: Place, text: str) -> float:
    """Milliseconds that a question takes in a library just opened."""
    with Reader(place) as reader:
        wanted = settled(reader, Question(text))
        begun = time.perf_counter()
        reader.search(wanted, 20)
        return (time.perf_counter() - begun) * 1000


def _noted(cluster: clusters.Cluster, there: Server) -> None:
    """Private notes of the owner's on sources throughout the library, and their words, by plain SQL."""
    step = max(1, MANY // NOTES)
    cluster.sql(
        "SET search_path = litbase, public; "
        "INSERT INTO note (uuid, source_id, owner, private, kind, text, created, modified) "
        f"SELECT gen_random_uuid(), id, '{clusters.OWNER}', 1, 'note', 'x', 'now', 'now' "
        f"FROM source WHERE id % {step} = 0; "
        f"INSERT INTO private_text SELECT id, '{clusters.OWNER}', CAST(CASE WHEN id % {step * 10} = 0 THEN "
        "'''murmur'':2C ''aloud'':3C' ELSE '''quiet'':2C ''silenc'':3C ''repair'':4C' END AS tsvector) "
        f"FROM source WHERE id % {step} = 0; ANALYZE private_text, note",
        there.database,
    )
