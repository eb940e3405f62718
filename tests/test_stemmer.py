"""litbase stems as the server's own stemmer does, and its vectors are the server's."""

import random
import re
from pathlib import Path

from cluster import Cluster
from hypothesis import given
from hypothesis import strategies as st
from test_store import add, book

from litbase.place import Server
from litbase.store.postgres import vectors
from litbase.store.postgres.session import Session
from litbase.store.postgres.stemmer import stem

ENDINGS = (
    "ational", "ization", "fulness", "ousness", "iveness", "tional", "biliti", "entli", "ation",
    "alism", "aliti", "ousli", "iviti", "enci", "anci", "abli", "izer", "ator",
    "alli", "eli", "alize", "icate", "iciti", "ative", "ical", "ness", "ful",
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion",
    "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic",
    "ou", "s", "es", "ed", "ing", "eed", "y", "ies", "sses",
    "ly", "logi", "bli", "e", "l", "ll", "sion", "tion",
)  # fmt: skip


def words() -> list[str]:
    """The words of the field that come with litbase, and made-up ones with every ending there is."""
    known: set[str] = set()
    for path in (Path(__file__).parent.parent / "data").rglob("*"):
        if path.is_file():
            known.update(vectors.tokens(path.read_text(encoding="utf-8")))
    chance = random.Random(3)
    for _ in range(20_000):
        stump = "".join(chance.choices("aeiouybcdfgklmnprstwxyzéж", k=chance.randint(0, 6)))
        known.add(stump + "".join(chance.choices(ENDINGS, k=chance.randint(0, 3))))
    return sorted(known - {""})


def test_it_stems_as_the_server_does(server: Server) -> None:
    add(server, book())
    session = Session(server)
    wanted = words()
    assert len(wanted) > 20_000
    rows = session.execute("SELECT word, stem(word) FROM unnest(CAST(? AS text[])) AS word", (wanted,))
    wrong = [(word, theirs, stem(word)) for word, theirs in rows if stem(word) != theirs]
    session.close()
    assert wrong == []


def test_its_vectors_and_questions_are_the_servers(server: Server, cluster: Cluster) -> None:
    add(server, book())
    session = Session(server)
    text = "Repairing ruptures, rupture by rupture: “Übertragung” and psychology’s YEARS in yoga-like 2004 " * 300
    cut = vectors._fitting(text)
    ours, query = vectors._vector(text, "C"), vectors.query(["repairing", "yearly", "rup"], True)
    row = session.execute(
        "SELECT CAST(? AS tsvector) = vector(CAST(? AS text[]), 'C'), "
        "CAST(? AS tsquery) = phrase(CAST(? AS text[]), true)",
        (ours, cut, query, ["repairing", "yearly", "rup"]),
    ).fetchall()[0]
    session.close()
    assert list(row) == [True, True]


@given(st.text(min_size=1))
def test_any_text_has_stems(text: str) -> None:
    for word in vectors.tokens(text):
        stemmed = stem(word)
        assert stemmed or word
        assert re.fullmatch(r"[^\W_]*", stemmed)
