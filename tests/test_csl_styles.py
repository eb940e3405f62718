"""Any CSL style: found, refused, resolved, and printing every kind of item without falling over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from italics import characters, shown

from litbase.csl import Cite, Entry, Style, open_style
from litbase.csl.marks import MARKS
from litbase.csl.reference import reference
from litbase.csl.sheet import Sheet
from litbase.domain.inline import Link, Span, plain
from litbase.domain.item import DATE_VARIABLES, NAME_VARIABLES
from litbase.errors import BadInput, NotFound

HERE = Path(__file__).parent
ITEMS = [
    json.loads(line)["item"]
    for path in sorted((HERE / "csl_cases").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
VARIED = json.loads((HERE / "csl_cases" / "varied.json").read_text("utf-8"))
TEN = (
    "chicago-author-date",
    "modern-language-association",
    "american-sociological-association",
    "harvard-cite-them-right",
    "ieee",
    "nature",
    "american-medical-association",
    "elsevier-harvard",
    "springer-basic-author-date",
    "deutsche-gesellschaft-fur-psychologie",
)
STERN: dict[str, Any] = {
    "id": "Stern1985",
    "type": "book",
    "author": [{"family": "Stern", "given": "Daniel N."}],
    "issued": {"date-parts": [[1985]]},
    "title": "The interpersonal world of the infant",
    "publisher": "Basic Books",
}
BENJAMIN: dict[str, Any] = {
    "id": "stern1985",  # differs by case alone
    "type": "article-journal",
    "author": [{"family": "Benjamin", "given": "Jessica"}],
    "issued": {"date-parts": [[2004]]},
    "title": "Beyond doer and done to",
    "container-title": "The Psychoanalytic Quarterly",
    "volume": "73",
    "page": "5-46",
    "DOI": "10.1002/j.2167-4086.2004.tb00151.x",
}
TINY = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Tiny</title><id>tiny</id><updated>2026-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout>{}</layout></bibliography></style>"""

WriteStyle = Callable[..., Path]


@pytest.fixture
def write_style(tmp_path: Path) -> WriteStyle:
    def write(content: str | bytes, name: str = "mine.csl") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


# --- finding ---------------------------------------------------------------------------------------


def test_stock_styles_are_known_by_name() -> None:
    style = open_style("apa")
    assert (style.name, style.title, style.is_apa) == ("apa", "APA Style 7th edition", True)
    assert open_style("apa-annotated-bibliography").is_apa
    assert not open_style("apa-6th-edition").is_apa
    assert not open_style("apa-numeric-superscript").is_apa


def test_numbered_styles_say_so() -> None:
    assert [open_style(name).is_numbered for name in ("ieee", "nature", "apa", "chicago-author-date")] == [
        True,
        True,
        False,
        False,
    ]


def test_own_styles_and_paths(write_style: WriteStyle) -> None:
    assert open_style("further-reading").title == "litbase: further reading"
    path = write_style(TINY.format('<text variable="title"/>'))
    assert open_style(path).name == "mine"
    assert open_style("mine", [path.parent]).title == "Tiny"


def test_the_users_folder_comes_first(write_style: WriteStyle) -> None:
    path = write_style(TINY.format('<text variable="title"/>'), "apa.csl")
    assert open_style("apa", [path.parent]).title == "Tiny"


def test_a_dependent_style_is_its_parent() -> None:
    assert open_style("nature-neuroscience").name == "nature"


def test_a_missing_style_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        open_style("chicago-autor-date")
    assert "chicago-author-date" in caught.value.hint
    with pytest.raises(NotFound) as caught:
        open_style("/nowhere/chicago.csl")
    assert caught.value.exit_code == 3


def test_parents_in_a_circle_are_refused(write_style: WriteStyle) -> None:
    path = write_style(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Loop</title>'
        '<link rel="independent-parent" href="http://www.zotero.org/styles/mine"/></info></style>'
    )
    with pytest.raises(BadInput, match="without end"):
        open_style("mine", [path.parent])


