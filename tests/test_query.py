"""The language of a search: what means something means it, and all else is text."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.domain.library import NewConcept, NewSource
from litbase.domain.query import All, AnyOf, Field, Not, Phrase, Word, parse, words
from litbase.services.search import Question, search
from litbase.store import fulltext
from litbase.store.writer import write


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("holding environment", (Word("holding"), Word("environment"))),
        ('"holding environment" stern', (Phrase("holding environment"), Word("stern"))),
        ("attach*", (Word("attach", prefix=True),)),
        ("-word", (Not(Word("word")),)),
        ('-"a b"', (Not(Phrase("a b")),)),
        ("concept:repair", (Field("concept", "repair"),)),
        ('author:"van der Kolk"', (Field("author", "van der Kolk"),)),
        ("-Author:stern", (Not(Field("author", "stern")),)),
        ("a OR b", (AnyOf((Word("a"), Word("b"))),)),
        ("a b OR c", (AnyOf((All((Word("a"), Word("b"))), Word("c"))),)),
        ("(a OR b) c", (AnyOf((Word("a"), Word("b"))), Word("c"))),
        ("-(a b)", (Not(All((Word("a"), Word("b")))),)),
    ],
)
def test_syntax(text: str, parts: tuple[object, ...]) -> None:
    assert parse(text) == All(parts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AND", ["AND"]),
        ("OR", ["OR"]),
        ("a OR", ["a", "OR"]),
        ("self-compassion", ["self-compassion"]),
        ("CBT-I", ["CBT-I"]),
        ("x(y)z", ["x(y)z"]),
        ("(a (b", ["a", "b"]),
        ("foo:bar", ["foo:bar"]),
        ("*", ["*"]),
        ('"unclosed', ["unclosed"]),
        ("NEAR(a b)", ["NEAR", "a", "b"]),
        ("(" * 5000 + "a" + ")" * 5000, ["a"]),
    ],
)
def test_what_is_no_syntax_is_text(text: str, found: list[str]) -> None:
    assert words(parse(text)) == found


def test_a_span_of_years_is_few_marks() -> None:
    assert fulltext.span_marks(1985, 1987) == ("xy1985", "xy1986", "xy1987")
    assert fulltext.span_marks(1989, 2010) == ("xy1989", "xd199", "xd200", "xy2010")
    assert len(fulltext.span_marks(1500, 2030)) < 60


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six works with words that try the language."""
    path = tmp_path_factory.mktemp("query") / "library.db"
    titles = {
        "a1985": "Repair AND rupture",
        "b1990": "Self-compassion (CBT-I)",
        "c2004": "Holding environments: attachment or not",
        "d2010": "The environment holding us",
        "e2015": "Ruptures, again",
        "f_nd": "Nothing of the kind",
    }
    with write(path, "test") as writer:
        writer.add_concept(NewConcept("relationship"))
        writer.add_concept(NewConcept("repair", ("rupture and repair",), ("relationship",)))
        for key, title in titles.items():
            item = {"type": "book" if key < "d" else "chapter", "title": title, "author": [{"family": f"Name{key[0]}"}]}
            item |= {"issued": {"date-parts": [[int(key[1:])]]}} if key != "f_nd" else {}
            item |= {"container-title": "Journal of Mending", "DOI": f"10.5555/{key}.x"} if key > "d" else {}
            writer.add_source(NewSource(item, key, doi=item.get("DOI")))
        writer.tag("a1985", "repair")
        writer.tag("e2015", "relationship")
        writer.add_note("d2010", "She mends what broke.", "note", "", private=True)
    return path


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("rupture", {"a1985", "e2015"}),
        ("rupture -again", {"a1985"}),
        ("-rupture -holding", {"b1990", "f_nd"}),
        ("environment holding", {"c2004", "d2010"}),
        ('"holding environment"', {"c2004"}),
        ("attach* OR compass*", {"b1990", "c2004"}),
        ("(rupture OR holding) -year:2000..", {"a1985"}),
        ("concept:relationship", {"a1985", "e2015"}),
        ("concept:=relationship", {"e2015"}),
        ('concept:"Rupture and Repair"', {"a1985"}),
        ("-concept:relationship type:chapter", {"d2010", "f_nd"}),
        ("year:1985..1990", {"a1985", "b1990"}),
        ("year:n.d.", {"f_nd"}),
        ("year:..1989 OR year:2015", {"a1985", "e2015"}),
        ("author:namec", {"c2004"}),
        ("journal:mending", {"d2010", "e2015", "f_nd"}),
        ("in:notes mended", {"d2010"}),
        ("in:title mended", set()),
        ("in:notes mended author:named", {"d2010"}),
        ("in:notes (mended OR holding) -rupture", {"d2010"}),
        ("key:b1990", {"b1990"}),
        ("doi:10.5555/e2015.x", {"e2015"}),
        ("e2015", {"e2015"}),
        ("xall", set()),
        ("xc1", set()),
        ("self-compassion", {"b1990"}),
        ("CBT-I", {"b1990"}),
        ("AND", {"a1985"}),
        ("(", set()),
    ],
)
def test_every_field_and_sign_finds_what_it_says(library: Path, text: str, keys: set[str]) -> None:
    assert {hit.source.citekey for hit in search(library, Question(text)).hits} == keys


ODD = st.text(alphabet=st.sampled_from("ab \"'()*-:^+~{}[]\\/.,;%_\x00é字OR&|<>"), max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
def test_no_text_is_an_error_to_the_index(library: Path, text: str) -> None:
    connection = sqlite3.connect(library)
    try:
        for asked in (parse(text), All((Phrase(text),)), All((Not(Word(text, prefix=True)),))):
            wanted = All(tuple(part for part in asked.parts if not isinstance(part, Field)))
            connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (fulltext.match(wanted),)).fetchall()
    finally:
        connection.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["rupture", "holding", "repair", "again", "environment", "(", '"', "not"]), max_size=4))
def test_words_together_find_what_each_finds(library: Path, asked: list[str]) -> None:
    def keys(text: str) -> set[str]:
        return {hit.source.citekey for hit in search(library, Question(text)).hits}

    real = [word for word in asked if word.isalpha()]
    if real:
        assert keys(" ".join(asked).replace('"', "")) == set.intersection(*(keys(word) for word in real))
