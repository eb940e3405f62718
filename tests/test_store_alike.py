"""A file and a server answer alike: the same random steps taken in both, then every question asked of both.

Where they may differ: the order of the best matches, which is ranked by each in its own way; and whose a
row is, as a file has no members.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cluster as clusters
import pytest
import random_library
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from litbase.errors import LitbaseError
from litbase.place import Place, Server
from litbase.services import search, undo
from litbase.store import fulltext, identity, whole
from litbase.store.figures import Figures
from litbase.store.identities import identities
from litbase.store.ledger_reader import Ledger
from litbase.store.purging import Bin
from litbase.store.writer import write

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DEEDS = sorted(set(random_library._DEEDS), key=lambda deed: deed.__name__)
QUESTIONS = (
    "", "repair", "REPAIRS", "ubertragung", "реверия", "rup*", '"rupture repair"', "repair OR shame", "-repair",
    "holding -shame", "(kin OR now) -rupture", "in:notes aloud", "in:title holding", "author:muller",
    "author:d'alembert", "a_b", "é", "<i>it</i>", "stern1990", "10.5555/*", "canary-in-the-consulting-room",
    "year:1900..", "type:book repair", "year:..0", "“now”", "...", "title:x", "alias", '"said aloud"',
    "-(repair OR rupture)",
)  # fmt: skip
ORDERS = ("author", "year", "added", "title", "key")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Moments that follow each other: public ids sort alike in both."""
    ticks = itertools.count(1_790_000_000_000_000_000, 1_000_000)
    real = identity.time
    monkeypatch.setattr(
        identity,
        "time",
        SimpleNamespace(time_ns=lambda: next(ticks), strftime=real.strftime, gmtime=real.gmtime),
    )


def plain(value: object, who: str) -> str:
    """An answer as text, public ids by the order in which they come and times left out."""
    names: dict[str, str] = {}
    text = json.dumps(value, ensure_ascii=False, default=list)
    text = _UUID.sub(lambda found: names.setdefault(found[0], f"id {len(names) + 1}"), text)
    text = re.sub(r'"digest": "[0-9a-f]{32}"', '"digest"', text)
    return _TIME.sub("a time", text.replace(f'"{who}"', '""') if who else text)


def unnumbered(one: Any) -> Any:
    """A source or concept without its private id: a server's have gaps where a step was refused."""
    return one and one._replace(id=0)


def answers(place: Place) -> dict[str, object]:
    """Everything that can be asked of a library."""
    found: dict[str, Any] = {}
    with Figures(place) as reader:
        found["export"] = list(whole.lines(reader, whole.Scope(notes="all")))
        found["public export"] = list(whole.lines(reader, whole.Scope(notes="public")))
        sources = reader.sources("key")
        ids = [source.id for source in sources]
        found["sources"] = {order: [one.citekey for one in reader.sources(order)] for order in ORDERS}
        found["sources"]["three"] = [one.citekey for one in reader.sources("year", 3)]
        found["newest"] = [[one.citekey for one in reader.newest(most)] for most in (3, 1000)]
        found["vocabulary"] = reader.vocabulary()
        found["by key"] = [unnumbered(reader.source(one.citekey.upper())) for one in sources]
        found["by DOI"] = [unnumbered(reader.source_by_doi(str(one.doi))) for one in sources]
        found["binned"] = [unnumbered(reader.source_by_doi(str(one.doi), deleted=True)) for one in sources]
        found["aliases"] = [(reader.citekey_aliases(one), sorted(reader.doi_aliases(one))) for one in ids]
        found["answers"] = [(reader.answer(one), reader.raw_answer(one)) for one in ids]
        found["notes"] = [reader.notes(one) for one in ids]
        found["counts"] = [reader.count(), reader.years(), sorted(reader.note_counts(ids).values())]
        found["concepts"] = [unnumbered(one) for one in reader.concepts()]
        found["names"] = [reader.concept_names(), reader.families_like(""), reader.title_words(), reader.citekeys()]
        found["carried"] = list(reader.concepts_of(ids).values())
        found["under"] = [len(reader.narrower(reader.concept_id(one) or 0)) for one in reader.concept_names()]
        found["steps"] = [reader.steps(), [reader.steps(one.uuid) for one in sources]]
        assert [reader.steps(limit=most) for most in (1, 2, 50)] == [reader.steps()[:most] for most in (1, 2, 50)]
        found["like"] = [reader.citekeys_like("st"), reader.families_like("st"), reader.citekeys("s", 2)]
        found["entries"] = sorted(map(str, reader.entries("apa", ids).values()))
        found["figures"] = [
            reader.sources_by_type(), reader.sources_by_year(), reader.notes_by_kind(), reader.untagged(),
            reader.quotations_without_locator(), reader.together(), [unnumbered(one) for one in reader.with_notices()],
        ]  # fmt: skip
    with Bin(place) as reader:
        every = [*ids, *(one.id for one in reader.removed_sources())]
        found["identities"] = identities(reader, every) if every else []
        found["bin"] = [[unnumbered(one) for one in reader.removed_sources()], reader.removed_notes()]
    with Ledger(place) as reader:
        found["drafts"] = [(one, reader.uses_in(one.uuid)) for one in reader.drafts()]
        found["uses"] = [reader.uses_of(one.citekey) for one in sources]
        found["drafted"] = list(reader.counts().values())
    return found


