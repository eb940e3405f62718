"""BibTeX, RIS and CSL-JSON files as other programs write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase import readers
from litbase.domain import doi
from litbase.errors import BadInput
from litbase.readers import Entry, Listing, opening, tidying
from litbase.services import titling

# As Zotero exports, after its documentation: notes as HTML, tags as keywords, capitals in braces.
ZOTERO_BIB = r"""
@incollection{beebe_mother_2003,
	address = {Hillsdale, NJ},
	series = {Relational {Perspectives}},
	title = {Mother--infant {Interaction} {Structures} and {Presymbolic} {Self}},
	volume = {2},
	isbn = {978-0-393-33373-2},
	url = {https://doi.org/10.5555/beebe_2003},
	language = {en},
	urldate = {2020-05-03},
	booktitle = {The {Book} of {Repair}},
	publisher = {Analytic Press},
	author = {Beebe, Beatrice and {The Process Group}},
	editor = {Aron, Lewis},
	month = sep,
	year = {2003},
	note = {Original Date: 1997
Citation Key: beebe2003
A remark that stays.},
	keywords = {attachment, ruptures and repair},
	pages = {133--182},
	annote = {<p>First <strong>note</strong>.</p><p>Its end.</p>},
	annote = {Second note.},
	file = {x.pdf:/home/someone/x.pdf:application/pdf},
}
"""
ZOTERO_RIS = """TY  - CHAP\r
TI  - Mother-Infant Interaction Structures\r
AU  - Beebe, Beatrice\r
A2  - Aron, Lewis\r
T2  - The Book of Repair\r
T3  - Relational Perspectives\r
CY  - Hillsdale, NJ\r
DA  - 2003/09//\r
PY  - 2003\r
SP  - 133\r
EP  - 82\r
PB  - Analytic Press\r
DO  - 10.5555/beebe_2003\r
SN  - 978-0-393-33373-2\r
KW  - attachment\r
KW  - ruptures and repair\r
N1  - <p>First <em>note</em>.</p>\r
N1  - Second\r
      note.\r
ER  - \r
"""
ZOTERO_CSL = [
    {
        "id": "http://zotero.org/users/1/items/ABCD", "citation-key": "beebe2003", "type": "chapter",
        "title": "Mother-Infant Interaction Structures", "container-title": "The Book of Repair",
        "author": [{"family": "Beebe", "given": "Beatrice"}, {"literal": "The Process Group"}],
        "issued": {"date-parts": [["2003", 9]]}, "accessed": {"raw": "2020-05-03"}, "page": "133–182",
        "DOI": "10.5555/BEEBE_2003", "note": "Original Date: 1997\nA remark that stays.",
        "journalAbbreviation": "Bk. Rep.", "volume": 2,
    }
]  # fmt: skip


def listing(text: str) -> Listing:
    return readers.read("a file", text.encode())


def item(entry: Entry) -> dict[str, object]:
    return tidying.tidied(entry.item, entry.protected, lambda title, more: titling.sentence_case(title, more).text).item


def test_bibtex_from_zotero() -> None:
    (entry,) = listing(ZOTERO_BIB).entries
    assert entry.citekey == "beebe_mother_2003"
    assert entry.keywords == ("attachment", "ruptures and repair")
    assert entry.notes == ("First note.\n\nIts end.", "Second note.")
    assert item(entry) == {
        "type": "chapter",
        "title": "Mother–infant interaction structures and presymbolic self",
        "container-title": "The book of repair",
        "collection-title": "Relational Perspectives",
        "author": [{"family": "Beebe", "given": "Beatrice"}, {"literal": "The Process Group"}],
        "editor": [{"family": "Aron", "given": "Lewis"}],
        "issued": {"date-parts": [[2003, 9]]},
        "original-date": {"date-parts": [[1997]]},
        "accessed": {"date-parts": [[2020, 5, 3]]},
        "page": "133-182",
        "volume": "2",
        "publisher": "Analytic Press",
        "publisher-place": "Hillsdale, NJ",
        "language": "en",
        "note": "A remark that stays.",
        "keyword": "attachment; ruptures and repair",
        "DOI": "10.5555/beebe_2003",
        "ISBN": "9780393333732",
    }


def test_ris_from_zotero() -> None:
    (entry,) = listing(ZOTERO_RIS).entries
    assert entry.keywords == ("attachment", "ruptures and repair")
    assert entry.notes == ("First note.", "Second\nnote.")
    found = item(entry)
    assert (found["page"], found["issued"], found["ISBN"]) == ("133-182", {"date-parts": [[2003, 9]]}, "9780393333732")
    assert (found["title"], found["container-title"]) == ("Mother-infant interaction structures", "The book of repair")
    assert (found["collection-title"], found["editor"]) == (
        "Relational Perspectives",
        [{"family": "Aron", "given": "Lewis"}],
    )


def test_csl_json_from_zotero() -> None:
    (entry,) = listing(json.dumps(ZOTERO_CSL)).entries
    assert entry.citekey == "beebe2003"
    found = item(entry)
    assert found["issued"] == {"date-parts": [[2003, 9]]}
    assert found["accessed"] == {"date-parts": [[2020, 5, 3]]}
    assert found["original-date"] == {"date-parts": [[1997]]}
    assert (found["volume"], found["DOI"]) == ("2", "10.5555/beebe_2003")
    assert "note" not in found
    assert "A remark that stays." in entry.notes
    assert found["container-title-short"] == "Bk. Rep."


def test_braces_keep_capitals_only_where_they_were_set_with_a_choice() -> None:
    chosen = r"@book{a, title={Treating {PTSD} in the {Stern} tradition of {EMDR-Like} care}, author={A, B}}"
    every = r"@book{a, title={The {Working} {Alliance} in {Therapy}}, author={A, B}}"
    whole = r"@book{a, title={{The Working Alliance in Therapy}}, author={A, B}}"
    assert item(listing(chosen).entries[0])["title"] == "Treating PTSD in the Stern tradition of EMDR-Like care"
    assert item(listing(every).entries[0])["title"] == "The working alliance in therapy"
    assert item(listing(whole).entries[0])["title"] == "The working alliance in therapy"


def test_strings_and_cross_references() -> None:
    text = """@string{jcp = {Journal of Clinical }}
@inproceedings{child, crossref = {parent}, title = {A talk}, author = {Lee, Ann}, pages = 3}
@article{one, title = {An article}, journal = jcp # "Psychology", year = 1999, month = "14~" # feb}
@proceedings{Parent, title = {The meeting}, year = 2001, editor = {Bo, Cy}}
"""
    child, article, parent = (item(entry) for entry in listing(text).entries)
    assert (child["container-title"], child["issued"]) == ("The meeting", {"date-parts": [[2001]]})
    assert (article["container-title"], article["issued"]) == (
        "Journal of Clinical Psychology",
        {"date-parts": [[1999, 2, 14]]},
    )
    assert parent["title"] == "The meeting"


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (
            "@phdthesis{a, title={T}, school={Uni}}",
            {"type": "thesis", "genre": "Doctoral dissertation", "publisher": "Uni"},
        ),
        ("@mastersthesis{a, title={T}}", {"type": "thesis", "genre": "Master’s thesis"}),
        ("@techreport{a, title={T}, institution={I}, number={7}}", {"type": "report", "publisher": "I", "number": "7"}),
        ("@book{a, title={T}, series={S}, number={7}}", {"collection-title": "S", "collection-number": "7"}),
        ("@misc{a, title={T}, howpublished={\\url{http://a.b/c}}}", {"type": "webpage", "URL": "http://a.b/c"}),
        ("@misc{a, title={T}, eprint={2101.1}, archiveprefix={arXiv}}", {"type": "article", "number": "arXiv:2101.1"}),
        ("@article{a, title={T}, journaltitle={J}, entrysubtype={magazine}}", {"type": "article-magazine"}),
        ("@inreference{a, title={T}, booktitle={A dictionary of T}}", {"type": "entry-dictionary"}),
        ("@online{a, title={T}, organization={Site}}", {"type": "webpage", "container-title": "Site"}),
        ("@book{a, title={Vol}, maintitle={Set}, volume={2}}", {"title": "Set", "volume-title": "Vol"}),
        ("@book{a, title={T}, edition={First}}", {"title": "T"}),
        ("@book{a, title={T}, edition={Second}}", {"edition": "2"}),
        ("@article{a, title={T}, journal={J}, year={in press}}", {"status": "in press"}),
        ("@book{a, title={T}, doi={not one}}", {"title": "T"}),
        ("@video{a, title={T}, editor={B, A}, editortype={director}}", {"director": [{"family": "B", "given": "A."}]}),
    ],
)
def test_types_and_fields_of_bibtex(entry: str, fields: dict[str, object]) -> None:
    found = item(listing(entry).entries[0])
    assert {name: found.get(name) for name in fields} == fields
    assert "DOI" not in found
    assert found.get("edition") != "First"


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (["TY  - THES", "TI  - T", "M3  - PhD", "PB  - Uni"], {"type": "thesis", "genre": "Doctoral dissertation"}),
        (["TY  - EDBOOK", "TI  - T", "AU  - Lee, A."], {"editor": [{"family": "Lee", "given": "A."}]}),
        (
            ["TY  - JOUR", "T1  - T", "JA  - J. Psych.", "JF  - Journal of Psychology"],
            {"container-title": "Journal of Psychology"},
        ),
        (["TY  - JOUR", "TI  - T", "T2  - J", "SP  - e0123456"], {"number": "e0123456"}),
        (["TY  - JOUR", "TI  - T", "T2  - J", "Y1  - 2015/03/02/"], {"issued": {"date-parts": [[2015, 3, 2]]}}),
        (["TY  - NEWS", "TI  - T", "T2  - Daily", "DA  - 14 March 2015"], {"issued": {"date-parts": [[2015, 3, 14]]}}),
        (["TY  - MPCT", "TI  - T", "AU  - Varda, Agnès"], {"director": [{"family": "Varda", "given": "Agnès"}]}),
        (["TY  - BOOK", "TI  - T", "SN  - 9780393333732 (pbk)"], {"ISBN": "9780393333732"}),
        (["TY  - NONSENSE", "TI  - T"], {"type": "document"}),
    ],
)
def test_types_and_fields_of_ris(lines: list[str], fields: dict[str, object]) -> None:
    found = item(listing("\n".join([*lines, "ER  - "])).entries[0])
    assert {name: found.get(name) for name in fields} == fields


def test_faults_are_told_with_number_and_line() -> None:
    bib = "@book{a, title={One}}\n@book{b, title={Two\n\n@book{c, title={Three}}\n"
    found = listing(bib)
    assert [(one.number, one.line) for one in found.faults] == [(2, 2)]
    assert [one.number for one in found.entries] == [1, 3]
    ris = "TY  - BOOK\nTI  - One\nER  - \nTY  - BOOK\nTI  - Two\nTY  - BOOK\nTI  - Three\nER  - \nER  - \n"
    found = listing(ris)
    assert [(one.number, one.line) for one in found.faults] == [(2, 4), (4, 9)]
    found = listing('[{"title": "One"},\n 7,\n {"title": "Three"}]')
    assert [(one.number, one.line) for one in found.faults] == [(2, 2)]
    assert [one.line for one in found.entries] == [1, 3]


def test_an_unclosed_last_entry_is_a_fault_too() -> None:
    assert [one.line for one in listing("@book{a, title={One}}\n@book{b, title={Two},\n").faults] == [2]
    assert [one.line for one in listing("TY  - BOOK\nTI  - One\nER  - \n\nTY  - BOOK\nTI  - Two\n").faults] == [5]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body>@article{a}</body></html>", "an HTML page"),
        (b'<?xml version="1.0"?>\n<html>', "an HTML page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "zip archive"),
        (b"\x00\x01\x02\x03", "binary"),
        (b"\xff\xfeT\x00Y", "damaged"),
        (b"just some words", "nothing in it that litbase can import".replace("it", "a file", 1)),
        (b"% only a comment\n@comment{x}\n", "nothing"),
        (b"[]", "no item"),
        (b'[{"title": "cut', "not JSON"),
        (b"PMID- 123\nTI  - A title\n", "MEDLINE"),
        (b"%0 Book\n%T A title\n", "EndNote"),
        (b"<rdf:RDF xmlns:rdf=", "Zotero RDF"),
    ],
)
def test_what_is_no_list_of_sources_is_refused_in_words(content: bytes, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        readers.read("a file", content)
    assert told in refused.value.message
    assert refused.value.hint


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 1000)
    with pytest.raises(BadInput, match="MiB"):
        readers.read("a file", b"@book{a, title={One}}" + b" " * 1000)
    monkeypatch.setattr(opening, "MOST", 1)
    for text in ("@book{a, title={1}}\n" * 2, "TY  - BOOK\nER  - \n" * 2, '[{"title":"1"},{"title":"2"}]'):
        with pytest.raises(BadInput, match="more than litbase reads at once"):
            readers.read("a file", text.encode())


@pytest.mark.parametrize(
    ("encoded", "remark"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("cp1252", "line 1 was not UTF-8 and read as Windows-1252"),
    ],
)
def test_encodings(encoded: str, remark: str) -> None:
    found = readers.read("a file", "@book{a, title={Übertragung}, author={Ferenczi, Sándor}}".encode(encoded))
    assert found.entries[0].item["title"] == "Übertragung"
    assert found.entries[0].item["author"] == [{"family": "Ferenczi", "given": "Sándor"}]
    assert remark in "".join(found.remarks)
    assert bool(remark) == bool(found.remarks)


def test_mixed_encodings_and_line_ends() -> None:
    content = "TY  - BOOK\r\nTI  - Übertragung\r\n".encode() + "AU  - Müller, Jörg\r".encode("cp1252") + b"ER  - \n"
    found = readers.read("a file", content)
    assert found.entries[0].item["title"] == "Übertragung"
    assert found.entries[0].item["author"] == [{"family": "Müller", "given": "Jörg"}]
    assert "line 3 was not UTF-8" in found.remarks[0]


@given(st.from_regex(tidying.PLAIN_DOI, fullmatch=True))
def test_a_plain_doi_is_what_reading_it_gives(text: str) -> None:
    assert doi.parse(text) == text


def test_dois_in_a_text() -> None:
    text = b"See https://doi.org/10.1037/pst0000185, and doi:10.1037/A0022140.\nAgain 10.1037/pst0000185."
    assert readers.read("a file", text).form == "dois"
    assert readers.dois("a file", text) == ["10.1037/pst0000185", "10.1037/a0022140"]
    with pytest.raises(BadInput, match="no DOI"):
        readers.dois("a file", b"none here")
