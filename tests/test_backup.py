"""Backups: made by themselves when due, thinned by a rule, whole or not there, and put back without losing what was."""

import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.library import NewSource
from litbase.errors import LibraryError, Locked
from litbase.store import backups, files, schema, verdicts
from litbase.store.reader import Reader
from litbase.store.writer import write

Run = Callable[..., Ran]


def add(library: Path, key: str) -> None:
    with write(library, "test") as writer:
        writer.add_source(NewSource({"type": "book", "title": f"On {key}"}, key))


def keys(library: Path) -> list[str]:
    with Reader(library) as reader:
        return reader.citekeys()


def age(library: Path, hours: int) -> None:
    """Make all that was done to a library, and its backups, so much older."""
    connection = sqlite3.connect(library)
    for row in connection.execute("SELECT id, at FROM change").fetchall():
        at = datetime.fromisoformat(row[1]) - timedelta(hours=hours)
        connection.execute("UPDATE change SET at = ? WHERE id = ?", (stamp(at), row[0]))
    connection.commit()
    connection.close()
    for one in backups.backups(library):
        at = datetime.fromisoformat(one.made) - timedelta(hours=hours)
        one.path.rename(one.path.with_name(f"{library.name}.{squeezed(at)}.{one.why}.backup"))


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def squeezed(at: datetime) -> str:
    return stamp(at).translate(str.maketrans("", "", "-:."))


class TestDaily:
    def test_one_is_made_before_the_first_write_of_another_day(self, library: Path) -> None:
        add(library, "one")
        add(library, "two")
        assert backups.backups(library) == []
        age(library, 25)
        add(library, "three")
        (made,) = backups.backups(library)
        assert (made.why, keys(made.path)) == ("day", ["one", "two"])
        add(library, "four")
        assert len(backups.backups(library)) == 1
        age(library, 25)
        add(library, "five")
        assert [len(keys(one.path)) for one in backups.backups(library)] == [4, 2]

    def test_none_is_made_where_nothing_has_changed_since(self, library: Path) -> None:
        add(library, "one")
        age(library, 60)
        backups.make(library, "hand")
        age(library, 25)
        add(library, "two")
        assert len(backups.backups(library)) == 1

    def test_a_clock_that_was_wrong_puts_none_off(self, library: Path) -> None:
        add(library, "one")
        age(library, 25)
        backups.make(library, "hand")
        age(library, -24 * 400)
        connection = sqlite3.connect(library)
        connection.execute("UPDATE change SET at = '2020-01-01T00:00:00.000Z'")
        connection.commit()
        connection.close()
        add(library, "two")
        assert {one.why for one in backups.backups(library)} == {"hand", "day"}

    def test_a_backup_that_cannot_be_made_stops_no_write(self, library: Path) -> None:
        add(library, "one")
        age(library, 25)
        (library.parent / "backups").write_text("in the way")
        add(library, "two")
        assert keys(library) == ["one", "two"]


class TestTheRule:
    @given(st.lists(st.integers(0, 3000), max_size=60, unique=True))
    @settings(max_examples=60, deadline=None)
    def test_it_keeps_the_newest_and_few_others(self, hours: list[int]) -> None:
        now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        made = sorted((stamp(now - timedelta(hours=7 * hour)) for hour in hours), reverse=True)
        kept = backups.kept(made)
        assert kept <= set(made)
        assert set(made[:1]) <= kept
        assert len(kept) <= backups.DAYS + backups.WEEKS + backups.MONTHS
        assert backups.kept(kept) == kept

    def test_seven_days_four_weeks_twelve_months(self) -> None:
        now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        kept = sorted(backups.kept(stamp(now - timedelta(days=day)) for day in range(800)), reverse=True)
        assert [time[:10] for time in kept[:7]] == [f"2026-11-{day}" for day in range(23, 16, -1)]
        assert [time[:10] for time in kept[7:9]] == ["2026-11-15", "2026-11-08"]
        assert [time[:10] for time in kept[9:12]] == ["2026-10-31", "2026-09-30", "2026-08-31"]
        assert len(kept) == 7 + 2 + 11

    def test_only_backups_of_days_are_thinned(self, library: Path) -> None:
        add(library, "one")
        for _ in range(3):
            backups.make(library, "hand")
            backups.make(library, "day")
        backups.thin(library)
        assert sorted(one.why for one in backups.backups(library)) == ["day", "hand", "hand", "hand"]