@pytest.mark.parametrize(
    "content",
    [
        "not xml at all",
        "<html><body/></html>",
        '<style xmlns="http://www.w3.org/2000/svg"/>',
        TINY.format("")[:-8],
        '<!DOCTYPE style SYSTEM "http://127.0.0.1/x.dtd">' + TINY.format(""),
        '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + TINY.format('<text value="&x;"/>'),
        '<!DOCTYPE style [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + TINY.format('<text value="&b;"/>'),
        TINY.format("<!--" + "x" * 1_000_000 + "-->"),
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>Empty</title></info></style>',
        b"\xff\xfe\x00\x00",
        "",
    ],
)
def test_broken_and_hostile_styles_are_refused(write_style: WriteStyle, content: str | bytes) -> None:
    with pytest.raises(BadInput) as caught:
        open_style(write_style(content))
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("name", ["../apa", "../../etc/passwd", "a/../../b.csl", "", ".hidden", "x\0y"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        open_style(name)


def test_a_broken_macro_prints_nothing_and_breaks_nothing(write_style: WriteStyle) -> None:
    path = write_style(
        TINY.format(
            '<text macro="no-such"/><text variable="title"/><foo/><x:y xmlns:x="z"/><text term="no-such-term"/>'
        )
    )
    assert plain(open_style(path).entries([STERN])[0].inlines) == STERN["title"]


def test_a_macro_that_calls_itself_is_refused(write_style: WriteStyle) -> None:
    path = write_style(
        TINY.format('<text macro="a"/>').replace("<citation>", '<macro name="a"><text macro="a"/></macro><citation>')
    )
    with pytest.raises(BadInput, match="calls itself"):
        open_style(path).entries([STERN])


# --- versions --------------------------------------------------------------------------------------


def test_the_version_follows_the_style(write_style: WriteStyle) -> None:
    first = open_style(write_style(TINY.format('<text variable="title"/>'))).version
    again = open_style(write_style(TINY.format('<text variable="title"/>'), "tiny.csl")).version
    other = open_style(write_style(TINY.format('<text variable="title" suffix="."/>'))).version
    assert first != other
    assert open_style("apa").version == open_style("apa").version != again


# --- entries ---------------------------------------------------------------------------------------


def test_entries_keep_order_ids_and_count() -> None:
    items = [STERN, BENJAMIN, {**STERN, "id": "Stern1985"}, {"type": "book", "title": "Nameless"}]
    made = open_style("apa").entries(items)
    assert [entry.id for entry in made] == ["Stern1985", "stern1985", "Stern1985", ""]
    assert made[0].inlines == made[2].inlines != made[1].inlines


def test_one_bad_item_does_not_stop_the_list() -> None:
    items: list[Any] = [None, "x", {"type": 5, "title": ["a"], "author": "Stern"}, STERN]
    made = open_style("apa").entries(items)
    assert [bool(entry.problems) for entry in made] == [True, True, True, False]
    assert plain(made[3].inlines).startswith("Stern, D. N. (1985).")


def test_links_are_in_the_tree() -> None:
    [entry] = open_style("apa").entries([BENJAMIN])
    links = [node for node in entry.inlines if isinstance(node, Link)]
    assert [link.href for link in links] == ["https://doi.org/10.1002/j.2167-4086.2004.tb00151.x"]


def test_letters_without_a_place_of_their_own_follow_the_year() -> None:
    for name in ("elsevier-harvard", "springer-basic-author-date"):
        [entry] = open_style(name).entries([BENJAMIN], {"stern1985": "b"})
        assert "2004b" in plain(entry.inlines)


@pytest.mark.parametrize("name", [*TEN, "apa", "further-reading", "american-chemical-society", "apa-fr-provost"])
def test_every_item_in_every_style(name: str) -> None:
    style = open_style(name)
    items = ITEMS + VARIED
    made = style.entries(items)
    assert len(made) == len(items)
    for item, entry in zip(items, made, strict=True):
        shown = plain(entry.inlines)
        assert not set(shown) & MARKS
        assert entry.problems == ()
        assert "  " not in shown
        assert shown == shown.strip()
        if "title" in item and item["type"] in ("book", "article-journal", "chapter"):
            assert plain(style.citation([Cite(0)], [item])) != ""


def held() -> dict[str, list[str]]:
    """The entries of the varied items in each style, as they have been read and found right."""
    entries: dict[str, list[str]] = {}
    for line in (HERE / "csl_cases" / "varied_in_styles.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            entries[line[2:]] = of_style = []
        else:
            of_style.append(line)
    return entries


@pytest.mark.parametrize(("name", "entries"), held().items(), ids=held())
def test_varied_items_print_as_they_did(name: str, entries: list[str]) -> None:
    style = open_style(name)
    assert [shown(characters(style.entries([item])[0].inlines)) for item in VARIED] == entries


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("chicago-author-date", "Stern, Daniel N. 1985. The Interpersonal World of the Infant. Basic Books."),
        ("modern-language-association", "Stern, Daniel N. The Interpersonal World of the Infant. Basic Books, 1985."),
        ("ieee", "[1] D. N. Stern, The interpersonal world of the infant. Basic Books, 1985."),
        ("nature", "1. Stern, D. N. The Interpersonal World of the Infant. (Basic Books, 1985)."),
        ("american-medical-association", "1. Stern DN. The Interpersonal World of the Infant. Basic Books; 1985."),
        ("further-reading", "Daniel N. Stern (1985). The interpersonal world of the infant. Basic Books."),
    ],
)
def test_a_book_in_other_styles(name: str, entry: str) -> None:
    assert plain(open_style(name).entries([STERN])[0].inlines) == entry


def test_further_reading_names_no_numbers() -> None:
    [entry] = open_style("further-reading").entries([BENJAMIN])
    assert plain(entry.inlines) == "Jessica Benjamin (2004). “Beyond doer and done to.” The Psychoanalytic Quarterly."
    assert any(isinstance(node, Span) and node.style == "italic" for node in entry.inlines)


# --- order and citations ---------------------------------------------------------------------------


def test_order_is_the_styles_own() -> None:
    assert open_style("chicago-author-date").order([STERN, BENJAMIN]) == ["stern1985", "Stern1985"]
    assert open_style("ieee").order([STERN, BENJAMIN]) == ["Stern1985", "stern1985"]


def test_accents_do_not_lead_to_the_end() -> None:
    books = [
        {"id": name, "type": "book", "author": [{"family": name}], "title": "T"} for name in ("Özal", "Zhou", "Oz")
    ]
    assert open_style("elsevier-harvard").order(books) == ["Oz", "Özal", "Zhou"]


def test_citations() -> None:
    items = [STERN, BENJAMIN]
    chicago, ieee = open_style("chicago-author-date"), open_style("ieee")
    assert plain(chicago.citation([Cite(0, "45"), Cite(1)], items)) == "(Stern 1985, 45; Benjamin 2004)"
    assert plain(chicago.citation([Cite(1, prefix="see")], items, {"stern1985": "a"})) == "(see Benjamin 2004a)"
    assert plain(ieee.citation([Cite(1)], items)) == "[2]"
    narrative = chicago.narrative(Cite(0), items)
    assert narrative is not None
    assert plain(narrative) == "Stern (1985)"
    assert ieee.narrative(Cite(0), items) is None


def test_numbers_in_a_row_are_collapsed() -> None:
    items = [{**STERN, "id": str(number)} for number in range(5)]
    cites = [Cite(number) for number in (0, 1, 2, 4)]
    assert plain(open_style("nature").citation(cites, items)) == "1–3,5"


# --- anything at all -------------------------------------------------------------------------------

ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5000, 5000) | st.text(max_size=12) | st.just("<i>a</b> & \"'x' [y]?"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=4,
)
NAMES = st.lists(
    st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix", "dropping-particle"]), ODD, max_size=3),
    max_size=3,
)
DATES = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(st.integers(-400, 2100) | st.none(), max_size=4), max_size=3)},
    optional={"circa": st.booleans(), "season": st.integers(0, 5), "literal": st.text(max_size=5)},
)
ANYTHING = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "chapter", "thesis", "broadcast", "report", "legal_case", "nonsense"])},
    optional={
        **dict.fromkeys(
            ("title", "container-title", "edition", "page", "number", "genre", "URL", "DOI", "version"), ODD
        ),
        **dict.fromkeys(NAME_VARIABLES[::5], NAMES | ODD),
        **dict.fromkeys(DATE_VARIABLES, DATES | ODD),
    },
)
STYLES = [open_style(name) for name in ("apa", "chicago-author-date", "ieee", "deutsche-gesellschaft-fur-psychologie")]


