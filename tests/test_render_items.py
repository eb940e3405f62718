"""Items for other programs: CSL-JSON whole, BibTeX and RIS as far as they go, and nothing that escapes its field."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs

import pytest
from conftest import shared_lines
from reading_list import ENTRIES, HOSTILE, hostile

from litbase import readers
from litbase.domain.inline import strip
from litbase.domain.item import Item
from litbase.domain.records import clean_crossref
from litbase.domain.text import clean_line
from litbase.errors import BadRecord
from litbase.render import bibtex, coins, csljson, jsonld, plainly, ris

ITEMS = [entry.item for entry in ENTRIES]


def item(**fields: Any) -> Item:
    """A work with these fields; `_` in a name stands for `-`."""
    return {"id": "a", "type": "book", "title": "A title", **{name.replace("_", "-"): v for name, v in fields.items()}}


# --- CSL-JSON --------------------------------------------------------------------------------------


def test_csl_json_loses_nothing() -> None:
    items = [*ITEMS, *(entry.item for entry in hostile())]
    assert json.loads(csljson.listing(items)) == items


# --- BibTeX ----------------------------------------------------------------------------------------


def entries(source: str) -> list[tuple[str, str, dict[str, str]]]:
    """The entries of BibTeX as (type, key, fields), braces counted as BibTeX counts them, escaped or not."""
    found = []
    at = 0
    while (begins := re.compile(r"\s*@(\w+)\{([^,\s{}]+),\n").match(source, at)) is not None:
        at = begins.end()
        fields = {}
        while (names := re.compile(r"  (\w+) = ").match(source, at)) is not None:
            at, depth = names.end(), 0
            starts = at
            while depth or source[at] != ",":
                depth += {"{": 1, "}": -1}.get(source[at], 0)
                at += 1
            fields[names[1]] = source[starts:at]
            at += 2
        assert source[at] == "}", source[at - 40 : at + 40]
        at += 1
        found.append((begins[1], begins[2], fields))
    assert not source[at:].strip()
    return found


def bib(**fields: Any) -> dict[str, str]:
    ((_, _, found),) = entries(bibtex.listing([item(**fields)]))
    return found


def test_an_article_in_bibtex() -> None:
    ((kind, key, fields),) = entries(bibtex.listing([ITEMS[1]]))
    assert (kind, key) == ("article", "vandermeer2004")
    assert fields == {
        "author": "{van der Meer, Jan}",
        "title": r"{Holding {H}\textsubscript{2}{O}, \emph{x}\textsuperscript{2} and ad}",
        "year": "{2004}",
        "month": "sep",
        "date": "{2004-09-14}",
        "journal": "{Journal of Quiet Rooms}",
        "volume": "{12}",
        "number": "{3}",
        "pages": "{45--61}",
        "doi": "{10.5555/jqr.12(3).45}",
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"family": "Stern", "given": "Daniel N."}, "{Stern, Daniel N.}"),
        ({"family": "Stern", "given": "D.", "suffix": "Jr."}, "{Stern, Jr., D.}"),
        ({"family": "Meer", "given": "Jan", "non-dropping-particle": "van der"}, "{van der Meer, Jan}"),
        ({"family": "Humboldt", "given": "A.", "dropping-particle": "von"}, "{Humboldt, A. von}"),
        ({"family": "van der Kolk", "given": "B."}, "{{van der Kolk}, B.}"),
        ({"literal": "Harbour & Sons and Co."}, r"{{Harbour \& Sons and Co.}}"),
        ({"family": "Rich and Poor", "given": "A, B"}, "{{Rich and Poor}, {A, B}}"),
        ({"family": "Plato"}, "{Plato}"),
    ],
)
def test_names_keep_their_parts(name: dict[str, str], written: str) -> None:
    assert bib(author=[name])["author"] == written


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A plain title", "{A plain title}"),
        ("DSM-5 and after", "{{DSM-5} and after}"),
        ("Notes: A primer on Kohut’s self", "{Notes: {A} primer on {Kohut’s} self}"),
        ("“Who” are we?", "{“Who” are we?}"),
        ("<i>Hamlet</i> in the room", r"{\emph{Hamlet} in the room}"),
        ("Seeing <i>Hamlet</i>", r"{Seeing \emph{{Hamlet}}}"),
    ],
)
def test_capitals_are_kept_by_braces(title: str, written: str) -> None:
    assert bib(title=title)["title"] == written


@pytest.mark.parametrize(
    ("type_", "genre", "kind"),
    [
        ("book", "", "book"), ("chapter", "", "incollection"), ("article-newspaper", "", "article"),
        ("thesis", "Doctoral dissertation", "phdthesis"), ("thesis", "Master’s thesis", "mastersthesis"),
        ("thesis", "Diplom", "thesis"), ("report", "", "techreport"), ("webpage", "", "online"), ("map", "", "misc"),
    ],
)  # fmt: skip
def test_types_in_bibtex(type_: str, genre: str, kind: str) -> None:
    assert entries(bibtex.listing([item(type=type_, genre=genre)]))[0][0] == kind


def test_dates_in_bibtex() -> None:
    dated = bib(issued={"date-parts": [[2015, 9], [2015, 10]]}, original_date={"date-parts": [[1923]]})
    assert (dated["year"], dated["month"], dated["date"]) == ("{2015}", "sep", "{2015-09/2015-10}")
    assert dated["origdate"] == "{1923}"
    assert bib(issued={"literal": "in press"})["pubstate"] == "{inpress}"
    assert "year" not in bib()


def test_keys_are_fit_and_unique() -> None:
    keys = [key for _, key, _ in entries(bibtex.listing([item(id=one) for one in ("a b", "a-b", "A-B", "é", "")]))]
    assert keys == ["a-b", "a-b-2", "A-B-3", "work", "work-2"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_leave_their_field_in_bibtex(words: str) -> None:
    work = next(entry.item for entry in hostile() if entry.id == words)
    ((kind, _, fields),) = entries(bibtex.listing([work]))
    assert kind == "article"
    assert set(fields) <= {"author", "title", "year", "journal", "pages", "doi", "url", "abstract", "keywords"}
    assert all("\n" not in value for value in fields.values())
    plain = fields["abstract"][1:-1].replace("-{}-", "--")
    for sign, written in bibtex._SIGNS.items():
        plain = plain.replace(written, {"\\": "\0", "{": "\1", "}": "\2"}.get(sign, sign))
    assert plain.replace("\0", "\\").replace("\1", "{").replace("\2", "}") == clean_line(words)


# --- RIS -------------------------------------------------------------------------------------------


def tags(source: str) -> list[dict[str, list[str]]]:
    """The works of a RIS text, each as its tags' values."""
    works: list[dict[str, list[str]]] = []
    for line in source.split("\n"):
        if not line:
            continue
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()  # type: ignore[union-attr]
        if tag == "TY":
            works.append({})
        works[-1].setdefault(tag, []).append(value)
    assert all(list(work)[-1] == "ER" for work in works)
    return works


