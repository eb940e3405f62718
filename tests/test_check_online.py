"""`check --online` over a stand-in for Crossref: what is found out about entries, said of them, sent and kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import online_cases
import pytest
from asking import Hurried, settled
from crossref_sim import Sim
from online_cases import CANARY, WORKS, Case, draft
from records import article, person

from litbase import drafts
from litbase.drafts import Reading
from litbase.providers.crossref import Settings
from litbase.services import check_online
from litbase.services.check_finding import CODES, Finding
from litbase.services.check_online import Online
from litbase.services.check_online_outcome import as_json
from litbase.services.check_words import lexicon

CASES = online_cases.cases()
ELSEN = "Elsen, T. (2017). Co-regulation across the screen. Cyberpractice, Behavior, and Networks, 20(9), 555–560."
LINDHOLM = (
    "Lindholm, R., & Aas, P. (2019). Attunement in siblings. Journal of Relational Science, 6(2), 120–139. "
    "https://doi.org/10.5555/jrs.2019.6"
)


@pytest.fixture(scope="module")
def running() -> Iterator[Sim]:
    with Sim([WORKS]) as sim:
        yield sim


def read(*entries: str) -> Reading:
    return drafts.read("post.txt", draft(list(entries)).encode(), lexicon())


def look(sim: Sim, library: Path, *entries: str, fresh: bool = False) -> Online:
    return check_online.look(read(*entries), library, Settings(sim.url, sim.url), fresh, clock=Hurried().clock)


@pytest.fixture(scope="module")
def looked(running: Sim, tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Online]:
    running.reset()
    reading = read(*(case.entry for case in CASES))
    library = tmp_path_factory.mktemp("online") / "library.db"
    settings = Settings(running.url, running.url)
    return reading, check_online.look(reading, library, settings, clock=Hurried().clock)


# ---- what is found out


def test_every_reference_is_read_as_an_entry(looked: tuple[Reading, Online]) -> None:
    assert len(looked[0].entries) == len(CASES) > 70


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=[case.entry[:50] for case in CASES])
def test_a_reference_is_told_apart(number: int, case: Case, looked: tuple[Reading, Online]) -> None:
    reading, online = looked
    outcome, line = online.outcomes[number], reading.entries[number].place.line
    assert outcome.state == case.state
    assert {one.field for one in (outcome.match.differences if outcome.match else ())} == set(case.fields)
    assert {one.code for one in online.findings if one.line == line} == set(case.codes)


def test_findings_have_codes_places_and_hints(looked: tuple[Reading, Online]) -> None:
    for one in looked[1].findings:
        assert one.code in CODES
        assert one.entry_line == one.line
        assert one.hint
        assert one.works


def test_what_was_not_found_is_no_reproach(looked: tuple[Reading, Online]) -> None:
    said = " ".join([*looked[1].remarks, *(one.message + one.hint for one in looked[1].findings)]).lower()
    for word in ("fake", "fabricat", "invent", "hallucin", "suspicious", "suspect", "does not exist"):
        assert word not in said.replace("invented, 2019", "")


def test_the_entry_is_given_as_the_record_has_it(sim: Sim, library: Path) -> None:
    wrong = ELSEN.replace("20(9)", "12(3)") + " https://doi.org/10.5555/elsen.2017"
    (found,) = look(sim, library, wrong).findings
    assert "volume “12”, there “20”; issue “3”, there “9”" in found.message
    assert found.hint == f"as the record has it: {ELSEN} https://doi.org/10.5555/elsen.2017"


def test_a_book_is_not_taken_for_its_review(sim: Sim, library: Path) -> None:
    book = "Reviewer, K. (2016). The relational turn: A primer for therapists. Example Press."
    (outcome,) = look(sim, library, book).outcomes
    assert outcome.state == "not-found"


# ---- what is sent


def test_nothing_of_the_prose_leaves(sim: Sim, library: Path) -> None:
    online = look(sim, library, ELSEN, LINDHOLM)
    sent = json.dumps(settled(sim)).lower()
    assert [one.state for one in online.outcomes] == ["same", "same"]
    assert "screen" in sent
    for word in (CANARY, "stays", "a post"):
        assert word not in sent


def test_films_and_posts_are_not_asked_after(sim: Sim, library: Path) -> None:
    online = look(
        sim, library,
        "Rahm, D. (Director). (2011). The listening cure [Film]. Example Pictures.",
        "Example Channel. (2020, May 4). Repair in three minutes [Video]. YouTube. https://www.youtube.com/watch?v=1",
    )  # fmt: skip
    assert [one.state for one in online.outcomes] == ["not-asked", "not-asked"]
    assert settled(sim) == []
    assert online.remarks == ()


def test_a_search_asks_for_five_rows_and_few_fields(sim: Sim, library: Path) -> None:
    look(sim, library, ELSEN)
    (asked,) = settled(sim)
    assert asked["params"]["rows"] == ["5"]
    assert "abstract" not in asked["params"]["select"][0].split(",")
    assert asked["status"] == 200


# ---- what is kept


def test_what_was_answered_is_not_asked_again(sim: Sim, library: Path) -> None:
    entries = (ELSEN, LINDHOLM, *(case.entry for case in CASES if case.state in ("nowhere", "other-agency")))
    first = look(sim, library, *entries)
    assert sim.log(clear=True)
    assert look(sim, library, *entries) == first
    assert settled(sim) == []
    assert look(sim, library, *entries, fresh=True) == first
    assert settled(sim)


# ---- when it cannot be asked


def test_without_a_network_there_is_a_line_and_no_finding(library: Path) -> None:
    settings = Settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    online = check_online.look(read(ELSEN, LINDHOLM), library, settings, clock=Hurried().clock)
    assert [one.state for one in online.outcomes] == ["unchecked", "unchecked"]
    assert online.findings == ()
    (remark,) = online.remarks
    assert remark.startswith("2 entries were not checked online: ")


@pytest.mark.parametrize("mode", ["503", "html", "badjson", "reset", "nullmsg"])
def test_a_server_in_trouble_is_told_and_not_kept(mode: str, sim: Sim, library: Path) -> None:
    sim.fault(mode, n=-1)
    online = look(sim, library, ELSEN, LINDHOLM)
    assert {one.state for one in online.outcomes} == {"unchecked"}
    assert "not checked online" in online.remarks[0]
    sim.fault("off")
    assert [one.state for one in look(sim, library, ELSEN, LINDHOLM).outcomes] == ["same", "same"]


def test_what_was_found_before_the_trouble_stands(sim: Sim, library: Path) -> None:
    sim.fault("503", n=-1, match="query.bibliographic")
    online = look(sim, library, ELSEN, LINDHOLM)
    assert [one.state for one in online.outcomes] == ["unchecked", "same"]
    assert [one.code for one in online.findings] == ["corrected"]


def test_a_list_without_entries_asks_nobody(sim: Sim, library: Path) -> None:
    reading = drafts.read("post.txt", b"Only prose here.\n", lexicon())
    assert check_online.look(reading, library, Settings(sim.url)) == Online((), (), ())
    assert settled(sim) == []
    assert not library.parent.exists()


# ---- together with what is said offline


def test_what_crossref_knows_better_replaces_a_guess(sim: Sim, library: Path) -> None:
    reading = read(ELSEN, "Practice Quarterly. (2016). Learning to stay: Therapists’ accounts of sitting with despair.")
    one, other = reading.entries
    work = ((one.reference.authors, one.reference.year),)
    guesses = [
        Finding("doi-missing", one.place.line, one.place.column, "guessed", "", one.place.line, work),
        Finding("order", one.place.line, one.place.column, "stays", "", one.place.line, work),
        Finding("journal-as-author", other.place.line, other.place.column, "guessed", "", other.place.line),
    ]
    online = check_online.look(reading, library, Settings(sim.url, sim.url), clock=Hurried().clock)
    joined = check_online.joined(guesses, reading, online)
    assert [one.code for one in joined] == ["order", "doi-missing", "journal-as-author"]
    assert "guessed" not in {one.message for one in joined}


def test_what_could_not_be_asked_leaves_a_guess_alone() -> None:
    reading = read(ELSEN)
    (one,) = reading.entries
    guess = Finding("doi-missing", one.place.line, one.place.column, "g", "", one.place.line)
    online = Online((check_online.Outcome("unchecked"),), (), ())
    guess = guess._replace(works=((one.reference.authors, one.reference.year),))
    assert check_online.joined([guess], reading, online) == (guess,)


def test_an_outcome_as_json(sim: Sim, library: Path) -> None:
    (outcome,) = look(sim, library, ELSEN.replace("20(9)", "21(9)")).outcomes
    assert as_json(outcome) == {
        "state": "same",
        "doi": "10.5555/elsen.2017",
        "differences": [{"field": "volume", "entry": "21", "record": "20"}],
        "instead": None,
        "agency": None,
    }


# ---- a post of the user's


def test_the_post_of_the_user(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "shared" / "drafts_examples" / "relational_psychotherapy.txt"
    if not path.is_file():
        pytest.skip("the reference data drafts_examples are not beside the project")
    family = article(
        "10.1111/famp.12171", "Expanding the Therapy Paradigm with Queer Couples: A Relational Intersectional Lens",
        author=[person("Sheila M.", "Addison", "first"), person("Deborah", "Coolhart")],
        issued={"date-parts": [[2015, 7, 14]]}, volume="54", issue="3", page="435-453",
        **{"container-title": ["Family Process"]},
    )  # fmt: skip
    humanistic = article(
        "10.1177/0022167814561890", "Therapeutic Relationship as a Change Agent in Psychotherapy",
        author=[person("Poulomi", "Banerjee", "first"), person("Jayanti", "Basu")], subtitle=[
            "An Interpretative Phenomenological Analysis"
        ], issued={"date-parts": [[2014, 12, 10]]}, volume="56", issue="2", page="171-193",
        **{"container-title": ["Journal of Humanistic Psychology"]},
    )  # fmt: skip
    frontiers = article(
        "10.3389/fpsyg.2022.726343",
        "Diversity and Inclusion: Impacts on Psychological Wellbeing Among Lesbian, Gay, Bisexual, Transgender, "
        "and Queer Communities",
        author=[person("Alex Siu Wing", "Chan", "first"), person("Dan", "Wu")],
        issued={"date-parts": [[2022, 4, 29]]}, volume="13", issue=None, page=None,
        **{"container-title": ["Frontiers in Psychology"], "article-number": "726343"},
    )  # fmt: skip
    books = [
        ("10.4324/9781315723709", "Relational Psychotherapy", "Patricia A.", "DeYoung", 2015),
        ("10.4324/9781003026914", "Principles and Practices of Relational Psychotherapy", "Rolf", "Holmqvist", 2021),
        ("10.4324/9780429289231", "Radical-Relational Perspectives in Transactional Analysis Psychotherapy", "Karen",
         "Minikin", 2023),
    ]  # fmt: skip
    records = [family, humanistic, frontiers]
    for doi, title, given, name, year in books:
        authors = [person(given, name, "first")]
        issued = {"date-parts": [[year]]}
        records.append({"DOI": doi, "type": "monograph", "title": [title], "author": authors, "issued": issued})
    sim = Sim()
    for record in records:
        sim.store.add(record)
    reading = drafts.read(str(path), path.read_bytes(), lexicon())
    with sim:
        settings = Settings(sim.url, sim.url)
        online = check_online.look(reading, tmp_path / "library.db", settings, clock=Hurried().clock)
    said = {(one.line, one.code): one for one in online.findings}
    assert set(said) == {
        (77, "differs-from-record"),
        (77, "doi-missing"),
        (78, "doi-missing"),
        (80, "journal-as-author"),
        (80, "differs-from-record"),
    }
    assert "there “Family Process”" in said[77, "differs-from-record"].message
    assert "Chan and Wu" in said[80, "journal-as-author"].message
    assert "title “The impacts of diversity" in said[80, "differs-from-record"].message
    assert online.remarks == ()
