"""The doctor of a library on a server: what guards it is still there, and what is made of something else is right."""

from collections.abc import Callable

import pytest
from cluster import OWNER, Cluster
from conftest import Ran
from test_store import add, book

from litbase.place import Server
from litbase.services import annotate, doctor, share
from litbase.store.postgres import checking

# What every cluster for tests is: nothing on it is to outlive a power cut, and mostly it is alone.
OURS = {"unsafe", "alone"}
Whole = Callable[..., dict[str, object]]


def whole(title: str, year: int = 2004) -> dict[str, object]:
    return book(title, year, publisher="Norton")


@pytest.fixture
def kept(server: Server) -> Server:
    """Three sources under a concept, with a private and a public note."""
    for number, title in enumerate(("Moments of meeting", "Repair", "Kinship")):
        add(server, whole(title, 2001 + number), f"stern{number}", None, "repair")
    annotate.add(server, "stern0", "A private word.")
    annotate.add(server, "stern0", "A public word.", public=True)
    return server


def codes(server: Server) -> set[str]:
    return {one.code for one in doctor.examine(server)} - OURS


def test_a_good_library_is_told_to_be_good(kept: Server, spawn: Callable[..., Ran]) -> None:
    assert codes(kept) == set()
    ran = spawn("doctor", "--json", env={"LITBASE_LIBRARY": kept.address, "XDG_DATA_HOME": str(kept.folder)})
    assert {one["code"]: one["severity"] for one in ran.json["findings"]} == {"unsafe": "error", "alone": "hint"}
    assert kept.address not in ran.out + ran.err


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DELETE FROM litbase.search WHERE source_id = (SELECT min(id) FROM litbase.source)", "index"),
        ("UPDATE litbase.search SET title = '' WHERE source_id = (SELECT min(id) FROM litbase.source)", "index"),
        ("UPDATE litbase.search SET marks = '{xall}'", "index"),
        ("UPDATE litbase.search SET words = words || 'else:3A'", "index"),
        ("DELETE FROM litbase.private_text", "index"),
        ("UPDATE litbase.source SET deleted = 'x' WHERE citekey = 'stern2'", "index"),
        ("UPDATE litbase.source SET byline = 'Else' WHERE citekey = 'stern2'", "stale"),
        ("DELETE FROM litbase.contributor", "stale"),
        ("UPDATE litbase.source_concept SET year = 3", "stale"),
    ],
)
def test_what_is_made_from_something_else_is_made_again(kept: Server, cluster: Cluster, sql: str, code: str) -> None:
    cluster.sql(sql, kept.database)
    assert codes(kept) == {code}
    fixed = doctor.fix(kept)
    assert {one.code for one in fixed.mended} == {code}
    assert {one.code for one in fixed.left} <= OURS
    assert fixed.aside is None


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("ALTER TABLE litbase.note NO FORCE ROW LEVEL SECURITY", "open"),
        ("ALTER TABLE litbase.change DISABLE ROW LEVEL SECURITY", "open"),
        ("DROP POLICY draft_own ON litbase.draft", "open"),
        ("CREATE POLICY everybodys ON litbase.note USING (true)", "open"),
        ("ALTER TABLE litbase.change DISABLE TRIGGER change_private", "open"),
        ("GRANT SELECT ON litbase.source TO PUBLIC", "open"),
        ("ALTER TABLE litbase.note DROP CONSTRAINT note_source_id_fkey", "rules"),
        ("DROP INDEX litbase.search_stretches", "rules"),
        ("DROP INDEX litbase.note_source", "rules"),
    ],
)
def test_what_guards_a_library_is_missed(kept: Server, cluster: Cluster, sql: str, code: str) -> None:
    cluster.sql(sql, kept.database)
    assert codes(kept) == {code}
    assert {one.code for one in doctor.fix(kept).left} - OURS == {code}


def test_a_policy_that_hides_nothing_is_found_by_what_one_can_read(kept: Server, cluster: Cluster) -> None:
    cluster.sql(f"ALTER ROLE {OWNER} CREATEROLE")
    try:
        share.init(kept)
        share.invite(kept, "anna")
    finally:
        cluster.sql(f"ALTER ROLE {OWNER} NOCREATEROLE")
    cluster.sql(f"ALTER ROLE anna PASSWORD '{cluster.secret}'")
    anna = Server(kept.address.replace(OWNER, "anna"), kept.folder)
    assert codes(anna) == set()
    cluster.sql("ALTER POLICY note_own ON litbase.note USING (true)", kept.database)
    (found,) = [one for one in doctor.examine(anna) if one.code == "open"]
    assert found.about == ("note",)


def test_of_a_large_library_a_sample_is_looked_at(
    kept: Server, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        add(kept, whole(f"Title {number}"), f"more{number}")
    monkeypatch.setattr(checking, "_STRETCHES", 3)
    monkeypatch.setattr(checking, "_STRETCH", 2)
    cluster.sql("UPDATE litbase.search SET title = ''", kept.database)
    (found,) = [one for one in doctor.examine(kept) if one.code == "index"]
    assert found.message == "6 of 6 sources looked at cannot be found by what they hold"
    assert found.about[0] == "stern0"
    assert found.about[-1] == "more19"