def test_an_article_in_ris() -> None:
    assert tags(ris.listing([ITEMS[1]])) == [
        {
            "TY": ["JOUR"], "ID": ["vandermeer2004"], "AU": ["van der Meer, Jan"], "DA": ["2004/09/14/"],
            "PY": ["2004"], "TI": ["Holding H2O, x2 and ad"], "T2": ["Journal of Quiet Rooms"], "VL": ["12"],
            "IS": ["3"], "DO": ["10.5555/jqr.12(3).45"], "SP": ["45"], "EP": ["61"], "ER": [""],
        }
    ]  # fmt: skip


def test_people_and_dates_in_ris() -> None:
    (work,) = tags(ris.listing([item(
        type="motion_picture", director=[{"family": "Varda", "given": "A.", "suffix": "II"}],
        editor=[{"literal": "The Editors"}], translator=[{"family": "Aoki"}], status="in press",
        original_date={"date-parts": [[1962]]}, accessed={"date-parts": [[2020, 5]]}, keyword="film, old; time",
    )]))  # fmt: skip
    assert (work["TY"], work["AU"], work["ED"], work["A4"]) == (["MPCT"], ["Varda, A., II"], ["The Editors"], ["Aoki"])
    assert (work["PY"], work["OP"], work["Y2"], work["KW"]) == (
        ["in press"],
        ["1962"],
        ["2020/05//"],
        ["film, old", "time"],
    )


def test_an_article_number_is_no_page() -> None:
    (work,) = tags(ris.listing([item(type="article-journal", number="e123", page="7")]))
    assert (work["C7"], work["SP"]) == (["e123"], ["7"])
    assert "EP" not in work


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_begin_a_line_in_ris(words: str) -> None:
    work = next(entry.item for entry in hostile() if entry.id == words)
    (read,) = tags(ris.listing([work]))
    assert read["TI"] == [clean_line(words)]
    assert read["TY"] == ["JOUR"]
    assert len(read["ER"]) == 1


# --- what stands in web pages ----------------------------------------------------------------------


