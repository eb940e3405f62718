"""What is looked up is kept for a while, for its owner only; a cache that cannot be used is done without."""

import sqlite3
from pathlib import Path

import pytest

from litbase.store.lookups import DAYS, NAME, Lookups

SERVER = "https://crossref.example"
DAY = 86_400


def kept(library: Path, asked: str, now: float, server: str = SERVER, fresh: bool = False) -> str | None:
    with Lookups(library, server, fresh, now) as lookups:
        assert lookups.trouble == ""
        return lookups.find(asked)


def keep(library: Path, asked: str, answer: str, now: float, **more: int) -> None:
    with Lookups(library, SERVER, now=now) as lookups:
        lookups.keep(asked, answer, **more)


def test_an_answer_is_kept_for_thirty_days(library: Path) -> None:
    keep(library, "doi:10.5555/a", "one", 1000)
    assert kept(library, "doi:10.5555/a", 1000 + DAYS * DAY - 1) == "one"
    assert kept(library, "doi:10.5555/a", 1000 + DAYS * DAY) is None
    assert kept(library, "doi:10.5555/b", 1000) is None


def test_an_answer_may_be_kept_shorter_and_is_replaced(library: Path) -> None:
    keep(library, "a", "absent", 0, days=1)
    assert kept(library, "a", DAY) is None
    keep(library, "a", "one", DAY)
    keep(library, "a", "two", DAY)
    assert kept(library, "a", DAY) == "two"


def test_servers_are_apart_and_fresh_reads_nothing(library: Path) -> None:
    keep(library, "a", "one", 0)
    assert kept(library, "a", 0, server="http://127.0.0.1:1") is None
    assert kept(library, "a", 0, fresh=True) is None


def test_what_is_over_is_gone_from_the_file(library: Path) -> None:
    keep(library, "words:unfinished thoughts", "one", 0)
    assert kept(library, "other", DAYS * DAY + 1) is None
    assert b"unfinished" not in library.with_name(NAME).read_bytes()


def test_the_file_is_its_owners(library: Path) -> None:
    keep(library, "a", "one", 0)
    assert library.with_name(NAME).stat().st_mode & 0o777 == 0o600
    assert library.parent.stat().st_mode & 0o777 == 0o700
    assert not library.exists()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be one" * 50, b"x"])
def test_a_foreign_file_is_left_alone(content: bytes, library: Path) -> None:
    library.parent.mkdir()
    file = library.with_name(NAME)
    file.write_bytes(content)
    with Lookups(library, SERVER) as lookups:
        lookups.keep("a", "one")
        assert lookups.find("a") is None
        assert NAME in lookups.trouble
    assert file.read_bytes() == content


def test_another_programs_database_is_left_alone(library: Path) -> None:
    library.parent.mkdir()
    file = library.with_name(NAME)
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with Lookups(library, SERVER) as lookups:
        lookups.keep("a", "one")
        assert lookups.trouble
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with Lookups(tmp_path / "file" / "library.db", SERVER) as lookups:
        lookups.keep("a", "one")
        assert lookups.find("a") is None
        assert lookups.trouble