class TestMaking:
    def test_it_is_whole_and_its_owners_alone(self, library: Path) -> None:
        add(library, "one")
        before = os.umask(0)
        try:
            made = backups.make(library, "hand")
        finally:
            os.umask(before)
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
        assert verdicts.verify(made.path) == verdicts.Verdict("", schema.SCHEMA, 1, 0)
        assert list(made.path.parent.iterdir()) == [made.path]

    def test_it_can_be_made_while_another_writes(self, library: Path) -> None:
        add(library, "one")
        with write(library, "test") as writer:
            writer.add_source(NewSource({"type": "book", "title": "Two"}, "two"))
            made = backups.copied(library, "hand")
        assert keys(made.path) == ["one"]

    def test_a_library_that_is_locked_whole_is_not_waited_for_for_ever(
        self, library: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(library, "one")
        monkeypatch.setattr(files, "BUSY_SECONDS", 0.1)
        other = sqlite3.connect(library, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Locked):
            backups.make(library, "hand")
        other.close()
        assert list(backups.folder(library).iterdir()) == []

    def test_a_damaged_library_makes_no_backup_and_names_the_last_good_one(self, library: Path) -> None:
        for number in range(40):
            add(library, f"k{number}")
        good = backups.make(library, "hand")
        bad = backups.make(library, "hand")
        damage(bad.path)
        damage(library)
        with pytest.raises(LibraryError) as told:
            backups.make(library, "hand")
        assert good.path.name in told.value.hint
        assert [one.path for one in backups.backups(library)] == [bad.path, good.path]

    def test_the_name_of_a_library_does_not_matter(self, tmp_path: Path) -> None:
        library = tmp_path / "odd [x] (1)+.db"
        add(library, "one")
        made = backups.make(library, "hand")
        add(tmp_path / "other.db", "two")
        assert backups.backups(tmp_path / "other.db") == []
        assert backups.backups(library) == [made]


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\xa5" * (4096 * 9)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "broken",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a library at all" * 10),
        lambda path: path.write_bytes(path.read_bytes()[:6000]),
        damage,
        lambda path: path.unlink(),
        lambda path: path.with_name(path.name + "-journal").write_bytes(os.urandom(4096)),
    ],
    ids=["empty", "text", "truncated", "damaged", "gone", "stray journal"],
)
def test_whatever_became_of_the_library_a_backup_puts_it_back(
    run: Run, library: Path, broken: Callable[[Path], object]
) -> None:
    for number in range(40):
        add(library, f"k{number}")
    made = backups.make(library, "hand")
    broken(library)
    was = library.read_bytes() if library.exists() else None
    if was is not None and len(was) < 50_000:
        shown = run("list")
        assert shown.code == 6
        assert made.path.name in shown.err
    shown = run("backup", "restore", "--yes", "--json")
    assert shown.code == 0, shown.err
    assert len(keys(library)) == 40
    kept = shown.json["kept"]
    assert (kept is None) == (was is None)
    if was is not None:
        assert Path(kept).read_bytes() == was
    assert not library.with_name(library.name + "-journal").exists()
    assert stat.S_IMODE(library.stat().st_mode) == 0o600
    assert run("add", "--manual", "book", "--set", "title=Another", "--set", "author=A, B").code == 0


def test_a_restoration_can_be_taken_back(run: Run, library: Path) -> None:
    add(library, "one")
    assert run("backup").code == 0
    add(library, "two")
    assert run("backup", "restore").code == 2
    shown = run("backup", "restore", "--yes", "--json").json
    assert keys(library) == ["one"]
    assert run("backup", "restore", Path(shown["kept"]).name, "--yes").code == 0
    assert keys(library) == ["one", "two"]
    assert run("backup", "restore", "nothing-like-it", "--yes").code == 3


def test_a_writer_that_was_waiting_is_told(library: Path) -> None:
    add(library, "one")
    made = backups.make(library, "hand")

    def interrupted() -> None:
        with write(library, "test") as writer:
            writer._connection.execute("ROLLBACK")
            backups.restore(library, made.path)
            writer._connection.execute("BEGIN IMMEDIATE")
            writer.add_source(NewSource({"type": "book", "title": "Two"}, "two"))

    with pytest.raises(LibraryError, match="replaced meanwhile"):
        interrupted()
    assert keys(library) == ["one"]


def test_a_bad_backup_is_refused_and_told(run: Run, library: Path) -> None:
    for number in range(40):
        add(library, f"k{number}")
    made = backups.make(library, "hand")
    damage(made.path)
    before = library.read_bytes()
    shown = run("backup", "verify")
    assert shown.code == 1
    assert "damaged" in shown.out
    assert run("backup", "restore", "--yes").code == 6
    assert library.read_bytes() == before


def test_an_older_backup_is_brought_up_to_date(run: Run, library: Path) -> None:
    add(library, "one")
    made = backups.make(library, "hand")
    connection = sqlite3.connect(made.path)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert run("backup", "restore", made.path.name, "--yes").code == 0
    assert files.schema_of(library) == schema.SCHEMA


def test_a_newer_backup_is_refused(run: Run, library: Path) -> None:
    add(library, "one")
    made = backups.make(library, "hand")
    connection = sqlite3.connect(made.path)
    connection.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
    connection.close()
    shown = run("backup", "restore", "--yes")
    assert shown.code == 6
    assert "schema" in shown.err
    assert keys(library) == ["one"]


def test_listed_for_people_and_programs(run: Run, library: Path) -> None:
    add(library, "one")
    assert run("backup", "list").err == "there is no backup yet; litbase backup makes one\n"
    assert run("backup", "verify").code == 3
    made = run("backup", "--json").json["backup"]
    assert (made["good"], made["sources"], made["why"]) == (True, 1, "hand")
    assert run("backup", "list", "--json").json["backups"][0]["path"] == made["path"]
    assert Path(made["path"]).name in run("backup", "list").out
    assert run("backup", "list", "--help").code == 0
    assert run("backup", "--help").code == 0