@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
@settings(max_examples=40, deadline=None)
@given(item=ANYTHING)
def test_anything_makes_an_entry(style: Style, item: dict[str, Any]) -> None:
    [entry] = style.entries([item])
    assert isinstance(entry, Entry)
    assert not set(plain(entry.inlines)) & MARKS
    plain(style.citation([Cite(0)], [item]))


@settings(max_examples=25, deadline=None)
@given(
    position=st.integers(0, 400), value=st.sampled_from(["zzz", "", "-1", "99999999999", "é\\", "a b c", "it's", "²"])
)
def test_odd_attributes_break_nothing(position: int, value: str) -> None:
    """A style may say anything in an attribute that CSL does not know."""
    content = (HERE.parent / "styles" / "further-reading.csl").read_text("utf-8")
    parts = content.split('="')
    at = 8 + position % (len(parts) - 8)
    parts[at] = value + parts[at][parts[at].index('"') :]
    sheet = Sheet('="'.join(parts).encode())
    for item in ITEMS[::20]:
        sheet.entry(reference(item))


def test_numbers_follow_the_styles_order() -> None:
    style = open_style("american-medical-association-alphabetical")
    items = [STERN, BENJAMIN]
    assert [plain(entry.inlines)[:2] for entry in style.entries(items)] == ["2.", "1."]
    assert plain(style.citation([Cite(0)], items)) == "2"
