"""`make scores`: how right litbase is, measured on the reference data that lie beside the project.

Each figure is printed by a scorer of its own, which drives litbase as any other program would.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
# What a scorer asks of litbase, as a program that takes lists of items and answers lists of results.
ENGINES = {
    "html": lambda made: [entry["html"] for entry in made["entries"]],
    "citations": lambda made: made["citations"],
    "order": lambda made: made["order"],
}


def answer(what: str) -> None:
    """Read an array of arrays of items, format each with `litbase format --lines`, print an array of answers."""
    lists = json.load(sys.stdin)
    lines = "".join(json.dumps(items) + "\n" for items in lists)
    done = subprocess.run(
        [sys.executable, "-m", "litbase", "format", "-", "--lines"],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    json.dump([ENGINES[what](json.loads(line)) for line in done.stdout.splitlines()], sys.stdout)


def main() -> int:
    """Run every scorer there is; 0 also where there is nothing to measure on."""
    scorer = SHARED / "apa_score.py"
    if not scorer.is_file():
        print("the reference data are not beside the project: nothing to measure on")
        return 0
    engine = f"{sys.executable} {Path(__file__)}"
    print("APA 7, published examples:", flush=True)
    options = [
        *("--many", "--engine", f"{engine} html"),
        *("--intext-engine", f"{engine} citations", "--order-engine", f"{engine} order"),
    ]
    return subprocess.run([sys.executable, str(scorer), *options, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ENGINES:
        answer(sys.argv[1])
    else:
        sys.exit(main())
