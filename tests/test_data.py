"""What ships in data/: every source and concept is whole, in the house's form, and true to its origin."""

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import shelf_apa

from litbase import bundled, csl
from litbase.domain import inline
from litbase.domain.citekey import free, stem
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES, names
from litbase.domain.text import clean, fold
from litbase.errors import LitbaseError

SHELF = bundled.shelf()
CONCEPTS = bundled.concepts()

# Source: CSL 1.0.2, appendix III (item types) and IV (variables), and csl-data.json.
TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
}  # fmt: skip
STRINGS = {
    "id", "type", "abstract", "annote", "archive", "archive_collection", "archive_location",
    "archive-place", "authority", "call-number", "chapter-number", "citation-key", "citation-label",
    "citation-number", "collection-number", "collection-title", "container-title",
    "container-title-short", "dimensions", "division", "DOI", "edition", "event-place", "event-title",
    "first-reference-note-number", "genre", "ISBN", "ISSN", "issue", "jurisdiction", "keyword",
    "language", "license", "locator", "medium", "note", "number", "number-of-pages",
    "number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page",
    "page-first", "part-number", "part-title", "PMCID", "PMID", "printing-number", "publisher",
    "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section", "source",
    "status", "supplement-number", "title", "title-short", "URL", "version", "volume", "volume-title",
    "year-suffix",
}  # fmt: skip
NAME_PARTS = {"family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal"}
ADDRESS = re.compile(r"https?://[^\s/]+/\S*")
DOI = re.compile(r"10\.\d{4,9}/[^\sA-Z]+")


def each_source() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("source", SHELF, ids=[source.citekey for source in SHELF])


def each_concept() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("concept", CONCEPTS, ids=[concept.name for concept in CONCEPTS])


# The shelf


@each_source()
def test_an_item_holds_only_what_csl_knows(source: bundled.ShelfSource) -> None:
    item = source.item
    assert item["type"] in TYPES
    assert item["id"] == source.citekey
    assert set(item) <= STRINGS | set(NAME_VARIABLES) | set(DATE_VARIABLES)
    for variable in STRINGS & set(item):
        assert isinstance(item[variable], str)
        assert item[variable] == clean(item[variable]).strip() != ""
    for name in chain.from_iterable(names(item, role) for role in NAME_VARIABLES):
        assert set(name) <= NAME_PARTS
        assert ("literal" in name) != ("family" in name)
        assert all(part == clean(part).strip() != "" for part in name.values())


@each_source()
def test_dates_are_real(source: bundled.ShelfSource) -> None:
    for variable in set(DATE_VARIABLES) & set(source.item):
        ((year, *rest),) = source.item[variable]["date-parts"]
        assert 1800 < year < 2100
        assert all(1 <= part <= limit for part, limit in zip(rest, (12, 31), strict=False))


@each_source()
def test_identifiers_are_in_the_house_form(source: bundled.ShelfSource) -> None:
    item = source.item
    if "DOI" in item:
        assert DOI.fullmatch(item["DOI"])
        assert "doi.org" not in item.get("URL", "")
    for isbn in item.get("ISBN", "").split():
        assert isbn.isdigit()
        assert len(isbn) == 13
        assert sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(isbn)) % 10 == 0
    assert "–" not in item.get("page", "")
    if "URL" in item:
        assert ADDRESS.fullmatch(item["URL"])


@each_source()
def test_a_source_says_what_it_is_good_for_and_how_that_is_known(source: bundled.ShelfSource) -> None:
    assert source.verified or source.printed
    assert all(ADDRESS.fullmatch(address) for address in source.verified)
    assert source.confidence in {"one source", "two sources"}
    assert (source.doi_confirmed is None) == ("DOI" not in source.item)
    assert source.note == clean(source.note).strip()
    assert source.note.endswith(".")
    assert 40 < len(source.note) < 300
    if source.caveat:
        assert source.caveat.endswith(".")


def test_an_unconfirmed_doi_is_spoken_of_in_the_caveat() -> None:
    doubtful = [source for source in SHELF if source.doi_confirmed is False]
    assert doubtful
    assert all("The DOI was" in source.caveat for source in doubtful)


@each_source()
def test_a_source_speaks_to_known_concepts(source: bundled.ShelfSource) -> None:
    assert source.concepts
    assert len(set(source.concepts)) == len(source.concepts)
    assert set(source.concepts) <= {concept.name for concept in CONCEPTS}


def test_citekeys_are_those_litbase_gives() -> None:
    taken: set[str] = set()
    for source in SHELF:
        expected = free(stem(source.item), taken.__contains__)
        assert source.citekey == expected
        taken.add(expected)


def test_no_work_is_there_twice() -> None:
    dois = [source.item["DOI"] for source in SHELF if "DOI" in source.item]
    titles = [(fold(source.item["title"]), source.item["type"]) for source in SHELF]
    assert len(set(dois)) == len(dois)
    assert len(set(titles)) == len(titles)


# The vocabulary


@each_concept()
def test_a_concept_is_whole(concept: bundled.ShelfConcept) -> None:
    assert concept.definition.endswith(".")
    assert concept.cues
    for text in (concept.name, concept.definition, *concept.aliases, *concept.cues):
        assert text == clean(text).strip() != ""


