"""How well drafts and entries are read: precision and recall, over drafts whose truth is known, and entries printed."""

import html
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import docx_drafts
from made_items import items

from litbase import render
from litbase.domain.item import family
from litbase.domain.text import fold
from litbase.drafts.reference import parse
from litbase.services import check, formatting

OWN = Path(__file__).parent / "drafts"
PROBLEMS = {"cited-not-listed", "year-differs", "name-differs", "ambiguous-citation"}
EITHER = {"listed_only_near_match"}
KINDS = {"cited_not_listed", "year_mismatch", "name_mismatch", "ambiguous"}

Counts = dict[str, tuple[int, int, int]]


def _letters(text: object) -> str:
    return re.sub(r"[^a-z0-9/]+", "", fold(str(text or "")))


def _key(work: dict) -> tuple[str, str]:
    names = work.get("authors") or [""]
    return _letters(names[0]), _letters(work.get("year"))


def _told(key: str) -> tuple[str, str]:
    found = re.match(r"(.*?)\s+((?:\d{4}|n\.d|in press|forthcoming).*)$", key)
    name, year = found.groups() if found else (key, "")
    return _letters(re.sub(r"\s+et al\.?$", "", name).split(",")[0]), _letters(year)


def _sets(truth: dict, answer: dict) -> dict[str, tuple[Counter, Counter]]:
    """What should be and what is reported, of four kinds."""
    found = answer["findings"]
    wanted = {
        kinds: {_told(row.get("cited") or row.get("key")) for row in truth["findings"] if row["kind"] in kinds}
        for kinds in (frozenset(KINDS), frozenset({"listed_not_cited"}))
    }
    # An entry that a slip is nearly may be told as cited nowhere, or not.
    either = {_told(row.get("cited") or row.get("key")) for row in truth["findings"] if row["kind"] in EITHER}
    return {
        "in-text": (
            Counter(
                (c["line"], *_key(w))
                for c in truth["citations"]
                for w in c["works"]
                if w.get("status") != "no_entry_due"
            ),
            Counter(
                (c["line"], *_key(w))
                for c in answer["citations"]
                for w in c["works"]
                if c["form"] != "personal_communication"
            ),
        ),
        "entries": (
            Counter((e["line"], *_key(e)) for e in truth["entries"]),
            Counter((e["line"], *_key(e)) for e in answer["entries"]),
        ),
        "problems": (
            Counter(wanted[frozenset(KINDS)]),
            Counter({_key(w) for f in found if f["code"] in PROBLEMS for w in f["works"]}),
        ),
        "uncited": (
            Counter(wanted[frozenset({"listed_not_cited"})]),
            Counter({_key(w) for f in found if f["code"] == "listed-not-cited" for w in f["works"]} - either),
        ),
    }


def folder_score(folder: Path) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Precision and recall of each kind over all drafts of a folder, and what is amiss."""
    right: Counter[str] = Counter()
    want: Counter[str] = Counter()
    have: Counter[str] = Counter()
    amiss = []
    for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8"))["documents"]:
        answer = check.as_json(check.check(truth["file"], (folder / truth["file"]).read_bytes()))
        for kind, (expected, reported) in _sets(truth, answer).items():
            right[kind] += (expected & reported).total()
            want[kind] += expected.total()
            have[kind] += reported.total()
            if expected != reported:
                amiss.append(f"{truth['file']} {kind}: missed {expected - reported} extra {reported - expected}")
    return {kind: (right[kind] / have[kind], right[kind] / want[kind]) for kind in want}, amiss


def _plain(value: object) -> str:
    return re.sub(r"[^a-z0-9]+", "", fold(re.sub("<[^>]+>", "", str(value))))


_LEADING = (
    ("composer",), ("author",), ("script-writer", "director"), ("director",), ("guest", "host"), ("host",),
    ("executive-producer",), ("producer",), ("series-creator",), ("editor",),
)  # fmt: skip


def _names(item: dict) -> list[str]:
    """The names an item is cited by, as a list prints them: of many, the first 19 and the last."""
    for roles in _LEADING:
        found = [_plain(re.sub(r"\s*\[.*?\]", "", family(name))) for role in roles for name in item.get(role, ())]
        if found:
            return found if len(found) < 21 else [*found[:19], found[-1]]
    return []


_COMPARED = (("container", "container-title"), ("numbers", "volume"), ("numbers", "issue"), ("numbers", "page"))


def parser_score(pairs: list[tuple[dict, str]]) -> dict[str, float]:
    """The share of each field that is read back from the printed string, of those the string has."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for item, text in pairs:
        read = parse(text)
        dated = ((item.get("issued") or {}).get("date-parts") or [[None]])[0][0]
        checks = [
            ("authors", _names(item), [] if read.titled else [_plain(name) for name in read.authors]),
            ("year", str(dated) if dated else "", read.year[:4] if read.year[:4].isdigit() else ""),
            ("title", _plain(item.get("title", "")), _plain(read.item.get("title", ""))),
        ]
        checks += [
            (label, _plain(item[name]), _plain(read.item.get(name, "")))
            for label, name in _COMPARED
            if item.get(name) and _plain(item[name]) in _plain(text)
        ]
        if item.get("DOI") and item["DOI"].lower() in text.lower():
            checks.append(("DOI", item["DOI"].lower(), read.item.get("DOI")))
        for label, want, have in checks:
            asked[label] += 1
            right[label] += want == have
    return {label: right[label] / asked[label] for label in asked}


def published(rows: Iterable[dict]) -> list[tuple[dict, str]]:
    """The items of published examples, each with its entry as printed."""
    pairs: list[tuple[dict, str]] = []
    for row in rows:
        if "items" in row:
            pairs += [(item, text) for item, text in zip(row["items"], row["expected"], strict=True) if text]
        else:
            pairs.append((row["csl"], row.get("expected_html") or row["expected_text"]))
    return [(item, html.unescape(re.sub("<[^>]+>", "", text))) for item, text in pairs]


def printed(count: int) -> list[tuple[dict, str]]:
    """Varied items of litbase's own making, each with the entry it prints of it."""
    made = items(count, seed=7)
    formatted = formatting.format_items(made, formatting.open_style("apa"))
    text = render.writer("text").inline
    return [(item, text(entry)) for item, entry in zip(made, formatted.entries, strict=True)]


def own_drafts(folder: Path) -> None:
    """Put the tests' own drafts into a folder, those in docx made of their text."""
    for path in OWN.iterdir():
        if path.name.endswith(".docx.txt"):
            docx_drafts.make(path.read_text(encoding="utf-8"), folder / path.stem)
        else:
            (folder / path.name).write_bytes(path.read_bytes())


def print_scores(examples: Path) -> None:
    """The figures of drafts of the tests' own and of entries read; on published entries where their file is there."""
    with tempfile.TemporaryDirectory(prefix="litbase-drafts-") as place:
        own_drafts(Path(place))
        count = len(list(Path(place).glob("[0-9]*")))
        print(f"\nDrafts of the tests' own ({count}):")
        for kind, (precision, recall) in folder_score(Path(place))[0].items():
            print(f"  {kind:10} precision {precision:.3f}  recall {recall:.3f}")
    measured = [("300 made entries", printed(300))]
    if examples.is_file():
        rows = [json.loads(line) for line in examples.read_text(encoding="utf-8").splitlines()]
        measured.append(("published entries", published(rows)))
    print("Entries read back:")
    for title, pairs in measured:
        shares = parser_score(pairs)
        print(f"  {title:18}" + "  ".join(f"{label} {share:.3f}" for label, share in shares.items()))
