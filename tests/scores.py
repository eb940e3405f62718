"""`make scores`: how right litbase is, measured on the reference data that lie beside the project.

Each figure is printed by a scorer of its own, which drives litbase as any other program would.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

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


def cased() -> None:
    """Read an array of titles, set each in sentence case with `litbase sentence-case -`, print an array."""
    titles = "".join(" ".join(title.split()) + "\n" for title in json.load(sys.stdin))
    line = [sys.executable, "-m", "litbase", "sentence-case", "-"]
    done = subprocess.run(line, input=titles, capture_output=True, text=True, check=True)
    json.dump(done.stdout.splitlines(), sys.stdout)


class Agreement(NamedTuple):
    """How suggestions agree with the concepts that sources carry, as shares from 0 to 1.

    `found` is the recall where a concept that stands above a right suggestion is not counted as missed.
    """

    precision: float
    recall: float
    found: float


def agreement(learnt: str = "others", broader: bool = True) -> Agreement:
    """How concepts are suggested on the starter shelf, the source's own concepts hidden.

    `learnt` from the tagging of all the "others", of "half" the shelf for the other half, or from "nothing".
    """
    from litbase import bundled
    from litbase.domain import suggest, suggest_habits, suggest_words
    from litbase.domain.library import NewConcept

    vocabulary = [NewConcept(one.name, one.aliases, one.broader, cues=one.cues) for one in bundled.concepts()]
    phrases, above = suggest_words.index(vocabulary), suggest.tree_above(vocabulary)
    shelf = bundled.shelf()
    tagged = [suggest_habits.see(one.item, [one.note], one.concepts, phrases) for one in shelf]
    suggested = right = carried = missable = 0
    for place, source in enumerate(shelf):
        teachers = {
            "others": tagged[:place] + tagged[place + 1 :],
            "half": tagged[1 - place % 2 :: 2],
            "nothing": [],
        }[learnt]
        seen = suggest_habits.see(source.item, [source.note], (), phrases)
        made = suggest.suggest(seen, suggest_habits.learn(teachers), above, broader=broader)
        names, wanted = {one.concept for one in made}, set(source.concepts)
        hits = names & wanted
        suggested += len(names)
        right += len(hits)
        carried += len(wanted)
        missable += len(hits | (wanted - {upper for name in hits for upper in above[name]}))
    return Agreement(right / suggested, right / carried, right / missable)


def print_suggestions() -> None:
    """The figures of `concept suggest`; they need nothing but `data/`."""
    print("Concepts suggested on the starter shelf, each source's own hidden:")
    for title, learnt, broader in (
        ("learning from the others", "others", True),
        ("learning from half of them", "half", True),
        ("from the vocabulary alone", "nothing", True),
        ("learning, with --narrowest", "others", False),
    ):
        made = agreement(learnt, broader)
        print(
            f"  {title:27} precision {made.precision:.3f}  recall {made.recall:.3f}"
            f"  ({made.found:.3f} where what stands above a right suggestion counts as found)"
        )


def print_rules(records: Path) -> None:
    """How many records each rule of cleaning touched, a record counted once a rule."""
    from litbase.errors import BadRecord
    from litbase.services import clean

    print("\nRecords touched by each rule:")
    if not records.is_file():
        print("the reference data are not beside the project: nothing to measure on")
        return
    counts: Counter[str] = Counter()
    for line in records.read_text(encoding="utf-8").splitlines():
        try:
            provenance = clean.crossref(json.loads(line)["message"]).provenance
        except BadRecord:
            continue
        counts.update({change["reason"] for field in provenance.values() for change in field.get("changes", ())})
    for reason, count in counts.most_common():
        print(f"  {count:5}  {reason}")


def main() -> int:
    """Run every scorer there is; 0 also where there is nothing to measure on."""
    from draft_scores import print_scores as print_drafts
    from online_scores import print_scores as print_references

    print_suggestions()
    print_references(SHARED / "crossref_records.jsonl")
    print_drafts(SHARED / "apa_examples.jsonl")
    print_rules(SHARED / "crossref_records.jsonl")
    engine = f"{sys.executable} {Path(__file__)}"
    options = [
        *("--many", "--engine", f"{engine} html"),
        *("--intext-engine", f"{engine} citations", "--order-engine", f"{engine} order"),
    ]
    codes = [
        score("APA 7, published examples:", "apa_score.py", *options, *sys.argv[1:]),
        score("Titles in sentence case:", "case_score.py", "--engine", f"{engine} cased"),
        score("Drafts checked:", "draft_score.py", "--engine", f"{sys.executable} -m litbase check {{}} --json"),
    ]
    return max(codes)


def score(title: str, scorer: str, *options: str) -> int:
    """Run one scorer where it lies beside the project; its exit code."""
    print(f"\n{title}", flush=True)
    path = SHARED / scorer
    if not path.is_file():
        print("the reference data are not beside the project: nothing to measure on")
        return 0
    return subprocess.run([sys.executable, str(path), *options], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["cased"]:
        cased()
    elif sys.argv[1:2] and sys.argv[1] in ENGINES:
        answer(sys.argv[1])
    else:
        sys.exit(main())