def test_no_name_leads_to_two_concepts() -> None:
    leads = [fold(name) for concept in CONCEPTS for name in (concept.name, *concept.aliases)]
    assert sorted(leads) == sorted(set(leads))


@each_concept()
def test_broader_concepts_exist_and_lead_round_no_circle(concept: bundled.ShelfConcept) -> None:
    broader = {known.name: known.broader for known in CONCEPTS}
    above = set(concept.broader)
    while (wider := above | {name for each in above for name in broader[each]}) != above:
        above = wider
    assert concept.name not in above


# The files


@pytest.mark.parametrize("name", ["shelf.jsonl", "shelf_apa.jsonl", "concepts.jsonl"])
def test_lines_are_tidy(name: str) -> None:
    text = (bundled.folder("data") / name).read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert text == "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def test_every_field_is_described() -> None:
    readme = (bundled.folder("data") / "README.md").read_text(encoding="utf-8")
    fields = {
        key
        for name in ("shelf.jsonl", "concepts.jsonl")
        for line in (bundled.folder("data") / name).read_text(encoding="utf-8").splitlines()
        for key in json.loads(line)
    }
    assert not {field for field in fields if f"| `{field}` |" not in readme}
    assert f"{len(SHELF)} works" in readme
    assert f"{len(CONCEPTS)} concepts" in readme
    assert all(f"`{source.citekey}`" in readme for source in SHELF if source.doi_confirmed is False)


def test_the_entries_that_ship_are_the_engines() -> None:
    assert shelf_apa.FILE.read_text(encoding="utf-8").splitlines() == shelf_apa.lines(), "make shelf"
    apa = csl.open_style("apa")
    alone = [apa.entries([{**source.item, "id": source.citekey}])[0].inlines for source in SHELF]
    assert [inline.from_json(one) for one in bundled.shelf_entries().values()] == alone


# bundled.py


def test_a_source_is_found_by_its_doi_in_any_case() -> None:
    for source in SHELF:
        if "DOI" in source.item:
            assert bundled.shelf_source(source.item["DOI"].upper()) == source
    assert bundled.shelf_source("10.5555/never-on-the-shelf") is None


def test_changing_a_source_changes_no_later_one() -> None:
    doi = next(source.item["DOI"] for source in SHELF if "DOI" in source.item)
    first = bundled.shelf_source(doi)
    assert first is not None
    first.item["title"] = "changed"
    again = bundled.shelf_source(doi)
    assert again is not None
    assert again.item["title"] != "changed"


def test_word_lists_leave_out_blanks_and_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "data" / "words"
    words.mkdir(parents=True)
    (words / "places.txt").write_text("# Places\n\n  Montréal \nNew York\n #x\n", encoding="utf-8")
    folder = bundled.folder
    monkeypatch.setattr(bundled, "folder", lambda name: folder(name, package=tmp_path))
    assert bundled.word_lists() == {"places": ["Montréal", "New York"]}


def test_the_folder_in_the_package_comes_first(tmp_path: Path) -> None:
    package = tmp_path / "litbase"
    (package / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert bundled.folder("data", package=package) == package / "data"


def test_the_folder_beside_the_package_is_taken_from_a_checkout_only(tmp_path: Path) -> None:
    package = tmp_path / "litbase"
    package.mkdir()
    (tmp_path / "styles").mkdir()
    with pytest.raises(LitbaseError, match="styles"):
        bundled.folder("styles", package=package)
    (tmp_path / "pyproject.toml").touch()
    assert bundled.folder("styles", package=package) == tmp_path / "styles"


# Equality with the files the facts come from


SHARED = Path(__file__).parents[2] / "shared"
shared = pytest.mark.skipif(
    not (SHARED / "starter_shelf.jsonl").is_file(), reason="the files the shelf was made from are not here"
)


def normal(item: dict[str, Any]) -> dict[str, Any]:
    """An item of the source file as the house writes it: the rules of data/README.md, and no others."""
    item = {key: value for key, value in item.items() if key not in {"id", "original_title_case"}}
    if "DOI" in item:
        item["DOI"] = item["DOI"].lower()
        if item.get("URL", "").startswith("https://doi.org/"):
            del item["URL"]
    if "page" in item:
        item["page"] = item["page"].replace("–", "-")
    return item


@shared
def test_every_fact_is_that_of_the_source_file() -> None:
    text = (SHARED / "starter_shelf.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    for row, source in zip(rows, SHELF, strict=True):
        assert {key: value for key, value in source.item.items() if key != "id"} == normal(row["csl"])
        assert list(source.concepts) == row["concepts"]
        assert source.confidence == row["confidence"]
        assert list(source.verified) == [where for where in row["verified"] if where.startswith("http")]
        assert len(source.printed) == len(row["verified"]) - len(source.verified)
        assert bool(source.caveat) == ("caveat" in row)
        if "The DOI was seen only" in row.get("caveat", ""):
            assert source.doi_confirmed is False


@shared
def test_every_concept_is_that_of_the_source_file() -> None:
    rows = json.loads((SHARED / "concepts.json").read_text(encoding="utf-8"))
    for row, concept in zip(rows, CONCEPTS, strict=True):
        given = concept._asdict() | {"definition": concept.definition.replace("’", "'")}
        assert given == {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