def test_coins_of_an_article_and_a_book() -> None:
    article = parse_qs(coins.context(ITEMS[1]))
    assert article["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert article["rft_id"] == ["info:doi/10.5555/jqr.12(3).45"]
    assert (article["rft.jtitle"], article["rft.pages"], article["rft.date"]) == (
        ["Journal of Quiet Rooms"], ["45-61"], ["2004-09-14"]
    )  # fmt: skip
    book = parse_qs(coins.context(ITEMS[0]))
    assert (book["rft.genre"], book["rft.btitle"]) == (["book"], ["Between two: A Hamlet of the room"])
    assert (book["rft.aulast"], book["rft.au"]) == (["Okafor"], ["Okafor, Ngozi", "Lindqvist, Åsa"])
    film = parse_qs(coins.context(item(type="motion_picture", author=[{"literal": "A & B"}])))
    assert (film["rft_val_fmt"], film["rft.creator"]) == (["info:ofi/fmt:kev:mtx:dc"], ["A & B"])


def test_jsonld_of_an_article() -> None:
    cited = json.loads(jsonld.graph(ITEMS))["citation"]
    assert [work["@type"] for work in cited] == ["Book", "ScholarlyArticle"]
    assert cited[1]["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {"@type": "Periodical", "name": "Journal of Quiet Rooms"},
        },
    }
    assert cited[1]["url"] == "https://doi.org/10.5555/jqr.12(3).45"
    assert cited[0]["publisher"] == {"@type": "Organization", "name": "Harbour Press"}


def test_jsonld_can_end_no_script_and_loses_no_word() -> None:
    items = [entry.item for entry in hostile()]
    written = jsonld.graph(items)
    assert not re.search(r"[<>&]|\[[a-z]", written)
    assert [work["name"] for work in json.loads(written)["citation"]] == [clean_line(words) for words in HOSTILE]
    assert all("javascript" not in work.get("url", "")[:11] for work in json.loads(written)["citation"])


@pytest.mark.parametrize(
    ("page", "ends"),
    [
        ("45-61", ("45", "61")),
        ("45–61", ("45", "61")),
        ("e12", ("e12", "")),
        ("1-2, 5-6", ("1-2, 5-6", "")),
        ("", ("", "")),
    ],
)
def test_pages_have_two_ends(page: str, ends: tuple[str, str]) -> None:
    assert plainly.pages({"page": page}) == ends


@pytest.mark.parametrize(
    ("date", "written"), [([2015], "2015"), ([2015, 9], "2015-09"), ([2015, 13, 4], "2015"), ([87], "0087")]
)
def test_dates_in_iso(date: list[int], written: str) -> None:
    assert plainly.iso(date) == written


# --- real records ----------------------------------------------------------------------------------

# What each format cannot hold (its module says so); and keywords, which readers part at their commas.
LOST = {
    bibtex: {"abstract", "keyword"},
    ris: {"abstract", "keyword", "event-title", "event-place", "event-date"},
}


@pytest.mark.parametrize("form", [bibtex, ris], ids=["bibtex", "ris"])
def test_real_records_come_back(form: Any) -> None:
    items = list(cleaned(shared_lines("crossref_records.jsonl")[::5]))
    found = readers.read("x", form.listing(items).encode(), form.__name__.rpartition(".")[2])
    assert (len(found.entries), found.faults) == (len(items), ())
    changed = Counter()
    for item, entry in zip(items, found.entries, strict=True):
        for field in {*item, *entry.item} - LOST[form] - {"id"}:
            changed[field] += _even(item, field, form) != _even(entry.item, field, form)
    assert {field: times for field, times in changed.items() if times > len(items) / 100} == {}


def cleaned(rows: Sequence[dict[str, Any]]) -> Iterator[Item]:
    """Items of Crossref's records, titles as they came."""
    for number, row in enumerate(rows):
        try:
            yield {**clean_crossref(row["message"], lambda title, _: title).item, "id": f"k{number}"}
        except BadRecord:
            continue


def _even(item: Item, field: str, form: Any) -> Any:
    """A field as it is compared: pages with a hyphen; in RIS titles bare, preprints as unpublished."""
    value = item.get(field)
    if field == "page":
        return str(value).replace("–", "-")
    if form is ris and field in ("title", "container-title"):
        return strip(str(value))
    return "manuscript" if form is ris and field == "type" and value == "article" else value


def test_every_real_work_is_written_whole() -> None:
    items = [row["item"] if "item" in row else row["csl"] for row in shared_lines("starter_shelf.jsonl")]
    read = tags(ris.listing(items))
    assert [len(work["AU"]) for work in read if "AU" in work] == [
        len(one["author"]) for one in items if one.get("author")
    ]
    found = entries(bibtex.listing(items))
    assert [fields.get("year", "") for _, _, fields in found] == [
        f"{{{one['issued']['date-parts'][0][0]}}}" if (one.get("issued") or {}).get("date-parts") else ""
        for one in items
    ]