def searches(place: Place) -> dict[str, object]:
    """Every search, in every order that is not a rank."""
    found: dict[str, object] = {}
    for question in QUESTIONS:
        for order in ORDERS if question in QUESTIONS[:8] else ORDERS[:1]:
            made = search.search(place, search.Question(question, order=order))
            found[f"{question} by {order}"] = [one.source.citekey for one in made.hits], made.suggestions
        best = search.search(place, search.Question(question))
        found[f"{question} best"] = sorted(one.source.citekey for one in best.hits)
    return found


def take(place: Place, steps: list[tuple[Callable[..., None], int]]) -> list[str]:
    """Take the steps, each a command of its own; how each ended."""
    ended = []
    for number, (deed, chance) in enumerate(steps):
        try:
            with write(place, deed.__name__) as writer:
                deed(writer, random_library.random.Random(chance), number)
            ended.append("")
        except LitbaseError as error:
            ended.append(type(error).__name__)
    return ended


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return itertools.count()


@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2**16)), min_size=1, max_size=25))
@example([(deed, 0) for deed in (random_library._add, random_library._undo, random_library._undo, random_library._add)])
@example([(random_library._add, 564), (random_library._add, 790)])  # titles that begin with Ü and é
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_stores_give_the_same_answers(
    cluster: clusters.Cluster, tmp_path: Path, clock: None, numbers: Iterator[int], steps: list[Any]
) -> None:
    file = tmp_path / str(next(numbers)) / "library.db"
    with clusters.library(cluster) as address:
        server = Server(address, tmp_path)
        ends = [take(place, steps) for place in (file, server)]
        assert _named(ends[0]) == _named(ends[1])
        for ask in (answers, searches):
            here, there = ({name: plain(told, who) for name, told in ask(place).items()}
                           for place, who in ((file, ""), (server, clusters.OWNER)))  # fmt: skip
            assert here == there


def _named(ends: list[str]) -> list[str]:
    # What breaks a rule of the tables has a name of its own on a server.
    return ["refused" if end in ("Clash", "LibraryError", "IntegrityError") else end for end in ends]


def test_undoing_is_alike(either: Place, clock: None) -> None:
    random_library.build(either, 7)
    with write(either, "x"):
        pass
    before = len(undo.history(either))
    taken = undo.undo(either, 5)
    assert len(undo.history(either)) == before + 1
    assert len(taken) == 5


def test_a_common_word_is_ranked_among_the_newest(either: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "RANKED", 4)
    with write(either, "add") as writer:
        for number, title in enumerate(("Repair", "Old", "Repair", "Kin", "Shame", "Repair", "Now")):
            item = {"type": "book", "title": title, "abstract": "Of repair."}
            writer.add_source(random_library.NewSource(item, f"k{number}"))
    found = search.search(either, search.Question("repair"))
    assert found.bounded
    assert [one.source.citekey for one in found.hits] == ["k5", "k6", "k4", "k3"]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_ranked_among_the_newest_is_alike(
    cluster: clusters.Cluster, tmp_path: Path, clock: None, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(fulltext, "RANKED", 2)
    file, found = tmp_path / "library.db", []
    with clusters.library(cluster) as address:
        for place in (file, Server(address, tmp_path)):
            random_library.build(place, seed, 60)
            asked = {question: search.search(place, search.Question(question, limit=7)) for question in QUESTIONS}
            found.append(
                {name: [one.source.citekey for one in made.hits] for name, made in asked.items() if made.bounded}
            )
    assert found[0] == found[1]
    assert any(len(keys) > 1 for keys in found[0].values())
